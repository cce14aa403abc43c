#!/bin/sh
# Whether the tests would notice a fault in the rules: each mutant of src/rules,
# one thing changed (tests/meta/mutate.awk), is compiled and put before the tests
# of the rules; one that passes them all has survived.
#
# `make check` tries a sample (one mutant of ONE_OF); `make mutation` all, or with
# FILES="rg.c conn.c" those of some files, or with MUTANTS="rg.c:15:EQUAL" some by
# name, and prints every survivor. Mutants that do not compile, and those that
# compile to what was there, do not count. Survivors that are no hole in the tests
# stand in tests/meta/mutation-survivors.tsv, with the reason. WORKERS many are tried
# at a time.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
builddir=$PWD
sources=$srcdir/src/rules
listed=$srcdir/tests/meta/mutation-survivors.tsv
workers=${WORKERS:-2}
wanted=90
one_of=${ONE_OF:-215}

if ! [ -e "$builddir/.libs/libadtopo-internal.a" ] || [ -z "${MUTATION_COMPILE-}" ]; then
    skip "mutants" "no build to try them in"
    finish
fi

# compiled DIRECTORY OPTION...: without what tells lines apart.
compiled() {
    (cd "$builddir" && log=$1/log && shift &&
        eval "$MUTATION_COMPILE -w -g0 -I'$sources' $*" >"$log" 2>&1)
}

# compile DIRECTORY: mutant.c there to mutant.o, with its headers read beforehand.
compile() {
    compiled "$1" -include "'$1/headers.h'" -c "'$1/mutant.c'" -o "'$1/mutant.o'"
}

# link DIRECTORY PROGRAM OBJECT...: with the mutant in place of what it is one of.
link() {
    (cd "$builddir" && program=$2 into=$1 && shift 2 &&
        eval "$MUTATION_LINK $linker -o '$into/$program' $* '$into/mutant.o'" \
            "'$scratch/internal.a' $MUTATION_LIBS") >"$1/log" 2>&1
}

# prepare_links: what mutants are linked with, without debug information, and a fast linker.
prepare_links() {
    cp "$builddir/.libs/libadtopo-internal.a" "$scratch/internal.a"
    strip -g "$scratch/internal.a" 2>/dev/null
    linker=
    echo 'int main(void) { return 0; }' >"$scratch/empty.c"
    for option in -fuse-ld=gold -fuse-ld=lld; do
        eval "$MUTATION_LINK $option -o '$scratch/empty' '$scratch/empty.c'" 2>/dev/null ||
            continue
        linker=$option
        break
    done
}

# put FIRST LAST TEXT FILE: the file with those lines replaced, and no line moved.
put() {
    # shellcheck disable=SC2016
    TEXT=$3 "$AWK" -v first="$1" -v last="$2" '
        NR == first { print ENVIRON["TEXT"]; next }
        NR > first && NR <= last { print ""; next }
        { print }' "$4"
}

# passes SCRIPT [RULES]: with limits, for mutants that never end. (No POSIX, but
# every shell has them.)
export PARTS="${PARTS:-$scratch/parts}" JUDGE ADTOPO
passes() {
    # shellcheck disable=SC3045
    (export HASTY=yes RULES="${2-}" && ulimit -t 20 &&
        exec ${SHELL:-sh} "$srcdir/tests/golden/$1.sh") >"$scratch/log" 2>&1 </dev/null
}

# What has words of its own for a file, beside the fixtures of its rules.
scripts_of() {
    case $1 in
    assertion*.c) echo assertions policy ;;
    policy.c | acceptance.c | baseline.c | attestation.c | settings-file.c | parameter.c | \
        selection.c) echo policy ;;
    audit.c) echo policy assertions down preflight ;;
    finding.c) echo policy assertions down ;;
    engine.c) echo policy assertions sight ;;
    example.c) echo examples ;;
    path.c | plan-assertions.c) echo assertions preflight ;;
    preflight.c) echo preflight-words preflight assertions ;;
    plan*.c | pre*.c | references.c) echo preflight-words preflight ;;
    readiness.c) echo preflight ;;
    sight.c) echo sight ;;
    fix.c) echo remedy ;;
    ways-sight.c) echo ways ;;
    esac
}

# passes_units DIRECTORY: the unit tests of the rules and of what they are made of.
units="levels $(cd "$srcdir/tests/unit" && echo test-rules-*.c | sed 's/test-//g; s/\.c//g')"
passes_units() {
    for unit in $units; do
        [ -e "$builddir/tests/unit/test-$unit.o" ] || continue
        # shellcheck disable=SC3045
        link "$1" unit "tests/unit/test-$unit.o" tests/unit/.libs/libunit.a &&
            (ulimit -t 20 && exec "$1/unit") >/dev/null 2>&1 || return 1
    done
}

passes_original_units() {
    for unit in $units; do
        [ ! -x "$builddir/tests/unit/test-$unit" ] ||
            "$builddir/tests/unit/test-$unit" >"$scratch/log" 2>&1 || return 1
    done
}

# rules_of FILE: those in it or, where there are none, in the files that use it.
rules_of() {
    (
        cd "$sources" || exit
        users=$1
        grep -q '\.id = "' "$1" || users=$(grep -l "rules/${1%.c}\.h\"" ./*.c)
        # shellcheck disable=SC2086
        grep -ho '\.id = "[A-Z]*[0-9]*"' $users /dev/null | cut -d '"' -f 2 | tr '\n' ' '
    )
}

# survives DIRECTORY FILE: first come the tests that are most likely to notice, last the slow ones.
survives() {
    rules=$(rules_of "$2")
    JUDGE=$1/judge
    ADTOPO=$1/adtopo
    link "$1" judge tests/golden/judge.o || return 1
    [ -z "$rules" ] || passes rules "$rules" || return 1
    link "$1" adtopo 'src/cli/*.o' || return 1
    for script in $(scripts_of "$2"); do
        passes "$script" || return 1
    done
    passes rules && passes_units "$1" && passes lost && passes golden && passes partial
}

# original DIRECTORY FILE: what the unchanged file compiles to, in original.o.
original() {
    [ "$(cat "$1/of" 2>/dev/null)" != "$2" ] || return 0
    cp "$sources/$2" "$1/mutant.c"
    grep '^#include' "$sources/$2" >"$1/headers.h"
    rm -f "$1/headers.h.gch"
    compiled "$1" -x c-header "'$1/headers.h'" -o "'$1/headers.h.gch'"
    compile "$1" && mv "$1/mutant.o" "$1/original.o" && echo "$2" >"$1/of"
}

# fate DIRECTORY FILE FIRST LAST TEXT: in a word.
fate() {
    original "$1" "$2" || {
        echo broken
        return
    }
    put "$3" "$4" "$5" "$sources/$2" >"$1/mutant.c"
    if ! compile "$1"; then
        echo invalid
    elif cmp -s "$1/mutant.o" "$1/original.o"; then
        echo same
    elif (survives "$1" "$2"); then
        echo survived
    else
        echo caught
    fi
}

# work NUMBER: tries every so manieth mutant of $scratch/chosen.
work() {
    mkdir "$scratch/$1" && awk -v number="$1" -v workers="$workers" \
        'NR % workers == number % workers' "$scratch/chosen" >"$scratch/$1/mutants"
    while IFS='	' read -r id function first last text rest; do
        printf '%s\t%s\t%s\t%s\t%s\n' "$(fate "$scratch/$1" "${id%%:*}" "$first" "$last" "$text")" \
            "$id" "$function" "$rest" "$text"
    done <"$scratch/$1/mutants" >"$scratch/$1/fates"
}

# choose: of the mutants on standard input, those to be tried.
choose() {
    if [ -n "${MUTANTS-}" ]; then
        # shellcheck disable=SC2016
        "$AWK" -F '\t' -v names=" $MUTANTS " 'index(names, " " $1 " ")'
    elif [ "${MUTATION-}" = all ]; then
        cat
    else
        sample
    fi
}

# sample: about one mutant of $one_of, by what it changes and not by where that
# stands: others do not come and go with each line that is added somewhere.
sample() {
    # shellcheck disable=SC2016
    "$AWK" -F '\t' -v one_of="$one_of" '
        BEGIN {
            for (i = 32; i < 127; i++)
                code[sprintf("%c", i)] = i
        }
        {
            split($1, place, ":")
            text = $2 place[3] $6
            hash = 0
            for (i = 1; i <= length(text); i++)
                hash = (hash * 31 + code[substr(text, i, 1)]) % 1000003
        }
        hash % one_of == 0'
}

# explained: of the fates on standard input, survivors that the list knows.
explained() {
    # The list has: function, operator, the text that is changed, reason.
    # shellcheck disable=SC2016
    awk -F '\t' -v OFS='\t' '
        FILENAME != "-" { known[$1, $2, $3]; next }
        {
            split($2, place, ":")
            if ($1 == "survived" && (($3, place[3], $4) in known))
                $1 = "explained"
            print
        }' "$listed" -
}

count() {
    grep -c "^$1	" "$scratch/fates"
}

# The mutants of all files, or of those named.
mutants() {
    # shellcheck disable=SC2086
    (cd "$sources" && for file in ${FILES:-*.c}; do
        "$AWK" -f "$srcdir/tests/meta/mutate.awk" "$file"
    done)
}

prepare_links
mutants | choose >"$scratch/chosen"
if ! passes rules || ! passes partial || ! passes_original_units; then
    fail "the tests pass without a mutant" "$(grep -v '^ok:' "$scratch/log")"
    finish
fi
number=0
running=
stop_workers() {
    # shellcheck disable=SC2086,SC2317
    [ -z "$running" ] || kill $running 2>/dev/null
}
cleanup_command=stop_workers
while [ $number -lt "$workers" ]; do
    number=$((number + 1))
    work $number &
    running="$running $!"
done
wait
running=
cat "$scratch"/[0-9]*/fates | explained >"$scratch/fates"
[ -z "${MUTATION_FATES-}" ] || cp "$scratch/fates" "$MUTATION_FATES"
echo "$(wc -l <"$scratch/fates") mutants: $(count invalid) do not compile, $(count same) are the" \
    "same code; $(count caught) caught, $(count survived) survived, $(count explained) of the list"
verdict "every mutant was tried" "$(grep "^broken	" "$scratch/fates")"
tried=$(($(count caught) + $(count survived)))
if [ $tried -gt 0 ] && [ $(($(count caught) * 100)) -ge $((tried * wanted)) ]; then
    ok "the tests catch $wanted of 100 mutants"
else
    fail "the tests catch $wanted of 100 mutants" "$(count caught) of $tried"
fi
sed -n "s/^survived	/survived: /p" "$scratch/fates" | tr '\t' ' '

finish
