# Prints the tables as a schema of OpenLDAP's slapd, for the test servers. It is loaded alone:
# Active Directory's dMD, person and organizationalUnit are not those of core.schema, so both cannot
# be had.
#
# slapd is to hold directories with faults in them and exports that are not whole. Nothing is
# mandatory here, therefore, back links may be written, and what Active Directory grants a class
# through top and through auxiliary classes stands in the class itself. Attributes of syntax oid
# hold names as well in Active Directory, which slapd's own OID syntax does not take.

BEGIN {
    n = split("cn description distinguishedName name objectClass", word, " ")
    for (i = 1; i <= n; i++)
        built_in[word[i]] = 1

    prefix = "1.3.6.1.4.1.1466.115.121.1."
    define("dn", "12", "EQUALITY distinguishedNameMatch")
    define("string", "15", "EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch")
    define("integer", "27", "EQUALITY integerMatch ORDERING integerOrderingMatch")
    define("largeinteger", "27", "EQUALITY integerMatch ORDERING integerOrderingMatch")
    define("boolean", "7", "EQUALITY booleanMatch")
    define("octets", "40", "EQUALITY octetStringMatch")
    define("time", "24", "EQUALITY generalizedTimeMatch ORDERING generalizedTimeOrderingMatch")
    define("oid", "15", "EQUALITY caseIgnoreMatch")
    define("guid", "40", "EQUALITY octetStringMatch")
    define("sid", "40", "EQUALITY octetStringMatch")
    define("dnbinary", "15", "EQUALITY caseIgnoreMatch")
    define("sd", "40", "EQUALITY octetStringMatch")
}

END {
    print "# Generated from schema/attributes.tsv and schema/classes.tsv; edit those."
    for (i = 1; i <= attributes; i++)
        print_attribute(attribute[i])
    for (i = 1; i <= classes; i++)
        print_class(class[i])
}

function define(syntax, number, rules) {
    ldap_syntax[syntax] = prefix number
    ldap_rules[syntax] = rules
}

function print_attribute(name,    syntax) {
    if (name in built_in)
        return
    syntax = attribute_row[name, "syntax"]
    print ""
    print "attributetype ( " attribute_row[name, "oid"]
    print "    NAME '" name "'"
    print "    " ldap_rules[syntax]
    print "    SYNTAX " ldap_syntax[syntax] (lone(name) ? " SINGLE-VALUE )" : " )")
}

function lone(name) {
    return attribute_row[name, "values"] == "single" && attribute_row[name, "link"] % 2 == 0
}

# Superiors first, whatever the order of the table.
function print_class(name,    superior, list) {
    if (name == "top" || name in printed)
        return
    printed[name] = 1
    superior = class_row[name, "superior"]
    print_class(superior)
    split("", allowed)
    list = grants(name, "") (superior == "top" ? grants("top", "") : "")
    print ""
    print "objectclass ( " class_row[name, "oid"]
    print "    NAME '" name "'"
    print "    SUP " superior " " toupper(class_row[name, "kind"]) (list == "" ? " )" : "")
    if (list != "")
        print "    MAY ( " substr(list, length(separator()) + 1) " ) )"
}

function separator() {
    return "\n        $ "
}

# The attributes of a class and of its auxiliary classes that are not in `allowed` yet.
function grants(name, list,    i, n, item) {
    n = split(class_row[name, "must"] "," class_row[name, "may"], item, ",")
    for (i = 1; i <= n; i++)
        if (item[i] != "" && !(plain(item[i]) in allowed)) {
            allowed[plain(item[i])] = 1
            list = list separator() plain(item[i])
        }
    n = split(class_row[name, "auxiliary"], item, ",")
    for (i = 1; i <= n; i++)
        list = list grants(plain(item[i]), "")
    if (class_row[name, "kind"] == "auxiliary" && class_row[name, "superior"] != "top")
        list = list grants(class_row[name, "superior"], "")
    return list
}
