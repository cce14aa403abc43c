# Prints doc/vocabulary.md: the tables for people.

END {
    print "# The directory vocabulary"
    print ""
    print "Generated from `schema/attributes.tsv` and `schema/classes.tsv`; edit those."
    print "`schema/README.md` says what the columns mean and where the facts come from. A question"
    print "mark after an OID says that it is not published and was made up for the test servers."
    print ""
    count_uses()
    print "## Attributes"
    print ""
    print uses["attribute read"] " attributes are asked of a server or kept from a file; the other"
    print uses["attribute reference"] " are known and left alone."
    print ""
    print "| Name | Syntax | Values | Link | Since | Read | OID | Note |"
    print "|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= attributes; i++)
        print attribute_line(attribute[i])
    print ""
    print "## Classes"
    print ""
    print uses["class read"] " classes are decoded, " uses["class context"] \
        " are containers that are read only to know that they exist, and the other " \
        uses["class other"] " are never asked for."
    print ""
    print "| Name | Superior | Kind | Partition | Since | Use | OID | Note |"
    print "|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= classes; i++)
        print class_line(class[i])
}

function count_uses(    i) {
    for (i = 1; i <= attributes; i++)
        uses["attribute " attribute_row[attribute[i], "use"]]++
    for (i = 1; i <= classes; i++)
        uses["class " class_row[class[i], "use"]]++
}

function attribute_line(name,    link) {
    link = attribute_row[name, "link"]
    if (attribute_row[name, "partner"] != "")
        link = link " " attribute_row[name, "partner"]
    return "| " name " | " attribute_row[name, "syntax"] " | " attribute_row[name, "values"] \
        cell(link) cell(attribute_row[name, "since"]) \
        cell(attribute_row[name, "use"] == "read" ? "yes" : "no") \
        cell(attribute_row[name, "oid"] doubt(attribute_row[name, "sure"])) \
        cell(attribute_row[name, "note"]) " |"
}

function class_line(name) {
    return "| " name cell(class_row[name, "superior"]) cell(class_row[name, "kind"]) \
        cell(class_row[name, "partition"]) cell(class_row[name, "since"]) \
        cell(class_row[name, "use"]) \
        cell(class_row[name, "oid"] doubt(class_row[name, "sure"])) \
        cell(class_row[name, "note"]) " |"
}

function doubt(sure) {
    return sure == "sure" ? "" : " ?"
}

function cell(text) {
    return " |" (text == "" ? "" : " " text)
}
