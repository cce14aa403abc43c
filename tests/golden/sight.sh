#!/bin/sh
# What could not be seen is never all right: in organisations as faulty as the change files of
# fixtures/rules make them, one class after the other loses all its attributes, as for a reader
# without the right to read them; then classes that no forest is without are missing as a whole. No
# rule that found something may turn silent.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/faulty.sh
. "$srcdir/tests/golden/faulty.sh"

# Classes without which there is no forest, or no organisation.
never_absent="msExchOrganizationContainer msExchAdminGroup msExchExchangeServer
    msExchRoutingGroup site siteLink nTDSDSA crossRef"

take_apart() {
    hidden=$never_absent
    # An organisation without anything in it leaves no trace.
    [ "$1" != no-exchange.ldif ] || hidden=${never_absent#msExchOrganizationContainer}
    "$AWK" -v into="$scratch/parts" -v hidden="$hidden" \
        -f "$srcdir/tests/golden/sight.awk" "$scratch/whole.ldif"
}

prove_faulty 180
verdict "no rule turns silent for what it cannot see" "$(LC_ALL=C sort -u "$scratch/silent")"

finish
