/* What the tests of the model share: one directory and the topology made of it. */
#include "model.h"

#include "unit.h"

#include <string.h>

Directory *directory;
Topology *topology;

void set_up(void)
{
    directory = forest_new();
    topology = NULL;
}

void tear_down(void)
{
    if (topology == NULL)
        directory_free(directory);
    topology_free(topology);
}

void build(void)
{
    topology = topology_new(directory);
}

void put(const char *dn, const char *class_name)
{
    forest_put(directory, 0, dn, "objectClass", class_name, NULL);
}

void put_with(const char *dn, const char *class_name, const char *attribute, const char *value)
{
    forest_put(directory, 0, dn, "objectClass", class_name, attribute, value, NULL);
}

void lose(const char *dn)
{
    directory_remove(directory, dn_intern(directory_names(directory), dn, strlen(dn), NULL));
}

void put_server(const char *dn, const char *serial, const char *group)
{
    forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber", serial,
               group != NULL ? "msExchHomeRoutingGroup" : NULL, group, NULL);
}

void put_2003(const char *dn, const char *group)
{
    put_server(dn, SERIAL_2003, group);
}

void put_group(const char *dn)
{
    put_with(dn, "msExchRoutingGroup", "whenChanged", "20080115090000.0Z");
}

const Dn *name(const char *text)
{
    return dn_find(directory_names(directory), text, strlen(text));
}

Server *server(const char *dn)
{
    return topology_server(topology, name(dn));
}

RoutingGroup *group(const char *dn)
{
    return topology_routing_group(topology, name(dn));
}

Connector *connector(guint number)
{
    return g_ptr_array_index(topology->connectors, number);
}

void check_names(const GPtrArray *objects, const char *expected)
{
    g_autoptr(GString) names = g_string_new(NULL);

    FOR_EACH(const Object, object, objects)
        g_string_append_printf(names, "%s ", object->name);
    ck_assert_str_eq(names->str, expected);
}
