/*
 * RES, the part about what replication left behind: the copies of a conflict, and strays that lost
 * their parent.
 */
#include "rules/res.h"

#include "base/fold.h"
#include "rules/domain-contents.h"
#include "rules/entries.h"

/* --- RES002 ------------------------------------------------------------------------------- */

/* ORG004, AG004 and RG004 judge copies of these. */
static bool copy_is_judged_elsewhere(const Entry *copy)
{
    switch (copy->class_id) {
    case CLASS_msExchOrganizationContainer:
        return true;
    case CLASS_msExchAdminGroup:
        return text_has_token(copy->dn->value, ADMIN_GROUP_TOKEN);
    case CLASS_msExchRoutingGroup:
        return text_has_token(copy->dn->value, ROUTING_GROUP_TOKEN);
    default:
        return false;
    }
}

static bool lies_below_class(const Dn *dn, ClassId class_id)
{
    for (dn = dn->parent; dn != NULL; dn = dn->parent)
        if (dn->entry != NULL && dn->entry->class_id == class_id)
            return true;
    return false;
}

static bool is_conflict_copy(const Entry *entry)
{
    return entry->dn->mangled == MANGLED_CONFLICT &&
           (lies_below_class(entry->dn, CLASS_msExchConfigurationContainer) ||
            lies_below_class(entry->dn, CLASS_sitesContainer)) &&
           !copy_is_judged_elsewhere(entry);
}

static GPtrArray *conflict_copies(const Topology *topology)
{
    GPtrArray *copies = g_ptr_array_new();

    FOR_EACH(Entry, entry, topology->set_aside)
        if (is_conflict_copy(entry))
            g_ptr_array_add(copies, entry);
    return copies;
}

/* The copy that a name is or lies below; NULL when it is neither. */
static const Dn *copy_above(GHashTable *copies, const Dn *dn)
{
    for (; dn != NULL; dn = dn->parent)
        if (g_hash_table_contains(copies, dn))
            return dn;
    return NULL;
}

/* Computed back links prove nothing of their own. */
static bool is_back_link(AttributeId attribute)
{
    int32_t link = attribute_table[attribute].link;

    return link > 0 && link % 2 == 1;
}

static void note_references(const Entry *entry, GHashTable *copies, GHashTable *referrers)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        const Dn *dn = value_dn(&entry->values[i]);
        const Dn *copy = dn == NULL || is_back_link((AttributeId)entry->attributes[i])
                             ? NULL
                             : copy_above(copies, dn);

        if (copy != NULL && !dn_is_below(entry->dn, copy))
            g_hash_table_insert(referrers, (gpointer)(uintptr_t)copy, (gpointer)(uintptr_t)entry);
    }
}

/* Who refers to conflict copies: Dn of the copy → const Entry, the last of several; free it. */
static GHashTable *referrers_of(const Topology *topology, const GPtrArray *entries)
{
    g_autoptr(GHashTable) copies = g_hash_table_new(NULL, NULL);
    GHashTable *referrers = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Entry, entry, entries)
        g_hash_table_add(copies, entry->dn);
    if (entries->len > 0)
        FOR_EACH(const Entry, entry, directory_entries(topology->directory))
            note_references(entry, copies, referrers);
    return referrers;
}

static const Entry *surviving_twin(const Topology *topology, const Entry *copy)
{
    g_autofree char *name = dn_plain_name(copy->dn);
    g_autofree char *rdn = g_strdup_printf("%s=%s", copy->dn->type, name);

    return entry_below(topology, rdn, copy->dn->parent);
}

static void raise_copy(Check *check, const Entry *copy, const Entry *referrer)
{
    const Entry *twin = surviving_twin(check_topology(check), copy);
    g_autofree char *name = dn_plain_name(copy->dn);
    Object object = entry_object(copy);
    Finding *finding =
        check_raise_entry(check, referrer != NULL ? SEVERITY_ERROR : SEVERITY_WARNING, copy,
                          "\"%s\" is the copy that a replication conflict left%s%s%s", name,
                          twin == NULL ? "; no object of its name survives" : "",
                          referrer == NULL ? "" : "; it is referred to by ",
                          referrer == NULL ? "" : referrer->dn->value);

    finding_cite_entry(finding, copy);
    finding_cite(finding, &object, ATTR_whenCreated, NULL);
    if (twin != NULL) {
        Object other = entry_object(twin);

        finding_cite(finding, &other, ATTR_whenCreated, NULL);
        finding_relate(finding, &other);
    }
    if (referrer != NULL) {
        Object other = entry_object(referrer);

        finding_relate(finding, &other);
    }
}

static void check_conflict_copies(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) copies = conflict_copies(topology);
    g_autoptr(GHashTable) referrers = referrers_of(topology, copies);

    FOR_EACH(const Entry, copy, copies)
        raise_copy(check, copy, g_hash_table_lookup(referrers, copy->dn));
}

const Rule RES002 = {
    .id = "RES002",
    .slug = "conflict-copy",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A replication conflict left a copy of an object",
    .condition = "The name of an object below CN=Microsoft Exchange or CN=Sites holds \\0ACNF:. A "
                 "warning; an error when another object refers to the copy. Copies of the "
                 "organisation and of the groups of Exchange 2007 are judged by ORG004, AG004 and "
                 "RG004.",
    .why =
        "Two domain controllers made an object of one name at the same time, and replication kept "
        "both. Some programs see the one, some the other; what was set on the copy is lost to "
        "most.",
    .remedy =
        "Compare the two. Keep the one that is referred to and in use, repeat on it what only "
        "the other has, and delete the other with ADSI Edit.",
    .references = "MS-ADTS 3.1.1.1.5 (conflict names)",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_conflict_copies,
};

/* --- RES003 ------------------------------------------------------------------------------- */

static bool is_of_exchange(const Entry *entry)
{
    return g_str_has_prefix(class_table[entry->class_id].name, "msExch");
}

static void judge_strays(Check *check, const Entry *found)
{
    FOR_EACH(const Entry, entry, directory_entries(check_topology(check)->directory)) {
        if (entry->dn->parent != found->dn || entry->class_id == CLASS_NONE ||
            !is_of_exchange(entry) || dn_mangling(entry->dn) == MANGLED_DELETED)
            continue;
        finding_cite_entry(check_raise_entry(check, SEVERITY_WARNING, entry,
                                             "\"%s\", an object of Exchange (%s), lies in the lost "
                                             "and found of the configuration",
                                             entry->dn->value, class_table[entry->class_id].name),
                           entry);
    }
}

static void check_lost_and_found(Check *check)
{
    const Topology *topology = check_topology(check);
    const Entry *found;

    if (topology->configuration == NULL)
        return;
    found = entry_below(topology, "CN=LostAndFoundConfig", topology->configuration);
    if (found != NULL)
        judge_strays(check, found);
    else if (topology->organization != NULL && topology->configuration->entry == NULL)
        check_not_assessed(check, 0, "CN=LostAndFoundConfig,CN=Configuration was not read");
}

const Rule RES003 = {
    .id = "RES003",
    .slug = "exchange-object-lost",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "An object of Exchange lies in the lost and found",
    .condition = "An object of a class that begins with msExch lies directly in "
                 "CN=LostAndFoundConfig,CN=Configuration.",
    .why = "Its container was deleted on one domain controller while it was made or moved on "
           "another. Nothing of Exchange finds it there.",
    .remedy = "Find out what it was. Move it to where it belongs if it is needed, else delete it.",
    .references = "MS-ADTS on the container LostAndFoundConfig of the configuration",
    .check = check_lost_and_found,
};
