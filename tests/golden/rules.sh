#!/bin/sh
# Every change file of fixtures/rules raises what its head comment says, in the
# words of tests/golden/expected/rules, and every organisation of fixtures what
# its own head says. A file X.raise.ldif raises rule X; X.near.ldif looks like it
# and does not.
#
# With RULES="RG001 RG002" in the environment only their change files are tried.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
words=$srcdir/tests/golden/expected/rules

# The change files, in order.
chosen() {
    if [ -z "${RULES-}" ]; then
        ls rules/*.ldif
    else
        for rule in $RULES; do
            ls rules/"$rule".*.ldif 2>/dev/null
        done
    fi
}

# What tests/golden/rules.awk compares with: the organisations by their own heads;
# under a scenario or policy, to know what changes add to them; and the changes.
table() {
    # shellcheck disable=SC2046
    heads $(chosen) >"$scratch/heads"
    heads ./*.ldif | sed 's,^|||./\([^|]*\)|,\1||||,'
    for organization in *.ldf; do
        echo "$organization||||$(head_of "$organization" raises)|"
    done
    cut -d '|' -f 1-3 "$scratch/heads" | grep -v '||$' | LC_ALL=C sort -u | sed 's/$/|||/'
    cat "$scratch/heads"
}

table >"$scratch/table"
mkdir "$scratch/said" "$scratch/expected"
"$JUDGE" <"$scratch/table" >"$scratch/report" || fail "the judge" "it ends with status $?"
"$AWK" -v said="$scratch/said" -f "$srcdir/tests/golden/rules.awk" \
    "$scratch/table" "$scratch/report" >"$scratch/verdicts"
while IFS='|' read -r verdict what why; do
    "$verdict" "$what" "$why"
done <"$scratch/verdicts"

# --- The words -----------------------------------------------------------------------

# spoken: what each of the fixtures in $scratch/said is about, in files by family.
spoken() {
    (cd "$scratch/said" && for fixture in *; do
        family=${fixture%%[0-9]*}
        [ ! -s "$fixture" ] || { echo "== $fixture" && cat "$fixture"; } >>"$1/$family.text"
    done)
}

# expected_of FAMILY: what is expected of the fixtures that were tried.
expected_of() {
    if [ -z "${RULES-}" ]; then
        cat "$words/$1.text"
    else
        # shellcheck disable=SC2016
        "$AWK" -v rules=" $RULES " '
            /^== / { id = $2; sub(/\..*/, "", id); chosen = index(rules, " " id " ") }
            chosen' "$words/$1.text"
    fi
}

spoken "$scratch/expected"
if [ -n "${UPDATE-}" ] && [ -z "${RULES-}" ]; then
    mkdir -p "$words"
    cp "$scratch/expected/"*.text "$words"
fi
for family in $(cut -d '|' -f 4 "$scratch/table" | sed -n 's/.*\/\([A-Z]*\)[0-9].*/\1/p' | uniq); do
    verdict "what the rules of $family say" "$(expected_of "$family" |
        diff -u - "$scratch/expected/$family.text" 2>&1)"
done

# What nothing in the directory decides cannot be raised either.
[ -z "${RULES-}" ] || finish
for rule in $("$ADTOPO" rules -v | awk '/^[A-Z]+[0-9]+ / && !/  by hand  / { print $1 }'); do
    missing=
    [ -e "rules/$rule.raise.ldif" ] || missing="fixtures/rules/$rule.raise.ldif"
    [ -e "rules/$rule.near.ldif" ] || missing="$missing fixtures/rules/$rule.near.ldif"
    verdict "$rule has a fixture that raises it and one that does not" \
        "${missing:+missing: $missing}"
done

finish
