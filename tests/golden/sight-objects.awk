# Copies of an LDIF file as a reader would see it who may not see everything, for
# tests/golden/sight-objects.sh.
#
#   awk -v into=FOLDER -f sight-objects.awk FILE
#
# writes bare-N.ldif for each object N, which shows nothing but its name there; blank-N.ldif where
# the same is so of all below it; and unlisted-N.ldif without all that lies below it, where something
# that is left names some of it.

/^#/ { next }
/^ / { text[lines] = text[lines] substr($0, 2); next }
/^dn:/ { records++; first[records] = lines + 1 }
/^$/ || !records { next }
{
    text[++lines] = $0
    last[records] = lines
}

END {
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

function is_name(line) {
    return line ~ /^(dn|objectClass|cn)::? /
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
