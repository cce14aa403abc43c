#ifndef ADTOPO_DIRECTORY_VOCABULARY_H
#define ADTOPO_DIRECTORY_VOCABULARY_H

#include "directory/vocabulary-ids.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The directory's vocabulary: which classes and attributes there are and which of them are read.
 * The ids and the tables are generated from schema/attributes.tsv and schema/classes.tsv, so that
 * the decoder, the attributes asked of a server, the documentation and the test servers' schemas
 * cannot drift apart.
 */
typedef enum Syntax {
    SYNTAX_DN,
    SYNTAX_STRING,
    SYNTAX_INTEGER,
    SYNTAX_LARGE_INTEGER,
    SYNTAX_BOOLEAN,
    SYNTAX_OCTETS,
    SYNTAX_TIME,
    SYNTAX_OID,
    SYNTAX_GUID,
    SYNTAX_SID,
    SYNTAX_DN_BINARY,
    SYNTAX_SECURITY_DESCRIPTOR,
} Syntax;

/* The naming context in which objects of a class live. */
typedef enum Partition {
    PARTITION_CONFIGURATION,
    PARTITION_SCHEMA,
    PARTITION_DOMAIN,
} Partition;

/* What becomes of an attribute's values where names are replaced by invented ones. */
typedef enum Sharing {
    SHARING_BY_SYNTAX, /* names, GUIDs; numbers, flags and times stay */
    SHARING_KEEP,      /* stays: versions, schedules */
    SHARING_NAME,      /* is one name */
    SHARING_TEXT,      /* holds names: hosts, addresses, address spaces */
    SHARING_FILTER,    /* holds names of classes and attributes, and of others */
    SHARING_PATH,      /* names between slashes: legacyExchangeDN; or a distinguished name */
} Sharing;

typedef struct AttributeInfo {
    const char *name;
    const char *oid;
    Syntax syntax;
    bool single;
    bool read; /* asked of a server and kept from a file */
    bool sure; /* OID and syntax come from a published source */
    Sharing sharing;
    int32_t link; /* link id: even forward, odd back, -1 none */
    AttributeId partner;
    const char *since;
} AttributeInfo;

typedef struct ClassInfo {
    const char *name;
    const char *oid;
    ClassId superior;
    Partition partition;
    bool read;    /* decoded into the topology */
    bool context; /* read only so that the container is known to exist */
    bool sure;
} ClassInfo;

extern const AttributeInfo attribute_table[];
extern const ClassInfo class_table[];
extern const uint16_t attribute_hash[];
extern const uint32_t attribute_hash_mask;
extern const uint16_t class_hash[];
extern const uint32_t class_hash_mask;

/* The id of an attribute or class by its LDAP name without options, letter case ignored;
 * ATTR_NONE or CLASS_NONE when the vocabulary does not have it. */
AttributeId attribute_lookup(const char *name, size_t length);
ClassId class_lookup(const char *name, size_t length);

/* Whether a value of an attribute that is read is kept. Of networkAddress, which has a value for
 * each protocol a server ever spoke, only that of TCP is: the others repeat the server's name. */
bool value_is_kept(AttributeId attribute, const char *value, size_t length);

/* Whether `id` is `ancestor` or derived from it. */
bool class_is_a(ClassId id, ClassId ancestor);

/* The more derived of `id` and the class called `name`: folds an entry's objectClass values, which
 * come in any order, into its structural class. Unknown names leave `id` as it is. */
ClassId class_most_derived(ClassId id, const char *name, size_t length);

#endif
