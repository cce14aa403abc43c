# Copies of an LDIF file in which no object shows a certain attribute, for
# tests/golden/sight-attributes.sh.
#
#   awk -v into=FOLDER -v pairs="A+B C+D" -f sight-attributes.awk FILE
#
# writes without-A.ldif for each attribute A that there is, and without-A+B.ldif for those that
# stand for each other.

/^dn:/ { started = 1 }
!started || /^#/ { next }
/^ / { text[lines] = text[lines] substr($0, 2); next }
{
    text[++lines] = $0
    name[lines] = $0
    sub(/[:;].*/, "", name[lines])
    if (/^./ && name[lines] != "dn" && name[lines] != "objectClass")
        attributes[name[lines]]
}

END {
    for (attribute in attributes)
        copy(attribute)
    count = split(pairs, sets)
    for (i = 1; i <= count; i++)
        copy(sets[i])
}

function copy(hidden,    part, i) {
    part = into "/without-" hidden ".ldif"
    printf "" >part
    for (i = 1; i <= lines; i++)
        if (name[i] == "" || !index("+" hidden "+", "+" name[i] "+"))
            print text[i] >part
    close(part)
}
