/*
 * The options of all commands as tables. Those of the connection have the letters and meaning of
 * the OpenLDAP tools. Words are taken as bytes, whatever the locale: names of objects and files
 * need not be convertible to be compared.
 */
#include "cli/option-tables.h"

/* --- options that take one value ---------------------------------------------------------- */

/* Where the one value of an option goes. */
typedef struct ValueOption {
    const char *name;
    char letter; /* 0: none */
    bool number; /* `target` is of int, else of char * */
    bool given;
    gpointer target;
} ValueOption;

/* By the name as it was written: "--bind-dn" or "-D". */
static ValueOption *value_option(const Options *options, const char *written)
{
    for (guint i = 0; i < options->values->len; i++) {
        ValueOption *option = options->values->pdata[i];

        if (written[1] == '-' ? g_str_equal(written + 2, option->name)
                              : written[1] == option->letter)
            return option;
    }
    g_assert_not_reached();
}

static gboolean take_number(const ValueOption *option, const char *value, GError **error)
{
    gint64 number;

    if (!g_ascii_string_to_signed(value, 10, G_MININT, G_MAXINT, &number, NULL)) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    "--%s takes a number, not \"%s\"", option->name, value);
        return FALSE;
    }
    *(int *)option->target = (int)number;
    return TRUE;
}

static gboolean take_value(const char *written, const char *value, gpointer data, GError **error)
{
    ValueOption *option = value_option(data, written);

    if (option->given) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s was given twice", written);
        return FALSE;
    }
    option->given = true;
    if (option->number)
        return take_number(option, value, error);
    *(char **)option->target = g_strdup(value);
    return TRUE;
}

/* GLib's parser keeps the last of several values; here each is taken by a function that refuses a
 * second one. */
static void take_once(Options *options, GOptionEntry *entry)
{
    ValueOption *option = g_new0(ValueOption, 1);

    *option = (ValueOption){.name = entry->long_name,
                            .letter = entry->short_name,
                            .number = entry->arg == G_OPTION_ARG_INT,
                            .target = entry->arg_data};
    g_ptr_array_add(options->values, option);
    entry->arg = G_OPTION_ARG_CALLBACK;
    entry->flags |= G_OPTION_FLAG_FILENAME;
    entry->arg_data = __extension__(gpointer) take_value;
}

/* --- the tables --------------------------------------------------------------------------- */

static void add_entry(Options *options, GOptionGroup *group, GOptionEntry entry)
{
    const GOptionEntry table[] = {entry, {0}};

    g_option_group_add_entries(group, table);
    if (entry.arg == G_OPTION_ARG_NONE || (entry.flags & G_OPTION_FLAG_NO_ARG) != 0)
        g_ptr_array_add(options->flags, (gpointer)entry.long_name);
}

/* Names and texts of a table are static. */
void options_add(Options *options, GOptionGroup *group, const GOptionEntry *entries)
{
    if (options->flags == NULL) {
        options->flags = g_ptr_array_new();
        options->values = g_ptr_array_new_with_free_func(g_free);
    }
    for (; entries->long_name != NULL; entries++) {
        GOptionEntry entry = *entries;

        if (entry.arg == G_OPTION_ARG_FILENAME || entry.arg == G_OPTION_ARG_INT)
            take_once(options, &entry);
        add_entry(options, group, entry);
    }
}

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

    options_add(options, group, entries);
}

static const char *text_or_json(size_t index)
{
    static const char *const formats[] = {"text", "json"};

    return index < G_N_ELEMENTS(formats) ? formats[index] : NULL;
}

const char **options_formats(const Command *command)
{
    const char *(*format)(size_t) = command->format != NULL ? command->format : text_or_json;
    GPtrArray *formats = g_ptr_array_new();

    for (size_t i = 0; format(i) != NULL; i++)
        g_ptr_array_add(formats, (gpointer)format(i));
    g_ptr_array_add(formats, NULL);
    return (const char **)g_ptr_array_free(formats, FALSE);
}

static void add_format(GOptionGroup *group, Options *options, const Command *command)
{
    g_autofree const char **formats = options_formats(command);
    g_autofree char *others = g_strjoinv(", ", (char **)formats + 1);
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_FILENAME, &options->format,
         options->format_help = g_strdup_printf("%s (default), %s", formats[0], others), "FORMAT"},
        {"verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose, "leave nothing out", NULL},
        {0},
    };

    options_add(options, group, entries);
}

static void add_sources(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"apply", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->apply,
         "lay the LDIF changes in FILE over what is read", "FILE"},
        {"without", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->without,
         "judge as if this object were gone", "NAME|DN"},
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options->dry_run,
         "say which searches would be sent, as adtopo plan does, and read nothing", NULL},
        {"quiet", 0, 0, G_OPTION_ARG_NONE, &options->quiet, "no notes on standard error", NULL},
        {0},
    };

    options_add(options, group, entries);
}

static void add_down(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"down", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->down,
         "what does not answer for now: site:, server: or connector:NAME", "PLACE"},
        {0},
    };

    options_add(options, group, entries);
}

static void add_routing(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"suppressed", 0, 0, G_OPTION_ARG_NONE, &options->suppressed,
         "Exchange 2003 suppresses minor changes of link state", NULL},
        {0},
    };

    options_add(options, group, entries);
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
        {0},
    };

    options_add(options, group, entries);
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

    options_add(options, group, entries);
}

char *options_of_connection(const Options *options)
{
    const adtopo_connection *connection = &options->connection;
    const struct {
        const char *name;
        bool given;
    } known[] = {
        {"-b", connection->base != NULL},
        {"-x", options->simple},
        {"-D", connection->bind_dn != NULL},
        {"-w",
         options->password != NULL && !options->ask_password && options->password_file == NULL},
        {"-W", options->ask_password},
        {"-y", options->password_file != NULL},
        {"-Y", connection->mechanism != NULL},
        {"-U", connection->authcid != NULL},
        {"-R", connection->realm != NULL},
        {"-X", connection->authzid != NULL},
        {"-O", connection->security != NULL},
        {"-Z", connection->start_tls > 0},
        {"-o", options->settings != NULL},
        {"--allow-cleartext", options->allow_cleartext},
        {"--dc-site", connection->dc_site != NULL},
        {"--rate", options->rate > 0},
        {"--time-limit", options->time_limit > 0},
    };
    g_autoptr(GString) names = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (known[i].given)
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", known[i].name);
    return names->len > 0 ? g_strdup(names->str) : NULL;
}

GOptionContext *options_context(Options *options, const Command *command)
{
    const GOptionEntry words[] = {
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->words, NULL, NULL},
        {0},
    };
    GOptionContext *context = g_option_context_new(NULL);
    GOptionGroup *common = g_option_group_new("common", "Options:", "", options, NULL);
    GOptionGroup *connection;

    g_option_context_add_main_entries(context, words, NULL);
    if ((command->options & OPTIONS_FORMAT) != 0)
        add_format(common, options, command);
    if ((command->options & OPTIONS_FINDINGS) != 0)
        add_findings(common, options);
    if ((command->options & OPTIONS_SOURCES) != 0)
        add_sources(common, options);
    if ((command->options & OPTIONS_DOWN) != 0)
        add_down(common, options);
    if (command->add_options != NULL)
        command->add_options(common, options);
    if ((command->options & OPTIONS_ROUTING) != 0)
        add_routing(common, options);
    add_common(common, options);
    g_option_context_add_group(context, common);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_summary(context, command->about);
    if ((command->options & OPTIONS_SOURCES) != 0) {
        connection = g_option_group_new("connection", "Connection options:", "", options, NULL);
        add_connection(connection, options);
        g_option_context_add_group(context, connection);
    }
    return context;
}
