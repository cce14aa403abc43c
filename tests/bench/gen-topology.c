/*
 * gen-topology sites SITES LINKS HUBS
 * gen-topology groups GROUPS CONNECTORS
 *
 * Prints records for the benchmark of routing, to be read with a fixture: sites and IP site links,
 * some of the sites with a Hub Transport server, for fixtures/exchange-2007.ldif; or routing groups
 * with a server of 2003 each and the connectors between them, for
 * fixtures/coexistence-healthy.ldif. All sites, and all groups in both directions, are joined; the
 * rest of the links and connectors are spread at random. The same numbers give the same bytes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONFIGURATION "CN=Configuration,DC=contoso,DC=test"
#define ORGANISATION "CN=Contoso,CN=Microsoft Exchange,CN=Services," CONFIGURATION
#define SITES "CN=Sites," CONFIGURATION
#define IP "CN=IP,CN=Inter-Site Transports," SITES
#define MODERN \
    "CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups," ORGANISATION
#define MODERN_ROUTING "CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups," MODERN
#define LEGACY "CN=First Administrative Group,CN=Administrative Groups," ORGANISATION
#define LEGACY_ROUTING "CN=Routing Groups," LEGACY

enum { DEAREST_LINK = 500, DEAREST_CONNECTOR = 100 };

/* xorshift: any fixed sequence will do. From 0 to below `limit`. */
static unsigned draw(unsigned limit)
{
    static uint64_t state = 88172645463325252u;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state % limit);
}

/* --- sites -------------------------------------------------------------------------------- */

static void put_site(unsigned number)
{
    printf("dn: CN=Site-%05u," SITES "\nobjectClass: top\nobjectClass: site\ncn: Site-%05u\n"
           "whenChanged: 20080115090000.0Z\n\n",
           number, number);
}

static void put_link(unsigned number, const char *first, unsigned second)
{
    printf("dn: CN=Link-%05u," IP "\nobjectClass: top\nobjectClass: siteLink\n"
           "cn: Link-%05u\nsiteList: CN=%s," SITES "\nsiteList: CN=Site-%05u," SITES "\n"
           "cost: %u\nreplInterval: 180\n\n",
           number, number, first, second, 1 + draw(DEAREST_LINK));
}

static void put_hub(unsigned number, unsigned site)
{
    printf("dn: CN=HUB-%05u,CN=Servers," MODERN "\nobjectClass: top\nobjectClass: server\n"
           "objectClass: msExchExchangeServer\ncn: HUB-%05u\n"
           "serialNumber: Version 8.3 (Build 30083.6)\nversionNumber: 1912832083\n"
           "networkAddress: ncacn_ip_tcp:hub-%05u.contoso.test\n"
           "msExchHomeRoutingGroup: " MODERN_ROUTING "\nmsExchVersion: 4535486012416\n"
           "msExchCurrentServerRoles: 32\nmsExchServerSite: CN=Site-%05u," SITES "\n\n",
           number, number, number, site);
}

/* A tree of links over all sites first, which hangs on the fixture's Munich. */
static void put_sites(unsigned sites, unsigned links, unsigned hubs)
{
    char first[32] = "Munich";

    for (unsigned site = 0; site < sites; site++)
        put_site(site);
    for (unsigned link = 0; link < links; link++) {
        unsigned second = link < sites ? link : draw(sites);

        if (link > 0)
            snprintf(first, sizeof first, "Site-%05u", draw(link < sites ? link : sites));
        put_link(link, first, second);
    }
    for (unsigned hub = 0; hub < hubs; hub++)
        put_hub(hub, (unsigned)((uint64_t)hub * sites / hubs));
}

/* --- routing groups ----------------------------------------------------------------------- */

static void put_group(unsigned number)
{
    printf("dn: CN=Group-%04u," LEGACY_ROUTING "\nobjectClass: top\n"
           "objectClass: msExchRoutingGroup\ncn: Group-%04u\n"
           "msExchRoutingGroupMembersDN: CN=EX-%04u,CN=Servers," LEGACY "\n"
           "msExchRoutingMasterDN: CN=EX-%04u,CN=Servers," LEGACY "\n\n",
           number, number, number, number);
    printf("dn: CN=Connections,CN=Group-%04u," LEGACY_ROUTING "\nobjectClass: top\n"
           "objectClass: msExchConnectors\ncn: Connections\n\n",
           number);
    printf("dn: CN=EX-%04u,CN=Servers," LEGACY "\nobjectClass: top\nobjectClass: server\n"
           "objectClass: msExchExchangeServer\ncn: EX-%04u\n"
           "serialNumber: Version 6.5 (Build 7638.2: Service Pack 2)\nversionNumber: 7638\n"
           "msExchHomeRoutingGroup: CN=Group-%04u," LEGACY_ROUTING "\n\n",
           number, number, number);
}

/* The name of a group and of a server in it: the first is the fixture's Munich. */
static void name_end(unsigned number, char group[32], char server[32])
{
    if (number == 0) {
        strcpy(group, "Munich");
        strcpy(server, "EX03-MUC1");
        return;
    }
    snprintf(group, 32, "Group-%04u", number);
    snprintf(server, 32, "EX-%04u", number);
}

static void put_connector(unsigned number, unsigned from, unsigned to)
{
    char groups[2][32];
    char servers[2][32];

    name_end(from, groups[0], servers[0]);
    name_end(to, groups[1], servers[1]);
    printf("dn: CN=Connector-%05u,CN=Connections,CN=%s," LEGACY_ROUTING "\nobjectClass: top\n"
           "objectClass: msExchConnector\nobjectClass: msExchRoutingGroupConnector\n"
           "cn: Connector-%05u\ncost: %u\n"
           "msExchTargetBridgeheadServersDN: CN=1,CN=SMTP,CN=Protocols,CN=%s,CN=Servers," LEGACY
           "\nmsExchSourceBridgeheadServersDN: CN=1,CN=SMTP,CN=Protocols,CN=%s,CN=Servers," LEGACY
           "\n\n",
           number, groups[0], number, 1 + draw(DEAREST_CONNECTOR), servers[1], servers[0]);
}

/* A tree over all groups there and back first. */
static void put_groups(unsigned groups, unsigned connectors)
{
    unsigned number = 0;

    for (unsigned group = 1; group <= groups; group++)
        put_group(group);
    for (unsigned group = 1; group <= groups; group++) {
        unsigned other = draw(group);

        put_connector(number++, group, other);
        put_connector(number++, other, group);
    }
    while (number < connectors) {
        unsigned from = draw(groups + 1);
        unsigned to = draw(groups + 1);

        if (from != to)
            put_connector(number++, from, to);
    }
}

static unsigned argument(int count, char **values, int index)
{
    return index < count ? (unsigned)strtoul(values[index], NULL, 10) : 0;
}

int main(int argc, char **argv)
{
    unsigned first = argument(argc, argv, 2);
    unsigned second = argument(argc, argv, 3);

    if (argc == 5 && strcmp(argv[1], "sites") == 0 && first > 0) {
        put_sites(first, second, argument(argc, argv, 4));
    } else if (argc == 4 && strcmp(argv[1], "groups") == 0) {
        put_groups(first, second);
    } else {
        fputs("usage: gen-topology sites SITES LINKS HUBS\n"
              "       gen-topology groups GROUPS CONNECTORS\n",
              stderr);
        return EXIT_FAILURE;
    }
    return ferror(stdout) != 0;
}
