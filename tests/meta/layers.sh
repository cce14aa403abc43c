#!/bin/sh
# The table of layers: a file includes headers of its own layer and of lower
# ones only, and each outside library is known to the layers that need it and
# to nobody else. The table is doc/architecture.md's; change both together.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"

# complaints TREE: file:line: complaint for every #include that is not allowed.
complaints() {
    (cd "$1" && find . -name '*.[ch]' | sed 's,^\./,,' | grep -E '^(src|include)/' |
        LC_ALL=C sort | xargs "${AWK:-awk}" -f "$srcdir/tests/meta/layers.awk" 2>&1)
}

# planted FILE INCLUDED: a tree of one file with one #include, in $scratch/tree.
planted() {
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree/$(dirname "$1")"
    echo "#include $2" >"$scratch/tree/$1"
    complaints "$scratch/tree"
}

forbidden() {
    if [ -n "$(planted "$1" "$2")" ]; then
        ok "$1 may not include $2"
    else
        fail "$1 may include $2"
    fi
}

allowed() {
    verdict "$1 may include $2" "$(planted "$1" "$2")"
}

forbidden src/model/link.c '"rules/rule.h"'
forbidden src/base/arena.h '"directory/dn.h"'
forbidden src/base/arena.h '<ldap.h>'
forbidden src/rules/site.c '<jansson.h>'
forbidden src/cli/main.c '"model/link.h"'
forbidden src/cli/main.c '<jansson.h>'
forbidden src/model/link.c '"link.h"'
forbidden src/other/link.c '"base/arena.h"'
forbidden include/adtopo/adtopo.h '<glib.h>'
allowed src/model/link.c '"directory/dn.h"'
allowed src/source/server.c '<ldap.h>'
allowed src/report/json.c '<jansson.h>'
allowed src/cli/main.c '<adtopo/adtopo.h>'

verdict "every include of the tree is allowed" "$(complaints "$srcdir")"

finish
