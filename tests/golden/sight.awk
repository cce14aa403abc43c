# Copies of an LDIF file as a reader without rights would see it, for tests/golden/sight.sh,
# sight-objects.sh, preflight.sh and ways.sh.
#
#   awk -v into=FOLDER -v hidden="CLASS CLASS" -f sight.awk FILE
#
# writes bare-C.ldif, in which the objects of class C show no attributes, for all classes that there
# are, and hidden-C.ldif without those objects for the classes of `hidden`.
#
#   awk -v into=FOLDER -v each=1 -f sight.awk FILE
#
# writes bare-N.ldif for each object N, which shows no attributes there; blank-N.ldif where the same
# is so of all below it; and unlisted-N.ldif without all that lies below it, where something that is
# left names some of it.

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
    if (each)
        take_objects()
    else
        take_classes()
}

# --- classes ---

function take_classes(    class, count, names, i) {
    for (class in classes)
        copy_without(into "/bare-" class ".ldif", class, 1)
    count = split(hidden, names, /[ \n]+/)
    for (i = 1; i <= count; i++)
        if (names[i] in classes)
            copy_without(into "/hidden-" names[i] ".ldif", names[i], 0)
}

function copy_without(part, class, shown,    record, i, meant) {
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

# --- objects ---

function take_objects(    object, i) {
    for (object = 1; object <= records; object++) {
        dn[object] = tolower(substr(text[first[object]], 5))
        parents[substr(dn[object], index(dn[object], ",") + 1)]
        for (i = first[object] + 1; i <= last[object]; i++)
            if (text[i] ~ /=.*,/)
                named[object] = named[object] tolower(text[i]) "\n"
    }
    for (object = 1; object <= records; object++) {
        copy(into "/bare-" object ".ldif", object, "", "")
        if (dn[object] in parents)
            copy(into "/blank-" object ".ldif", object, dn[object], "")
        if (is_named_below(dn[object]))
            copy(into "/unlisted-" object ".ldif", 0, "", dn[object])
    }
}

function is_below(name, top) {
    return length(name) > length(top) + 1 &&
        substr(name, length(name) - length(top)) == "," top
}

function is_named_below(top,    record) {
    for (record = 1; record <= records; record++)
        if (!is_below(dn[record], top) && index(named[record], "," top "\n"))
            return 1
    return 0
}

function copy(part, bare, blank, unlisted,    record, i, shown) {
    printf "" >part
    for (record = 1; record <= records; record++) {
        if (unlisted != "" && is_below(dn[record], unlisted))
            continue
        shown = record != bare && (blank == "" || !is_below(dn[record], blank))
        for (i = first[record]; i <= last[record]; i++)
            if (shown || is_name(text[i]))
                print text[i] >part
        print "" >part
    }
    close(part)
}

# --- both ---

# Whether a line stays of an object that shows no attributes.
function is_name(line) {
    return line ~ /^(dn|objectClass|cn)::? /
}
