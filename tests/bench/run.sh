#!/bin/sh
# make bench: an audit of 100,000 servers, in turn with libldap's own LDIF reader
# in a loop that builds nothing, and with wc -l. To be run in the top of a build
# tree. SERVERS and RUNS may be set in the environment.

set -eu

srcdir=$(cd "${srcdir:-.}" && pwd)
servers=${SERVERS:-100000}
runs=${RUNS:-5}
fixture=$srcdir/fixtures/coexistence-healthy.ldif
here=tests/bench
input=$here/servers.ldif

# The program itself, not libtool's wrapper around it.
adtopo=./adtopo
if [ -x .libs/adtopo ]; then
    adtopo=.libs/adtopo
    LD_LIBRARY_PATH=$PWD/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    export LD_LIBRARY_PATH
fi

measure() {
    "$here/measure" "$runs" "$@"
}

# row WHAT MILLISECONDS
row() {
    echo "$2 $loop_time" | awk -v what="$1" \
        '{ printf "%-28s %9.1f ms   %5.2f x the loop\n", what, $1, $1 / $2 }'
}

# The organisation, with the new servers of 2003 listed in their routing group.
organisation() {
    awk -v list="$here/gen-ldif members $servers" '
        /^dn: / { group = /^dn: CN=Munich,CN=Routing Groups/ }
        group && /^msExchRoutingGroupMembersDN:/ {
            while ((list | getline line) > 0)
                print line
            group = 0
        }
        { print }' "$fixture"
}

{ organisation && echo && "$here/gen-ldif" servers "$servers"; } >"$input"
bytes=$(wc -c <"$input")
echo "$servers servers, $bytes bytes, median of $runs runs"

times=$(measure "$here/ldif-loop" "$input" -- wc -l "$input" -- "$adtopo" audit "$input")
{ read -r loop_time _ && read -r lines_time _ && read -r audit_time memory; } <<END
$times
END
small=$(measure "$adtopo" audit "$fixture")

row "wc -l" "$lines_time"
row "libldap's LDIF loop" "$loop_time"
row "adtopo audit" "$audit_time"
echo "$memory $bytes" | awk '{
    printf "%-28s %9.1f MiB  %5.2f x the file\n", "its memory beside the file",
        $1 / 1024, $1 * 1024 / $2 }'
echo "${small% *}" | awk '{ printf "%-28s %9.1f ms\n", "audit of one organisation", $1 }'
