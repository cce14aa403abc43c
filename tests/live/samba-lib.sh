# shellcheck shell=sh disable=SC2034,SC2154
# A scratch Active Directory domain controller (Samba) for the live tests: hardened as they are
# today, with Exchange's schema and an organisation of fixtures/. It has a network, a host file and
# process numbers of its own: it clashes with nothing on the machine, and nothing of it stays.
#
#     . "$srcdir/tests/live/samba-lib.sh"
#     samba_isolate "$0"              first of all: runs the script again, shut off
#     . "$srcdir/tests/lib.sh"
#     samba_need || { skip "…" "$samba_missing"; finish; }
#     samba_provision organisation.ldif records.ldif && samba_start
#     … $samba_host, $samba_uri, $samba_ca, samba_ticket reader …
#     samba_stop

samba_realm=CONTOSO.TEST
samba_domain=contoso.test
samba_base=DC=contoso,DC=test
samba_host=sea-dc1.$samba_domain
samba_uri=ldap://$samba_host
samba_password='Pa55-for-Tests'
samba_pid=
samba_missing=

# samba_isolate SCRIPT: where that is possible, starts the script again in namespaces of its own and
# does not return. Elsewhere samba_need says that it was not possible.
samba_isolate() {
    [ -z "${SAMBA_ISOLATED-}" ] || return 0
    SAMBA_ISOLATED=yes
    if unshare -n -m -p -f true 2>/dev/null; then
        export SAMBA_ISOLATED
        exec unshare -n -m -p -f --kill-child --mount-proc "${SHELL:-/bin/sh}" "$1"
    fi
    SAMBA_ISOLATED=no
}

# Whether everything that these functions call is there; otherwise $samba_missing says what is not.
samba_need() {
    for samba_tool in samba samba-tool ldbmodify ldbsearch kinit openssl jq; do
        if ! have "$samba_tool"; then
            samba_missing="$samba_tool is not installed"
            return 1
        fi
    done
    if [ "$(id -u)" -ne 0 ]; then
        samba_missing="a domain controller needs root"
    elif [ "$SAMBA_ISOLATED" = no ]; then
        samba_missing="no namespaces of its own can be had here (unshare)"
    elif ! ip link set lo up 2>/dev/null; then
        samba_missing="the loopback network cannot be set up (ip)"
    elif ! samba_name_hosts; then
        samba_missing="/etc/hosts cannot be replaced for the test"
    fi
    [ -z "$samba_missing" ]
}

# Names are known through a host file that only this test sees, and through a name server on this
# address, if the test starts one.
samba_name_hosts() {
    printf '%s\n' '127.0.0.1 localhost' "127.0.0.1 $samba_host sea-dc1" \
        "127.0.0.2 sea-dc2.$samba_domain" "127.0.0.1 other.$samba_domain" >"$scratch/hosts"
    echo 'nameserver 127.0.0.1' >"$scratch/resolv.conf"
    mount --bind "$scratch/hosts" /etc/hosts 2>/dev/null &&
        mount --bind "$scratch/resolv.conf" /etc/resolv.conf 2>/dev/null
}

# --- Making one ------------------------------------------------------------------------------

samba_ldb() {
    samba_tool=$1
    shift
    "$samba_tool" -H "$samba_dir/private/sam.ldb" --configfile="$samba_dir/etc/smb.conf" "$@"
}

samba_awk() {
    LC_ALL=C "${AWK:-awk}" "$@"
}

samba_certificate() {
    samba_ca=$scratch/ca.pem
    {
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
            -keyout "$scratch/ca.key" -out "$samba_ca" -subj '/CN=Test authority' &&
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
                -keyout "$scratch/dc.key" -out "$scratch/dc.csr" -subj "/CN=$samba_host" &&
            echo "subjectAltName=DNS:$samba_host" >"$scratch/dc.ext" &&
            openssl x509 -req -days 2 -in "$scratch/dc.csr" -CA "$samba_ca" \
                -CAkey "$scratch/ca.key" -CAcreateserial -extfile "$scratch/dc.ext" \
                -out "$scratch/dc.pem"
    } >"$scratch/openssl.log" 2>&1
}

# Kerberos as it is set up nowhere else: nothing is looked up in DNS.
samba_kerberos() {
    cat >"$scratch/krb5.conf" <<END
[libdefaults]
    default_realm = $samba_realm
    dns_lookup_kdc = false
    dns_lookup_realm = false
    dns_canonicalize_hostname = false
    rdns = false
[realms]
    $samba_realm = {
        kdc = 127.0.0.1
    }
[domain_realm]
    .$samba_domain = $samba_realm
END
    KRB5_CONFIG=$scratch/krb5.conf
    KRB5CCNAME=FILE:$scratch/tickets
    export KRB5_CONFIG KRB5CCNAME
}

# One process, no services but those that are asked, no plain simple binds.
samba_configure() {
    mkdir -p "$samba_dir/etc" "$samba_dir/run"
    cat >"$samba_dir/etc/smb.conf" <<END
[global]
    netbios name = SEA-DC1
    realm = $samba_realm
    workgroup = CONTOSO
    server role = active directory domain controller
    server services = ldap, cldap, kdc
    dcerpc endpoint servers = epmapper
    ldap server require strong auth = yes
    interfaces = lo
    bind interfaces only = yes
    vfs objects =
    panic action =
    log file = $samba_dir/log
    pid directory = $samba_dir/run
    ncalrpc dir = $samba_dir/run/ncalrpc
    ntp signd socket directory = $samba_dir/run/ntp
    winbindd socket directory = $samba_dir/run/winbindd
    private dir = $samba_dir/private
    lock directory = $samba_dir
    state directory = $samba_dir/state
    cache directory = $samba_dir/cache
    tls keyfile = $scratch/dc.key
    tls certfile = $scratch/dc.pem
    tls cafile = $samba_ca
[sysvol]
    path = $samba_dir/state/sysvol
[netlogon]
    path = $samba_dir/state/sysvol/$samba_domain/scripts
END
}

samba_schema() {
    samba_stage=1
    while :; do
        samba_awk -v base="$samba_base" -v level=14625 -v stage="$samba_stage" \
            -f "$srcdir/schema/common.awk" -f "$srcdir/schema/activedirectory.awk" \
            "$srcdir/schema/attributes.tsv" "$srcdir/schema/classes.tsv" >"$scratch/stage.ldif"
        [ -s "$scratch/stage.ldif" ] || return 0
        samba_ldb ldbmodify --option="dsdb:schema update allowed=true" --relax \
            "$scratch/stage.ldif" || return 1
        samba_stage=$((samba_stage + 1))
    done
}

# samba_content LDIF
samba_content() {
    samba_awk -v how=unfold -f "$srcdir/tests/live/variants.awk" "$1" >"$scratch/unfolded.ldif"
    samba_ldb ldbsearch --cross-ncs dn >"$scratch/there.ldif" || return 1
    for samba_pass in objects links; do
        samba_awk -v pass="$samba_pass" -f "$srcdir/tests/live/domain-controller.awk" \
            "$srcdir/schema/attributes.tsv" "$scratch/there.ldif" "$scratch/unfolded.ldif" \
            >"$scratch/$samba_pass.ldif"
        [ ! -s "$scratch/$samba_pass.ldif" ] ||
            samba_ldb ldbmodify --relax "$scratch/$samba_pass.ldif" || return 1
    done
}

# samba_account NAME [LINE...]: a record that adds a user; all have the same password.
samba_account() {
    samba_name=$1
    shift
    printf '%s\n' "dn: CN=$samba_name,CN=Users,$samba_base" 'changetype: add' 'objectClass: user' \
        "sAMAccountName: $samba_name" "userPrincipalName: $samba_name@$samba_domain" \
        "unicodePwd:: $(printf '"%s"' "$samba_password" | iconv -t UTF-16LE | base64 -w 0)"
    case "$*" in *userAccountControl*) ;; *) echo 'userAccountControl: 66048' ;; esac
    [ $# -eq 0 ] || printf '%s\n' "$@"
    echo
}

# What a new domain controller has and the organisation, whose names are in $scratch/unfolded.ldif,
# has not, as far as it would be judged.
samba_strangers() {
    samba_link="CN=DEFAULTIPSITELINK,CN=IP,CN=Inter-Site Transports,CN=Sites,CN=Configuration"
    grep -qi "^dn: $samba_link" "$scratch/unfolded.ldif" ||
        printf '%s\n' "dn: $samba_link,$samba_base" 'changetype: delete' ''
}

# A plain user, and one for each reason that a domain controller has to refuse one.
samba_accounts() {
    samba_account reader
    samba_account disabled 'userAccountControl: 66050'
    samba_account expired 'accountExpires: 116444736010000000'
    samba_account renew 'userAccountControl: 512' 'pwdLastSet: 0'
    samba_account locked 'userAccountControl: 512'
    samba_account stale 'userAccountControl: 512'
    samba_account bound 'userWorkstations: ELSEWHERE'
    samba_account asleep 'logonHours:: AAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    printf '%s\n' "dn: CN=SEA-DC1,OU=Domain Controllers,$samba_base" 'changetype: modify' \
        'add: servicePrincipalName' "servicePrincipalName: ldap/$samba_host" '-' ''
    printf '%s\n' "dn: $samba_base" 'changetype: modify' 'replace: lockoutThreshold' \
        'lockoutThreshold: 3' '-' ''
}

# samba_age USER: the password is of 1970. Samba lets nobody write that but what replicates, whose
# control this is.
samba_age() {
    printf '%s\n' "dn: CN=$1,CN=Users,$samba_base" 'changetype: modify' 'replace: pwdLastSet' \
        'pwdLastSet: 116444736010000000' |
        samba_ldb ldbmodify --relax --controls=local_oid:1.3.6.1.4.1.7165.4.3.12:0
}

# samba_provision LDIF RECORDS: a domain controller SEA-DC1 in the site Seattle with that
# organisation, and in its domain these records of content.
samba_provision() {
    samba_dir=$scratch/dc
    samba_log=$scratch/provision.log
    mkdir -p "$samba_dir"
    samba_certificate || return 1
    samba_kerberos
    samba_configure
    {
        samba-tool domain provision --configfile="$samba_dir/etc/smb.conf" \
            --realm=$samba_realm --domain=CONTOSO --host-name=SEA-DC1 --host-ip=127.0.0.1 \
            --site=Seattle --server-role=dc --dns-backend=NONE --adminpass="$samba_password" &&
            samba_schema && samba_content "$1" &&
            { samba_accounts && samba_strangers && sed "s/^dn: .*/&\nchangetype: add/" "$2"; } \
                >"$scratch/accounts.ldif" &&
            samba_ldb ldbmodify --relax "$scratch/accounts.ldif"
    } >"$samba_log" 2>&1
}

# --- Running it ------------------------------------------------------------------------------

# Until it answers (0), has ended (1), or twenty seconds have passed (1).
samba_wait() {
    samba_tries=200
    while [ "$samba_tries" -gt 0 ]; do
        kill -0 "$samba_pid" 2>/dev/null || return 1
        LDAPNOINIT=1 ldapsearch -x -LLL -H "$samba_uri" -s base -b '' 1.1 >/dev/null 2>&1 &&
            return 0
        sleep 0.1
        samba_tries=$((samba_tries - 1))
    done
    return 1
}

samba_start() {
    samba -i -M single --debug-stdout -s "$samba_dir/etc/smb.conf" >"$scratch/samba.log" 2>&1 \
        </dev/null &
    samba_pid=$!
    cleanup_command=samba_stop
    samba_wait
}

samba_stop() {
    [ -n "$samba_pid" ] || return 0
    kill "$samba_pid" 2>/dev/null
    wait "$samba_pid" 2>/dev/null
    samba_pid=
}

# samba_ticket USER [OPTION...]: a Kerberos ticket for a user.
samba_ticket() {
    samba_user=$1
    shift
    echo "$samba_password" | kinit "$@" "$samba_user" >"$scratch/kinit.log" 2>&1
}
