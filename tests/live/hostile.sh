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

have jq || {
    skip "hostile servers" "jq is not installed"
    finish
}

printf 'secret' >"$scratch/password"

# recorded WHAT: no name and no password was offered to the server that keeps a record.
recorded() {
    verdict "$1: no password went out" "$(grep credentials "$false_record")"
}

# whole WHAT ENTRIES URI: all of them are read, and the source is complete.
whole() {
    "$ADTOPO" audit --format json "$3" >"$scratch/out" 2>"$scratch/err"
    holds "$1" "$scratch/out" '.sources[0] |
        select(.entries != '"$2"' or (.complete | not)) | "\(.)"'
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
    false_start late 2000 &&
        partial "a time limit on the server" "the server's time limit was reached" "$false_uri"
    false_start busy 2000 &&
        partial "a server that becomes too busy" "the server is too busy" "$false_uri"
    false_start shrink 700 &&
        whole "a server that lowers the size of pages, and sends empty ones" 701 "$false_uri"
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
    false_start gone && partial "an object that goes between two parts" \
        "only the first 1500 values" "$false_uri"
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

# The server says nothing, so that there is time to look.
process_list() {
    if ! [ -r /proc/self/cmdline ]; then
        skip "the process list" "there is no /proc"
        return
    fi
    false_start objects 3 && false_start stall "$false_port" 0 || return
    "$ADTOPO" audit -x -D cn=reader -w geheim --allow-cleartext -o TIMEOUT=3 "$false_uri" \
        >"$scratch/out" 2>"$scratch/err" &
    sleep 1
    tr '\0' ' ' <"/proc/$!/cmdline" >"$scratch/shown"
    wait "$!"
    verdict "no password stays in the process list" "$(
        grep -q 'cn=reader' "$scratch/shown" || echo "it was not there"
        grep geheim "$scratch/shown" "$scratch/out" "$scratch/err"
    )"
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

# on_terminal OBJECTS OPTION...: what a terminal shows while a slow server is read becomes lines of
# $scratch/lines.
on_terminal() {
    false_start objects "$1" || return
    shift
    script -qec "$ADTOPO audit --rate 500 $* --output $scratch/out $false_uri" "$scratch/typed" \
        >"$scratch/screen" 2>&1 </dev/null
    tr '\r' '\n' <"$scratch/screen" >"$scratch/lines"
}

progress() {
    if ! have script; then
        skip "a progress line" "script is not installed"
        return
    fi
    on_terminal 1500
    verdict "a terminal shows the server, how many objects, and how fast they come" \
        "$(grep -Eq "$false_uri: [0-9]+ objects, [0-9]+ a second" "$scratch/lines" ||
            cat "$scratch/lines")"
    verdict "the line is wiped in the end" "$(tail -n 1 "$scratch/lines" | grep 'objects, ')"
    on_terminal 100
    verdict "no progress line for a short reading" "$(grep 'objects, ' "$scratch/lines")"
    on_terminal 1500 --quiet
    verdict "no progress line with --quiet" "$(grep 'objects, ' "$scratch/lines")"
}

# --- All of it -------------------------------------------------------------------------------

junk
flood
ranges
elsewhere
downgrade
process_list
interrupted
slowly
progress
finish
