/* The rootDSE: one base search, its attributes put where a table says. */
#include "source/rootdse.h"

#include "source/plan.h"

#include <stddef.h>
#include <string.h>

typedef struct Field {
    const char *name;
    size_t offset;
    bool many;
} Field;

static const Field fields[] = {
    {"configurationNamingContext", offsetof(RootDse, configuration), false},
    {"schemaNamingContext", offsetof(RootDse, schema), false},
    {"defaultNamingContext", offsetof(RootDse, domain), false},
    {"dnsHostName", offsetof(RootDse, host), false},
    {"highestCommittedUSN", offsetof(RootDse, committed_usn), false},
    {"currentTime", offsetof(RootDse, time), false},
    {"dsServiceName", offsetof(RootDse, service), false},
    {"namingContexts", offsetof(RootDse, naming_contexts), true},
    {"supportedControl", offsetof(RootDse, controls), true},
    {"supportedCapabilities", offsetof(RootDse, capabilities), true},
    {"supportedSASLMechanisms", offsetof(RootDse, mechanisms), true},
};

static char **copy_values(struct berval **values)
{
    int count = ldap_count_values_len(values);
    char **copies = g_new0(char *, (gsize)count + 1);

    for (int i = 0; i < count; i++)
        copies[i] = g_strndup(values[i]->bv_val, values[i]->bv_len);
    return copies;
}

static void take_field(RootDse *rootdse, const Field *field, char **copies)
{
    void *place = (char *)rootdse + field->offset;

    if (field->many) {
        *(char ***)place = copies;
        return;
    }
    *(char **)place = g_strdup(copies[0]);
    g_strfreev(copies);
}

static RootDse *take_entry(LDAP *handle, LDAPMessage *entry)
{
    RootDse *rootdse = g_new0(RootDse, 1);

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        struct berval **values = ldap_get_values_len(handle, entry, fields[i].name);

        if (values == NULL)
            continue;
        take_field(rootdse, &fields[i], copy_values(values));
        ldap_value_free_len(values);
    }
    return rootdse;
}

char **rootdse_attributes(void)
{
    char **names = g_new0(char *, G_N_ELEMENTS(fields) + 1);

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        names[i] = (char *)fields[i].name;
    return names;
}

RootDse *rootdse_read(Connection *connection, int *result)
{
    g_autoptr(Question) question = plan_question(QUESTION_ROOTDSE, "");
    LDAPMessage *answer = NULL;
    LDAPMessage *entry;
    RootDse *rootdse = NULL;

    *result = connection_ask(connection, question->base, question->attributes, &answer);
    entry = answer == NULL ? NULL : ldap_first_entry(connection->handle, answer);
    if (entry != NULL)
        rootdse = take_entry(connection->handle, entry);
    ldap_msgfree(answer);
    return rootdse;
}

void rootdse_free(RootDse *rootdse)
{
    if (rootdse == NULL)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        void *place = (char *)rootdse + fields[i].offset;

        if (fields[i].many)
            g_strfreev(*(char ***)place);
        else
            g_free(*(char **)place);
    }
    g_free(rootdse);
}

static bool has_word(char **words, const char *word)
{
    for (; words != NULL && *words != NULL; words++)
        if (g_ascii_strcasecmp(*words, word) == 0)
            return true;
    return false;
}

bool rootdse_has_control(const RootDse *rootdse, const char *oid)
{
    return rootdse != NULL && has_word(rootdse->controls, oid);
}

bool rootdse_has_mechanism(const RootDse *rootdse, const char *name)
{
    return rootdse != NULL && has_word(rootdse->mechanisms, name);
}

bool rootdse_is_active_directory(const RootDse *rootdse)
{
    return rootdse != NULL && has_word(rootdse->capabilities, "1.2.840.113556.1.4.800");
}

const char *rootdse_mechanism(const RootDse *rootdse, bool local)
{
    if (rootdse_is_active_directory(rootdse))
        return rootdse_has_mechanism(rootdse, "GSS-SPNEGO") &&
                       !rootdse_has_mechanism(rootdse, "GSSAPI")
                   ? "GSS-SPNEGO"
                   : "GSSAPI";
    return local && rootdse_has_mechanism(rootdse, "EXTERNAL") ? "EXTERNAL" : NULL;
}
