/* The count of servers that visibility depends on. */
#include "rules/census.h"

#include "rules/facts.h"

Census *census_take(const Topology *topology)
{
    Census *census = g_new0(Census, 1);

    FOR_EACH(const Server, server, topology->servers) {
        if (server_version_unseen(server))
            census->unknown++;
        if (!server_is_placed(server))
            continue;
        census->placed++;
        if (!server->roles.present)
            census->roles_unseen++;
        if (server->site == NULL &&
            reference_state(topology->directory, server->site_value) == REFERENCE_UNSEEN)
            census->site_unseen++;
    }
    return census;
}
