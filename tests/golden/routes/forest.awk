# Turns the lines of one case (see cases.txt) into LDIF of a configuration partition.

function setting(key,    i) {
    for (i = 2; i <= NF; i++)
        if (index($i, key "=") == 1)
            return substr($i, length(key) + 2)
    return ""
}

function has(word,    i) {
    for (i = 2; i <= NF; i++)
        if ($i == word)
            return 1
    return 0
}

function object(dn, class) {
    print "\ndn: " dn "\nobjectClass: " class
}

function value(attribute, text) {
    if (text != "")
        print attribute ": " text
}

function group_dn(name) {
    return name == "V" ? modern_group : "CN=" name ",CN=Routing Groups," legacy
}

function site_dn(name) {
    return "CN=" name "," sites
}

function server(name, version, roles, site, group) {
    object("CN=" name ",CN=Servers," (group == "V" ? modern : legacy), "msExchExchangeServer")
    value("serialNumber", versions[version])
    value("versionNumber", numbers[version])
    value("msExchHomeRoutingGroup", group_dn(group))
    value("msExchCurrentServerRoles", roles)
    if (site != "")
        value("msExchServerSite", site_dn(site))
}

# The server of a group that sends or takes; in the group of 2007, that of a site.
function bridgehead(group, site) {
    if (group != "V")
        return "CN=EX-" group ",CN=Servers," legacy
    return "CN=HUB-" (site == "" ? "S" : site) ",CN=Servers," modern
}

function connector(name, group, class) {
    object("CN=" name ",CN=Connections," group_dn(group), class)
    value("delivContLength", setting("max"))
    if (has("disabled"))
        value("activationStyle", 0)
    if (has("restricted"))
        value("activationStyle", 1)
}

BEGIN {
    configuration = "CN=Configuration,DC=contoso,DC=test"
    sites = "CN=Sites," configuration
    transports = "CN=Inter-Site Transports," sites
    exchange = "CN=Microsoft Exchange,CN=Services," configuration
    groups = "CN=Administrative Groups,CN=Contoso," exchange
    legacy = "CN=First," groups
    modern = "CN=Exchange Administrative Group (FYDIBOHF23SPDLT)," groups
    modern_group = "CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups," modern
    versions[2003] = "Version 6.5 (Build 7638.2: Service Pack 2)"
    versions[2007] = "Version 8.3 (Build 30083.6)"
    versions[2010] = "Version 14.3 (Build 30123.4)"
    numbers[2003] = 7638
    numbers[2007] = 1912832083
    numbers[2010] = 1937801339
    object(configuration, "configuration")
    object(sites, "sitesContainer")
    object(transports, "interSiteTransportContainer")
    object("CN=IP," transports, "interSiteTransport")
    object("CN=SMTP," transports, "interSiteTransport")
    object("CN=Services," configuration, "container")
    object(exchange, "msExchConfigurationContainer")
    object("CN=Contoso," exchange, "msExchOrganizationContainer")
    value("msExchMixedMode", "FALSE")
    object(groups, "msExchAdminGroupContainer")
    administrative_group(legacy)
    administrative_group(modern)
    object(modern_group, "msExchRoutingGroup")
    object("CN=Connections," modern_group, "msExchConnectors")
}

function administrative_group(dn) {
    object(dn, "msExchAdminGroup")
    object("CN=Servers," dn, "msExchServersContainer")
    object("CN=Routing Groups," dn, "msExchRoutingGroupContainer")
}

$1 == "site" {
    object(site_dn($2), "site")
    if (has("hub"))
        value("msExchTransportSiteFlags", 1)
    if (!has("bare"))
        server("HUB-" $2, 2007, 32, $2, "V")
}

$1 == "link" {
    object("CN=" $2 ",CN=" (has("smtp") ? "SMTP" : "IP") "," transports, "siteLink")
    value("cost", $3)
    value("msExchCost", setting("exch"))
    value("delivContLength", setting("max"))
    for (i = 4; $i != ":"; i++)
        ;
    while (++i <= NF)
        value("siteList", site_dn($i))
}

$1 == "group" {
    object(group_dn($2), "msExchRoutingGroup")
    object("CN=Connections," group_dn($2), "msExchConnectors")
    server("EX-" $2, 2003, "", "", $2)
}

$1 == "server" {
    if ($3 == 2003)
        server($2, $3, "", "", $5)
    else
        server($2, $3, $4 == "hub" ? 32 : 2, $5, "V")
}

$1 == "rgc" {
    connector($2, $4, "msExchRoutingGroupConnector")
    value("cost", $3)
    value("msExchDestinationRGDN", group_dn($5))
    value("msExchSourceBridgeheadServersDN", bridgehead($4, setting("at")))
    value("msExchTargetBridgeheadServersDN", bridgehead($5, setting("to")))
}

$1 == "send" || $1 == "smtp" {
    connector($2, $1 == "send" ? "V" : $3, "msExchRoutingSMTPConnector")
    value("routingList", $4)
    if (!has("orphan"))
        value("msExchSourceBridgeheadServersDN",
              $1 == "send" ? bridgehead("V", $3) : bridgehead($3, ""))
}

$1 == "accept" {
    object("CN=" $2 ",CN=Accepted Domains,CN=Transport Settings,CN=Contoso," exchange,
           "msExchAcceptedDomain")
    value("msExchAcceptedDomainName", $2)
    value("msExchAcceptedDomainFlags", $3)
}

$1 == "joins" {
    connector($2, $4, "msExchRoutingSMTPConnector")
    value("cost", $3)
    value("connectedDomains", group_dn($5))
    value("msExchSourceBridgeheadServersDN", bridgehead($4, ""))
}
