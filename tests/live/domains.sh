#!/bin/sh
# Domain partitions beside the configuration: the one that the server at hand holds, and that of a
# child domain with domain controllers of its own, which are found in DNS or in the configuration,
# are down, stall, hang up, or do not offer the encryption that was asked for. A child that cannot
# be read costs the rules about it and nothing else, and never goes without a word.

# shellcheck source=tests/live/samba-lib.sh
. "$srcdir/tests/live/samba-lib.sh"
samba_isolate "$0"
# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/live/audit-lib.sh
. "$srcdir/tests/live/audit-lib.sh"
# shellcheck source=tests/live/slapd-lib.sh
. "$srcdir/tests/live/slapd-lib.sh"
# shellcheck source=tests/live/domain-lib.sh
. "$srcdir/tests/live/domain-lib.sh"
# shellcheck source=tests/live/name-lib.sh
. "$srcdir/tests/live/name-lib.sh"

root=DC=contoso,DC=test
child=DC=child,$root
child_dns=child.contoso.test
child_host=child-dc1.$child_dns
child_uri=ldap://$child_host
records=_ldap._tcp.dc._msdcs.$child_dns

domains_need() {
    if ! slapd_need; then
        domains_missing=$slapd_missing
    elif [ "$SAMBA_ISOLATED" = no ]; then
        domains_missing="no namespaces of its own can be had here (unshare)"
    elif ! ip link set lo up 2>/dev/null || ! name_hosts; then
        domains_missing="no network of its own can be set up (ip, mount)"
    fi
    [ -z "${domains_missing-}" ]
}

name_hosts() {
    printf '%s\n' '127.0.0.1 localhost' "127.0.0.2 $child_host" \
        "127.0.0.1 other.$child_dns" >"$scratch/hosts"
    echo 'nameserver 127.0.0.1' >"$scratch/resolv.conf"
    mount --bind "$scratch/hosts" /etc/hosts 2>/dev/null &&
        mount --bind "$scratch/resolv.conf" /etc/resolv.conf 2>/dev/null
}

# --- The servers -----------------------------------------------------------------------------

# What the configuration knows of the child: the domain, and a domain controller.
child_in_configuration() {
    child_server="CN=CHILD-DC1,CN=Servers,CN=Seattle,CN=Sites,CN=Configuration,$root"
    echo
    record "CN=CHILD,CN=Partitions,CN=Configuration,$root" 'objectClass: crossRef' 'cn: CHILD' \
        "nCName: $child" "dnsRoot: $child_dns" 'nETBIOSName: CHILD' 'systemFlags: 3' \
        'nTMixedDomain: 0' 'msDS-Behavior-Version: 2'
    record "$child_server" 'objectClass: server' 'cn: CHILD-DC1' "dNSHostName: $child_host" \
        "serverReference: CN=CHILD-DC1,OU=Domain Controllers,$child"
    record "CN=NTDS Settings,$child_server" 'objectClass: applicationSettings' \
        'objectClass: nTDSDSA' 'cn: NTDS Settings' 'options: 0' "hasMasterNCs: $child" \
        "msDS-HasDomainNCs: $child" 'msDS-Behavior-Version: 2'
}

# Of the root domain all that Exchange adds; a computer of the child is in the interop group, too.
root_content() {
    domain_frame "$root" contoso
    domain_controllers "$root"
    domain_exchange "$root" |
        sed "s/^cn: Bridgeheads\$/&\\nmember: CN=EX03-FE1,CN=Computers,$child/"
}

child_content() {
    domain_frame "$child" child
    domain_suffix=contoso.test
    computer EX03-FE1 "CN=Computers,$child"
    domain_suffix=$child_dns
    computer CHILD-DC1 "OU=Domain Controllers,$child" 'operatingSystemVersion: 5.2 (3790)' \
        'operatingSystemServicePack: Service Pack 2'
    group 'Domain Users' "CN=Users,$child"
    for number in 1 2 3 4 5 6 7 8 9; do
        user "carol$number" "CN=Users,$child" 'msExchHomeServerName: /o=Contoso/ou=Gone/cn=GONE'
    done
}

child_pid=
child_stop() {
    [ -z "$child_pid" ] || { kill "$child_pid" && wait "$child_pid"; } 2>/dev/null
    child_pid=
}

# What cleanup_command names.
# shellcheck disable=SC2317
stop_all() {
    child_stop
    slapd_stop
    name_server_stop
    false_stop_all
}

child_start() {
    "${SLAPD:-slapd}" -d 0 -f "$scratch/child.conf" \
        -h "ldap://127.0.0.2:389 ldap://127.0.0.1:$child_port" >"$scratch/child.log" 2>&1 &
    child_pid=$!
    child_tries=100
    until ldapsearch -x -LLL -H ldap://127.0.0.2 -s base -b '' 1.1 >"$scratch/out" 2>&1; do
        child_tries=$((child_tries - 1))
        [ "$child_tries" -gt 0 ] || return 1
        sleep 0.1
    done
}

slapd_start_root() {
    slapd_domain=/dev/null # root.ldif has it
    slapd_load "$scratch/root.ldif" "$scratch/organisation.ldif" && slapd_start
}

child_load() {
    child_port=4389
    slapd_configure
    sed -e "s/^suffix .*/suffix \"$child\"/" -e "s,$scratch/db\$,$scratch/child-db," \
        -e "s/slapd\\.pid/child.pid/" -e '/^root/d' "$scratch/slapd.conf" >"$scratch/child.conf"
    mkdir "$scratch/child-db"
    child_content >"$scratch/child.ldif"
    "${SLAPD:-slapd}" -T add -q -f "$scratch/child.conf" -l "$scratch/child.ldif" \
        >"$scratch/load.log" 2>&1
}

# --- What is said ----------------------------------------------------------------------------

# from WHAT URI: the last audit read the child from there.
from() {
    holds "$1" "$scratch/audit.json" "
        [.sources[] | select(.facts.base == \"$child\")] |
        if length == 1 and .[0].complete and .[0].name == \"$2\" then empty else \"\\(.)\" end"
}

# unread WHAT TEXT OPTION...: the root domain is judged, the child is not, and both the reason and
# the rules say so.
unread() {
    unread_what=$1
    unread_text=$2
    shift 2
    "$ADTOPO" audit --format json "$@" >"$scratch/audit.json" 2>"$scratch/err"
    status=$?
    [ "$status" -le 1 ] || fail "$unread_what: exit status" "$status: $(cat "$scratch/err")"
    verdict "$unread_what" "$(jq -r --arg text "$unread_text" --arg child "$child" '
        if .sources | map(.facts.base) | any(. == $child) then "called read" else empty end,
        if .sources | map(.complete) | all then empty else "called a part" end,
        if any(.diagnostics[]; .level == "warning" and (.message | contains($child)) and
            (.message | contains($text))) then empty else "said: \(.diagnostics)" end,
        (["MGT001", "RES005", "PRE003"][] as $rule |
            if any(.notAssessed[]; .rule == $rule and (.reason | contains($child))) then empty
            else "\($rule) does not say so: \([.notAssessed[] | select(.rule == $rule)])" end),
        if any(.findings[]; .rule == "HUB010") then empty else "the root domain was not judged" end,
        if any(.findings[]; .rule == "RES005") then "what was not read is called missing"
        else empty end' "$scratch/audit.json" 2>&1)"
}

# --- The cases -------------------------------------------------------------------------------

found() {
    name_server "$records" 0 100 389 "$child_host"
    same "a child domain, by DNS" "$slapd_uri"
    from "the report says which server gave the child" "$child_uri"
    holds "each partition is a source" "$scratch/audit.json" \
        '.sources | map(.facts.base) | select(length != 3) | "\(.)"'
    name_server "$records" 0 100 1 "other.$child_dns" "$records" 10 100 389 "$child_host"
    same "a child domain whose first server is down" "$slapd_uri"
    holds "the report says which server was not used" "$scratch/audit.json" '
        .sources[2].facts.notUsed | select(contains("connection refused") | not) | "\(.)"'
    name_server "_ldap._tcp.nothing.test" 0 100 389 "$child_host"
    same "a child domain, by the configuration" "$slapd_uri"
    from "the configuration names its domain controller" "$child_uri"
}

# The record of the server that is asked first tells whether it was asked at all.
only_if_needed() {
    false_start cut "$child_port" 100000
    name_server "$records" 0 100 "$false_port" "$child_host" \
        "$records" 0 100 "$false_port" "other.$child_dns"
    "$ADTOPO" audit --format json --include 'LINK*' "$slapd_uri" >"$scratch/out" 2>&1
    "$ADTOPO" show servers "$slapd_uri" >"$scratch/err" 2>&1
    verdict "rules that need no domain ask none" "$(cat "$false_record")"
    holds "nor the server at hand" "$scratch/out" '.sources | select(length != 1)'
    "$ADTOPO" audit --format json --exclude 'LINK*' "$slapd_uri" >"$scratch/out" 2>&1
    verdict "rules that need it do" "$([ -s "$false_record" ] || echo "it was not asked")"
    "$ADTOPO" audit --format json -b "CN=Configuration,$root" "$slapd_uri" >"$scratch/out" 2>&1
    holds "a base of its own is all that is read" "$scratch/out" '.sources | select(length != 1)'
}

out_of_reach() {
    child_stop
    name_server "$records" 0 100 1 "other.$child_dns"
    unread "a child domain that is down" "connection refused" "$slapd_uri"
    name_server_stop
    unread "a child domain, and no name server" "connection refused" "$slapd_uri"
    false_start stall "$slapd_port" 0
    name_server "$records" 0 100 "$false_port" "other.$child_dns"
    unread "a child domain that never says a word" "did not answer in time" -o TIMEOUT=1 \
        "$slapd_uri"
    unread "a child domain from a local socket" "from a local socket no other one is asked" \
        "$slapd_socket_uri"
    child_start || fail "the child starts again"
}

breaks_off() {
    false_start cut "$child_port" 3000
    child_hangs_up=$false_port
    name_server "$records" 0 100 "$child_hangs_up" "other.$child_dns" \
        "$records" 10 100 389 "$child_host"
    same "a child domain whose first server hangs up" "$slapd_uri"
    from "the other one gave all of it" "$child_uri"
    child_stop
    name_server "$records" 0 100 "$child_hangs_up" "other.$child_dns"
    child_start_elsewhere && partial "a child domain whose only server hangs up" \
        "the domain partition $child was read in part" "$slapd_uri"
    child_stop
}

# Behind the server that hangs up, and nowhere else.
child_start_elsewhere() {
    "${SLAPD:-slapd}" -d 0 -f "$scratch/child.conf" -h "ldap://127.0.0.1:$child_port" \
        >"$scratch/child.log" 2>&1 &
    child_pid=$!
    sleep 1
}

# The server at hand encrypts, the child's does not.
without_encryption() {
    have openssl && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
        -keyout "$scratch/key.pem" -out "$scratch/cert.pem" -subj /CN=127.0.0.1 \
        -addext subjectAltName=IP:127.0.0.1 >"$scratch/openssl.log" 2>&1 || return
    slapd_start '' "TLSCertificateFile $scratch/cert.pem
TLSCertificateKeyFile $scratch/key.pem" || fail "slapd starts with TLS"
    printf '%s' "$slapd_password" >"$scratch/right"
    false_start objects 3
    name_server "$records" 0 100 "$false_port" "other.$child_dns"
    unread "a child domain without encryption" "does not know StartTLS" -ZZ -x -D "$slapd_root" \
        -y "$scratch/right" -o "TLS_CACERT=$scratch/cert.pem" "$slapd_uri"
    verdict "no password goes there" "$(grep credentials "$false_record")"
    verdict "it was tried, though" "$(grep -q connection "$false_record" || echo "it was not")"
}

domains_need || {
    skip "domain partitions" "$domains_missing"
    finish
}
root_content >"$scratch/root.ldif"
{
    cat "$srcdir/fixtures/coexistence-healthy.ldif"
    child_in_configuration
} >"$scratch/organisation.ldif"
# shellcheck source=tests/live/false-lib.sh
. "$srcdir/tests/live/false-lib.sh"
cleanup_command=stop_all
if ! child_load || ! child_start || ! slapd_start_root; then
    fail "the servers start" "$(cat "$scratch/load.log" "$scratch/child.log" "$scratch/slapd.log")"
    finish
fi
cleanup_command=stop_all
judged "$slapd_loaded" "$scratch/child.ldif" >"$scratch/wanted"
found
only_if_needed
out_of_reach
breaks_off
without_encryption
finish
