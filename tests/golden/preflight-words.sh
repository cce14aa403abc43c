#!/bin/sh
# What preflight says of whole plans, word for word: the plan as it was understood, its checks, what
# still refers to what would go, and the routes that change. What rules find in it is in rules.sh.

# Lists of arguments fall apart on purpose; functions are called through check.
# shellcheck disable=SC2086,SC2317
# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/expected.sh
. "$srcdir/tests/golden/expected.sh"
export COLUMNS=100
old=exchange-2003.ldif
both=coexistence-healthy.ldif
new=exchange-2007.ldif
domain=preflight/contoso-2003-domain.ldif
contoso="CN=Administrative Groups,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration"
munich="CN=Munich,CN=Routing Groups,CN=First Administrative Group,$contoso,DC=contoso,DC=test"
modern="CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups"
modern="$modern,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),$contoso,DC=contoso,DC=test"

# plan ARGUMENT...: without what the rules say.
plan() {
    echo "== $*"
    "$ADTOPO" preflight --quiet "$@" 2>&1 |
        sed -n '/^adtopo:/p; /^Plan/,/^TODAY/{/^TODAY/!p;}; /^ROUTES/,/^NOT ASSESSED/{/^NOT/!p;}'
}

installations() {
    first="--site Munich --bridgehead EX03-MUC1"
    plan $first $old $domain
    plan $first $old
    plan $first --roles hub,mailbox,cas --computer EX07-MUC1 --target 2007-sp1 $old $domain
    plan $first --connector 2007:London $old $domain
    plan $first --connector Seattle:London $old $domain
    plan $first --connector EX03-FE1:Nowhere $old $domain
    plan $first --computer SEA-DC1 $old $domain
    plan $first --apply preflight/smtp-off.ldif $old $domain
    plan $first --apply preflight/no-global-catalog.ldif $old $domain
    plan $first --without Seattle-Munich $old $domain
    plan $first --roles edge $old $domain
    plan $first --roles hub,edge $old $domain
    plan $first --roles "" $old $domain
    plan $first --roles router $old $domain
    plan --site Munich --bridgehead EX03-FE1 $old $domain
    plan --site Munich --bridgehead EX03-LON2 --apply preflight/exchange-2000-sp2.ldif $old $domain
    plan --site Munich --bridgehead EX03-MUC1 --connector 2007:London \
        --apply rules/RG008.raise-4.ldif $old $domain
    plan --site Munich --bridgehead EX03-LON1 --apply preflight/exchange-2000-sp2.ldif $old $domain
    for roles in hub mailbox cas um mailbox,um cas,mailbox; do
        plan --site Munich --roles $roles $old $domain
        plan --site Munich --roles $roles $both
    done
    plan --site Munich --roles edge $both
    plan --site Amsterdam --roles mailbox $new
    plan --site Nowhere $new
    plan --site Seattle --roles cas no-exchange.ldif
    plan --site Branch --roles cas --without DEFAULTIPSITELINK no-exchange.ldif
    plan --site Seattle --roles mailbox coexistence-faulty.ldif
    plan --site Munich --bridgehead EX03-MUC1 --without \
        CN=MUC-DC2,CN=Servers,CN=Munich,CN=Sites,CN=Configuration,DC=contoso,DC=test $old
    plan --site Seattle --roles cas --without EX07-SEA2 --without EX07-MUC1 --without EX07-MUC2 \
        $both
    plan --site Seattle --bridgehead EX03 no-exchange.ldif
    plan --site Seattle --roles cas --without Branch --without DEFAULTIPSITELINK --without \
        CN=Servers,CN=Seattle,CN=Sites,CN=Configuration,DC=contoso,DC=test no-exchange.ldif
    plan --site Amsterdam --without EX07-AMS1 --without EX07-AMS2 $new
    plan --site Seattle exchange-2010-residue.ldif
    # One site is left, then none.
    plan --site Nowhere --without Branch no-exchange.ldif
    plan --site Seattle --without CN=Sites,CN=Configuration,DC=contoso,DC=test no-exchange.ldif
    # What waits for a bridgehead that does not answer.
    plan $first --down server:EX03-MUC1 $old
}

removals() {
    for gone in EX03-FE1 EX03-MUC1 EX07-SEA1 "Interop to Munich" Internet Munich last-legacy \
        "First Administrative Group" Nowhere EX07-SEA11 Munihc "First Administrative Grop" \
        "Interop to Munhic"; do
        plan --decommission "$gone" $both
    done
    for gone in EX03-SEA1 EX03-LON1 London "Seattle to London" Notes last-legacy; do
        plan --decommission "$gone" $old $domain
    done
    plan --decommission last-legacy $new
    # Where a server stands tells of its age only if nothing else does.
    plan --decommission last-legacy --apply rules/AG001.raise.ldif $both
    plan --decommission last-legacy --apply rules/AG002.raise.ldif $both
    plan --decommission Partner $new
    # What does not answer is of no use today either.
    plan --decommission "Interop to Munich" --down "connector:Interop to 2007" $both
    plan --decommission "X.400 to Munich" --down "connector:London to Munich" \
        --down "connector:London to Seattle" $old
    # The last server of a site with mail goes, and one of another kind stays.
    plan --decommission EX07-SEA1 --apply preflight/access-alone.ldif $both
    for gone in EX03-MUC1 "First Administrative Group"; do
        plan --decommission "$gone" $both preflight/contoso-coexistence-domain.ldif
    done
    plan --decommission EX03-MUC2 $both preflight/contoso-coexistence-domain.ldif
    plan --decommission EX03-MUC2 --without \
        CN=CONTOSO,CN=Partitions,CN=Configuration,DC=contoso,DC=test $both \
        preflight/contoso-coexistence-domain.ldif
    plan --decommission last-legacy --without "Ada Lindholm" $both \
        preflight/contoso-coexistence-domain.ldif
    notes="CN=Notes,CN=Connections,CN=Seattle,CN=Routing Groups,CN=Headquarters"
    plan --apply preflight/namesakes.ldif $old --decommission "$notes,$contoso,DC=contoso,DC=test"
    # Two connectors of one name.
    plan --decommission Internet --apply rules/SEND002.near.ldif $both
    plan --decommission "CN=Internet,CN=Connections,$munich" --apply rules/SEND002.near.ldif $both
    plan --decommission "CN=Internet,CN=Connections,$modern" --apply rules/SEND002.near.ldif $both
}

# said WHAT ARGUMENT...: the plan as it was understood, and what is said of one thing in it.
said() {
    what=$1
    shift
    # shellcheck disable=SC2016
    "$ADTOPO" preflight --quiet "$@" 2>&1 | "$AWK" -v what="$what" '
        function flush() {
            if (text != "" && (!checks || text ~ "^  [a-zA-Z]+ " what ":"))
                print text
            text = ""
        }
        /^adtopo:/ { print; next }
        /^[A-Z]/ { flush(); shown = /^Plan|^THE PLAN/; checks = /^THE PLAN/ }
        !shown || /^THE PLAN/ || /^$/ { next }
        /^   / { sub(/^ +/, " "); text = text $0; next }
        { flush(); text = $0 }
        END { flush() }'
}

# judged WHAT ARGUMENT...: the same, with the arguments.
judged() {
    what=$1
    shift
    echo "== $*"
    said "$what" "$@"
}

bridgeheads() {
    for server in EX03-SP1 EX00-SP3 EX00-SP2 EX03-UNREAD EX03-LOST EX03-FAR EX03-BARE EX03-HALF \
        EX03-USUAL EX03-OFF EX03-CLU; do
        judged bridgehead --site Munich --bridgehead $server \
            --apply preflight/bridgeheads.ldif $old
    done
    judged bridgehead --bridgehead EX07-SEA1 $both
    judged bridgehead --bridgehead EX03-MUC1 $old
}

computers() {
    for computer in W2003 XP64 W2008 VISTA W2008-R2 W2012 W2000 UNNAMED UNNAMED-NEW UNTOLD \
        STRANGE-1 STRANGE-2 STRANGE-3 STRANGE-4 BER-DC1 BER-DC2 BER-DC3 MUC-DC1 EX03-MUC2 \
        EX07-MUNICHWEST; do
        judged computer --site Munich --computer $computer --apply preflight/computers.ldif \
            --apply preflight/no-global-catalog.ldif $old $domain
    done
    judged computer --site Munich --computer W2008-R2 --target 2007-sp1 \
        --apply preflight/computers.ldif $old $domain
    judged computer --site Munich --computer EX07-MUC1 $old
    judged computer --site Munich --computer=-MUC $old
    judged computer --site Munich --computer MUC-DC1 --roles edge $old
    judged computer --site Branch --computer BRA-RODC1 no-exchange.ldif
}

# The ends of connectors, by the names and DNs of groups and servers.
ends() {
    spare="--site Munich --bridgehead EX03-MUC1 --apply preflight/namesakes.ldif"
    for connector in 2007:Vienna 2007:Zurich 2007:Oslo 2007:Munich 2007:Empty 2007:EX03-ZRH2 \
        EX03-ADRIFT:2007 London:Seattle Seattle:2007 london:ex03-sea1 2007:2007 :London \
        "2007:CN=London,CN=Routing Groups,CN=Headquarters,$contoso,DC=contoso,DC=test"; do
        judged connector $spare --connector "$connector" $old
    done
    pair="--connector 2007:London --connector Seattle:London"
    judged connector --site Munich $pair $old
    judged connector --site Munich --bridgehead EX03-MUC1 $pair $old
    judged connector --site Munich --connector "Exchange Routing Group (DWBGZMFD01QNBJR):London" \
        $old
    judged connector --site Seattle --connector "2007 (DWBGZMFD01QNBJR):Munich" \
        --apply preflight/modern-name.ldif $both
    judged connector --site "CN=Munich,CN=Sites,CN=Configuration,DC=contoso,DC=test" $old
    judged connector --site "CN=Munich,CN=Sites,CN=Configuration,DC=contoso,DC=test" \
        --apply preflight/namesakes.ldif $old
    judged connector --site Munich --connector London:2007 --roles cas $old
    # The only member of the group will not do, and there is no other.
    judged connector --site Munich --bridgehead EX03-MUC1 --connector 2007:London \
        --without EX03-LON1 --apply preflight/exchange-2000-sp2.ldif $old
    judged connector --connector London:2007 $old
    # Names with colons, and what is none.
    for connector in "Lon:don <b>&:2007" "2007:Lon:don <b>&" "EX03:1:EX03-LON1" "London:EX03:1" \
        "Lon:don:2007" "2007:Paris:1" "Rome:Paris:1" "a:b:c:d" ":" "Seattle:" \
        "2007:Oslo:EX03-LON1" "2007:Oslo:London" "London:Oslo:Bergen" "London:Oslo:2007"; do
        judged connector --site Munich --bridgehead EX03-MUC1 --connector "$connector" \
            --apply preflight/colons.ldif $old
    done
    # Whoever is named for an end, or chosen, has to do.
    for server in EX03-OFF EX00-SP2 EX03-BARE EX03-UNREAD EX03-CLU EX03-LOST EX03-FE1; do
        judged connector --site Munich --bridgehead EX03-MUC1 --connector $server:2007 \
            --apply preflight/bridgeheads.ldif $old
    done
    judged connector --site Munich --bridgehead EX03-MUC1 --connector EX03-FE1:London $old
    judged connector --site Munich --bridgehead EX03-MUC1 --connector EX03-MUC1:2007 $old
    judged connector --site Munich --bridgehead EX03-MUC1 --connector 2007:London \
        --connector London:Seattle $old
    judged connector --site Munich --connector EX07-SEA1:Munich $both
    judged connector --site Munich --connector EX07-SEA1:2007 $both
    judged connector --site Munich --connector EX07-SEA2:Munich \
        --apply preflight/access-alone.ldif \
        $both
    for connector in 2007:Lisbon 2007:Porto 2007:EX03-POR1; do
        judged connector --site Munich --bridgehead EX03-MUC1 --connector $connector \
            --apply preflight/unready.ldif $old
    done
}

# A record that was lost, by its name.
lost() {
    printf '\ndn: %s,DC=contoso,DC=test\nthis is no line\n' "$1"
}

# hide ATTRIBUTE,...: standard input without them.
hide() {
    # shellcheck disable=SC2016
    "$AWK" -v hidden=",$1," '
        /^[^ ]/ { name = $0; sub(/:.*/, "", name); out = index(hidden, "," name ",") == 0 }
        /^$/ { out = 1 }
        out'
}

# where WHAT-WAS-NOT-READ WHAT ARGUMENT...: judged, in what standard input holds.
where() {
    cat >"$scratch/unread.ldif"
    echo "== $1: $3"
    unread_what=$2
    unread_plan=$3
    said "$unread_what" $unread_plan "$scratch/unread.ldif"
}

unread() {
    first="--site Munich --bridgehead EX03-MUC1"
    hide serverRole <$old | where serverRole bridgehead "$first"
    hide serverRole,msExchServerRole <$old | where "front-ends" bridgehead "$first"
    hide msExchServerAutoStart <$old | where msExchServerAutoStart bridgehead "$first"
    { cat $old && lost "CN=NTDS Settings,CN=DC9,CN=Servers,CN=Munich,CN=Sites,CN=Configuration"; } |
        where "NTDS Settings of one" "global catalog" \
            "$first --apply preflight/no-global-catalog.ldif"
    { cat $old && lost "CN=DC9,CN=Servers,CN=Munich,CN=Sites,CN=Configuration"; } |
        where "a domain controller" "global catalog" \
            "$first --apply preflight/no-global-catalog.ldif"
    sed 's/^siteList: CN=Seattle/siteList;range=0-1: CN=Seattle/' $old |
        where "more of siteList" "site link" "$first --without Seattle-Munich"
    sed 's/^msExchServerSite: CN=Munich/msExchServerSite: CN=Lost/' $both >"$scratch/both.ldif"
    { cat "$scratch/both.ldif" && lost "CN=Lost,CN=Sites,CN=Configuration"; } |
        where "the site of hubs" "hub in the site" "--site Munich --roles mailbox"
    where "nothing, but the site is gone" "hub in the site" "--site Munich --roles mailbox" \
        <"$scratch/both.ldif"
    sed '/^msExchServerSite: CN=Munich/d' $both | where "nothing, but hubs have no site" \
        "hub in the site" "--site Munich --roles mailbox"
    hide msExchServerSite <$both | where msExchServerSite "hub in the site" \
        "--site Munich --roles mailbox --without EX07-MUC1 --without EX07-SEA1"
    hide msExchServerSite,msExchCurrentServerRoles <$both |
        where "sites and roles" "hub in the site" "--site Munich --roles mailbox"
    { cat $old && lost "CN=EX09,CN=Servers,CN=Germany,$contoso"; } |
        where "a server" connector "$first --connector 2007:Empty --apply preflight/namesakes.ldif"
    { cat $old && lost "CN=EX09,CN=Servers,CN=Germany,$contoso"; } |
        where "a server" connector \
            "$first --connector EX03-ADRIFT:2007 --apply preflight/namesakes.ldif"
    sed '/^serialNumber: Version 8/d; /^versionNumber:/d' $both |
        where "the versions of 2007" successor "--decommission last-legacy"
    hide msExchSourceBridgeheadServersDN,homeMTA <$both |
        where "who sends" "ways of mail" "--decommission Internet"
    hide msExchDestinationRGDN <$old | where "where connectors lead" "ways of mail" \
        "--decommission Notes"
    where "nothing" "ways of mail" "--decommission Notes" <$old
}

check preflight-installations.text installations
check preflight-bridgeheads.text bridgeheads
check preflight-computers.text computers
check preflight-ends.text ends
check preflight-removals.text removals
check preflight-unread.text unread

finish
