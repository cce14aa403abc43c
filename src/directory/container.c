/*
 * The fixed containers of a configuration partition, and of what lies beside it, known by their
 * names: their class (msExchContainer, container) does not say what they are for.
 */
#include "directory/container.h"

#include <string.h>

static const Container containers[] = {
    {"Configuration", NULL, CLASS_NONE},
    {"Schema", NULL, CLASS_NONE},
    {"Partitions", NULL, CLASS_crossRef},
    {"Services", NULL, CLASS_NONE},
    {"Sites", NULL, CLASS_site},
    {"Subnets", NULL, CLASS_subnet},
    {"Inter-Site Transports", NULL, CLASS_interSiteTransport},
    {"IP", "Inter-Site Transports", CLASS_siteLink},
    {"SMTP", "Inter-Site Transports", CLASS_siteLink},
    {"Servers", "Sites", CLASS_server},
    {"Microsoft Exchange", NULL, CLASS_msExchOrganizationContainer},
    {"Administrative Groups", NULL, CLASS_msExchAdminGroup},
    {"Routing Groups", NULL, CLASS_msExchRoutingGroup},
    {"Connections", NULL, CLASS_msExchConnector},
    {"Servers", NULL, CLASS_msExchExchangeServer},
    {"Protocols", NULL, CLASS_NONE},
    {"SMTP", NULL, CLASS_protocolCfgSMTPServer},
    {"SMTP Receive Connectors", NULL, CLASS_msExchSmtpReceiveConnector},
    {"InformationStore", NULL, CLASS_msExchStorageGroup},
    {"Databases", NULL, CLASS_msExchMDB},
    {"Folder Hierarchies", NULL, CLASS_msExchPFTree},
    {"Address Lists Container", NULL, CLASS_NONE},
    {"Offline Address Lists", NULL, CLASS_msExchOAB},
    {"Recipient Update Services", NULL, CLASS_msExchAddressListService},
    {"Recipient Policies", NULL, CLASS_msExchRecipientPolicy},
    {"Transport Settings", NULL, CLASS_NONE},
    {"Global Settings", NULL, CLASS_NONE},
    {"Users", NULL, CLASS_NONE},
    {"Computers", NULL, CLASS_NONE},
    {"System", NULL, CLASS_NONE},
    {"Domain Controllers", NULL, CLASS_computer},
};

static bool is_called(const Dn *dn, const char *name)
{
    return dn != NULL && dn->parent != NULL && g_ascii_strcasecmp(dn->value, name) == 0;
}

static bool is_within(const Dn *dn, const char *name)
{
    return name == NULL || is_called(dn->parent, name) || is_called(dn->parent->parent, name);
}

bool container_is_known(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(containers); i++)
        if (g_ascii_strcasecmp(containers[i].name, name) == 0)
            return true;
    return false;
}

const Container *container_at(const Dn *dn)
{
    for (guint i = 0; i < G_N_ELEMENTS(containers); i++)
        if (is_called(dn, containers[i].name) && is_within(dn, containers[i].within))
            return &containers[i];
    return NULL;
}

ClassId class_by_place(const Dn *dn)
{
    const Container *parent = container_at(dn->parent);

    if (is_called(dn, "NTDS Settings"))
        return CLASS_nTDSDSA;
    if (is_called(dn, "Microsoft MTA"))
        return CLASS_mTA;
    if (parent != NULL)
        return parent->holds;
    return is_called(dn->parent->parent, "InformationStore") ? CLASS_msExchMDB : CLASS_NONE;
}

/* The head of the partition lies below a domain's name, or below a lone GUID in AD LDS: an object
 * further down may bear the same name. */
static bool is_configuration_head(const Dn *dn)
{
    const Dn *above = dn->parent;

    return g_ascii_strcasecmp(dn->value, "Configuration") == 0 && strcmp(dn->type, "CN") == 0 &&
           (strcmp(above->type, "DC") == 0 || above->depth <= 1);
}

Dn *configuration_above(Dn *dn)
{
    while (dn->parent != NULL && !is_configuration_head(dn))
        dn = dn->parent;
    return dn->parent != NULL ? dn : NULL;
}
