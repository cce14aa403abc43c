/*
 * routing/route.h: worked cases, each a small topology, a question and what the answer has to say.
 * Cases R follow from a published rule, cases P from a property of the method.
 */
#include "routing/route.h"

#include "sketch.h"
#include "unit.h"

#include <string.h>

typedef struct Case {
    const char *name;
    const char *forest;
    const char *from;
    const char *to;   /* several, separated by blanks */
    const char *down; /* likewise, or NULL */
    guint64 size;
    const char *expected; /* KEY=VALUE, separated by blanks; "!KEY=VALUE" must not be said */
} Case;

#define MB (1024 * 1024)

#define DIAMOND                                              \
    "site A\nsite B\nsite C\nsite X\nsite Y\nsite Z\n"       \
    "link L1 10 : A B\nlink L2 10 : B Y\nlink L3 10 : Y Z\n" \
    "link L4 10 : A C\nlink L5 10 : C X\nlink L6 10 : X Z"
#define CHAIN                                                                  \
    "site A\nsite B\nsite C\nsite D\nlink L_AB 10 : A B\nlink L_BC 10 : B C\n" \
    "link L_CD 10 : C D"

/* No site link joins the sender's site to that of the connectors' servers. */
#define BARRED \
    "rejected=OLD:a_connector_on_every_way_to_its_group_has_a_size_limit_below_the_message's_size"
#define APART "site A\nsite B\ngroup R1\n"

/* All mail for elsewhere has a connector. */
#define OWN "site S\nsend ALL S SMTP:*;1\n"

/* A hub stands in the site, but the connectors name its mailbox server. */
#define NO_HUBS                                                                \
    "site A bare\nserver HUB-A 2007 mailbox A\nserver H 2007 hub A\ngroup R\n" \
    "rgc OUT 1 V R at=A\nrgc BACK 1 R V to=A\nsend ALL A SMTP:*;1"

static const Case cases[] = {
    {"R09 several hub sites on the path",
     "site A\nsite B hub\nsite C\nsite D hub\nsite E\nlink L_AB 10 : A B\nlink L_BC 10 : B C\n"
     "link L_CD 10 : C D\nlink L_DE 10 : D E",
     "site:A", "site:E", NULL, 0,
     "outcome=delivered path=A,B,C,D,E relay=A,B,D,E cost=40 hops=4 decided=only"},
    {"R16 the cheapest of parallel links",
     "site A\nsite B\nlink SLOW 300 : A B\nlink FAST 50 : A B", "site:A", "site:B", NULL, 0,
     "path=A,B cost=50 links=FAST decided=cost rejected=SLOW:cost_300_>_50"},
    {"R17 the Exchange cost counts",
     "site A\nsite B\nlink SLOW 300 exch=20 : A B\nlink FAST 50 : A B", "site:A", "site:B", NULL, 0,
     "cost=20 links=SLOW rejected=FAST:cost_50_>_20"},
    {"R18 a name decides one site earlier",
     "site A\nsite B\nsite C\nsite D\nsite E\nlink L_AB 10 : A B\nlink L_AC 10 : A C\n"
     "link L_BD 10 : B D\nlink L_CD 10 : C D\nlink L_DE 10 : D E",
     "site:A", "site:E", NULL, 0,
     "path=A,B,D,E cost=30 decided=name notice=decided-by-name "
     "rejected=A_>_C_>_D_>_E:name_C_>_B"},
    {"R19 the name next to the destination counts first", DIAMOND, "site:A", "site:Z", NULL, 0,
     "path=A,C,X,Z decided=name rejected=A_>_B_>_Y_>_Z:name_Y_>_X"},
    {"P20 the way back is another one", DIAMOND, "site:Z", "site:A", NULL, 0,
     "path=Z,Y,B,A decided=name"},
    {"R24 links for SMTP replication carry no mail",
     "site A\nsite B\nsite C\nlink IPLINK 500 : A B\nlink IPLINK2 500 : B C\n"
     "link SMTPLINK 1 smtp : A C",
     "site:A", "site:C", NULL, 0, "path=A,B,C cost=1000 links=IPLINK,IPLINK2 decided=only"},
    {"R25 a site without links", "site A\nsite B\nsite Lonely\nlink L_AB 10 : A B", "site:A",
     "site:Lonely", NULL, 0, "outcome=unreachable queue=- event=5007 relay=A"},
    {"R33 two sites down in a row", CHAIN, "site:A", "site:D", "site:D site:C", 0,
     "outcome=queued queue=site:B backoff=D,C,B path=A,B,C,D relay=A,B"},
    {"R34 a site without hub keeps no queue",
     "site A\nsite B bare\nsite C\nlink L_AB 10 : A B\nlink L_BC 10 : B C", "site:A", "site:C",
     "site:C", 0, "outcome=queued queue=site:A backoff=C,A path=A,B,C cost=20"},
    {"R36 nothing in common", "site A\nsite B\nsite C\nlink L_AB 10 : A B\nlink L_AC 10 : A C",
     "site:A", "site:B site:C", NULL, 0,
     "copies=2 forks=site:A transfer=site:A>site:B transfer=site:A>site:C"},
    {"P37 the fork is a destination",
     "site A\nsite B\nsite C\nlink L_AB 10 : A B\nlink L_BC 10 : B C", "site:A", "site:B site:C",
     NULL, 0,
     "copies=1 forks=site:B transfer=site:A>site:B transfer=site:B>site:C outcome=delivered"},
    {"R39 a size limit does not change the path",
     "site A\nsite B\nsite C\nsite D\nlink L_AB 10 max=5120 : A B\nlink L_BC 10 : B C\n"
     "link L_AD 50 : A D\nlink L_DC 50 : D C",
     "site:A", "site:C", NULL, 10 * MB, "outcome=returned path=A,B,C relay=A"},
    {"R52 connector cost before nearness",
     "site Near\nsite Far\nlink L1 500 : Near Far\ngroup RG_X\n"
     "rgc CHEAP 1 V RG_X at=Far\nrgc LOCAL 2 V RG_X at=Near",
     "site:Near", "rg:RG_X", NULL, 0,
     "connector=CHEAP relay=Near,Far,rg:RG_X vector=1,500 decided=legacy-cost "
     "notice=local-rgc-bypassed:LOCAL legacy=rg:RG_X rejected=LOCAL:legacy_cost_2_>_1"},
    {"R53 equal connector cost: the nearer site",
     "site S\nsite P\nsite Q\nlink L1 30 : S P\nlink L2 20 : S Q\ngroup RG_X\n"
     "rgc VIA_P 10 V RG_X at=P\nrgc VIA_Q 10 V RG_X at=Q",
     "site:S", "rg:RG_X", NULL, 0,
     "connector=VIA_Q relay=S,Q,rg:RG_X vector=10,20 decided=site-cost "
     "rejected=VIA_P:site_cost_30_>_20"},
    {"R54 the whole connector cost",
     "site S\ngroup RG_X\ngroup RG_Y\nrgc DIRECT 20 V RG_Y at=S\nrgc HOP1 5 V RG_X at=S\n"
     "rgc HOP2 5 RG_X RG_Y",
     "site:S", "rg:RG_Y", NULL, 0,
     "connector=HOP1 relay=S,rg:RG_X,rg:RG_Y vector=10,0 legacy=rg:RG_X,rg:RG_Y"},
    {"R66 a group without a way to it", "site S\ngroup RG_A\ngroup RG_Lost\nrgc VA 1 V RG_A",
     "site:S", "rg:RG_Lost", NULL, 0, "outcome=unreachable queue=- event=5006"},
    {"R68 an SMTP connector may not touch 2007", "site S\ngroup RG_A\njoins X 1 RG_A V", "site:S",
     "rg:RG_A", NULL, 0, "outcome=unreachable event=5028 notice=connector-ignored:X"},
    {"P69 2003 does not see site costs",
     "site Near\nsite Far\nlink L1 900 : Near Far\ngroup RG_A\n"
     "rgc IN_FAR 1 RG_A V to=Far\nrgc IN_NEAR 2 RG_A V to=Near",
     "rg:RG_A", "site:Near", NULL, 0,
     "connector=IN_FAR relay=rg:RG_A,Far,Near path=Far,Near vector=1,900 decided=legacy-cost"},
    {"R71 the more specific space",
     "site S\nsite T\nlink L1 500 : S T\nsend ALL S SMTP:*;1\nsend SUB T SMTP:*.contoso.com;90",
     "site:S", "smtp:a@eu.contoso.com", NULL, 0, "connector=SUB decided=address-space"},
    {"R73 site cost and cost of the space add up",
     "site S\nsite P\nsite Q\nlink L1 100 : S P\nlink L2 10 : S Q\nsend X P SMTP:*;1\n"
     "send Y Q SMTP:*;10",
     "site:S", "smtp:a@b.example", NULL, 0,
     "connector=Y decided=cost rejected=X:cost_101_>_20 relay=S,Q"},
    {"R74 the nearer of equals",
     "site S\nsite P\nlink L1 10 : S P\nsend LOCAL S SMTP:*;11\nsend REMOTE P SMTP:*;1", "site:S",
     "smtp:a@b.example", NULL, 0, "connector=LOCAL decided=proximity"},
    {"R75 the name of equals", "site S\nsend Internet_B S SMTP:*;1\nsend Internet_A S SMTP:*;1",
     "site:S", "smtp:a@b.example", NULL, 0, "connector=Internet_A decided=connector-name"},
    {"R76 size is tried before specificity",
     "site S\nsend SMALL S SMTP:contoso.com;1 max=10240\nsend ALL S SMTP:*;1", "site:S",
     "smtp:a@contoso.com", NULL, 20 * MB, "connector=ALL outcome=delivered"},
    {"R79 a connector for another site",
     "site S\nsite T\nlink L1 10 : S T\nsend CHEAP T Local:SMTP:*;1\nsend DEAR T SMTP:*;50",
     "site:S", "smtp:a@b.example", NULL, 0, "connector=DEAR"},
    {"R79 a connector for this site",
     "site S\nsite T\nlink L1 10 : S T\nsend CHEAP T Local:SMTP:*;1\nsend DEAR T SMTP:*;50",
     "site:T", "smtp:a@b.example", NULL, 0, "connector=CHEAP"},
    {"P81 a source server that is no hub sends nothing", NO_HUBS, "site:A", "smtp:x@contoso.com",
     NULL, 0,
     "outcome=unreachable event=5016 event=5006 "
     "rejected=ALL:it_names_no_source_server_that_is_a_Hub_Transport_server_(event_5016)"},
    {"P82 nor does one of a routing group connector", NO_HUBS, "site:A", "rg:R", NULL, 0,
     "outcome=unreachable event=5016 "
     "rejected=OUT:it_names_no_source_server_that_is_a_Hub_Transport_server_(event_5016)"},
    {"P83 a target server that is no hub takes nothing", NO_HUBS, "rg:R", "site:A", NULL, 0,
     "outcome=unreachable "
     "rejected=BACK:it_names_no_target_server_that_is_a_Hub_Transport_server"},
    {"R80 a connector without source servers",
     "site S\nsend GHOST S SMTP:contoso.com;1 orphan\nsend ALL S SMTP:*;1", "site:S",
     "smtp:a@contoso.com", NULL, 0, "connector=ALL event=5014"},
    {"R98 2003 does not fall back to a wider space",
     "group RG1\nsmtp NET RG1 SMTP:*.net;50\nsmtp ALL RG1 SMTP:*;1", "rg:RG1", "smtp:a@b.net",
     "connector:NET", 0, "connector=NET outcome=queued queue=rg:RG1 !connector=ALL"},
    {"R99 equal connectors share the load",
     "group RG1\nsmtp I1 RG1 SMTP:*;10\nsmtp I2 RG1 SMTP:*;10", "rg:RG1", "smtp:a@b.example", NULL,
     0, "any=connector:I1,connector:I2 outcome=delivered decided=equal"},
    {"R111 between versions in one site",
     "site S bare\nserver MBX2007 2007 mailbox S\nserver MBX2010 2010 mailbox S\n"
     "server HUB2007 2007 hub S\nserver HUB2010 2010 hub S",
     "server:MBX2010", "server:MBX2007", NULL, 0,
     "servers=MBX2010,HUB2010,HUB2007,MBX2007 outcome=delivered"},
    {"P14 fewer links at equal cost",
     "site Branch1 hub\nsite Branch2\nsite Central hub\nlink L_B2_C 6 : Branch2 Central\n"
     "link L_C_B1 6 : Central Branch1\nlink L_B2_B1 10 exch=12 : Branch2 Branch1",
     "site:Branch2", "site:Branch1", NULL, 0, "path=Branch2,Branch1 decided=hops cost=12"},
    {"P64 suppressed or not, without another way it waits at the dead connector",
     "site S\ngroup RG_A\ngroup RG_B\nrgc VA 1 V RG_A\nrgc AV 1 RG_A V\nrgc AB 1 RG_A RG_B",
     "site:S", "rg:RG_B", "connector:AB", 0, "outcome=queued queue=rg:RG_A"},
    {"P63 turned back: the message goes round",
     "site S\ngroup RG_A\ngroup RG_B\nrgc VA 1 V RG_A\nrgc AV 1 RG_A V\nrgc VB 5 V RG_B\n"
     "rgc BV 5 RG_B V\nrgc AB 1 RG_A RG_B",
     "site:S", "rg:RG_B", "connector:AB", 0, "outcome=returned notice=loop"},
    /* Beyond the worked cases. */
    {"a dead hub site is not bypassed",
     "site A\nsite B hub\nsite C\nlink L_AB 10 : A B\nlink L_BC 10 : B C\nlink L_AC 90 : A C",
     "site:A", "site:C", "site:B", 0, "outcome=queued queue=site:A backoff=B,A"},
    {"a site without a server sends nothing", "site A bare\nsite B\nlink L 10 : A B", "site:A",
     "site:B", NULL, 0, "outcome=unreachable path=A,B"},
    {"a hub site without a server is passed",
     "site A\nsite B hub bare\nsite C\nlink L_AB 10 : A B\nlink L_BC 10 : B C", "site:A", "site:C",
     NULL, 0, "outcome=delivered relay=A,C notice=hub-site-without-server:B"},
    {"one server of several is no dead site",
     "site A\nsite B\nserver MORE 2007 hub B\nlink L_AB 10 : A B", "site:A", "site:B",
     "server:MORE", 0, "outcome=delivered"},
    {"a dead fork keeps the common copy",
     "site A\nsite B\nsite C\nsite D\nlink L_AB 10 : A B\nlink L_BC 10 : B C\nlink L_BD 10 : B D",
     "site:A", "site:C site:D", "site:B", 0, "outcome=queued queue=site:A"},
    {"2003 goes round a dead connector",
     "group R1\ngroup R2\ngroup R3\nrgc R12 1 R1 R2\nrgc R13 1 R1 R3\nrgc R32 5 R3 R2", "rg:R1",
     "rg:R2", "connector:R12", 0, "outcome=delivered legacy=rg:R1,rg:R3,rg:R2 vector=6,0 hops=2"},
    {"2003 without link state does not", "group R1\ngroup R2\nrgc R12 1 R1 R2", "rg:R1", "rg:R2",
     "server:EX-R2", 0, "outcome=queued queue=rg:R1"},
    {"2003 shares load between groups",
     "group R1\ngroup R2\ngroup R3\ngroup R4\nrgc R12 1 R1 R2\nrgc R13 1 R1 R3\nrgc R24 1 R2 R4\n"
     "rgc R34 1 R3 R4",
     "rg:R1", "rg:R4", NULL, 0, "any=rg:R2,rg:R3 vector=2,0 decided=equal"},
    {"an SMTP connector joins old groups", "group R1\ngroup R2\njoins J 7 R1 R2", "rg:R1", "rg:R2",
     NULL, 0, "outcome=delivered connector=J cost=7"},
    {"a connector of 2007 comes before one of 2003; the order is undocumented",
     "site S\ngroup R1\nrgc VR 1 V R1\nsmtp OLD R1 SMTP:*;1\nsend NEW S SMTP:*;9", "site:S",
     "smtp:a@b.example", NULL, 0, "connector=NEW notice=undocumented-order:OLD"},
    {"through 2003 to the Internet", "site S\ngroup R1\nrgc VR 3 V R1\nsmtp OLD R1 SMTP:*;4",
     "site:S", "smtp:a@b.example", NULL, 0,
     "connector=VR vector=7,0 relay=S,rg:R1 outcome=delivered"},
    {"scope is judged anew in each group",
     "group R1\ngroup R2\nrgc R12 1 R1 R2\nsmtp WIDE R2 SMTP:*;5\nsmtp NEAR R2 Local:SMTP:*;1",
     "rg:R1", "smtp:a@b.example", NULL, 0, "outcome=delivered said=Connector_NEAR_sends"},
    {"2003 out through 2007",
     "site S\nsite T\nlink L 10 : S T\ngroup R1\nrgc RV 2 R1 V to=S\nsend OUT T SMTP:*;1", "rg:R1",
     "smtp:a@b.example", NULL, 0, "relay=rg:R1,S,T vector=3,10 outcome=delivered"},
    {"no connector for a type", "site S\nsend ALL S SMTP:*;1", "site:S", "notes:CN=x/O=y", NULL, 0,
     "outcome=returned"},
    {"no connector for a domain", "site S\nsend ONE S SMTP:contoso.com;1", "site:S",
     "smtp:a@b.example", NULL, 0, "outcome=unreachable"},
    {"all connectors are too small", "site S\nsend ALL S SMTP:*;1 max=1024", "site:S",
     "smtp:a@b.example", NULL, 2 * MB, "outcome=returned"},
    {"all connectors to a group are too small", "site S\ngroup R1\nrgc VR 1 V R1 max=1024",
     "site:S", "rg:R1", NULL, 2 * MB, "outcome=returned"},
    {"no path to the connector's servers: the sites and the connector are named",
     APART "rgc VR 1 V R1 at=B", "site:A", "rg:R1", NULL, 0,
     "outcome=unreachable event=5016 event=5006 notice=connector-out-of-reach:VR "
     "said=No_IP_site_links_lead_from_site_A_to_B,_where_the_source_servers_of_connector_VR_are. "
     "said=No_other_connector_leads_there; !said=No_connectors_lead"},
    {"nor is the size to blame for it", APART "rgc VR 1 V R1 at=B", "site:A", "rg:R1", NULL, 1,
     "outcome=unreachable said=No_other_connector_leads_there; !said=Every_connector"},
    {"unless it stops the message at all others",
     APART "rgc VR 1 V R1 at=B\nrgc SMALL 1 V R1 at=A max=1024", "site:A", "rg:R1", NULL, 2 * MB,
     "outcome=unreachable said=No_IP_site_links_lead_from_site_A_to_B, "
     "said=Every_other_connector_that_leads_there_has_a_size_limit"},
    {"no path to a Send connector's servers", APART "send ALL B SMTP:*;1", "site:A",
     "smtp:a@b.example", NULL, 0,
     "outcome=unreachable event=5016 notice=connector-out-of-reach:ALL "
     "said=No_IP_site_links_lead_from_site_A_to_B,_where_the_source_servers_of_connector_ALL_are. "
     "!said=No_connector_takes"},
    {"nor to those of the connector towards an old group's",
     APART "group R2\nrgc VR 1 V R1 at=B\nrgc RR 1 R1 R2\nsmtp OLD R1 SMTP:*;1\n"
           "smtp MORE R2 SMTP:*;1",
     "site:A", "smtp:a@b.example", NULL, 0,
     "outcome=unreachable notice=connector-out-of-reach:VR "
     "rejected=OLD:there_is_no_path_to_its_group_(event_5016) "
     "rejected=VR:there_is_no_path_to_a_site_of_its_source_servers_(event_5016) "
     "said=No_IP_site_links_lead_from_site_A_to_B,_where_the_source_servers_of_connector_VR_are. "
     "!said=No_connector_takes"},
    {"no path for an address that cannot wait", APART "send FAX B FAX:*;1", "site:A", "fax:1", NULL,
     0,
     "outcome=returned said=No_IP_site_links_lead_from_site_A_to_B, "
     "said=No_other_connector_takes_addresses_of_type_FAX"},
    {"the other one being too small", APART "send FAX B FAX:*;1\nsend SMALL A FAX:*;1 max=1024",
     "site:A", "fax:1", NULL, 2 * MB,
     "outcome=returned said=Every_other_connector_that_leads_there_has_a_size_limit"},
    {"the way to an old group's address space is too small",
     "site S\ngroup R1\nrgc VR 1 V R1 max=1024\nsmtp OLD R1 SMTP:*;1", "site:S", "smtp:a@b.example",
     NULL, 2 * MB, "outcome=returned " BARRED},
    {"or farther on",
     "site S\ngroup R1\ngroup R2\nrgc VR 1 V R1\nrgc RR 1 R1 R2 max=1024\n"
     "smtp OLD R2 SMTP:*;1",
     "site:S", "smtp:a@b.example", NULL, 2 * MB, "outcome=returned " BARRED},
    {"and so it is among old groups",
     "site S\ngroup R1\ngroup R2\nrgc RR 1 R1 R2 max=1024\nsmtp OLD R2 FAX:*;1", "rg:R1", "fax:1",
     NULL, 2 * MB, "outcome=returned " BARRED},
    {"where there is no way at all, the size is not to blame",
     "site S\ngroup R1\ngroup R2\nrgc RR 1 R2 R1 max=1024\nsmtp OLD R2 SMTP:*;1", "site:S",
     "smtp:a@b.example", NULL, 2 * MB,
     "outcome=unreachable rejected=OLD:there_is_no_path_to_its_group_(event_5016)"},
    {"source servers in sites that are not known",
     "site A\ngroup R1\nserver HUB-GONE 2007 hub Gone\nrgc VR 1 V R1 at=GONE", "site:A", "rg:R1",
     NULL, 0,
     "outcome=unreachable said=The_site_of_the_source_servers_of_connector_VR_is_not_known."},
    {"an authoritative domain: the recipient decides", OWN "accept contoso.com 0", "site:S",
     "smtp:a@Contoso.COM", NULL, 0,
     "outcome=resolved path=S connector=- said=contoso.com_is_an_authoritative_accepted_domain "
     "said=The_recipient_decides: !said=Connector"},
    {"and so it does for the default one, from a server", OWN "accept contoso.com 4",
     "server:HUB-S", "smtp:a@contoso.com", NULL, 0, "outcome=resolved path=S"},
    {"one relayed outside goes to a connector", OWN "accept contoso.com 1", "site:S",
     "smtp:a@contoso.com", NULL, 0, "outcome=delivered connector=ALL"},
    {"one relayed inside as well", OWN "accept contoso.com 6", "site:S", "smtp:a@contoso.com", NULL,
     0, "outcome=delivered connector=ALL"},
    {"a domain alone is not what is below it", OWN "accept contoso.com 0", "site:S",
     "smtp:a@eu.contoso.com", NULL, 0, "outcome=delivered connector=ALL"},
    {"with an asterisk it is", OWN "accept *.contoso.com 0", "site:S", "smtp:a@eu.contoso.com",
     NULL, 0, "outcome=resolved"},
    {"the closest accepted domain counts",
     OWN "accept *.contoso.com 0\naccept eu.contoso.com 2\naccept *.eu.contoso.com 0", "site:S",
     "smtp:a@eu.contoso.com", NULL, 0, "outcome=delivered connector=ALL"},
    {"not everything can be the organisation's own", OWN "accept * 0", "site:S",
     "smtp:a@contoso.com", NULL, 0, "outcome=delivered connector=ALL"},
    {"a type that was not read is no authority", OWN "accept contoso.com", "site:S",
     "smtp:a@contoso.com", NULL, 0,
     "outcome=delivered connector=ALL said=The_type_of_the_accepted_domain"},
    {"other types of address have no domain", OWN "send X S X400:c=US;1\naccept contoso.com 0",
     "site:S", "x400:c=US;o=contoso.com", NULL, 0, "outcome=delivered connector=X"},
    {"who does not answer looks nobody up", OWN "accept contoso.com 0", "site:S",
     "smtp:a@contoso.com", "site:S", 0, "outcome=queued queue=site:S"},
    {"2003 does not ask for accepted domains",
     OWN "group R1\nsmtp OLD R1 SMTP:*;1\naccept contoso.com 0", "rg:R1", "smtp:a@contoso.com",
     NULL, 0, "outcome=delivered connector=OLD"},
    {"nor what comes from it through 2007", OWN "group R1\nrgc RV 1 R1 V\naccept contoso.com 0",
     "rg:R1", "smtp:a@contoso.com", NULL, 0, "outcome=delivered connector=RV"},
    {"recipients behind one connector share a copy",
     "site A\nsite B\ngroup R1\ngroup R2\nlink L 10 : A B\nrgc VR 1 V R1 at=B\nrgc R12 1 R1 R2",
     "site:A", "rg:R1 rg:R2 site:B", NULL, 0,
     "copies=1 forks=site:B,rg:R1 transfer=site:A>site:B transfer=site:B>rg:R1"},
    {"from mailbox to mailbox on old servers",
     "group R1\ngroup R2\nserver M1 2003 mailbox R1\nserver M2 2003 mailbox R2\nrgc C 4 R1 R2",
     "server:M1", "server:M2", NULL, 0, "outcome=delivered relay=rg:R1,rg:R2 cost=4"},
    {"without a 2007 group nothing leads out of it", "site S\ngroup R1\nlose V", "site:S", "rg:R1",
     NULL, 0, "outcome=unreachable relay=S"},
    {"without a 2007 group there are sites",
     "site A\nsite B\nlink L 10 : A B\ngroup R1\nsmtp OLD R1 SMTP:*;1\nlose V", "site:A", "site:B",
     NULL, 0, "outcome=delivered"},
    {"without a 2007 group no connector is its own",
     "site A\ngroup R1\nsmtp OLD R1 SMTP:*;1\nsend NEW A SMTP:*;1\nlose V", "site:A",
     "smtp:a@b.example", NULL, 0, "outcome=unreachable"},
    {"without a 2007 group nothing leads into it", "site A\ngroup R1\nlose V", "rg:R1", "site:A",
     NULL, 0, "outcome=unreachable"},
    {"a dead hub site holds what would part behind it",
     "site A\nsite B hub\nsite C\nsite D\nsite E\nlink L1 1 : A B\nlink L2 1 : B C\n"
     "link L3 1 : C D\nlink L4 1 : C E",
     "site:A", "site:D site:E", "site:B", 0, "outcome=queued queue=site:A copies=0 forks="},
    {"a recipient that cannot be reached makes no fork",
     "site A\nsite B\nsite Lonely\nlink L1 1 : A B", "site:A", "site:B site:Lonely", NULL, 0,
     "outcome=unreachable copies=1 forks="},
    {"copies stop at hub sites",
     "site A\nsite B hub\nsite C\nsite D\nsite E\nlink L1 1 : A B\nlink L2 1 : B C\n"
     "link L3 1 : C D\nlink L4 1 : C E",
     "site:A", "site:D site:E", NULL, 0,
     "copies=1 forks=site:C transfer=site:A>site:B transfer=site:B>site:C transfer=site:C>site:D"},
    {"a way that comes back is no candidate",
     "site S\ngroup R1\ngroup R2\nrgc A 1 V R2\nrgc B 1 V R1\nrgc C 1 R1 V", "site:S", "rg:R2",
     NULL, 0, "connector=A decided=only !rejected=B:legacy_cost_3_>_1"},
    {"nor is it one in the old world",
     "group R1\ngroup R2\ngroup R3\nrgc A 1 R1 R2\nrgc B 1 R1 R3\nrgc C 1 R3 R1", "rg:R1", "rg:R2",
     NULL, 0, "connector=A decided=only !rejected=B:legacy_cost_3_>_1"},
    {"2003 does not know that a connector of 2007 is down",
     "site S\ngroup R1\ngroup R2\nrgc RV 1 R1 V\nrgc VR 1 V R2\nrgc RR 9 R1 R2", "rg:R1", "rg:R2",
     "connector:VR", 0, "outcome=queued queue=site:S connector=RV"},
    {"the connector is named even when the message does not get to it",
     "site S\nsite T\nlink L 10 : S T\ngroup R1\nrgc VR 1 V R1 at=T\nsmtp OLD R1 SMTP:*;1",
     "site:S", "smtp:a@b.example", "site:T", 0, "outcome=queued queue=site:S connector=VR"},
    {"so it is with a Send connector", "site S\nsite T\nlink L 10 : S T\nsend OUT T SMTP:*;1",
     "site:S", "smtp:a@b.example", "site:T", 0, "outcome=queued queue=site:S connector=OUT"},
    {"a whole name does as well", "site A\nsite B\nlink L 10 : A B",
     "site:CN=A,CN=Sites,CN=Configuration,DC=contoso,DC=test",
     "cn=b,cn=sites,cn=configuration,dc=contoso,dc=test", NULL, 0, "path=A,B"},
    {"a bare name is enough", "site Alpha\nsite Beta\nlink L 10 : Alpha Beta", "alpha", "BETA",
     NULL, 0, "path=Alpha,Beta"},
};

/* --- the answer in words ------------------------------------------------------------------ */

static void say(GString *text, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Adds " KEY=VALUE", blanks in the value as underscores. */
static void say(GString *text, const char *format, ...)
{
    g_autofree char *said = NULL;
    va_list arguments;

    va_start(arguments, format);
    said = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_string_append_printf(text, " %s", g_strdelimit(said, " ", '_'));
}

static char *join(GPtrArray *texts)
{
    g_ptr_array_add(texts, NULL);
    return g_strjoinv(",", (char **)texts->pdata);
}

static void say_stops(GString *text, const Route *route)
{
    g_autoptr(GPtrArray) path = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) relay = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) legacy = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *joined[3] = {NULL};

    for (guint i = 0; i < route->stops->len; i++) {
        const RouteStop *stop = &g_array_index(route->stops, RouteStop, i);

        g_ptr_array_add(stop->site != NULL ? path : legacy, route_stop_text(stop, false));
        if (stop->accepts)
            g_ptr_array_add(relay, route_stop_text(stop, false));
    }
    joined[0] = join(path);
    joined[1] = join(relay);
    joined[2] = join(legacy);
    say(text, "path=%s", joined[0]);
    say(text, "relay=%s", joined[1]);
    say(text, "legacy=%s", joined[2]);
    for (guint i = 1; i < 3; i++)
        g_free(joined[i]);
}

static void say_names(GString *text, const char *key, const GPtrArray *objects)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *joined = NULL;

    FOR_EACH(const Object, object, objects)
        g_ptr_array_add(names, g_strdup(object->name));
    joined = join(names);
    say(text, "%s=%s", key, joined);
}

static void say_texts(GString *text, const char *key, const GPtrArray *texts)
{
    g_autoptr(GPtrArray) copy = g_ptr_array_new();
    g_autofree char *joined = NULL;

    FOR_EACH(char, one, texts)
        g_ptr_array_add(copy, one);
    joined = join(copy);
    say(text, "%s=%s", key, joined);
}

static void say_remarks(GString *text, const Route *route)
{
    for (guint i = 0; i < route->rejected->len; i++) {
        const Rejected *rejected = &g_array_index(route->rejected, Rejected, i);

        say(text, "rejected=%s:%s", rejected->candidate, rejected->reason);
    }
    for (guint i = 0; i < route->notices->len; i++) {
        const RouteNotice *notice = &g_array_index(route->notices, RouteNotice, i);

        say(text, "notice=%s", notice->slug);
        if (notice->object != NULL)
            say(text, "notice=%s:%s", notice->slug, notice->object->name);
        say(text, "event=%u", notice->event);
    }
    for (guint i = 0; i < route->transfers->len; i++) {
        const RouteTransfer *transfer = &g_array_index(route->transfers, RouteTransfer, i);

        say(text, "transfer=%s>%s", transfer->from, transfer->to);
    }
    FOR_EACH(const GPtrArray, names, route->any_of)
        say_texts(text, "any", names);
    FOR_EACH(const char, sentence, route->why)
        say(text, "said=%s", sentence);
}

static char *route_text(const Route *route)
{
    GString *text = g_string_new(NULL);

    say(text, "outcome=%s", route_outcome_name(route->outcome));
    say(text, "queue=%s", route->queue == NULL ? "-" : route->queue);
    say(text, "cost=%" G_GUINT64_FORMAT, route->cost);
    say(text, "hops=%u", route->hops);
    say(text, "decided=%s", criterion_name(route->decided_by));
    say(text, "connector=%s", route->connector == NULL ? "-" : route->connector->object.name);
    if (route->has_vector)
        say(text, "vector=%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT, route->legacy_cost,
            route->site_cost);
    say(text, "copies=%u", route->copies);
    say_stops(text, route);
    say_names(text, "links", route->links);
    say_names(text, "backoff", route->backoff);
    say_names(text, "servers", route->servers);
    say_texts(text, "forks", route->forks);
    say_remarks(text, route);
    g_string_append_c(text, ' ');
    return g_string_free(text, FALSE);
}

/* --- asking ------------------------------------------------------------------------------- */

static char **words_of(const char *text)
{
    return text == NULL ? NULL : g_strsplit(text, " ", -1);
}

static Route *ask(const Topology *topology, const Case *one, GError **error)
{
    g_auto(GStrv) to = words_of(one->to);
    g_auto(GStrv) down = words_of(one->down);
    RouteQuestion question = {.from = one->from,
                              .to = (const char *const *)to,
                              .down = (const char *const *)down,
                              .size = one->size};

    return route_find(topology, &question, error);
}

/* Whether the answer says "KEY=VALUE"; "said=" is the beginning of a sentence. */
static bool is_said(const char *answer, const char *wanted)
{
    const char *end = g_str_has_prefix(wanted, "said=") ? "" : " ";
    g_autofree char *token = g_strdup_printf(" %s%s", wanted, end);

    return strstr(answer, token) != NULL;
}

START_TEST(worked_case)
{
    const Case *one = &cases[_i];
    Topology *topology = sketch_parse(one->forest);
    GError *error = NULL;
    g_autoptr(Route) route = ask(topology, one, &error);
    g_auto(GStrv) expected = words_of(one->expected);
    g_autofree char *answer = NULL;

    ck_assert_msg(route != NULL, "%s: %s", one->name, error == NULL ? "" : error->message);
    answer = route_text(route);
    for (guint i = 0; expected[i] != NULL; i++) {
        bool wanted = expected[i][0] != '!';

        ck_assert_msg(is_said(answer, expected[i] + !wanted) == wanted, "%s: %s\n  in%s", one->name,
                      expected[i], answer);
    }
    topology_free(topology);
}
END_TEST

/* The lines of a forest the other way round. */
static char *reversed(const char *forest)
{
    g_auto(GStrv) lines = g_strsplit(forest, "\n", -1);
    GString *text = g_string_new(NULL);

    for (guint i = g_strv_length(lines); i-- > 0;)
        g_string_append_printf(text, "%s\n", lines[i]);
    return g_string_free(text, FALSE);
}

START_TEST(order_of_reading_does_not_show)
{
    const Case *one = &cases[_i];
    g_autofree char *forest = reversed(one->forest);
    Topology *topologies[] = {sketch_parse(one->forest), sketch_parse(forest)};
    g_autoptr(Route) route = ask(topologies[0], one, NULL);
    g_autoptr(Route) other = ask(topologies[1], one, NULL);
    g_autofree char *text = route_text(route);
    g_autofree char *other_text = route_text(other);

    ck_assert_str_eq(text, other_text);
    topology_free(topologies[0]);
    topology_free(topologies[1]);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("route");
    TCase *tests = tcase_create("route");

    tcase_add_loop_test(tests, worked_case, 0, G_N_ELEMENTS(cases));
    tcase_add_loop_test(tests, order_of_reading_does_not_show, 0, G_N_ELEMENTS(cases));
    suite_add_tcase(suite, tests);
    return suite;
}
