#!/bin/sh
# Read-only by construction: no function that changes a directory is linked,
# neither by the library nor by the program.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"

# Everything in libldap that sends an add, modify, delete, rename or password
# request. Extended operations may write as well; StartTLS and Who am I, which
# may not, have functions of their own.
writer='ldap_(add|modify|delete|rename|modrdn2?|passwd|txn_[a-z]+|extended_operation|turn|refresh)'
writer="$writer(_ext)?(_s)?"

# linked FILE: names that FILE wants from other libraries.
linked() {
    # libtool's name for nm carries an option.
    # shellcheck disable=SC2086
    ${NM:-nm} -D --undefined-only "$1" | sed 's/.* //; s/@.*//'
}

# look_at FILE: FILE, which has to be a library or a program, or is not there.
look_at() {
    if ! [ -r "$1" ]; then
        skip "${1##*/}" "not built"
        return
    fi
    linked "$1" >"$scratch/linked"
    if [ -s "$scratch/linked" ]; then
        verdict "${1##*/} links no function that writes to a directory" \
            "$(grep -xE "$writer" "$scratch/linked")"
    else
        fail "nm sees nothing that ${1##*/} links"
    fi
}

look_at "$LIBADTOPO"
# libtool leaves the program itself beside the library, and a script in its place.
look_at "${LIBADTOPO%/*}/adtopo"

# The sources have the last word on what is called through a pointer.
verdict "no source names such a function" \
    "$(cd "$srcdir" && grep -nE "\\b$writer\\b" src/*/*.[ch])"

finish
