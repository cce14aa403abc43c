#ifndef ADTOPO_REPORT_VISIBILITY_H
#define ADTOPO_REPORT_VISIBILITY_H

#include "directory/directory.h"

#include <glib.h>

/*
 * What came out of a source, class by class. Active Directory answers an account without rights
 * with objects that show nothing (rules/sight.h), so that the numbers say what the account may see.
 */
typedef struct ClassCount {
    ClassId class_id; /* most derived class; CLASS_NONE: none that the vocabulary knows */
    guint objects;
    guint bare; /* of them, without any of the attributes asked for */
} ClassCount;

/* The classes of which source `number` gave objects, by name; of ClassCount, unref the array. An
 * object that several sources gave is counted where its record was kept. */
GArray *visibility_of_source(const Directory *directory, guint number);

/* "(unknown)" for CLASS_NONE; static. */
const char *visibility_class_name(ClassId id);

#endif
