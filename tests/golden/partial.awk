# Worse copies of an LDIF file, for tests/golden/partial.sh.
#
#   awk -v into=FOLDER -f partial.awk FILE
#
# writes class-C.ldif without the objects of class C, attribute-A.ldif without
# the values of attribute A, and broken-N.ldif with a line that is none at the
# end of record N; each for all there are.

/^#/ { next }
/^$/ { is_record = 0; next }
/^ / { text[lines] = text[lines] substr($0, 2); next }
{
    if (/^dn:/) {
        is_record = 1
        first[++records] = lines + 1
    }
    if (!is_record)
        next
    text[++lines] = $0
    name[lines] = $0
    sub(/:.*/, "", name[lines])
    last[records] = lines
}

END {
    note_all()
    for (class in classes)
        for (record = 1; record <= records; record++)
            copy("class-" class, record, "", !((record, class) in is_a))
    for (attribute in attributes)
        for (record = 1; record <= records; record++)
            copy("attribute-" attribute, record, attribute, 1)
    for (broken = 1; broken <= records; broken++)
        for (record = 1; record <= records; record++) {
            copy("broken-" broken, record, "", 1)
            if (record == broken)
                print "this is no line\n" >part
        }
}

function note_all(    i, class) {
    for (record = 1; record <= records; record++)
        for (i = first[record]; i <= last[record]; i++) {
            if (name[i] == "objectClass") {
                class = text[i]
                sub(/^objectClass: */, "", class)
                classes[class]
                is_a[record, class]
            } else if (name[i] != "dn") {
                attributes[name[i]]
            }
        }
}

# Adds a record, if it is wanted, to a copy.
function copy(what, record, without, wanted,    i) {
    if (part != into "/" what ".ldif") {
        close(part)
        part = into "/" what ".ldif"
    }
    if (record == 1)
        printf "" >part
    for (i = first[record]; wanted && i <= last[record]; i++)
        if (name[i] != without)
            print text[i] >part
    if (wanted && (what !~ /^broken/ || record != broken))
        print "" >part
}
