#!/bin/sh
# What could not be seen of the ways of mail: an answer that rests on absence says so, in text, in
# JSON and on standard error, and ends with the status of a partial reading. What routing does not
# want to know of an object hides nothing.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
healthy=coexistence-healthy.ldif
silent='ways of mail hang on what was not seen'

mkdir "$scratch/parts"
"$ADTOPO" snapshot $healthy --output "$scratch/whole.ldif" || exit 99
"$AWK" -v into="$scratch/parts" -f "$srcdir/tests/golden/sight.awk" \
    -v hidden="msExchExchangeServer msExchRoutingGroup msExchRoutingGroupConnector msExchConnector
        msExchConnectors siteLink site" "$scratch/whole.ldif"

# asked STATUS FILE COMMAND...: what is wrong with the answer, its JSON and what is said beside it.
asked() {
    wanted=$1
    file=$2
    shift 2
    "$ADTOPO" "$@" "$file" >"$scratch/text" 2>"$scratch/err"
    status=$?
    [ "$status" -eq "$wanted" ] || echo "$*: status $status, not $wanted: $(cat "$scratch/err")"
    "$ADTOPO" "$@" --format json "$file" >"$scratch/json" 2>>"$scratch/err"
    if [ "$wanted" -eq 4 ]; then
        grep -q "$silent" "$scratch/err" || echo "$*: no warning"
        grep -qi 'not seen' "$scratch/text" || echo "$*: the text does not say so"
        ! grep -q '"notSeen": \[\]' "$scratch/json" || echo "$*: the JSON does not say so"
    else
        ! grep -q "$silent" "$scratch/err" || echo "$*: a warning"
        ! grep -qi 'not seen' "$scratch/text" || echo "$*: the text says so"
        grep -q '"notSeen": \[\]' "$scratch/json" || echo "$*: the JSON says so"
    fi
}

# ask STATUS FILE: every command that tells of ways of mail.
ask() {
    asked "$1" "$2" route --from rg:Munich --to smtp:a@fabrikam.test
    asked "$1" "$2" sweep
    asked "$1" "$2" show site-paths
}

verdict "everything is seen" "$(ask 0 "$scratch/whole.ldif")"
for class in msExchExchangeServer msExchRoutingGroupConnector msExchRoutingSMTPConnector \
    siteLink; do
    verdict "bare objects of $class" "$(ask 4 "$scratch/parts/bare-$class.ldif")"
done
for class in msExchRoutingGroup site; do
    verdict "of $class the name is enough" "$(ask 0 "$scratch/parts/bare-$class.ldif")"
done
for class in msExchExchangeServer msExchConnector msExchRoutingGroup site siteLink; do
    verdict "hidden objects of $class" "$(asked 4 "$scratch/parts/hidden-$class.ldif" sweep)"
done
verdict "connectors are seen without what holds them" \
    "$(asked 0 "$scratch/parts/hidden-msExchConnectors.ldif" sweep)"

# --- One thing at a time ----------------------------------------------------------------------

# without ATTRIBUTE: the whole without it.
without() {
    # shellcheck disable=SC2016
    "$AWK" -v name="$1" '/^ / { if (!drop) print; next }
        { drop = index($0, name ":") == 1 }
        !drop' "$scratch/whole.ldif" >"$scratch/without.ldif"
}
without siteList
verdict "links without their sites" "$(ask 4 "$scratch/without.ldif")"
without msExchServerSite
verdict "the routing group of a server is a place as well" "$(ask 0 "$scratch/without.ldif")"

"$AWK" -v RS= -v ORS='\n\n' '!/^dn: CN=Munich,CN=Sites,/' "$scratch/whole.ldif" \
    >"$scratch/one-site.ldif"
verdict "a site that is missing above what it holds" "$(asked 4 "$scratch/one-site.ldif" sweep)"
verdict "a site that is gone was seen to be" \
    "$(asked 0 $healthy sweep --without CN=Munich,CN=Sites,CN=Configuration,DC=contoso,DC=test)"

# --- What is not there --------------------------------------------------------------------------

transport='CN=IP,CN=Inter-Site Transports,CN=Sites,CN=Configuration,DC=contoso,DC=test'
verdict "what was taken away is not what was not seen" \
    "$(asked 0 $healthy route --from site:Seattle --to site:Munich \
        --without "CN=Seattle-Munich,$transport")"
verdict "nor are the last connectors" \
    "$(asked 0 $healthy sweep --without 'Interop to Munich' --without 'Interop to 2007' \
        --without Internet)"
verdict "a forest without Exchange has nothing to be seen" "$(asked 0 no-exchange.ldif sweep)"
"$AWK" -v RS= -v ORS='\n\n' '!/CN=Services,CN=Configuration/' "$scratch/whole.ldif" \
    >"$scratch/sites.ldif"
verdict "sites alone tell of no organisation" "$(asked 4 "$scratch/sites.ldif" sweep)"

# The picture is drawn from what was seen; a route in it is an answer.
"$ADTOPO" graph "$scratch/parts/bare-siteLink.ldif" >/dev/null 2>"$scratch/err"
status=$?
verdict "a picture is no answer" "$([ $status -eq 0 ] || cat "$scratch/err")"
"$ADTOPO" graph --highlight site:Seattle,rg:Munich "$scratch/parts/bare-siteLink.ldif" \
    >/dev/null 2>"$scratch/err"
status=$?
verdict "a route in a picture is one" \
    "$([ $status -eq 4 ] && grep -q "$silent" "$scratch/err" || echo "status $status")"
"$ADTOPO" sweep "$scratch/parts/hidden-msExchConnector.ldif" >"$scratch/text" 2>/dev/null
verdict "nobody is told that link state need not be suppressed" \
    "$(grep -q '^Link state *whether it is to be suppressed cannot be told' "$scratch/text" ||
        cat "$scratch/text")"

finish
