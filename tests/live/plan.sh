#!/bin/sh
# What adtopo plan announces is what is sent: the searches that a server logs during an audit are
# those of the plan, to the letter. And what the printed ldapsearch commands fetch is judged as the
# server itself is, as far as a file can be.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/live/audit-lib.sh
. "$srcdir/tests/live/audit-lib.sh"
# shellcheck source=tests/live/slapd-lib.sh
. "$srcdir/tests/live/slapd-lib.sh"

slapd_or_skip "the plan"

# logged: the searches that slapd has logged since mark_log, "base scope filter attributes" a line,
# each once, in lower case as slapd writes a part of it. A line about the attributes follows the one
# about the search, of the same connection and operation.
mark_log() {
    log_size=$(wc -c <"$scratch/slapd.log")
}

logged() {
    tail -c +$((log_size + 1)) "$scratch/slapd.log" | awk '
        match($0, /conn=[0-9]+ op=[0-9]+ /) { operation = substr($0, RSTART, RLENGTH) }
        / SRCH base=/ {
            match($0, /base="[^"]*"/)
            base = substr($0, RSTART + 6, RLENGTH - 7)
            match($0, /scope=[0-9]/)
            scope = substr($0, RSTART + 6, 1) == 0 ? "base" : "sub"
            filter = $0
            sub(/.*filter="/, "", filter)
            sub(/"$/, "", filter)
            search[operation] = base "\t" scope "\t" filter
        }
        / SRCH attr=/ {
            attributes = $0
            sub(/.*SRCH attr=/, "", attributes)
            print tolower(search[operation] "\t" attributes)
        }' | LC_ALL=C sort -u
}

# announced PLAN: the same of what a plan says.
announced() {
    jq -r '.servers[].searches[] |
        [.base, .scope, .filter, (.attributes | join(" "))] | @tsv' "$1" |
        tr '[:upper:]' '[:lower:]' | LC_ALL=C sort -u
}

# unannounced: the lines of $scratch/sent that no line of $scratch/announced covers. What stands
# there in angle brackets stands for anything, a repeated term of a filter for any number of them.
unannounced() {
    awk -F '\t' '
        function pattern(text) {
            gsub(/[][\\.*^$()|?+{}]/, "\\\\&", text)
            gsub(/<[^>]*>/, ".*", text)
            return "^" text "$"
        }
        NR == FNR {
            base[++n] = pattern($1)
            filter[n] = pattern($3)
            rest[n] = $2 FS $4
            next
        }
        {
            for (i = 1; i <= n; i++)
                if (rest[i] == $2 FS $4 && $1 ~ base[i] && $3 ~ filter[i])
                    next
            print substr($0, 1, 300)
        }' "$scratch/announced" "$scratch/sent"
}

# plan_and_run WHAT COMMAND OPTION...: makes plan.json, announced and sent in $scratch.
plan_and_run() {
    what=$1
    command=$2
    shift 2
    mark_log
    "$ADTOPO" "$command" --dry-run --format json "$@" >"$scratch/plan.json" 2>"$scratch/err" ||
        fail "$what is planned" "$(cat "$scratch/err")"
    logged >"$scratch/asked"
    announced "$scratch/plan.json" >"$scratch/announced"
    mark_log
    "$ADTOPO" "$command" --format json "$@" >"$scratch/out" 2>"$scratch/err"
    logged >"$scratch/sent"
    [ "$(wc -l <"$scratch/sent")" -gt 4 ] ||
        fail "$what: the log shows searches" "$(cat "$scratch/sent")"
}

# compare_exactly WHAT OPTION...: a command that needs no domain sends what the plan says, and
# nothing else.
compare_exactly() {
    exactly=$1
    shift
    plan_and_run "$exactly" show "$@"
    verdict "$exactly: what is sent is what was announced" \
        "$(diff "$scratch/announced" "$scratch/sent" | cut -c 1-300)"
}

# compare_domains WHAT OPTION...: for an audit domains are asked, whose names only the
# configuration tells: what is sent fits what was announced.
compare_domains() {
    domains=$1
    shift
    plan_and_run "$domains" audit "$@"
    if ! grep -q "$(printf '^dc=contoso,dc=test\tsub')" "$scratch/sent"; then
        fail "$domains: a domain is asked" "$(cut -f 1-3 "$scratch/sent" | cut -c 1-100)"
        return
    fi
    verdict "$domains: what is sent to domains is covered by what was announced" "$(unannounced)"
}

# fetched DIRECTORY: runs the ldapsearch commands of the plan there, with what stands in angle
# brackets filled in. What is not there is no failure: no Exchange, no mark of it in the schema.
fetched() {
    mkdir -p "$1"
    jq -r '.servers[].searches[] | select(.content) | .ldapsearch' "$scratch/plan.json" |
        sed 's/<nCName of each domain>/DC=contoso,DC=test/
            s/(sAMAccountName=<computer>\$)(dNSHostName=<computer>\.\*)/(sAMAccountName=*)/' \
            >"$1/commands"
    (cd "$1" && sh ./commands) >"$1/log" 2>&1
    [ -s "$1/commands" ] && ! grep -vE '^(No such object \(32\)|Matched DN: .*)$' "$1/log"
}

compare_organisation() {
    name=${1##*/}
    awk -v how=content -f "$srcdir/tests/live/variants.awk" "$1" >"$scratch/content.ldif"
    # shellcheck disable=SC2119 # slapd's own configuration, not this function's
    if ! slapd_load "$scratch/content.ldif" || ! slapd_start; then
        fail "$name is taken by slapd" "$(cat "$scratch/load.log" "$scratch/slapd.log" 2>&1)"
        return
    fi
    compare_exactly "$name" "$slapd_uri"
    compare_domains "$name" "$slapd_uri"
    if fetched "$scratch/fetched"; then
        no_bolder "$name, fetched with ldapsearch" "$slapd_uri" "$scratch/fetched/adtopo.ldif"
    else
        fail "$name is fetched with ldapsearch" "$(cat "$scratch/fetched/log")"
    fi
    rm -rf "$scratch/fetched"
}

slapd_debug=256 # stats: a line for every operation
for organisation in coexistence-faulty no-exchange; do
    compare_organisation "$srcdir/fixtures/$organisation.ldif"
done

compare_exactly "a base" -b CN=Configuration,DC=contoso,DC=test "$slapd_uri"

# The plan itself leaves no trace but the rootDSE's and the question whether there is a
# configuration partition.
verdict "a plan reads nothing" \
    "$(cut -f 1 "$scratch/asked" | grep -vxF -e '' -e cn=configuration,dc=contoso,dc=test)"
verdict "a plan asks for no entry's attributes" \
    "$(awk -F '\t' '$1 != "" && $4 != "1.1"' "$scratch/asked")"

"$ADTOPO" plan "ldap://127.0.0.1:1" >"$scratch/out" 2>"$scratch/err"
status=$?
if [ "$status" -eq 3 ] && ! [ -s "$scratch/out" ] &&
    grep -q "connection refused" "$scratch/err"; then
    ok "a server that is not there has no plan"
else
    fail "a server that is not there has no plan" "$status: $(cat "$scratch/out" "$scratch/err")"
fi
finish
