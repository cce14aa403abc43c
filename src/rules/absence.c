/*
 * What is missing from a domain partition, and what was merely not read. A rule that takes the one
 * for the other accuses a sound directory, so that the evidence that is asked for stands here, once
 * for all rules.
 */
#include "rules/absence.h"

#include "rules/domain-contents.h"

#include <string.h>

/* The text behind the first comma that is no part of a name. */
static const char *parent_of(const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        if (*at == '\\' && at[1] != '\0')
            at++;
        else if (*at == ',')
            return at + 1;
    }
    return NULL;
}

static const Dn *known_name(Directory *directory, const char *name)
{
    return dn_find(directory_names(directory), name, strlen(name));
}

/* The name, or the lowest above it that was met in reading; NULL: none was. */
static const Dn *nearest_known(Directory *directory, const char *name)
{
    const Dn *dn = NULL;

    for (const char *at = name; at != NULL && dn == NULL; at = parent_of(at))
        dn = known_name(directory, at);
    return dn;
}

/* The head of the partition in which a name lies: its lowest ancestor made of DC alone, unless it
 * is in the configuration, whose name begins with that of a domain; NULL there and for names of
 * another kind. */
static const Dn *domain_head_above(const Dn *dn)
{
    const Dn *below = NULL;

    while (dn->parent != NULL && strcmp(dn->type, "DC") != 0) {
        below = dn;
        dn = dn->parent;
    }
    if (dn->parent == NULL ||
        (below != NULL && g_ascii_strcasecmp(below->value, "Configuration") == 0))
        return NULL;
    return dn;
}

/* --- evidence ----------------------------------------------------------------------------- */

/* The containers that are asked for by name where others are not. */
static bool is_usual_container(const Dn *dn)
{
    return g_ascii_strcasecmp(dn->value, "Users") == 0 ||
           g_ascii_strcasecmp(dn->value, "Computers") == 0;
}

/* Whether an object tells that others of its class were exported: not if it may have come for what
 * it is called, or for its expansion server, which the export that HUB010 asks for goes by. */
static bool stands_for_class(const Entry *entry, ClassId id)
{
    return entry->class_id == id && dn_mangling(entry->dn) == MANGLED_NOT &&
           !entry_has(entry, ATTR_msExchExpansionServerName) &&
           (id != CLASS_container || !is_usual_container(entry->dn));
}

static bool holds_directly(const Directory *directory, const Dn *place, ClassId id)
{
    FOR_EACH(const Entry, entry, directory_of_class(directory, id))
        if (entry->dn->parent == place && stands_for_class(entry, id))
            return true;
    return false;
}

static bool holds_throughout(const Directory *directory, const Dn *head, ClassId id)
{
    const Dn *first = NULL;

    FOR_EACH(const Entry, entry, directory_of_class(directory, id)) {
        const Dn *branch;

        if (domain_head_above(entry->dn) != head || !stands_for_class(entry, id))
            continue;
        branch = dn_at_depth(entry->dn, head->depth + 1u);
        if (first != NULL && branch != first)
            return true;
        first = branch;
    }
    return false;
}

/* An export by filter leaves the unit out unless it was meant to have everything. */
static bool has_controllers_unit(Directory *directory, const Dn *head)
{
    g_autofree char *above = dn_text(head);
    g_autofree char *name = g_strconcat("OU=Domain Controllers,", above, NULL);
    const Dn *unit = known_name(directory, name);

    return unit != NULL && unit->entry != NULL;
}

static bool was_searched(Directory *directory, const Dn *head, ClassId id)
{
    if (head->entry == NULL)
        return false;
    return directory_source(directory, head->entry->source)->searched ||
           (has_controllers_unit(directory, head) && holds_throughout(directory, head, id));
}

/* --- conclusions -------------------------------------------------------------------------- */

bool domain_was_searched(const Topology *topology, const Domain *domain, ClassId id)
{
    const Entry *head = domain_head(domain);

    return head != NULL && was_searched(topology->directory, head->dn, id);
}

guint count_domains_unsearched(const Topology *topology, ClassId id)
{
    guint count = 0;

    FOR_EACH(const Domain, domain, topology->domains)
        count += !domain_was_searched(topology, domain, id);
    return count;
}

bool absence_is_sure(Directory *directory, const char *name, ClassId id)
{
    const char *parent = parent_of(name);
    const Dn *near = nearest_known(directory, parent);
    const Dn *head = near == NULL ? NULL : domain_head_above(near);

    if (near == NULL || directory_may_lack(directory, id))
        return false;
    if (head == NULL)
        return near->entry != NULL || directory_covers(directory, near);
    return holds_directly(directory, known_name(directory, parent), id) ||
           was_searched(directory, head, id);
}

bool domain_lacks(const Topology *topology, const Domain *domain, const char *rdn, ClassId id)
{
    const Entry *head = domain_head(domain);
    g_autofree char *above = head == NULL ? NULL : dn_text(head->dn);
    g_autofree char *name = g_strconcat(rdn, ",", above, NULL);

    return head != NULL && absence_is_sure(topology->directory, name, id);
}

ReferenceState reference_state_in_domain(const Topology *topology, const Value *value, ClassId id)
{
    ReferenceState state = reference_state(topology->directory, value);
    g_autofree char *name = NULL;

    if (state != REFERENCE_MISSING || domain_head_above(value_dn(value)) == NULL)
        return state;
    name = dn_text(value_dn(value));
    return absence_is_sure(topology->directory, name, id) ? REFERENCE_MISSING : REFERENCE_UNSEEN;
}
