#!/bin/sh
# A pseudonymized snapshot of every organisation in fixtures/: an audit of it says what an audit of
# the organisation says, once the real names are put back, and no name of the organisation is left
# in it.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"

have jq || {
    skip "pseudonyms" "jq is not installed"
    finish
}

# What every organisation has; all else in a fixture's names is the organisation's own.
cat >"$scratch/everywhere" <<'END'
accepted domains
address lists container
addressing
administrative groups
client access
computers
configuration
connections
databases
default web site
domain controllers
elc folders container
enterprise configuration
enterprise schema
exadmin
exchange
exchange administrative group
exchange organization administrators
exchange public folder administrators
exchange recipient administrators
exchange routing group
exchange servers
exchange view-only administrators
exchangelegacyinterop
folder hierarchies
deleted objects
fydibohf23spdlt
dwbgzmfd01qnbjr
global settings
group
http
informationstore
inter-site transports
internet message formats
ip
lostandfoundconfig
message delivery
microsoft exchange
microsoft exchange security groups
microsoft exchange system objects
microsoft mta
microsoft-server-activesync
ms-exch-schema-version-pt
ntds settings
ntds site settings
oab
offline address lists
oma
owa
partitions
protocols
public
public key services
recipient policies
recipient update service
recipient update services
routing groups
schema
servers
services
sites
smtp
smtp receive connectors
subnets
system
system policies
transport settings
um autoattendant container
users
windows nt
END

# components SNAPSHOT: the names in distinguished names, paths, addresses and host names of an LDIF
# file, one a line, in lower case, those in base64 among them. The attributes left out hold numbers,
# times, versions, classes and filters.
components() {
    awk '
        /^ / { line = line substr($0, 2); next }
        { print line; line = $0 }
        END { print line }' "$1" |
        grep -viE '^(#|objectClass|objectGUID|when|serialNumber|operatingSystem|version:)' |
        grep -viE '^(lDAPDisplayName|purportedSearch|msExchQueryFilter|activationSchedule)' |
        grep -viE '^(system)?auxiliaryClass' |
        while IFS= read -r line; do
            case $line in
            *':: '*) printf '%s' "${line#*:: }" | base64 -d 2>/dev/null && echo ;;
            *) printf '%s\n' "${line#*: }" ;;
            esac
        done | LC_ALL=C tr '[:upper:]' '[:lower:]' | LC_ALL=C tr ',=/;:@.[]()\\$*%<>&' '\n' |
        sed 's/^ *//; s/ *$//' | grep -E '[a-z].*[a-z]' | LC_ALL=C sort -u
}

# Words of address types, protocols and flags are no names either, nor are the GUIDs by which
# Exchange finds its groups, nor an address that is all ones.
cat >"$scratch/words" <<'END'
0acnf
0adel
1a9e39d35abe5747b979ffc0c6e5ea26
45fa417b3574dc4e929bc4b059699792
9c5b963f67f14a4b936cb8efb19c4784
a7d2016c83f003458132789eeb127b84
c262a929d691b74a9e068728f8f842ea
db72c41d49580a4db304fe6981e56297
cn
cnf
dc
false
fax
ffff
-ffff
netbios
ncacn_ip_tcp
notes
ou
true
x400
END

# restored REPORT MAP
restored() {
    jq -S --rawfile map "$2" -f "$srcdir/tests/golden/pseudonym.jq" "$1"
}

compare_organisation() {
    name=${1##*/}
    snapshot=$scratch/invented.ldif
    if ! "$ADTOPO" snapshot --quiet --pseudonymize --name-map "$scratch/map" \
        --output "$snapshot" "$1" 2>"$scratch/err"; then
        fail "$name is saved under invented names" "$(cat "$scratch/err")"
        return
    fi
    "$ADTOPO" audit --format json "$1" >"$scratch/real.json" 2>/dev/null
    "$ADTOPO" audit --format json "$snapshot" >"$scratch/invented.json" 2>"$scratch/err"
    restored "$scratch/real.json" /dev/null >"$scratch/wanted"
    restored "$scratch/invented.json" "$scratch/map" >"$scratch/got"
    if grep -q '"findings"' "$scratch/wanted"; then
        verdict "$name: an audit says the same under invented names" \
            "$(diff "$scratch/wanted" "$scratch/got" | head -n 20)"
    else
        fail "$name is audited" "$(cat "$scratch/err")"
    fi
    "$ADTOPO" snapshot --quiet "$1" >"$scratch/real.ldif" 2>/dev/null
    components "$scratch/real.ldif" >"$scratch/real"
    components "$snapshot" >"$scratch/left"
    LC_ALL=C sort -u "$scratch/everywhere" "$scratch/words" >"$scratch/allowed"
    if [ "$(LC_ALL=C comm -23 "$scratch/real" "$scratch/allowed" | wc -l)" -lt 3 ]; then
        fail "$name has names" "$(cat "$scratch/real")"
    fi
    LC_ALL=C comm -12 "$scratch/real" "$scratch/left" >"$scratch/both"
    verdict "$name: none of its names is left" \
        "$(LC_ALL=C comm -23 "$scratch/both" "$scratch/allowed")"
    "$ADTOPO" snapshot --quiet --pseudonymize "$1" >"$scratch/again.ldif" 2>/dev/null
    verdict "$name: another run invents the same" "$(cmp "$snapshot" "$scratch/again.ldif" 2>&1)"
}

for organisation in "$srcdir"/fixtures/*.ldif "$srcdir"/fixtures/*.ldf; do
    compare_organisation "$organisation"
done

# --- The map ----------------------------------------------------------------------------------

healthy=$srcdir/fixtures/coexistence-healthy.ldif
save_with_map() {
    "$ADTOPO" snapshot --quiet --pseudonymize --name-map "$scratch/map" \
        --output "$scratch/out" "$healthy"
}
rm -f "$scratch/map"
save_with_map
verdict "the map is for its owner only" \
    "$(find "$scratch/map" ! -perm 600 -exec ls -l {} +)"
chmod 644 "$scratch/map"
save_with_map
verdict "so is one that replaces another" "$(find "$scratch/map" ! -perm 600 -exec ls -l {} +)"
verdict "no two names are invented alike" "$(cut -f 2 "$scratch/map" | sort | uniq -d)"
verdict "no name is invented twice" "$(cut -f 1 "$scratch/map" | sort -f | uniq -di)"

# wrong WHAT OPTION...: ends with 2 and one sentence.
wrong() {
    what=$1
    shift
    "$ADTOPO" snapshot "$@" "$healthy" >"$scratch/out" 2>"$scratch/err"
    status=$?
    if [ "$status" -eq 2 ] && ! [ -s "$scratch/out" ] && [ "$(wc -l <"$scratch/err")" -eq 1 ]; then
        ok "$what"
    else
        fail "$what" "$status: $(head -n 3 "$scratch/out" "$scratch/err")"
    fi
}
wrong "a map without invented names" --name-map "$scratch/map"
wrong "a map in place of the snapshot" --pseudonymize --output "$scratch/x" --name-map "$scratch/x"

# --- What stays, and what is not understood -----------------------------------------------------

base=CN=Configuration,DC=fabrikam,DC=example
exchange="CN=Fabrikam,CN=Microsoft Exchange,CN=Services,$base"
cat >"$scratch/odd.ldif" <<END
dn: $base
objectClass: configuration
whenCreated: 20040312070029.0Z

dn: CN=EX1,CN=Servers,CN=Berlin,CN=Administrative Groups,$exchange
objectClass: msExchExchangeServer
cn: EX1
versionNumber: 7638
msExchServerRole: FABRIKAM
serialNumber: Version 6.5 (Build 7638.2: Service Pack 2)
networkAddress: ncacn_ip_tcp:ex1.fabrikam.example
msExchHomeRoutingGroup: no name of fabrikam
legacyExchangeDN: /o=Fabrikam/ou=Berlin/cn=Configuration/cn=Servers/cn=EX1
objectGUID:: ZmFicmlrYW1mYWJyaWthbQ==

dn: CN=Out,CN=Connections,CN=Berlin,CN=Routing Groups,CN=Berlin,CN=Administrative Groups,$exchange
objectClass: msExchRoutingSMTPConnector
routingList: SMTP:*;2147483647
routingList: Local:SMTP:fabrikam.example;1000000
routingList: NOTES:4930123456;4930123456

dn: CN=In,CN=SMTP Receive Connectors,CN=Protocols,CN=EX1,CN=Servers,CN=Berlin,CN=Administrative
 Groups,$exchange
objectClass: msExchSmtpReceiveConnector
msExchSmtpReceiveBindings: 0.0.0.0:25
msExchSmtpReceiveBindings: 192.0.2.7:2525
msExchSmtpReceiveRemoteIPRanges: 0.0.0.0-255.255.255.255
msExchSmtpReceiveRemoteIPRanges: 192.0.2.0/24
msExchSmtpReceiveRemoteIPRanges: 198.51.100.0-198.51.100.255
msExchSmtpReceiveRemoteIPRanges: 198.51.100.3-198.51.100.9
END
"$ADTOPO" snapshot --quiet --pseudonymize --output "$scratch/odd.out" "$scratch/odd.ldif" \
    2>"$scratch/err" || fail "an odd file is saved" "$(cat "$scratch/err")"
awk '/^ / { line = line substr($0, 2); next } { print line; line = $0 } END { print line }' \
    "$scratch/odd.out" >"$scratch/odd"

# has WHAT PATTERN: a line of the file fits all of the pattern.
has() {
    if grep -qxE "$2" "$scratch/odd"; then ok "$1"; else fail "$1" "$(cat "$scratch/odd")"; fi
}
has "times stay" 'whenCreated: 20040312070029\.0Z'
has "builds stay" 'serialNumber: Version 6\.5 \(Build 7638\.2: Service Pack 2\)'
has "costs of address spaces stay" 'routingList: SMTP:\*;2147483647'
has "those of scoped ones too" \
    'routingList: Local:SMTP:(alias|name)[0-9]+(\.(alias|name)[0-9]+);1000000'
has "a number that can be no cost does not" \
    'routingList: NOTES:(alias|name)[0-9]+;(alias|name)[0-9]+'
has "numbers stay" 'versionNumber: 7638'
has "a number that is none is a name" 'msExchServerRole: (alias|name)[0-9]+'
has "a name that is none is one all the same" 'msExchHomeRoutingGroup: (alias|name)[0-9]+'
has "GUIDs are numbered" 'objectGUID:: AAAAAAAAAAAAAAAAAAAAAQ=='
has "hosts keep their form" \
    'networkAddress: ncacn_ip_tcp:(alias|name)[0-9]+(\.(alias|name)[0-9]+){2}'
has "paths keep their form" \
    'legacyExchangeDN: /o=[a-z0-9]+/ou=[a-z0-9]+/cn=Configuration/cn=Servers/cn=[a-z0-9]+'
has "every address stays" 'msExchSmtpReceiveRemoteIPRanges: 0\.0\.0\.0-255\.255\.255\.255'
has "a binding to every address stays" 'msExchSmtpReceiveBindings: 0\.0\.0\.0:25'
has "a network stays one" 'msExchSmtpReceiveRemoteIPRanges: [0-9.]+\.0/24'
has "a range that is a network is written as one" \
    'msExchSmtpReceiveRemoteIPRanges: [0-9.]+\.0/24'
has "a range stays one" 'msExchSmtpReceiveRemoteIPRanges: [0-9.]+-[0-9.]+'
verdict "nothing of it is left" \
    "$(grep -iE 'fabrikam|berlin|ex1|49301|192\.0\.2|198\.51\.100' "$scratch/odd")"
finish
