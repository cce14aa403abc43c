#!/bin/sh
# Where a record could not be read, what seems to be missing may be in it: which
# rules one of their change files raises no more, laid over an organisation with a
# broken record, stands in tests/golden/expected/lost.text.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/expected.sh
. "$srcdir/tests/golden/expected.sh"

for organization in *.ldif *.ldf; do
    case $organization in
    *utf16*) iconv -f UTF-16 -t UTF-8 "$organization" ;;
    *) cat "$organization" ;;
    esac >"$scratch/$organization"
    printf '\nthis is no line\n' >>"$scratch/$organization"
done
heads rules/*.raise*.ldif | sed "s,^,$scratch/,; s,/\./,/," >"$scratch/table"
"$JUDGE" <"$scratch/table" >"$scratch/report" || fail "the judge" "it ends with status $?"
# shellcheck disable=SC2016
verdict "all of them are read in part" "$("$AWK" '
    /^== / { if (name != "" && !partial) print name; name = $0; partial = 0 }
    /^partial$/ { partial = 1 }' "$scratch/report")"

# The rules that a file raises no more, and whether they say so.
# shellcheck disable=SC2016
"$AWK" '
    function close_case() {
        if (name != "" && said != "raised")
            print rule ": " said
    }
    /^== / {
        close_case()
        split($0, field, "|")
        name = rule = field[4]
        sub(/.*\//, "", rule)
        sub(/\..*/, "", rule)
        said = "nothing"
    }
    $1 == rule && $2 ~ /^(error|warning|info):$/ { said = "raised" }
    $1 == rule && $2 == "open" && said == "nothing" { said = "not assessed" }
    END { close_case() }' "$scratch/report" | uniq >"$scratch/silenced"
check lost.text cat "$scratch/silenced"

finish
