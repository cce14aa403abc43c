# shellcheck shell=sh
# For the tests that audit bundled organisations: which there are, and what their
# head comments say. $srcdir is that of tests/lib.sh.
# shellcheck disable=SC2154

# Where the organisations are; tests work there, so that their names in reports
# do not depend on where the tree is.
cd "$srcdir/fixtures" || exit 99

# head_of FILE KEY: the first "# KEY: …" of its comments, also in UTF-16.
head_of() {
    case $1 in
    *utf16*) iconv -f UTF-16 -t UTF-8 "$1" ;;
    *) cat "$1" ;;
    esac | tr -d '\r' | sed -n "s/^# $2: *//p" | head -n 1
}

# heads FILE...: change files as "organisation|scenario|policy|changes|raises|not assessed",
# from their comments.
heads() {
    # shellcheck disable=SC2016
    "$AWK" '
        function flush() {
            if (raises != "")
                print base "|" scenario "|" policy "|" file "|" raises "|" open
            base = scenario = policy = raises = open = ""
        }
        FNR == 1 { flush(); file = FILENAME }
        !/^# / { next }
        base == "" && sub(/^# base: *(\.\.\/)?/, "") { base = $0; next }
        scenario == "" && sub(/^# scenario: */, "") { scenario = $0; next }
        policy == "" && sub(/^# policy: */, "") { policy = "rules/" $0; next }
        raises == "" && sub(/^# raises: */, "") { raises = $0; next }
        open == "" && sub(/^# not assessed: */, "") { open = $0 }
        END { flush() }' "$@"
}

# words: lines to one line; nothing is "-".
words() {
    list=$(tr '\n' ' ' | sed 's/ *$//')
    echo "${list:--}"
}

organizations() {
    for organization in *.ldif *.ldf; do
        echo "$organization"
    done
}
