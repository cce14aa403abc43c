# shellcheck shell=sh
# For the tests that ask the program wrongly: what it does then is one sentence and a
# status. $scratch is that of tests/lib.sh.
# shellcheck disable=SC2154

# run ARGUMENT...: sets $status and fills $scratch/out and $scratch/err.
run() {
    "$ADTOPO" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
    status=$?
}

# one_sentence WHAT STATUS PATTERN: of the last run.
one_sentence() {
    complaint=
    [ "$status" -eq "$2" ] || complaint="status $status, not $2"
    [ ! -s "$scratch/out" ] || complaint="$complaint; something on standard output"
    [ "$(wc -l <"$scratch/err")" -eq 1 ] || complaint="$complaint; not one line"
    grep -q '^adtopo: ' "$scratch/err" || complaint="$complaint; no sentence of adtopo"
    grep -q -e "$3" "$scratch/err" || complaint="$complaint; nothing like \"$3\""
    verdict "$1" "${complaint:+$complaint
$(cat "$scratch/err" "$scratch/out")}"
}

# refuses WHAT STATUS PATTERN ARGUMENT...
refuses() {
    what=$1
    wanted=$2
    pattern=$3
    shift 3
    run "$@"
    one_sentence "$what" "$wanted" "$pattern"
}

# misuses WHAT PATTERN ARGUMENT...: a question that is none.
misuses() {
    misuse=$1
    pattern=$2
    shift 2
    refuses "$misuse" 2 "$pattern" "$@"
}
