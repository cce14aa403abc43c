# shellcheck shell=sh disable=SC2034,SC2154
# A scratch OpenLDAP server for the live tests: sourced after tests/lib.sh. It listens on 127.0.0.1
# and on a socket in $scratch, holds DC=contoso,DC=test, and ends with the test.
#
#     slapd_or_skip "…"
#     slapd_load organisation.ldif
#     slapd_start 'limits * size=100'
#     … $slapd_uri, $slapd_socket_uri …
#     slapd_stop

slapd_pid=
slapd_uri=
slapd_tls_uri=
slapd_missing=
slapd_loaded=
# The domain partition that stands beside each organisation.
slapd_domain=$srcdir/tests/live/domain.ldif
# Who may do everything, for the cases that need an account.
slapd_root='cn=reader,DC=contoso,DC=test'
slapd_password='s3cret'

# Whether everything that these functions and audit-lib.sh call is there; otherwise $slapd_missing
# says what is not.
slapd_need() {
    for slapd_tool in "${SLAPD:-slapd}" ldapsearch jq; do
        if ! have "$slapd_tool"; then
            slapd_missing="$slapd_tool is not installed"
            return 1
        fi
    done
    if ! [ -r "${SLAPD_SCHEMA:=$PWD/schema/openldap.schema}" ]; then
        slapd_missing="$SLAPD_SCHEMA was not generated"
        return 1
    fi
}

# slapd_or_skip WHAT: goes on only where all of that is there.
slapd_or_skip() {
    slapd_need && return
    skip "$1" "$slapd_missing"
    finish
}

# slapd_find FILE DIRECTORY...: $slapd_found is the first directory that has FILE.
slapd_find() {
    slapd_file=$1
    shift
    for slapd_found; do
        [ -e "$slapd_found/$slapd_file" ] && return 0
    done
    slapd_missing="$slapd_file is not installed"
    return 1
}

# slapd_modules MODULE...: configuration lines that load those modules that are files of their own.
slapd_modules() {
    for slapd_module; do
        if slapd_find "$slapd_module.so" /usr/lib/ldap /usr/lib/openldap /usr/lib64/openldap \
            /usr/libexec/openldap; then
            echo "modulepath $slapd_found"
            echo "moduleload $slapd_module"
        fi
    done | awk '!seen[$0]++'
}

# slapd_configure [DATABASE-LINES [GLOBAL-LINES]]
slapd_configure() {
    cat >"$scratch/slapd.conf" <<END
include $SLAPD_SCHEMA
pidfile $scratch/slapd.pid
threads 4
$(slapd_modules back_mdb auditlog)
${2-}
database mdb
suffix "DC=contoso,DC=test"
rootdn "$slapd_root"
rootpw $slapd_password
directory $scratch/db
maxsize 268435456
dbnosync
index objectClass eq
${1-}
END
}

# slapd_load LDIF...: a new database with the organisation of LDIF files in UTF-8, beside its
# domain. What was loaded is in $slapd_loaded.
slapd_load() {
    slapd_stop
    slapd_loaded=$scratch/load.ldif
    rm -rf "$scratch/db"
    mkdir "$scratch/db"
    slapd_configure
    cat "$slapd_domain" "$@" >"$slapd_loaded"
    "${SLAPD:-slapd}" -T add -q -f "$scratch/slapd.conf" -l "$slapd_loaded" \
        >"$scratch/load.log" 2>&1
}

# Whether ours answers, a refusal included: ldapsearch exits with the result, 255 for none.
slapd_answers() {
    LDAPNOINIT=1 ldapsearch -x -LLL -H "$slapd_socket_uri" -s base -b '' 1.1 >/dev/null 2>&1
    [ $? -ne 255 ]
}

# slapd_wait: until it answers (0), has ended (1), or ten seconds have passed (1).
slapd_wait() {
    slapd_tries=100
    while [ "$slapd_tries" -gt 0 ]; do
        kill -0 "$slapd_pid" 2>/dev/null || return 1
        slapd_answers && return 0
        sleep 0.1
        slapd_tries=$((slapd_tries - 1))
    done
    return 1
}

# slapd_start [DATABASE-LINES [GLOBAL-LINES]]: starts it on a free port over what was loaded. A port
# that is taken ends slapd at once, and the next one is tried.
slapd_start() {
    slapd_stop
    slapd_configure "$@"
    slapd_socket="$scratch/ldapi"
    slapd_socket_uri="ldapi://$(echo "$slapd_socket" | sed 's,/,%2F,g')"
    slapd_port=$((20000 + $$ % 20000))
    slapd_last=$((slapd_port + 60))
    while [ "$slapd_port" -lt "$slapd_last" ]; do
        slapd_uri="ldap://127.0.0.1:$slapd_port"
        slapd_tls_uri="ldaps://127.0.0.1:$((slapd_port + 1))"
        "${SLAPD:-slapd}" -d "${slapd_debug:-0}" -f "$scratch/slapd.conf" \
            -h "$slapd_uri $slapd_socket_uri${slapd_with_tls:+ $slapd_tls_uri}" \
            >"$scratch/slapd.log" 2>&1 &
        slapd_pid=$!
        cleanup_command=slapd_stop
        slapd_wait && return 0
        slapd_stop
        slapd_port=$((slapd_port + 3))
    done
    return 1
}

slapd_stop() {
    [ -n "$slapd_pid" ] || return 0
    kill "$slapd_pid" 2>/dev/null
    wait "$slapd_pid" 2>/dev/null
    slapd_pid=
}
