#!/bin/sh
# A sound organisation stays sound, or becomes not assessed, however little of
# it is read: exports that lack a class, an attribute, a record, or their end
# raise no warning and no error that the whole does not. What is not assessed without a class or an
# attribute stands in tests/golden/expected.
#
# With PARTS=FOLDER in the environment the worse copies are made there, or found.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/expected.sh
. "$srcdir/tests/golden/expected.sh"

cut_off() {
    size=$(wc -c <"$1")
    part=3
    while [ "$part" -lt 40 ]; do
        printf %s "$(head -c "$((size * part / 40))" "$1")" >"$parts/cut-$part.ldif"
        part=$((part + 1))
    done
}

# takes_apart FILE: worse copies of it in $parts.
takes_apart() {
    mkdir -p "$parts"
    "$AWK" -v into="$parts" -f "$srcdir/tests/golden/partial.awk" "$1"
    cut_off "$1"
    # Where the container was read and all of its kind are missing, there are none.
    for class in msExchConnector mailGateway msExchRoutingGroupConnector \
        msExchRoutingSMTPConnector subnet msExchAddressListService msExchGenericPolicy \
        msExchRecipientPolicy msExchMDB msExchPublicMDB; do
        rm -f "$parts/class-$class.ldif"
    done
    for copy in "$parts"/*; do
        [ -s "$copy" ] || rm "$copy"
    done
}

# judged_parts FILE SCENARIO: what the rules say of it, and then of each copy.
judged_parts() {
    {
        echo "$1|$2||"
        (cd "$parts" && ls) | LC_ALL=C sort | sed "s|.*|$parts/&\|$2\|\||"
    } | "$JUDGE"
}

# accused KIND: the copies of a kind of which rules say something grave that have
# nothing to say of the whole, and those that end otherwise than they may.
accused() {
    # shellcheck disable=SC2016
    "$AWK" -v kind="/$1-" '
        /^== / { copies++; name = $2; sub(/.*\//, "", name); looked = index($0, kind) }
        /^[A-Z]+[0-9]+ (warning|error): / && copies == 1 { speaks[$1] }
        /^[A-Z]+[0-9]+ (warning|error): / && looked && !($1 in speaks) { print name " " $0 }
        /^unread / && looked { print name " " $0 }
        /^partial$/ { partial[name] }
        looked { seen[name] }
        END {
            for (name in seen)
                if (kind == "/broken-" && !(name in partial))
                    print name " counts as whole"
        }' "$scratch/report"
}

# What cannot be judged without a class or an attribute, with the number of objects,
# and which findings (!) are others than those of the whole.
said_of_less() {
    # shellcheck disable=SC2016,SC2317
    "$AWK" '
        function flush() {
            if (said != "")
                print name ":" said
            said = ""
        }
        /^== / {
            flush()
            copies++
            name = $2
            sub(/.*\//, "", name)
            sub(/\.ldif.*/, "", name)
        }
        !/^[A-Z]+[0-9]+ / { next }
        copies == 1 { known[$0] }
        name ~ /^(class|attribute)-/ && !($0 in known) {
            said = said " " $1 ($2 == "open" ? $3 : "!")
            sub(/:$/, "", said)
        }
        END { flush() }' "$scratch/report"
}

# try NAME SCENARIO FILE...: one organisation, of which the files are parts.
try() {
    name=$1
    scenario=$2
    shift 2
    cat "$@" >"$scratch/whole.ldif"
    parts=${PARTS:-$scratch/parts}/$name
    [ -e "$parts" ] || takes_apart "$scratch/whole.ldif"
    judged_parts "$scratch/whole.ldif" "$scenario" >"$scratch/report" ||
        fail "$name" "the judge ends with status $?"
    verdict "$name without one class of objects" "$(accused class)"
    verdict "$name without one attribute" "$(accused attribute)"
    verdict "$name with one broken record" "$(accused broken)"
    verdict "$name cut off" "$(accused cut)"
    check "partial-$name.text" said_of_less
}

try coexistence-healthy "" coexistence-healthy.ldif
try exchange-2003 "" exchange-2003.ldif
try exchange-2007 "" exchange-2007.ldif
try plan preflight exchange-2003.ldif preflight/contoso-2003-domain.ldif
try last-legacy last coexistence-healthy.ldif

finish
