/* Domain controllers and the computer accounts behind them. */
#include "rules/controllers.h"

#include "base/fold.h"
#include "rules/domain-contents.h"
#include "rules/sight.h"

#include <stdlib.h>
#include <string.h>

enum { LEVEL_2008 = 3 };

bool controller_catalog_unseen(const Topology *topology, const DomainController *controller)
{
    return sight_is_bare(controller->settings) ||
           directory_seen(topology->directory, CLASS_nTDSDSA, ATTR_options) == 0;
}

const Entry *controller_computer(const DomainController *controller)
{
    const Dn *dn = value_dn(entry_value(controller->object.entry, ATTR_serverReference));

    return dn == NULL || dn_mangling(dn) != MANGLED_NOT ? NULL : dn->entry;
}

const Domain *controller_domain(const Topology *topology, const DomainController *controller)
{
    const Dn *dn = value_dn(entry_value(controller->object.entry, ATTR_serverReference));

    return dn == NULL ? NULL : domain_of(topology, dn);
}

const DomainController *controller_of_settings(const Topology *topology, const Dn *settings)
{
    FOR_EACH(const DomainController, controller, topology->controllers)
        if (controller->settings->dn == settings)
            return controller;
    return NULL;
}

GHashTable *controllers_by_host(const Topology *topology)
{
    GHashTable *hosts = g_hash_table_new(name_hash, name_equal);

    FOR_EACH(DomainController, controller, topology->controllers)
        if (controller->fqdn != NULL)
            g_hash_table_insert(hosts, (gpointer)(uintptr_t)controller->fqdn, controller);
    return hosts;
}

/* The number of the service pack; -1 when it cannot be told. Systems without one lack the
 * attribute, which proves something only where others have it. */
static int service_pack_of(const Topology *topology, const Entry *computer)
{
    g_autofree char *text = entry_text(computer, ATTR_operatingSystemServicePack);
    const char *digit = text == NULL ? NULL : strpbrk(text, "0123456789");

    if (digit != NULL)
        return atoi(digit);
    return directory_seen(topology->directory, CLASS_computer, ATTR_operatingSystemServicePack) > 0
               ? 0
               : -1;
}

static ControllerSystem system_of_2003(int service_pack)
{
    if (service_pack < 0)
        return SYSTEM_UNKNOWN;
    if (service_pack == 0)
        return SYSTEM_UNPATCHED;
    return service_pack == 1 ? SYSTEM_SP1 : SYSTEM_CURRENT;
}

/* "5.2 (3790)" */
static ControllerSystem system_of_computer(const Topology *topology, const Entry *computer)
{
    g_autofree char *version = entry_text(computer, ATTR_operatingSystemVersion);
    char *end;
    long major;
    long minor;

    if (version == NULL)
        return SYSTEM_UNKNOWN;
    major = strtol(version, &end, 10);
    if (end == version || *end != '.')
        return SYSTEM_UNKNOWN;
    minor = strtol(end + 1, NULL, 10);
    if (major < 5 || (major == 5 && minor < 2))
        return SYSTEM_TOO_OLD;
    if (major == 5 && minor == 2)
        return system_of_2003(service_pack_of(topology, computer));
    return SYSTEM_CURRENT;
}

ControllerSystem controller_system(const Topology *topology, const DomainController *controller)
{
    const Entry *computer = controller_computer(controller);
    ControllerSystem system = computer == NULL ? SYSTEM_UNKNOWN
                                               : system_of_computer(topology, computer);

    if (system == SYSTEM_UNKNOWN && controller->level.present &&
        controller->level.value >= LEVEL_2008)
        return SYSTEM_CURRENT;
    return system;
}

bool controllers_are_read(Check *check)
{
    if (check_topology(check)->controllers->len > 0)
        return true;
    check_not_assessed(check, 0,
                       "no domain controller was read: export the servers below "
                       "CN=Sites,CN=Configuration with their NTDS Settings");
    return false;
}
