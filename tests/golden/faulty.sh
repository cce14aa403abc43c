# shellcheck shell=sh
# For the tests that want to know what rules say of organisations as faulty as the change files of
# fixtures/rules make them, when part of it is hidden. The script that sources this file, behind
# tests/lib.sh and tests/golden/fixtures.sh, has a function `take_apart BASE`, which makes copies of
# $scratch/whole.ldif in $scratch/parts.
# shellcheck disable=SC2154

# prove BASE CHANGES...: of the organisation with the changes, in $scenario. The rules that found
# something in the whole go to $scratch/proven, those that say nothing of a copy to $scratch/silent,
# and what is graver in a copy to $scratch/accused.
prove() {
    base=$1
    shift
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
    take_apart "$base"
    {
        echo "$scratch/whole.ldif|$scenario||"
        for part in "$scratch"/parts/*; do
            echo "$part|$scenario||"
        done
    } | "$JUDGE" >"$scratch/report" || fail "$base with $*" "the judge ends with $?"
    "$AWK" -v proven="$scratch/proven" -f "$srcdir/tests/golden/silenced.awk" \
        <"$scratch/report" >>"$scratch/silent"
    "$AWK" -f "$srcdir/tests/golden/accused.awk" <"$scratch/report" >>"$scratch/accused"
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

# prove_faulty LEAST: everything; at least LEAST rules have to find something.
prove_faulty() {
    least=$1
    for changes in rules/*.raise*.ldif; do
        [ -z "$(head_of "$changes" policy)" ] || continue
        base=$(head_of "$changes" base | sed 's,^\.\./,,')
        echo "$base|$(head_of "$changes" scenario)|$changes"
    done >"$scratch/changes"
    : >"$scratch/proven"
    : >"$scratch/silent"
    : >"$scratch/accused"
    cut -d '|' -f 1,2 "$scratch/changes" | LC_ALL=C sort -u >"$scratch/bases"
    while IFS='|' read -r base scenario; do
        prove_all "$base"
    done <"$scratch/bases"
    # Rules that other faults covered up are tried alone.
    while IFS='|' read -r base scenario changes; do
        rule=$(basename "$changes" | cut -d . -f 1)
        grep -qx "$rule" "$scratch/proven" || prove "$base" "$changes"
    done <"$scratch/changes"
    rules=$(LC_ALL=C sort -u "$scratch/proven" | wc -l)
    if [ "$rules" -ge "$least" ]; then
        ok "$rules rules were tried"
    else
        fail "rules were tried" "only $rules"
    fi
}
