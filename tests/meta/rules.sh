#!/bin/sh
# The catalogue of rules and its fixtures: every rule says everything, under a
# name of its own; explain prints it; what the directory decides has a fixture
# that raises it and one that does not; no fixture is about no rule, or left out
# of the distribution.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
listed=$srcdir/fixtures/Makefile.inc
catalogue=$scratch/catalogue

"$ADTOPO" rules --format json --output "$catalogue" || exit 99

# texts: "ID TAB key TAB text" for each text of each rule: the JSON has one member
# on each line.
# shellcheck disable=SC2016
"$AWK" '
    /^ *"[A-Za-z]+": "/ {
        key = $0; sub(/^ *"/, "", key); sub(/": .*/, "", key)
        text = $0; sub(/^ *"[A-Za-z]+": "/, "", text); sub(/",?$/, "", text)
        gsub(/\\"/, "\"", text); gsub(/\\\\/, "\\", text)
        if (key == "id")
            id = text
        print id "\t" key "\t" text
    }' "$catalogue" >"$scratch/texts"
texts() {
    cat "$scratch/texts"
}

# values KEY: the rules with the text that they have under the key.
# shellcheck disable=SC2016
values() {
    texts | "$AWK" -F '\t' -v key="$1" '$2 == key { print $1 "\t" $3 }'
}

ids=$(values id | cut -f 1)
wanted=$(echo "$ids" | wc -l)

# Every rule has the text, and more than a word of it.
# shellcheck disable=SC2016
without_text() {
    values "$1" | "$AWK" -F '\t' -v least="$2" 'length($2) >= least { print $1 }' |
        LC_ALL=C sort >"$scratch/with"
    echo "$ids" | LC_ALL=C sort | LC_ALL=C comm -23 - "$scratch/with"
}

repeated() {
    values "$1" | cut -f 2 | tr '[:upper:]' '[:lower:]' | LC_ALL=C sort | uniq -d
}

if [ -z "$ids" ]; then
    fail "the catalogue has rules" "$(head -n 20 "$catalogue")"
    finish
fi
ok "the catalogue has $wanted rules"
for key in title condition why remedy references; do
    verdict "every rule has its $key" "$(without_text "$key" 8)"
done
verdict "every rule has a slug" "$(without_text slug 3)"
verdict "no identifier is used twice" "$(repeated id)"
verdict "no slug is used twice" "$(repeated slug)"
verdict "no title is used twice" "$(repeated title)"
verdict "identifiers and slugs are well formed" "$(values slug |
    grep -vxE '[A-Z]+[0-9]{3}	[a-z0-9]+(-[a-z0-9]+)*')"
# shellcheck disable=SC2016
verdict "texts are sentences" "$(texts | "$AWK" -F '\t' '
    $2 == "title" && $3 ~ /\.$/ { print $1 ": the title ends with a full stop" }
    $2 ~ /^(condition|why|remedy)$/ && $3 !~ /\.$/ { print $1 ": the " $2 " has no full stop" }
    $2 ~ /^(title|condition|why|remedy|references)$/ && $3 ~ /  / { print $1 ": two blanks: " $2 }
    ')"

# What explain does not print of the texts of a rule; it wraps them.
unexplained() {
    for id in $ids; do
        "$ADTOPO" explain "$id" >"$scratch/explained" 2>&1 || echo "$id: it fails"
        tr '\n' ' ' <"$scratch/explained" | tr -s ' ' >"$scratch/line"
        sed -n "s/^$id	//p" "$scratch/texts" | while read -r key text; do
            case $key in
            slug | title | condition | why | remedy | references)
                grep -qF -- "$text" "$scratch/line" || echo "$id: its $key"
                ;;
            esac
        done
    done
}
verdict "explain tells all" "$(unexplained)"

by_slug() {
    values slug | while read -r id slug; do
        "$ADTOPO" explain "$slug" 2>/dev/null | grep -q "$id" || echo "$slug"
    done
}
verdict "explain takes slugs" "$(by_slug)"

# Rules that nothing in the directory decides have no fixture to raise them.
# shellcheck disable=SC2016
without_fixtures() {
    values decidedBy | "$AWK" -F '\t' '$2 != "by hand" { print $1 }' | while read -r id; do
        for kind in raise near; do
            [ -e "$srcdir/fixtures/rules/$id.$kind.ldif" ] ||
                echo "fixtures/rules/$id.$kind.ldif is missing"
        done
    done
}
verdict "every rule has its fixtures" "$(without_fixtures)"

stray_fixtures() {
    for path in "$srcdir"/fixtures/rules/*.ldif; do
        name=$(basename "$path")
        echo "$ids" | grep -qx "${name%%.*}" || echo "$name: there is no such rule"
        echo "$name" | grep -qxE '[A-Z]+[0-9]{3}\.(raise|near)(-[0-9]+)?\.ldif' ||
            echo "$name: a name of another form"
        grep -q "fixtures/rules/$name\( \|\$\)" "$listed" ||
            echo "$name is not in fixtures/Makefile.inc"
    done
}
verdict "every fixture is about a rule and distributed" "$(stray_fixtures)"

stray_policies() {
    for path in "$srcdir"/fixtures/rules/*.policy; do
        name=$(basename "$path")
        grep -qx "# policy: $name" "$srcdir/fixtures/rules/${name%%[.-]*}".*.ldif ||
            echo "no change file asks for $name"
        grep -q "fixtures/rules/$name\( \|\$\)" "$listed" ||
            echo "$name is not in fixtures/Makefile.inc"
    done
}
verdict "every policy is asked for and distributed" "$(stray_policies)"

lost_fixtures() {
    grep -o 'fixtures/[A-Za-z0-9./_-]*\.ld[a-z]*' "$listed" | while read -r path; do
        [ -e "$srcdir/$path" ] || echo "$path is not there"
    done
}
verdict "everything distributed is there" "$(lost_fixtures)"

finish
