# Prints what Exchange adds to the schema of Active Directory as LDIF, for the test domain
# controllers: attributes, then classes, then the additions to classes that are there by then.
#
#     -v base=DC=contoso,DC=test    distinguished name of the forest's root domain; wanted
#     -v level=14625                rangeUpper of the marker ms-Exch-Schema-Version-Pt; optional
#     -v stage=1                    only the first of the stages, and so on; optional
#
# A record may refer to what the server's schema holds already. A running server is told to renew it
# between stages, and takes them all in one file. Tools that work on a database in one transaction
# get a file for each stage, until one comes out empty. The schemaIDGUIDs are left to the server.

BEGIN {
    dn_class = "KwwCh3McAIVK"
    dn_binary_class = "KoZIhvcUAQEBCw=="
    define("dn", "2.5.5.1", "127")
    define("string", "2.5.5.12", "64")
    define("integer", "2.5.5.9", "2")
    define("largeinteger", "2.5.5.16", "65")
    define("boolean", "2.5.5.8", "1")
    define("octets", "2.5.5.10", "4")
    define("time", "2.5.5.11", "24")
    define("oid", "2.5.5.2", "6")
    define("guid", "2.5.5.10", "4")
    define("sid", "2.5.5.17", "4")
    define("dnbinary", "2.5.5.7", "127")
    define("sd", "2.5.5.15", "66")

    category["structural"] = 1
    category["abstract"] = 2
    category["auxiliary"] = 3
}

END {
    if (base == "") {
        print "activedirectory.awk: no base given" | "cat 1>&2"
        exit 1
    }
    schema = "CN=Schema,CN=Configuration," base
    for (i = 1; i <= classes; i++)
        if (depth(class[i]) > deepest)
            deepest = depth(class[i])
    for (now = 1; now <= deepest + 2; now++)
        if (stage == "" || stage == now)
            print_stage(now)
}

# The first stage has the attributes, the last the additions, the others a generation of classes.
function print_stage(now,    i) {
    if (now == 1)
        for (i = 1; i <= attributes; i++)
            print_attribute(attribute[i])
    for (i = 1; i <= classes; i++)
        if (now == deepest + 2)
            print_additions(class[i])
        else if (depth(class[i]) == now - 1)
            print_class(class[i])
    print "dn:"
    print "changetype: modify"
    print "replace: schemaUpdateNow"
    print "schemaUpdateNow: 1"
    print "-"
    print ""
}

# How many new classes have to be there before and with this one; 0 for one of Active Directory's.
function depth(name,    i, n, item, below) {
    if (class_row[name, "since"] == "ad")
        return 0
    below = depth(class_row[name, "superior"])
    n = split(class_row[name, "auxiliary"], item, ",")
    for (i = 1; i <= n; i++)
        if (depth(item[i]) > below)
            below = depth(item[i])
    return below + 1
}

function define(syntax, attribute_syntax, om_syntax) {
    ad_syntax[syntax] = attribute_syntax
    ad_om_syntax[syntax] = om_syntax
}

# Object names are the LDAP names with hyphens between the words: "siteLink" is "Site-Link" and
# "msExchOABDefault" is "ms-Exch-OAB-Default". That is right for the classes that are changed and
# for the marker of the schema's level; nothing looks for the others by that name.
function common_name(name,    i, c, result) {
    result = substr(name, 1, 1)
    if (name !~ /^ms/)
        result = toupper(result)
    for (i = 2; i <= length(name); i++) {
        c = substr(name, i, 1)
        if (c ~ /[A-Z]/ && (substr(name, i - 1, 1) !~ /[A-Z]/ || substr(name, i + 1, 1) ~ /[a-z]/))
            result = result "-"
        result = result c
    }
    return result
}

function print_record(name, change) {
    print "dn: CN=" common_name(name) "," schema
    print "changetype: " change
}

function print_attribute(name,    syntax) {
    if (attribute_row[name, "since"] == "ad")
        return
    syntax = attribute_row[name, "syntax"]
    print_record(name, "add")
    print "objectClass: top"
    print "objectClass: attributeSchema"
    print "lDAPDisplayName: " name
    print "attributeID: " attribute_row[name, "oid"]
    print "attributeSyntax: " ad_syntax[syntax]
    print "oMSyntax: " ad_om_syntax[syntax]
    if (syntax == "dn" || syntax == "dnbinary")
        print "oMObjectClass:: " (syntax == "dn" ? dn_class : dn_binary_class)
    print "isSingleValued: " (attribute_row[name, "values"] == "single" ? "TRUE" : "FALSE")
    if (attribute_row[name, "link"] != "")
        print "linkID: " attribute_row[name, "link"]
    if (name == "msExchSchemaVersionPt" && level != "")
        print "rangeUpper: " level
    print "adminDisplayName: " name
    print "showInAdvancedViewOnly: TRUE"
    print ""
}

function print_class(name) {
    if (class_row[name, "since"] == "ad")
        return
    print_record(name, "add")
    print "objectClass: top"
    print "objectClass: classSchema"
    print "lDAPDisplayName: " name
    print "governsID: " class_row[name, "oid"]
    print "objectClassCategory: " category[class_row[name, "kind"]]
    print "rDNAttID: cn"
    print "subClassOf: " class_row[name, "superior"]
    print_list("auxiliaryClass", class_row[name, "auxiliary"])
    print_list("mustContain", class_row[name, "must"])
    print_list("mayContain", class_row[name, "may"])
    print "defaultObjectCategory: CN=" common_name(name) "," schema
    print "defaultSecurityDescriptor: D:(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;DA)(A;;RPLCLORC;;;AU)"
    print "adminDisplayName: " name
    print "showInAdvancedViewOnly: TRUE"
    print ""
}

function print_list(word, list,    i, n, item) {
    n = split(list, item, ",")
    for (i = 1; i <= n; i++)
        print word ": " plain(item[i])
}

function print_additions(name,    changes) {
    changes = additions("mayContain", class_row[name, "may"], 0)
    changes = changes additions("auxiliaryClass", class_row[name, "auxiliary"], 0)
    changes = changes additions("possSuperiors", class_row[name, "parents"], \
        class_row[name, "since"] != "ad")
    if (changes == "")
        return
    print_record(name, "modify")
    print changes
}

# A modification that adds those items of the list that Exchange brought: all, or the marked ones.
function additions(word, list, all,    i, n, item, lines) {
    n = split(list, item, ",")
    for (i = 1; i <= n; i++)
        if (all || item[i] ~ /^\+/)
            lines = lines word ": " plain(item[i]) "\n"
    return lines == "" ? "" : "add: " word "\n" lines "-\n"
}
