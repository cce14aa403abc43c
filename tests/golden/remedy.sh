#!/bin/sh
# Remedies keep their promise: with the changes laid over the directory, the
# findings that they are for are gone and no others have come; with the changes
# that take them back, everything is as it was.

# Functions are called through check.
# shellcheck disable=SC2317
# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/expected.sh
. "$srcdir/tests/golden/expected.sh"

if ! have jq; then
    skip "remedies" "jq not found"
    finish
fi

# findings ARGUMENT...: "RULE DN" of each that is more than a note, sorted.
findings() {
    "$ADTOPO" audit --quiet --fail-on none --format json "$@" 2>"$scratch/err" |
        jq -r '.findings[] | select(.severity != "info") | .rule + " " + (.object.dn // "-")' |
        LC_ALL=C sort -u
}

# promised: what the remedy file is for, as "RULE FINGERPRINT".
promised() {
    sed '/^# What no plain change/,$d' "$1" |
        sed -n 's/^# \([A-Z]*[0-9]* [0-9a-f]\{32\}\):.*/\1/p' |
        LC_ALL=C sort -u
}

# fingerprints ARGUMENT...: likewise, of all findings.
fingerprints() {
    "$ADTOPO" audit --quiet --fail-on none --format json "$@" 2>/dev/null |
        jq -r '.findings[] | .rule + " " + .fingerprint' | LC_ALL=C sort -u
}

# try WHAT ARGUMENT...: $tried gets the rules that were mended.
tried=
try() {
    what=$1
    shift
    "$ADTOPO" audit --quiet --fail-on none --remedy-ldif "$scratch/fix" "$@" >/dev/null \
        2>"$scratch/err" || {
        fail "$what" "$(cat "$scratch/err")"
        return
    }
    promised "$scratch/fix" >"$scratch/promised"
    [ -s "$scratch/promised" ] || return
    tried="$tried $(cut -d ' ' -f 1 "$scratch/promised" | sort -u | tr '\n' ' ')"
    findings "$@" >"$scratch/before"
    findings "$@" --apply "$scratch/fix" >"$scratch/after"
    fingerprints "$@" --apply "$scratch/fix" | LC_ALL=C comm -12 - "$scratch/promised" \
        >"$scratch/left"
    LC_ALL=C comm -13 "$scratch/before" "$scratch/after" >"$scratch/new"
    findings "$@" --apply "$scratch/fix" --apply "$scratch/fix.undo" >"$scratch/undone"
    verdict "$what: the findings are gone" "$(cat "$scratch/left" "$scratch/err")"
    verdict "$what: no other has come" "$(cat "$scratch/new")"
    verdict "$what: the undo brings all back" "$(diff "$scratch/before" "$scratch/undone")"
    verdict "$what: lines are folded" "$(grep -E '.{77}' "$scratch/fix" "$scratch/fix.undo")"
}

for organization in $(organizations); do
    try "$organization" "$organization"
done
for changes in rules/*.raise*.ldif; do
    case $changes in
    rules/AG005.* | rules/CONN006.* | rules/CONN012.* | rules/LEG015.* | rules/PF001.* | \
        rules/PF008.* | rules/PF010.* | rules/RES00[167].* | rules/RG008.* | \
        rules/RUS00[12367].* | rules/SITE00[35].*)
        try "$changes" "rules/$(head_of "$changes" base)" --apply "$changes"
        ;;
    esac
done
# Where RES006 wants the same change, it stands there in the name of that alone.
try "RES007 alone" exchange-2010-residue.ldif --apply rules/RES007.raise.ldif --include RES007

# Names that are not ASCII are written so that they come back as they were.
cat >"$scratch/empty-link" <<'EOF'
dn:: Q049TcO8bmNoZW4tTGVlcixDTj1JUCxDTj1JbnRlci1TaXRlIFRyYW5zcG9y
 dHMsQ049U2l0ZXMsQ049Q29uZmlndXJhdGlvbixEQz1jb250b3NvLERDPXRlc3Q=
changetype: add
objectClass: top
objectClass: siteLink
cost: 10
EOF
try "a name in UTF-8" coexistence-healthy.ldif --apply "$scratch/empty-link"
verdict "it is in base64" "$(grep -q '^dn:: ' "$scratch/fix" || cat "$scratch/fix")"

# A value that leads nowhere goes where others are left.
cat >"$scratch/dangling" <<'EOF'
dn: CN=Seattle-Munich,CN=IP,CN=Inter-Site Transports,CN=Sites,CN=Configuration,DC=contoso,DC=test
changetype: modify
add: siteList
siteList: CN=Nowhere,CN=Sites,CN=Configuration,DC=contoso,DC=test
-
EOF
try "a site link that names a missing site" coexistence-faulty.ldif --apply "$scratch/dangling"
for rule in AG005 CONN006 CONN012 PF001 PF008 PF010 RES001 RES006 RES007 RG008 \
    RUS001 RUS002 RUS003 RUS006 RUS007 SITE003 SITE005; do
    case " $tried " in
    *" $rule "*) ok "$rule has a remedy" ;;
    *) fail "$rule has a remedy" "in no fixture" ;;
    esac
done

# --- What is proposed where several things could be meant ----------------------------

conf=CN=Configuration,DC=contoso,DC=test
contoso="CN=Administrative Groups,CN=Contoso,CN=Microsoft Exchange,CN=Services,$conf"
old="CN=First Administrative Group,$contoso"
new="CN=Exchange Administrative Group (FYDIBOHF23SPDLT),$contoso"
routing="CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups,$new"
store="CN=InformationStore,CN=EX07-SEA1,CN=Servers,$new"

# object CLASS DN [LINE...]: the record that adds it.
object() {
    class=$1
    dn=$2
    shift 2
    name=${dn%%,*}
    printf 'dn: %s\nchangetype: add\nobjectClass: top\nobjectClass: %s\ncn: %s\n' \
        "$dn" "$class" "${name#CN=}"
    echo "whenChanged: 20080115090000.0Z"
    [ $# -eq 0 ] || printf '%s\n' "$@"
    echo
}

site() {
    object site "CN=$1,CN=Sites,$conf"
}

# link TRANSPORT NAME SITE...
link() {
    link=CN=$2,CN=$1,CN=Inter-Site\ Transports,CN=Sites,$conf
    shift 2
    sites=
    for member; do
        sites="$sites${sites:+
}siteList: CN=$member,CN=Sites,$conf"
    done
    object siteLink "$link" "cost: 10" ${sites:+"$sites"}
}

gone() {
    printf 'dn: %s\nchangetype: delete\n\n' "$1"
}

# proposed WHAT RULES ORGANISATION [CHANGES]: with the changes on standard input, too.
proposed() {
    echo "== $1"
    cat >"$scratch/changes"
    changed=$(head -n 1 "$scratch/changes")
    "$ADTOPO" audit --quiet --fail-on none --format remedy --include "$2" "$3" \
        ${4:+--apply "$4"} ${changed:+--apply "$scratch/changes"} | sed '/^#/d; /^$/d; /^version/d'
}

choices() {
    both=coexistence-healthy.ldif
    { site London && link IP Short Seattle; } |
        proposed "a site without a link and a link without a site" SITE005 "$both"
    { site London && site Dublin && link IP Short Seattle; } |
        proposed "two sites without a link" SITE005 "$both"
    { site London && link IP Short Seattle && link IP Brief Munich; } |
        proposed "two links without a second site" SITE005 "$both"
    { site London && link SMTP Mail London Seattle && link IP Short Seattle; } |
        proposed "a site with a link for SMTP alone" SITE005 "$both"
    { site London && link SMTP Brief London && link IP Short Seattle; } |
        proposed "a link for SMTP without a second site" SITE005 "$both"
    { site London && link IP Empty; } | proposed "a link without any site" SITE005 "$both"
    { link IP Short Seattle && object container "CN=Below,$link"; } |
        proposed "a link with something below it" SITE005 "$both"
    echo | proposed "an Exchange site, and one link that is left" SITE003 exchange-2007.ldif \
        rules/SITE003.raise.ldif
    link IP Second Amsterdam Seattle |
        proposed "an Exchange site, and two links" SITE003 exchange-2007.ldif \
            rules/SITE003.raise.ldif
    echo | proposed "a public folder store on the server itself" PF008 "$both" \
        rules/PF008.raise.ldif
    gone "CN=Public Folder Database,CN=Second Storage Group,$store" |
        proposed "one on another server" PF008 "$both" rules/PF008.raise.ldif
    object msExchPublicMDB "CN=Another,CN=Second Storage Group,$store" |
        proposed "two on the server" PF008 "$both" rules/PF008.raise.ldif
    echo | proposed "one public folder store of the group" PF001 "$both" rules/PF001.raise-2.ldif
    object msExchPublicMDB "CN=Second,CN=InformationStore,CN=EX03-MUC2,CN=Servers,$old" |
        proposed "two public folder stores of the group" PF001 "$both" rules/PF001.raise-2.ldif
    echo | proposed "one offline address book" PF010 "$both" rules/PF010.raise.ldif
    object msExchOAB "CN=Second,CN=Offline Address Lists,CN=Address Lists Container,${contoso#*,}" |
        proposed "two offline address books" PF010 "$both" rules/PF010.raise.ldif
    object msExchExchangeServer "CN=AGED,CN=Servers,$old" \
        'serialNumber: Version 5.5 (Build 2653.23: Service Pack 4)' 'versionNumber: 2653' |
        proposed "a server for the update service" RUS002 "$both" rules/RUS002.raise.ldif
    echo | proposed "a bridgehead beside two others" CONN006 "$both" rules/CONN006.raise.ldif
    printf 'dn: %s\nchangetype: modify\nreplace: homeMTA\nhomeMTA: %s\n-\n' \
        "CN=Interop to Munich,CN=Connections,$routing" \
        "CN=Microsoft MTA,CN=GONE,CN=Servers,$old" |
        proposed "the same where nothing is left of the home MTA" CONN006 "$both" \
            rules/CONN006.raise.ldif
    echo | proposed "a bridgehead beside one that comes first" CONN006 "$both" \
        rules/CONN006.raise-5.ldif
    echo | proposed "a routing master" RG008 "$both" rules/RG008.raise.ldif
    echo | proposed "a connector to an empty routing group" RES006 \
        "rules/$(head_of rules/RES006.raise.ldif base)" rules/RES006.raise.ldif
    echo | proposed "connectors from and to an empty routing group" RES006 \
        exchange-2010-residue.ldif
    object container "CN=Below,CN=Interop RGC,CN=Connections,$routing" |
        proposed "the same, one with something below it" RES006 exchange-2010-residue.ldif
}
check remedies.text choices

# What is accepted wants no remedy, and a healthy organisation none at all.
printf '[suppress all]\nrule = *\nobject = *\nreason = holiday\n' >"$scratch/policy"
"$ADTOPO" audit --quiet --policy "$scratch/policy" --remedy-ldif "$scratch/fix" \
    coexistence-faulty.ldif >/dev/null
verdict "what is suppressed is left alone" "$(grep -v '^#\|^version: 1$\|^$' "$scratch/fix")"
"$ADTOPO" audit --quiet --remedy-ldif "$scratch/fix" coexistence-healthy.ldif >/dev/null
verdict "nothing is to be changed where nothing is wrong" "$(grep '^changetype' "$scratch/fix")"
check remedy.ldif "$ADTOPO" audit --quiet --format remedy --include 'RG*,SITE*,CONN006' \
    coexistence-faulty.ldif
check remedy-undo.ldif "$ADTOPO" audit --quiet --format undo --include 'RG*,SITE*,CONN006' \
    coexistence-faulty.ldif

finish
