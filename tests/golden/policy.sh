#!/bin/sh
# Policies and baselines: what is accepted does not count, is still reported,
# and a file that would silently do nothing is refused.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
faulty=coexistence-faulty.ldif
healthy=coexistence-healthy.ldif
now=2007-03-31T12:00:00Z

# run ARGUMENT...: an audit; sets $status and fills $scratch/out and $scratch/err.
run() {
    "$ADTOPO" audit --quiet --now $now "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
    status=$?
}

# ends WHAT STATUS: of the last run.
ends() {
    if [ "$status" -eq "$2" ]; then
        ok "$1"
    else
        fail "$1" "status $status, not $2: $(head -n 40 "$scratch/err" "$scratch/out")"
    fi
}

# says WHAT PATTERN, and says_not WHAT PATTERN: in the last report, whose lines are joined.
says() {
    if tr -s '\n ' ' ' <"$scratch/out" | grep -q -e "$2"; then
        ok "$1"
    else
        fail "$1" "nothing like \"$2\" in: $(cat "$scratch/out")"
    fi
}

says_not() {
    if tr -s '\n ' ' ' <"$scratch/out" | grep -q -e "$2"; then
        fail "$1" "\"$2\" is in: $(cat "$scratch/out")"
    else
        ok "$1"
    fi
}

# refused WHAT PATTERN POLICY: ends with status 2 and one sentence. The policy is
# a format of printf.
refused() {
    # shellcheck disable=SC2059
    printf "$3" >"$scratch/broken"
    run --policy "$scratch/broken" $faulty
    if [ $status -eq 2 ] && [ ! -s "$scratch/out" ] && [ "$(wc -l <"$scratch/err")" -eq 1 ] &&
        grep -q -e "$2" "$scratch/err"; then
        ok "refused: $1"
    else
        fail "refused: $1" "status $status, nothing like \"$2\": $(cat "$scratch/err")"
    fi
}

# --- Policies that are wrong ---------------------------------------------------------

refused "an unknown rule" NOPE1 \
    '[suppress x]\nrule = NOPE1\nobject = *\nreason = r\n'
refused "a list of rules that is empty" 'include takes rules' '[rules]\ninclude =\n'
refused "a list of nothing" 'include takes rules .*, not ","' '[rules]\ninclude = ,\n'
refused "one of commas only" 'exclude takes rules' '[rules]\nexclude = ,\n'
refused "the severity of an unknown rule" NOPE1 \
    '[severity]\nNOPE1 = info\n'
refused "an unknown severity" grave \
    '[severity]\nVER001 = grave\n'
refused "an unknown rule to include" NOPE1 \
    '[rules]\ninclude = RG*, NOPE1\n'
refused "an unknown group" rulez \
    '[rulez]\ninclude = RG*\n'
refused "an unknown key" '"only"' \
    '[rules]\nonly = RG*\n'
refused "an unknown parameter" many-size \
    '[parameters]\nmany-size = 3\n'
refused "a parameter that is nearly one" 'did you mean many-sites?' \
    '[parameters]\nmany-site = 3\n'
refused "a parameter out of its range" 'days from 1 to 36500, not "0"' \
    '[parameters]\nprovisioned-days = 0\n'
refused "a rule that is nearly one" 'did you mean VER001?' \
    '[severity]\nVER0001 = info\n'
refused "a parameter that is no number" 'from 1 to' \
    '[parameters]\nmany-sites = many\n'
refused "no reason" '"reason" is missing' \
    '[suppress x]\nrule = VER001\nobject = *\n'
refused "no object" '"object" is missing' \
    '[suppress x]\nrule = VER001\nreason = r\n'
refused "no rule" '"rule" is missing' \
    '[suppress x]\nobject = *\nreason = r\n'
refused "no name" suppress \
    '[suppress]\nrule = VER001\nobject = *\nreason = r\n'
refused "an end that is no day" soon \
    '[suppress x]\nrule = VER001\nobject = *\nreason = r\nexpires = soon\n'
refused "a day that is none" 2007-02-30 \
    '[suppress x]\nrule = VER001\nobject = *\nreason = r\nexpires = 2007-02-30\n'
refused "a group twice" ':5: .*twice' \
    '[suppress x]\nrule = VER001\nobject = *\nreason = r\n[suppress x]\nrule = RG001\n'
refused "a key twice" ':3: .*twice' \
    '[severity]\nVER001 = info\nVER001 = error\n'
refused "a key outside of groups" 'broken:1: "rule" stands before the first group' \
    'rule = VER001\n'
refused "a line that is nothing" 'broken:3: "VER001" is neither a group' \
    '[severity]\n# hard\nVER001\n'
refused "a line without a key" 'broken:2: "= info" is neither' \
    '[severity]\n= info\n'
refused "a group that does not end" 'broken:2: "\[rules" is no group' \
    '# hard\n[rules\ninclude = RG*\n'
refused "a group without a name" 'broken:1: "\[\]" is no group' \
    '[]\ninclude = RG*\n'
refused "a group within a group" 'is no group' \
    '[[rules]]\ninclude = RG*\n'
refused "a key in brackets" 'broken:2: .* is no key' \
    '[rules]\ninclude[de] = RG*\n'
refused "no UTF-8" UTF-8 \
    '[rules]\nexclude = \377\n'
printf '\357\273\277[rules]\nexclude = ORG*\n' >"$scratch/marked"
run --policy "$scratch/marked" no-exchange.ldif
ends "a policy may begin with a mark of the byte order" 0
run --policy "$scratch/missing" $faulty
ends "a missing policy is status 2" 2
run --policy "$scratch" $faulty
ends "a folder is no policy" 2

# --- Suppressions ----------------------------------------------------------------

guid=$("$ADTOPO" audit --quiet --format json --include RG002 $faulty |
    sed -n 's/^ *"guid": "\(.*\)"$/\1/p' | tr a-f A-F)
below="CN=Administrative Groups,CN=Contoso,CN=Microsoft Exchange,CN=Services,"
below="${below}CN=Configuration,DC=contoso,DC=test"

# The DN is spelt in a way of its own, and its backslash is one.
cat >"$scratch/policy" <<EOF
# What Contoso lives with
[suppress by name]
rule = VER001
object = ex03-FE1
reason = replaced in April
owner = Messaging
expires = 2007-03-31

[suppress by DN]
rule = modern-server-in-legacy-group
object = cn=ex07-muc3, CN=Servers,CN=First\\20Administrative Group,$below
reason = by DN

[suppress by GUID]
rule = RG002
object = $guid
reason = by GUID

[suppress by pattern]
rule = SITE*
object = *-dublin,*
reason = by pattern

[suppress overdue]
rule = RG008
object = *
reason = was to be repaired
expires = 2007-03-30

[suppress nothing]
rule = ORG001
object = *
reason = never needed
EOF
run --policy "$scratch/policy" --format json $faulty
ends "errors that nothing suppresses still count" 1
if have jq; then
    verdict "name, DN, GUID and pattern are found" "$(jq -r '.policy.suppressions[]
        | .name + " " + .state + " " + (.findings | tostring)' "$scratch/out" >"$scratch/got"
        diff - "$scratch/got" <<'EOF'
by name used 1
by DN used 1
by GUID used 1
by pattern used 1
overdue expired 1
nothing unused 0
EOF
    )"
    verdict "the summary counts them apart" \
        "$(jq -r 'select(.summary.suppressed != 4) | .summary' "$scratch/out")"
    verdict "nothing is left out" "$("$ADTOPO" audit --quiet --format json $faulty |
        jq '[.findings[].fingerprint]' >"$scratch/all"
        jq '[.findings[].fingerprint]' "$scratch/out" | diff "$scratch/all" -)"
    verdict "what is suppressed is marked, with the reason" "$(jq -r '[.findings[]
        | select(.suppression) | .rule + " " + .suppression.reason] | sort[]' "$scratch/out" \
        >"$scratch/got"
        diff - "$scratch/got" <<'EOF'
AG001 by DN
RG002 by GUID
SITE005 by pattern
VER001 replaced in April
EOF
    )"
else
    skip "policies in JSON" "jq not found"
fi
run --policy "$scratch/policy" $faulty
says "text lists what is suppressed" \
    'SUPPRESSED by.*"EX03-FE1".*(replaced in April; Messaging; until 2007-03-31)'
says "text tells of the one that expired" \
    '"overdue" of RG008 expired (2007-03-30): 1 finding it was made for counts again'
says "text tells of the one that fits nothing" \
    'suppression "nothing" of ORG001 fits no finding any more'
says "the result counts them apart" '; 4 suppressed; '
run --policy "$scratch/policy" --format gnu $faulty
verdict "other formats tell it on standard error" \
    "$(grep -c '^adtopo: .*suppression "\(overdue\|nothing\)"' "$scratch/err" | grep -vx 2)"
says_not "lines do not show what is suppressed" 'VER001'
now=2007-04-01T00:00:00Z
run --policy "$scratch/policy" $faulty
now=2007-03-31T12:00:00Z
says "a day lasts to its end, and no longer" 'suppression "by name" of VER001 expired'
run --policy "$scratch/policy" --include 'RG*' $faulty
says_not "what was not judged is not called superfluous" 'suppression "nothing"'
printf '[suppress unseen]\nrule = PRE020\nobject = *\nreason = r\n' >"$scratch/unseen"
printf '[suppress seen in part]\nrule = HUB010\nobject = *\nreason = r\n' >>"$scratch/unseen"
run --policy "$scratch/unseen" $faulty
says_not "nor what could not be" 'suppression "unseen"'
says "what was judged in part is" 'suppression "seen in part" of HUB010 fits no finding any more'
printf '[suppress gone]\nrule = ORG001\nobject = *\nreason = r\nexpires = 2007-03-30\n' \
    >"$scratch/gone"
run --policy "$scratch/gone" $faulty
says "what expired may be superfluous as well" \
    'suppression "gone" of ORG001 expired (2007-03-30) and fits no finding any more'
printf '[suppress all]\nrule = *\nobject = *\nreason = holiday\n' >"$scratch/all.policy"
run --policy "$scratch/all.policy" $faulty
ends "suppressed errors do not count" 0
says "and are not silent" 'No findings; [0-9]* suppressed'

# --- Severities, selection, parameters ------------------------------------------------

printf '[severity]\nVER* = info\nVER001 = error\n' >"$scratch/severe"
run --policy "$scratch/severe" --include VER001 $faulty
ends "a severity is raised" 1
says "and shown as such" 'ERROR VER001'
printf '[severity]\n* = info\n' >"$scratch/mild"
run --policy "$scratch/mild" $faulty
ends "a severity is lowered" 0
run --policy "$scratch/mild" --severity warning $faulty
says "before the threshold is applied" 'No findings; [0-9]* notes below the threshold not shown'
run --severity error $healthy
says "what is left out is counted" 'No findings; [0-9]* notes below the threshold not shown'
run --severity info $healthy
says_not "and only then" 'below the threshold'
"$ADTOPO" audit --severity error --format gnu $healthy >"$scratch/out" 2>"$scratch/err"
verdict "lines leave it to standard error" "$(grep -q '^adtopo: [0-9]* below the threshold of' \
    "$scratch/err" || cat "$scratch/err")"
printf '[rules]\ninclude = VER*, SITE005\nexclude = VER001\n' >"$scratch/selected"
run --policy "$scratch/selected" --format gnu $faulty
verdict "rules are selected" "$(grep -v SITE005 "$scratch/out"; grep -q SITE005 "$scratch/out" ||
    echo nothing)"
run --policy "$scratch/selected" --include RG002,VER001 --format gnu $faulty
verdict "the command line includes what it says, and the policy excludes" \
    "$(grep -v RG002 "$scratch/out"; grep -q RG002 "$scratch/out" || echo nothing)"
printf '[parameters]\nmany-connectors = 1\n' >"$scratch/parameter"
run --policy "$scratch/parameter" --include RG010 $healthy
says "a parameter moves a threshold" 'more than 1'
printf '[parameters]\nservers-cited = 1\n' >"$scratch/parameter"
run -v --policy "$scratch/parameter" --include ORG006 $healthy
verdict "and how much is cited" "$(grep -c serialNumber "$scratch/out" | grep -vx 1)"

# Every parameter is in the manual, with its default, and none else is.
if have jq; then
    "$ADTOPO" rules --format json | jq -r '.rules[].parameters[] | .name + " " +
        (.default | tostring)' | LC_ALL=C sort -u >"$scratch/parameters"
    # shellcheck disable=SC2016
    sed -n '/^.It Ic \[parameters\]/,/^.El/p' "$srcdir/doc/adtopo-policy.5" |
        "$AWK" '/^\.It Cm / { name = $3; next }
            { last = $NF; sub(/\.$/, "", last) } /[0-9]\.$/ { print name, last }' |
        LC_ALL=C sort >"$scratch/manual"
    verdict "the manual has every parameter and its default" \
        "$(diff "$scratch/parameters" "$scratch/manual")"
fi

# --- Evidence -------------------------------------------------------------------------

run --format json $faulty
cp "$scratch/out" "$scratch/without"
cat >"$scratch/evidence" <<'EOF'
[evidence link state]
rule = LINK001
who = A. Administrator
when = 2007-03-30
how = reg query on each of the six servers
EOF
run --evidence "$scratch/evidence" $faulty
says "evidence is printed" 'LINK001: A. Administrator, 2007-03-30: reg query on each of the six'
says "and the finding stays" 'WARNING LINK001'
run --evidence "$scratch/evidence" --format json $faulty
verdict "nothing else changes" "$(sed '/^  "evidence": \[/,/^  \]/d' "$scratch/out" |
    diff "$scratch/without" -)"
run --evidence "$scratch/evidence" exchange-2007.ldif
says "evidence for a rule that left nothing open" \
    'evidence: evidence "link state": LINK001 found nothing'
run --evidence "$scratch/evidence" --format json exchange-2007.ldif
says "programs are told as well" '"needed": false'
run --evidence "$scratch/evidence" --format gnu exchange-2007.ldif
verdict "formats without room for it have it beside them" "$(
    grep -q 'LINK001 found nothing' "$scratch/err" || cat "$scratch/err")"
run --evidence "$scratch/evidence" $faulty
says_not "evidence that a finding asks for is none of those" 'LINK001 found nothing'
run --evidence "$scratch/evidence" --include LINK001 --severity error $faulty
says_not "nor one that is asked for by a finding that is not shown" 'LINK001 found nothing'
run --evidence "$scratch/evidence" --include RG002 exchange-2007.ldif
says_not "nor one for a rule that was not run" 'LINK001 found nothing'
sed 's/LINK001/SITE014/' "$scratch/evidence" >"$scratch/open"
run --evidence "$scratch/open" $faulty
says_not "nor one for what was left open" 'SITE014 found nothing'

# refused_evidence PATTERN LINE...: ends with status 2 and one sentence.
refused_evidence() {
    pattern=$1
    shift
    printf '%s\n' "$@" >"$scratch/broken"
    run --evidence "$scratch/broken" $faulty
    if [ $status -eq 2 ] && [ "$(wc -l <"$scratch/err")" -eq 1 ] &&
        grep -q -e "$pattern" "$scratch/err"; then
        ok "refused as evidence: $pattern"
    else
        fail "refused as evidence: $pattern" "status $status: $(cat "$scratch/err")"
    fi
}

group='[evidence x]'
rule='rule = LINK001'
who='who = me'
when='when = 2007-03-30'
how='how = so'
refused_evidence 'broken: \[evidence x\]: the directory decides RG002' \
    "$group" 'rule = RG002' "$who" "$when" "$how"
refused_evidence 'broken: \[evidence x\]: .*NOPE1' "$group" 'rule = NOPE1' "$who" "$when" "$how"
refused_evidence 'broken: \[evidence x\]: .*"rule" is missing' "$group" "$who" "$when" "$how"
refused_evidence 'broken: \[evidence x\]: .*"who" is missing' "$group" "$rule" "$when" "$how"
refused_evidence 'broken: \[evidence x\]: .*"when" is missing' "$group" "$rule" "$who" "$how"
refused_evidence 'broken: \[evidence x\]: .*"how" is missing' "$group" "$rule" "$who" "$when"
refused_evidence 'broken: \[evidence x\]: "when" is a day .* not "soon"' \
    "$group" "$rule" "$who" 'when = soon' "$how"
refused_evidence 'broken: \[evidence x\]: .*"object"' \
    "$group" "$rule" "$who" "$when" "$how" 'object = *'
refused_evidence 'broken: \[suppress x\]: unknown group' '[suppress x]' "$rule"
refused_evidence 'broken:1: "rule" stands before the first group' "$rule"

# --- Baselines ---------------------------------------------------------------------

run --write-baseline "$scratch/known" $healthy
ends "a baseline is written" 0
run --baseline "$scratch/known" --fail-on info $healthy
ends "what is known does not count" 0
says "and is said" 'No new findings; [0-9]* known'
run --baseline "$scratch/known" --fail-on info --include 'RG*' $faulty
ends "what is new does" 1
run --write-baseline "$scratch/faults" --output "$scratch/report" $faulty
ends "the status stays what it is when a baseline is written" 1
run --baseline "$scratch/faults" $faulty
ends "known errors do not count" 0
run --baseline "$scratch/faults" --include VER001 --policy "$scratch/severe" $faulty
ends "what has become graver is new" 1
run --baseline "$scratch/faults" $healthy
says "what is gone is said" 'of the baseline were not found any more'
run --baseline "$scratch/faults" --format html $faulty
says "HTML names the baseline" '<dt>Baseline</dt><dd>[^<]*/faults</dd>'
run --baseline "$scratch/faults" --format json $faulty
if have jq; then
    verdict "all findings are marked as known" \
        "$(jq -r '.findings[] | select(.baseline != "known") | .rule' "$scratch/out")"
    verdict "and counted" "$(jq -r '.summary | select(.new != 0 or .gone != 0 or .known == 0)' \
        "$scratch/out")"
else
    skip "baselines in JSON" "jq not found"
fi
"$ADTOPO" audit --format json $faulty >"$scratch/report.json"
run --baseline "$scratch/report.json" $faulty
ends "a report in JSON is a baseline too" 0
if have jq; then
    for order in 'map(.severity = "info") + .' '. + map(.severity = "info")'; do
        jq ".findings |= ($order)" "$scratch/report.json" >"$scratch/twice"
        run --baseline "$scratch/twice" $faulty
        ends "of a finding that is there twice the graver counts: $order" 0
    done
fi
# The lines of the file change, the findings do not.
{ printf '# moved\n\n\n' && cat $faulty; } >"$scratch/moved.ldif"
run --baseline "$scratch/faults" "$scratch/moved.ldif"
ends "lines do not matter" 0
for broken in '{' '[]' '{"findings": 3}' '{"findings": [{"fingerprint": "x"}]}' \
    '{"findings": [{"fingerprint": "00112233445566778899aabbccddeeff", "severity": "grave"}]}'; do
    echo "$broken" >"$scratch/broken"
    run --baseline "$scratch/broken" $faulty
    ends "refused as a baseline: $broken" 2
done
run --baseline "$scratch/missing" $faulty
ends "a missing baseline is status 2" 2
run --write-baseline "$scratch/no/such" $healthy
ends "a baseline that cannot be written is status 3" 3

finish
