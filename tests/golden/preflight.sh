#!/bin/sh
# Plans, as somebody who has to decide would try them: the first hub beside
# Exchange 2003, with everything right and with one thing wrong each; then the
# removal of the last server of Exchange 2003.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"

domain=preflight/contoso-2003-domain.ldif

# plan ARGUMENT...: a preflight of the organisation of 2003 with its domain; its
# report in $scratch/report, its status in $status.
plan() {
    "$ADTOPO" preflight exchange-2003.ldif $domain "$@" >"$scratch/report" 2>"$scratch/error"
    status=$?
}

# verdict_is WHAT STATUS WORDS [PATTERN]: of the last plan; the report has to
# hold the pattern as well, wherever its lines are broken.
verdict_is() {
    tr -s ' \n' ' ' <"$scratch/report" >"$scratch/flat"
    if [ $status -ne "$2" ]; then
        fail "$1" "status $status, not $2: $(sed -n '/^Plan/,/^TODAY/p' "$scratch/report")"
    elif ! grep -q "Verdict $3" "$scratch/flat"; then
        fail "$1" "the verdict is not $3"
    elif [ -n "${4-}" ] && ! grep -qe "$4" "$scratch/flat"; then
        fail "$1" "the report does not say: $4"
    else
        ok "$1"
    fi
}

# unfold FILE: each value in one line.
unfold() {
    sed -e :again -e '$!N; s/\n //; tagain' -e 'P; D' "$1"
}

coexistence=preflight/contoso-coexistence-domain.ldif
hub="--site Munich --bridgehead EX03-MUC1"
cat >"$scratch/silent.ldif" <<'EOF'
dn: CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=test
changetype: modify
delete: msExchMixedMode
-
EOF
printf '[assert out]\nfrom = rg:Munich\nto = smtp:*\nthrough = connector:Internet\n' \
    >"$scratch/policy"
{ cat exchange-2003.ldif && printf '\nthis is no line\n'; } >"$scratch/broken.ldif"

# shellcheck disable=SC2086
{
    plan $hub
    verdict_is "a first hub where everything is right" 0 "GO," "BY HAND"
    plan $hub --target 2007-sp1 --computer EX07-MUC1 --roles hub,mailbox,cas
    verdict_is "all roles on one server" 0 "GO," "a Hub Transport server will stand"
    plan $hub --severity error
    verdict_is "what the threshold hides is counted" 0 "GO," \
        "no findings of the [0-9]* rules for this plan; [0-9]* warnings, [0-9]* notes below the"
    plan $hub --apply preflight/mixed-mode.ldif
    verdict_is "mixed mode" 1 NO-GO "ERROR ORG001"
    plan $hub --apply preflight/mixed-mode.ldif --include 'SITE0*'
    verdict_is "and only sites are asked about" 4 "CANNOT TELL" \
        "rules that decide were not asked for: ORG001, ORG002, VER001, RG005, LEG001, LEG002,"
    plan $hub --apply preflight/mixed-mode.ldif --exclude ORG001,SITE005
    verdict_is "and the mode is not asked about" 4 "CANNOT TELL" \
        "rules that decide were not asked for: ORG001 THE"
    printf '[rules]\nexclude = PRE00*\n' >"$scratch/left-out"
    plan $hub --policy "$scratch/left-out"
    verdict_is "a policy that leaves rules out" 4 "CANNOT TELL" \
        "not asked for: PRE005, PRE007, PRE008"
    plan --decommission EX03-FE1 --include 'SITE*'
    verdict_is "a removal of which only sites are asked about" 4 "CANNOT TELL" \
        "not asked for: HUB010, PF002, PF008, RUS001, SEND004, CONN003"
    plan $hub --apply preflight/adc-agreement.ldif
    verdict_is "an agreement of the Active Directory Connector" 1 NO-GO "ERROR LEG001"
    plan $hub --apply preflight/exchange-2000-sp2.ldif
    verdict_is "Exchange 2000 below Service Pack 3" 1 NO-GO "ERROR VER002"
    sed 's/Build 5762.4: Service Pack 2/Build 6249.4: Service Pack 3/; s/ 5762/ 6249/' \
        preflight/exchange-2000-sp2.ldif >"$scratch/sp3.ldif"
    plan $hub --apply "$scratch/sp3.ldif"
    verdict_is "and with it, which leaves a rollup to be looked for" 0 "GO," "KB 870540"
    plan $hub --apply "$scratch/silent.ldif"
    verdict_is "a mode that was not read" 4 "CANNOT TELL" "ORG001 (The organisation is still in"
    plan $hub --apply preflight/no-global-catalog.ldif
    verdict_is "no global catalog in the site" 1 NO-GO "FAILED global catalog"
    plan --site Munich --roles edge --apply preflight/no-global-catalog.ldif
    verdict "an Edge server needs none" "$(grep 'FAILED\|global catalog:' "$scratch/report")"
    plan $hub --apply preflight/smtp-off.ldif
    verdict_is "a bridgehead whose SMTP is off" 1 NO-GO "no SMTP virtual server that starts"
    plan --site Munich --bridgehead EX03-FE1
    verdict_is "a front-end as bridgehead" 1 NO-GO "is a front-end server; those that could be"
    plan --site Munich --bridgehead EX03-LON2 --apply preflight/exchange-2000-sp2.ldif
    verdict_is "a bridgehead below its service pack" 1 NO-GO "SP2, not Service Pack 3"
    plan --site Munich
    verdict_is "no bridgehead" 1 NO-GO "the first hub needs a bridgehead"
    plan $hub --roles mailbox
    verdict_is "mailboxes before a hub" 1 NO-GO "FAILED hub in the site"
    plan $hub --computer EX03-MUC2
    verdict_is "a name that is taken" 1 NO-GO "exists already"
    plan $hub --connector 2007:London
    verdict_is "a second connector asks for suppression" 0 "GO," "link state suppression: with 2"
    verdict_is "and for a look at loops" 0 "GO," "WARNING LINK001.*WARNING LINK003"
    verdict_is "it is part of the plan" 0 "GO," 'connectors between "NEW-EX07" and "EX03-LON1"'
    verdict_is "and takes its share of the mail" 0 "GO," \
        'site:Munich to rg:London: site:Munich > rg:London, by connector "NEW-EX07-EX03-LON1"'
    plan $hub
    verdict "no rollup of Exchange 2000 where there is none" "$(grep 870540 "$scratch/report")"
    plan $hub --include NOPE1
    verdict "a rule that is none" "$([ $status -eq 2 ] || echo "status $status")"
    plan $hub --connector 2007:London --exclude LINK001
    verdict_is "what is left out of today is left out of then" 0 "GO," "WARNING LINK003"
    verdict "without a word" "$(grep "WARNING LINK001" "$scratch/report")"
    plan $hub
    verdict "what only the plan tells is not left open" "$(grep CAS001 "$scratch/report")"
    verdict_is "routes by the routing engine, with what decided" 0 "GO," \
        'rg:Seattle > rg:Munich > site:Munich, by .*(before: no way) Decided by the cost of'
    prepared=rules/PRE001.raise-2.ldif
    plan $hub --apply $prepared
    verdict_is "a schema prepared for an earlier service pack" 4 "CANNOT TELL" \
        "not prepared for Exchange 2007 SP3 yet: its Exchange level is 10637 (2007)"
    verdict_is "and an organisation" 4 "CANNOT TELL" \
        '"Contoso" is not prepared for Exchange 2007 SP3 yet: its level is that of Exchange 2007 '
    verdict_is "with the levels of the one to come" 4 "CANNOT TELL" \
        "rangeUpper = 10637 (expected: 14625 or more)"
    plan $hub --apply $prepared --target 2007-sp1
    verdict_is "another target wants another level" 4 "CANNOT TELL" \
        "rangeUpper = 10637 (expected: 11116 or more).*objectVersion = 10666 (expected: 11221 or"
    plan $hub --apply $prepared --target 2007
    verdict_is "the first release has it all" 4 "CANNOT TELL" \
        "schema is prepared.* is prepared: its level"
    printf 'dn: CN=Microsoft Exchange System Objects,DC=contoso,DC=test\nchangetype: modify\n%s' \
        'replace: objectVersion
objectVersion: 10628
-
' >"$scratch/domain.ldif"
    plan $hub --apply "$scratch/domain.ldif"
    verdict_is "a domain prepared for the first release" 0 "GO," \
        "is prepared at level 10628 (2007), below the 11221 of Exchange 2007 SP3"
    plan $hub --apply "$scratch/domain.ldif" --target 2007
    verdict "which that asks for" "$(grep '[A-Z] PRE003' "$scratch/report")"
    plan --decommission EX03-FE1 --apply $prepared
    verdict "a removal prepares nothing" "$(grep '[A-Z] PRE00[12]' "$scratch/report")"
    plan $hub --apply rules/CONN013.raise-2.ldif
    verdict_is "restrictions that Exchange 2007 ignores" 0 "GO," "WARNING CONN013"
    plan $hub --computer MUC-DC1
    verdict_is "a domain controller is no good place" 0 "GO," "note computer: .MUC-DC1. is a domain"
    plan $hub --computer SEA-DC1
    verdict_is "a computer that stands elsewhere" 1 NO-GO \
        'stands in site "Seattle", not in "Munich"'
    plan $hub --computer EX07-MUC1
    verdict_is "a computer without an account" 0 "GO," 'has an account of "EX07-MUC1"'
    plan $hub --computer EX07-MUC1 --apply preflight/old-windows.ldif
    verdict_is "a computer with an old Windows" 1 NO-GO "runs Windows 2000 Server, which"
    plan --site Munich --roles edge
    verdict_is "an Edge server is asked for no site with Exchange 2007" 0 "GO," "note edge"
    plan $hub --without "CN=MUC-DC1,OU=Domain Controllers,DC=contoso,DC=test" \
        --without "CN=MUC-DC2,OU=Domain Controllers,DC=contoso,DC=test"
    verdict_is "what is open about the planned site is open for its own reason" 4 "CANNOT TELL" \
        "PRE008 [^:]*: the operating systems of the domain controllers were not read"
    verdict "and nothing else is" "$(grep 'site of the first' "$scratch/report")"
    plan $hub --without "CN=SEA-DC1,OU=Domain Controllers,DC=contoso,DC=test"
    verdict_is "a schema master that was not read" 4 "CANNOT TELL" PRE007
}

# Without the domain partition the operating systems cannot be seen.
"$ADTOPO" preflight exchange-2003.ldif --site Munich --bridgehead EX03-MUC1 \
    >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "the configuration alone" 4 "CANNOT TELL" PRE008

"$ADTOPO" preflight "$scratch/broken.ldif" $domain --site Munich --bridgehead EX03-MUC1 \
    >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "a part of the configuration" 4 "CANNOT TELL" "the directory was read in part"

# What stands in the way may be behind the cut.
printf '%s' "$(cat exchange-2003.ldif)" >"$scratch/cut.ldif"
"$ADTOPO" preflight "$scratch/cut.ldif" $domain --site Munich --bridgehead EX03-MUC1 \
    >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "a file that may have been cut off" 4 "CANNOT TELL" \
    'cut.ldif may have been cut off: export it again'
plan --decommission Internet --policy "$scratch/policy"
verdict_is "a name that goes is missing then" 1 NO-GO 'Assertion "out" names what is not there'

# without_class CLASS [FILE]: the organisation, as if none of the class had been exported.
without_class() {
    # shellcheck disable=SC2016
    "$AWK" -v class="objectClass: $1" 'BEGIN { RS = ""; ORS = "\n\n" }
        index($0 "\n", "\n" class "\n") == 0' "${2-exchange-2003.ldif}" \
        >"$scratch/without.ldif"
}

# gap CLASS PATTERN ARGUMENT...: what is named may be there, and none of its class was read.
gap() {
    class=$1
    pattern=$2
    shift 2
    without_class "$class"
    "$ADTOPO" preflight "$scratch/without.ldif" $domain "$@" >"$scratch/report" 2>"$scratch/error"
    status=$?
    verdict_is "no $class was read, and one is named" 4 "CANNOT TELL" "$pattern"
}

# shellcheck disable=SC2086
{
    gap site 'no site called "Munich" was read' --site Munich
    gap nTDSDSA 'no domain controller was read, so it cannot be told' --site Munich --roles cas
    gap msExchExchangeServer 'no server called "EX03-MUC1" was read' $hub
    gap msExchRoutingGroup 'the routing group of "EX03-MUC1" was not read' $hub
    gap protocolCfgSMTPServer 'an SMTP virtual server of "EX03-MUC1" was not read' $hub
    gap msExchRoutingGroup 'no routing group called "London" was read' $hub --connector 2007:London
    gap msExchExchangeServer 'no server of routing group "London" was read' --site Munich \
        --connector 2007:London
}

# blind ATTRIBUTES ORGANISATION ARGUMENT...: a preflight of it, as if nobody had been allowed to
# read them ("one|another").
blind() {
    # shellcheck disable=SC2016
    "$AWK" -v unread="$1" '!/^ / { shown = $0 !~ "^(" unread "):" } shown' "$2" \
        >"$scratch/blind.ldif"
    shift 2
    "$ADTOPO" preflight "$scratch/blind.ldif" "$@" >"$scratch/report" 2>"$scratch/error"
    status=$?
}

members="msExchHomeRoutingGroup|msExchRoutingGroupMembersDN"
coexisting=preflight/contoso-coexistence-domain.ldif
blind "msExchServerRole|serverRole" exchange-2003.ldif $domain --site Munich --bridgehead EX03-FE1
verdict_is "whether a bridgehead is a front-end was not read" 4 "CANNOT TELL" \
    'the front-end flag (msExchServerRole) of "EX03-FE1" was not read'
# shellcheck disable=SC2086
{
    blind "$members" exchange-2003.ldif $domain $hub
    verdict_is "nor in which group it is" 4 "CANNOT TELL" \
        'the routing group of "EX03-MUC1" was not read'
    blind "$members" exchange-2003.ldif $domain $hub --connector EX03-LON1:2007
    verdict_is "nor for a connector" 4 "CANNOT TELL" \
        'the routing group of server "EX03-LON1" was not read'
    blind "$members" exchange-2003.ldif $domain $hub --connector London:2007
    verdict_is "nor who is in a group" 4 "CANNOT TELL" \
        'no server of routing group "London" was read'
}
blind msExchCurrentServerRoles coexistence-healthy.ldif $coexisting --site Munich
verdict_is "whether a hub stands already was not read" 4 "CANNOT TELL" \
    "unseen bridgehead: no Hub Transport server was found, but not every server was read with its"
blind msExchCurrentServerRoles coexistence-healthy.ldif $coexisting --site Munich --roles cas \
    --connector EX07-SEA1:Munich
verdict_is "nor whether an end is one" 4 "CANNOT TELL" 'the list of roles of "EX07-SEA1" was not'

blind msExchCurrentServerRoles coexistence-healthy.ldif $coexisting --site Munich --roles mailbox
verdict_is "nor whether one is in the site" 4 "CANNOT TELL" \
    'unseen hub in the site: no Hub Transport server of 2007 was found in site "Munich", but not'
verdict "nor whether Client Access is" "$(grep "order of roles" "$scratch/report")"
without_class msExchExchangeServer
"$ADTOPO" preflight "$scratch/without.ldif" --site Munich --roles mailbox >"$scratch/report" \
    2>"$scratch/error"
verdict "that no server was read is not that there is none" "$(
    grep -q 'unseen hub in the site: no Hub Transport' "$scratch/report" || cat "$scratch/report"
)"
blind msExchServerSite coexistence-healthy.ldif $coexisting --site Munich --roles mailbox
verdict "where servers are was not read" "$(
    grep -q 'unseen hub in the site: no Hub Transport' "$scratch/report" || cat "$scratch/report"
)"
blind msExchCurrentServerRoles coexistence-healthy.ldif --site Munich --roles edge
verdict "nor what an Edge server is subscribed to" "$(
    tr -s ' \n' ' ' <"$scratch/report" |
        grep -q "the subscription's site (none was read)" || cat "$scratch/report"
)"
sed '/^options:/d' preflight/computers.ldif >"$scratch/child.ldif"
# shellcheck disable=SC2086
{
    blind options exchange-2003.ldif $domain $hub
    verdict_is "which domain controllers are global catalogs was not read" 4 "CANNOT TELL" \
        'unseen global catalog: no writable global catalog was found in site "Munich", but not all'
    blind options exchange-2003.ldif $domain $hub --computer BER-DC1 --apply "$scratch/child.ldif"
    verdict_is "nor whether one that Exchange is to go on is" 4 "CANNOT TELL" \
        'unseen computer: "BER-DC1" is a domain controller of a child domain, and whether it is a'
    blind siteList exchange-2003.ldif $domain $hub
    verdict_is "which sites are linked was not read" 4 "CANNOT TELL" \
        'unseen site link: no IP site link with site "Munich" was found, but not all'
}

# damaged NAME [ORGANISATION]: with the records whose name begins so unreadable.
damaged() {
    # shellcheck disable=SC2016
    "$AWK" -v name="dn: $1" 'index($0, name) == 1 { print "this is no line" } { print }' \
        "${2-exchange-2003.ldif}" >"$scratch/damaged.ldif"
}

# shellcheck disable=SC2086
for lost in "CN=NTDS Settings,CN=MUC-DC|global catalog|" \
    "CN=Seattle-Munich|site link|" "CN=EX03-FE1|hub in the site|--roles mailbox"; do
    damaged "${lost%%|*}"
    what=${lost#*|}
    "$ADTOPO" preflight "$scratch/damaged.ldif" $domain $hub ${what#*|} \
        >"$scratch/report" 2>"$scratch/error"
    status=$?
    verdict_is "a lost record may be that of a ${what%|*}" 4 "CANNOT TELL" "unseen ${what%|*}: no "
done

# Exchange 2010 in place of 2007: nothing else is wrong with it.
later() {
    "$ADTOPO" preflight "$1" --site Amsterdam --exclude RES005,PRE007,PRE008,PRE012 \
        >"$scratch/report" 2>"$scratch/error"
    status=$?
}
sed 's/Version 8.3 (Build 30083.6)/Version 14.3 (Build 30123.4)/' exchange-2007.ldif \
    >"$scratch/2010.ldif"
later "$scratch/2010.ldif"
verdict_is "2007 after 2010" 1 NO-GO \
    "FAILED one-way door: there are servers of Exchange 2010 or later"
damaged "CN=EX07-AMS2" "$scratch/2010.ldif"
later "$scratch/damaged.ldif"
verdict_is "and where one may be of 2007" 4 "CANNOT TELL" \
    "unseen one-way door: there are servers of Exchange 2010 or later"
plan --site Munich --roles edge
verdict "an Edge server shuts no door" "$(grep "one-way door" "$scratch/report")"
head -c 9007 exchange-2003.ldif >"$scratch/cut.ldif"
"$ADTOPO" preflight "$scratch/cut.ldif" --site Munich >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "no server was read of what is cut off" 4 "CANNOT TELL" \
    "unseen one-way door: whether there is an Exchange 2000/2003 server was not read"

# A name of which nothing was read may be in a record that is lost.
{ cat exchange-2003.ldif && printf '\nthis is no line\n'; } >"$scratch/broken.ldif"
"$ADTOPO" preflight "$scratch/broken.ldif" $domain --site Atlantis \
    >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "a record was lost, and a site is named that is not there" 4 "CANNOT TELL" \
    'no site called "Atlantis" was read: its record may be one of those that were lost'

# What is planned shows what was read of nothing: the others do not lack it for that.
# unread_beside STATUS RULES WHAT ARGUMENT...: of a plan in an organisation without it.
unread_beside() {
    wanted=$1
    rules=$2
    what=$3
    shift 3
    "$ADTOPO" preflight "$scratch/unread.ldif" "$@" >"$scratch/report" 2>"$scratch/error"
    status=$?
    found=$(sed -n '/^THEN/,/^NOT ASSESSED/p' "$scratch/report" |
        grep -E "^(ERROR|WARNING|INFO) ($rules):")
    if [ $status -ne "$wanted" ] || [ -n "$found" ]; then
        fail "$what that was not read is missing then" "status $status: $found"
    else
        ok "$what that was not read is no more missing then than today"
    fi
}

while read -r attribute wanted rules; do
    unfold exchange-2003.ldif | grep -v "^$attribute:" >"$scratch/unread.ldif"
    # shellcheck disable=SC2086
    unread_beside "$wanted" "$rules" "$attribute" $domain $hub
done <<'EOF'
msExchRoutingMasterDN 4 RG008
msExchHomeRoutingGroup 4 RG009
msExchTargetBridgeheadServersDN 4 CONN003|RG006|RG007|SEND005|LINK007
networkAddress 4 RES009
serialNumber 4 ORG003
EOF
while read -r attribute wanted rules; do
    unfold coexistence-healthy.ldif | grep -v "^$attribute:" >"$scratch/unread.ldif"
    unread_beside "$wanted" "$rules" "$attribute" $coexistence --site Seattle --roles hub,mailbox
done <<'EOF'
msExchServerSite 4 SITE001|CAS001|CAS007|HUB003
msExchSmtpReceiveBindings 0 HUB005|HUB006
legacyExchangeDN 4 HUB010
msExchHomeRoutingGroup 4 RG001|RG009
EOF
while read -r class wanted rules; do
    without_class "$class" coexistence-healthy.ldif
    mv "$scratch/without.ldif" "$scratch/unread.ldif"
    unread_beside "$wanted" "$rules" "$class" $coexistence --site Seattle --roles hub,mailbox
done <<'EOF'
msExchSmtpReceiveConnector 0 HUB005|HUB006
msExchExchangeServer 4 HUB010|AG005|CAS001|RES006|RES007|RUS007
msExchAdminGroup 4 AG003
EOF

unfold exchange-2003.ldif | grep -v '^msExchSourceBridgeheadServersDN:' >"$scratch/unread.ldif"
# shellcheck disable=SC2086
"$ADTOPO" preflight "$scratch/unread.ldif" $domain $hub >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "what could be judged today, and not after setup" 4 "CANNOT TELL" \
    "- CONN004, CONN005, CONN006, after setup: msExchSourceBridgeheadServersDN was not read"

# What can be typed wrongly: wrong WORDS ARGUMENT...: refused, with a message that says the words.
wrong() {
    words=$1
    shift
    plan "$@"
    if [ $status -eq 2 ] && [ ! -s "$scratch/report" ] && grep -qe "$words" "$scratch/error"; then
        ok "refused: $*"
    else
        fail "refused: $*" "status $status: $(cat "$scratch/report" "$scratch/error")"
    fi
}

# shellcheck disable=SC2086
{
    wrong 'no site is called "Atlantis"; known are' --site Atlantis
    wrong 'did you mean "Munich"' --site Munihc
    wrong 'no server is called "GONE"; known are' --site Munich --bridgehead GONE
    wrong 'did you mean "EX03-MUC1"' --bridgehead EX03-MUC11
    wrong '"cook" is no role' --site Munich --roles cook
    wrong 'cannot share a server' --site Munich --roles hub,edge
    wrong 'target takes one of' --site Munich --target 2003
    wrong 'needs --site' --roles hub
    wrong 'takes FROM:TO' --site Munich --connector Paris
    wrong 'no routing group is called "Paris"' --site Munich --connector 2007:Paris
    wrong 'in the same routing group' --site Munich --connector Munich:EX03-MUC1
    wrong 'is called "Nobody"' --decommission Nobody
    wrong 'a plan of its own' --decommission EX03-MUC1 --site Munich
    wrong '"" is empty' $hub --computer ""
    wrong 'longer than the 15 characters' $hub --computer EX07-MUNICH-WEST
    wrong 'has a dot' $hub --computer ex07.contoso.test
    wrong 'no distinguished name' $hub --computer CN=EX07,CN=Computers,DC=contoso,DC=test
    wrong 'holds a character' $hub --computer 'EX07 MUC'
    wrong 'holds a character' $hub --computer 'EX07*'
    wrong 'ends with a hyphen' $hub --computer EX07-
    wrong 'is a number' $hub --computer 2007
}

# --- removals ----------------------------------------------------------------

removal() {
    "$ADTOPO" preflight "$1" --decommission "$2" >"$scratch/report" 2>"$scratch/error"
    status=$?
}

removal coexistence-healthy.ldif last-legacy
verdict_is "the last servers, with everything in use" 1 NO-GO \
    "1. Public folders.*2. Recipient Update.*3. Routing group.*4. Routing group connectors"
verdict_is "their removal is final" 1 NO-GO "note point of no return"
verdict_is "which is the last of the steps" 1 NO-GO "5. Point of no return: switch"
verdict_is "a master that no member is left for goes along" 1 NO-GO \
    "3. Routing group. This goes along: nothing is to be done first. 7 more"
"$AWK" -v into="$scratch" -f "$srcdir/tests/golden/sight.awk" coexistence-healthy.ldif
removal "$scratch/bare-msExchExchangeServer.ldif" last-legacy
unread() {
    if [ $status -eq 3 ] && grep -q "$2" "$scratch/error"; then
        ok "$1"
    else
        fail "$1" "status $status: $(cat "$scratch/error")"
    fi
}
unread "servers that cannot be read are not taken for none" "no right to read"
without_class msExchExchangeServer
removal "$scratch/without.ldif" EX03-MUC1
unread "a server may be there although none was read" \
    'called "EX03-MUC1" was read; of servers: no msExchExchangeServer was seen'
removal "$scratch/without.ldif" last-legacy
unread "nor are servers that did not come" \
    "no server older than Exchange 2007 was read: no msExchExchangeServer was seen"
without_class msExchRoutingGroup
removal "$scratch/without.ldif" Munich
unread "and so may a group" \
    'called "Munich" was read; of routing groups: no msExchRoutingGroup was seen'

"$ADTOPO" preflight "$scratch/bare-protocolCfgSMTPServer.ldif" $coexisting --site Munich \
    --bridgehead EX03-MUC1 >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "virtual servers that cannot be read are not taken for sound ones" 4 "CANNOT TELL" \
    'unseen bridgehead: an SMTP virtual server of "EX03-MUC1" was not read'

# A server that is there cannot be written a second time.
"$ADTOPO" preflight coexistence-healthy.ldif --site Munich --computer EX07-MUC1 \
    >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "what a plan would make of the organisation cannot be worked out" 1 NO-GO \
    "unseen the organisation then: it cannot be worked out: the plan: CN=EX07-MUC1,.* exists"

# Where both ways out are gone and one is planned elsewhere, all ways change.
"$ADTOPO" preflight coexistence-healthy.ldif --site Seattle --computer NEW --connector 2007:Munich \
    --without "Interop to Munich" --without "Interop to 2007" >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "routes of the planned site come first" 1 NO-GO \
    "- site:Seattle to rg:Munich: .*- site:Munich to rg:Munich: "

# A plan asks for evidence of what no directory tells, whatever today's organisation passes.
cat >"$scratch/evidence" <<'EOF'
[evidence rollup]
rule = VER002
who = A. Administrator
when = 2007-03-30
how = looked at each server
EOF
# shellcheck disable=SC2086
plan $hub --evidence "$scratch/evidence"
verdict "evidence for a plan is never idle" \
    "$(grep 'left nothing open' "$scratch/report" "$scratch/error")"

# With its domain partition and every duty that a server can have.
"$ADTOPO" preflight coexistence-healthy.ldif preflight/contoso-coexistence-domain.ldif \
    --decommission last-legacy --apply rules/DEC005.raise.ldif --apply rules/DEC009.raise.ldif \
    >"$scratch/report" 2>"$scratch/error"
status=$?
steps="1. Mailboxes.*Ada Lindholm .*2. Public folders.*3. Offline address books"
steps="$steps.*4. Mail flow.*Fabrikam .*homeMTA.*5. Expansion of groups.*Bookbinders .*6. Recip"
steps="$steps.*7. Routing group.*8. Routing group connectors.*9. Groups of its computer account"
verdict_is "all of the steps in their order" 1 NO-GO "$steps.*10. Point of no return"
verdict_is "membership of ExchangeLegacyInterop" 1 NO-GO \
    "9. Groups .*- ExchangeLegacyInterop (group): member leads to EX03-MUC2"

# removal_with DOMAIN: of the front-end, by what is in both.ldif and a domain partition.
removal_with() {
    "$ADTOPO" preflight "$scratch/both.ldif" "$1" --decommission EX03-FE1 \
        >"$scratch/report" 2>"$scratch/error"
    status=$?
}
# bare FILE PATTERN: what is read of the file by who sees nothing but names of some objects.
bare() {
    # shellcheck disable=SC2016
    unfold "$1" | "$AWK" -v pattern="$2" '/^dn:/ { bare = $0 ~ pattern }
        !bare || /^(dn|objectClass|cn):/ || /^$/'
}
bare $coexistence "^dn: CN=Ada Lindholm," >"$scratch/accounts.ldif"
"$ADTOPO" preflight coexistence-healthy.ldif "$scratch/accounts.ldif" --decommission EX03-MUC1 \
    >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "an account may have a mailbox that it does not show" 1 NO-GO \
    "unseen mailboxes: 1 account shows nothing but a name, and may have a mailbox in the 1 store th"
printf '\ndn: CN=Carla,CN=Users,DC=contoso,DC=test\nobjectClass: user\ncn: Carla\n' \
    >>"$scratch/accounts.ldif"
"$ADTOPO" preflight coexistence-healthy.ldif "$scratch/accounts.ldif" --decommission EX03-MUC1 \
    >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "and so may two" 1 NO-GO "unseen mailboxes: 2 accounts show nothing but a name"
bare $coexistence "^dn: CN=EX0" >"$scratch/accounts.ldif"
"$ADTOPO" preflight coexistence-healthy.ldif "$scratch/accounts.ldif" --decommission EX03-MUC2 \
    >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "accounts of computers have none" 1 NO-GO "ok mailboxes: of the mailboxes"
"$ADTOPO" snapshot coexistence-healthy.ldif $coexistence --apply rules/CONN007.raise-2.ldif \
    --output "$scratch/whole.ldif" 2>/dev/null
bare "$scratch/whole.ldif" "^dn: .*CN=Routing Groups,CN=First" >"$scratch/bare.ldif"
"$ADTOPO" preflight "$scratch/bare.ldif" --decommission EX03-FE1 >"$scratch/report" \
    2>"$scratch/error"
status=$?
verdict_is "a connector that does not show whom it names may name what goes" 4 "CANNOT TELL" \
    "unseen references: no right to read the attributes of every msExchRoutingGroupConnector"
cp coexistence-healthy.ldif "$scratch/both.ldif"
removal_with $coexistence
verdict_is "a front-end that nothing needs" 0 "GO,"
unfold $coexistence | sed '/^msExchExpansion/s/EX03-MUC1$/EX03-FE1/' >"$scratch/expanding.ldif"
removal_with "$scratch/expanding.ldif"
verdict_is "a front-end that expands a group" 1 NO-GO "FAILED Expansion of groups: 1 reference"
removal coexistence-healthy.ldif EX03-FE1
verdict_is "a front-end that groups may need which were not read" 4 "CANNOT TELL" \
    "HUB010 .*the domain partition DC=contoso,DC=test was not read"
for attribute in legacyExchangeDN offLineABServer msExchAddressListServiceLink \
    msExchSourceBridgeheadServersDN msExchTargetBridgeheadServersDN; do
    unfold coexistence-healthy.ldif | grep -v "^$attribute:" >"$scratch/both.ldif"
    removal_with $coexistence
    verdict_is "a front-end that may be named by $attribute" 4 "CANNOT TELL" \
        ": $attribute was not read on any"
done
printf '%s' "$(cat coexistence-healthy.ldif)" >"$scratch/cut.ldif"
removal "$scratch/cut.ldif" EX03-FE1
verdict_is "a removal from a file that may have been cut off" 4 "CANNOT TELL" \
    'cut.ldif may have been cut off'
removal coexistence-healthy.ldif EX03-MUC1
verdict_is "a server with duties" 1 NO-GO "leads to virtual server 1 of EX03-MUC1"
removal coexistence-healthy.ldif "Interop to Munich"
verdict_is "the only way to the old servers" 1 NO-GO "ERROR RG006"
verdict_is "routes that are lost" 1 NO-GO "site:Seattle to rg:Munich: NO WAY (before: site:Seattle"
removal coexistence-healthy.ldif Munich
verdict_is "a routing group with members" 1 NO-GO "Routing group"
group="CN=First Administrative Group,CN=Administrative Groups,CN=Contoso,CN=Microsoft Exchange"
group="$group,CN=Services,CN=Configuration,DC=contoso,DC=test"
"$ADTOPO" preflight coexistence-healthy.ldif --without "CN=Servers,$group" \
    --without "Interop to Munich" --without "Interop to 2007" \
    --decommission "First Administrative Group" >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "an administrative group is kept when it is empty" 1 NO-GO \
    'FAILED group to be kept: "First Administrative Group" stays when its servers are gone'
removal coexistence-healthy.ldif "Exchange Administrative Group (FYDIBOHF23SPDLT)"
verdict "which is not said of the group of 2007" "$(grep 'to be kept' "$scratch/report")"
removal exchange-2003.ldif last-legacy
verdict_is "the last servers without successors" 1 NO-GO "FAILED successor"

# without_value ATTRIBUTE FILE: the organisation as exported without one attribute.
without_value() {
    unfold "$2" | grep -v "^$1:" >"$scratch/without.ldif"
}

# A rule that is open for two reasons is one reason for the verdict.
without_value msExchCurrentServerRoles coexistence-healthy.ldif
"$ADTOPO" preflight "$scratch/without.ldif" --site Munich --roles cas >"$scratch/report" \
    2>"$scratch/error"
verdict "a rule is told of once" "$(
    [ "$(sed -n '/^NOT ASSESSED/,$p' "$scratch/report" | grep -c PRE008)" -gt 1 ] ||
        echo "PRE008 has not two reasons"
    [ "$(sed -n '/^Verdict/,/^$/p' "$scratch/report" | grep -c 'PRE008')" -eq 1 ] ||
        sed -n '/^Verdict/,/^$/p' "$scratch/report"
)"

# Rules may speak of an organisation that was not read itself.
"$ADTOPO" snapshot no-exchange.ldif --apply rules/PRE021.raise-3.ldif \
    --output "$scratch/whole.ldif" 2>"$scratch/error"
without_class msExchOrganizationContainer "$scratch/whole.ldif"
"$ADTOPO" preflight "$scratch/without.ldif" >"$scratch/report" 2>"$scratch/error"
status=$?
verdict_is "an organisation that was not read, and servers that were" 4 "CANNOT TELL" \
    "WARNING PRE021"

# What breaks once a connector is gone is told by rules, and they have to be able to.
removal coexistence-healthy.ldif "Interop to Munich"
verdict_is "a connector that mail needs" 1 NO-GO "1 new finding\|2 new findings"
without_value msExchHomeRoutingGroup coexistence-healthy.ldif
mv "$scratch/without.ldif" "$scratch/homeless.ldif"
without_value msExchRoutingGroupMembersDN "$scratch/homeless.ldif"
removal "$scratch/without.ldif" "Interop to Munich"
verdict_is "it is not told whose way it is" 4 "CANNOT TELL" "RG006 .*msExchHomeRoutingGroup was not"
removal coexistence-healthy.ldif Internet
verdict_is "the way to the Internet" 1 NO-GO "ERROR SEND001"
without_value homeMTA coexistence-healthy.ldif
removal "$scratch/without.ldif" Internet
verdict_is "no other connector is there, whoever might send" 1 NO-GO "from site:Munich to SMTP:\*"
removal exchange-2003.ldif Notes
verdict_is "the only way out for an address space" 1 NO-GO \
    "FAILED ways of mail: mail from rg:Munich to NOTES:\* would arrive no more, nor on 2 other"
removal exchange-2003.ldif Internet
verdict_is "Exchange 2003 sends by DNS without a connector" 0 GO "SMTP:\*: rg:Munich (before: rg:"

# by_hand: what the last report says that only a person can check, and of rights.
by_hand() {
    sed -n '/^BY HAND/,$p' "$scratch/report"
}

verdict "a connector is not uninstalled, nor are mailboxes in it" "$(
    by_hand | grep -i 'mailbox\|local Administrators\|the server:\|stores'
    by_hand | grep -q 'Queues of the connector' || echo "nothing about the connector's queues"
    by_hand | grep -q 'removal of the connector:' || echo "nothing about who removes it"
)"
verdict "and programs hear the same" "$(
    "$ADTOPO" preflight --format json exchange-2003.ldif --decommission Internet 2>&1 |
        sed -n '/^  "byHand"/,$p' >"$scratch/json"
    grep -q '"Queues of the connector' "$scratch/json" || echo "nothing about its queues"
    grep -q '"step": "removal of the connector"' "$scratch/json" || echo "no step for it"
    grep -i 'mailbox\|removal of the server' "$scratch/json"
)"
removal exchange-2003.ldif London
verdict "a group that goes has checks and rights of its own" "$(
    by_hand | grep -q 'Queues are empty on the servers' || echo "no check of its own"
    by_hand | grep -q 'removal of the group:' || echo "no step of its own"
)"
removal exchange-2003.ldif EX03-FE1
verdict "a server keeps its own" "$(
    by_hand | grep -q 'No mailbox is being moved' || echo "no mailboxes"
    by_hand | grep -q 'removal of the server:' || echo "no step for it"
)"
# shellcheck disable=SC2016
unfold coexistence-healthy.ldif |
    "$AWK" '/^dn:/ { last = /^dn: CN=Internet,/ } last || !/^homeMTA:/' >"$scratch/without.ldif"
removal "$scratch/without.ldif" Internet
verdict_is "that the only one that shows it goes hides nothing" 1 NO-GO "ERROR SEND001"

# finally [ATTRIBUTE [OPTION...]]: the last servers when nothing is left on them, from an export
# without the attribute.
finally() {
    attribute=${1-none}
    [ $# -eq 0 ] || shift
    unfold coexistence-healthy.ldif |
        grep -vE "^(siteFolderServer|msExchHomePublicMDB): .*EX03-MUC1|^$attribute:" \
            >"$scratch/final.ldif"
    "$ADTOPO" preflight "$scratch/final.ldif" $coexistence --decommission last-legacy \
        --without "Public Folder Store (EX03-MUC1)" --without "Interop to Munich" \
        --without "Interop to 2007" --without "Recipient Update Service (CONTOSO)" \
        --without "Recipient Update Service (Enterprise Configuration)" \
        --without "Ada Lindholm" "$@" >"$scratch/report" 2>"$scratch/error"
    status=$?
}
finally
verdict_is "the last servers, and a group is expanded there" 1 NO-GO "ERROR DEC010"
finally none --without Bookbinders
verdict_is "the last servers, and nothing is left on them" 0 "GO,"
finally legacyExchangeDN
verdict_is "and where groups are expanded cannot be seen" 4 "CANNOT TELL" \
    "DEC010[^:]*: legacyExchangeDN was not read on any"
finally msExchRoutingMasterDN --without Bookbinders
verdict_is "nor the masters of routing groups" 4 "CANNOT TELL" \
    "DEC010 .*: msExchRoutingMasterDN was not read on any"
finally offLineABServer --without Bookbinders
verdict_is "nor who makes the address books" 4 "CANNOT TELL" \
    "DEC005[^:]*: offLineABServer was not read on any"
for attribute in msExchSourceBridgeheadServersDN homeMTA; do
    finally $attribute --without Bookbinders
    verdict_is "nor by $attribute who sends" 4 "CANNOT TELL" "DEC009[^:]*: $attribute was not read"
done

# A server whose version was not read may be one of the last, or stay behind them.
cat >"$scratch/unversioned" <<'EOF'
dn: CN=EX03-MUC2,CN=Servers,CN=First Administrative Group,CN=Administrative Groups,
 CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=test
changetype: modify
delete: serialNumber
-
delete: versionNumber
-
EOF
finally none --without Bookbinders --apply "$scratch/unversioned"
verdict_is "the last servers, one of unknown version" 4 "CANNOT TELL" \
    'point of no return: serialNumber was not read, or not understood, on EX03-MUC2'
verdict_is "it is one of them" 4 "CANNOT TELL" '"EX03-FE1", "EX03-MUC1", "EX03-MUC2"'
verdict "and they are not called the last" "$(grep 'these are the last' "$scratch/report" |
    grep note)"
finally '(serialNumber|versionNumber)' --without Bookbinders
unread "servers whose versions were not read are not taken for new ones" \
    "serialNumber was not read, or not understood, on EX03-FE1, EX03-MUC1 and EX03-MUC2"

# --- for programs ------------------------------------------------------------

keys() {
    "$ADTOPO" preflight --format json "$@" 2>/dev/null |
        sed -n 's/^  "\([A-Za-z]*\)".*/\1/p' | words
}

verdict "the keys of the JSON object" "$(
    wanted="tool schemaVersion sources forest summary findings notAssessed diagnostics verdict"
    wanted="$wanted reasons plan references changes byHand rights"
    got=$(keys exchange-2003.ldif $domain --site Munich --bridgehead EX03-MUC1)
    [ "$got" = "$wanted" ] || echo "$got"
)"

verdict "programs hear of equals what the text says of them" "$(
    "$ADTOPO" preflight --format json exchange-2003.ldif --decommission "X.400 to Munich" \
        2>/dev/null | grep -q '"decidedBy": "equal"' || echo "no way is decided by equal"
)"

verdict "each of the 102 readiness checks is answered by a rule or not decidable" "$(
    "$ADTOPO" rules --readiness --format json >"$scratch/readiness"
    [ "$(grep -c '"name"' "$scratch/readiness")" -eq 102 ] || echo "not 102"
    tr -d '\n' <"$scratch/readiness" | grep -o '"decided": "\(directory\|in part\)", *"rules": \[\]'
)"

verdict "what stays open stands in order, whether today or then" "$(
    "$ADTOPO" preflight --format json exchange-2003.ldif --site Munich --roles cas |
        sed -n '/^  "notAssessed"/,/^  \]/s/.*"rule": "\(.*\)",/\1/p' >"$scratch/open"
    grep -q PRE008 "$scratch/open" || echo "PRE008 is not open"
    LC_ALL=C sort -c "$scratch/open" 2>&1
)"

# A format without room for the verdict must not let findings about today pass for a go.
verdict "monitoring gets the verdict" "$(
    "$ADTOPO" preflight --format nagios exchange-2003.ldif --site Seattle >"$scratch/line"
    [ $? -eq 2 ] || echo "no CRITICAL state"
    grep -q '^ADTOPO CRITICAL - no-go: ' "$scratch/line" || cat "$scratch/line"
)"
verdict "to monitoring, a plan that is typed wrongly is unknown" "$(
    for wrong in --site=Atlantis --target=2003 --decommission=EX03-MUC1 --nonsense; do
        "$ADTOPO" preflight --format=nagios exchange-2003.ldif --site Seattle $wrong \
            >"$scratch/line" 2>"$scratch/error"
        [ $? -eq 3 ] || echo "$wrong: no UNKNOWN state"
        grep -q '^ADTOPO UNKNOWN - ' "$scratch/line" || echo "$wrong: $(cat "$scratch/line")"
        [ -s "$scratch/error" ] || echo "$wrong: standard error does not say why"
    done
)"
verdict "a page tells the verdict and the checks" "$(
    "$ADTOPO" preflight --format html exchange-2003.ldif --site Seattle >"$scratch/page" 2>&1
    for words in '<title>adtopo preflight' 'class="verdict error">NO-GO' \
        '<td class="error">failed'; do
        grep -q "$words" "$scratch/page" || echo "no $words"
    done
)"
verdict "tests of a plan fail with it" "$(
    "$ADTOPO" preflight --format junit exchange-2003.ldif --site Seattle >"$scratch/tests" 2>&1
    grep -A 1 'name="verdict"' "$scratch/tests" | grep -q '<failure .*NO-GO' || echo "no failure"
    "$ADTOPO" preflight --format junit exchange-2003.ldif >"$scratch/tests" 2>&1
    grep -A 1 'name="verdict"' "$scratch/tests" | grep -q '<skipped .*CANNOT' || echo "no skip"
)"
verdict "metrics hold the verdict" "$(
    "$ADTOPO" preflight --format openmetrics exchange-2003.ldif --site Seattle |
        grep '^adtopo_plan_verdict{' >"$scratch/metrics"
    printf 'adtopo_plan_verdict{verdict="%s"} %s\n' go 0 no-go 1 cannot-tell 0 |
        diff - "$scratch/metrics"
)"
verdict "lists of findings come with the verdict beside them" "$(
    "$ADTOPO" preflight --format gnu exchange-2003.ldif --site Seattle 2>&1 >/dev/null |
        grep -q 'the verdict on the plan is: no-go' || echo "no verdict on standard error"
)"

finish
