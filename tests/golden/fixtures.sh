# shellcheck shell=sh
# For the tests that audit bundled organisations: reading head comments and the
# rules that an audit raises. $srcdir and $scratch are those of tests/lib.sh.
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

# judged ARGUMENT...: an audit or, where $scenario is P (preflight) or L (last
# legacy server), a preflight; whatever its verdict, which is not the question.
judged() {
    case ${scenario:-} in
    P | preflight) "$ADTOPO" preflight --quiet "$@" ;;
    L | last) "$ADTOPO" preflight --quiet --decommission last-legacy "$@" ;;
    *)
        "$ADTOPO" audit --quiet --fail-on none "$@"
        return
        ;;
    esac
    case $? in
    0 | 1 | 4) ;;
    *) return 1 ;;
    esac
}

# audited ARGUMENT...: "RULE severity" of each finding, sorted.
audited() {
    judged --format gnu "$@" >"$scratch/audit.gnu" 2>"$scratch/audit.err" || return 1
    sed -n 's/^[^:]*:\([0-9]*:\)\{0,1\} \([a-z]*\): .* \[\([A-Z0-9]*\)\]$/\3 \2/p' \
        "$scratch/audit.gnu" | LC_ALL=C sort -u
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
