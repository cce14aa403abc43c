# Prints src/directory/vocabulary-ids.h: a number for every attribute and class of the tables.

END {
    print "/* Generated from schema/attributes.tsv and schema/classes.tsv; edit those. */"
    print "#ifndef ADTOPO_DIRECTORY_VOCABULARY_IDS_H"
    print "#define ADTOPO_DIRECTORY_VOCABULARY_IDS_H"
    print ""
    print "typedef enum AttributeId {"
    print "    ATTR_NONE,"
    for (i = 1; i <= attributes; i++)
        print "    ATTR_" identifier(attribute[i]) ","
    print "    ATTR_COUNT"
    print "} AttributeId;"
    print ""
    print "typedef enum ClassId {"
    print "    CLASS_NONE,"
    for (i = 1; i <= classes; i++)
        print "    CLASS_" identifier(class[i]) ","
    print "    CLASS_COUNT"
    print "} ClassId;"
    print ""
    print "#endif"
}
