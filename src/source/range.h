#ifndef ADTOPO_SOURCE_RANGE_H
#define ADTOPO_SOURCE_RANGE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Ranged retrieval (MS-ADTS section 3.1.1.3.1.3.3): Active Directory returns at most 1,500 values
 * of an attribute at once, under the name "member;range=0-1499", beside an empty "member". What
 * follows is asked for as "member;range=1500-*"; the last part's name ends in "-*".
 */
typedef struct AttributeRange {
    guint64 first;
    guint64 last; /* of what came; nothing when `final` */
    bool final;
} AttributeRange;

/* The length of an attribute's name without its options ("member;range=0-1499" → 6). */
size_t attribute_name_length(const char *description, size_t length);

/* The range option of an attribute description, letter case ignored. FALSE when there is none or
 * it is malformed. */
bool attribute_range(const char *description, size_t length, AttributeRange *range);

#endif
