/* The directory's own topology: sites and what joins them, domain controllers, domains. */
#include "report/show-rows.h"

json_t *site_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const Site, site, topology->sites) {
        json_t *row = object_row(&site->object);

        json_object_set_new(row, "hub", json_boolean(site->hub));
        json_object_set_new(row, "servers", names_value(site->servers));
        json_object_set_new(row, "domainControllers", names_value(site->controllers));
        json_object_set_new(row, "subnets", names_value(site->subnets));
        json_object_set_new(row, "siteLinks", names_value(site->links));
        json_array_append_new(rows, row);
    }
    return rows;
}

json_t *site_link_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const SiteLink, link, topology->site_links) {
        json_t *row = object_row(&link->object);

        json_object_set_new(row, "transport", name_value(link->transport));
        json_object_set_new(row, "cost", integer_value(link->cost));
        json_object_set_new(row, "exchangeCost", integer_value(link->exchange_cost));
        json_object_set_new(row, "sizeLimit", integer_value(link->size_limit));
        json_object_set_new(row, "sites", names_value(link->sites));
        json_array_append_new(rows, row);
    }
    return rows;
}

json_t *subnet_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const Subnet, subnet, topology->subnets) {
        json_t *row = object_row(&subnet->object);

        json_object_set_new(row, "site", reference_value(subnet->site, subnet->site_value));
        json_array_append_new(rows, row);
    }
    return rows;
}

json_t *controller_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const DomainController, controller, topology->controllers) {
        json_t *row = object_row(&controller->object);

        json_object_set_new(row, "site", name_value(controller->site));
        json_object_set_new(row, "globalCatalog", json_boolean(controller->global_catalog));
        json_object_set_new(row, "readOnly", json_boolean(controller->read_only));
        json_object_set_new(row, "level", integer_value(controller->level));
        json_object_set_new(row, "fqdn", text_value(controller->fqdn));
        json_array_append_new(rows, row);
    }
    return rows;
}

/* nTMixedDomain: 1 while Windows NT domain controllers are allowed for. */
static json_t *mixed_value(OptionalInteger mixed)
{
    return mixed.present ? json_boolean(mixed.value != 0) : json_null();
}

json_t *domain_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const Domain, domain, topology->domains) {
        json_t *row = object_row(&domain->object);

        json_object_set_new(row, "dnsName", text_value(domain->dns_name));
        json_object_set_new(row, "netbiosName", text_value(domain->netbios_name));
        json_object_set_new(row, "namingContext", reference_value(NULL, domain->naming_context));
        json_object_set_new(row, "level", integer_value(domain->level));
        json_object_set_new(row, "mixed", mixed_value(domain->mixed));
        json_array_append_new(rows, row);
    }
    return rows;
}
