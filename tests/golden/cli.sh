#!/bin/sh
# Manners of the command line: wrong inputs give one clear sentence and the
# documented status, and nothing that looks like health; output is written
# whole or not at all; nothing gets out unescaped.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/sentences.sh
. "$srcdir/tests/golden/sentences.sh"
healthy=coexistence-healthy.ldif
export COLUMNS=80
unset NO_COLOR CLICOLOR CLICOLOR_FORCE LDAPURI

# --- Sources that are none ----------------------------------------------------

: >"$scratch/empty"
mkdir "$scratch/folder"
printf '\377\330\377\340\000\020JFIF\000\001\002\003\377\000\200' >"$scratch/picture"
printf 'name,version\nEX03,6.5\n' >"$scratch/table.csv"
for command in audit show; do
    refuses "$command: an empty file" 3 empty $command "$scratch/empty"
    refuses "$command: a missing file" 3 'No such file' $command "$scratch/missing.ldif"
    refuses "$command: a directory" 3 'directory' $command "$scratch/folder"
    refuses "$command: a picture" 3 'line 1' $command "$scratch/picture"
    refuses "$command: a table" 3 'line 1' $command "$scratch/table.csv"
    refuses "$command: nothing on standard input" 3 'standard input' $command -
    refuses "$command: a server that is not there" 3 '127.0.0.1' $command ldap://127.0.0.1:1
done
: | "$ADTOPO" audit - >"$scratch/out" 2>"$scratch/err"
status=$?
one_sentence "a pipe without a byte" 3 'standard input'
printf 'dn: DC=contoso,DC=test\nobjectClass: domainDNS\ndc: contoso\n' >"$scratch/domain.ldif"
refuses "no configuration partition" 3 'configuration partition' audit "$scratch/domain.ldif"
refuses "a missing file of changes" 3 'No such file' \
    audit $healthy --apply "$scratch/missing.ldif"

# --- Words that are wrong -------------------------------------------------------

printf 'dn: CN=x,DC=y\nchangetype: frob\n' >"$scratch/frob"
refuses "an unknown changetype" 3 'line 2: its changetype' audit $healthy --apply "$scratch/frob"
refuses "an unknown command" 2 'unknown command "adit".*audit' adit $healthy
refuses "an option in the command's place" 2 'command' --format json audit
refuses "an unknown option" 2 '--bogus' audit --bogus $healthy
refuses "an object to go that is none" 2 '(did you mean "EX03-MUC1"?); "adtopo show tree"' \
    preflight --decommission EX03-MUC $healthy
refuses "an object to do without that is none" 2 '(did you mean "EX03-MUC1"?); give its name' \
    audit --without EX03-MUC $healthy
refuses "an unknown site on a route" 2 'no site called "Munic" (did you mean "Munich"?)' \
    route --from site:Munic --to site:Seattle $healthy
refuses "an unknown place on a route" 2 'called "EX07-MUC" (did you mean "EX07-MUC1"?): write' \
    route --from EX07-MUC --to site:Seattle $healthy
refuses "an unknown topic" 2 'servers' show serverz $healthy
refuses "an unknown rule to include" 2 'NOPE' audit --include NOPE $healthy
refuses "an unknown rule to exclude" 2 'NOPE' audit --exclude 'RG*,NOPE' $healthy
refuses "an unknown rule to explain" 2 'did you mean RG003' explain RG0003
refuses "no rule to explain" 2 'RULE' explain
refuses "a word too many" 2 'one word too many' rules RG003
refuses "an unknown format" 2 'text, json, gnu' audit --format yaml $healthy
refuses "gnu is for audit" 2 'text, json' show --format gnu $healthy
refuses "a report over its own source" 2 'overwritten' audit $healthy --output $healthy
refuses "two files in one" 2 'written twice' audit $healthy --output "$scratch/one" \
    --write-baseline "$scratch/one"
refuses "a server without roles" 2 'is no role' preflight --site Munich --roles "" $healthy
refuses "a list without a rule to include" 2 'takes rules such as' audit --include '' $healthy
refuses "a list without a rule to exclude" 2 'takes rules such as' audit --exclude ' ,' $healthy
refuses "a scheme that is unknown" 2 'scheme.*domain:NAME' audit ldapx://dc1.contoso.test
refuses "a scheme that is unknown, with -H" 2 'scheme.*domain:NAME' show -H ldapx://dc1
refuses "an unknown severity" 2 'warning' audit --severity grave $healthy
refuses "an unknown threshold" 2 'none' audit --fail-on grave $healthy
refuses "an unknown colour" 2 'never' audit --color blue $healthy
refuses "a time that is none" 2 'yesterday' audit --now yesterday $healthy
refuses "a name that nothing bears" 2 'nobody' audit --without nobody $healthy
refuses "two ways to the password" 2 'only one' audit -W -y "$scratch/empty" $healthy
refuses "a missing password file" 2 'No such file' audit -y "$scratch/missing" $healthy
refuses "an option without its value" 2 '-H' audit -H

run
if [ $status -eq 2 ] && [ ! -s "$scratch/out" ] && grep -q '^Usage: ' "$scratch/err"; then
    ok "no command gives the usage"
else
    fail "no command gives the usage" "status $status: $(cat "$scratch/out" "$scratch/err")"
fi

# --- What is right ---------------------------------------------------------------

# gives WHAT STATUS ARGUMENT...: and says something on standard output only.
gives() {
    what=$1
    wanted=$2
    shift 2
    run "$@"
    if [ $status -eq "$wanted" ] && [ -s "$scratch/out" ] && [ ! -s "$scratch/err" ]; then
        ok "$what"
    else
        fail "$what" "status $status, not $wanted: $(head -c 500 "$scratch/err")"
    fi
}

gives "a healthy organisation" 0 audit $healthy
gives "an organisation with errors" 1 audit coexistence-faulty.ldif
gives "errors that are not to fail" 0 audit --fail-on none coexistence-faulty.ldif
gives "notes that are to fail" 1 audit --fail-on info $healthy
gives "no Exchange" 0 audit no-exchange.ldif
verdict "not seen whether there is Exchange: partial" "$("$ADTOPO" audit --fail-on none \
    --apply rules/ORG004.near-3.ldif no-exchange.ldif >"$scratch/out" 2>&1
    [ $? -eq 4 ] || cat "$scratch/out")"
gives "options behind the source" 1 audit $healthy --fail-on info
gives "nothing but words behind --" 0 audit --quiet -- $healthy
gives "lists of rules" 0 audit --include 'ORG*,RG003' --include ag001 --exclude ORG006 $healthy
gives "a time" 0 audit --now 2007-03-31T12:00:00Z $healthy
gives "the version" 0 --version
gives "the usage" 0 --help
gives "a command's usage" 0 audit --help
verdict "of a plan there is no baseline, and none is offered" "$(
    "$ADTOPO" audit --help | grep -q -e --write-baseline || echo "an audit does not offer it"
    "$ADTOPO" preflight --help | grep -e --write-baseline
)"
refuses "a baseline of a plan" 2 'belongs to adtopo audit' preflight --site Munich \
    --write-baseline "$scratch/one" $healthy
gives "the catalogue" 0 rules
gives "a rule by its slug in other letters" 0 explain Routing-Group-Mixed-Versions
"$ADTOPO" show servers - <$healthy >"$scratch/piped"
"$ADTOPO" show servers $healthy >"$scratch/named"
verdict "standard input is the same as a file" "$(diff "$scratch/piped" "$scratch/named")"
verdict "the version is one line" \
    "$("$ADTOPO" --version | grep -vx 'adtopo [0-9]*\.[0-9]*\.[0-9]*')"

says() {
    if grep -q -e "$2" "$scratch/out"; then ok "$1"; else fail "$1" "$(cat "$scratch/out")"; fi
}

run audit no-exchange.ldif
says "no Exchange is said in words" 'no Exchange organisation found'
"$AWK" 'BEGIN { RS = ""; ORS = "\n\n" } !/(^|\n)dn: CN=Contoso,CN=Microsoft/' $healthy \
    >"$scratch/headless.ldif"
verdict "servers without their organisation: partial" \
    "$("$ADTOPO" audit "$scratch/headless.ldif" >"$scratch/out" 2>&1
    [ $? -eq 4 ] || cat "$scratch/out")"
run audit --include 'ORG*' "$scratch/headless.ldif"
says "an organisation that was not read is not missing" 'ORG004: the organisation was not read'
run show organization "$scratch/headless.ldif"
says "an organisation that was not read is said in words" 'Not seen: the organisation was not read'
grep -v '^objectClass:' $healthy >"$scratch/classless.ldif"
refuses "an export without objectClass" 3 'export objectClass too' audit "$scratch/classless.ldif"
# What stands below CN=Servers came without its class, and is no reason to accuse what refers to it.
# shellcheck disable=SC2016
"$AWK" 'BEGIN { RS = ""; ORS = "\n\n" }
    { whole = $0; gsub(/\n /, "", whole) }
    whole ~ /dn: [^\n]*CN=Servers,[^\n]*,CN=Administrative Groups/ {
        gsub(/\nobjectClass: [^\n]*/, "")
    }
    1' $healthy >"$scratch/classless.ldif"
run audit "$scratch/classless.ldif"
says "records without a class count as not read" ': error: 66 records'
verdict "records without a class are no reason to accuse" \
    "$(grep -E '^(ERROR|WARNING) ' "$scratch/out")"
sed 's/^cost: 100$/cost: 1OO/' $healthy >"$scratch/unreadable.ldif"
run audit "$scratch/unreadable.ldif"
says "a number that is none is told of" 'cost "1OO"'
run show servers no-exchange.ldif
says "an empty list is said in words" 'No Exchange servers found'
run show servers --format json no-exchange.ldif
verdict "an empty list is an empty array" "$(printf '{\n  "servers": []\n}\n' |
    diff - "$scratch/out")"

# --- Ways between sites -------------------------------------------------------------

run show site-paths no-exchange.ldif
says "no ways of mail are said in words" 'No ways of mail between sites found'
refuses "the ways of mail have one name" 2 'site-paths' show site-path $healthy
run show site-paths --format json coexistence-faulty.ldif
says "a pair without a path has none" '"path": null'
verdict "a whole list says that nothing is left out" "$(grep -vc '"omitted": 0,$' "$scratch/out" |
    grep -vx "$(($(wc -l <"$scratch/out") - 1))")"

# many_sites: 98 more sites with a hub each, joined by one link: with the three of the fixture
# 10,100 ordered pairs.
many_sites() {
    cat exchange-2007.ldif
    awk 'BEGIN {
        configuration = "CN=Configuration,DC=contoso,DC=test"
        sites = "CN=Sites," configuration
        servers = "CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT)," \
            "CN=Administrative Groups,CN=Contoso,CN=Microsoft Exchange,CN=Services," configuration
        for (i = 1; i <= 98; i++) {
            site = "CN=Site" i "," sites
            printf "\ndn: %s\nobjectClass: site\n", site
            printf "\ndn: CN=HUB%d,%s\nobjectClass: msExchExchangeServer\n", i, servers
            print "versionNumber: 1912832083\nserialNumber: Version 8.3 (Build 30083.6)"
            print "msExchCurrentServerRoles: 32\nmsExchServerSite: " site
            members = members "siteList: " site "\n"
        }
        print "\ndn: CN=All,CN=IP,CN=Inter-Site Transports," sites "\nobjectClass: siteLink"
        printf "cost: 10\nsiteList: CN=Munich,%s\n%s", sites, members
    }'
}
many_sites >"$scratch/many.ldif"
run show site-paths "$scratch/many.ldif"
tr '\n' ' ' <"$scratch/out" >"$scratch/flat"
mv "$scratch/flat" "$scratch/out"
says "ways that are left out are counted in words" \
    'the first 10000 ways of mail between sites; 100 more are left out.*adtopo route --from site:A'
run show site-paths --format json "$scratch/many.ldif"
says "ways that are left out are counted in JSON" '"omitted": 100,$'
verdict "the others are all there" "$(grep -c '"name": ' "$scratch/out" | grep -vx 10000)"

# --- Partial input ----------------------------------------------------------------

# A record that is cut off in its first line: the rest is judged, and never 0.
{ cat no-exchange.ldif && printf '\ndn:: =broken=\nobjectClass: top\n'; } >"$scratch/partial.ldif"
run audit --fail-on none "$scratch/partial.ldif"
if [ $status -eq 4 ] && grep -q 'PART' "$scratch/out" && [ -s "$scratch/err" ]; then
    ok "a broken record makes the audit partial"
else
    fail "a broken record makes the audit partial" "status $status: $(cat "$scratch/out")"
fi
run show sites "$scratch/partial.ldif"
if [ $status -eq 4 ] && [ -s "$scratch/err" ]; then
    ok "a broken record makes a show partial"
else
    fail "a broken record makes a show partial" "status $status"
fi

# Two files that contradict each other, and neither is the newer.
sed 's/^msExchMixedMode: FALSE/msExchMixedMode: TRUE/' $healthy >"$scratch/mixed.ldif"
run audit $healthy "$scratch/mixed.ldif"
tr -s '\n ' ' ' <"$scratch/out" >"$scratch/flat"
if [ $status -eq 4 ] && grep -q 'msExchMixedMode differs between .* ("FALSE") and .* ("TRUE");' \
    "$scratch/flat"; then
    ok "files that contradict each other make the audit partial"
else
    fail "files that contradict each other make the audit partial" "status $status"
fi
sed '/^dn: CN=Contoso,/,/^$/ s/^whenChanged: 2/whenChanged: 3/' "$scratch/mixed.ldif" \
    >"$scratch/newer.ldif"
run audit --fail-on none $healthy "$scratch/newer.ldif"
tr -s '\n ' ' ' <"$scratch/out" >"$scratch/flat"
if [ $status -eq 0 ] && grep -q '("TRUE") and .* ("FALSE"); took the former' "$scratch/flat"; then
    ok "the newer of two files counts"
else
    fail "the newer of two files counts" "status $status: $(cat "$scratch/flat")"
fi

# A transfer that broke off is no whole directory, and no snapshot may make one of it.
awk '/^msExchHomeRoutingGroup:/ { printf "%s", substr($0, 1, 34); exit } { print }' \
    $healthy >"$scratch/cut.ldif"
run audit "$scratch/cut.ldif"
if [ $status -eq 4 ] && grep -q 'CUT OFF' "$scratch/out"; then
    ok "a file that was cut off makes the audit partial"
else
    fail "a file that was cut off makes the audit partial" "status $status"
fi
run audit --format nagios "$scratch/cut.ldif"
if [ $status -eq 3 ] && grep -q '^ADTOPO UNKNOWN' "$scratch/out"; then
    ok "a file that was cut off is UNKNOWN to monitoring"
else
    fail "a file that was cut off is UNKNOWN to monitoring" "status $status"
fi
# One server that shows nothing but its name.
"$AWK" 'BEGIN { RS = ""; ORS = "\n\n" }
    /^dn: CN=EX07-MUC2,CN=Servers,/ { gsub(/\n[a-bd-np-zA-Z][^:]*:[^\n]*(\n [^\n]*)*/, "") }
    { print }' "$healthy" >"$scratch/bare.ldif"
run audit "$scratch/bare.ldif"
if [ $status -eq 4 ] && grep -q '1 of the 7 objects shows none' "$scratch/err"; then
    ok "an organisation of which not all was seen is judged in part"
else
    fail "an organisation of which not all was seen is judged in part" "status $status"
fi
run audit --format nagios "$scratch/bare.ldif"
if [ $status -eq 3 ] && grep -q 'ADTOPO UNKNOWN .* not all .* was seen' "$scratch/out"; then
    ok "which is UNKNOWN to monitoring"
else
    fail "which is UNKNOWN to monitoring" "status $status"
fi
run snapshot "$scratch/cut.ldif" --output "$scratch/whole.ldif"
if [ $status -eq 4 ] && [ ! -e "$scratch/whole.ldif" ]; then
    ok "a file that was cut off makes no snapshot"
else
    fail "a file that was cut off makes no snapshot" "status $status"
fi

# --- Output -----------------------------------------------------------------------

gives_file() {
    "$ADTOPO" audit $healthy --output "$1" >"$scratch/out" 2>"$scratch/err" &&
        "$ADTOPO" audit $healthy | diff - "$1"
}

verdict "--output writes what standard output gets" "$(gives_file "$scratch/report" 2>&1)"
"$ADTOPO" audit $healthy --output "$scratch/report" >"$scratch/out" 2>&1
verdict "--output leaves nothing beside the file" "$(find "$scratch" -name 'report.*')"
ln -s report "$scratch/link"
"$ADTOPO" decode FYDIBOHF23SPDLT --output "$scratch/link"
if [ -L "$scratch/link" ] && grep -q EXCHANGE12ROCKS "$scratch/report"; then
    ok "--output follows a link"
else
    fail "--output follows a link" "$(ls -l "$scratch")"
fi
refuses "--output where no folder is" 3 'No such file' \
    audit $healthy --output "$scratch/no/report"
refuses "--output to a folder" 3 'directory' audit $healthy --output "$scratch/folder"
echo before >"$scratch/kept"
run audit --include NOPE $healthy --output "$scratch/kept"
verdict "a failure leaves the old file" "$(echo before | diff - "$scratch/kept")"
if [ -w /dev/full ]; then
    refuses "--output to a full disk" 3 'No space left' audit $healthy --output /dev/full
    ln -s /dev/full "$scratch/full"
    "$ADTOPO" audit --quiet --remedy-ldif "$scratch/full" \
        "$srcdir/fixtures/coexistence-faulty.ldif" >"$scratch/out" 2>"$scratch/err"
    verdict "no undo without a remedy" "$([ $? -eq 3 ] || cat "$scratch/err"
        ls "$scratch/full.undo" 2>/dev/null)"
    for words in "audit $healthy" "show servers $healthy" "rules" "explain RG003" \
        "decode FYDIBOHF23SPDLT" "--help" "audit --help"; do
        # Several words on purpose.
        # shellcheck disable=SC2086
        "$ADTOPO" $words >/dev/full 2>"$scratch/err"
        status=$?
        : >"$scratch/out"
        one_sentence "standard output to a full disk: $words" 3 'cannot write'
    done
else
    skip "a full disk" "no /dev/full"
fi

# --- Width, colour, hostile names ----------------------------------------------------

escape=$(printf '\033')
for width in 40 60 100; do
    for words in "audit coexistence-faulty.ldif" "audit umlaut-utf16.ldf" "show servers $healthy" \
        "show connectors $healthy" "rules" "explain CONN001"; do
        # An example is for copying: it stays as it is.
        # shellcheck disable=SC2086
        wide=$(COLUMNS=$width "$ADTOPO" $words | sed '/^# adtopo/,$d' |
            LC_ALL=C sed "s/[$(printf '\200-\277')]//g" |
            LC_ALL=C awk -v width=$width 'length($0) > width')
        verdict "$words fits $width columns" "$wide"
    done
done
verdict "no colour where no terminal is" \
    "$("$ADTOPO" audit coexistence-faulty.ldif | grep "$escape")"
"$ADTOPO" audit --color always coexistence-faulty.ldif >"$scratch/out"
says "colour when it is asked for" "$escape"
verdict "colour carries nothing" "$("$ADTOPO" audit coexistence-faulty.ldif >"$scratch/plain"
sed "s/$escape\[[0-9;]*m//g" "$scratch/out" | diff - "$scratch/plain")"
verdict "NO_COLOR wins over CLICOLOR_FORCE" \
    "$(NO_COLOR=1 CLICOLOR_FORCE=1 "$ADTOPO" audit coexistence-faulty.ldif | grep "$escape")"

# A site whose name rewrites the screen, turns the direction and is no UTF-8.
hostile=$(printf 'A\033[31mB\342\200\256C\302\233D\377E\nF' | base64 | tr -d '\n')
sites='CN=Sites,CN=Configuration,DC=contoso,DC=test'
name=$(printf 'CN=A\033[31mB\342\200\256C\302\233D\377E\nF,%s' "$sites" |
    base64 | tr -d '\n')
printf '\ndn:: %s\nobjectClass: top\nobjectClass: site\ncn:: %s\n' "$name" "$hostile" |
    cat no-exchange.ldif - >"$scratch/hostile.ldif"
for words in "show sites" "show tree" "show sites -v" "show sites --format json" \
    "audit --format json" \
    "audit -v" "audit --format gnu"; do
    # shellcheck disable=SC2086
    "$ADTOPO" $words "$scratch/hostile.ldif" >"$scratch/out" 2>&1
    verdict "$words: a hostile name comes out harmless" "$(
        LC_ALL=C grep -n "$(printf '[\001-\010\013-\037\177\377]\|\302\233\|\342\200\256')" \
            "$scratch/out"
        iconv -f UTF-8 -t UTF-8 "$scratch/out" 2>&1 >/dev/null
    )"
done
verdict "a table escapes names once" "$("$ADTOPO" show tree "$scratch/hostile.ldif" |
    grep 'x5c\|\\\\x')"
run show sites "$scratch/hostile.ldif"
says "a hostile name is still told" '\\x1b\[31mB\\u{202e}C\\u{009b}D\\xffE\\x0aF'
run audit "$(printf 'missing\033[2Jfile')"
one_sentence "a hostile file name" 3 '\\x1b'

run audit ""
one_sentence "an empty file name" 3 'cannot open ""'

# An option without a value is one however it is written; the usage tells which those are.
verdict "what takes no value is refused one" "$(
    for command in audit preflight show route graph sweep plan snapshot rules explain decode; do
        "$ADTOPO" $command --help | sed -n 's/^ *\(-., \)\{0,1\}--\([a-z-]*\) .*/\2/p' |
            while read -r option; do
                "$ADTOPO" $command "--$option=no" </dev/null >"$scratch/out" 2>&1
                grep -q "^adtopo: --$option takes no value" "$scratch/out" ||
                    echo "$command --$option"
            done
    done
)"

# GLib's parser would keep the last; ldapsearch refuses as well.
verdict "what takes one value is refused a second" "$(
    for command in audit preflight show route graph sweep plan snapshot rules explain decode; do
        "$ADTOPO" $command --help | sed -n 's/^ *\(-., \)\{0,1\}--\([a-z-]*\)=.*/\2/p' |
            grep -vxE 'apply|without|down|include|exclude|option|connector|to' |
            while read -r option; do
                "$ADTOPO" $command "--$option=1" "--$option" 2 </dev/null >"$scratch/out" 2>&1
                code=$?
                [ $code -eq 2 ] && grep -q "^adtopo: --$option was given twice;" "$scratch/out" ||
                    echo "$command --$option: status $code: $(cat "$scratch/out")"
            done
    done
)"
for options in '-D a --bind-dn b' '-xDa -D b' '--rate 5 --rate=5'; do
    # Several words on purpose.
    # shellcheck disable=SC2086
    run audit $options "$srcdir/fixtures/exchange-2007.ldif"
    one_sentence "twice: $options" 2 'was given twice'
done
run audit --rate fast "$srcdir/fixtures/exchange-2007.ldif"
one_sentence "a rate that is no number" 2 '^adtopo: --rate takes a number, not "fast"'
run route --from site:Munich --to site:Seattle --size 99999999999999999999 \
    "$srcdir/fixtures/exchange-2007.ldif"
one_sentence "a size that is too large" 2 'larger size than can be reckoned with'

# --- Passwords ----------------------------------------------------------------------

run audit -w geheim -D x@y --allow-cleartext ldap://127.0.0.1:1
if [ $status -eq 3 ] && ! grep -q geheim "$scratch/err" && grep -q -e '-W' "$scratch/err"; then
    ok "-w warns and is not repeated"
else
    fail "-w warns and is not repeated" "status $status: $(cat "$scratch/err")"
fi
run audit -xDx@y -wgeheim -Hldap://127.0.0.1:1 --allow-cleartext
if [ $status -eq 3 ] && grep -q '127.0.0.1:1' "$scratch/err"; then
    ok "values may stand right behind their letters"
else
    fail "values may stand right behind their letters" "status $status: $(cat "$scratch/err")"
fi

# --- Options for a server, and none is named --------------------------------------------

# idle WHAT OPTIONS ARGUMENT...: the file is judged, and one sentence says which options are idle.
idle() {
    what=$1
    options=$2
    shift 2
    run "$@" $healthy
    verdict "$what" "$([ $status -eq 0 ] || echo "status $status"
        [ -s "$scratch/out" ] || echo "nothing was judged"
        [ "$(grep -c "nothing comes of $options:" "$scratch/err")" -eq 1 ] || cat "$scratch/err")"
}

printf geheim >"$scratch/password"
idle "a name for a server, and only a file" -D audit -D x@y
idle "all that is for a server" '-b, -x, -D, -y, -Y, -U, -R, -X, -O, -Z, -o, --allow-cleartext, '\
'--dc-site, --rate, --time-limit' audit -b DC=contoso,DC=test -x -D x@y -y "$scratch/password" \
    -Y GSSAPI -U x -R y -X u:x -O none -ZZ -o nettimeout=5 --allow-cleartext --dc-site Munich \
    --rate 5 --time-limit 5
idle "a rate for a file, in another command" --rate show servers --rate 5
idle "a rate for a file that is not even read" --rate audit --dry-run --rate 5
gives "what is always so is no matter" 0 audit -N -Q $healthy
run audit -D x@y -y "$scratch/password" $healthy ldap://127.0.0.1:1
one_sentence "a file beside a server" 3 'cannot connect'
run audit -D x@y -y "$scratch/password" -H ldap://127.0.0.1:1 $healthy
one_sentence "a file beside a server of -H" 3 'cannot connect'
echo geheim >"$scratch/password"
run audit -y /dev/fd/3 -D x@y ldap://127.0.0.1:1 3<"$scratch/password"
if [ $status -eq 3 ] && grep -q 'note: the line end of /dev/fd/3' "$scratch/err"; then
    ok "a password comes from a file descriptor"
else
    fail "a password comes from a file descriptor" "status $status: $(cat "$scratch/err")"
fi
run audit -y "$scratch/password" -D x@y ldap://127.0.0.1:1
if grep -q 'note: the line end' "$scratch/err"; then
    ok "the line end of a password file is noted"
else
    fail "the line end of a password file is noted" "$(cat "$scratch/err")"
fi

cat >"$scratch/costs.ldif" <<'EOF'
dn: CN=Interop to 2007,CN=Connections,CN=Munich,CN=Routing Groups,
 CN=First Administrative Group,CN=Administrative Groups,CN=Contoso,
 CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=test
changetype: modify
replace: cost
cost: -3
-
EOF
for command in "show connectors" "show tree" "route --from rg:Munich --to site:Munich"; do
    # Several words on purpose.
    # shellcheck disable=SC2086
    run $command --apply "$scratch/costs.ldif" $healthy
    if [ $status -eq 0 ] && [ "$(grep -c . "$scratch/err")" -eq 1 ] &&
        grep -q 'costs.ldif:6: warning: .*a cost of -3, which counts as 1 in' "$scratch/err"; then
        ok "a cost that routing does not take is told once: $command"
    else
        fail "a cost that routing does not take is told once: $command" "$(cat "$scratch/err")"
    fi
done

finish
