#!/bin/sh
# What could not be seen is never all right: in organisations as faulty as the change files of
# fixtures/rules make them, one class after the other loses all its attributes, as for a reader
# without the right to read them; then classes that no forest is without are missing as a whole. No
# rule that found something may turn silent.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"

# Classes without which there is no forest, or no organisation.
never_absent="msExchOrganizationContainer msExchAdminGroup msExchExchangeServer
    msExchRoutingGroup site siteLink nTDSDSA crossRef"

# silenced: of a report of the judge, which begins with the whole, the rules that found something in
# it and say nothing of a copy. Those that found something go to $scratch/proven.
silenced() {
    "$AWK" -v proven="$scratch/proven" -f "$srcdir/tests/golden/silenced.awk"
}

# prove BASE CHANGES...: of the organisation with the changes, in $scenario.
prove() {
    base=$1
    shift
    hidden=$never_absent
    # An organisation without anything in it leaves no trace.
    [ "$base" != no-exchange.ldif ] || hidden=${never_absent#msExchOrganizationContainer}
    options=
    for changes in "$@"; do
        options="$options --apply $changes"
    done
    rm -rf "$scratch/parts"
    mkdir "$scratch/parts"
    # shellcheck disable=SC2086
    "$ADTOPO" snapshot "$base" $options --output "$scratch/whole.ldif" 2>"$scratch/err" || {
        fail "$base with $*" "$(cat "$scratch/err")"
        return
    }
    {
        echo "$scratch/whole.ldif|$scenario||"
        "$AWK" -v into="$scratch/parts" -v hidden="$hidden" \
            -f "$srcdir/tests/golden/sight.awk" "$scratch/whole.ldif"
        for part in "$scratch"/parts/*; do
            echo "$part|$scenario||"
        done
    } | "$JUDGE" >"$scratch/report" || fail "$base with $*" "the judge ends with $?"
    silenced <"$scratch/report" >>"$scratch/silent"
}

# gather BASE: $together gets as many of the changes in $scratch/left as go together; the others
# stay there.
gather() {
    together=
    options=
    : >"$scratch/later"
    while read -r changes; do
        # shellcheck disable=SC2086
        if "$ADTOPO" show organization $options --apply "$changes" "$1" >/dev/null 2>&1; then
            together="$together $changes"
            options="$options --apply $changes"
        else
            echo "$changes" >>"$scratch/later"
        fi
    done <"$scratch/left"
    mv "$scratch/later" "$scratch/left"
}

# prove_all BASE: all changes for this organisation and $scenario, in as few portions as possible.
prove_all() {
    grep "^$1|$scenario|" "$scratch/changes" | cut -d '|' -f 3 >"$scratch/left"
    together=any
    while [ -s "$scratch/left" ] && [ -n "$together" ]; do
        gather "$1"
        # shellcheck disable=SC2086
        [ -z "$together" ] || prove "$1" $together
    done
}

for changes in rules/*.raise*.ldif; do
    [ -n "$(head_of "$changes" policy)" ] ||
        echo "$(head_of "$changes" base | sed 's,^\.\./,,')|$(head_of "$changes" scenario)|$changes"
done >"$scratch/changes"
: >"$scratch/proven"
: >"$scratch/silent"
cut -d '|' -f 1,2 "$scratch/changes" | LC_ALL=C sort -u >"$scratch/bases"
while IFS='|' read -r base scenario; do
    prove_all "$base"
done <"$scratch/bases"
# Rules that other faults covered up are tried alone.
while IFS='|' read -r base scenario changes; do
    rule=$(basename "$changes" | cut -d . -f 1)
    grep -qx "$rule" "$scratch/proven" || prove "$base" "$changes"
done <"$scratch/changes"

verdict "no rule turns silent for what it cannot see" "$(LC_ALL=C sort -u "$scratch/silent")"
rules=$(LC_ALL=C sort -u "$scratch/proven" | wc -l)
if [ "$rules" -ge 180 ]; then
    ok "$rules rules were tried"
else
    fail "rules were tried" "only $rules"
fi

finish
