#!/bin/sh
# adtopo decode: the official names both ways, and any other.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"

# decodes NAME PLAIN PATTERN: the first line, and something further down.
decodes() {
    got=$("$ADTOPO" decode "$1") || {
        fail "decode $1" "status $?"
        return
    }
    if [ "$(echo "$got" | head -n 1)" != "$2" ]; then
        fail "decode $1" "wanted $2, got: $got"
    elif ! echo "$got" | grep -q -e "$3"; then
        fail "decode $1" "nothing like \"$3\" in: $got"
    else
        ok "decode $1"
    fi
}

decodes FYDIBOHF23SPDLT EXCHANGE12ROCKS 'shift -1'
decodes FYDIBOHF23SPDLT EXCHANGE12ROCKS 'administrative group'
decodes DWBGZMFD01QNBJR EXCHANGE12ROCKS 'shift +1'
decodes DWBGZMFD01QNBJR EXCHANGE12ROCKS 'routing group'
decodes 'Exchange Administrative Group (FYDIBOHF23SPDLT)' EXCHANGE12ROCKS 'shift -1'
decodes dwbgzmfd01qnbjr EXCHANGE12ROCKS 'routing group'
decodes EXCHANGE12ROCKS 'FYDIBOHF23SPDLT and DWBGZMFD01QNBJR' 'Exchange 2007'
decodes 'WKH TXLFN EURZQ IRA' 'THE QUICK BROWN FOX' 'shift -3'

for wrong in '' 123 "$(printf '%0200d' 0 | tr 0 A)"; do
    "$ADTOPO" decode "$wrong" >"$scratch/out" 2>"$scratch/err"
    status=$?
    if [ $status -eq 2 ] && [ ! -s "$scratch/out" ] && [ "$(wc -l <"$scratch/err")" -eq 1 ]; then
        ok "nothing to decode in \"$(echo "$wrong" | cut -c 1-10)\""
    else
        fail "nothing to decode in \"$wrong\"" \
            "status $status: $(cat "$scratch/out" "$scratch/err")"
    fi
done

finish
