#!/bin/sh
# What a policy asserts of the ways of mail: right and wrong assertions, right and
# wrong words, and what cannot be judged.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
old=exchange-2003.ldif
new=exchange-2007.ldif
both=coexistence-healthy.ldif

# run ARGUMENT...: an audit by $scratch/policy; sets $status.
run() {
    "$ADTOPO" audit --quiet --include PATH001 --policy "$scratch/policy" "$@" \
        >"$scratch/out" 2>"$scratch/err" </dev/null
    status=$?
    tr -s '\n ' ' ' <"$scratch/out" >"$scratch/line"
}

# asserted FILE LINE...: audits it under one assertion of these lines.
asserted() {
    source=$1
    shift
    { echo '[assert it]' && printf '%s\n' "$@"; } >"$scratch/policy"
    run "$source"
}

# told WHAT STATUS WORDS...: the last run ended so, and said all of this.
told() {
    what=$1
    complaints=
    [ "$status" -eq "$2" ] || complaints="status $status, not $2"
    shift 2
    for wanted in "$@"; do
        grep -qF -e "$wanted" "$scratch/line" "$scratch/err" ||
            complaints="$complaints
it does not say: $wanted"
    done
    verdict "$what" "${complaints:+$complaints
$(cat "$scratch/out" "$scratch/err")}"
}

# holds FILE LINE...
holds() {
    asserted "$@"
    told "holds: $*" 0 '1 of 1 assertions hold'
}

# fails WORDS FILE LINE...: raises it, in these words.
fails() {
    wanted=$1
    shift
    asserted "$@"
    told "fails: $*" 1 'ERROR PATH001' "$wanted"
}

# refused WORDS FILE LINE...: one sentence that names file and place, and no report.
refused() {
    wanted=$1
    shift
    asserted "$@"
    told "refused: $*" 2 'policy: [assert it]: ' "$wanted"
    verdict "in one sentence" "$(cat "$scratch/out" && sed 1d "$scratch/err")"
}

# --- What holds, and the nearest thing that does not -----------------------------------

holds $old 'from = rg:Munich' 'to = smtp:*'
holds $old 'from = rg:Munich' 'to = smtp:*' 'through = connector:Internet'
holds $old 'from = rg:Munich' 'to = smtp:*' 'through = rg:Seattle'
fails 'does not go through rg:London: it goes rg:Munich > rg:Seattle (' \
    $old 'from = rg:Munich' 'to = smtp:*' 'through = rg:London'
holds $old 'from = rg:Munich' 'to = smtp:*' 'avoid = rg:London'
fails 'crosses connector:Internet: it goes rg:Munich > rg:Seattle (' \
    $old 'from = rg:Munich' 'to = smtp:*' 'avoid = connector:Internet'
holds $old 'from = rg:Munich' 'to = smtp:*' 'at-most-hops = 1'
fails 'takes 1 hops, more than 0' $old 'from = rg:Munich' 'to = smtp:*' 'at-most-hops = 0'
holds $new 'from = site:Munich' 'to = site:Seattle' 'at-most-cost = 60'
fails 'costs 60, more than 59' $new 'from = site:Munich' 'to = site:Seattle' 'at-most-cost = 59'
holds $new 'from = site:Munich' 'to = site:Seattle' 'through = site-link:Amsterdam-Munich'
fails 'crosses site-link:Amsterdam-Munich' \
    $new 'from = site:Munich' 'to = site:Seattle' 'avoid = site-link:Amsterdam-Munich'
fails 'mail from site:Munich to site:Seattle crosses site:Amsterdam' \
    $new 'from = every-site' 'to = every-site' 'avoid = site:Amsterdam'
fails 'mail from site:Seattle to site:Munich crosses site:Amsterdam' \
    $new 'from = every-site' 'to = every-site' 'avoid = site:Amsterdam'
# Munich lies at an end of the chain: no way of others crosses it.
holds $new 'from = every-site' 'to = every-site' 'avoid = site:Munich'
holds $both 'from = site:Munich' 'to = rg:Munich' 'through = connector:Interop to Munich'
fails 'is returned (No connector takes' $new 'from = site:Munich' 'to = notes:someone'

# --- What may be lost ------------------------------------------------------------------

holds $old 'from = every-routing-group' 'to = every-routing-group' \
    'survives = connector, bridgehead, server'
fails 'is queued without connector:Internet (' \
    $old 'from = rg:Munich' 'to = smtp:*' 'survives = connector'
holds $old 'from = rg:Munich' 'to = smtp:*' 'survives = bridgehead'
fails 'is unreachable without site-link:Amsterdam-Munich (' \
    $new 'from = site:Munich' 'to = site:Seattle' 'survives = site-link'
holds $new 'from = site:Munich' 'to = site:Seattle' 'survives = server, connector'
fails 'is queued without connector:Interop to Munich (' \
    $both 'from = site:Munich' 'to = rg:Munich' 'survives = connector'

# --- Words that are wrong --------------------------------------------------------------

refused 'the key "from" is missing' $old 'to = smtp:*'
refused 'the key "to" is missing' $old 'from = rg:Munich'
refused 'the key "through" has no value' $old 'from = rg:Munich' 'to = smtp:*' 'through ='
refused 'from: there is no routing group called "Minich"' $old 'from = rg:Minich' 'to = smtp:*'
refused 'to: there is no site called' $old 'from = rg:Munich' 'to = site:Nowhere'
refused 'through: there is no connector called' \
    $old 'from = rg:Munich' 'to = smtp:*' 'through = connector:Nothing'
refused 'avoid: "server:EX03-MUC1" cannot stand here: write site:NAME, rg:NAME, connector:NAME' \
    $old 'from = rg:Munich' 'to = smtp:*' 'avoid = server:EX03-MUC1'
refused 'from: "Munich" may mean more than one thing: write site:Munich or rg:Munich' \
    $both 'from = Munich' 'to = smtp:*'
refused 'from: "smtp:*" cannot stand here' $old 'from = smtp:*' 'to = rg:Munich'
refused 'it is where the mail begins or ends' \
    $old 'from = rg:Munich' 'to = smtp:*' 'avoid = rg:Munich'
refused '"through" and "avoid" name the same' \
    $old 'from = rg:Munich' 'to = smtp:*' 'avoid = rg:London' 'through = rg:London'
refused 'it is what "through" names as well' \
    $old 'from = rg:Munich' 'to = smtp:*' 'avoid = RG:london' 'through = rg:London'
refused '"survives" is a list of connector,' \
    $old 'from = rg:Munich' 'to = smtp:*' 'survives = connector, rain'
refused '"at-most-cost" is a number from 0' \
    $old 'from = rg:Munich' 'to = smtp:*' 'at-most-cost = cheap'
refused '"severity" is one of error' $old 'from = rg:Munich' 'to = smtp:*' 'severity = grave'
refused 'unknown key "via"' $old 'from = rg:Munich' 'to = smtp:*' 'via = rg:London'

# Of mail to the organisation itself, an address does not say where it goes.
asserted $new 'from = every-site' 'to = smtp:somebody@contoso.test'
told "an own domain: the recipient decides" 0 'the recipient decides' '0 of 1 assertions hold'

# --- What becomes of them --------------------------------------------------------------

cat >"$scratch/policy" <<'EOF'
[assert Internet by London]
from = rg:Munich
to = smtp:*
through = rg:London
severity = warning

[assert hubs meet]
from = every-routing-group
to = every-routing-group
reason = free and busy times
EOF
run $old
verdict "an assertion has a severity" "$(grep -q 'WARNING PATH001' "$scratch/line" ||
    cat "$scratch/out")"
verdict "what holds is counted" "$(grep -q '; 1 of 2 assertions hold;' "$scratch/line" ||
    cat "$scratch/out")"
run -v $old
verdict "and shown with -v" "$(grep -q \
    'hubs meet holds (every-routing-group to every-routing-group: 6 ways, 0 fail; free and busy' \
    "$scratch/line" || cat "$scratch/out")"
for format in json sarif junit csv gnu html nagios openmetrics; do
    run --format $format $old
    verdict "$format tells it" "$(grep -q 'PATH001' "$scratch/out" || cat "$scratch/out")"
done
printf '[severity]\nPATH001 = info\n' >>"$scratch/policy"
run $old
verdict "the policy overrides its severity" "$(grep -q 'INFO PATH001' "$scratch/line" ||
    cat "$scratch/out")"
printf '[suppress x]\nrule = PATH001\nobject = Internet by London\nreason = so\n' \
    >>"$scratch/policy"
run $old
verdict "a suppression may name the assertion" "$(grep -q 'No findings; 1 suppressed' \
    "$scratch/line" || cat "$scratch/out")"
printf '[assert a]\nfrom = rg:Munich\nto = smtp:*\nthrough = rg:London\n' >"$scratch/policy"
run --write-baseline "$scratch/known" $old
printf '[assert b]\nfrom = rg:Munich\nto = smtp:*\nthrough = rg:London\n' >>"$scratch/policy"
run --baseline "$scratch/known" $old
verdict "a baseline tells assertions apart" \
    "$(grep -q 'Result 1 error; 1 known; 0 of 2 assertions' "$scratch/line" || cat "$scratch/out")"
printf '[assert a]\nfrom = rg:Munich\nto = smtp:a@example.org\nthrough = rg:London\n' \
    >"$scratch/policy"
run --baseline "$scratch/known" $old
verdict "and the addresses that mail goes to" \
    "$(grep -q 'Result 1 error; 0 of 1 assertions hold; ' "$scratch/line" || cat "$scratch/out")"
printf '[assert it]\nfrom = rg:Munich\nto = smtp:*\n' >"$scratch/policy"
run --exclude PATH001 $old
verdict "excluded, it is not judged" "$(grep -q 'No rule was selected' "$scratch/line" ||
    cat "$scratch/out")"
: >"$scratch/policy"
run $old
verdict "without assertions there is nothing to pass" "$(grep -q 'No rule was selected' \
    "$scratch/line" || cat "$scratch/out")"

# Mail goes round between the versions, and what it rests on is cited once.
printf '[assert it]\nfrom = site:Seattle\nto = rg:London\n' >"$scratch/policy"
run --down "connector:Munich to London" --apply rules/LINK006.raise.ldif --format json $both
verdict "a connector that is passed twice is cited once" "$(grep -c '"attribute": "cost"' \
    "$scratch/out" | grep -vx 3)"

# --- What cannot be judged ---------------------------------------------------------------

head -c 20000 $new >"$scratch/part.ldif"
asserted "$scratch/part.ldif" 'from = site:Munich' 'to = site:Nowhere'
told "in a part of a directory a name may be lost" 4 'PATH001: records were lost'
asserted no-exchange.ldif 'from = site:Munich' 'to = site:Seattle'
told "without Exchange there is no mail" 0 'PATH001: no Exchange organisation was found'
asserted $old 'from = every-site' 'to = every-site'
told "no places, no verdict" 0 'means no way: there are no such places' '0 of 1 assertions hold'
run -v $old
told "and that is said of the assertion" 0 'it not-judged (every-site to every-site'
asserted $old 'from = rg:Munich' 'to = smtp:*' 'at-most-hops = 0'
run -v $old
told "one way that fails is enough" 1 'it fails (rg:Munich to smtp:*'
asserted $new 'from = every-site' 'to = every-site' 'avoid = site:Amsterdam'
run -v $new
told "ways that fail are counted" 1 'it fails (every-site to every-site: 2 ways, 2 fail)'
asserted $new 'from = every-site' 'to = every-site' 'avoid = site:Munich'
run -v $new
told "ways from and to what is avoided are none" 0 \
    'it holds (every-site to every-site: 2 ways, 0 fail)'

# --- Plans -------------------------------------------------------------------------------

# plan ARGUMENT...: a preflight by the policy.
plan() {
    "$ADTOPO" preflight --quiet --policy "$scratch/policy" "$@" >"$scratch/out" 2>"$scratch/err"
    status=$?
    tr -s '\n ' ' ' <"$scratch/out" >"$scratch/line"
}

printf '[assert out]\nfrom = rg:Munich\nto = smtp:*\nthrough = connector:Internet\n' \
    >"$scratch/policy"
plan --decommission Internet $old
told "what a plan takes away, it fails by" 1 'Assertion "out" names what is not there' \
    'note assertions: 0 of 1 hold afterwards; what the plan breaks is among the new findings'
printf '[assert in]\nfrom = rg:Munich\nto = rg:Seattle\navoid = connector:Internet\n' \
    >>"$scratch/policy"
verdict "each assertion by itself" "$("$ADTOPO" preflight --quiet --policy "$scratch/policy" \
    --decommission Internet --format json $old | "$AWK" '/"rule": "PATH001"/ { path = 1 }
        path && /"fingerprint":/ { path = 0; print }' | LC_ALL=C sort -u | wc -l | grep -vx ' *2')"
printf '[assert nothing]\nfrom = every-site\nto = every-site\n' >"$scratch/policy"
plan --decommission 'X.400 to London' $old
told "what means nothing cannot be judged" $status \
    'unseen assertions: 1 of 1 could not be judged as they would be'
printf '[assert cheap]\nfrom = rg:Munich\nto = rg:London\nat-most-cost = 1\n' \
    >"$scratch/policy"
plan --decommission 'X.400 to London' $old
told "a way that a plan breaks" 1 'costs 30, more than 1: it goes rg:Munich > ' \
    '0 of 1 hold afterwards'
plan --decommission 'X.400 to Munich' $old
told "and one that it leaves alone" $status \
    'ok assertions: 1 of 1 hold afterwards FAILED ways of mail'
plan --exclude PATH001 --decommission 'X.400 to Munich' $old
verdict "where the rule is left out nothing is said of it" \
    "$(grep 'assertions:' "$scratch/line" "$scratch/err")"
printf '[assert out]\nfrom = rg:Munich\nto = rg:Nowhere\n' >"$scratch/policy"
plan --site Munich --roles hub --bridgehead EX03-MUC1 $old
told "a name that is neither today's nor the plan's" 2 'there is no routing group called'
printf '[assert new]\nfrom = rg:Munich\nto = rg:Exchange Routing Group (DWBGZMFD01QNBJR)\n' \
    >"$scratch/policy"
plan --site Munich --roles hub --bridgehead EX03-MUC1 $old
told "a name that only the plan makes" $status '1 of 1 hold afterwards'

finish
