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
    plan --site Amsterdam --roles mailbox $new
    plan --site Nowhere $new
}

removals() {
    for gone in EX03-FE1 EX03-MUC1 EX07-SEA1 "Interop to Munich" Internet Munich last-legacy \
        "First Administrative Group" Nowhere; do
        plan --decommission "$gone" $both
    done
    for gone in EX03-SEA1 EX03-LON1 London "Seattle to London" Notes last-legacy; do
        plan --decommission "$gone" $old $domain
    done
    plan --decommission last-legacy $new
    # Two connectors of one name.
    plan --decommission Internet --apply rules/SEND002.near.ldif $both
    plan --decommission "CN=Internet,CN=Connections,$munich" --apply rules/SEND002.near.ldif $both
    plan --decommission "CN=Internet,CN=Connections,$modern" --apply rules/SEND002.near.ldif $both
}

check preflight-installations.text installations
check preflight-removals.text removals

finish
