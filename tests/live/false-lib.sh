# shellcheck shell=sh disable=SC2034,SC2154
# Servers for the live tests that are not to be trusted (false-server.c). Source after tests/lib.sh.
#
#     false_start objects 1000        sets $false_uri, and $false_record: what was asked of it
#
# All of them end with the test.

false_count=0
false_pids=

false_stop_all() {
    # Several words on purpose.
    # shellcheck disable=SC2086
    [ -z "$false_pids" ] || kill $false_pids 2>/dev/null
    false_pids=
}

# What another library has to end goes on being ended.
false_before=$cleanup_command
false_clean_up() {
    false_stop_all
    $false_before
}
cleanup_command=false_clean_up

# false_start MODE [ARGUMENT]...
false_start() {
    false_count=$((false_count + 1))
    false_record=$scratch/record.$false_count
    : >"$false_record"
    RECORD=$false_record "$FALSE_SERVER" "$@" >"$scratch/false-port" 2>/dev/null &
    false_pids="$false_pids $!"
    false_tries=50
    until [ -s "$scratch/false-port" ]; do
        false_tries=$((false_tries - 1))
        if [ "$false_tries" -eq 0 ]; then
            fail "a false server starts: $*"
            return 1
        fi
        sleep 0.1
    done
    false_port=$(cat "$scratch/false-port")
    false_uri=ldap://127.0.0.1:$false_port
    : >"$scratch/false-port"
}
