/* Classes met before, by the length of their names and what they are derived from. */
#include "source/known-classes.h"

#include "directory/vocabulary.h"

#include <string.h>

uint16_t known_class(KnownClasses *classes, uint16_t before, const RecordValue *value)
{
    KnownClass *known = &classes->met[(value->length + 3u * before) % KNOWN_CLASSES];

    if (known->length == value->length && known->before == before &&
        memcmp(known->text, value->data, value->length) == 0)
        return known->after;
    known->length = SIZE_MAX;
    known->before = before;
    known->after = (uint16_t)class_most_derived((ClassId)before, value->data, value->length);
    if (value->length <= sizeof known->text) {
        known->length = value->length;
        memcpy(known->text, value->data, value->length);
    }
    return known->after;
}
