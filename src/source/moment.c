/* What changed while it was read, read again. */
#include "source/moment.h"

#include "source/plan.h"

#include <string.h>

/* After so many rounds a directory is taken for one that never rests. */
enum { ROUNDS = 3, GUID_LENGTH = 16 };

/* One partition that is to come to rest. */
typedef struct Moment {
    Reader *reader;
    RootDse *rootdse; /* as it was asked last */
    MomentQuestion again;
    void *closure;
    guint64 changed; /* objects, of all rounds */
    bool asked;      /* the last round told whether anything changed */
} Moment;

static SourceInfo *source_of(const Reader *reader)
{
    return directory_source(reader->directory, reader->source);
}

static void add_fact(const Reader *reader, const char *key, const char *value)
{
    source_add_fact(source_of(reader), key, value);
}

static const char database_fact[] = "invocationId";

/* The identity of the server's database: an attribute of its NTDS Settings object. */
static void describe_database(const Reader *reader, const RootDse *rootdse)
{
    LDAP *handle = reader->connection->handle;
    GHashTable *facts = source_of(reader)->facts;
    g_autoptr(Question) question = NULL;
    LDAPMessage *answer = NULL;
    LDAPMessage *entry;
    struct berval **values = NULL;

    if (rootdse->service == NULL || (facts != NULL && g_hash_table_contains(facts, database_fact)))
        return;
    question = plan_question(QUESTION_DATABASE, rootdse->service);
    connection_ask(reader->connection, question->base, question->attributes, &answer);
    entry = answer == NULL ? NULL : ldap_first_entry(handle, answer);
    if (entry != NULL)
        values = ldap_get_values_len(handle, entry, question->attributes[0]);
    if (values != NULL && values[0]->bv_len == GUID_LENGTH) {
        const Value value = {.of.bytes = values[0]->bv_val, .length = GUID_LENGTH};
        g_autofree char *text = value_text(&value, ATTR_objectGUID);

        add_fact(reader, database_fact, text);
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

/* Reads again what changed after `rootdse`. Says in `asked` whether that could be found out; the
 * number of objects. */
static guint64 read_changes(Moment *moment)
{
    Reader *reader = moment->reader;
    g_autofree char *least = g_strdup_printf("%" G_GUINT64_FORMAT, number_of(moment->rootdse) + 1);
    g_autoptr(GError) error = NULL;
    guint64 entries = reader->entries;
    guint64 changed;
    bool again = reader->again;

    reader->again = true;
    moment->asked = moment->again(reader, least, moment->closure, &error) == READER_DONE;
    reader->again = again;
    changed = reader->entries - entries;
    reader->entries = entries;
    g_clear_pointer(&reader->lost, g_free);
    return changed;
}

static void move_on(RootDse *rootdse, RootDse *now)
{
    g_free(rootdse->committed_usn);
    g_free(rootdse->time);
    rootdse->committed_usn = g_steal_pointer(&now->committed_usn);
    rootdse->time = g_steal_pointer(&now->time);
}

/* TRUE when nothing changes any more. */
static bool settle_once(Moment *moment)
{
    int result;
    guint64 changed = 0;
    g_autoptr(RootDse) now = rootdse_read(moment->reader->connection, &result);

    moment->asked = now != NULL;
    if (now == NULL)
        return false;
    add_fact(moment->reader, "highestCommittedUSNAfter", now->committed_usn);
    add_fact(moment->reader, "currentTimeAfter", now->time);
    if (number_of(now) != number_of(moment->rootdse))
        changed = read_changes(moment);
    move_on(moment->rootdse, now);
    moment->changed += changed;
    return moment->asked && changed == 0;
}

static void remark(const Moment *moment, const char *base, bool settled)
{
    Diagnostics *remarks = directory_diagnostics(moment->reader->directory);
    Origin origin = {.source = moment->reader->source};

    if (moment->changed > 0)
        diagnose(remarks, DIAGNOSTIC_NOTE, origin,
                 "%" G_GUINT64_FORMAT " objects changed while they were read and were read again, "
                 "in %s",
                 moment->changed, base);
    if (!moment->asked)
        diagnose(remarks, DIAGNOSTIC_WARNING, origin,
                 "whether anything changed in %s while it was read could not be found out", base);
    else if (!settled)
        diagnose(remarks, DIAGNOSTIC_WARNING, origin,
                 "%s went on changing while it was read: what is judged was never there at one "
                 "moment",
                 base);
}

void moment_settle(Reader *reader, RootDse *rootdse, const char *base, MomentQuestion again,
                   void *closure)
{
    Moment moment = {
        .reader = reader, .rootdse = rootdse, .again = again, .closure = closure, .asked = true};
    bool settled = false;

    if (number_of(rootdse) == 0 || !rootdse_is_active_directory(rootdse))
        return;
    describe_database(reader, rootdse);
    for (int round = 0; round < ROUNDS && moment.asked && !settled; round++)
        settled = settle_once(&moment);
    remark(&moment, base, settled);
}
