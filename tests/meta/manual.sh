#!/bin/sh
# The manual and the program's own usage speak of the same commands, options and
# topics, and the manual is well formed.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
manual=$srcdir/doc/adtopo.1
commands=$("$ADTOPO" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p')

# Long and short options in the usages: "--format", "-v".
usage_options() {
    for command in $commands; do
        "$ADTOPO" "$command" --help
    done | grep -E '^ +-' | grep -oE '^ +(-[A-Za-z], )?--[a-z-]+' | grep -oE -e '--?[A-Za-z-]+' |
        LC_ALL=C sort -u
}

# The same in the manual, which defines options in lines that begin with .It.
manual_options() {
    grep '^\.It Fl' "$manual" | grep -oE 'Fl (Fl )?[A-Za-z-]+' | sed 's/Fl Fl /--/; s/Fl /-/' |
        LC_ALL=C sort -u
}

# usage_topics: what show --help lists.
usage_topics() {
    "$ADTOPO" show --help | sed -n '/^What to show:/,/^$/s/^  \([a-z-]*\) .*/\1/p' | LC_ALL=C sort
}

manual_topics() {
    sed -n '/^\.Sh WHAT TO SHOW/,/^\.Sh ENV/s/^\.It Cm //p' "$manual" | tr -d ' ' | tr ',' '\n' |
        LC_ALL=C sort
}

manual_commands() {
    sed -n '/^The commands are/,/^\.Ss/s/^\.It Cm //p' "$manual"
}

# same WHAT: two lists in files, which have to be the same and not empty.
same() {
    if [ -s "$scratch/usage" ]; then
        verdict "$1" "$(diff -U 0 --label usage "$scratch/usage" --label manual "$scratch/manual" |
            grep '^[+-][^+-]')$(diff -U 0 "$scratch/usage" "$scratch/manual" | grep '^[+-]-' |
            grep -v '^[+-]\{3\} ')"
    else
        fail "$1" "the usage has none"
    fi
}

usage_options >"$scratch/usage"
manual_options >"$scratch/manual"
same "the options of the usage are those of the manual"
usage_topics >"$scratch/usage"
manual_topics >"$scratch/manual"
same "the topics of the usage are those of the manual"
echo "$commands" >"$scratch/usage"
manual_commands >"$scratch/manual"
same "the commands of the usage are those of the manual"

for status in 0 1 2 3 4 5; do
    verdict "exit status $status is in the manual" \
        "$(grep -qx "\.It $status" "$manual" || echo "it is not")"
done

if have mandoc; then
    verdict "mandoc has nothing to say" "$(mandoc -Tlint -W warning "$manual" 2>&1)"
else
    skip "mandoc has nothing to say" "not found"
fi

finish
