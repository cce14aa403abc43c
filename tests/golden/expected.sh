# shellcheck shell=sh
# For the tests that compare with tests/golden/expected. After a wanted change:
# make check TESTS=tests/golden/golden.sh UPDATE=1
# writes the new words, and version control shows what became of the old ones.
# $srcdir and $scratch are those of tests/lib.sh.
# shellcheck disable=SC2154
expected=$srcdir/tests/golden/expected

own_version=$("$ADTOPO" --version | sed 's/^adtopo //; s/\./\\./g')

# The version in a report changes by itself, and so does where a test's own files are.
without_version() {
    sed "s|$scratch/||g
        s/\(\"version\": \"\|version=\"\|>adtopo \)$own_version\([\"<]\)/\1VERSION\2/"
}

# check NAME COMMAND...: what the command says is what is expected.
check() {
    name=$1
    shift
    "$@" 2>&1 | without_version >"$scratch/got"
    if [ -n "${UPDATE-}" ]; then
        mkdir -p "$expected"
        cp "$scratch/got" "$expected/$name"
    fi
    if [ ! -e "$expected/$name" ]; then
        fail "$name" "tests/golden/expected/$name is missing"
    else
        verdict "$name" "$(diff -u "$expected/$name" "$scratch/got")"
    fi
}
