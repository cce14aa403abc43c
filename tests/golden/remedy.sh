#!/bin/sh
# Remedies keep their promise: with the changes laid over the directory, the
# findings that they are for are gone and no others have come; with the changes
# that take them back, everything is as it was.

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
