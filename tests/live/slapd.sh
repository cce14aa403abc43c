#!/bin/sh
# Live reading from OpenLDAP's slapd. Each organisation of fixtures/ is loaded into a server of its
# own and audited there and from the file, as it is, reordered, refolded, with CRLF and as UTF-16:
# the findings are the same to the byte. Then what goes wrong with servers, and that each of it ends
# in one sentence and the right exit status.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/live/audit-lib.sh
. "$srcdir/tests/live/audit-lib.sh"
# shellcheck source=tests/live/slapd-lib.sh
. "$srcdir/tests/live/slapd-lib.sh"

base=CN=Configuration,DC=contoso,DC=test

# --- The same in other words ------------------------------------------------------------------

# variant HOW FROM: the path of a file that says the same in another way.
variant() {
    awk -v how="$1" -f "$srcdir/tests/live/variants.awk" "$2" >"$scratch/$1.ldif"
    echo "$scratch/$1.ldif"
}

with_crlf() {
    sed 's/$/\r/' "$1" >"$scratch/crlf.ldif"
    echo "$scratch/crlf.ldif"
}

in_utf16() {
    {
        printf '\377\376'
        iconv -f UTF-8 -t UTF-16LE "$1"
    } >"$scratch/utf16.ldif"
    echo "$scratch/utf16.ldif"
}

# plain FILE: the path of the file as content records in UTF-8, as slapd takes them.
plain() {
    case $1 in
    *utf16*) iconv -f UTF-16 -t UTF-8 "$1" >"$scratch/utf8.ldif" ;;
    *) cp "$1" "$scratch/utf8.ldif" ;;
    esac
    variant content "$scratch/utf8.ldif"
}

# --- Same findings live and from a file ------------------------------------------------------

compare_organisation() {
    name=${1##*/}
    content=$(plain "$1")
    judged "$1" >"$scratch/wanted"
    if ! grep -q '"findings"' "$scratch/wanted"; then
        fail "$name is audited" "$(cat "$scratch/wanted")"
        return
    fi
    same "$name, records reversed" "$(variant reverse "$content")"
    same "$name, records shuffled" "$(variant shuffle "$content")"
    same "$name, refolded" "$(variant refold "$content")"
    same "$name, unfolded" "$(variant unfold "$content")"
    same "$name, CRLF" "$(with_crlf "$content")"
    same "$name, UTF-16" "$(in_utf16 "$content")"
    if ! slapd_load "$content" || ! slapd_start; then
        fail "$name is taken by slapd" "$(cat "$scratch/load.log" "$scratch/slapd.log" 2>&1)"
        return
    fi
    same "$name, live below a base" -b "$base" "$slapd_uri"
    judged "$slapd_loaded" >"$scratch/wanted"
    same "$name, live" "$slapd_uri"
    same "$name, live over a socket" "$slapd_socket_uri"
}

# --- What goes wrong -------------------------------------------------------------------------

# accepted WHAT OPTION...: says what is said without.
accepted() {
    same "$@"
}

refused_connections() {
    refused "a server that is not there" 3 "connection refused" "ldap://127.0.0.1:1"
    refused "a socket that is not there" 3 "there is no such socket" "ldapi://%2Fnowhere%2Fldapi"
    refused "an address that is none" 2 "is no address of a server" -H "dc1.contoso.test"
    refused "a wrong setting" 2 "is no setting" -o REFERRALS=on "$slapd_uri"
    refused "TLS where there is none" 3 "cannot start TLS" -ZZ "$slapd_uri"
    accepted "the second address after one that does not answer" "ldap://127.0.0.1:1,$slapd_uri"
    accepted "StartTLS that is tried only" -Z "$slapd_uri"
}

refused_binds() {
    printf 'wrong' >"$scratch/wrong"
    printf '%s' "$slapd_password" >"$scratch/right"
    refused "a wrong password" 3 "(49): the name or the password is wrong" \
        -x -D "$slapd_root" -y "$scratch/wrong" "$slapd_socket_uri"
    refused "an empty password" 2 "no password for" -x -D "$slapd_root" "$slapd_socket_uri"
    refused "a password without encryption" 3 "refusing to send the password unencrypted" \
        -x -D "$slapd_root" -y "$scratch/right" "$slapd_uri"
    refused "a wrong way of authentication" 3 "no such mechanism" -Y NOSUCH "$slapd_uri"
    accepted "a password over a socket" \
        -x -D "$slapd_root" -y "$scratch/right" "$slapd_socket_uri"
    accepted "a password without encryption, insisted on" \
        --allow-cleartext -x -D "$slapd_root" -y "$scratch/right" "$slapd_uri"
}

refused_bases() {
    refused "a base that is not there" 3 "(32): there is no such object" \
        -b CN=Nowhere,DC=contoso,DC=test "$slapd_uri"
    refused "a base of another forest" 3 "cannot read DC=fabrikam,DC=test" \
        -b DC=fabrikam,DC=test "$slapd_uri"
    refused "a base that is no name" 3 "(34)" -b nonsense "$slapd_uri"
}

# restarted DATABASE-LINES [GLOBAL-LINES]
restarted() {
    slapd_start "$@" && return 0
    fail "slapd starts with: $*" "$(cat "$scratch/slapd.log")"
    return 1
}

limited() {
    restarted 'limits * size=50' &&
        partial "a size limit on the server" "Size limit exceeded (4)" "$slapd_uri"
    restarted 'limits * size.prtotal=50' &&
        partial "a limit on all pages together" "Size limit exceeded (4)" "$slapd_uri"
    restarted 'limits * size.pr=20' &&
        accepted "a server that allows small pages only" "$slapd_uri"
    restarted 'limits * size.prtotal=disabled' &&
        accepted "a server that does not page" "$slapd_uri"
}

forbidden() {
    restarted 'access to * by * none' &&
        refused "a server that shows nothing" 3 "no configuration partition that an anonymous" \
            "$slapd_uri"
    restarted "access to dn.subtree=\"$base\" by users read
access to * by * read" &&
        refused "a configuration that is not for anonymous readers" 3 \
            "no configuration partition" "$slapd_uri"
    restarted '' 'require authc' &&
        refused "a server that wants to know who asks" 3 "before it knows who asks" "$slapd_uri"
    restarted '' 'security ssf=128' &&
        refused "a server that wants encryption" 3 \
            "(13): the server wants the connection encrypted" "$slapd_uri"
}

referred() {
    restarted && {
        printf '%s\n' "dn: CN=Elsewhere,$base" 'objectClass: referral' \
            'objectClass: extensibleObject' 'cn: Elsewhere' \
            "ref: ldap://127.0.0.1:1/CN=Elsewhere,$base" |
            LDAPNOINIT=1 ldapadd -x -M -H "$slapd_uri" -D "$slapd_root" -w "$slapd_password" \
                >"$scratch/add.log" 2>&1 || fail "a referral is added" "$(cat "$scratch/add.log")"
        partial "a part that is on another server" "is on another server" "$slapd_uri"
    }
}

# --- Encryption ------------------------------------------------------------------------------

# For the address: libldap takes "localhost" for the name of the machine, which is unknown here.
certificates() {
    have openssl && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
        -keyout "$scratch/key.pem" -out "$scratch/cert.pem" -subj /CN=127.0.0.1 \
        -addext subjectAltName=IP:127.0.0.1 >"$scratch/openssl.log" 2>&1 &&
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
            -keyout "$scratch/client.key" -out "$scratch/client.pem" -subj /CN=auditor \
            >>"$scratch/openssl.log" 2>&1
}

encrypted() {
    if ! certificates; then
        skip "TLS" "no certificate could be made with openssl"
        return
    fi
    slapd_with_tls=yes
    restarted '' "TLSCertificateFile $scratch/cert.pem
TLSCertificateKeyFile $scratch/key.pem" || return
    trusted="TLS_CACERT=$scratch/cert.pem"
    misnamed_uri=$(echo "$slapd_tls_uri" | sed 's/127\.0\.0\.1/localhost/')
    accepted "LDAPS" -o "$trusted" "$slapd_tls_uri"
    accepted "StartTLS" -ZZ -o "$trusted" "$slapd_uri"
    accepted "a password over StartTLS" -ZZ -o "$trusted" -x -D "$slapd_root" \
        -y "$scratch/right" "$slapd_uri"
    refused "LDAPS with a certificate of nobody known" 3 "encryption could not be agreed on" \
        "$slapd_tls_uri"
    refused "LDAPS with a certificate for another name" 3 "encryption could not be agreed on" \
        -o "$trusted" "$misnamed_uri"
    refused "StartTLS with a certificate of nobody known" 3 "cannot start TLS" -ZZ "$slapd_uri"
    with_certificate
    slapd_with_tls=
}

# Who asks is known by a certificate, or by the owner of a socket.
with_certificate() {
    restarted 'access to * by dn.exact="cn=auditor" read by * auth' \
        "TLSCertificateFile $scratch/cert.pem
TLSCertificateKeyFile $scratch/key.pem
TLSCACertificateFile $scratch/client.pem
TLSVerifyClient try" || return
    set -- -Y EXTERNAL -o "TLS_CERT=$scratch/client.pem" -o "TLS_KEY=$scratch/client.key" \
        -o "$trusted"
    accepted "EXTERNAL with a certificate, LDAPS" "$@" "$slapd_tls_uri"
    accepted "EXTERNAL with a certificate, StartTLS" "$@" -ZZ "$slapd_uri"
    verdict "the report says who the certificate is for" \
        "$(jq -r '.sources[0].facts.boundAs | select(test("cn=auditor"; "i") | not) // empty' \
            "$scratch/audit.json")"
    refused "EXTERNAL without a certificate" 3 "EXTERNAL" -Y EXTERNAL -o "$trusted" "$slapd_tls_uri"
    refused "a certificate that is not there" 2 "TLS_CERT" -Y EXTERNAL \
        -o "TLS_CERT=$scratch/nowhere.pem" "$slapd_tls_uri"
    owner="gidNumber=$(id -g)+uidNumber=$(id -u),cn=peercred,cn=external,cn=auth"
    restarted "access to * by dn.exact=\"$owner\" read by * auth" || return
    accepted "EXTERNAL over a socket" -Y EXTERNAL "$slapd_socket_uri"
    accepted "over a socket its owner is asked for by default" "$slapd_socket_uri"
    verdict "the report says who owns the socket" \
        "$(jq -r '.sources[0].facts.boundAs | select(contains("peercred") | not) // empty' \
            "$scratch/audit.json")"
}

# --- Nothing is written ----------------------------------------------------------------------

# The overlay writes every change that the server takes to a file; one of our own proves that it
# does.
unwritten() {
    if ! slapd_modules auditlog | grep -q auditlog; then
        skip "nothing is written" "slapd has no auditlog module"
        return
    fi
    restarted "overlay auditlog
auditlog $scratch/changes.ldif" || return
    accepted "an audit under watch" \
        --allow-cleartext -x -D "$slapd_root" -y "$scratch/right" "$slapd_uri"
    "$ADTOPO" show servers --allow-cleartext -x -D "$slapd_root" -y "$scratch/right" "$slapd_uri" \
        >"$scratch/out" 2>&1
    verdict "nothing is written" "$(cat "$scratch/changes.ldif" 2>/dev/null)"
    printf '%s\n' "dn: $base" 'changetype: modify' 'replace: description' 'description: watched' |
        ldapmodify -x -H "$slapd_uri" -D "$slapd_root" -w "$slapd_password" >"$scratch/out" 2>&1
    if grep -q watched "$scratch/changes.ldif" 2>/dev/null; then
        ok "what is written would be seen"
    else
        fail "what is written would be seen" "$(cat "$scratch/out")"
    fi
}

# --- All of it -------------------------------------------------------------------------------

slapd_or_skip "live reading"

for organisation in "$srcdir"/fixtures/*.ldif "$srcdir"/fixtures/*.ldf; do
    compare_organisation "$organisation"
done

healthy=$srcdir/fixtures/coexistence-healthy.ldif
if ! slapd_load "$healthy" || ! slapd_start; then
    fail "slapd takes ${healthy##*/}" "$(cat "$scratch/load.log" "$scratch/slapd.log" 2>&1)"
    finish
fi
judged "$slapd_uri" >"$scratch/wanted"
refused_connections
refused_binds
refused_bases
limited
forbidden
encrypted
unwritten
referred
finish
