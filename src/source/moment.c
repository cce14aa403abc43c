/* What changed while it was read, read again. */
#include "source/moment.h"

#include "source/plan.h"

#include <string.h>

/* After so many rounds a directory is taken for one that never rests. */
enum { ROUNDS = 3, GUID_LENGTH = 16 };

static Diagnostics *remarks(const Reader *reader)
{
    return directory_diagnostics(reader->directory);
}

static void add_fact(const Reader *reader, const char *key, const char *value)
{
    source_add_fact(directory_source(reader->directory, reader->source), key, value);
}

/* The identity of the server's database: an attribute of its NTDS Settings object. */
static void describe_database(const Reader *reader, const RootDse *rootdse)
{
    LDAP *handle = reader->connection->handle;
    g_autoptr(Question) question = NULL;
    LDAPMessage *answer = NULL;
    LDAPMessage *entry;
    struct berval **values = NULL;

    if (rootdse->service == NULL)
        return;
    question = plan_question(QUESTION_DATABASE, rootdse->service);
    connection_ask(reader->connection, question->base, question->attributes, &answer);
    entry = answer == NULL ? NULL : ldap_first_entry(handle, answer);
    if (entry != NULL)
        values = ldap_get_values_len(handle, entry, question->attributes[0]);
    if (values != NULL && values[0]->bv_len == GUID_LENGTH) {
        const Value value = {.of.bytes = values[0]->bv_val, .length = GUID_LENGTH};
        g_autofree char *text = value_text(&value, ATTR_objectGUID);

        add_fact(reader, question->attributes[0], text);
    }
    ldap_value_free_len(values);
    ldap_msgfree(answer);
}

static guint64 number_of(const RootDse *rootdse)
{
    guint64 number = 0;

    if (rootdse->committed_usn != NULL)
        g_ascii_string_to_unsigned(rootdse->committed_usn, 10, 0, G_MAXINT64, &number, NULL);
    return number;
}

/* Reads again what changed after `number`. FALSE when that could not be found out. */
static bool read_changes(Reader *reader, const char *base, guint64 number, guint64 *changed)
{
    g_autofree char *least = g_strdup_printf("%" G_GUINT64_FORMAT, number + 1);
    g_autoptr(Question) question = plan_changes(base, least);
    g_autoptr(GError) error = NULL;
    guint64 entries = reader->entries;
    bool again = reader->again;
    ReaderResult result;

    reader->again = true;
    result = reader_read_subtree(reader, question->base, question->filter, &error);
    reader->again = again;
    *changed = reader->entries - entries;
    reader->entries = entries;
    g_clear_pointer(&reader->lost, g_free);
    return result == READER_DONE;
}

/* TRUE when nothing changes any more. */
static bool settle_once(Reader *reader, const char *base, guint64 *number, guint64 *changed,
                        bool *asked)
{
    int result;
    guint64 count = 0;
    g_autoptr(RootDse) now = rootdse_read(reader->connection, &result);

    *asked = now != NULL;
    if (now == NULL)
        return false;
    add_fact(reader, "highestCommittedUSNAfter", now->committed_usn);
    add_fact(reader, "currentTimeAfter", now->time);
    if (number_of(now) == *number)
        return true;
    *asked = read_changes(reader, base, *number, &count);
    *number = number_of(now);
    *changed += count;
    return *asked && count == 0;
}

void moment_settle(Reader *reader, const RootDse *before, const char *base)
{
    Origin origin = {.source = reader->source};
    guint64 number = number_of(before);
    guint64 changed = 0;
    bool settled = false;
    bool asked = true;

    if (number == 0 || !rootdse_is_active_directory(before))
        return;
    describe_database(reader, before);
    for (int round = 0; round < ROUNDS && asked && !settled; round++)
        settled = settle_once(reader, base, &number, &changed, &asked);
    if (changed > 0)
        diagnose(remarks(reader), DIAGNOSTIC_NOTE, origin,
                 "%" G_GUINT64_FORMAT " objects changed while they were read and were read again",
                 changed);
    if (!asked)
        diagnose(remarks(reader), DIAGNOSTIC_WARNING, origin,
                 "whether anything changed while it was read could not be found out");
    else if (!settled)
        diagnose(remarks(reader), DIAGNOSTIC_WARNING, origin,
                 "the directory went on changing while it was read: what is judged was never there "
                 "at one moment");
}
