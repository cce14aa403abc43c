#!/bin/sh
# The vocabulary's tables and generators: the committed documentation is what they give, every awk
# gives the same, and a table with a mistake in it gives nothing.

: "${srcdir:=.}"
. "$srcdir/tests/lib.sh"
LC_ALL=C
export LC_ALL

schema=$srcdir/schema

# generate AWK GENERATOR ATTRIBUTES CLASSES
generate() {
    "$1" -v base=DC=contoso,DC=test -v level=14625 \
        -f "$schema/common.awk" -f "$schema/$2.awk" "$3" "$4"
}

documentation_is_fresh() {
    generate "${AWK:-awk}" markdown "$schema/attributes.tsv" "$schema/classes.tsv" \
        >"$scratch/vocabulary.md"
    verdict "doc/vocabulary.md is what the tables give (make vocabulary-doc renews it)" \
        "$(diff "$srcdir/doc/vocabulary.md" "$scratch/vocabulary.md" 2>&1 | head -n 20)"
}

# generator_agrees GENERATOR: mawk and gawk print the same bytes, and some.
generator_agrees() {
    for awk in mawk gawk; do
        if ! have "$awk"; then
            skip "$1.awk under mawk and gawk" "there is no $awk"
            return
        fi
        if ! generate "$awk" "$1" "$schema/attributes.tsv" "$schema/classes.tsv" \
            >"$scratch/$1.$awk"; then
            fail "$1.awk under $awk"
            return
        fi
    done
    if [ -s "$scratch/$1.mawk" ] && cmp -s "$scratch/$1.mawk" "$scratch/$1.gawk"; then
        ok "$1.awk prints the same under mawk and gawk"
    else
        fail "$1.awk prints the same under mawk and gawk"
    fi
}

# refused WHAT TABLE SED-SCRIPT: a table changed that way gives nothing but a complaint about a row.
refused() {
    cp "$schema/attributes.tsv" "$schema/classes.tsv" "$scratch"
    sed "$3" "$schema/$2" >"$scratch/$2"
    if generate "${AWK:-awk}" vocabulary-h "$scratch/attributes.tsv" "$scratch/classes.tsv" \
        >"$scratch/out" 2>"$scratch/err"; then
        fail "refused: $1" "accepted"
    elif [ -s "$scratch/out" ] || ! grep -q '\.tsv:[0-9]*: ' "$scratch/err"; then
        fail "refused: $1" "$(cat "$scratch/err")"
    else
        ok "refused: $1"
    fi
}

documentation_is_fresh
for generator in vocabulary-h vocabulary-c openldap activedirectory markdown; do
    generator_agrees "$generator"
done
tab=$(printf '\t')
refused "an unknown syntax" attributes.tsv "/^cost${tab}/s/integer/number/"
refused "a row twice" attributes.tsv '/^cost/p'
refused "a row out of order" classes.tsv '/^addIn/{h;d;}; /^addrType/G'
refused "an OID twice" attributes.tsv "s/^cost${tab}[^$tab]*/cost${tab}2.5.4.3/"
refused "a secret that would be read" attributes.tsv \
    "/^unicodePwd${tab}/s/reference/read/"
refused "a link without its other side" attributes.tsv '/^homeMDBBL/d'
refused "a class without its superior" classes.tsv '/^mailGateway/d'
refused "a class with an attribute that is not there" attributes.tsv '/^routingList/d'
refused "a missing field" classes.tsv "/^site${tab}/s/${tab}[^$tab]*\$//"
finish
