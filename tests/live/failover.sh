#!/bin/sh
# Servers that fail before, during and after an answer, with and without another one to turn to:
# either everything is read in the end, or the report says that it is a part. Which server was used,
# and why others were not, is in it.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/live/audit-lib.sh
. "$srcdir/tests/live/audit-lib.sh"
# shellcheck source=tests/live/slapd-lib.sh
. "$srcdir/tests/live/slapd-lib.sh"

# Long enough to be in the middle of the entries, short enough to be far from their end.
some_bytes=30000

slapd_or_skip "fail-over"

# used WHAT URI TEXT: the last audit names the server it used, and says of another one what the text
# says.
used() {
    verdict "$1: the report says so" "$(jq -r --arg uri "$2" --arg text "$3" '
        .sources[0] | if .name != $uri then "used \(.name)" else empty end,
        if .complete then empty else "called a part" end,
        if .facts.notUsed | contains($text) then empty else "notUsed: \(.facts.notUsed)" end' \
        "$scratch/audit.json" 2>&1)"
}

with_another() {
    false_start cut "$slapd_port" "$some_bytes"
    same "a server that hangs up, and another one" "$false_uri,$slapd_uri"
    used "a server that hangs up" "$slapd_uri" "$false_uri: left after "
    false_start stall "$slapd_port" "$some_bytes"
    same "a server that falls silent, and another one" -o TIMEOUT=1 "$false_uri,$slapd_uri"
    used "a server that falls silent" "$slapd_uri" "did not answer in time"
    false_start stall "$slapd_port" 0
    same "a server that never says a word, and another one" -o TIMEOUT=1 "$false_uri,$slapd_uri"
    used "a server that never says a word" "$slapd_uri" "did not answer in time"
    same "a port where nothing listens, and another one" "ldap://127.0.0.1:1 $slapd_uri"
    used "a port where nothing listens" "$slapd_uri" "connection refused"
    verdict "a port where nothing listens: so does the text" "$(
        "$ADTOPO" audit "ldap://127.0.0.1:1 $slapd_uri" >"$scratch/out" 2>&1
        grep -q '^Not used  *ldap://127.0.0.1:1: cannot connect' "$scratch/out" ||
            head -n 12 "$scratch/out"
    )"
    false_start stall "$slapd_port" 0
    same "TLS that never comes about, and another one" -o nettimeout=1 -o TIMEOUT=1 \
        "ldaps://127.0.0.1:$false_port,$slapd_uri"
    false_start cut "$slapd_port" "$some_bytes"
    first=$false_uri
    false_start cut "$slapd_port" "$some_bytes"
    same "two servers that hang up, and a third one" "$first,$false_uri,$slapd_uri"
}

without_another() {
    false_start cut "$slapd_port" "$some_bytes"
    partial "a server that hangs up" "read in part" "$false_uri"
    partial "a server that hangs up, and one that is not there" "connection refused" \
        "$false_uri,ldap://127.0.0.1:1"
    false_start stall "$slapd_port" "$some_bytes"
    partial "a server that falls silent" "did not answer in time" -o TIMEOUT=1 "$false_uri"
    false_start stall "$slapd_port" 0
    refused "a server that never says a word" 3 "did not answer in time" -o TIMEOUT=1 "$false_uri"
    refused "two servers that are not there" 3 "; ldap://127.0.0.1:2: cannot connect" \
        "ldap://127.0.0.1:1,ldap://127.0.0.1:2"
}

# A refused password is not tried on the next server: that is how accounts are locked.
refused_once() {
    printf 'wrong' >"$scratch/wrong"
    false_start objects 1
    refused "a wrong password is tried once" 3 "(49): the name or the password is wrong" \
        --allow-cleartext -x -D "$slapd_root" -y "$scratch/wrong" "$slapd_uri,$false_uri"
    verdict "a wrong password is not offered elsewhere" "$(cat "$false_record")"
}

healthy=$srcdir/fixtures/coexistence-healthy.ldif
if ! slapd_load "$healthy" || ! slapd_start ''; then
    fail "slapd takes ${healthy##*/}" "$(cat "$scratch/load.log" "$scratch/slapd.log" 2>&1)"
    finish
fi
judged "$slapd_uri" >"$scratch/wanted"
# shellcheck source=tests/live/false-lib.sh
. "$srcdir/tests/live/false-lib.sh"
with_another
without_another
refused_once
finish
