#!/bin/sh
# --down: what does not answer for the time being, in every command where that means something.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/sentences.sh
. "$srcdir/tests/golden/sentences.sh"
export COLUMNS=80
healthy=coexistence-healthy.ldif

# says WHAT STATUS PATTERN...
says() {
    what=$1
    wanted=$2
    complaint=
    [ "$status" -eq "$wanted" ] || complaint="status $status, not $wanted"
    shift 2
    for pattern in "$@"; do
        grep -q -e "$pattern" "$scratch/out" || complaint="$complaint; nothing like \"$pattern\""
    done
    verdict "$what" "${complaint:+$complaint
$(cat "$scratch/err" "$scratch/out")}"
}

# --- Where it means nothing, and names that are wrong -------------------------------------------

for command in "decode FYDIBOHF23SPDLT" rules "explain RG001" "snapshot $healthy" plan; do
    # shellcheck disable=SC2086
    misuses "not for ${command%% *}" '--down' $command --down site:Munich
done
for command in audit preflight show graph sweep "route --from site:Seattle --to site:Munich"; do
    # shellcheck disable=SC2086
    misuses "an unknown site: ${command%% *}" 'no site called "Mars"' $command --down site:Mars \
        $healthy
done
misuses "a routing group is not down" 'cannot stand here' sweep --down rg:Munich $healthy
cat >"$scratch/twin.ldif" <<'END'
dn: CN=Munich,CN=Connections,CN=Munich,CN=Routing Groups,
 CN=First Administrative Group,CN=Administrative Groups,CN=Contoso,
 CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=test
changetype: add
objectClass: msExchRoutingGroupConnector
END
misuses "an ambiguous name" 'site:Munich or connector:Munich' show --down Munich \
    --apply "$scratch/twin.ldif" $healthy

# --- What it does -------------------------------------------------------------------------------

run show servers --down site:Munich $healthy
says "servers of a site" 0 '^EX07-MUC1 *yes ' '^EX07-SEA1 *- ' '^Taken as down: site:Munich\.'
run show sites --down server:EX07-MUC1 --down server:EX07-MUC2 $healthy
says "a site is down with its last hub" 0 '^Munich *yes ' '^Seattle *- '
run show connectors --down server:EX07-MUC1 --down server:EX07-MUC2 --format json $healthy
says "a connector with its last bridgehead" 0 '"down": true' '"server:EX07-MUC2"'
run show servers $healthy
verdict "no column where nothing is down" "$(! grep -i down "$scratch/out")"
COLUMNS=100 run show site-paths --down site:Munich $healthy
says "paths between sites stay, and messages wait" 0 'Seattle, Munich .*site:Seattle$' \
    '^FROM.*WAITS IN'
run graph --down 'connector:Interop to Munich' $healthy
says "a connector in a picture" 0 'Interop to Munich, cost 1 (down)".* style=dashed.*#9e9e9e' \
    'down, in grey: connector:Interop to Munich'
run graph --format graphml --down server:EX03-FE1 $healthy
says "a server in a picture" 0 'EX03-FE1</data>.*<data key="down">true'
run graph --format mermaid --down server:EX03-FE1 $healthy
says "the same for Markdown" 0 'EX03-FE1<br/>.*down'
run sweep --down site:Munich $healthy
says "a sweep" 0 '^Down *site:Munich$' '^WHILE THIS IS DOWN$' \
    '^Taken out *1 connector, 4 servers, 1 site'
run sweep --down server:EX03-FE1 $healthy
says "nothing hangs on it" 0 'Effect *none'
run audit --down site:Munich $healthy
says "an audit without assertions" 0 '^Down *site:Munich; the policy asserts no way of mail'
run audit --down site:Munich --format csv $healthy
verdict "formats without room for it" "$(grep -q 'taken as down: site:Munich' "$scratch/err" ||
    cat "$scratch/err")"

cat >"$scratch/policy" <<'END'
[assert Seattle hears from Munich]
from = rg:Munich
to = site:Seattle
END
run audit --policy "$scratch/policy" --include PATH001 $healthy
says "an assertion that holds" 0 '1 of 1 assertions hold'
run audit --policy "$scratch/policy" --include PATH001 --down 'connector:Interop to 2007' $healthy
says "an assertion that does not hold then" 1 'PATH001' 'Interop to 2007 is down' \
    '^Down *connector:Interop to 2007; the ways that the policy asserts (PATH001)'
run audit --policy "$scratch/policy" --include PATH001 --format json \
    --down 'connector:Interop to 2007' $healthy
says "the same as JSON" 1 '"connector:Interop to 2007"'
run preflight --decommission EX03-FE1 --down server:EX03-FE1 $healthy
verdict "what a plan takes away may be down" "$([ "$status" -ne 2 ] || cat "$scratch/err")"
verdict "and is told" "$(grep -q '^Down *server:EX03-FE1' "$scratch/out" || cat "$scratch/out")"
COLUMNS=300 run preflight --decommission EX03-FE1 --down site:Munich $healthy
says "what that means for a plan" $status '^Down *site:Munich; the routes that the plan changes are'
COLUMNS=300 run preflight --policy "$scratch/policy" --decommission EX03-FE1 --down site:Munich \
    $healthy
says "and for one with assertions" $status \
    '^Down *site:Munich; the ways that the policy asserts (PATH001) and the routes that the plan'

finish
