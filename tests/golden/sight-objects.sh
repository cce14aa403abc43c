#!/bin/sh
# For who sees less of an organisation: one object after the other shows nothing but its name,
# then one subtree after the other, and then one container after the other lists nothing of what
# other objects name in it. A plan that the organisation forbids is not "go" then, and where it is
# sound there is no error.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"

legacy="exchange-2003.ldif preflight/contoso-2003-domain.ldif"
coexistence="coexistence-healthy.ldif preflight/contoso-coexistence-domain.ldif"

# whole FILES CHANGES: the changes may be "".
whole() {
    # shellcheck disable=SC2086
    "$ADTOPO" snapshot $1 ${2:+--apply "$2"} --output "$scratch/whole.ldif" 2>"$scratch/err" ||
        fail "$2" "$(cat "$scratch/err")"
    grep '^dn:' "$scratch/whole.ldif" >"$scratch/names"
    rm -rf "$scratch/parts"
    mkdir "$scratch/parts"
    "$AWK" -v into="$scratch/parts" -v each=1 -f "$srcdir/tests/golden/sight.awk" \
        "$scratch/whole.ldif"
}

# not_with STATUS COMMAND...: of each part of the whole, for which the command must not end so.
not_with() {
    unwanted=$1
    shift
    count=0
    for part in "$scratch"/parts/*; do
        count=$((count + 1))
        status=0
        "$ADTOPO" "$@" "$part" >/dev/null 2>&1 || status=$?
        [ $status -ne "$unwanted" ] || name_part "$(basename "$part" .ldif)"
    done >"$scratch/found"
    verdict "$* with $count gaps" "$(cat "$scratch/found")"
}

# name_part PART: which object it is about.
name_part() {
    echo "${1%-*} $(sed -n "${1##*-}p" "$scratch/names")"
}

# forbidden PLAN...
forbidden() {
    "$ADTOPO" preflight "$@" "$scratch/whole.ldif" >/dev/null 2>&1
    [ $? -eq 1 ] || fail "$* is forbidden"
    not_with 0 preflight "$@"
}

sound() {
    not_with 1 audit --fail-on error
}

whole "$coexistence" ""
sound
forbidden --decommission "Interop to Munich"
whole "$coexistence" rules/CONN007.raise-2.ldif
forbidden --decommission EX03-FE1
whole "$coexistence" rules/PF004.raise.ldif
forbidden --site Munich --roles mailbox
whole "$legacy" ""
sound
forbidden --decommission London
whole "$legacy" rules/PRE021.raise.ldif
forbidden --site Munich --bridgehead EX03-MUC1

finish
