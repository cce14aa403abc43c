#!/bin/sh
# Worked cases of routing, each built as LDIF and asked through the command line;
# tests/golden/routes/cases.txt says how to read them.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
routes=$srcdir/tests/golden/routes

if ! have jq; then
    skip "worked cases" "jq not found"
    finish
fi

# look_up WANTED: complains of a KEY=VALUE that is not among the answer's lines.
look_up() {
    for wanted in $1; do
        grep -qxF -e "$wanted" "$scratch/answer" || echo "it does not say $wanted"
    done
    for wanted in $2; do
        ! grep -qxF -e "$wanted" "$scratch/answer" || echo "it says $wanted"
    done
}

# ask COMMAND OPTION...: puts the answer into $scratch/answer.
ask() {
    "$ADTOPO" "$@" --format json "$scratch/forest.ldif" >"$scratch/json" 2>"$scratch/err" &&
        jq -r -f "$routes/answer.jq" "$scratch/json" >"$scratch/answer" 2>>"$scratch/err"
}

# What was not taken, and what is worth knowing, is said once.
said_twice() {
    grep -e '^rejected=' -e '^notice=.*:' "$scratch/answer" | LC_ALL=C sort | uniq -d |
        sed 's/^/it says twice /'
}

# judge NAME ASK WANT NEVER
judge() {
    # Several words on purpose.
    # shellcheck disable=SC2086
    if ask $2; then
        complaints=$(look_up "$3" "$4" && said_twice)
        [ -z "$complaints" ] || complaints="$complaints
$(cat "$scratch/answer")"
        verdict "$1: $2" "$complaints"
    else
        fail "$1: $2" "$(cat "$scratch/err")"
    fi
}

# Lines of one case are collected until its questions come.
name=
question=
want=
never=
settle() {
    [ -z "$question" ] || judge "$name" "$question" "$want" "$never"
    question=
    want=
    never=
}

while read -r word rest; do
    case $word in
    '' | '#'*) ;;
    case)
        settle
        name=$rest
        : >"$scratch/lines"
        ;;
    ask)
        settle
        question=$rest
        ${AWK:-awk} -f "$routes/forest.awk" "$scratch/lines" >"$scratch/forest.ldif"
        ;;
    want) want="$want $rest" ;;
    never) never=$rest ;;
    *) echo "$word $rest" >>"$scratch/lines" ;;
    esac
done <"$routes/cases.txt"
settle

finish
