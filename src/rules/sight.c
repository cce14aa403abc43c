/* Signs of a reader without rights: classes whose objects all came bare, servers that did not come
 * at all. */
#include "rules/sight.h"

/* What even a bare object shows: how it is called and when it changed. */
static bool is_naming(AttributeId attribute)
{
    switch (attribute) {
    case ATTR_cn:
    case ATTR_name:
    case ATTR_objectGUID:
    case ATTR_objectCategory:
    case ATTR_whenCreated:
    case ATTR_whenChanged:
    case ATTR_uSNChanged:
        return true;
    default:
        return false;
    }
}

static bool is_bare(const Entry *entry)
{
    for (uint32_t i = 0; i < entry->count; i++)
        if (!is_naming((AttributeId)entry->attributes[i]))
            return false;
    return true;
}

/* Whether there are objects of a class, and not one shows an attribute. */
static bool class_is_bare(const Directory *directory, ClassId id)
{
    const GPtrArray *objects = directory_of_class(directory, id);

    FOR_EACH(const Entry, entry, objects)
        if (!is_bare(entry))
            return false;
    return objects->len > 0;
}

char *sight_missing(const Topology *topology)
{
    /* Classes whose objects have attributes wherever they are. */
    static const ClassId telling[] = {
        CLASS_msExchOrganizationContainer, CLASS_msExchRoutingGroup, CLASS_msExchExchangeServer,
        CLASS_msExchRoutingGroupConnector, CLASS_siteLink,           CLASS_nTDSDSA,
    };
    const Directory *directory = topology->directory;

    if (topology->organization == NULL)
        return NULL;
    for (guint i = 0; i < G_N_ELEMENTS(telling); i++)
        if (class_is_bare(directory, telling[i]))
            return g_strdup_printf("no right to read the attributes of %s: read with an Exchange "
                                   "View-Only Administrator",
                                   class_table[telling[i]].name);
    if (directory_of_class(directory, CLASS_msExchExchangeServer)->len == 0)
        return g_strdup("no Exchange server was seen: unless there is none, there is no right to "
                        "list CN=Servers of the administrative groups, or the export lacks them; "
                        "read with an Exchange View-Only Administrator");
    return NULL;
}
