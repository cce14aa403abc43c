/*
 * The cross-reference from the readiness checks of Exchange setup to our rules, and what no
 * directory can answer. All of it is data: the checks of the Exchange 2007 to 2016 help, under the
 * names of their pages. MAPI over HTTP is a setting of later versions, whose
 * attribute is not read.
 */
#include "rules/readiness.h"

static const Readiness table[] = {
    {"AdamDataPathExists", "an old AD LDS folder is in the way of an Edge server", ANSWERED_NOWHERE,
     ""},
    {"AdcFound", "an Active Directory Connector is registered", ANSWERED, "LEG001"},
    {"AdditionalUMLangPackExists", "further language packs hold up a Unified Messaging upgrade",
     ANSWERED_NOWHERE, ""},
    {"AdInitErrorRule", "a domain has two containers of Exchange system objects", ANSWERED,
     "PRE011"},
    {"AdUpdateRequired", "the directory has to be prepared, and the account may not do it",
     ANSWERED_IN_PART, "PRE002"},
    {"BridgeheadRoleNotPresentInSite", "a Mailbox server goes where there is no hub", ANSWERED,
     "HUB001"},
    {"CafeRoleAlreadyExists", "the computer has the Client Access role already", ANSWERED_IN_PART,
     "PRE022"},
    {"CannotAccessAD", "setup cannot reach the directory", ANSWERED_NOWHERE, ""},
    {"CannotUninstallDelegatedServer", "the account may not remove every role", ANSWERED_NOWHERE,
     ""},
    {"ClientAccessRoleNotPresentInSite", "a Mailbox server goes where there is no Client Access",
     ANSWERED, "CAS001"},
    {"ClusSvcInstalledRoleBlock", "a cluster node may hold the Mailbox role only", ANSWERED_IN_PART,
     "RES009"},
    {"ComputerNotPartOfDomain", "the computer is in no domain", ANSWERED_IN_PART, "PRE022"},
    {"ComputerRODC", "the computer is a read-only domain controller", ANSWERED_IN_PART, "PRE022"},
    {"ConfigDCHostNameMismatch", "the registry names another domain controller than was given",
     ANSWERED_NOWHERE, ""},
    {"DelegatedBridgeheadFirstInstall DelegatedCafeFirstInstall "
     "DelegatedClientAccessFirstInstall DelegatedFrontendTransportFirstInstall "
     "DelegatedMailboxFirstInstall DelegatedUnifiedMessagingFirstInstall",
     "a delegate may not install the first server of a version", ANSWERED_IN_PART, "ORG006"},
    {"DomainControllerIsOutOfSite", "the domain controller in use is in another site",
     ANSWERED_IN_PART, "PRE007 PRE010"},
    {"DomainPrepRequired", "the domain is not prepared", ANSWERED, "PRE003"},
    {"DomainPrepWithoutADUpdate", "a domain is to be prepared before the forest is", ANSWERED,
     "PRE002 PRE003"},
    {"E15E12CoexistenceMinVersionRequirement", "Exchange 2007 is too old for 2013 beside it",
     ANSWERED_IN_PART, "NXT002"},
    {"E15E14CoexistenceMinVersionRequirement E15E14CoexistenceMinMajorVersionRequirement",
     "Exchange 2010 is too old for 2013 beside it", ANSWERED, "NXT002"},
    {"E16E12CoexistenceMinVersionRequirement", "Exchange 2007 is left where 2016 shall go",
     ANSWERED, "NXT003"},
    {"E16E14CoexistenceMinVersionRequirement", "Exchange 2010 is too old for 2016 beside it",
     ANSWERED_IN_PART, "NXT003"},
    {"E16E15CoexistenceMinVersionRequirement", "Exchange 2013 is too old for 2016 beside it",
     ANSWERED, "NXT003 VER005"},
    {"EventSystemStopped", "the event service does not run", ANSWERED_NOWHERE, ""},
    {"Exchange2000or2003PresentInOrg", "Exchange 2000 or 2003 is left where 2013 shall go",
     ANSWERED, "NXT002 ORG007"},
    {"ExchangeAlreadyInstalled", "the computer runs an older Exchange", ANSWERED_IN_PART, "PRE022"},
    {"FirstSGFilesExist SecondSGFilesExist", "old database files lie where new ones would go",
     ANSWERED_NOWHERE, ""},
    {"ForestLevelNotWin2003Native", "the forest's functional level is too low", ANSWERED,
     "PRE006 NXT006"},
    {"FqdnMissing", "the computer has no DNS suffix", ANSWERED_NOWHERE, ""},
    {"GlobalServerInstall", "the account may not write to the organisation", ANSWERED_NOWHERE, ""},
    {"GlobalUpdateRequired", "the organisation needs an update the account may not make",
     ANSWERED_IN_PART, "PRE001 PRE002"},
    {"HostRecordMissing", "DNS has no address of the computer", ANSWERED_NOWHERE, ""},
    {"IIS32BitMode", "the web server runs in 32-bit mode", ANSWERED_NOWHERE, ""},
    {"InhBlockPublicFolderTree", "Exchange objects do not inherit permissions", ANSWERED_IN_PART,
     "PRE015"},
    {"InstallOnDCInADSplitPermissionMode",
     "the computer is a domain controller under split permissions", ANSWERED_IN_PART, "NXT009"},
    {"InstallWatermark", "an earlier installation stopped half way", ANSWERED_NOWHERE, "RES013"},
    {"InterruptedUninstallNotContinued", "an earlier removal stopped half way", ANSWERED_NOWHERE,
     "RES013"},
    {"InvalidADSite", "the computer belongs to no site", ANSWERED_IN_PART,
     "SITE001 SITE013 PRE022"},
    {"IsServerCoreInstalled", "Windows lacks its desktop", ANSWERED_NOWHERE, ""},
    {"LocalComputerIsDCInChildDomain",
     "the computer is a child domain's controller and no global catalog", ANSWERED_IN_PART,
     "PRE022"},
    {"LocalDomainModeMixed", "the computer's domain is in mixed mode", ANSWERED, "PRE005"},
    {"LocalDomainPrep", "the domain needs an update the account may not make", ANSWERED_IN_PART,
     "PRE003"},
    {"LoggedOntoDomain", "the account is local", ANSWERED_NOWHERE, ""},
    {"LonghornIIS6MetabaseNotInstalled LonghornIIS6MgmtConsoleNotInstalled "
     "LonghornIIS7BasicAuthNotInstalled LonghornIIS7DigestAuthNotInstalled "
     "LonghornIIS7WindowsAuthNotInstalled LonghornIIS7HttpCompressionDynamicNotInstalled "
     "LonghornIIS7HttpCompressionStaticNotInstalled LonghornIIS7NetExt "
     "LonghornWASProcessModelInstalled",
     "parts of the web server of Windows 2008 are missing", ANSWERED_NOWHERE, ""},
    {"MailboxEDBDriveDoesNotExist MailboxLogDriveDoesNotExist",
     "drives that the directory names for stores are missing", ANSWERED_NOWHERE, ""},
    {"MessagesInQueue", "messages still wait where a role is to be removed", ANSWERED_NOWHERE, ""},
    {"MSDTCStopped", "the transaction coordinator does not run", ANSWERED_NOWHERE, ""},
    {"MSFilterPackV2NotInstalled MSFilterPackV2SP1NotInstalled", "the filter pack is missing",
     ANSWERED_NOWHERE, ""},
    {"NoE12ServerWarning", "preparing 2010 without any 2007 shuts 2007 out for good", ANSWERED,
     "ORG005 NXT005"},
    {"NoE14ServerWarning", "preparing a later version without any 2010 shuts 2010 out for good",
     ANSWERED, "ORG005 NXT005"},
    {"NoE15ServerWarning", "preparing a later version without any 2013 shuts 2013 out for good",
     ANSWERED, "ORG005 NXT005"},
    {"NotInSchemaMasterDomain NotInSchemaMasterSite",
     "the forest is to be prepared far from the schema master", ANSWERED_IN_PART, "PRE010"},
    {"NotLocalAdmin", "the account is no local administrator", ANSWERED_NOWHERE, ""},
    {"OffLineABServerDeleted", "the server that makes an offline address book is gone", ANSWERED,
     "PF002"},
    {"OSCheckedBuild", "Windows is a debug build", ANSWERED_NOWHERE, ""},
    {"PendingRebootWindowsComponents RebootPending", "a restart is due", ANSWERED_NOWHERE, ""},
    {"PowerShellExecutionPolicyCheckSet", "a group policy sets the shell's execution policy",
     ANSWERED_NOWHERE, ""},
    {"PrepareDomainModeMixed", "the domain to prepare is in mixed mode", ANSWERED, "PRE005"},
    {"PrepareDomainNotAdmin", "the account may not prepare the domain", ANSWERED_NOWHERE, ""},
    {"PrimaryDNSTestFailed", "the DNS server does not answer", ANSWERED_NOWHERE, ""},
    {"RootDomainModeMixed", "the forest's root domain is in mixed mode", ANSWERED, "PRE005"},
    {"RsatClusteringCmdInterfaceInstalled", "the cluster tools of Windows are missing",
     ANSWERED_NOWHERE, ""},
    {"RUSMissing", "a domain has no Recipient Update Service", ANSWERED, "RUS004"},
    {"SchemaFSMONotWin2003SPn", "the schema master's Windows is too old", ANSWERED, "PRE007"},
    {"SchemaUpdateRequired", "the schema needs an update the account may not make",
     ANSWERED_IN_PART, "PRE001"},
    {"ServerFQDNMatchesSMTPPolicy", "a server's DNS name is a domain of a recipient policy",
     ANSWERED, "POL005"},
    {"ServerIsDynamicGroupExpansionServer ServerIsGroupExpansionServer",
     "the server to remove expands groups", ANSWERED, "HUB010 DEC010"},
    {"ServerIsSourceForSendConnector", "the server to remove is the source of a connector",
     ANSWERED, "DEC009 RES012"},
    {"ShouldReRunSetupForW3SVC W3SVCDisabledOrNotInstalled", "the web service is off or missing",
     ANSWERED_NOWHERE, ""},
    {"SMTPAddressLiteral", "a recipient policy makes addresses with an IP address", ANSWERED,
     "POL003"},
    {"SMTPSvcInstalled", "the SMTP service of Windows is installed", ANSWERED_NOWHERE, ""},
    {"UcmaRedistMsi", "the communications runtime is missing", ANSWERED_NOWHERE, ""},
    {"UnwillingToRemoveMailboxDatabase", "a database to remove holds mailboxes", ANSWERED,
     "DEC001"},
    {"ValidOSVersion", "the computer's Windows is not supported", ANSWERED_IN_PART, "PRE022"},
    {"WarningInstallExchangeRolesOnDomainController", "the computer is a domain controller",
     ANSWERED_IN_PART, "PRE022 PRE023"},
    {"WarnMapiHttpNotEnabled", "MAPI over HTTP is switched off", ANSWERED_NOWHERE, ""},
    {"Win2k12RefsUpdateNotInstalled Win2k12RollupUpdateNotInstalled "
     "Win2k12UrefsUpdateNotInstalled Win2k16LSARollupUpdateNotInstalled "
     "Win7RpcHttpAssocCookieGuidUpdateNotInstalled",
     "an update of Windows is missing", ANSWERED_NOWHERE, ""},
};

const Readiness *readiness_table(guint *count)
{
    *count = G_N_ELEMENTS(table);
    return table;
}

const char *answerable_text(Answerable answer)
{
    static const char *const texts[] = {"directory", "in part", "not decidable"};

    return texts[answer];
}

/* --- by hand ------------------------------------------------------------------------------ */

static bool is_2000(const Server *server)
{
    return server->version.family == FAMILY_2000;
}

static bool has_2000(const Topology *topology)
{
    return topology_has_server(topology, is_2000);
}

static bool has_legacy(const Topology *topology)
{
    return topology_has_server(topology, server_is_legacy);
}

/* Connectors that admit or refuse members of distribution lists. */
static bool has_restricted_connector(const Topology *topology)
{
    FOR_EACH(const Connector, connector, topology->connectors)
        if (entry_has(connector->object.entry, ATTR_dLMemSubmitPerms) ||
            entry_has(connector->object.entry, ATTR_dLMemRejectPerms))
            return true;
    return false;
}

static bool has_public_stores(const Topology *topology)
{
    FOR_EACH(const Store, store, topology->stores)
        if (store->public_folders)
            return true;
    return false;
}

bool hand_check_concerns(const HandCheck *check, const Topology *topology)
{
    return check->concerns == NULL || check->concerns(topology);
}

/* What there is of each plan. */
typedef enum PlanKind { KIND_SETUP, KIND_SERVER, KIND_GROUP, KIND_CONNECTOR, KIND_COUNT } PlanKind;

static PlanKind kind_of(const GPtrArray *removed)
{
    const Entry *first;
    ClassId id;

    if (removed->len == 0)
        return KIND_SETUP;
    first = g_ptr_array_index(removed, 0);
    id = (ClassId)first->class_id;
    if (class_is_a(id, CLASS_msExchExchangeServer))
        return KIND_SERVER;
    return class_is_a(id, CLASS_msExchConnector) ? KIND_CONNECTOR : KIND_GROUP;
}

static const HandCheck checks_before_setup[] = {
    {"On the new computer: 64-bit processor and Windows, .NET Framework 2.0, PowerShell 1.0, MMC "
     "3.0, the parts of IIS that the roles want, no SMTP or NNTP service of Windows, no restart "
     "due.",
     NULL},
    {"Exchange 2000 servers: the rollup of August 2004 (KB 870540).", has_2000},
    {"Domain controllers of Windows 2003 SP1 in a language other than English: hotfix 919166, or "
     "Service Pack 2.",
     NULL},
    {"Exchange 2003 bridgeheads: the registry value CheckConnectorRestrictions, as connectors are "
     "restricted by distribution group.",
     has_restricted_connector},
    {"Every Exchange 2000/2003 server: SuppressStateChanges = 1, before a second connection "
     "between the versions.",
     has_legacy},
    {"DNS: the new computer's name resolves; MX records and the firewall still point to the "
     "servers that take Internet mail.",
     NULL},
    {"The group policy with the DNS suffix search list, where names are disjoint.", NULL},
    {"Exchange 2003 servers with ActiveSync: integrated Windows authentication on the virtual "
     "directory Microsoft-Server-ActiveSync.",
     has_legacy},
    {"A backup of the system state of the schema master, and of all stores.", NULL},
    {NULL, NULL},
};

static const HandCheck checks_before_server[] = {
    {"No mailbox is being moved, and disconnected mailboxes are no longer needed.", NULL},
    {"Public folder stores: replicas are gone from the store itself (Exchange System Manager, "
     "Public Folder Instances), free/busy and offline address book folders among them.",
     has_public_stores},
    {"MX records, the firewall and applications that send by SMTP no longer name the server.",
     NULL},
    {"Queues are empty (a server is not removed over waiting mail).", NULL},
    {"Clients: nobody uses the address of the server for web access, ActiveSync, POP or IMAP.",
     NULL},
    {"Event scripts in public folders (5.5 and 2000) and third-party services on the machine.",
     has_legacy},
    {"A backup of the stores and of the directory.", NULL},
    {NULL, NULL},
};

static const HandCheck checks_before_group[] = {
    {"Queues are empty on the servers that send to the group or out of it.", NULL},
    {"Routing groups: the link state that Exchange 2000/2003 servers keep (WinRoute shows it) has "
     "no server in the group any more.",
     has_legacy},
    {"Rights that were delegated on the group, and what lies in it beside servers and connectors, "
     "are no longer needed.",
     NULL},
    {"A backup of the directory.", NULL},
    {NULL, NULL},
};

static const HandCheck checks_before_connector[] = {
    {"Queues of the connector are empty on every server that sends through it.", NULL},
    {"The far end (a smart host, a partner, a gateway and its service) and the firewall expect no "
     "mail by it any more.",
     NULL},
    {"Public folders: nobody is referred over it to the only replica of a folder.",
     has_public_stores},
    {"Its settings are written down, the password for a smart host among them, which no export "
     "shows.",
     NULL},
    {"A backup of the directory.", NULL},
    {NULL, NULL},
};

const HandCheck *hand_checks(const GPtrArray *removed)
{
    static const HandCheck *const lists[KIND_COUNT] = {
        [KIND_SETUP] = checks_before_setup,
        [KIND_SERVER] = checks_before_server,
        [KIND_GROUP] = checks_before_group,
        [KIND_CONNECTOR] = checks_before_connector,
    };

    return lists[kind_of(removed)];
}

/* --- rights ------------------------------------------------------------------------------- */

/* Who may change an object of either generation, and with what. */
#define RIGHTS_OF_BOTH                                                                             \
    "Exchange Organization Administrators, and Exchange Full Administrator of the administrative " \
    "group where an object of 2000/2003 is changed"
#define TOOLS_OF_BOTH \
    "Exchange Management Shell of 2007, Exchange System Manager for what 2007 does not know"

/* The last of every removal. */
#define DELETION_RIGHT                                             \
    {                                                              \
        "what is deleted with ADSI Edit",                          \
            "Exchange Full Administrator of the organisation, or " \
            "Enterprise Admins",                                   \
            "any computer of the forest; export the object first"  \
    }

static const StepRight setup_rights[] = {
    {"setup /PrepareLegacyExchangePermissions", "Enterprise Admins",
     "a computer that reaches every domain with Exchange 2000/2003; before the schema"},
    {"setup /PrepareSchema", "Schema Admins and Enterprise Admins",
     "a computer in the schema master's domain and site"},
    {"setup /PrepareAD",
     "Enterprise Admins, and Exchange Full Administrator of the organisation while 2000/2003 "
     "exists",
     "a computer in the schema master's domain and site"},
    {"setup /PrepareDomain", "Domain Admins of the domain (/PrepareAllDomains: Enterprise Admins)",
     "each domain with Exchange servers or recipients"},
    {"the first server", "Exchange Organization Administrators, local Administrators",
     "the new computer; for a hub also Exchange Full Administrator of the bridgehead's "
     "administrative group, as the connector pair is written there"},
    {"further servers", "Exchange Server Administrator by delegation, local Administrators",
     "the new computer"},
    {0},
};

static const StepRight server_rights[] = {
    {"removal of the server",
     "Exchange Organization Administrators and Exchange Full Administrator, local "
     "Administrators",
     "the old computer, with its own setup"},
    {"changes to connectors, address books and public folders", RIGHTS_OF_BOTH, TOOLS_OF_BOTH},
    DELETION_RIGHT,
    {0},
};

static const StepRight group_rights[] = {
    {"removal of the group",
     "Exchange Full Administrator of the administrative group that holds the routing group; of "
     "the organisation where an administrative group goes",
     "Exchange System Manager, when the group is empty"},
    {"changes to its connectors and servers", RIGHTS_OF_BOTH, TOOLS_OF_BOTH},
    DELETION_RIGHT,
    {0},
};

static const StepRight connector_rights[] = {
    {"removal of the connector", RIGHTS_OF_BOTH, TOOLS_OF_BOTH},
    {"changes to connectors that take its mail", RIGHTS_OF_BOTH, TOOLS_OF_BOTH},
    DELETION_RIGHT,
    {0},
};

const StepRight *step_rights(const GPtrArray *removed)
{
    static const StepRight *const lists[KIND_COUNT] = {
        [KIND_SETUP] = setup_rights,
        [KIND_SERVER] = server_rights,
        [KIND_GROUP] = group_rights,
        [KIND_CONNECTOR] = connector_rights,
    };

    return lists[kind_of(removed)];
}
