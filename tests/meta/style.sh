#!/bin/sh
# How the sources look: blanks, line lengths, clang-format, shellcheck.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
cd "$srcdir" || exit 99

c_files() {
    find src include tests -name '*.[ch]' | grep -v '^src/directory/vocabulary-\(ids\|table\)\.' |
        LC_ALL=C sort
}

# Every shell script of the tree, by its first line or its place.
scripts() {
    {
        echo quickstart
        [ ! -e .ci/run ] || echo .ci/run
        find tests -name '*.sh'
    } | LC_ALL=C sort
}

# matching EXPRESSION FILE...: file:line of every line that EXPRESSION matches.
matching() {
    expression=$1
    shift
    grep -nE "$expression" "$@" /dev/null | cut -c1-120
}

# over_long FILE...: columns are characters, not bytes.
over_long() {
    # shellcheck disable=SC2016
    "${AWK:-awk}" '{
        line = $0
        gsub(/[\200-\277]/, "", line)
        if (length(line) > 100)
            printf "%s:%d: %d columns\n", FILENAME, FNR, length(line)
    }' "$@"
}

tab=$(printf '\t')
# No name in the tree holds a blank.
# shellcheck disable=SC2046
{
    verdict "no tab in C sources" "$(matching "$tab" $(c_files))"
    verdict "no blank at the end of a line" \
        "$(matching "[ $tab]+\$" $(c_files) $(scripts) configure.ac Makefile.am)"
    verdict "no carriage return" "$(matching "$(printf '\r')" $(c_files) $(scripts))"
    verdict "no line over 100 columns" "$(over_long $(c_files) $(scripts))"
    verdict "no pragma once" "$(matching '^# *pragma +once' $(c_files))"
    verdict "no word of unfinished work" \
        "$(matching '\b(TO''DO|FIX''ME|X''XX|HA''CK)\b' $(c_files) $(scripts))"
}

# misformatted FILE...: the first line of each file that `make format` would change.
misformatted() {
    "$CLANG_FORMAT" --dry-run --Werror "$@" 2>&1 | grep 'error:' |
        sed 's/:[0-9]*: error:.*/: make format would change this/' | sort -t: -u -k1,1
}

if have "${CLANG_FORMAT-}"; then
    # shellcheck disable=SC2046
    verdict "clang-format has nothing to change" "$(misformatted $(c_files))"
else
    skip "clang-format" "clang-format-14 not found"
fi

if have "${SHELLCHECK-}"; then
    # shellcheck disable=SC2046
    verdict "shellcheck is content" "$("$SHELLCHECK" --format=gcc $(scripts) 2>&1)"
else
    skip "shellcheck" "not found"
fi

finish
