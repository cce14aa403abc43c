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

# part BARE GONE: the whole, where objects whose dn the first pattern fits show nothing but their
# names, and those that the second fits are missing.
part() {
    # shellcheck disable=SC2016
    "$AWK" -v bare="$1" -v gone="$2" 'BEGIN { RS = ""; FS = "\n"; ORS = "\n\n" }
        { gsub(/\n /, "") }
        gone != "" && $1 ~ gone { next }
        bare == "" || $1 !~ bare { print; next }
        { shown = $1; for (i = 2; i <= NF; i++) if ($i ~ /^(objectClass|cn):/) shown = shown "\n" $i
            print shown }' "$scratch/whole.ldif" >"$scratch/part.ldif"
}

for object in CN=EX03-MUC1,CN=Servers "CN=Interop to Munich" CN=Internet CN=Seattle-Munich; do
    part "^dn: $object," ""
    verdict "one object is bare: $object" "$(asked 4 "$scratch/part.ldif" sweep)"
done
part "" "^dn: .*CN=Servers,CN=First Administrative Group"
verdict "servers that are named were not read" "$(asked 4 "$scratch/part.ldif" sweep)"
part "" "^dn: none"
verdict "and nothing else hides any" "$(asked 0 "$scratch/part.ldif" sweep)"

# --- One thing at a time ----------------------------------------------------------------------

# without ATTRIBUTE...: the whole without them.
without() {
    # shellcheck disable=SC2016
    "$AWK" -v names="$*" 'BEGIN { count = split(names, name, " ") }
        /^ / { if (!drop) print; next }
        { drop = 0 }
        { for (i = 1; i <= count; i++) drop = drop || index($0, name[i] ":") == 1 }
        !drop' "$scratch/whole.ldif" >"$scratch/without.ldif"
}

# unshown ATTRIBUTE...: of each kind of object that routing reads it on, none shows the first of
# them, nor what could stand in for it, and the answers name it.
unshown() {
    without "$@"
    ask 4 "$scratch/without.ldif"
    grep -q "not seen: .*$1, which tells" "$scratch/err" || echo "$1 is not named"
}
for attribute in siteList cost msExchServerSite msExchCurrentServerRoles \
    msExchDestinationRGDN msExchTargetBridgeheadServersDN; do
    verdict "nobody shows $attribute" "$(unshown $attribute)"
done
verdict "nobody shows who sends" "$(unshown msExchSourceBridgeheadServersDN homeMTA)"
without homeMTA
verdict "who lists its senders needs no home" "$(ask 0 "$scratch/without.ldif")"
verdict "nobody shows the group of a server" "$(unshown msExchHomeRoutingGroup \
    msExchRoutingGroupMembersDN msExchRoutingGroupMembersBL)"
without msExchHomeRoutingGroup
verdict "who is listed by its group is seen in it" "$(ask 0 "$scratch/without.ldif")"
for generation in exchange-2003.ldif exchange-2007.ldif; do
    verdict "$generation lacks what the other generation has" \
        "$(asked 0 $generation sweep; asked 0 $generation show site-paths)"
done

"$AWK" -v RS= -v ORS='\n\n' '!/^dn: CN=Munich,CN=Sites,/' "$scratch/whole.ldif" \
    >"$scratch/one-site.ldif"
verdict "a site that is missing above what it holds" "$(asked 4 "$scratch/one-site.ldif" sweep)"
"$AWK" -v RS= -v ORS='\n\n' '!/^dn: CN=Seattle,CN=Sites,/' "$scratch/whole.ldif" \
    >"$scratch/one-site.ldif"
"$ADTOPO" sweep "$scratch/one-site.ldif" 2>/dev/null | grep '^Not seen' >"$scratch/text"
verdict "and what leads to it is named" "$(diff - "$scratch/text" <<'END'
Not seen    the site or routing group of EX07-SEA1 and EX07-SEA2 was not read
Not seen    sites that site link Seattle-Munich joins were not read
END
)"
verdict "a site that is gone was seen to be" \
    "$(asked 0 $healthy sweep --without CN=Munich,CN=Sites,CN=Configuration,DC=contoso,DC=test)"

# shellcheck disable=SC2016
"$AWK" -v RS= -v ORS='\n\n' '
    /^dn: CN=Munich,CN=Sites,/ || /^dn: CN=Seattle-Munich,CN=IP,/ { $0 = $0 "\nthis is no line" }
    { print }' "$scratch/whole.ldif" >"$scratch/lost.ldif"
"$ADTOPO" sweep "$scratch/lost.ldif" >"$scratch/text" 2>/dev/null
verdict "lost records are told of once, by a class that is among them" \
    "$(grep -c -e 'records were lost' -e '(site)' "$scratch/text" | grep -vx 2)"
cat >"$scratch/abroad.ldif" <<'END'
dn: CN=Interop to 2007,CN=Connections,CN=Munich,CN=Routing Groups,
 CN=First Administrative Group,CN=Administrative Groups,CN=Contoso,
 CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=test
changetype: modify
replace: msExchDestinationRGDN
msExchDestinationRGDN: CN=Elsewhere,CN=Routing Groups,CN=Configuration,
 DC=fabrikam,DC=test
-
END
verdict "a connector to a group that was not read" \
    "$(asked 4 $healthy sweep --apply "$scratch/abroad.ldif")"
verdict "one routing group with members has nothing to be joined with" \
    "$(asked 0 no-exchange.ldif sweep --apply rules/RG005.raise-3.ldif)"

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
