# Prints src/directory/vocabulary-table.c: the tables as C data, each with a hash of its names. The
# hash is FNV-1a, 32 bits, of the name in lower case; collisions go to the next free slot; 0 marks
# a free one. The look-up in src/directory/vocabulary.c does the same.

BEGIN {
    for (i = 32; i < 127; i++)
        code[sprintf("%c", i)] = i

    syntax_constant["dn"] = "DN"
    syntax_constant["string"] = "STRING"
    syntax_constant["integer"] = "INTEGER"
    syntax_constant["largeinteger"] = "LARGE_INTEGER"
    syntax_constant["boolean"] = "BOOLEAN"
    syntax_constant["octets"] = "OCTETS"
    syntax_constant["time"] = "TIME"
    syntax_constant["oid"] = "OID"
    syntax_constant["guid"] = "GUID"
    syntax_constant["sid"] = "SID"
    syntax_constant["dnbinary"] = "DN_BINARY"
    syntax_constant["sd"] = "SECURITY_DESCRIPTOR"
}

END {
    print "/* Generated from schema/attributes.tsv and schema/classes.tsv; edit those. */"
    print "#include \"directory/vocabulary.h\""
    print_attributes()
    print_hash("attribute", attribute, attributes)
    print_classes()
    print_hash("class", class, classes)
}

function print_attributes(    i) {
    print ""
    print "const AttributeInfo attribute_table[ATTR_COUNT] = {"
    print "    [ATTR_NONE] = {"
    print "        .name = \"\","
    print "        .oid = \"\","
    print "        .link = -1,"
    print "        .since = \"\","
    print "    },"
    for (i = 1; i <= attributes; i++)
        print_attribute(attribute[i])
    print "};"
}

function print_attribute(name,    link, partner, sharing) {
    sharing = attribute_row[name, "sharing"]
    link = attribute_row[name, "link"]
    partner = attribute_row[name, "partner"]
    print "    [ATTR_" identifier(name) "] = {"
    print "        .name = \"" name "\","
    print "        .oid = \"" attribute_row[name, "oid"] "\","
    print "        .syntax = SYNTAX_" syntax_constant[attribute_row[name, "syntax"]] ","
    print "        .single = " truth(attribute_row[name, "values"] == "single") ","
    print "        .read = " truth(attribute_row[name, "use"] == "read") ","
    print "        .sure = " truth(attribute_row[name, "sure"] == "sure") ","
    print "        .sharing = SHARING_" (sharing == "" ? "BY_SYNTAX" : toupper(sharing)) ","
    print "        .link = " (link == "" ? "-1" : link) ","
    print "        .partner = ATTR_" (partner == "" ? "NONE" : identifier(partner)) ","
    print "        .since = \"" attribute_row[name, "since"] "\","
    print "    },"
}

function print_classes(    i) {
    print ""
    print "const ClassInfo class_table[CLASS_COUNT] = {"
    print "    [CLASS_NONE] = {"
    print "        .name = \"\","
    print "        .oid = \"\","
    print "    },"
    for (i = 1; i <= classes; i++)
        print_class(class[i])
    print "};"
}

function print_class(name,    superior) {
    superior = class_row[name, "superior"]
    print "    [CLASS_" identifier(name) "] = {"
    print "        .name = \"" name "\","
    print "        .oid = \"" class_row[name, "oid"] "\","
    print "        .superior = CLASS_" (superior == "" ? "NONE" : identifier(superior)) ","
    print "        .partition = PARTITION_" toupper(class_row[name, "partition"]) ","
    print "        .read = " truth(class_row[name, "use"] == "read") ","
    print "        .context = " truth(class_row[name, "use"] == "context") ","
    print "        .sure = " truth(class_row[name, "sure"] == "sure") ","
    print "    },"
}

function truth(condition) {
    return condition ? "true" : "false"
}

# At least four slots a name, so that a look-up of an unknown name ends soon.
function print_hash(what, names, count,    slot, slots, i, line) {
    for (slots = 1024; slots < 4 * count; slots *= 2)
        continue
    split("", slot)
    for (i = 1; i <= count; i++)
        slot[free_slot(slot, slots, names[i])] = i
    print ""
    print "const uint32_t " what "_hash_mask = " slots - 1 ";"
    print "const uint16_t " what "_hash[" slots "] = {"
    line = "   "
    for (i = 0; i < slots; i++) {
        line = line " " (i in slot ? slot[i] : 0) ","
        if (i % 16 == 15) {
            print line
            line = "   "
        }
    }
    print "};"
}

function free_slot(slot, slots, name,    s) {
    for (s = fnv1a(tolower(name)) % slots; s in slot; s = (s + 1) % slots)
        continue
    return s
}

# The FNV prime is 2^24 + 403. Of the product with 2^24 only the hash's lowest byte stays below
# 2^32, and 403 times a hash is below 2^53, so that awk's numbers are exact.
function fnv1a(text,    hash, low, i) {
    hash = 2166136261
    for (i = 1; i <= length(text); i++) {
        low = hash % 256
        hash = hash - low + exclusive_or(low, code[substr(text, i, 1)])
        hash = ((hash % 256) * 16777216 + hash * 403) % 4294967296
    }
    return hash
}

function exclusive_or(a, b,    bit, result) {
    for (bit = 1; bit < 256; bit *= 2) {
        if (a % 2 != b % 2)
            result += bit
        a = int(a / 2)
        b = int(b / 2)
    }
    return result + 0
}
