/*
 * Lines of LDIF. This is the part of the reader that sees every byte, so it goes from line end to
 * line end with memchr() and touches nothing else but line starts and base64, which is checked
 * whether or not its value is wanted: a damaged file must not look sound because the damage is in
 * a security descriptor.
 */
#include "source/scanner.h"

#include <string.h>

enum { STRIDE = 16 };

typedef struct Segment {
    const char *start;
    const char *end;
} Segment;

/* What has been seen of a base64 value that is met line by line. */
typedef struct Base64Check {
    bool stray;  /* not plainly sound: to be looked at again as a whole */
    bool padded; /* nothing may follow */
} Base64Check;

static bool at_line_end(const char *at, const char *end)
{
    if (at < end && *at == '\r')
        at++;
    return at == end || *at == '\n';
}

static bool at_continuation(const Scanner *scanner)
{
    return scanner->cursor < scanner->end && *scanner->cursor == ' ';
}

/* The line at the cursor, without its end. */
static Segment next_segment(Scanner *scanner)
{
    const char *start = scanner->cursor;
    const char *stop = memchr(start, '\n', (size_t)(scanner->end - start));
    const char *end = stop != NULL ? stop : scanner->end;

    scanner->cursor = stop != NULL ? stop + 1 : scanner->end;
    scanner->line++;
    if (end > start && end[-1] == '\r')
        end--;
    return (Segment){start, end};
}

/* A line of nothing but blanks, where a record could begin, is taken for an empty one. */
static bool at_blank_line(const Scanner *scanner)
{
    const char *at = scanner->cursor;

    while (at < scanner->end && *at == ' ')
        at++;
    return at_line_end(at, scanner->end);
}

bool scanner_next_record(Scanner *scanner)
{
    while (scanner->cursor < scanner->end && at_blank_line(scanner))
        next_segment(scanner);
    return scanner->cursor < scanner->end;
}

void scanner_skip_record(Scanner *scanner)
{
    while (!at_line_end(scanner->cursor, scanner->end))
        next_segment(scanner);
}

static void skip_comments(Scanner *scanner)
{
    while (scanner->cursor < scanner->end && *scanner->cursor == '#') {
        next_segment(scanner);
        while (at_continuation(scanner))
            next_segment(scanner);
    }
}

/* Copies text without its line folds: each is a line end and a blank. */
static size_t unfold(char *to, const char *from, const char *end)
{
    char *start = to;
    const char *stop;

    while ((stop = memchr(from, '\n', (size_t)(end - from))) != NULL) {
        const char *last = stop > from && stop[-1] == '\r' ? stop - 1 : stop;

        memcpy(to, from, (size_t)(last - from));
        to += last - from;
        from = stop + 2;
    }
    memcpy(to, from, (size_t)(end - from));
    return (size_t)(to - start) + (size_t)(end - from);
}

static Segment copy_unfolded(Arena *arena, const char *start, const char *end)
{
    char *copy = arena_text(arena, (size_t)(end - start) + 1);

    return (Segment){copy, copy + unfold(copy, start, end)};
}

/* Splits at the colon. FALSE when there is none, or nothing before it. */
static bool split(Line *line, Segment whole)
{
    const char *colon = memchr(whole.start, ':', (size_t)(whole.end - whole.start));
    const char *value;

    if (colon == NULL || colon == whole.start || colon - whole.start > G_MAXUINT16)
        return false;
    line->kind = LINE_ATTRIBUTE;
    line->name = whole.start;
    line->name_length = (uint32_t)(colon - whole.start);
    value = colon + 1;
    line->form = FORM_PLAIN;
    if (value < whole.end && *value == ':')
        line->form = FORM_BASE64;
    else if (value < whole.end && *value == '<')
        line->form = FORM_URL;
    if (line->form != FORM_PLAIN)
        value++;
    while (value < whole.end && *value == ' ')
        value++;
    line->value = value;
    return true;
}

static bool is_dash(Segment whole)
{
    if (whole.start == whole.end || *whole.start != '-')
        return false;
    while (whole.end[-1] == ' ')
        whole.end--;
    return whole.end - whole.start == 1;
}

static void classify_odd(Line *line, Segment whole)
{
    line->kind = is_dash(whole) ? LINE_DASH : LINE_BROKEN;
    line->problem = *whole.start == ':' ? "the line begins with a colon" : "the line has no colon";
}

/* 1 for a byte outside the base64 alphabet. No branches: the compiler makes vectors of it. */
static inline unsigned char is_stray(unsigned char byte)
{
    unsigned char letter = (unsigned char)((byte | 0x20) - 'a');
    unsigned char digit = (unsigned char)(byte - '0');

    return (letter > 25) & (digit > 9) & (byte != '+') & (byte != '/');
}

static inline unsigned char strays_at(const unsigned char *at)
{
    unsigned char stray = 0;

    for (size_t i = 0; i < STRIDE; i++)
        stray |= is_stray(at[i]);
    return stray;
}

/* Whole strides, the last of them as far as the end: some bytes are looked at twice. */
static bool has_stray(const char *start, const char *end)
{
    const unsigned char *at = (const unsigned char *)start;
    const unsigned char *stop = (const unsigned char *)end;
    unsigned char stray = 0;

    if (stop - at < STRIDE) {
        for (; at < stop; at++)
            stray |= is_stray(*at);
        return stray != 0;
    }
    for (; stop - at > STRIDE; at += STRIDE)
        stray |= strays_at(at);
    return (stray | strays_at(stop - STRIDE)) != 0;
}

static void check_base64(Base64Check *check, const char *start, const char *end)
{
    const char *stop = end;

    while (stop > start && stop[-1] == '=')
        stop--;
    if (check->padded || end - stop > 2 || has_stray(start, stop))
        check->stray = true;
    check->padded = stop < end;
}

/* Odd base64: padding folded apart and blanks at the end are taken, anything else is not. */
static void repair_base64(Line *line, Arena *arena)
{
    Segment whole = copy_unfolded(arena, line->value, line->end);
    Base64Check check = {0};

    while (whole.end > whole.start && whole.end[-1] == ' ')
        whole.end--;
    check_base64(&check, whole.start, whole.end);
    line->value = whole.start;
    line->end = whole.end;
    line->length = (size_t)(whole.end - whole.start);
    line->folded = false;
    line->copied = true;
    if (!check.stray && line->length % 4 == 0)
        return;
    line->kind = LINE_BROKEN;
    line->problem = "its base64 is malformed";
}

/* Takes the continuation lines of a line whose value begins in its first one. */
static void take_value(Scanner *scanner, Line *line, const char *first_end)
{
    bool base64 = line->form == FORM_BASE64;
    Base64Check check = {0};

    line->end = first_end;
    line->length = (size_t)(first_end - line->value);
    if (base64)
        check_base64(&check, line->value, first_end);
    while (at_continuation(scanner)) {
        Segment next = next_segment(scanner);

        next.start++;
        line->folded = true;
        line->end = next.end;
        line->length += (size_t)(next.end - next.start);
        if (base64)
            check_base64(&check, next.start, next.end);
    }
    if (base64 && (check.stray || line->length % 4 != 0))
        repair_base64(line, scanner->arena);
}

static Segment take_whole(Scanner *scanner, Segment first)
{
    Segment last = first;

    while (at_continuation(scanner))
        last = next_segment(scanner);
    return copy_unfolded(scanner->arena, first.start, last.end);
}

void scanner_next(Scanner *scanner, Line *line)
{
    Segment first;

    skip_comments(scanner);
    *line = (Line){.kind = LINE_END, .number = scanner->line};
    if (at_line_end(scanner->cursor, scanner->end))
        return;
    first = next_segment(scanner);
    if (*first.start == ' ') {
        line->kind = LINE_BROKEN;
        line->problem = "a continuation line stands where a record should begin";
        return;
    }
    if ((!split(line, first) || line->value == first.end) && at_continuation(scanner)) {
        first = take_whole(scanner, first);
        line->copied = true;
        line->kind = LINE_END;
        split(line, first);
    }
    if (line->kind == LINE_ATTRIBUTE)
        take_value(scanner, line, first.end);
    else
        classify_odd(line, first);
}

static const char *decode_base64(const Line *line, Arena *arena, size_t *length)
{
    char *bytes = arena_text(arena, line->length + 3);
    const char *from = line->value;
    gint state = 0;
    guint save = 0;

    if (line->folded) {
        unfold(bytes, line->value, line->end);
        from = bytes;
    }
    *length = g_base64_decode_step(from, line->length, (guchar *)bytes, &state, &save);
    return bytes;
}

const char *line_value(const Line *line, Arena *arena, size_t *length, bool *in_text)
{
    *in_text = false;
    if (line->form == FORM_BASE64)
        return decode_base64(line, arena, length);
    *length = line->length;
    if (line->folded)
        return copy_unfolded(arena, line->value, line->end).start;
    *in_text = !line->copied;
    return line->value;
}

bool line_is(const Line *line, const char *name)
{
    return line->name_length == strlen(name) &&
           g_ascii_strncasecmp(line->name, name, line->name_length) == 0;
}

const char *scanner_cut(const char *from, const char *end)
{
    while (from < end) {
        const char *stop = memchr(from, '\n', (size_t)(end - from));

        if (stop == NULL)
            return end;
        from = stop + 1;
        if (!at_line_end(from, end))
            continue;
        stop = memchr(from, '\n', (size_t)(end - from));
        return stop != NULL ? stop + 1 : end;
    }
    return end;
}
