#ifndef ADTOPO_BASE_DIAGNOSTIC_H
#define ADTOPO_BASE_DIAGNOSTIC_H

#include <glib.h>
#include <stdint.h>

/*
 * Diagnostics: the input was odd, and this is what was done instead. They never end an operation
 * (an error does) and they are not about the organisation (a finding is).
 */
typedef enum DiagnosticLevel {
    DIAGNOSTIC_NOTE,    /* nothing was lost */
    DIAGNOSTIC_WARNING, /* two readings were possible; the text says which was taken */
    DIAGNOSTIC_ERROR,   /* something could not be read: the result is partial */
} DiagnosticLevel;

/* Where something was read: the source's number and a line (1-based) or an update sequence number;
 * 0 stands for "not known". */
typedef struct Origin {
    uint32_t source;
    uint32_t line;
    uint64_t usn;
} Origin;

typedef struct Diagnostic {
    DiagnosticLevel level;
    Origin origin;
    char *message;
} Diagnostic;

/* An ordered list that keeps the first DIAGNOSTIC_LIMIT messages of each level and counts the
 * rest. */
typedef struct Diagnostics Diagnostics;

enum { DIAGNOSTIC_LIMIT = 200 };

Diagnostics *diagnostics_new(void);
void diagnostics_free(Diagnostics *list);

/* The text in quotes, cut to what a message can hold, of whole characters; the caller frees it. */
char *diagnostic_quote(const char *text, size_t length);

/* Adds one message (printf form). Hostile text may stand in it: it is escaped when shown. */
void diagnose(Diagnostics *list, DiagnosticLevel level, Origin origin, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Appends copies of `from` to `list`, with `line_offset` added to every line. */
void diagnostics_append(Diagnostics *list, const Diagnostics *from, uint32_t line_offset);

/* How many there were at `level`, kept or not. */
guint diagnostics_count(const Diagnostics *list, DiagnosticLevel level);

/* The kept ones, in the order in which they were added; owned by the list. */
guint diagnostics_length(const Diagnostics *list);
const Diagnostic *diagnostics_get(const Diagnostics *list, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Diagnostics, diagnostics_free)

#endif
