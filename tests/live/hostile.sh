#!/bin/sh
# Servers that lie, stall, hang up or flood. Whatever they do, an audit ends soon, with one sentence
# or with what was read marked as a part, in little memory, and no password goes anywhere it was not
# meant to go.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/live/audit-lib.sh
. "$srcdir/tests/live/audit-lib.sh"
# shellcheck source=tests/live/false-lib.sh
. "$srcdir/tests/live/false-lib.sh"

LDAPNOINIT=1 # no ldap.conf of the machine or of the user
export LDAPNOINIT

have jq || {
    skip "hostile servers" "jq is not installed"
    finish
}

printf 'secret' >"$scratch/password"

# recorded WHAT: no name and no password was offered to the server that keeps a record.
recorded() {
    verdict "$1: no password went out" "$(grep credentials "$false_record")"
}

# --- What is no answer -----------------------------------------------------------------------

junk() {
    false_start junk && refused "no LDAP at all" 3 "Can't contact LDAP server" "$false_uri"
    false_start huge && refused "a message of 2 GB" 3 "Can't contact LDAP server" "$false_uri"
    false_start broken && partial "an entry whose lengths are wrong" "is malformed" "$false_uri"
}

# Runs the program with 1 GB of memory. A sanitizer wants far more for itself.
with_limit() {
    printf '%s\n' '#!/bin/sh' 'ulimit -v 1000000' "exec \"$ADTOPO\" \"\$@\"" >"$scratch/limited"
    chmod +x "$scratch/limited"
    "$scratch/limited" --version >/dev/null 2>&1
}

flood() {
    false_start cookie 2000 &&
        partial "a page that is refused" "Server is unwilling to perform (53)" "$false_uri"
    false_start objects 10000000 &&
        partial "ten million objects and little time" "the time limit of 2 seconds was over" \
            --time-limit 2 "$false_uri"
    if ! with_limit; then
        skip "ten million objects and little memory" "the program does not start with 1 GB"
        return
    fi
    unlimited=$ADTOPO
    ADTOPO=$scratch/limited
    false_start objects 10000000 && refused "ten million objects and little memory" 3 \
        "more than 1000000 entries" "$false_uri"
    ADTOPO=$unlimited
}

# --- Values in parts -------------------------------------------------------------------------

ranges() {
    false_start ranges 4000 || return
    "$ADTOPO" show site-links --format json "$false_uri" >"$scratch/out" 2>"$scratch/err"
    holds "4,000 values come in three parts" "$scratch/out" \
        '.["site-links"][0].sites | length | select(. != 4000)'
    false_start stuck && partial "a server that repeats a part" "only the first 1500 values" \
        "$false_uri"
}

# --- Elsewhere -------------------------------------------------------------------------------

# The other server keeps the record; the first one sends there.
elsewhere() {
    false_start objects 3 || return
    thief_uri=$false_uri
    thief_record=$false_record
    false_start referral "$thief_uri" &&
        refused "a referral instead of an answer" 3 "another server holds this" "$false_uri"
    false_start reference "$thief_uri/CN=Elsewhere" &&
        partial "a part that is elsewhere" "is on another server" "$false_uri"
    false_start bind-referral "$thief_uri" &&
        refused "a referral instead of a login" 3 "Referral (10)" --allow-cleartext \
            -x -D cn=reader -y "$scratch/password" "$false_uri"
    verdict "nobody is asked who was not named" "$(cat "$thief_record" 2>/dev/null)"
}

# --- Encryption ------------------------------------------------------------------------------

downgrade() {
    set -- -x -D cn=reader -y "$scratch/password"
    false_start false-tls && refused "StartTLS that is none" 3 "encryption could not be agreed on" \
        -ZZ "$@" "$false_uri"
    recorded "StartTLS that is none"
    false_start false-tls && refused "StartTLS that is none, tried only" 3 \
        "encryption could not be agreed on" -Z "$@" "$false_uri"
    recorded "StartTLS that is none, tried only"
    false_start objects 3 && refused "StartTLS that is refused" 3 "does not know StartTLS" \
        -ZZ "$@" "$false_uri"
    recorded "StartTLS that is refused"
    false_start objects 3 && refused "StartTLS that is refused, tried only" 3 \
        "refusing to send the password unencrypted" -Z "$@" "$false_uri"
    recorded "StartTLS that is refused, tried only"
}

# --- Manners ---------------------------------------------------------------------------------

# Ctrl-C, as a terminal sends it: the question is abandoned and the server told
# goodbye. The reading is slow, because what is sent to a connection that closes
# under it resets it, and the server would never read the goodbye.
interrupted() {
    false_start objects 10000000 || return
    (
        trap - INT
        exec "$ADTOPO" audit --rate 500 "$false_uri" >"$scratch/out" 2>"$scratch/err"
    ) &
    reader=$!
    sleep 2
    kill -INT "$reader"
    wait "$reader"
    status=$?
    if [ "$status" -eq 130 ]; then
        ok "Ctrl-C ends by that signal"
    else
        fail "Ctrl-C ends by that signal" "$status: $(cat "$scratch/err")"
    fi
    verdict "Ctrl-C leaves no audit behind" "$(cat "$scratch/out")"
    sleep 1
    verdict "Ctrl-C tells the server" "$(grep -q goodbye "$false_record" || cat "$false_record")"
}

slowly() {
    false_start objects 1500 || return
    before=$(date +%s)
    "$ADTOPO" audit --rate 500 "$false_uri" >"$scratch/out" 2>"$scratch/err"
    took=$(($(date +%s) - before))
    if [ "$took" -ge 2 ] && [ "$took" -le 20 ]; then
        ok "500 objects a second"
    else
        fail "500 objects a second" "1500 objects took $took seconds"
    fi
    verdict "no progress line where there is no terminal" "$(tr -dc '\r' <"$scratch/err")"
}

# --- All of it -------------------------------------------------------------------------------

junk
flood
ranges
elsewhere
downgrade
interrupted
slowly
finish
