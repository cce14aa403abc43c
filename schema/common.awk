# Reads schema/attributes.tsv and schema/classes.tsv into arrays, checks them, and holds what the
# generators share. It is given to awk in front of a generator, whose END block runs only when the
# tables are sound:
#
#     awk -f common.awk -f vocabulary-h.awk attributes.tsv classes.tsv
#
# POSIX awk only: mawk and gawk must print the same bytes. Run it under LC_ALL=C.
#
#     attributes, classes             how many rows
#     attribute[i], class[i]          the names in table order, counted from 1
#     attribute_row[name, column]     a field of a row; "" where the table says "-"
#     class_row[name, column]

BEGIN {
    FS = "\t"
    known("syntax", "dn string integer largeinteger boolean octets time oid guid sid dnbinary sd")
    known("values", "single multi")
    known("sure", "sure unsure")
    known("attribute use", "read reference")
    known("sharing", "keep name text path filter")
    known("class use", "read context other")
    known("kind", "structural abstract auxiliary")
    known("partition", "configuration schema domain")
}

FNR == 1 {
    split("", heading)
    for (i = 1; i <= NF; i++)
        heading[i] = $i
    columns = NF
    in_attributes = $3 == "syntax"
    previous = ""
    next
}

{
    where = FILENAME ":" FNR
    if (NF != columns)
        complain(NF " fields, not " columns)
    if (tolower($1) <= previous)
        complain($1 " is a duplicate or out of order")
    previous = tolower($1)
    if ($2 in oid_owner)
        complain("OID of " $1 " belongs to " oid_owner[$2])
    oid_owner[$2] = $1
    for (i = 2; i <= NF; i++)
        if (in_attributes)
            attribute_row[$1, heading[i]] = $i == "-" ? "" : $i
        else
            class_row[$1, heading[i]] = $i == "-" ? "" : $i
    if (in_attributes) {
        attribute[++attributes] = $1
        attribute_where[$1] = where
    } else {
        class[++classes] = $1
        class_where[$1] = where
    }
}

END {
    for (i = 1; i <= attributes; i++)
        check_attribute(attribute[i])
    for (i = 1; i <= classes; i++)
        check_class(class[i])
    if (complaints > 0)
        exit 1
}

function complain(what) {
    print where ": " what | "cat 1>&2"
    complaints++
}

# known(what, "a b c"): the words that a column may hold.
function known(what, words,    i, n, word) {
    n = split(words, word, " ")
    for (i = 1; i <= n; i++)
        vocabulary[what, word[i]] = 1
}

function expect(what, word) {
    if (!((what, word) in vocabulary))
        complain("\"" word "\" is no " what)
}

function check_attribute(name,    partner, link) {
    where = attribute_where[name]
    expect("syntax", attribute_row[name, "syntax"])
    expect("values", attribute_row[name, "values"])
    expect("sure", attribute_row[name, "sure"])
    expect("attribute use", attribute_row[name, "use"])
    if (attribute_row[name, "use"] == "read" && tolower(name) ~ /password|credential|pwd/)
        complain(name " looks like a secret and must not be read")
    check_sharing(name)
    partner = attribute_row[name, "partner"]
    if (partner == "")
        return
    if (!(partner in attribute_where)) {
        complain("partner " partner " is not in the table")
        return
    }
    link = attribute_row[name, "link"]
    if (attribute_row[partner, "partner"] != name ||
        attribute_row[partner, "link"] != (link % 2 ? link - 1 : link + 1))
        complain(name " and " partner " are not the two sides of one link")
}

# What is read and has no syntax that says what its values are needs a word on it.
function check_sharing(name,    sharing) {
    sharing = attribute_row[name, "sharing"]
    if (sharing != "")
        expect("sharing", sharing)
    if ((attribute_row[name, "use"] == "read" && \
        attribute_row[name, "syntax"] ~ /^(string|octets|oid)$/) != (sharing != ""))
        complain(name " needs a sharing if, and only if, it is text or octets that are read")
}

function check_class(name) {
    where = class_where[name]
    expect("kind", class_row[name, "kind"])
    expect("sure", class_row[name, "sure"])
    expect("partition", class_row[name, "partition"])
    expect("class use", class_row[name, "use"])
    if (class_row[name, "superior"] == "" && name != "top")
        complain(name " has no superior")
    check_list(class_row[name, "superior"], class_where)
    check_list(class_row[name, "auxiliary"], class_where)
    check_list(class_row[name, "parents"], class_where)
    check_list(class_row[name, "must"], attribute_where)
    check_list(class_row[name, "may"], attribute_where)
}

function check_list(list, members,    i, n, item) {
    n = split(list, item, ",")
    for (i = 1; i <= n; i++)
        if (!(plain(item[i]) in members))
            complain(item[i] " is not in the table")
}

# The name without the mark of what Exchange added to a class of Active Directory.
function plain(name) {
    sub(/^\+/, "", name)
    return name
}

# The name as a part of a C identifier.
function identifier(name) {
    gsub(/-/, "_", name)
    return name
}
