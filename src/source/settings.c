/* The settings of ldap.conf(5) that a command line may change, as a table: name, libldap's number
 * and the kind of value. libldap's own parser of these is not public. */
#include "source/settings.h"

#include "base/fault.h"

#include <string.h>
#include <sys/time.h>

typedef enum SettingKind {
    SETTING_TEXT,
    SETTING_SECONDS,
    SETTING_SWITCH,
    SETTING_WORD,
    SETTING_TLS_VERSION,
} SettingKind;

typedef struct Word {
    const char *name;
    int value;
} Word;

typedef struct Setting {
    const char *name;
    int option;
    SettingKind kind;
    bool tls; /* takes effect with a new TLS context only */
    const Word *words;
} Setting;

static const Word switch_words[] = {
    {"on", 1}, {"yes", 1},   {"true", 1}, {"1", 1},  {"off", 0},
    {"no", 0}, {"false", 0}, {"0", 0},    {NULL, 0},
};

static const Word demand_words[] = {
    {"never", LDAP_OPT_X_TLS_NEVER},   {"hard", LDAP_OPT_X_TLS_HARD},
    {"demand", LDAP_OPT_X_TLS_DEMAND}, {"allow", LDAP_OPT_X_TLS_ALLOW},
    {"try", LDAP_OPT_X_TLS_TRY},       {NULL, 0},
};

static const Word revocation_words[] = {
    {"none", LDAP_OPT_X_TLS_CRL_NONE},
    {"peer", LDAP_OPT_X_TLS_CRL_PEER},
    {"all", LDAP_OPT_X_TLS_CRL_ALL},
    {NULL, 0},
};

static const Word binding_words[] = {
    {"none", LDAP_OPT_X_SASL_CBINDING_NONE},
    {"tls-unique", LDAP_OPT_X_SASL_CBINDING_TLS_UNIQUE},
    {"tls-endpoint", LDAP_OPT_X_SASL_CBINDING_TLS_ENDPOINT},
    {NULL, 0},
};

static const Setting settings_table[] = {
    {"NETWORK_TIMEOUT", LDAP_OPT_NETWORK_TIMEOUT, SETTING_SECONDS, false, NULL},
    {"nettimeout", LDAP_OPT_NETWORK_TIMEOUT, SETTING_SECONDS, false, NULL},
    {"SASL_CBINDING", LDAP_OPT_X_SASL_CBINDING, SETTING_WORD, false, binding_words},
    {"SASL_NOCANON", LDAP_OPT_X_SASL_NOCANON, SETTING_SWITCH, false, switch_words},
    {"SASL_SECPROPS", LDAP_OPT_X_SASL_SECPROPS, SETTING_TEXT, false, NULL},
    {"TIMEOUT", LDAP_OPT_TIMEOUT, SETTING_SECONDS, false, NULL},
    {"TLS_CACERT", LDAP_OPT_X_TLS_CACERTFILE, SETTING_TEXT, true, NULL},
    {"TLS_CACERTDIR", LDAP_OPT_X_TLS_CACERTDIR, SETTING_TEXT, true, NULL},
    {"TLS_CERT", LDAP_OPT_X_TLS_CERTFILE, SETTING_TEXT, true, NULL},
    {"TLS_CIPHER_SUITE", LDAP_OPT_X_TLS_CIPHER_SUITE, SETTING_TEXT, true, NULL},
    {"TLS_CRLCHECK", LDAP_OPT_X_TLS_CRLCHECK, SETTING_WORD, true, revocation_words},
    {"TLS_CRLFILE", LDAP_OPT_X_TLS_CRLFILE, SETTING_TEXT, true, NULL},
    {"TLS_KEY", LDAP_OPT_X_TLS_KEYFILE, SETTING_TEXT, true, NULL},
    {"TLS_PROTOCOL_MIN", LDAP_OPT_X_TLS_PROTOCOL_MIN, SETTING_TLS_VERSION, true, NULL},
    {"TLS_REQCERT", LDAP_OPT_X_TLS_REQUIRE_CERT, SETTING_WORD, true, demand_words},
    {"TLS_REQSAN", LDAP_OPT_X_TLS_REQUIRE_SAN, SETTING_WORD, true, demand_words},
};

static const Setting *find_setting(const char *name, size_t length)
{
    for (size_t i = 0; i < G_N_ELEMENTS(settings_table); i++) {
        const char *known = settings_table[i].name;

        if (g_ascii_strncasecmp(known, name, length) == 0 && known[length] == '\0')
            return &settings_table[i];
    }
    return NULL;
}

static bool unknown_setting(const char *setting, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(settings_table); i++)
        g_string_append_printf(names, "%s%s", i == 0 ? "" : ", ", settings_table[i].name);
    g_set_error(error, FAULT, FAULT_USAGE,
                "'%s' is no setting of a connection: -o takes OPTION=VALUE with one of %s", setting,
                names->str);
    return false;
}

static int set_word(LDAP *handle, const Setting *setting, const char *value)
{
    for (const Word *word = setting->words; word->name != NULL; word++) {
        if (g_ascii_strcasecmp(word->name, value) != 0)
            continue;
        if (setting->kind == SETTING_SWITCH)
            return ldap_set_option(handle, setting->option,
                                   word->value ? LDAP_OPT_ON : LDAP_OPT_OFF);
        return ldap_set_option(handle, setting->option, &word->value);
    }
    return LDAP_OPT_ERROR;
}

static int set_seconds(LDAP *handle, const Setting *setting, const char *value)
{
    enum { LONGEST = 86400 };
    struct timeval wait = {0, 0};
    guint64 seconds;

    if (!g_ascii_string_to_unsigned(value, 10, 1, LONGEST, &seconds, NULL))
        return LDAP_OPT_ERROR;
    wait.tv_sec = (time_t)seconds;
    return ldap_set_option(handle, setting->option, &wait);
}

/* "3.3" is TLS 1.2: the version of the record layer, as ldap.conf(5) has it. */
static int set_tls_version(LDAP *handle, const Setting *setting, const char *value)
{
    int version;

    if (strlen(value) != 3 || value[1] != '.' || !g_ascii_isdigit(value[0]) ||
        !g_ascii_isdigit(value[2]))
        return LDAP_OPT_ERROR;
    version = ((value[0] - '0') << 8) + (value[2] - '0');
    return ldap_set_option(handle, setting->option, &version);
}

static int set_value(LDAP *handle, const Setting *setting, const char *value)
{
    switch (setting->kind) {
    case SETTING_TEXT:
        return ldap_set_option(handle, setting->option, value);
    case SETTING_SECONDS:
        return set_seconds(handle, setting, value);
    case SETTING_SWITCH:
    case SETTING_WORD:
        return set_word(handle, setting, value);
    case SETTING_TLS_VERSION:
        return set_tls_version(handle, setting, value);
    }
    return LDAP_OPT_ERROR;
}

/* The new context is what reads the certificates; a file that cannot be read shows here. */
static bool renew_tls(LDAP *handle, GError **error)
{
    int client = 0;

    if (ldap_set_option(handle, LDAP_OPT_X_TLS_NEWCTX, &client) == LDAP_OPT_SUCCESS)
        return true;
    g_set_error(
        error, FAULT, FAULT_USAGE,
        "cannot set up encryption as -o wants it: check that the files named by TLS_CACERT, "
        "TLS_CERT and TLS_KEY exist and are PEM files");
    return false;
}

bool settings_apply(LDAP *handle, const char *const *settings, GError **error)
{
    bool tls = false;

    for (; settings != NULL && *settings != NULL; settings++) {
        const char *equals = strchr(*settings, '=');
        const Setting *setting;

        if (equals == NULL)
            return unknown_setting(*settings, error);
        setting = find_setting(*settings, (size_t)(equals - *settings));
        if (setting == NULL)
            return unknown_setting(*settings, error);
        if (set_value(handle, setting, equals + 1) != LDAP_OPT_SUCCESS) {
            g_set_error(error, FAULT, FAULT_USAGE,
                        "'%s' is no value for %s: see ldap.conf(5) for what it takes", equals + 1,
                        setting->name);
            return false;
        }
        tls |= setting->tls;
    }
    return !tls || renew_tls(handle, error);
}
