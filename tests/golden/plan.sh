#!/bin/sh
# adtopo plan without a server: what a domain controller would be asked, and command lines that hold
# together whatever the names in them. tests/live/plan.sh has the rest.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"

LDAPNOINIT=1 # no ldap.conf of the machine or of the user
export LDAPNOINIT

# plan OPTION...: the plan in $scratch/out, as text; its status in $status.
plan() {
    "$ADTOPO" plan "$@" >"$scratch/out" 2>"$scratch/err"
    status=$?
}

# says WHAT STATUS TEXT: the plan ended with that status and its output, or what it complained of,
# holds the text.
says() {
    if [ "$status" -eq "$2" ] && grep -qF -e "$3" "$scratch/out" "$scratch/err"; then
        ok "$1"
    else
        fail "$1" "$status: $(cut -c 1-300 "$scratch/err" "$scratch/out" | head -n 20)"
    fi
}

plan
says "without a server names are left open" 0 "the subtree of <configurationNamingContext>"
says "the words of the shell are quoted" 0 "-b '<configurationNamingContext>'"
says "so are those of cmd.exe" 0 '-d "<configurationNamingContext>"'
says "pages are asked for" 0 "-E pr=1000/noprompt"
says "what is asked again is told once" 0 "Attributes those of 2"

says "values that come in parts are told of" 0 "member;range=1500-*"
says "what stands for a domain is told, too" 0 "<nCName of each domain> stands for"

plan -b CN=Configuration,DC=contoso,DC=test
says "a base gives the schema's name, too" 0 \
    "the entry CN=Schema,CN=Configuration,DC=contoso,DC=test"

plan --format json
says "JSON says the same" 0 '"base": "<configurationNamingContext>"'
says "JSON has the values in parts, too" 0 'member;range=1500-*'

plan -D "o'hara@contoso.test" -W </dev/null
says "a password that cannot be asked for" 2 "password"

plan "$srcdir/fixtures/no-exchange.ldif"
says "a file costs no search" 0 "No search would be sent"

plan --format csv
says "a format that there is not" 2 "csv"

plan -H nonsense
says "an address that is none" 2 "is no address of a server"

# What the shell makes of a line is what went into it.
odd="CN=Configuration,DC=it's \"50%\" & more\\,DC=\$HOME"
plan -b "$odd"
cat >"$scratch/ldapsearch" <<'END'
#!/bin/sh
while [ "$1" != -b ]; do shift; done
echo "$2"
END
chmod +x "$scratch/ldapsearch"
grep '^ldapsearch .* -s sub ' "$scratch/out" >"$scratch/line"
(cd "$scratch" && PATH=$scratch:$PATH sh ./line)
if [ "$(cat "$scratch/adtopo.ldif")" = "$odd" ]; then
    ok "a name with quotes and dollars reaches ldapsearch as it is"
else
    fail "a name with quotes and dollars reaches ldapsearch as it is" \
        "$(cat "$scratch/adtopo.ldif"; cut -c 1-300 "$scratch/line")"
fi
# shellcheck disable=SC2016 # the dollar is the name's own
says "quotes and percent signs are kept from cmd.exe" 0 \
    '^"CN=Configuration,DC=it'"'"'s \^"50^%\^" ^& more\,DC=$HOME^"'
finish
