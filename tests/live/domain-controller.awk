# Turns an organisation of fixtures/ into the changes that bring it onto a domain controller that
# has the schema. What is not there is added, with the accounts of further domain controllers; what
# is there gets the values of the organisation. Links to objects that come later are a second pass:
#
#     awk -v pass=objects -f domain-controller.awk attributes.tsv there organisation
#     awk -v pass=links   -f domain-controller.awk attributes.tsv there organisation
#
# `attributes.tsv` is the table of schema/, `there` holds the "dn: NAME" lines of all objects that
# the domain controller has before the first pass, `organisation` is LDIF without folded lines.

BEGIN {
    # Set by the domain controller itself, or of the schema, which is loaded by other means.
    split("whenCreated whenChanged uSNChanged uSNCreated cn name distinguishedName", own)
    split("objectClass objectGUID attributeID attributeSyntax oMSyntax schemaIDGUID " \
        "lDAPDisplayName isSingleValued rangeLower rangeUpper nCName hasMasterNCs " \
        "msDS-hasMasterNCs msDS-HasDomainNCs fSMORoleOwner", fixed)
    for (i in own)
        is_own[own[i]] = 1
    for (i in fixed)
        is_fixed[fixed[i]] = 1
}

FNR == 1 { file++; if (file == 1) FS = "\t"; else FS = " " }

file == 1 { link[$1] = $5; next }

file == 2 { if (/^dn: /) there[tolower(substr($0, 5))] = 1; next }

/^#/ { next }

/^dn: / { start(substr($0, 5)); next }

/^$/ { finish(); next }

dn != "" { take($0) }

END { finish() }

function start(name) {
    finish()
    dn = name
    known = tolower(dn) in there
    there[tolower(dn)] = 1
    content = accounts = later = last_content = last_later = ""
}

function take(line,    name, value) {
    name = value = line
    sub(/:.*/, "", name)
    sub(/^[^:]*:+ */, "", value)
    if (name in is_own || (known && name in is_fixed) || (link[name] ~ /^[0-9]/ && link[name] % 2))
        return
    if (name == "serverReference" && !(tolower(value) in there))
        add_account(value)
    if (link[name] ~ /^[0-9]/ && !(tolower(value) in there)) {
        later = later section(name, last_later, "add") line "\n"
        last_later = name
    } else {
        content = content (known ? section(name, last_content, "replace") : "") line "\n"
        last_content = name
    }
}

# What stands before a value in a record of changes: a new section for a new attribute.
function section(name, last, change) {
    return name == last ? "" : (last == "" ? "" : "-\n") change ": " name "\n"
}

function add_account(name,    account) {
    account = name
    sub(/,.*/, "", account)
    sub(/^CN=/, "", account)
    accounts = "dn: " name "\nchangetype: add\nobjectClass: computer\n" \
        "sAMAccountName: " account "$\n\n"
    there[tolower(name)] = 1
}

function finish() {
    if (dn != "" && pass == "links" && later != "")
        print "dn: " dn "\nchangetype: modify\n" later "-\n"
    if (dn != "" && pass == "objects") {
        printf "%s", accounts
        if (content != "")
            print "dn: " dn "\nchangetype: " (known ? "modify\n" content "-\n" : "add\n" content)
    }
    dn = ""
}
