#!/bin/sh
# Every change file of fixtures/rules raises what its head comment says, and
# every organisation of fixtures what its own says. A file X.raise.ldif raises
# rule X; X.near.ldif looks like it and does not.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"

# compare WHAT WANTED RAISED
compare() {
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        fail "$1" "its head says: $2
raised:        $3"
    fi
}

for organization in $(organizations); do
    raised=$(audited "$organization") || {
        fail "$organization" "$(cat "$scratch/audit.err")"
        continue
    }
    compare "$organization" "$(head_of "$organization" raises)" \
        "$(echo "$raised" | cut -d ' ' -f 1 | LC_ALL=C sort -u | words)"
done

# weighty RULE: warnings and errors, and the rule itself at any severity.
weighty() {
    awk -v rule="$1" '$2 != "info" || $1 == rule { print $1 }' | LC_ALL=C sort -u
}

# of_base BASE RULE: what the organisation raises without the change.
of_base() {
    cache=$scratch/$(basename "$1").base$scenario
    [ -e "$cache" ] || audited "$1" >"$cache"
    weighty "$2" <"$cache"
}

# added CHANGES BASE RULE: what the change raises in addition, the rule itself
# in any case.
added() {
    of_base "$2" "$3" | grep -vx "$3" >"$scratch/before"
    audited "$2" --apply "$1" >"$scratch/after" || return 1
    weighty "$3" <"$scratch/after" | LC_ALL=C comm -13 "$scratch/before" - | words
}

# not_judged CHANGES BASE: the rules that could not be assessed.
not_judged() {
    judged --format json "$2" --apply "$1" 2>/dev/null |
        sed -n '/^  "notAssessed"/,/^  \]/s/^ *"rule": "\(.*\)",$/\1/p' | LC_ALL=C sort -u
}

# check_kind CHANGES RULE RAISED: whether the file does what its name says. A
# rule that an audit cannot raise, because the directory does not decide it or
# because it speaks in another situation, says so in the head.
check_kind() {
    case "$1: $3 " in
    *.near*" $2 "*) fail "$1" "a near miss may not raise $2" ;;
    *.near*) ;;
    *" $2 "*) ;;
    *)
        [ -n "$(head_of "$1" 'not assessed')" ] ||
            fail "$1" "it has to raise $2"
        ;;
    esac
}

try() {
    rule=$(basename "$1" | cut -d . -f 1)
    scenario=$(head_of "$1" scenario)
    base=rules/$(head_of "$1" base)
    if ! [ -r "$base" ]; then
        fail "$1" "the organisation it names is not there: $base"
    elif ! raised=$(added "$1" "$base" "$rule"); then
        fail "$1" "$(cat "$scratch/audit.err")"
    else
        compare "$1" "$(head_of "$1" raises)" "$raised"
        check_kind "$1" "$rule" "$raised"
    fi
    for open in $(head_of "$1" 'not assessed'); do
        verdict "$1: $open is not assessed" \
            "$(not_judged "$1" "$base" | grep -qx "$open" || echo "it is")"
    done
}

for changes in rules/*.ldif; do
    try "$changes"
done

# What nothing in the directory decides cannot be raised either.
for rule in $("$ADTOPO" rules -v | awk '/^[A-Z]+[0-9]+ / && !/  by hand  / { print $1 }'); do
    missing=
    [ -e "rules/$rule.raise.ldif" ] || missing="fixtures/rules/$rule.raise.ldif"
    [ -e "rules/$rule.near.ldif" ] || missing="$missing fixtures/rules/$rule.near.ldif"
    verdict "$rule has a fixture that raises it and one that does not" \
        "${missing:+missing: $missing}"
done

finish
