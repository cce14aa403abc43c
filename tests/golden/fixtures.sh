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
