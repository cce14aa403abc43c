#!/bin/sh
# An attribute that no object shows was not read, which is neither a fault nor all right: in the
# bundled organisations and in those as faulty as the change files of fixtures/rules make them, one
# attribute after the other is hidden everywhere. No rule that found something may turn silent, and
# none may accuse what it had nothing to say of. What is excepted, and why, stands in
# sight-attributes.txt.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/faulty.sh
. "$srcdir/tests/golden/faulty.sh"

# Attributes of which one does where the other is missing.
pairs="msExchSourceBridgeheadServersDN+homeMTA
    msExchHomeRoutingGroup+msExchRoutingGroupMembersDN+msExchRoutingGroupMembersBL
    cost+msExchCost"

take_apart() {
    "$AWK" -v into="$scratch/parts" -v pairs="$pairs" \
        -f "$srcdir/tests/golden/sight-attributes.awk" "$scratch/whole.ldif"
}

# excepted: lines "ATTRIBUTE RULE" without those that the table excepts.
excepted() {
    # shellcheck disable=SC2016
    "$AWK" '
        FNR == NR && /^[^# ]/ { for (i = 2; i <= NF; i++) known[$1, $i]; next }
        FNR == NR { next }
        !(($1, $2) in known) && !(($1, "any") in known)
    ' "$srcdir/tests/golden/sight-attributes.txt" - | LC_ALL=C sort -u
}

prove_faulty 180
verdict "no rule turns silent for an attribute that was not read" \
    "$(sed 's/^\(.*\) is silent: without-\(.*\)\.ldif$/\2 \1/' "$scratch/silent" | excepted)"
verdict "no rule accuses for an attribute that was not read" \
    "$(sed 's/^without-\(.*\)\.ldif: /\1 /' "$scratch/accused" | excepted)"

finish
