# shellcheck shell=sh disable=SC2034,SC2154
# What the live tests say about an audit: sourced after tests/lib.sh. Each function is one line of
# the test's report.
#
#     judged organisation.ldif >"$scratch/wanted"
#     same "live" ldap://127.0.0.1
#     no_bolder "exported" ldap://127.0.0.1 export.ldif
#     refused "no such server" 3 "connection refused" ldap://127.0.0.1:1
#     partial "a size limit" "Size limit exceeded" ldap://127.0.0.1

LDAPNOINIT=1 # no ldap.conf of the machine or of the user
export LDAPNOINIT

# judged SOURCE OPTION...: writes an audit of a source, less what may differ between two readings of
# one directory, to standard output.
judged() {
    "$ADTOPO" audit --format json "$@" >"$scratch/audit.json" 2>"$scratch/audit.err"
    judged_status=$?
    if [ "$judged_status" -gt 1 ]; then
        echo "exit status $judged_status"
        cat "$scratch/audit.err"
        return
    fi
    jq -S 'del(.sources, .diagnostics) | walk(if type == "object" then del(.origin) else . end)' \
        "$scratch/audit.json" 2>&1
    echo "exit status $judged_status"
}

# same WHAT SOURCE OPTION...: the audit says what $scratch/wanted says.
same() {
    same_what=$1
    shift
    judged "$@" >"$scratch/got"
    if [ "$judged_status" -gt 1 ]; then
        fail "$same_what" "$(cat "$scratch/got")"
    else
        verdict "$same_what" "$(diff "$scratch/wanted" "$scratch/got" | head -n 30)"
    fi
}

# no_bolder WHAT SERVER FILE: an audit of the file says what one of the server says. Only where it
# takes the server's word that something is not there, it says nothing and calls that not assessed.
no_bolder() {
    "$ADTOPO" audit --format json "$2" >"$scratch/server.json" 2>"$scratch/err"
    "$ADTOPO" audit --format json "$3" >"$scratch/file.json" 2>>"$scratch/err"
    verdict "$1" "$(jq -rn 'input as $server | input as $file |
        ($server.findings | map(.fingerprint)) as $known |
        ($file.findings | map(.fingerprint)) as $kept |
        ($file.notAssessed | map(.rule)) as $open |
        if $known == [] then "nothing was found" else empty end,
        ($file.findings[] | select([.fingerprint] - $known != []) |
            "the file alone: \(.rule) \(.message)"),
        ($server.findings[] | select([.fingerprint] - $kept != [] and [.rule] - $open != []) |
            "not a word of the file: \(.rule) \(.message)"),
        ($server.notAssessed[] | select([.rule] - $open != []) |
            "assessed by the file alone: \(.rule)")' \
        "$scratch/server.json" "$scratch/file.json" 2>&1)"
}

# refused WHAT STATUS TEXT OPTION...: ends with the status and one line on standard error that holds
# the text, and prints nothing that could be taken for an audit.
refused() {
    refused_what=$1
    refused_status=$2
    refused_text=$3
    shift 3
    "$ADTOPO" audit "$@" >"$scratch/out" 2>"$scratch/err"
    status=$?
    if [ "$status" -ne "$refused_status" ]; then
        fail "$refused_what: exit status" "$status, not $refused_status: $(cat "$scratch/err")"
    elif [ -s "$scratch/out" ]; then
        fail "$refused_what: nothing is printed" "$(head -n 3 "$scratch/out")"
    elif [ "$(wc -l <"$scratch/err")" -ne 1 ] || ! grep -qF -- "$refused_text" "$scratch/err"; then
        fail "$refused_what: one sentence with '$refused_text'" "$(cat "$scratch/err")"
    else
        ok "$refused_what"
    fi
}

# partial WHAT TEXT OPTION...: exit status 4, the source is not complete and a diagnostic of level
# error says why; what was read is still judged.
partial() {
    partial_what=$1
    partial_text=$2
    shift 2
    "$ADTOPO" audit --format json "$@" >"$scratch/out" 2>"$scratch/err"
    status=$?
    if [ "$status" -ne 4 ]; then
        fail "$partial_what: exit status" "$status, not 4: $(cat "$scratch/err")"
        return
    fi
    verdict "$partial_what" "$(jq -r --arg text "$partial_text" '
        if (.sources | all(.complete)) then "called complete" else empty end,
        if (.sources | map(.entries) | add) == 0 then "nothing was kept" else empty end,
        if any(.diagnostics[]; .level == "error" and (.message | contains($text))) then empty
        else "no such diagnostic: \(.diagnostics)" end' "$scratch/out" 2>&1)"
}

# holds WHAT FILE FILTER: FILE holds one JSON value, and the jq filter has no complaint about it.
holds() {
    verdict "$1" "$(jq -rn "input | $3" "$2" 2>&1)"
}
