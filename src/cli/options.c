/*
 * The options of all commands. Those of the connection have the letters and meaning of the
 * OpenLDAP tools. Words are taken as bytes, whatever the locale: names of objects and files
 * need not be convertible to be compared.
 */
#include "cli/options.h"

#include "cli/message.h"
#include "cli/password.h"

#include <stdio.h>
#include <string.h>

/* --- the tables --------------------------------------------------------------------------- */

static void add_common(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"output", 0, 0, G_OPTION_ARG_FILENAME, &options->output,
         "write to FILE, whole or not at all", "FILE"},
        {"color", 0, 0, G_OPTION_ARG_FILENAME, &options->color,
         "colour: auto (default), always, never", "WHEN"},
        {"help", 'h', 0, G_OPTION_ARG_NONE, &options->help, "say this", NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &options->version, "say which version this is", NULL},
        {0},
    };

    g_option_group_add_entries(group, entries);
}

static void add_format(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_FILENAME, &options->format,
         "text (default), json; audit also gnu, sarif and others; graph: dot (default), svg, "
         "mermaid, graphml",
         "FORMAT"},
        {"verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose, "leave nothing out", NULL},
        {0},
    };

    g_option_group_add_entries(group, entries);
}

static void add_sources(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"apply", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->apply,
         "lay the LDIF changes in FILE over what is read", "FILE"},
        {"without", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->without,
         "judge as if this object were gone", "NAME|DN"},
        {"quiet", 0, 0, G_OPTION_ARG_NONE, &options->quiet, "no notes on standard error", NULL},
        {0},
    };

    g_option_group_add_entries(group, entries);
}

static void add_findings(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"include", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->include,
         "only these rules, such as RG*,CONN002", "RULES"},
        {"exclude", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->exclude, "not these rules",
         "RULES"},
        {"severity", 0, 0, G_OPTION_ARG_FILENAME, &options->severity,
         "leave out findings below: error, warning, info (default)", "LEVEL"},
        {"fail-on", 0, 0, G_OPTION_ARG_FILENAME, &options->fail_on,
         "exit with 1 from: error (default), warning, info, none", "LEVEL"},
        {"now", 0, 0, G_OPTION_ARG_FILENAME, &options->now,
         "the time taken for the present, as 2007-03-31T12:00:00Z", "TIME"},
        {"policy", 0, 0, G_OPTION_ARG_FILENAME, &options->policy,
         "severities, selection and suppressions, adtopo-policy(5)", "FILE"},
        {"evidence", 0, 0, G_OPTION_ARG_FILENAME, &options->evidence,
         "what was looked up by hand, printed with the result, adtopo-policy(5)", "FILE"},
        {"baseline", 0, 0, G_OPTION_ARG_FILENAME, &options->baseline,
         "only what is not in FILE counts for the exit status", "FILE"},
        {"write-baseline", 0, 0, G_OPTION_ARG_FILENAME, &options->write_baseline,
         "keep the findings in FILE for --baseline", "FILE"},
        {0},
    };

    g_option_group_add_entries(group, entries);
}

/* -Z may be given twice, which a flag cannot count. */
static gboolean count_start_tls(const char *name, const char *value, gpointer data, GError **error)
{
    Options *options = data;

    (void)name;
    (void)value;
    (void)error;
    options->connection.start_tls++;
    return TRUE;
}

static void add_connection(GOptionGroup *group, Options *options)
{
    adtopo_connection *to = &options->connection;
    const GOptionEntry entries[] = {
        {"uri", 'H', 0, G_OPTION_ARG_FILENAME, (gpointer)&to->uri, "servers, tried in turn", "URI"},
        {"base", 'b', 0, G_OPTION_ARG_FILENAME, (gpointer)&to->base,
         "read here, not in the configuration naming context", "DN"},
        {"simple", 'x', 0, G_OPTION_ARG_NONE, &options->simple, "simple bind", NULL},
        {"bind-dn", 'D', 0, G_OPTION_ARG_FILENAME, (gpointer)&to->bind_dn, "bind as", "DN"},
        {"password", 'w', 0, G_OPTION_ARG_FILENAME, &options->password,
         "password; others can see it: better -W or -y", "PASSWORD"},
        {"ask-password", 'W', 0, G_OPTION_ARG_NONE, &options->ask_password, "ask for the password",
         NULL},
        {"password-file", 'y', 0, G_OPTION_ARG_FILENAME, &options->password_file,
         "the password is what FILE holds", "FILE"},
        {"mechanism", 'Y', 0, G_OPTION_ARG_FILENAME, (gpointer)&to->mechanism, "SASL mechanism",
         "MECH"},
        {"authcid", 'U', 0, G_OPTION_ARG_FILENAME, (gpointer)&to->authcid,
         "SASL authentication identity", "NAME"},
        {"realm", 'R', 0, G_OPTION_ARG_FILENAME, (gpointer)&to->realm, "SASL realm", "REALM"},
        {"authzid", 'X', 0, G_OPTION_ARG_FILENAME, (gpointer)&to->authzid,
         "SASL authorisation identity, dn:... or u:...", "NAME"},
        {"security", 'O', 0, G_OPTION_ARG_FILENAME, (gpointer)&to->security,
         "SASL security properties", "PROPERTIES"},
        {"no-canon", 'N', 0, G_OPTION_ARG_NONE, &options->always_so,
         "take host names as given (always so)", NULL},
        {"sasl-quiet", 'Q', 0, G_OPTION_ARG_NONE, &options->always_so,
         "no SASL questions (always so)", NULL},
        {"start-tls", 'Z', G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK,
         __extension__(gpointer) count_start_tls, "try StartTLS; -ZZ: insist on it", NULL},
        {"option", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->settings,
         "a setting of ldap.conf(5), or nettimeout", "NAME=VALUE"},
        {"allow-cleartext", 0, 0, G_OPTION_ARG_NONE, &options->allow_cleartext,
         "let a password travel unencrypted", NULL},
        {"dc-site", 0, 0, G_OPTION_ARG_FILENAME, (gpointer)&to->dc_site,
         "for domain:NAME: the site whose servers come first", "NAME"},
        {"rate", 0, 0, G_OPTION_ARG_INT, &options->rate, "ask for at most N objects a second", "N"},
        {"time-limit", 0, 0, G_OPTION_ARG_INT, &options->time_limit,
         "judge what was read after so many seconds", "SECONDS"},
        {0},
    };

    g_option_group_add_entries(group, entries);
}

static GOptionContext *new_context(Options *options, const Command *command, unsigned which)
{
    const GOptionEntry words[] = {
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->words, NULL, NULL},
        {0},
    };
    GOptionContext *context = g_option_context_new(NULL);
    GOptionGroup *common = g_option_group_new("common", "Options:", "", options, NULL);
    GOptionGroup *connection;

    g_option_context_add_main_entries(context, words, NULL);
    if ((which & OPTIONS_FORMAT) != 0)
        add_format(common, options);
    if ((which & OPTIONS_FINDINGS) != 0)
        add_findings(common, options);
    if ((which & OPTIONS_SOURCES) != 0)
        add_sources(common, options);
    if (command->add_options != NULL)
        command->add_options(common, options);
    add_common(common, options);
    g_option_context_add_group(context, common);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_summary(context, command->about);
    if ((which & OPTIONS_SOURCES) != 0) {
        connection = g_option_group_new("connection", "Connection options:", "", options, NULL);
        add_connection(connection, options);
        g_option_context_add_group(context, connection);
    }
    return context;
}

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

/* Takes comma-separated lists apart: --include RG*,CONN* --include ORG001. */
static void split_lists(char ***lists)
{
    g_autoptr(GPtrArray) items = NULL;

    if (*lists == NULL)
        return;
    items = g_ptr_array_new();
    for (char **list = *lists; *list != NULL; list++) {
        g_auto(GStrv) parts = g_strsplit(*list, ",", -1);

        for (char **part = parts; *part != NULL; part++)
            if (*g_strstrip(*part) != '\0')
                g_ptr_array_add(items, g_strdup(*part));
    }
    g_ptr_array_add(items, NULL);
    g_strfreev(*lists);
    *lists = (char **)g_ptr_array_steal(items, NULL);
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
static bool check_formats(const Options *options, const Command *command, unsigned which)
{
    static const char *const audit_formats[] = {
        "text",   "json",        "gnu",      "sarif",  "junit", "csv", "html",
        "nagios", "openmetrics", "baseline", "remedy", "undo",  NULL};
    static const char *const formats[] = {"text", "json", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    bool audit = (which & OPTIONS_FINDINGS) != 0;
    const char *const *known = audit ? audit_formats : formats;

    if (command->formats != NULL)
        known = command->formats;
    return choose("format", options->format, known, 0) >= 0 &&
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
        complain("--rate and --time-limit take a number above 0");
        return false;
    }
    options->connection.rate = (unsigned)options->rate;
    options->connection.time_limit = (unsigned)options->time_limit;
    return true;
}

static bool settle(Options *options, const Command *command, unsigned which)
{
    split_lists(&options->include);
    split_lists(&options->exclude);
    if (!check_manners(options))
        return false;
    if (!check_levels(options) || !check_now(options) || !check_formats(options, command, which) ||
        !check_password(options))
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

Parsed options_parse(Options *options, const Command *command, unsigned which, int count,
                     char **words)
{
    g_auto(GStrv) copy = copy_words(command, count, words);
    g_autoptr(GOptionContext) context = NULL;
    g_autoptr(GError) error = NULL;
    bool parsed;

    *options = (Options){0};
    context = new_context(options, command, which);
    parsed = g_option_context_parse_strv(context, &copy, &error);
    wipe_password(options->password, count, words);
    if (!parsed) {
        complain("%s; adtopo %s --help tells more", error->message, command->name);
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
    return settle(options, command, which) ? PARSED : PARSED_WRONG;
}

void options_clear(Options *options)
{
    g_strfreev(options->words);
    g_strfreev(options->settings);
    g_strfreev(options->apply);
    g_strfreev(options->without);
    g_strfreev(options->include);
    g_strfreev(options->exclude);
    g_free(options->format);
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
