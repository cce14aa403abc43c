# shellcheck shell=sh disable=SC2154
# A name server for the live tests (name-server.c), at port 53 of a network of the test's own.
# Source after tests/lib.sh; whoever starts it stops it.

# name_server NAME PRIORITY WEIGHT PORT HOST...: answers for these SRV records from now on.
name_server() {
    name_server_stop
    "$NAME_SERVER" 53 "$@" >"$scratch/name-server" &
    name_server_pid=$!
    until [ -s "$scratch/name-server" ]; do
        kill -0 "$name_server_pid" || return 1
        sleep 0.1
    done
}

name_server_pid=
name_server_stop() {
    if [ -n "$name_server_pid" ]; then
        kill "$name_server_pid"
        wait "$name_server_pid"
    fi
    name_server_pid=
    : >"$scratch/name-server"
}
