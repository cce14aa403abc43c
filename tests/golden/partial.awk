# Makes a worse copy of an LDIF file, for tests/golden/partial.sh.
#
#   awk -f partial.awk -v broken=N     a line that is none at the end of record N
#   awk -f partial.awk -v class=C      without the objects of class C
#   awk -f partial.awk -v attribute=A  without the values of attribute A
#   awk -f partial.awk -v list=classes|attributes|records   what there is to take

function finish_record(    i, line, name) {
    if (!is_record)
        return
    number++
    for (i = 1; i <= lines; i++) {
        name = text[i]
        sub(/:.*/, "", name)
        if (name == "objectClass") {
            line = text[i]
            sub(/^objectClass: */, "", line)
            classes[line] = 1
            if (line == class)
                is_record = 0
        } else if (name != "dn") {
            attributes[name] = 1
        }
    }
    for (i = 1; is_record && list == "" && i <= lines; i++)
        if (attribute == "" || index(text[i], attribute ":") != 1)
            print text[i]
    if (is_record && list == "" && number == broken)
        print "this is no line"
    if (is_record && list == "")
        print ""
}

function begin_record() {
    lines = 0
    is_record = 0
}

BEGIN { begin_record() }
/^#/ { next }
/^$/ { finish_record(); begin_record(); next }
/^ / { text[lines] = text[lines] substr($0, 2); next }
{
    text[++lines] = $0
    if (/^dn:/)
        is_record = 1
}
END {
    finish_record()
    if (list == "records")
        print number
    if (list == "classes")
        for (name in classes)
            print name
    if (list == "attributes")
        for (name in attributes)
            print name
}
