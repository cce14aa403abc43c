# Copies of an LDIF file as a reader without rights would see it, for tests/golden/sight.sh and
# tests/golden/preflight.sh.
#
#   awk -v into=FOLDER -v hidden="CLASS CLASS" -f sight.awk FILE
#
# writes bare-C.ldif, in which the objects of class C show no attributes, for all classes that there
# are, and hidden-C.ldif without those objects for the classes of `hidden`.

/^#/ { next }
/^ / { text[lines] = text[lines] substr($0, 2); next }
/^dn:/ { records++; first[records] = lines + 1 }
/^$/ || !records { next }
{
    text[++lines] = $0
    last[records] = lines
}
/^objectClass: / {
    classes[$2]
    is_a[records, $2]
}

END {
    for (class in classes)
        copy(into "/bare-" class ".ldif", class, 1)
    count = split(hidden, names, /[ \n]+/)
    for (i = 1; i <= count; i++)
        if (names[i] in classes)
            copy(into "/hidden-" names[i] ".ldif", names[i], 0)
}

# Whether a line stays of an object that shows no attributes.
function is_name(line) {
    return line ~ /^(dn|objectClass|cn)::? /
}

function copy(part, class, shown,    record, i, meant) {
    printf "" >part
    for (record = 1; record <= records; record++) {
        meant = (record, class) in is_a
        if (meant && !shown)
            continue
        for (i = first[record]; i <= last[record]; i++)
            if (!meant || is_name(text[i]))
                print text[i] >part
        print "" >part
    }
    close(part)
}
