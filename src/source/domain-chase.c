/* Objects of a domain by their names, one small question each. */
#include "source/domain-chase.h"

#include "base/fault.h"
#include "source/domain-plan.h"

#include <string.h>

enum { MOST = 5000 };

/* "B:32:" and ":" around the GUID of a pointer in otherWellKnownObjects. */
enum { GUID_PLACE = 5, GUID_LENGTH = 32, TARGET_PLACE = GUID_PLACE + GUID_LENGTH + 1 };

typedef struct Chase {
    Reader *reader;
    const Dn *head;
    const Dn *configuration; /* lies below a domain's head and belongs to none */
    GHashTable *known;       /* of Dn: met in this chase */
    GPtrArray *wanted;       /* of Dn, in the order met: names of this domain without an entry */
} Chase;

static DnTable *names_of(const Chase *chase)
{
    return directory_names(chase->reader->directory);
}

/* --- What is wanted -------------------------------------------------------------------------- */

/* Deeper domains below this one have a head of their own, which the server refers to. */
static void want(Chase *chase, Dn *dn)
{
    if (dn == NULL || dn->entry != NULL || dn == chase->head || dn_mangling(dn) != MANGLED_NOT ||
        !dn_is_below(dn, chase->head) || dn_is_below(dn, chase->configuration))
        return;
    if (strcmp(dn->type, "DC") != 0 && g_hash_table_add(chase->known, dn))
        g_ptr_array_add(chase->wanted, dn);
}

static char *pointer_target(const Value *value)
{
    g_autofree char *text = value_text(value, ATTR_otherWellKnownObjects);

    return strlen(text) > TARGET_PLACE ? g_strdup(text + TARGET_PLACE) : NULL;
}

static Dn *pointed_at(const Chase *chase, const Value *value)
{
    g_autofree char *target = pointer_target(value);

    return target == NULL ? NULL : dn_intern(names_of(chase), target, strlen(target), NULL);
}

/* Back links would lead to every mailbox of a store. */
static bool leads_forward(AttributeId attribute)
{
    const AttributeInfo *info = &attribute_table[attribute];

    return info->syntax == SYNTAX_DN && (info->link < 0 || info->link % 2 == 0);
}

static void want_values(Chase *chase, const Entry *entry)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        AttributeId attribute = (AttributeId)entry->attributes[i];

        if (attribute == ATTR_otherWellKnownObjects)
            want(chase, pointed_at(chase, &entry->values[i]));
        else if (leads_forward(attribute))
            want(chase, value_dn(&entry->values[i]));
    }
}

static void want_what_configuration_names(Chase *chase)
{
    const GPtrArray *entries = directory_entries(chase->reader->directory);

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (entry_is_live(entry) && dn_is_below(entry->dn, chase->configuration))
            want_values(chase, entry);
    }
}

/* --- Members --------------------------------------------------------------------------------- */

static bool is_interop(const Value *value)
{
    g_autofree char *text = value_text(value, ATTR_otherWellKnownObjects);

    return strlen(text) > TARGET_PLACE &&
           g_ascii_strncasecmp(text + GUID_PLACE, DOMAIN_INTEROP_GROUP, GUID_LENGTH) == 0;
}

static void add_interop(const Chase *chase, const Entry *holder, GPtrArray *groups)
{
    guint count;
    const Value *values = entry_values(holder, ATTR_otherWellKnownObjects, &count);

    for (guint i = 0; i < count; i++) {
        const Dn *dn = is_interop(&values[i]) ? pointed_at(chase, &values[i]) : NULL;

        if (dn != NULL && dn->entry != NULL)
            g_ptr_array_add(groups, dn->entry);
    }
}

/* ExchangeLegacyInterop, as far as it was read by now. */
static GPtrArray *interop_groups(const Chase *chase)
{
    const GPtrArray *entries = directory_entries(chase->reader->directory);
    GPtrArray *groups = g_ptr_array_new();

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (entry_is_live(entry) && dn_is_below(entry->dn, chase->configuration))
            add_interop(chase, entry, groups);
    }
    return groups;
}

static bool read_wanted(Chase *chase)
{
    for (guint i = 0; i < chase->wanted->len && chase->reader->lost == NULL; i++) {
        g_autofree char *name = dn_text(g_ptr_array_index(chase->wanted, i));

        reader_read_entry(chase->reader, name);
    }
    g_ptr_array_set_size(chase->wanted, 0);
    return chase->reader->lost == NULL;
}

/* Reads the members of a group, and puts those that are groups behind the others. */
static bool read_members(Chase *chase, const Entry *group, GPtrArray *groups, GHashTable *seen)
{
    guint count;
    const Value *values = entry_values(group, ATTR_member, &count);

    for (guint i = 0; i < count && g_hash_table_size(chase->known) < MOST; i++)
        want(chase, value_dn(&values[i]));
    if (!read_wanted(chase))
        return false;
    for (guint i = 0; i < count; i++) {
        const Dn *dn = value_dn(&values[i]);

        if (dn != NULL && dn->entry != NULL && dn->entry->class_id == CLASS_group &&
            g_hash_table_add(seen, dn->entry))
            g_ptr_array_add(groups, dn->entry);
    }
    return true;
}

static bool chase_members(Chase *chase)
{
    g_autoptr(GPtrArray) groups = interop_groups(chase);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    g_hash_table_remove_all(chase->known);
    for (guint i = 0; i < groups->len; i++)
        if (!read_members(chase, g_ptr_array_index(groups, i), groups, seen))
            return false;
    return true;
}

/* --- Both ------------------------------------------------------------------------------------ */

static ReaderResult chase_all(Chase *chase, GError **error)
{
    Reader *reader = chase->reader;
    g_autofree char *name = NULL;

    want_what_configuration_names(chase);
    if (chase->wanted->len > MOST) {
        name = dn_text(chase->head);
        g_set_error(error, FAULT, FAULT_LIMIT,
                    "the configuration names more than %d objects of %s, which is the limit", MOST,
                    name);
        return READER_FAILED;
    }
    if (!read_wanted(chase))
        return READER_LOST;
    if ((reader->connection->options->domain_parts & DOMAIN_GROUPS) != 0 && !chase_members(chase))
        return READER_LOST;
    return READER_DONE;
}

ReaderResult domain_chase(Reader *reader, const Dn *head, const Dn *configuration, GError **error)
{
    Chase chase = {.reader = reader,
                   .head = head,
                   .configuration = configuration,
                   .known = g_hash_table_new(NULL, NULL),
                   .wanted = g_ptr_array_new()};
    ReaderResult result = chase_all(&chase, error);

    g_hash_table_unref(chase.known);
    g_ptr_array_unref(chase.wanted);
    return result;
}
