#!/bin/sh
# The example that `explain` prints for a rule raises it, by the command that is
# printed with it: nobody needs the source tree for that, only the organisations
# that are installed.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
mkdir "$scratch/try" || exit 99
cp "$srcdir"/fixtures/*.ldif "$srcdir"/fixtures/*.ldf "$scratch/try" || exit 99
cd "$scratch/try" || exit 99

# raised_by ID: runs the printed command on the printed changes and policy.
raised_by() {
    "$ADTOPO" explain "$1" --format ldif >"$1.ldif" || return
    sed -n 's/^#   //p' "$1.ldif" >"$1.policy"
    command=$(sed -n '1s/^# adtopo //p' "$1.ldif")
    # Several words on purpose.
    # shellcheck disable=SC2086
    "$ADTOPO" $command --quiet --format gnu 2>&1
}

# Rules that only speak when a domain partition is there say that they were not
# assessed, in the words of the fixture's head.
may_be_silent() {
    grep -q "^# not assessed: .*$1" "$srcdir/fixtures/rules/$1.raise.ldif"
}

check_rule() {
    raised=$(raised_by "$1")
    case $raised in
    *"[$1]"*) ok "the example of $1 raises it" ;;
    *)
        if may_be_silent "$1"; then
            ok "the example of $1 shows what is not assessed"
        else
            fail "the example of $1 raises it" "$raised"
        fi
        ;;
    esac
}

for id in $("$ADTOPO" rules -v | awk '/^[A-Z]+[0-9]+ / && !/  by hand  / { print $1 }'); do
    check_rule "$id"
done
verdict "what nothing raises has no example" "$("$ADTOPO" explain PF009 --format ldif |
    grep -v '^#')"
"$ADTOPO" explain RG010 >"$scratch/text"
verdict "the text shows the changes, the policy and the command" "$(
    grep -qx 'dn: CN=N001,CN=Connections,.*' "$scratch/text" || echo "no changes"
    grep -qx '#   many-connectors = 5' "$scratch/text" || echo "no policy"
    grep -qx '# adtopo audit --include RG010 --policy.*' "$scratch/text" || echo "no command"
)"
if have jq; then
    "$ADTOPO" explain RG010 --format json >"$scratch/json"
    verdict "JSON holds the same changes" "$(jq -j .example.changes "$scratch/json" |
        diff - "$(sed '1,/^$/d' RG010.ldif >changes && echo changes)")"
    verdict "JSON holds the parameters" "$(jq -c '.parameters[] | [.name, .default, .unit]' \
        "$scratch/json" | diff - /dev/fd/3 3<<'EOF'
["many-connectors",900,"connectors"]
EOF
    )"
    "$ADTOPO" rules --format json >"$scratch/catalogue"
    verdict "the catalogue has them all" "$(jq -r '.rules[] | select(.example == null)
        | select(.decidedBy != "by hand") | .id' "$scratch/catalogue")"
else
    skip "examples in JSON" "jq not found"
fi

# --- The catalogue as a document ------------------------------------------------------

"$ADTOPO" rules --format markdown >"$scratch/markdown" || fail "markdown" "status $?"
"$ADTOPO" rules | awk '/^[A-Z]+[0-9]+ / { print $1 }' >"$scratch/ids"
verdict "Markdown has a section for each rule" \
    "$(sed -n 's/^## \([A-Z0-9]*\): .*/\1/p' "$scratch/markdown" | diff "$scratch/ids" -)"
verdict "every section says all" "$(for part in 'At worst' 'Raised when' Why Remedy Sources; do
    grep -c "^- \*\*$part:\*\* " "$scratch/markdown" | grep -vx "$(wc -l <"$scratch/ids")"
done)"
verdict "markup in texts is text" "$(grep -n '^- \*\*.*[^\\]<' "$scratch/markdown")"
if "$ADTOPO" rules --format ldif >/dev/null 2>"$scratch/err"; then
    fail "rules have no LDIF" "status 0"
else
    verdict "an unknown format is said" "$(grep -q 'text, json, markdown' "$scratch/err" ||
        cat "$scratch/err")"
fi

finish
