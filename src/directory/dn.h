#ifndef ADTOPO_DIRECTORY_DN_H
#define ADTOPO_DIRECTORY_DN_H

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct Entry;

/*
 * Distinguished names as a tree: every name met is interned once, as its relative name below its
 * parent, so that two references to one object are one pointer however they were spelt (letter
 * case, accents, width, blanks, kind of escape). A name exists here whether or not an entry bears
 * it: `entry` is NULL for names that were only referred to, and for containers not read.
 */
typedef struct Dn Dn;

/* What replication or deletion did to a relative name (MS-ADTS 3.1.1.1.5, 3.1.1.5.5.1.1): the name
 * is followed by a line feed, one of the two words, and the object's GUID. In order of gravity. */
enum Mangling { MANGLED_NOT, MANGLED_CONFLICT, MANGLED_DELETED };
#define MANGLING_BITS 2u /* that one of them takes */
#define MANGLING_MASK ((1u << MANGLING_BITS) - 1)

enum { DN_MAX_LENGTH = UINT16_MAX, DN_MAX_DEPTH = UINT8_MAX };

/* There are more of these than of anything else: the members are as small as their limits. */
struct Dn {
    Dn *parent;          /* NULL for the root, which is the empty name */
    const char *type;    /* attribute type of the relative name in upper case: "CN", "DC", "OU" */
    const char *value;   /* its unescaped value, NUL-terminated (a NUL in a name cuts it) */
    struct Entry *entry; /* the object of that name, if it was read */
    uint32_t hash;
    uint16_t length;
    uint8_t depth;                     /* relative names from the root: 0 for the root */
    uint8_t mangled : MANGLING_BITS;   /* of the relative name itself */
    uint8_t inherited : MANGLING_BITS; /* of the ancestors: see dn_mangling() */
    bool compound : 1; /* several attributes in one relative name: kept and printed as written */
    bool spelt : 1;    /* the spelling is that of the object's own record */
    bool inner : 1;    /* some other name lies right below it */
};

typedef struct DnTable DnTable;

/* A table whose names live in `arena`. The table itself is freed with dn_table_free(). */
DnTable *dn_table_new(Arena *arena);
void dn_table_free(DnTable *table);

/*
 * The name written in `text`: RFC 4514, and what directories and tools print beside it: blanks
 * around separators, quoted values, `;` as separator, `<GUID=…>;` and `<SID=…>;` prefixes
 * (dropped). An empty text is the root. NULL and FAULT_SYNTAX when it is no name. The result
 * belongs to the table. Of several spellings of a name that no record bears, the smallest byte
 * string is kept, so that the order of reading does not show.
 */
Dn *dn_intern(DnTable *table, const char *text, size_t length, GError **error);

/* As dn_intern(), for the name of a record: its spelling of its own relative name is kept. */
Dn *dn_intern_record(DnTable *table, const char *text, size_t length, GError **error);

/* The name of the child `value` of `parent`; `type` is "CN" or the like. */
Dn *dn_child(DnTable *table, Dn *parent, const char *type, const char *value);

/* The interned name with that text, or NULL when it was never met or is no name. */
Dn *dn_find(const DnTable *table, const char *text, size_t length);

/* Whether `dn` is `ancestor` or below it. */
bool dn_is_below(const Dn *dn, const Dn *ancestor);

/* The ancestor of `dn` (or itself) at `depth`; NULL when it is less deep. */
Dn *dn_at_depth(const Dn *dn, unsigned depth);

/* The name in RFC 4514 form with the escapes that Active Directory prints; the caller frees it. */
char *dn_text(const Dn *dn);

/* The relative name's value without the mangling ("EX03\nCNF:…" → "EX03"); the caller frees it. */
char *dn_plain_name(const Dn *dn);

/* The worst mangling of the name and its ancestors. What lies below a naming context's
 * CN=Deleted Objects counts as deleted, whatever it is called; that container itself does not. */
int dn_mangling(const Dn *dn);

/* Total order: from the root downwards, siblings by folded name, a parent before its children. */
int dn_compare(const Dn *a, const Dn *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(DnTable, dn_table_free)

#endif
