#ifndef ADTOPO_MODEL_TOPOLOGY_H
#define ADTOPO_MODEL_TOPOLOGY_H

#include "model/object.h"
#include "model/version.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * The topology: what the directory says, decoded into typed objects and linked to each other. Built
 * once from a sealed directory, never changed afterwards, so any number of threads may read it.
 * Objects live in the topology's arena; the lists are GPtrArrays that belong to the topology and
 * are in the order of dn_compare(), whatever the order of reading was.
 *
 * Conflict copies and deleted objects are in `set_aside` and in no other list.
 */
typedef struct Topology Topology;
typedef struct Organization Organization;
typedef struct AdminGroup AdminGroup;
typedef struct RoutingGroup RoutingGroup;
typedef struct Server Server;
typedef struct Connector Connector;
typedef struct ReceiveConnector ReceiveConnector;
typedef struct VirtualServer VirtualServer;
typedef struct Store Store;
typedef struct Site Site;
typedef struct SiteLink SiteLink;
typedef struct SiteLinkBridge SiteLinkBridge;
typedef struct Transport Transport;
typedef struct Subnet Subnet;
typedef struct DomainController DomainController;
typedef struct Domain Domain;

/* The tokens that mark the groups of Exchange 2007 and 2010, whatever stands around them; each is
 * EXCHANGE12ROCKS with every character moved by one. */
#define ADMIN_GROUP_TOKEN "FYDIBOHF23SPDLT"
#define ROUTING_GROUP_TOKEN "DWBGZMFD01QNBJR"

/* msExchOrganizationContainer */
struct Organization {
    Object object;
    OptionalBoolean mixed_mode;     /* msExchMixedMode */
    OptionalInteger object_version; /* written by setup /PrepareAD */
    OptionalInteger delivery_limit; /* KiB, from CN=Message Delivery, else the organisation */
};

/* msExchAdminGroup */
struct AdminGroup {
    Object object;
    bool official;                  /* the CN holds ADMIN_GROUP_TOKEN */
    OptionalInteger mode;           /* msExchAdminGroupMode: 0 2000 and later, 1 5.5, 2 mixed */
    const Entry *servers_container; /* NULL when it was not read */
    const Entry *routing_container; /* CN=Routing Groups, or NULL */
    GPtrArray *servers;             /* of Server: those whose object lies below */
    GPtrArray *routing_groups;      /* of RoutingGroup */
};

/* msExchRoutingGroup */
struct RoutingGroup {
    Object object;
    bool official;             /* the CN holds ROUTING_GROUP_TOKEN */
    AdminGroup *admin_group;   /* the group it lies in, or NULL */
    const Value *master_value; /* msExchRoutingMasterDN */
    Server *master;            /* resolved upwards to a server, or NULL */
    GPtrArray *members;        /* of Server: by either link direction, each once */
    GPtrArray *connectors;     /* of Connector: those in its CN=Connections */
    GPtrArray *incoming;       /* of Connector: those whose destination it is */
};

/* msExchCurrentServerRoles (2007 and later). Unknown bits are kept in `roles`. */
enum ServerRole {
    ROLE_MAILBOX = 2,
    ROLE_CLIENT_ACCESS = 4,
    ROLE_UNIFIED_MESSAGING = 16,
    ROLE_HUB_TRANSPORT = 32,
    ROLE_EDGE = 64,
    ROLE_PROVISIONED = 4096,
    ROLE_FRONT_END_2013 = 16384,
};

/* What lies below a server, or is a store that names it. A list is NULL when it would be empty. */
typedef struct ServerContents {
    GPtrArray *virtual_servers;    /* of VirtualServer */
    GPtrArray *receive_connectors; /* of ReceiveConnector */
    GPtrArray *stores;             /* of Store */
} ServerContents;

/* msExchExchangeServer. A clustered mailbox server is one object. */
struct Server {
    Object object;
    Version version;
    OptionalInteger roles;
    OptionalInteger front_end;     /* msExchServerRole, else serverRole: non-zero is a front-end */
    OptionalBoolean tracking;      /* messageTrackingEnabled */
    bool clustered;                /* carries msExchClusterStorageType or …RedundantMachines */
    AdminGroup *admin_group;       /* the group it lies in, or NULL */
    const Value *home_group_value; /* msExchHomeRoutingGroup */
    RoutingGroup *routing_group; /* the home link's target, else the group that lists it; or NULL */
    const Value *site_value;     /* msExchServerSite */
    Site *site;                  /* or NULL. For an Edge server: the subscription's site */
    const char *fqdn;            /* from networkAddress ncacn_ip_tcp:, or NULL */
    const ServerContents *below; /* what lies below it; never NULL */
};

typedef enum ConnectorKind {
    CONNECTOR_ROUTING_GROUP, /* msExchRoutingGroupConnector */
    CONNECTOR_SMTP,    /* msExchRoutingSMTPConnector: SMTP connector, or Send connector of 2007 */
    CONNECTOR_X400,    /* x400Link and its subclasses */
    CONNECTOR_FOREIGN, /* any other mailGateway: Notes, GroupWise, MS Mail, EDK gateways */
} ConnectorKind;

/* A bridgehead value names a server, or an SMTP virtual server or MTA below one: it is resolved
 * upwards to the server. */
typedef struct Bridgehead {
    const Value *value;
    Server *server; /* NULL when nothing was found */
} Bridgehead;

/* One value of routingList: "SMTP:*.contoso.com;10", "X400:c=US;a= ;p=Contoso;1". */
typedef struct AddressSpace {
    const Value *value;
    const char *type;     /* upper case: "SMTP", "X400", …; empty when there is no colon */
    const char *pattern;  /* without type and cost */
    OptionalInteger cost; /* 1 to 100 when it is sound */
    bool local;           /* "Local:" prefix: only for the connector's own routing group or site */
} AddressSpace;

struct Connector {
    Object object;
    ConnectorKind kind;
    RoutingGroup *group;            /* the group whose CN=Connections it lies in, or NULL */
    const Value *destination_value; /* msExchDestinationRGDN */
    RoutingGroup *destination;      /* the group mail goes to, or NULL */
    Bridgehead *sources;            /* msExchSourceBridgeheadServersDN */
    guint source_count;
    Bridgehead *targets; /* msExchTargetBridgeheadServersDN */
    guint target_count;
    Bridgehead home_mta;          /* homeMTA; value is NULL when absent */
    OptionalInteger cost;         /* 1 to 100; absent counts as 1 */
    OptionalInteger size_limit;   /* delivContLength in KiB; 0 is none */
    OptionalInteger activation;   /* activationStyle: 0 never, 1 scheduled, 2 always, 3 remote */
    OptionalBoolean enabled;      /* msExchSmtpSendEnabled */
    OptionalBoolean no_referrals; /* msExchNoPFConnection: no public folder referrals */
    const char *smart_host;       /* or NULL */
    AddressSpace *spaces;
    guint space_count;
    Values connected;            /* connectedDomains, raw */
    GPtrArray *connected_groups; /* of RoutingGroup: those of `connected` that could be resolved */
};

/* protocolCfgSMTPServer: an SMTP virtual server of 2000/2003, or its stand-in on a 2007 hub. Listed
 * only where its server was read. */
struct VirtualServer {
    Object object;
    Server *server;
    const char *smart_host; /* or NULL */
};

/* msExchSmtpReceiveConnector (2007 and later). Listed only where its server was read. */
struct ReceiveConnector {
    Object object;
    Server *server;
    OptionalBoolean enabled;
    Values bindings; /* "0.0.0.0:25", "[::]:25" */
    Values ranges;   /* msExchSmtpReceiveRemoteIPRanges */
};

/* msExchPrivateMDB, msExchPublicMDB */
struct Store {
    Object object;
    Server *server; /* the one it lies below, else msExchOwningServer (databases lie outside their
                       server from 2010); or NULL */
    bool public_folders;
};

/* site */
struct Site {
    Object object;
    OptionalInteger flags;  /* msExchTransportSiteFlags */
    bool hub;               /* bit 0 of the flags (the bit is not documented: unsure) */
    GPtrArray *servers;     /* of Server: Exchange servers that name it, Edge subscriptions too */
    GPtrArray *controllers; /* of DomainController */
    GPtrArray *subnets;     /* of Subnet */
    GPtrArray *links;       /* of SiteLink, both transports */
};

/* siteLink */
struct SiteLink {
    Object object;
    Transport *transport;          /* or NULL */
    bool ip;                       /* under CN=IP: only these carry mail */
    OptionalInteger cost;          /* 1 to 99,999; absent counts as 100 */
    OptionalInteger exchange_cost; /* msExchCost: replaces cost for mail */
    OptionalInteger size_limit;    /* delivContLength in KiB (2007 SP1 and later) */
    Values site_values;            /* siteList */
    GPtrArray *sites;              /* of Site: those that live */
};

/* siteLinkBridge */
struct SiteLinkBridge {
    Object object;
    Transport *transport; /* or NULL */
    GPtrArray *links;     /* of SiteLink */
};

/* interSiteTransport */
struct Transport {
    Object object;
    OptionalInteger options; /* bit 0x2: bridges required */
};

/* subnet */
struct Subnet {
    Object object;
    const Value *site_value;
    Site *site; /* or NULL */
};

/* A `server` object below a site that has NTDS Settings (nTDSDSA, nTDSDSARO). Without them it is no
 * domain controller and not listed; nor is one whose site was not read. */
struct DomainController {
    Object object;         /* the server object */
    const Entry *settings; /* NTDS Settings */
    Site *site;
    bool global_catalog;   /* options bit 0x1 */
    bool read_only;        /* nTDSDSARO */
    OptionalInteger level; /* msDS-Behavior-Version */
    const char *fqdn;      /* dNSHostName, or NULL */
};

/* A crossRef for a domain naming context (systemFlags bit 0x2). */
struct Domain {
    Object object;
    const Value *naming_context; /* nCName */
    const char *dns_name;        /* dnsRoot, or NULL */
    const char *netbios_name;    /* or NULL */
    OptionalInteger level;       /* msDS-Behavior-Version; absent counts as 0 */
    OptionalInteger mixed;       /* nTMixedDomain */
};

struct Topology {
    Directory *directory; /* owned */
    Arena *arena;
    Dn *configuration;          /* NULL: nothing of a configuration partition was read */
    Organization *organization; /* the first living one, or NULL */
    GPtrArray *organizations;
    GPtrArray *admin_groups;
    GPtrArray *routing_groups;
    GPtrArray *servers;
    GPtrArray *connectors;
    GPtrArray *receive_connectors;
    GPtrArray *virtual_servers;
    GPtrArray *stores;
    GPtrArray *sites;
    GPtrArray *site_links;
    GPtrArray *site_link_bridges;
    GPtrArray *transports;
    GPtrArray *subnets;
    GPtrArray *controllers;
    GPtrArray *domains;
    guint partitions;                 /* crossRef objects of any kind */
    GPtrArray *set_aside;             /* of const Entry: conflict copies and deleted objects */
    OptionalInteger schema_level;     /* rangeUpper of CN=ms-Exch-Schema-Version-Pt */
    OptionalInteger forest_level;     /* msDS-Behavior-Version of CN=Partitions */
    AdminGroup *official_admin_group; /* the living group with the token (the first), or NULL */
    RoutingGroup *official_routing_group;
    GPtrArray *lists; /* every list above, for topology_free() */
};

/* Builds the topology. Takes the directory (sealing it, if it is not) and frees it in the end. */
Topology *topology_new(Directory *directory);
void topology_free(Topology *topology);

/* --- questions about one object (pure; NULL arguments are answered FALSE or NULL) --------- */

static inline bool server_has_role(const Server *server, int role)
{
    return server->roles.present && (server->roles.value & role) != 0;
}

/* Exchange 5.5, 2000 or 2003 / 2007 or later. A server of unknown version is neither. */
static inline bool server_is_legacy(const Server *server)
{
    return server->version.family >= FAMILY_5_5 && server->version.family <= FAMILY_2003;
}

/* Neither of its two attributes tells the version, or they were not read. */
static inline bool server_version_unseen(const Server *server)
{
    return server->version.family == FAMILY_UNKNOWN;
}

static inline bool server_is_modern(const Server *server)
{
    return server->version.family >= FAMILY_2007;
}

/* 2007 and 2010: the versions that live in the official routing group and need hubs in their
 * site. */
static inline bool server_uses_routing_group(const Server *server)
{
    return server->version.family == FAMILY_2007 || server->version.family == FAMILY_2010;
}

static inline bool server_is_edge(const Server *server)
{
    return server_has_role(server, ROLE_EDGE);
}

/* A Hub Transport server of 2007 or 2010 (not Edge, not merely provisioned). */
bool server_is_hub(const Server *server);

static inline bool server_is_front_end(const Server *server)
{
    return server->front_end.present && server->front_end.value != 0;
}

/* Only the provisioned bit: created by delegated setup, never installed. */
static inline bool server_is_provisioned_only(const Server *server)
{
    return server->roles.present && server->roles.value == ROLE_PROVISIONED;
}

/* The roles in words: "Mailbox", "Client Access", …; unknown bits as "0x…". The caller unrefs. */
GPtrArray *server_role_names(const Server *server);

/* The typed object that bears a name, or NULL: topology_server() also accepts the names of things
 * below a server and answers the server. Objects set aside are not found. */
Server *topology_server(const Topology *topology, const Dn *dn);
RoutingGroup *topology_routing_group(const Topology *topology, const Dn *dn);
Site *topology_site(const Topology *topology, const Dn *dn);
Store *topology_store(const Topology *topology, const Dn *dn);

/* The organisation as an object, or NULL where there is none: what findings about it are about. */
static inline const Object *organization_object(const Topology *topology)
{
    return topology->organization == NULL ? NULL : &topology->organization->object;
}

/* The legacy and the modern world, as rules ask for them. */
guint topology_count_servers(const Topology *topology, bool (*wanted)(const Server *));
bool topology_has_server(const Topology *topology, bool (*wanted)(const Server *));
bool topology_coexists(const Topology *topology); /* both 2000/2003 and 2007/2010 servers exist */

/* The cost at the end of an address space: a number after the last semicolon, since X.400 patterns
 * have semicolons of their own. Where there is one, *length is what stands before the semicolon. */
OptionalInteger address_space_take_cost(const char *text, size_t *length);

/* Cost with the documented default: 1 for a connector and an address space, 100 for a site link,
 * where the Exchange cost replaces the directory's. Never below 1: what is counts as 1, and a
 * warning among the directory's diagnostics says so. */
int connector_cost(const Connector *connector);
int address_space_cost(const AddressSpace *space);
int site_link_cost(const SiteLink *link);

/* As if the link had no Exchange cost. */
int site_link_directory_cost(const SiteLink *link);

/* Whether the connector can carry mail at all: not disabled, activation not "never". */
bool connector_is_enabled(const Connector *connector);

/* What a bridgehead leads to. LIVE where its server was read, even if the virtual server or MTA
 * that the value names was not; UNSEEN where that was read and its server was not. */
ReferenceState bridgehead_state(const Topology *topology, const Bridgehead *bridgehead);

/* Living source (or target) servers of a connector, in order, each once. Where a routing group
 * connector of a legacy group has no source list, any member of the group may send (TechNet
 * aa998574); other connectors without one are served by their homeMTA (MSExchangeTransport event
 * 5014). The caller unrefs. */
GPtrArray *connector_source_servers(const Connector *connector);
GPtrArray *connector_target_servers(const Connector *connector);

#endif
