/* Signs of a reader without rights: objects that came bare, classes that did not come at all
 * although something tells of them, names of what stands where nothing was read. */
#include "rules/sight.h"

#include "base/crew.h"
#include "directory/ahead.h"
#include "directory/container.h"

#include <string.h>

/* What entries show. */
typedef struct Tally {
    guint total[CLASS_COUNT]; /* objects by their most derived class */
    guint bare[CLASS_COUNT];  /* those that show nothing but their name */
    bool named[ATTR_COUNT];   /* attributes with a name of something that was not read */
    const Entry *example[CLASS_COUNT];
    const Dn *unread[CLASS_COUNT]; /* the name of one that nobody looked for, by its place */
} Tally;

struct Sight {
    const Topology *topology;
    Tally tally; /* of all entries */
};

/* What even a bare object shows: its name, which belongs to the property set Public Information
 * (MS-ADTS section 6.1.1.2.3). */
static bool is_naming(AttributeId attribute)
{
    return attribute == ATTR_cn || attribute == ATTR_name || attribute == ATTR_objectGUID ||
           attribute == ATTR_objectCategory;
}

bool sight_is_bare(const Entry *entry)
{
    for (uint32_t i = 0; i < entry->count; i++)
        if (!is_naming((AttributeId)entry->attributes[i]))
            return false;
    return true;
}

/* A value may name what is below an object, such as the virtual server of a server. What stands in
 * another forest is not ours to read. */
static void note_unread(Tally *tally, const Topology *topology, const Dn *dn)
{
    const Dn *head = topology->configuration;

    if (head == NULL || !dn_is_below(dn, head) || directory_covers(topology->directory, dn))
        return;
    for (; dn != head && dn->entry == NULL; dn = dn->parent)
        tally->unread[class_by_place(dn)] = dn;
}

static void note_names(Tally *tally, const Topology *topology, const Entry *entry)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        uint16_t attribute = entry->attributes[i];
        const Dn *dn;

        if (attribute_table[attribute].syntax != SYNTAX_DN)
            continue;
        dn = value_dn(&entry->values[i]);
        if (dn == NULL || dn->entry != NULL || dn_mangling(dn) != MANGLED_NOT)
            continue;
        tally->named[attribute] = true;
        note_unread(tally, topology, dn);
    }
}

/* So many entries are looked at by one thread. */
enum { PORTION = 20000 };

typedef struct Tallying {
    const Topology *topology;
    const GPtrArray *entries;
    Tally *tallies;
} Tallying;

static void tally_portion(guint portion, gpointer data)
{
    const Tallying *tallying = data;
    const GPtrArray *entries = tallying->entries;
    Tally *tally = &tallying->tallies[portion];
    guint end = MIN((portion + 1) * PORTION, entries->len);

    for (guint i = portion * PORTION; i < end; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        ahead_values(entries, i, end);
        tally->total[entry->class_id]++;
        tally->bare[entry->class_id] += sight_is_bare(entry);
        tally->example[entry->class_id] = entry;
        note_names(tally, tallying->topology, entry);
    }
}

static void tally_add(Tally *sum, const Tally *part)
{
    for (guint i = 0; i < CLASS_COUNT; i++) {
        sum->total[i] += part->total[i];
        sum->bare[i] += part->bare[i];
        if (part->example[i] != NULL)
            sum->example[i] = part->example[i];
        if (part->unread[i] != NULL)
            sum->unread[i] = part->unread[i];
    }
    for (guint i = 0; i < ATTR_COUNT; i++)
        sum->named[i] |= part->named[i];
}

Sight *sight_new(const Topology *topology)
{
    Sight *sight = g_new0(Sight, 1);
    const GPtrArray *entries = directory_entries(topology->directory);
    guint portions = (entries->len + PORTION - 1) / PORTION;
    g_autofree Tally *tallies = g_new0(Tally, portions);
    Tallying tallying = {.topology = topology, .entries = entries, .tallies = tallies};

    sight->topology = topology;
    crew_run(portions, CREW_MOST, tally_portion, &tallying);
    for (guint i = 0; i < portions; i++)
        tally_add(&sight->tally, &tallies[i]);
    return sight;
}

void sight_free(Sight *sight)
{
    g_free(sight);
}

/* --- what it takes ------------------------------------------------------------------------ */

/* Of the classes that Active Directory brings, some are used below the organisation. */
static bool is_of_exchange(const Sight *sight, ClassId id)
{
    const Organization *organization = sight->topology->organization;

    return organization != NULL && sight->tally.example[id] != NULL &&
           dn_is_below(sight->tally.example[id]->dn, organization->object.entry->dn);
}

/* Who has the right by default (TechNet aa996881 for the roles of Exchange). Classes that came with
 * Exchange stand below its container. */
static const char *holder_of(const Sight *sight, ClassId id)
{
    if (g_str_has_prefix(class_table[id].name, "msExch") || is_of_exchange(sight, id))
        return "read with an Exchange View-Only Administrator";
    if (class_table[id].partition == PARTITION_DOMAIN)
        return "read with an account of the domain that may read them";
    return "Authenticated Users have it unless it was taken away";
}

/* --- bare objects ------------------------------------------------------------------------- */

static char *blank_text(const Sight *sight, ClassId id)
{
    guint total = sight->tally.total[id];

    return g_strdup_printf("no right to read the attributes of %s: not one of the %u object%s "
                           "shows any, which takes Read Property; %s",
                           class_table[id].name, total, total == 1 ? "" : "s",
                           holder_of(sight, id));
}

static char *bare_text(const Sight *sight, ClassId id)
{
    guint bare = sight->tally.bare[id];

    return g_strdup_printf("no right to read the attributes of every %s: %u of the %u objects "
                           "show%s none, which takes Read Property; %s",
                           class_table[id].name, bare, sight->tally.total[id], bare == 1 ? "s" : "",
                           holder_of(sight, id));
}

char *sight_blank(const Sight *sight, ClassId id)
{
    const Tally *tally = &sight->tally;

    for (ClassId concrete = CLASS_NONE; concrete < CLASS_COUNT; concrete++)
        if (tally->total[concrete] > 0 && tally->bare[concrete] == tally->total[concrete] &&
            class_is_a(concrete, id))
            return blank_text(sight, concrete);
    return NULL;
}

char *sight_bare(const Sight *sight, ClassId id)
{
    char *blank = sight_blank(sight, id);

    if (blank != NULL)
        return blank;
    for (ClassId concrete = CLASS_NONE; concrete < CLASS_COUNT; concrete++)
        if (sight->tally.bare[concrete] > 0 && class_is_a(concrete, id))
            return bare_text(sight, concrete);
    return NULL;
}

/* --- objects that did not come ------------------------------------------------------------- */

/* What tells that there are objects of a class: an attribute that names some, or objects of another
 * class (at least so many) that are never without. */
typedef struct Witness {
    ClassId class_id;
    AttributeId named_by;
    ClassId beside;
    guint least;
} Witness;

static const Witness witnesses[] = {
    {CLASS_msExchOrganizationContainer, ATTR_NONE, CLASS_msExchAdminGroup, 1},
    {CLASS_msExchOrganizationContainer, ATTR_NONE, CLASS_msExchExchangeServer, 1},
    {CLASS_msExchAdminGroup, ATTR_NONE, CLASS_msExchOrganizationContainer, 1},
    {CLASS_msExchExchangeServer, ATTR_NONE, CLASS_msExchOrganizationContainer, 1},
    {CLASS_msExchRoutingGroup, ATTR_msExchHomeRoutingGroup, CLASS_NONE, 0},
    {CLASS_msExchRoutingGroup, ATTR_msExchDestinationRGDN, CLASS_NONE, 0},
    {CLASS_msExchPublicMDB, ATTR_msExchHomePublicMDB, CLASS_NONE, 0},
    {CLASS_msExchPublicMDB, ATTR_siteFolderServer, CLASS_NONE, 0},
    {CLASS_msExchPrivateMDB, ATTR_homeMDB, CLASS_NONE, 0},
    {CLASS_msExchPFTree, ATTR_msExchOwningPFTree, CLASS_NONE, 0},
    {CLASS_msExchOAB, ATTR_msExchUseOAB, CLASS_NONE, 0},
    {CLASS_site, ATTR_msExchServerSite, CLASS_NONE, 0},
    {CLASS_site, ATTR_siteList, CLASS_NONE, 0},
    {CLASS_site, ATTR_siteObject, CLASS_NONE, 0},
    {CLASS_siteLink, ATTR_NONE, CLASS_site, 2},
    {CLASS_nTDSDSA, ATTR_fSMORoleOwner, CLASS_NONE, 0},
    {CLASS_nTDSDSA, ATTR_NONE, CLASS_site, 1},
    {CLASS_crossRef, ATTR_NONE, CLASS_crossRefContainer, 1},
};

static bool is_told_of(const Sight *sight, const Witness *witness)
{
    if (witness->named_by != ATTR_NONE)
        return sight->tally.named[witness->named_by];
    return sight->tally.total[witness->beside] >= witness->least;
}

static char *hidden_text(const Sight *sight, const Witness *witness)
{
    const char *name = class_table[witness->class_id].name;
    g_autofree char *told = witness->named_by == ATTR_NONE
                                ? g_strdup("unless there is none")
                                : g_strdup_printf("as %s names some",
                                                  attribute_table[witness->named_by].name);

    return g_strdup_printf("no %s was seen: %s, there is no right to list them (List Contents on "
                           "their container), or the export lacks them; %s",
                           name, told, holder_of(sight, witness->class_id));
}

/* --- no organisation ---------------------------------------------------------------------- */

/* The entry of `name` below the configuration partition's head, by its name alone. */
static const Dn *configured(const Topology *topology, const char *name)
{
    g_autofree char *head = topology->configuration == NULL ? NULL
                                                            : dn_text(topology->configuration);
    g_autofree char *text = g_strconcat(name, ",", head, NULL);

    return head == NULL ? NULL : dn_find(directory_names(topology->directory), text, strlen(text));
}

/* What was not read although something below it was: the organisation, most likely. */
static const Dn *unread_below(const Topology *topology, const Dn *exchange)
{
    FOR_EACH(const Entry, entry, directory_entries(topology->directory)) {
        const Dn *child = dn_at_depth(entry->dn, exchange->depth + 1u);

        if (child != NULL && child->entry == NULL && child->parent == exchange)
            return child;
    }
    return NULL;
}

char *organization_gap(const Topology *topology)
{
    const Dn *services = configured(topology, "CN=Services");
    const Dn *exchange = configured(topology, "CN=Microsoft Exchange,CN=Services");
    const Dn *unread;

    if (topology->organization != NULL)
        return NULL;
    unread = exchange == NULL ? NULL : unread_below(topology, exchange);
    if (unread != NULL)
        return g_strdup_printf("the organisation was not read, but objects below \"%s\" were: read "
                               "all of CN=Services",
                               unread->value);
    if (directory_may_lack(topology->directory, CLASS_msExchOrganizationContainer))
        return g_strdup("no organisation was found, but records were lost in reading, and it may "
                        "be among them: repair or repeat the export");
    if (services != NULL && services->entry != NULL)
        return NULL;
    return g_strdup("no organisation was found, but CN=Services,CN=Configuration, below which it "
                    "would be, was not read either: export it, or read with an account that may "
                    "see it");
}

/* --- both --------------------------------------------------------------------------------- */

char *sight_hidden(const Sight *sight, ClassId id)
{
    for (ClassId concrete = CLASS_NONE; concrete < CLASS_COUNT; concrete++)
        if (sight->tally.total[concrete] > 0 && class_is_a(concrete, id))
            return NULL;
    if (directory_was_thinned(sight->topology->directory, id))
        return NULL;
    for (guint i = 0; i < G_N_ELEMENTS(witnesses); i++)
        if (witnesses[i].class_id == id && is_told_of(sight, &witnesses[i]))
            return hidden_text(sight, &witnesses[i]);
    return NULL;
}

char *sight_unread(const Sight *sight, ClassId id)
{
    const Dn *dn = sight->tally.unread[id];
    g_autofree char *name = dn == NULL ? NULL : dn_text(dn);

    if (id == CLASS_NONE || dn == NULL)
        return NULL;
    return g_strdup_printf("not every %s was read: %s is named somewhere and did not come; %s",
                           class_table[id].name, name, holder_of(sight, id));
}

char *sight_gap(const Sight *sight, ClassId id)
{
    char *gap = sight_bare(sight, id);

    if (gap == NULL)
        gap = sight_hidden(sight, id);
    return gap != NULL ? gap : sight_unread(sight, id);
}
