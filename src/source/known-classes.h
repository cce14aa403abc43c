#ifndef ADTOPO_SOURCE_KNOWN_CLASSES_H
#define ADTOPO_SOURCE_KNOWN_CLASSES_H

#include "directory/record.h"

#include <stddef.h>
#include <stdint.h>

/*
 * What values of objectClass made of a class the last time. Records of one class repeat the same
 * names in the same order: each costs one comparison instead of a search in the vocabulary.
 */
typedef struct KnownClass {
    char text[48];
    size_t length;
    uint16_t before; /* of ClassId, as both: the class known until then */
    uint16_t after;  /* and with this value */
} KnownClass;

enum { KNOWN_CLASSES = 32 };

/* All zeroes: nothing was met. */
typedef struct KnownClasses {
    KnownClass met[KNOWN_CLASSES];
} KnownClasses;

/* The class of a record that was of class `before` until this value of objectClass: as
 * class_most_derived(). */
uint16_t known_class(KnownClasses *classes, uint16_t before, const RecordValue *value);

#endif
