#!/bin/sh
# --apply and --without against files that were really edited: every command says
# the same, byte for byte, about an overlay and about a file in which an editor
# made the same changes. Only the names of files and their lines may differ.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
original=$srcdir/fixtures/coexistence-faulty.ldif
sites=CN=Sites,CN=Configuration,DC=contoso,DC=test
ip="CN=IP,CN=Inter-Site Transports,$sites"

if ! have jq; then
    skip "overlays" "jq not found"
    finish
fi

cat >"$scratch/changes.ldif" <<END
dn: CN=Seattle-Munich,$ip
changetype: modify
replace: cost
cost: 7
-
add: msExchCost
msExchCost: 3
-

dn: CN=Oslo,$sites
changetype: add
objectClass: top
objectClass: site
cn: Oslo
whenChanged: 20080115090000.0Z

dn: CN=Oslo-Seattle,$ip
changetype: add
objectClass: top
objectClass: siteLink
cn: Oslo-Seattle
cost: 40
siteList: CN=Oslo,$sites
siteList: CN=Seattle,$sites

dn: CN=Seattle-London,$ip
changetype: delete
END

# unfold FILE: each line of LDIF on one line.
unfold() {
    awk '/^ / { line = line substr($0, 2); next }
        NR > 1 { print line }
        { line = $0 }
        END { print line }' "$1"
}

# edit: the same changes, made in the text of the file.
edit() {
    unfold "$original" | awk -v link="dn: CN=Seattle-Munich,$ip" '
        BEGIN { RS = ""; ORS = "\n\n"; FS = "\n" }
        /(^|\n)dn: CN=Seattle-London,CN=IP,/ { next }
        index($0, link) { sub(/\ncost: [0-9]*/, "\ncost: 7\nmsExchCost: 3") }
        { print }'
    sed -n '/^dn: CN=Oslo/,/^$/p' "$scratch/changes.ldif" | grep -v '^changetype'
}

# without_link: the text of the file without one record.
without_link() {
    unfold "$original" | awk '
        BEGIN { RS = ""; ORS = "\n\n" }
        /(^|\n)dn: CN=Seattle-London,CN=IP,/ { next }
        { print }'
}

# bare: what is left of JSON when names of files and lines are taken out.
bare() {
    jq -S 'del(.sources, .diagnostics, .generated) |
        walk(if type == "object" then del(.origin) else . end)' "$1"
}

# alike WHAT COMMAND...: asks about both, and compares.
alike() {
    what=$1
    shift
    "$ADTOPO" "$@" "$scratch/edited.ldif" >"$scratch/wanted" 2>"$scratch/err"
    wanted=$?
    # Several words on purpose.
    # shellcheck disable=SC2086
    "$ADTOPO" "$@" $overlay "$original" >"$scratch/got" 2>>"$scratch/err"
    got=$?
    for answer in wanted got; do
        case " $* " in
        *" json "*) bare "$scratch/$answer" >"$scratch/$answer.bare" ;;
        *) sed 's|[^ ]*/[^ ]*\.ldif:[0-9]*|FILE|g; s|[^ ]*\.ldif|FILE|g' "$scratch/$answer" \
            >"$scratch/$answer.bare" ;;
        esac
    done
    if [ "$wanted" -ne "$got" ] || [ "$got" -gt 1 ]; then
        fail "$what" "status $got, not $wanted; $(cat "$scratch/err")"
    elif [ ! -s "$scratch/got.bare" ]; then
        fail "$what" "no answer; $(cat "$scratch/err")"
    else
        verdict "$what" "$(diff "$scratch/wanted.bare" "$scratch/got.bare")"
    fi
}

# all_alike KIND: every command that judges or draws.
all_alike() {
    alike "$1: audit" audit --format json
    alike "$1: sweep" sweep --format json
    alike "$1: sweep, as text" sweep
    alike "$1: route" route --from site:Seattle --to site:Munich --format json
    alike "$1: route to a group" route --from site:Seattle --to rg:London --format json
    alike "$1: graph" graph
    alike "$1: sites" show --format json sites
    alike "$1: site links" show --format json site-links
}

edit >"$scratch/edited.ldif"
overlay="--apply $scratch/changes.ldif"
all_alike "changes"
verdict "the edited file is another one" \
    "$(! cmp -s "$scratch/edited.ldif" "$original" || echo "it is the same")"

without_link >"$scratch/edited.ldif"
overlay="--without Seattle-London"
all_alike "a removal"

# A server and its computer account have one name.
verdict "a server is meant, not its computer account" "$(
    "$ADTOPO" show servers --format json --without EX07-SEA1 \
        "$srcdir/fixtures/coexistence-healthy.ldif" \
        "$srcdir/fixtures/preflight/contoso-coexistence-domain.ldif" >"$scratch/got" 2>&1
    [ "$(jq '.servers | length' "$scratch/got" 2>&1)" = 6 ] || cat "$scratch/got"
    grep EX07-SEA1 "$scratch/got"
)"

finish
