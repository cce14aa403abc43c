#ifndef ADTOPO_SOURCE_SCANNER_H
#define ADTOPO_SOURCE_SCANNER_H

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The lines of an LDIF text (RFC 2849): comments left out, folded lines taken as one, and split at
 * the colon. Nothing is copied until a value is asked for, except where a line is folded inside its
 * attribute name.
 */
typedef enum LineKind {
    LINE_END, /* of the record: an empty line or the end of the text */
    LINE_ATTRIBUTE,
    LINE_DASH, /* the end of a clause of a modify record */
    LINE_BROKEN,
} LineKind;

typedef enum ValueForm { FORM_PLAIN, FORM_BASE64, FORM_URL } ValueForm;

typedef struct Line {
    LineKind kind;
    ValueForm form;
    uint32_t number;
    uint32_t name_length;
    const char *name; /* the attribute description, options included */
    const char *value;
    const char *end;     /* of the value as written, line folds included */
    size_t length;       /* of the value as written, line folds not included */
    bool folded;         /* there are line folds between `value` and `end` */
    bool copied;         /* the value lies in the arena, not in the text */
    const char *problem; /* LINE_BROKEN: what is wrong, as the end of a sentence */
} Line;

typedef struct Scanner {
    const char *cursor;
    const char *end;
    uint32_t line; /* number of the line at the cursor */
    Arena *arena;
} Scanner;

/* Goes to the first line of the next record; FALSE at the end of the text. */
bool scanner_next_record(Scanner *scanner);

/* Takes the next line of the record. At its end the cursor stays, and the answer is LINE_END again
 * and again. A line whose base64 is malformed is LINE_BROKEN. */
void scanner_next(Scanner *scanner, Line *line);

/* Goes to the end of the record. */
void scanner_skip_record(Scanner *scanner);

/*
 * The value of a line of plain or base64 form, decoded. It points into the text when it stands
 * there in one piece, otherwise into `arena`; `*in_text` says which.
 */
const char *line_value(const Line *line, Arena *arena, size_t *length, bool *in_text);

/* Whether the description of the line is `name`, letter case ignored. */
bool line_is(const Line *line, const char *name);

/* The first position behind an empty line that is at or behind `from`; `end` when there is none. */
const char *scanner_cut(const char *from, const char *end);

#endif
