/* Command lines of ldapsearch and ldifde. What stands in them may come from a directory: every word
 * is quoted for the shell that reads it. */
#include "report/commands.h"

#include "source/uri.h"

#include <string.h>

/* Stand for a server that nobody named; both look like no host's name. */
static const char unknown_uri[] = "ldap://<server>";
static const char unknown_host[] = "<server>";

/* --- quoting ------------------------------------------------------------------------------ */

static bool is_plain(const char *word)
{
    for (const char *at = word; *at != '\0'; at++)
        if (!g_ascii_isalnum(*at) && strchr("-_./:=,@+", *at) == NULL)
            return false;
    return *word != '\0';
}

static void add_shell_word(GString *line, const char *word)
{
    g_autofree char *quoted = g_shell_quote(word);

    g_string_append_printf(line, "%s%s", line->len > 0 ? " " : "", is_plain(word) ? word : quoted);
}

static void add_shell_option(GString *line, const char *option, const char *value)
{
    if (value == NULL)
        return;
    add_shell_word(line, option);
    add_shell_word(line, value);
}

/* Backslashes count double in front of a quote only, as programs take their command line apart. */
static char *windows_argument(const char *word)
{
    GString *argument = g_string_new("\"");
    gsize slashes = 0;

    for (const char *at = word; *at != '\0'; at++) {
        if (*at == '"')
            for (gsize i = 0; i <= slashes; i++)
                g_string_append_c(argument, '\\');
        slashes = *at == '\\' ? slashes + 1 : 0;
        g_string_append_c(argument, *at);
    }
    for (gsize i = 0; i < slashes; i++)
        g_string_append_c(argument, '\\');
    g_string_append_c(argument, '"');
    return g_string_free(argument, FALSE);
}

/* Inside quotes cmd.exe leaves everything alone but percent signs and further quotes; where there
 * are any it must not see a quote at all, and each of its characters bears a caret. */
static void add_windows_word(GString *line, const char *word)
{
    g_autofree char *argument = windows_argument(word);
    bool careted = strpbrk(word, "\"%") != NULL;

    g_string_append_c(line, ' ');
    for (const char *at = argument; *at != '\0'; at++) {
        if (careted && strchr("()%!^\"<>&|", *at) != NULL)
            g_string_append_c(line, '^');
        g_string_append_c(line, *at);
    }
}

static void add_windows_option(GString *line, const char *option, const char *value)
{
    g_string_append_printf(line, " %s", option);
    add_windows_word(line, value);
}

/* --- ldapsearch --------------------------------------------------------------------------- */

/* Settings of ldap.conf(5) are taken from the environment under these names. */
static void add_settings(GString *line, const ConnectionOptions *options)
{
    for (const char *const *at = options->settings; at != NULL && *at != NULL; at++) {
        const char *value = strchr(*at, '=');
        g_autofree char *name = NULL;
        g_autofree char *quoted = NULL;

        if (value == NULL || g_ascii_strncasecmp(*at, "nettimeout", strlen("nettimeout")) == 0)
            continue;
        name = g_ascii_strup(*at, (gssize)(value - *at));
        quoted = g_shell_quote(value + 1);
        g_string_append_printf(line, "LDAP%s=%s ", name, quoted);
    }
}

static void add_login(GString *line, const SearchPlan *plan, const ConnectionOptions *options)
{
    const char *mechanism = options->mechanism;
    bool simple = options->simple || (options->name != NULL && mechanism == NULL);

    if (mechanism == NULL && !simple)
        mechanism = plan->mechanism;
    if (options->start_tls != START_TLS_NO)
        add_shell_word(line, options->start_tls == START_TLS_DEMAND ? "-ZZ" : "-Z");
    if (mechanism == NULL || simple) {
        add_shell_word(line, "-x");
        add_shell_option(line, "-D", options->name);
        if (options->name != NULL)
            add_shell_word(line, "-W");
        return;
    }
    add_shell_word(line, "-N");
    add_shell_word(line, "-Q");
    add_shell_option(line, "-Y", mechanism);
    add_shell_option(line, "-U", options->user);
    add_shell_option(line, "-R", options->realm);
    add_shell_option(line, "-X", options->authorization);
    add_shell_option(line, "-O", options->security_properties);
}

static void add_controls(GString *line, const SearchPlan *plan, const Question *question)
{
    g_autofree char *page = g_strdup_printf("pr=%d/noprompt", PLAN_PAGE);

    if (question->subtree && plan->paged)
        add_shell_option(line, "-E", page);
    if (question->content && plan->domain_scope)
        add_shell_option(line, "-E", "domainScope");
}

char *ldapsearch_line(const SearchPlan *plan, const ConnectionOptions *options,
                      const Question *question, const char *file)
{
    GString *line;

    if (question->kind == QUESTION_CHANGES)
        return NULL;
    line = g_string_new(NULL);
    add_settings(line, options);
    g_string_append(line, "ldapsearch -LLL -o ldif-wrap=no -z none -l none");
    add_controls(line, plan, question);
    add_shell_option(line, "-H", plan->uri != NULL ? plan->uri : unknown_uri);
    add_login(line, plan, options);
    add_shell_option(line, "-s", question->subtree ? "sub" : "base");
    add_shell_option(line, "-b", question->base);
    add_shell_word(line, question->filter);
    for (char **name = question->attributes; *name != NULL; name++)
        add_shell_word(line, *name);
    if (file != NULL)
        g_string_append_printf(line, " >>%s", file);
    return g_string_free(line, FALSE);
}

/* --- ldifde ------------------------------------------------------------------------------- */

char *ldifde_line(const SearchPlan *plan, const Question *question, const char *file)
{
    g_autofree char *host = plan->uri != NULL ? uri_host(plan->uri) : NULL;
    g_autofree char *attributes = NULL;
    GString *line;

    if (question->kind == QUESTION_CHANGES || *question->base == '\0')
        return NULL;
    attributes = g_strjoinv(",", question->attributes);
    line = g_string_new("ldifde");
    add_windows_option(line, "-f", file);
    add_windows_option(line, "-s", host != NULL ? host : unknown_host);
    add_windows_option(line, "-d", question->base);
    g_string_append_printf(line, " -p %s", question->subtree ? "SubTree" : "Base");
    add_windows_option(line, "-r", question->filter);
    add_windows_option(line, "-l", attributes);
    return g_string_free(line, FALSE);
}
