/* What was given on the command line: parsed, checked against what there is, and settled before
 * anything is read. */
#include "cli/options.h"

#include "cli/message.h"
#include "cli/option-tables.h"
#include "cli/password.h"

#include <stdio.h>
#include <string.h>

/* --- what was given ----------------------------------------------------------------------- */

/* GLib's usage line is replaced by ours, which says what the words are; its last heading, for
 * options that stand in no group, has nothing below it. */
static void print_help(GOptionContext *context, const Command *command)
{
    g_autofree char *help = g_option_context_get_help(context, FALSE, NULL);
    const char *rest = strstr(help, "\n\n");
    char *end = strstr(help, "\nApplication Options:");

    if (end != NULL)
        *end = '\0';
    printf("Usage: adtopo %s %s%s", command->name, command->arguments, rest);
    if (command->help != NULL)
        command->help();
}

/* Takes comma-separated lists apart: --include RG*,CONN* --include ORG001. FALSE, and said so, for
 * one with nothing in it: it would select all rules, or none. */
static bool split_lists(const char *option, char ***lists)
{
    g_autoptr(GPtrArray) items = NULL;

    if (*lists == NULL)
        return true;
    items = g_ptr_array_new_with_free_func(g_free);
    for (char **list = *lists; *list != NULL; list++) {
        g_auto(GStrv) parts = g_strsplit(*list, ",", -1);
        guint before = items->len;

        for (char **part = parts; *part != NULL; part++)
            if (*g_strstrip(*part) != '\0')
                g_ptr_array_add(items, g_strdup(*part));
        if (items->len == before) {
            complain("--%s takes rules such as RG*,CONN002, not \"%s\"", option, *list);
            return false;
        }
    }
    g_ptr_array_add(items, NULL);
    g_strfreev(*lists);
    *lists = (char **)g_ptr_array_steal(items, NULL);
    return true;
}

/* The place of `word` in a NULL-terminated list; `otherwise` for NULL; -1, said, for what is not
 * among them. */
static int choose(const char *option, const char *word, const char *const *words, int otherwise)
{
    g_autofree char *known = NULL;

    if (word == NULL)
        return otherwise;
    for (int i = 0; words[i] != NULL; i++)
        if (g_str_equal(words[i], word))
            return i;
    known = g_strjoinv(", ", (char **)words);
    complain("--%s takes one of %s, not \"%s\"", option, known, word);
    return -1;
}

static bool check_levels(Options *options)
{
    static const char *const levels[] = {"info", "warning", "error", "none", NULL};
    static const char *const severities[] = {"info", "warning", "error", NULL};
    int least = choose("severity", options->severity, severities, ADTOPO_SEVERITY_INFO);

    options->threshold = choose("fail-on", options->fail_on, levels, ADTOPO_SEVERITY_ERROR);
    if (least < 0 || options->threshold < 0)
        return false;
    options->least = (enum adtopo_severity)least;
    return true;
}

/* The program is asked now unless it is told otherwise. */
static bool check_now(Options *options)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) now = NULL;

    options->present = g_get_real_time() / G_USEC_PER_SEC;
    if (options->now == NULL)
        return true;
    now = g_date_time_new_from_iso8601(options->now, utc);
    if (now == NULL)
        complain("--now takes a time such as 2007-03-31T12:00:00Z, not \"%s\"", options->now);
    else
        options->present = g_date_time_to_unix(now);
    return now != NULL;
}

/* A wrong format is told before anything is read. */
static bool check_formats(const Options *options, const Command *command)
{
    static const char *const colors[] = {"auto", "always", "never", NULL};
    g_autofree const char **formats = options_formats(command);

    return choose("format", options->format, formats, 0) >= 0 &&
           choose("color", options->color, colors, 0) >= 0;
}

static bool check_password(Options *options)
{
    int ways = (options->password != NULL) + (options->password_file != NULL) +
               (options->ask_password ? 1 : 0);

    if (ways > 1) {
        complain("only one of -w, -W and -y can give the password");
        return false;
    }
    if (options->password != NULL)
        complain("a password on the command line can be seen by others: use -W or -y FILE");
    if (options->ask_password)
        options->password = password_ask();
    else if (options->password_file != NULL)
        options->password = password_read(options->password_file, options->quiet);
    return ways == 0 || options->password != NULL;
}

static bool check_manners(Options *options)
{
    if (options->rate < 0 || options->time_limit < 0) {
        complain("--rate and --time-limit take no number below 0");
        return false;
    }
    options->connection.rate = (unsigned)options->rate;
    options->connection.time_limit = (unsigned)options->time_limit;
    return true;
}

static bool settle(Options *options, const Command *command)
{
    if (!split_lists("include", &options->include) || !split_lists("exclude", &options->exclude) ||
        !check_manners(options) || !check_levels(options) || !check_now(options) ||
        !check_formats(options, command) || !check_password(options))
        return false;
    options->connection.password = options->password;
    options->connection.simple = options->simple;
    options->connection.allow_cleartext = options->allow_cleartext;
    options->connection.settings = (const char *const *)options->settings;
    return true;
}

/* Overwrites the password wherever it stands in the program's arguments, alone or behind its
 * option, so that it is gone from the list of processes. */
static void wipe_password(const char *password, int count, char **words)
{
    for (int i = 0; password != NULL && *password != '\0' && i < count; i++) {
        char *word = words[i];

        if (g_str_has_suffix(word, password) && (*word == '-' || g_str_equal(word, password)))
            memset(word + strlen(word) - strlen(password), '*', strlen(password));
    }
}

/* The place of the first letter in a cluster ("-xD") whose option takes a value, or NULL. */
static const char *letter_with_value(const char *word)
{
    if (word[0] != '-' || word[1] == '-')
        return NULL;
    return strpbrk(word + 1, "HbDwyYURXOo");
}

/* Copies the words and sets values apart from their letters, which GLib's parser wants and
 * OpenLDAP's tools do not: "-xDcn=x" becomes "-xD" "cn=x". */
static char **copy_words(const Command *command, int count, char **words)
{
    GPtrArray *copy = g_ptr_array_new();
    bool is_value = false;
    bool options_end = false;

    g_ptr_array_add(copy, g_strdup(command->name));
    for (int i = 0; i < count; i++) {
        const char *letter = is_value || options_end ? NULL : letter_with_value(words[i]);

        options_end |= !is_value && g_str_equal(words[i], "--");
        is_value = letter != NULL && letter[1] == '\0';
        if (letter != NULL && letter[1] != '\0') {
            g_ptr_array_add(copy, g_strndup(words[i], (gsize)(letter + 1 - words[i])));
            g_ptr_array_add(copy, g_strdup(letter + 1));
        } else {
            g_ptr_array_add(copy, g_strdup(words[i]));
        }
    }
    g_ptr_array_add(copy, NULL);
    return (char **)g_ptr_array_free(copy, FALSE);
}

/* The name of an option that takes no value and was given one, or NULL: GLib's parser would take
 * "--quiet=no" for "--quiet". */
static char *flag_with_value(GPtrArray *flags, int count, char **words)
{
    for (int i = 0; i < count && !g_str_equal(words[i], "--"); i++) {
        const char *value = g_str_has_prefix(words[i], "--") ? strchr(words[i], '=') : NULL;
        g_autofree char *name = value != NULL
                                    ? g_strndup(words[i] + 2, (gsize)(value - words[i] - 2))
                                    : NULL;

        if (name != NULL && g_ptr_array_find_with_equal_func(flags, name, g_str_equal, NULL))
            return g_steal_pointer(&name);
    }
    return NULL;
}

/* The format that is asked for by a command line which could not be parsed: the last one, like the
 * parser's; NULL: none. What is wrong is told in its manner. */
static char *format_among(int count, char **words)
{
    const char *format = NULL;

    for (int i = 0; i < count && !g_str_equal(words[i], "--"); i++) {
        if (g_str_has_prefix(words[i], "--format="))
            format = strchr(words[i], '=') + 1;
        else if (g_str_equal(words[i], "--format") && i + 1 < count)
            format = words[i + 1];
    }
    return g_strdup(format);
}

Parsed options_parse(Options *options, const Command *command, int count, char **words)
{
    g_auto(GStrv) copy = copy_words(command, count, words);
    g_autoptr(GOptionContext) context = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *flag = NULL;
    bool parsed;

    *options = (Options){0};
    context = options_context(options, command);
    flag = flag_with_value(options->flags, count, words);
    parsed = g_option_context_parse_strv(context, &copy, &error);
    wipe_password(options->password, count, words);
    if (!parsed || flag != NULL) {
        if (parsed)
            complain("--%s takes no value", flag);
        else
            complain("%s; adtopo %s --help tells more", error->message, command->name);
        g_free(options->format);
        options->format = format_among(count, words);
        return PARSED_WRONG;
    }
    if (options->words == NULL)
        options->words = g_new0(char *, 1);
    if (options->help)
        print_help(context, command);
    else if (options->version)
        printf("adtopo %s\n", adtopo_version());
    if (options->help || options->version)
        return PARSED_HELP;
    return settle(options, command) ? PARSED : PARSED_WRONG;
}

void options_clear(Options *options)
{
    g_clear_pointer(&options->flags, g_ptr_array_unref);
    g_clear_pointer(&options->values, g_ptr_array_unref);
    g_strfreev(options->words);
    g_strfreev(options->settings);
    g_strfreev(options->apply);
    g_strfreev(options->without);
    g_strfreev(options->include);
    g_strfreev(options->exclude);
    g_free(options->format);
    g_free(options->format_help);
    g_free(options->output);
    g_free(options->color);
    g_free(options->password_file);
    g_free(options->severity);
    g_free(options->fail_on);
    g_free(options->now);
    g_free(options->target);
    g_free(options->site);
    g_free(options->roles);
    g_free(options->bridgehead);
    g_free(options->computer);
    g_strfreev(options->planned);
    g_free(options->removed);
    g_free(options->from);
    g_strfreev(options->to);
    g_strfreev(options->down);
    g_free(options->size);
    g_free(options->view);
    g_free(options->highlight);
    g_free(options->policy);
    g_free(options->baseline);
    g_free(options->write_baseline);
    g_free(options->evidence);
    g_free(options->remedy_ldif);
    g_free(options->name_map);
    password_free(options->password);
    g_free((char *)options->connection.uri);
    g_free((char *)options->connection.base);
    g_free((char *)options->connection.dc_site);
    g_free((char *)options->connection.bind_dn);
    g_free((char *)options->connection.mechanism);
    g_free((char *)options->connection.authcid);
    g_free((char *)options->connection.realm);
    g_free((char *)options->connection.authzid);
    g_free((char *)options->connection.security);
    *options = (Options){0};
}

bool options_expect_words(const Options *options, const Command *command, guint least, guint most)
{
    guint count = g_strv_length(options->words);

    if (count >= least && count <= most)
        return true;
    if (count < least)
        complain("something is missing: adtopo %s %s", command->name, command->arguments);
    else
        complain("\"%s\" is one word too many: adtopo %s %s", options->words[most], command->name,
                 command->arguments);
    return false;
}
