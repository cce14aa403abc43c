#ifndef ADTOPO_RULES_FIX_H
#define ADTOPO_RULES_FIX_H

#include "rules/audit.h"

#include <glib.h>

/*
 * Findings that a plain change of values repairs. Most findings have no such change: they want a
 * decision, a tool of Exchange or work on a server. Nothing here changes anything.
 */
typedef enum FixKind {
    FIX_ADD_VALUE,
    FIX_DELETE_VALUE,
    FIX_REPLACE,       /* all values of the attribute by one */
    FIX_DELETE_OBJECT, /* which has nothing below it */
} FixKind;

typedef struct Fix {
    FixKind kind;
    const Entry *entry;
    AttributeId attribute; /* ATTR_NONE for FIX_DELETE_OBJECT */
    const Value *old;      /* FIX_DELETE_VALUE */
    const Dn *name;        /* FIX_ADD_VALUE, FIX_REPLACE: the new value */
} Fix;

/* The changes that make one finding disappear and leave no other, in the order in which they are to
 * be made; empty where there are none. The caller frees the array (of Fix). */
GArray *fixes_of(const Audit *audit, const Finding *finding);

/* Whether two are the same change. */
bool fix_equal(const Fix *a, const Fix *b);

#endif
