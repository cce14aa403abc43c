/* Which accepted domain of Exchange 2007 an address falls into. */
#include "routing/accepted-domain.h"

#include <string.h>

static DomainKind kind_of(const Entry *entry)
{
    enum { TYPE_MASK = 3 };
    int64_t flags;

    if (!entry_integer(entry, ATTR_msExchAcceptedDomainFlags, &flags))
        return DOMAIN_UNKNOWN;
    return (flags & TYPE_MASK) == 0 ? DOMAIN_OWN : DOMAIN_SENT_ON;
}

static bool covers(const Entry *entry, const Address *address, guint *specificity)
{
    const Value *name = entry_value(entry, ATTR_msExchAcceptedDomainName);
    g_autofree char *pattern = NULL;
    AddressSpace space = {.type = "SMTP"};

    if (name == NULL || dn_mangling(entry->dn) != MANGLED_NOT)
        return false;
    space.pattern = pattern = value_text(name, ATTR_msExchAcceptedDomainName);
    return strcmp(pattern, "*") != 0 && address_space_covers(&space, address, specificity);
}

DomainKind accepted_domain_kind(const Topology *topology, const Address *address,
                                const Entry **accepted)
{
    const GPtrArray *entries = directory_of_class(topology->directory, CLASS_msExchAcceptedDomain);
    DomainKind best = DOMAIN_SENT_ON;
    guint closest = 0;

    *accepted = NULL;
    FOR_EACH(const Entry, entry, entries) {
        guint specificity;
        DomainKind kind;

        if (!covers(entry, address, &specificity) || specificity < closest)
            continue;
        kind = kind_of(entry);
        if (*accepted != NULL && specificity == closest && kind >= best)
            continue;
        *accepted = entry;
        closest = specificity;
        best = kind;
    }
    return best;
}
