/* See forest.h. */
#include "forest.h"

#include <string.h>

static void append_value(GArray *values, const char *name, const char *text, uint32_t line)
{
    RecordValue value = {
        .data = text,
        .length = (uint32_t)strlen(text),
        .line = line,
        .attribute = (uint16_t)attribute_lookup(name, strlen(name)),
    };

    g_assert(value.attribute != ATTR_NONE);
    g_array_append_val(values, value);
}

bool forest_put(Directory *directory, uint32_t source, const char *dn, ...)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RecordValue));
    uint32_t line = (uint32_t)directory_source(directory, source)->entries + 1;
    Record record = {.dn = dn, .dn_length = (uint32_t)strlen(dn), .line = line};
    va_list arguments;
    const char *name;

    va_start(arguments, dn);
    while ((name = va_arg(arguments, const char *)) != NULL)
        append_value(values, name, va_arg(arguments, const char *), line);
    va_end(arguments);
    record.values = (const RecordValue *)(void *)values->data;
    record.count = values->len;
    return directory_admit(directory, source, &record);
}

Directory *forest_new(void)
{
    static const char *const objects[][2] = {
        {CONFIGURATION, "configuration"},
        {SITES, "sitesContainer"},
        {"CN=Inter-Site Transports," SITES, "interSiteTransportContainer"},
        {TRANSPORT_IP, "interSiteTransport"},
        {TRANSPORT_SMTP, "interSiteTransport"},
        {"CN=Subnets," SITES, "subnetContainer"},
        {"CN=Partitions," CONFIGURATION, "crossRefContainer"},
        {"CN=Services," CONFIGURATION, "container"},
        {EXCHANGE, "msExchConfigurationContainer"},
        {ORGANIZATION, "msExchOrganizationContainer"},
        {"CN=Administrative Groups," ORGANIZATION, "msExchAdminGroupContainer"},
        {LEGACY_GROUP, "msExchAdminGroup"},
        {LEGACY_SERVERS, "msExchServersContainer"},
        {LEGACY_ROUTING, "msExchRoutingGroupContainer"},
        {MODERN_GROUP, "msExchAdminGroup"},
        {MODERN_SERVERS, "msExchServersContainer"},
        {"CN=Routing Groups," MODERN_GROUP, "msExchRoutingGroupContainer"},
        {MODERN_ROUTING, "msExchRoutingGroup"},
    };
    Directory *directory = directory_new();
    uint32_t source = directory_add_source(directory, SOURCE_LDIF, "forest.ldif");

    for (guint i = 0; i < G_N_ELEMENTS(objects); i++)
        forest_put(directory, source, objects[i][0], "objectClass", objects[i][1], "systemFlags",
                   "0", NULL);
    return directory;
}
