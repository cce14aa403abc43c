#!/bin/sh
# A sound organisation stays sound, or becomes not assessed, however little of
# it is read: exports that lack a class, an attribute, a record, or their end
# raise no warning and no error.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
export COLUMNS=1000

take() {
    "$AWK" -f "$srcdir/tests/golden/partial.awk" "$@"
}

# said FILE: the messages in it, without their places.
said() {
    sed -n 's/^[^ ]*: \(.*\[[A-Z0-9]*\]\)$/\1/p' "$1" | LC_ALL=C sort -u
}

# accused: what the audit of $scratch/part.ldif says by rules that have nothing to say of the whole.
accused() {
    "$ADTOPO" audit --quiet --severity warning --fail-on none --format gnu "$scratch/part.ldif" \
        >"$scratch/said" 2>&1
    status=$?
    echo $status >"$scratch/status"
    case $status in
    0 | 4) ;;
    *) echo "exit status $status: $(cat "$scratch/said")" ;;
    esac
    said "$scratch/said" | grep -vFf "$scratch/whole"
}

without_classes() {
    take -v list=classes "$1" | LC_ALL=C sort | while read -r class; do
        # Where the container was read and all of its kind are missing, there are none.
        case $class in
        msExchConnector | mailGateway | msExchRouting*Connector | subnet) continue ;;
        msExchAddressListService | msExchGenericPolicy | msExchRecipientPolicy) continue ;;
        msExchMDB | msExchPublicMDB) continue ;;
        esac
        take -v class="$class" "$1" >"$scratch/part.ldif"
        [ ! -s "$scratch/part.ldif" ] || accused | sed "s/^/without $class: /"
    done
}

without_attributes() {
    take -v list=attributes "$1" | LC_ALL=C sort | while read -r attribute; do
        take -v attribute="$attribute" "$1" >"$scratch/part.ldif"
        accused | sed "s/^/without $attribute: /"
    done
}

broken_records() {
    records=$(take -v list=records "$1")
    record=0
    while [ "$record" -lt "$records" ]; do
        record=$((record + 1))
        take -v broken=$record "$1" >"$scratch/part.ldif"
        accused | sed "s/^/record $record broken: /"
        [ "$(cat "$scratch/status")" = 4 ] || echo "record $record broken: the exit status is not 4"
    done
}

cut_off() {
    size=$(wc -c <"$1")
    part=3
    while [ "$part" -lt 40 ]; do
        printf %s "$(head -c "$((size * part / 40))" "$1")" >"$scratch/part.ldif"
        accused | sed "s/^/cut at $part of 40: /"
        part=$((part + 1))
    done
}

for organization in coexistence-healthy exchange-2003 exchange-2007; do
    file=$organization.ldif
    "$ADTOPO" audit --quiet --severity warning --fail-on none --format gnu "$file" \
        >"$scratch/said" || fail "$file" "exit status $?"
    said "$scratch/said" | grep -o '\[[A-Z0-9]*\]$' | LC_ALL=C sort -u >"$scratch/whole"
    verdict "$organization without one class of objects" "$(without_classes "$file")"
    verdict "$organization without one attribute" "$(without_attributes "$file")"
    verdict "$organization with one broken record" "$(broken_records "$file")"
    verdict "$organization cut off" "$(cut_off "$file")"
done

finish
