#!/bin/sh
# The formats of audit beside text, JSON and GNU lines: word for word, valid by
# the tools that know them, and harmless whatever a name holds.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/expected.sh
. "$srcdir/tests/golden/expected.sh"
faulty=coexistence-faulty.ldif
healthy=coexistence-healthy.ldif

# A few rules of every verdict keep the expected files small.
few=RG008,RG009,SITE005,SITE014,SEND004,VER001,ORG006,ORG001

cat >"$scratch/policy" <<'EOF'
[suppress front-end]
rule = VER001
object = EX03-FE1
reason = "replaced", in April
owner = Messaging
expires = 2007-04-30
EOF

# audited_as FORMAT FILE [OPTION...]
audited_as() {
    format=$1
    shift
    "$ADTOPO" audit --format "$format" --now 2007-03-31T12:00:00Z "$@"
}

for format in sarif junit csv html nagios openmetrics baseline; do
    check "formats.$format" audited_as $format --include $few --policy "$scratch/policy" \
        --quiet $faulty
done

# --- Valid ------------------------------------------------------------------------

# Names that mean something to some format: markup, formulas, quotes, links,
# placeholders, bars, control characters and what is no character in XML.
tail='CN=IP,CN=Inter-Site Transports,CN=Sites,CN=Configuration,DC=contoso,DC=test'

# link NAME: an empty site link, which SITE005 reports.
link() {
    printf 'dn:: %s\nchangetype: add\nobjectClass: siteLink\ncost: 10\n\n' \
        "$(printf '%s' "CN=$1,$tail" | base64 | tr -d '\n')"
}

{
    link '\</style\>\<script\>alert(1)\</script\>&\"'\''x'
    link '\=cmd|calc!A1'
    link "[x](http://evil){0}\\\\\\\""
    link "$(printf 'a\033[1mb\302\205c\357\277\277d\357\277\276e')"
} >"$scratch/hostile.ldif"

for format in json sarif junit csv html nagios openmetrics baseline gnu; do
    audited_as $format --quiet $faulty --apply "$scratch/hostile.ldif" \
        >"$scratch/report.$format" 2>"$scratch/err"
    if [ -s "$scratch/report.$format" ]; then
        ok "$format: hostile names are reported"
    else
        fail "$format: hostile names are reported" "$(cat "$scratch/err")"
    fi
    verdict "$format: no control character gets out" \
        "$(LC_ALL=C tr -d '\n' <"$scratch/report.$format" |
            LC_ALL=C sed 's/\r//g' | LC_ALL=C grep -c "$(printf '[\001-\037\177]')" | grep -vx 0)"
done

if have jq; then
    verdict "sarif: what SARIF 2.1.0 requires is there" "$(jq -r '
        (select(.version != "2.1.0") | "version"),
        (.runs[] | (
            (select((.tool.driver.name | type) != "string") | "driver without a name"),
            (select((.invocations[].executionSuccessful | type) != "boolean") | "invocation"),
            (.tool.driver.rules as $rules | .results[] |
                select($rules[.ruleIndex].id != .ruleId) | "ruleIndex of " + .ruleId),
            (.results[] | select((.message.text | length) == 0) | "message"),
            (.results[] | select(.level | IN("note", "warning", "error") | not) | "level"),
            (.results[] | select((.locations | length) == 0 and .ruleId != "SITE004")
                | "no location: " + .ruleId),
            (.results[].locations[].physicalLocation
                | select(. != null and (.region.startLine < 1)) | "startLine"),
            (.results[].message.text | select(test("[^\\\\]\\]\\(")) | "a link: " + .)))
        ' "$scratch/report.sarif")"
    verdict "sarif: as many results as JSON has findings" \
        "$(test "$(jq '.runs[0].results | length' "$scratch/report.sarif")" -eq \
            "$(jq '.findings | length' "$scratch/report.json")" || echo they differ)"
    verdict "baseline: a fingerprint for each finding" \
        "$(jq -r '.findings[] | select(.fingerprint | test("^[0-9a-f]{32}$") | not)' \
            "$scratch/report.baseline")"
else
    skip "SARIF and baselines" "jq not found"
fi

if have xmllint; then
    verdict "junit: well formed" "$(xmllint --noout "$scratch/report.junit" 2>&1)"
    verdict "html: well formed" \
        "$(xmllint --html --noout "$scratch/report.html" 2>&1 |
            grep 'error' | grep -v 'Tag \(details\|summary\) invalid')"
    verdict "html: no element comes out of a name" \
        "$(xmllint --html --xpath 'count(//script)' "$scratch/report.html" 2>/dev/null |
            grep -vx 0)"
else
    skip "XML and HTML" "xmllint not found"
fi
verdict "html: nothing is fetched" "$(grep -oiE '(src|href|url)[ =(][^<]*' "$scratch/report.html" |
    grep -v '^href=&' | grep -iE 'src=|url\(' | head -n 3)"
verdict "html: names are escaped" "$(grep -c '<script' "$scratch/report.html" | grep -vx 0)"

verdict "csv: no field is a formula" \
    "$(sed 's/"[^"]*"/Q/g' "$scratch/report.csv" | grep -nE '(^|,)[=+@-]')"
verdict "csv: every line ends as RFC 4180 wants" \
    "$(grep -vc "$(printf '\r')\$" "$scratch/report.csv" | grep -vx 0)"
verdict "nagios: one bar in the first line, none below" \
    "$(head -n 1 "$scratch/report.nagios" | grep -vE '^[^|]*\|[^|]*$'
        tail -n +2 "$scratch/report.nagios" | grep -F '|')"
verdict "openmetrics: ends as it has to" \
    "$(tail -n 1 "$scratch/report.openmetrics" | grep -vx '# EOF')"
label='[a-z]+="([^"\\]|\\.)*"'
verdict "openmetrics: nothing but comments and samples" \
    "$(grep -vE "^(# (TYPE|HELP|EOF).*|[a-z_]+(\{$label(,$label)*\})? [0-9]+)\$" \
        "$scratch/report.openmetrics")"

# --- A monitoring plug-in's status ----------------------------------------------

# state WANTED WORD ARGUMENT...
state() {
    wanted=$1
    word=$2
    shift 2
    "$ADTOPO" audit --format nagios "$@" >"$scratch/out" 2>/dev/null </dev/null
    status=$?
    if [ $status -eq "$wanted" ] && head -n 1 "$scratch/out" | grep -q "^ADTOPO $word - "; then
        ok "nagios: $word"
    else
        fail "nagios: $word" "status $status, not $wanted: $(cat "$scratch/out")"
    fi
}

state 0 OK $healthy --include 'RG*'
state 2 CRITICAL $faulty
state 1 WARNING $faulty --include SITE005
state 3 UNKNOWN "$scratch/missing.ldif"
state 3 UNKNOWN $healthy --include 'RG*' --exclude 'RG*'
state 3 UNKNOWN $healthy --nonsense
state 3 UNKNOWN $healthy --severity grave
state 3 UNKNOWN $healthy --include 'NOPE*'
state 3 UNKNOWN $healthy --policy "$scratch/missing"
{ cat no-exchange.ldif && printf '\ndn:: =broken=\nobjectClass: top\n'; } >"$scratch/partial.ldif"
state 3 UNKNOWN "$scratch/partial.ldif"

# Where it was not seen whether there is an organisation, nothing has passed.
state 0 OK no-exchange.ldif
state 3 UNKNOWN no-exchange.ldif --apply rules/ORG004.near-3.ldif
"$AWK" 'BEGIN { RS = ""; ORS = "\n\n" } !/(^|\n)dn: CN=Contoso,CN=Microsoft/' \
    coexistence-healthy.ldif >"$scratch/headless.ldif"
state 3 UNKNOWN "$scratch/headless.ldif" --include ORG004

unseen() {
    "$ADTOPO" audit --apply rules/ORG004.near-3.ldif --format "$1" no-exchange.ldif 2>&1
}

verdict "openmetrics: no rule has a number" "$(unseen openmetrics | grep '^adtopo_rule_findings{')"
verdict "openmetrics: not complete" "$(unseen openmetrics | grep '^adtopo_complete 1')"
verdict "junit: every rule is skipped" "$(unseen junit | grep -A 1 '<testcase classname="adtopo\.' |
    grep '</testcase>')"
verdict "json: no rule was assessed" "$(unseen json | grep '"notAssessed": [0-9]$')"
verdict "csv: standard error says so" "$(unseen csv | grep -q 'Exchange was not judged' || echo no)"

finish
