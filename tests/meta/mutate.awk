# The mutants of one C source, laid out as .clang-format wants it.
#
#   awk -f mutate.awk src/rules/rg.c
#
# Prints, separated by tabs: FILE:LINE:OPERATOR (with ".2" for the second on a
# line), the function it is in, the first and last line to be replaced, the text
# to put there, and the text that stood there. A mutant differs in one place.
#
# Left alone: what frees memory (tests with the sanitizers look after that), how
# arrays and empty structures are made, the texts of rules, and tables at file scope.

BEGIN {
    swap["=="] = "!="; swap["!="] = "=="
    swap["<"] = "<="; swap["<="] = "<"; swap[">"] = ">="; swap[">="] = ">"
    swap["&&"] = "||"; swap["||"] = "&&"
    swap["+"] = "-"; swap["-"] = "+"; swap["++"] = "--"
    swap["true"] = "false"; swap["false"] = "true"
    swap["TRUE"] = "FALSE"; swap["FALSE"] = "TRUE"
    swap["0"] = "1"; swap["1"] = "0"
    swap["SEVERITY_ERROR"] = "SEVERITY_WARNING"
    swap["SEVERITY_WARNING"] = "SEVERITY_INFO"
    swap["SEVERITY_INFO"] = "SEVERITY_ERROR"
    swap["REFERENCE_UNSEEN"] = "REFERENCE_ABSENT"
    swap["REFERENCE_ABSENT"] = "REFERENCE_LIVE"
    swap["REFERENCE_LIVE"] = "REFERENCE_ABSENT"
    swap["PLAN_PASSED"] = "PLAN_FAILED"
    swap["PLAN_FAILED"] = "PLAN_NOTED"
    swap["PLAN_NOTED"] = "PLAN_PASSED"
    swap["PLAN_UNSEEN"] = "PLAN_PASSED"
    swap["VERDICT_GO"] = "VERDICT_NO_GO"
    swap["VERDICT_NO_GO"] = "VERDICT_CANNOT_TELL"
    swap["VERDICT_CANNOT_TELL"] = "VERDICT_GO"
}

{ source[NR] = $0; code[NR] = masked($0) }

END {
    file = FILENAME
    sub(/.*\//, "", file)
    for (line = 1; line <= NR; line++)
        visit()
}

# The line with strings, character constants and comments blotted out.
function masked(text,    out, token) {
    out = ""
    while (text != "") {
        if (in_comment)
            in_comment = !match(text, /\*\//)
        else if (!match(text, /"([^"\\]|\\.)*"|'([^'\\]|\\.)*'|\/\*/))
            return out text
        else if (substr(text, RSTART, 2) == "/*") {
            out = out substr(text, 1, RSTART - 1) "  "
            text = substr(text, RSTART + 2)
            in_comment = 1
            continue
        } else {
            token = substr(text, RSTART, RLENGTH)
            gsub(/./, "S", token)
            out = out substr(text, 1, RSTART - 1) token
            text = substr(text, RSTART + RLENGTH)
            continue
        }
        if (in_comment)
            return out
        out = out sprintf("%" (RSTART + 1) "s", "")
        text = substr(text, RSTART + 2)
    }
    return out
}

function visit(    text) {
    text = code[line]
    if (text ~ /^[A-Za-z].*[A-Za-z_0-9]\(/ && text !~ /;$/)
        name_function(text)
    if (text ~ /^static const Rule /)
        in_rule = 1
    if (text == "{")
        in_function = 1
    if (text ~ /^}/)
        in_function = in_rule = 0
    split("", used)
    if (in_rule && text ~ /^    \.(needs|misses) = /)
        drop("NEED", ",$", "/* nothing */")
    if (!in_function || text ~ /^#/ || function_name ~ /_(free|clear)$/)
        return
    operators(text)
    if (starts_statement() && is_droppable(text))
        drop("DROP", ";$", ";")
    if (text !~ /^ *$/)
        before = text
}

function name_function(text) {
    sub(/\(.*/, "", text)
    sub(/.*[ *]/, "", text)
    function_name = text
}

# --- One token for another -----------------------------------------------------------

function operators(text) {
    each("EQUAL", text, " (==|!=)( |$)")
    each(text ~ /^ *for \(/ ? "LOOP" : "ORDER", text, " (<|<=|>|>=)( |$)")
    each("LOGIC", text, " (&&|[|][|])( |$)")
    each("SIGN", text, " [-+] ")
    if (text !~ /^ *for \(/)
        each("SIGN", text, "[+][+]")
    each("NOT", text, "![A-Za-z_(]")
    if (text !~ /g_array_new\(| = [{]0[}];$/)
        each("VALUE", text, "[^A-Za-z0-9_.-](true|false|TRUE|FALSE|0|1)[^A-Za-z0-9_.]")
    each("VERDICT", text, "(SEVERITY|REFERENCE|PLAN|VERDICT)_[A-Z_]+")
}

# Every place that fits the pattern, whose borders do not belong to the token.
function each(operator, text, pattern,    at, token) {
    at = 1
    while (match(substr(text, at), pattern)) {
        at += RSTART - 1
        token = substr(text, at, RLENGTH)
        if (operator == "NOT") {
            replace(operator, at, 1, "")
        } else {
            if (operator == "VALUE")
                token = substr(token, 2, length(token) - 2)
            if (operator == "VALUE" || token ~ /^ /)
                at += token ~ /^ / ? match(token, /[^ ]/) - 1 : 1
            gsub(/ /, "", token)
            if (operator == "LOOP")
                replace(operator, at, length(token), token ~ /</ ? ">=" : "<=")
            else if (token in swap)
                replace(operator, at, length(token), swap[token])
        }
        at += operator == "NOT" ? 1 : length(token)
    }
}

function replace(operator, at, size, token) {
    emit(operator, line, substr(source[line], 1, at - 1) token substr(source[line], at + size))
}

# --- Statements ----------------------------------------------------------------------

# clang-format puts each statement on lines of its own.
function starts_statement() {
    return before ~ /([;{}:)]|else|do)$/ && !open_before
}

# Calls, assignments, and ways out that are not a function's last word.
function is_droppable(text) {
    if (text ~ /^ +(g_auto|[a-z_0-9]*(freev?|unref|clear|destroy)\()/)
        return 0
    if (text ~ /^ +(if|for|while|switch|do|else|case|FOR_EACH|va_[a-z]+|g_assert[a-z_]*)[ (]/)
        return 0
    if (text ~ /^ +(continue|break);$/ || text ~ /^     +return[ ;]/)
        return 1
    return text ~ /^ +[a-z_][A-Za-z_0-9]*\(/ ||
        text ~ /^ +[*]?[a-z_][A-Za-z_0-9>.\[\]-]* ([-+*|&]|<<|>>)?= / ||
        text ~ /^ +[*]?[a-z_][A-Za-z_0-9>.\[\]-]*(\+\+|--);$/
}

# From this line to the one where all that was opened is closed and the end fits.
function drop(operator, ending, instead,    last, open, indent) {
    for (last = line; last <= NR; last++) {
        open += depth(code[last])
        if (open == 0 && code[last] ~ ending)
            break
        if (open < 0 || last > line + 40)
            return
    }
    match(source[line], /[^ ]/)
    emit(operator, last, substr(source[line], 1, RSTART - 1) instead)
}

function depth(text,    opened) {
    opened = gsub(/[({\[]/, "", text)
    return opened - gsub(/[)}\]]/, "", text)
}

function emit(operator, last, text,    id) {
    id = file ":" line ":" operator
    if (++used[operator] > 1)
        id = id "." used[operator]
    print id "\t" function_name "\t" line "\t" last "\t" trim(text) "\t" trim(source[line])
}

function trim(text) {
    sub(/^ +/, "", text)
    return text
}
