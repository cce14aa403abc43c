#!/bin/sh
# doc/coverage.md: every statement has rules, every rule in it exists, and each
# has a fixture that raises it unless nothing in a directory decides it.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
table=$srcdir/doc/coverage.md

"$ADTOPO" rules -v >"$scratch/rules" || exit 99
awk '/^[A-Z]+[0-9]+ / { print $1 }' "$scratch/rules" >"$scratch/ids"
awk '/^[A-Z]+[0-9]+ / && /  by hand  / { print $1 }' "$scratch/rules" >"$scratch/by-hand"

# The rows as "statement TAB rules".
# shellcheck disable=SC2016
"$AWK" -F ' *\\| *' '/^\|/ && $2 !~ /^-+$/ && $2 != "section" { print $3 "\t" $4 }' "$table" \
    >"$scratch/rows"
named() {
    cut -f 2 "$scratch/rows" | tr ' ' '\n' | LC_ALL=C sort -u
}

rows=$(wc -l <"$scratch/rows")
verdict "the table has its statements" "$([ "$rows" -ge 26 ] || echo "only $rows")"
verdict "every statement has a rule" "$(grep -vE '	[A-Z]+[0-9]{3}( [A-Z]+[0-9]{3})*$' \
    "$scratch/rows")"
verdict "every rule exists" "$(named | grep -vxF -f "$scratch/ids")"

unraised() {
    named | grep -vxF -f "$scratch/by-hand" | while read -r id; do
        [ -e "$srcdir/fixtures/rules/$id.raise.ldif" ] || echo "$id"
    done
}
verdict "every rule can be raised" "$(unraised)"

finish
