#!/bin/sh
# What a reader may not see is never taken for what is not there. One directory is read three times:
# by one who sees everything, by one who sees objects without their attributes, as Active Directory
# shows Exchange's part to an ordinary user, and by one who does not see the containers of servers.
# No rule that found something for the first may be silent for the others.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/live/audit-lib.sh
. "$srcdir/tests/live/audit-lib.sh"
# shellcheck source=tests/live/slapd-lib.sh
. "$srcdir/tests/live/slapd-lib.sh"

slapd_or_skip "rights to read"

exchange='CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=test'

# The rules that found something, and the rules that say anything: one id a line.
found() {
    jq -r '.findings[].rule' "$1" | sort -u
}

spoken() {
    jq -r '.findings[].rule, .notAssessed[].rule' "$1" | sort -u
}

# read_as NAME ACCESS: audits with that access control into $scratch/NAME.json. Who cannot see what
# the organisation consists of has an audit in part.
read_as() {
    if ! slapd_start "$2"; then
        fail "slapd starts for $1" "$(cat "$scratch/slapd.log")"
        return 1
    fi
    "$ADTOPO" audit --format json "$slapd_uri" >"$scratch/$1.json" 2>"$scratch/err"
    status=$?
    case $1 in
    full) [ $status -le 1 ] ;;
    *) [ $status -eq 4 ] && grep -q 'in part only' "$scratch/err" ;;
    esac || fail "$1 is judged" "status $status: $(cat "$scratch/err")"
}

# not_silenced WHAT NAME: every rule that found something for the full reader says something for
# this one.
not_silenced() {
    found "$scratch/full.json" >"$scratch/found"
    spoken "$scratch/$2.json" >"$scratch/spoken"
    if [ -s "$scratch/found" ] && [ -s "$scratch/spoken" ]; then
        verdict "$1" "$(comm -23 "$scratch/found" "$scratch/spoken" | sed 's/$/ turned silent/')"
    else
        fail "$1" "nothing was judged"
    fi
}

compare_readers() {
    name=${1##*/}
    slapd_load "$1" || {
        fail "$name is taken by slapd" "$(cat "$scratch/load.log")"
        return
    }
    read_as full '' || return
    read_as bare "access to dn.subtree=\"$exchange\" attrs=entry,children,objectClass,cn by * read
access to dn.subtree=\"$exchange\" by * none
access to * by * read" && not_silenced "$name: objects without attributes" bare
    read_as blind "access to dn.regex=\"CN=Servers,CN=[^,]+,CN=Administrative Groups,\" by * none
access to * by * read" && not_silenced "$name: no servers" blind
    counted
}

# The numbers of objects and of bare ones tell the three readers apart.
counted() {
    counts='[.sources[0].classes.msExchExchangeServer // {} | .objects, .bare]'
    verdict "$name: objects and bare ones are counted" "$(
        for reader in full bare blind; do jq -c "$counts" "$scratch/$reader.json"; done | jq -rs '
            .[0][0] as $servers |
            if $servers > 0 and . == [[$servers, 0], [$servers, $servers], [null, null]]
            then empty else "\(.)" end')"
}

for organisation in coexistence-faulty exchange-2003 exchange-2007 coexistence-healthy; do
    compare_readers "$srcdir/fixtures/$organisation.ldif"
done
finish
