#!/bin/sh
# A real Active Directory domain controller, hardened as they are today: an audit over Kerberos with
# nothing said but the server, over TLS with a password, and every way in which a domain controller
# or Kerberos refuses somebody, each of which ends in one sentence.

# shellcheck source=tests/live/samba-lib.sh
. "$srcdir/tests/live/samba-lib.sh"
samba_isolate "$0"
# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/live/audit-lib.sh
. "$srcdir/tests/live/audit-lib.sh"
# shellcheck source=tests/live/false-lib.sh
. "$srcdir/tests/live/false-lib.sh"
# shellcheck source=tests/live/name-lib.sh
. "$srcdir/tests/live/name-lib.sh"
# shellcheck source=tests/live/domain-lib.sh
. "$srcdir/tests/live/domain-lib.sh"

samba_need || {
    skip "a domain controller" "$samba_missing"
    finish
}

# --- What it holds ---------------------------------------------------------------------------

# export_part BASE SCOPE: what ldapsearch gets of a part, as LDIF.
export_part() {
    ldapsearch -LLL -Q -N -Y GSSAPI -E pr=1000/noprompt -H "$samba_uri" -b "$1" -s "$2" \
        '(objectClass=*)' '*' 2>>"$scratch/export.log" | grep -v '^#'
}

# All of it, domain partition and schema included, as others would read it: some 2,000 objects.
exported() {
    exported_schema="CN=Schema,CN=Configuration,$samba_base"
    samba_ticket reader
    {
        export_part "CN=Configuration,$samba_base" sub
        export_part "$samba_base" sub
        export_part "$exported_schema" base
        export_part "CN=ms-Exch-Schema-Version-Pt,$exported_schema" base
    } >"$scratch/export.ldif"
    verdict "the domain controller is exported" "$(
        grep -q "^dn: CN=ExchangeLegacyInterop," "$scratch/export.ldif" || cat "$scratch/export.log"
    )"
}

# A base alone is read without any domain partition, as the file was that it was made from.
same_configuration() {
    same "the configuration alone" -b "CN=Configuration,$samba_base" "$samba_uri"
}

# --- Kerberos --------------------------------------------------------------------------------

with_ticket() {
    samba_ticket reader || fail "a ticket is given" "$(cat "$scratch/kinit.log")"
    same "Kerberos, with nothing said but the server" "$samba_uri"
    jq -r '.sources[0].facts | .boundAs, .server' "$scratch/audit.json" >"$scratch/who"
    verdict "the report says who asked whom" \
        "$(printf '%s\n' "reader@$samba_realm" "$samba_host" | diff - "$scratch/who")"
    verdict "evidence from a server has its update number" \
        "$(jq -r '[.findings[].evidence[].origin] | if length > 0 and all(.usn != null) then empty
                  else "\(.)" end' "$scratch/audit.json")"
    same "Kerberos through GSS-SPNEGO" -Y GSS-SPNEGO "$samba_uri"
    same "Kerberos, sealed with at least 128 bits" -Y GSSAPI -O minssf=128 "$samba_uri"
    refused "Kerberos, neither signed nor sealed" 3 "that does not sign or seal by itself" \
        -Y GSSAPI -O maxssf=0 "$samba_uri"
    refused "Kerberos inside TLS" 3 "use ldap:// in place of ldaps://" -Y GSSAPI \
        -o "TLS_CACERT=$samba_ca" "ldaps://$samba_host"
    refused "Kerberos inside TLS, bound to its channel" 3 "use ldap:// in place of ldaps://" \
        -Y GSS-SPNEGO -o SASL_CBINDING=tls-endpoint -o "TLS_CACERT=$samba_ca" "ldaps://$samba_host"
    printf '%s' "$samba_password" >"$scratch/right"
    refused "a mechanism that the server does not know" 3 "does not know this way" -Y DIGEST-MD5 \
        -U reader -y "$scratch/right" "$samba_uri"
    refused "Kerberos for a name that is not the server's" 3 \
        "Kerberos does not know the server under this name" "ldap://other.$samba_domain"
}

# What is wrong with the machine, not with the server.
on_wrong_machine() {
    SASL_PATH=/nonexistent
    export SASL_PATH
    refused "no Kerberos module for SASL" 3 "install its module (libsasl2-modules-gssapi-mit" \
        "$samba_uri"
    unset SASL_PATH
    if ! have faketime; then
        skip "a wrong clock" "faketime is not installed"
        return
    fi
    right_adtopo=$ADTOPO
    for skew in +2h -2h; do
        printf '%s\n' '#!/bin/sh' 'export ASAN_OPTIONS=verify_asan_link_order=0' \
            "exec faketime -f $skew \"$right_adtopo\" \"\$@\"" >"$scratch/skewed"
        chmod +x "$scratch/skewed"
        ADTOPO=$scratch/skewed
        refused "a clock that is $skew off" 3 "clock and the server's are too far apart" \
            "$samba_uri"
    done
    ADTOPO=$right_adtopo
}

without_ticket() {
    kdestroy -A
    refused "no ticket" 3 "there is no Kerberos ticket; run kinit first" "$samba_uri"
    refused "no ticket, GSS-SPNEGO" 3 "there is no Kerberos ticket; run kinit first" \
        -Y GSS-SPNEGO "$samba_uri"
    samba_ticket reader -l 2s
    sleep 3
    refused "an expired ticket" 3 "the Kerberos ticket has expired; run kinit again" "$samba_uri"
    kdestroy -A
}

# --- Passwords -------------------------------------------------------------------------------

# refused_bind WHAT TEXT USER OPTION...: a simple bind over TLS that is refused.
refused_bind() {
    bind_what=$1
    bind_text=$2
    bind_user=$3
    shift 3
    refused "$bind_what" 3 "$bind_text" -x -D "$bind_user@$samba_domain" "$@" \
        -ZZ -o "TLS_CACERT=$samba_ca" "$samba_uri"
}

with_password() {
    printf '%s' "$samba_password" >"$scratch/right"
    printf 'wrong' >"$scratch/wrong"
    set -- -x -D "reader@$samba_domain" -y "$scratch/right"
    same "a password over StartTLS" "$@" -ZZ -o "TLS_CACERT=$samba_ca" "$samba_uri"
    same "a password over LDAPS" "$@" -o "TLS_CACERT=$samba_ca" "ldaps://$samba_host"
    same "the name in the way of Windows" -x -D 'CONTOSO\reader' -y "$scratch/right" \
        -o "TLS_CACERT=$samba_ca" "ldaps://$samba_host"
    refused "a password in the clear is not sent" 3 "refusing to send the password unencrypted" \
        "$@" "$samba_uri"
    refused "a password in the clear is not taken" 3 \
        "(8): the server wants the connection signed or encrypted" \
        "$@" --allow-cleartext "$samba_uri"
    refused "nobody at all" 3 "before it knows who asks" -x "$samba_uri"
}

refused_passwords() {
    refused_bind "a wrong password" "the name or the password is wrong" reader -y "$scratch/wrong"
    refused_bind "a user who is not there" "(49): " nobody -y "$scratch/right"
    refused_bind "a disabled account" "the account is disabled" disabled -y "$scratch/right"
    refused_bind "an expired account" "the account has expired" expired -y "$scratch/right"
    refused_bind "a password to be changed first" "the password must be changed" \
        renew -y "$scratch/right"
    refused_bind "an account out of hours" "may not log on at this hour" asleep -y "$scratch/right"
    refused_bind "an account of another machine" "may not log on from this machine" \
        bound -y "$scratch/right"
    samba_age stale >"$scratch/out" 2>&1
    refused_bind "a password that is too old" "the password has expired" stale -y "$scratch/right"
    for _ in 1 2 3; do
        "$ADTOPO" audit -x -D "locked@$samba_domain" -y "$scratch/wrong" \
            -o "TLS_CACERT=$samba_ca" "ldaps://$samba_host" >"$scratch/out" 2>&1
    done
    refused_bind "a locked account" "the account is locked out" locked -y "$scratch/right"
}

# --- Certificates ----------------------------------------------------------------------------

refused_certificates() {
    refused "StartTLS with an authority nobody knows" 3 "authority" -ZZ "$samba_uri"
    refused "LDAPS with an authority nobody knows" 3 "authority" "ldaps://$samba_host"
    refused "StartTLS with a certificate for another name" 3 "certificate" -ZZ \
        -o "TLS_CACERT=$samba_ca" "ldap://other.$samba_domain"
    refused "LDAPS with a certificate for another name" 3 "certificate" \
        -o "TLS_CACERT=$samba_ca" "ldaps://other.$samba_domain"
}

# --- Saving ----------------------------------------------------------------------------------

# The file says what the server says, and a file made from the file is the same but for its head.
saved() {
    samba_ticket reader
    "$ADTOPO" snapshot --output "$scratch/snapshot.ldif" "$samba_uri" >"$scratch/out" 2>&1 ||
        fail "a snapshot is written" "$(cat "$scratch/out")"
    same "a snapshot is judged as the server is" "$scratch/snapshot.ldif"
    "$ADTOPO" snapshot "$scratch/snapshot.ldif" >"$scratch/again.ldif" 2>"$scratch/out"
    verdict "a snapshot of a snapshot is the same" \
        "$(for file in snapshot again; do grep -v '^#' "$scratch/$file.ldif" >"$scratch/$file"; done
            diff "$scratch/snapshot" "$scratch/again" | head -n 10)"
    verdict "a snapshot names the server, the time and the update number" \
        "$(for fact in "server: $samba_host" 'currentTime: ' 'highestCommittedUSN: '; do
            grep -q "^# $fact" "$scratch/snapshot.ldif" || echo "no '$fact'"
        done)"
}

# --- One moment ------------------------------------------------------------------------------

# Somebody writes while we read, slowly.
reread() {
    samba_ticket reader
    "$ADTOPO" audit --format json --rate 100 "$samba_uri" >"$scratch/out" 2>"$scratch/err" &
    reader=$!
    sleep 1
    printf '%s\n' "dn: CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,$samba_base" \
        'changetype: modify' 'replace: description' 'description: changed meanwhile' |
        samba_ldb ldbmodify >"$scratch/modify" 2>&1
    wait "$reader"
    holds "what changes while it is read is read again" "$scratch/out" '
        if any(.diagnostics[]; .message | test("^[0-9]+ objects changed while")) then empty
        else "\(.diagnostics)" end, (.sources[0].facts |
        if .highestCommittedUSN == .highestCommittedUSNAfter then "\(.)" else empty end,
        if .invocationId | length == 36 then empty else "invocationId: \(.invocationId)" end)'
}

# meanwhile THEN: $scratch/meanwhile.ldif is written in the middle of the domain's reading through
# $false_uri, behind the question about computers and before that about containers, and then THEN
# done. NOW is another number each time.
meanwhile() {
    cat >"$scratch/meanwhile" <<END
sed "s/NOW/\$(date +%N)/" '$scratch/meanwhile.ldif' |
    ldbmodify -H '$samba_dir/private/sam.ldb' --configfile='$samba_dir/etc/smb.conf' --relax
$1
END
    false_start tell 389 msExchSystemObjectsContainer \
        "sh '$scratch/meanwhile' >>'$scratch/modify' 2>&1"
}

# What changes a computer that was read, adds one that was looked for, and one that nobody wants.
domain_changes() {
    domain_suffix=$samba_domain
    printf '%s\n' "dn: CN=SEA-DC1,OU=Domain Controllers,$samba_base" 'changetype: modify' \
        'replace: operatingSystemServicePack' 'operatingSystemServicePack: Service Pack 9' '-' ''
    computer EX03-FE1 "CN=Computers,$samba_base" | sed 's/^dn: .*/&\nchangetype: add/'
    samba_account stranger
}

# Questions can be told apart only where nothing seals them.
reread_domain() {
    samba_stop
    sed -i 's/strong auth = yes/strong auth = no/' "$samba_dir/etc/smb.conf"
    samba_start || fail "a domain controller starts again" "$(tail -n 20 "$scratch/samba.log")"
    set -- -x -D "reader@$samba_domain" -y "$scratch/right" --allow-cleartext
    domain_changes >"$scratch/meanwhile.ldif"
    meanwhile ": >'$scratch/meanwhile.ldif'"
    "$ADTOPO" snapshot --output "$scratch/moment.ldif" "$@" "$false_uri" >"$scratch/out" 2>&1
    verdict "a domain that changes while it is read is read again" "$(
        grep -q "objects changed while they were read .*, in $samba_base\$" "$scratch/out" ||
            cat "$scratch/out" "$scratch/modify"
        grep -q '^operatingSystemServicePack: Service Pack 9' "$scratch/moment.ldif" ||
            echo "what was read first stayed"
        grep -q '^dn: CN=EX03-FE1,CN=Computers' "$scratch/moment.ldif" ||
            echo "what is new is not there"
        grep '^dn: CN=stranger' "$scratch/moment.ldif"
    )"
    printf '%s\n' "dn: CN=SEA-DC1,OU=Domain Controllers,$samba_base" 'changetype: modify' \
        'replace: description' 'description: NOW' >"$scratch/meanwhile.ldif"
    meanwhile ''
    "$ADTOPO" audit --format json "$@" "$false_uri" >"$scratch/out" 2>"$scratch/err"
    holds "a domain that never rests" "$scratch/out" "
        if any(.diagnostics[]; .level == \"warning\" and
            (.message | startswith(\"$samba_base went on changing\"))) then empty
        else \"\\(.diagnostics)\" end, (.sources[] | select(.facts.base == \"$samba_base\") |
        if .complete then empty else \"called a part\" end, (.facts |
        if .highestCommittedUSN == .highestCommittedUSNAfter then \"\\(.)\" else empty end,
        if .invocationId | length == 36 then empty else \"\\(.)\" end))"
    false_stop_all
}

# --- Finding it ------------------------------------------------------------------------------

# tried WHAT PATTERN: the last audit used our domain controller, and passed over what the pattern
# says, in that order.
tried() {
    verdict "$1" "$(jq -r --arg uri "$samba_uri" --arg pattern "$2" '
        .sources[0] | if .name != $uri then "used \(.name)" else empty end,
        if (.facts.notUsed // "") | test($pattern) then empty else "\(.facts.notUsed)" end' \
        "$scratch/audit.json" 2>&1)"
}

# Nothing listens at port 1 of the dead ones, or they are told to be at a port of their own.
by_domain() {
    all=_ldap._tcp.dc._msdcs.$samba_domain
    near=_ldap._tcp.Seattle._sites.dc._msdcs.$samba_domain
    samba_ticket reader
    name_server "$all" 0 100 389 "$samba_host"
    same "a domain, with nothing said but its name" "domain:$samba_domain"
    name_server "$all" 20 100 389 "$samba_host" "$all" 10 100 1 "other.$samba_domain" \
        "$all" 5 0 2 "sea-dc2.$samba_domain"
    same "a domain whose first servers are down" "domain:$samba_domain"
    tried "servers are tried by priority" \
        "sea-dc2.$samba_domain:2: .*; .*other.$samba_domain:1: "
    name_server "$all" 0 100 1 "other.$samba_domain" "$near" 0 100 389 "$samba_host"
    same "a domain and the site" --dc-site Seattle "domain:$samba_domain"
    tried "servers of the site come first" '^$'
    same "a site without servers" --dc-site Nowhere "domain:$samba_domain,$samba_uri"
    tried "a site without servers: all others are tried" "other.$samba_domain:1: "
    name_server "$all" 0 100 389 '' "$all" 1 100 389 'else/where?base' \
        "$all" 2 100 389 "$samba_host"
    same "records that name no host" "domain:$samba_domain"
    tried "records that name no host are passed over" '^$'
    refused "a domain that is not there" 3 "DNS knows no domain controllers" domain:fabrikam.test
    refused "a name that is none" 2 "is no domain" 'domain:contoso/test'
    name_server_stop
    refused "a name server that is not there" 3 "the name servers do not answer" \
        "domain:$samba_domain"
    kdestroy -A
}

# --- Gone in the middle ----------------------------------------------------------------------

# There is no other one: what came is judged, and called a part.
stopped_half_way() {
    samba_ticket reader
    (
        sleep 1
        kill -KILL "$samba_pid"
    ) &
    partial "a domain controller that goes in the middle" "the server closed the connection" \
        --rate 100 "$samba_uri"
    samba_stop
    refused "a domain controller that is gone" 3 "connection refused" "$samba_uri"
}

# --- All of it -------------------------------------------------------------------------------

healthy=$srcdir/fixtures/coexistence-healthy.ldif
domain_exchange "$samba_base" >"$scratch/domain.ldif"
if ! samba_provision "$healthy" "$scratch/domain.ldif"; then
    fail "a domain controller is made" "$(tail -n 20 "$samba_log")"
    finish
fi
if ! samba_start; then
    fail "a domain controller starts" "$(tail -n 20 "$scratch/samba.log")"
    finish
fi
exported
judged "$healthy" >"$scratch/wanted"
same_configuration
judged "$scratch/export.ldif" >"$scratch/wanted"
with_ticket
on_wrong_machine
without_ticket
with_password
refused_passwords
refused_certificates
saved
by_domain
reread
reread_domain
stopped_half_way
finish
