#ifndef ADTOPO_SOURCE_PARSER_H
#define ADTOPO_SOURCE_PARSER_H

#include "directory/record.h"
#include "source/range.h"
#include "source/scanner.h"
#include "source/source.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What content records and change records have in common: lines with their attribute looked up in
 * the vocabulary, values, limits. Functions that can meet a fault of the record return what is
 * wrong as the end of a sentence, NULL when nothing is; the line is the parser's current one.
 */
typedef enum NameKind {
    NAME_BAD,      /* not an attribute description */
    NAME_RESERVED, /* a word of LDIF itself: dn, changetype, control */
    NAME_UNREAD,   /* not in the vocabulary, or not read from it */
    NAME_READ,
} NameKind;

typedef struct Name {
    const char *text; /* the description, options included */
    uint32_t length;
    uint16_t attribute; /* ATTR_NONE unless NAME_READ */
    uint8_t kind;
    bool ranged; /* it has a range option: */
    AttributeRange range;
} Name;

enum { NAME_SLOTS = 512 };

typedef struct Parser {
    Scanner scanner;
    Line line; /* the current one */
    FileLimits limits;
    const char *excess;     /* the limit that was exceeded: nothing is parsed after it */
    Name names[NAME_SLOTS]; /* descriptions met before */
} Parser;

/* Takes the next line; a value beyond the limit sets `excess` and ends the record. */
void parser_next(Parser *parser);

/* The attribute description of the current line. The parser's own, good until the next call. */
const Name *parser_name(Parser *parser);

/* Looks up a description that stands somewhere else, such as behind `replace:`. */
Name parser_resolve(const char *text, size_t length);

/* The value of the current line as one of `attribute`; copied bytes go to `arena`. */
void parser_value(Parser *parser, AttributeId attribute, Arena *arena, RecordValue *value);

/* The decoded text of the current line. NULL and no length for a URL. */
const char *parser_text(Parser *parser, size_t *length);

/* The limits with defaults in place of zeros (but that on size, which depends on the kind of file),
 * and none above what a value's length can hold. */
FileLimits limits_effective(const FileLimits *limits);

#endif
