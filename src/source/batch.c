/*
 * Records out of text. A fault of one record costs that record and no other: it is named with its
 * line, and reading goes on behind the next empty line.
 */
#include "source/batch.h"

#include "source/changes.h"
#include "source/known-classes.h"
#include "source/listing.h"
#include "source/parser.h"
#include "source/parts.h"

#include <string.h>

enum { SHOWN_NAME = 160, SORTED_VALUES = 48, VALUES_LIMIT = 1 << 24 };
enum { FIRST_RECORDS = 256, FIRST_VALUES = 4096 };

struct Batch {
    BatchOptions options;
    Parser parser;
    Arena *arena;
    GArray *records; /* of Record */
    GArray *values;  /* of RecordValue, those of one record behind those of the one before */
    GArray *parts;   /* of the current record */
    GArray *lost;    /* of LostName */
    guint first;     /* where the values of the current record begin */
    guint lines;     /* attribute lines of the current record */
    bool at_start;   /* nothing but a version line has been met in the file */
    Diagnostics *diagnostics;
    KnownClasses classes;
    BatchResult result;
};

Batch *batch_new(const BatchOptions *options)
{
    Batch *batch = g_new0(Batch, 1);

    batch->options = *options;
    batch->parser.limits = options->limits;
    batch->arena = arena_new();
    batch->parser.scanner.arena = batch->arena;
    batch->records = g_array_sized_new(FALSE, FALSE, sizeof(Record), FIRST_RECORDS);
    batch->values = g_array_sized_new(FALSE, FALSE, sizeof(RecordValue), FIRST_VALUES);
    batch->parts = parts_new();
    batch->lost = g_array_new(FALSE, FALSE, sizeof(LostName));
    batch->result.changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
    return batch;
}

void batch_free(Batch *batch)
{
    if (batch == NULL)
        return;
    g_array_unref(batch->records);
    g_array_unref(batch->values);
    g_array_unref(batch->parts);
    g_array_unref(batch->lost);
    g_ptr_array_unref(batch->result.changes);
    diagnostics_free(batch->diagnostics);
    arena_free(batch->arena);
    g_free(batch);
}

/* --- what is odd -------------------------------------------------------------------------- */

static void complain(Batch *batch, DiagnosticLevel level, uint32_t line, const char *text)
{
    Origin origin = {.source = batch->options.source, .line = line};

    if (batch->diagnostics == NULL)
        batch->diagnostics = diagnostics_new();
    diagnose(batch->diagnostics, level, origin, "%s", text);
}

static void lose(Batch *batch, const Record *record)
{
    LostName lost = {.text = record->dn, .length = record->dn_length};

    if (lost.length > 0)
        g_array_append_val(batch->lost, lost);
    else
        batch->result.incomplete = true;
}

/* Gives up the current record. */
static void reject(Batch *batch, const Record *record, const char *problem)
{
    Complaint *broken = &batch->result.broken;
    int shown = (int)MIN(record->dn_length, (uint32_t)SHOWN_NAME);
    g_autofree char *text = NULL;

    if (record->dn_length == 0)
        text = g_strdup_printf("record skipped: %s", problem);
    else
        text = g_strdup_printf("the record of %.*s was skipped: %s", shown, record->dn, problem);
    if (broken->text == NULL)
        *broken = (Complaint){batch->parser.line.number, problem};
    complain(batch, DIAGNOSTIC_ERROR, batch->parser.line.number, text);
    lose(batch, record);
    g_array_set_size(batch->values, batch->first);
    scanner_skip_record(&batch->parser.scanner);
}

static void skip(Batch *batch, uint32_t line, const char *text)
{
    complain(batch, DIAGNOSTIC_NOTE, line, text);
    g_array_set_size(batch->values, batch->first);
    batch->result.skipped++;
}

static void exceed(Batch *batch, uint32_t line, const char *text)
{
    if (batch->result.excess.text == NULL)
        batch->result.excess = (Complaint){line, text};
}

/* --- content ------------------------------------------------------------------------------ */

static const char *take_url(Batch *batch, const Name *name)
{
    bool read = name->kind == NAME_READ;

    if (read && batch->options.changes)
        return "a value is a URL, which is never opened";
    batch->result.incomplete |= read;
    complain(batch, read ? DIAGNOSTIC_ERROR : DIAGNOSTIC_NOTE, batch->parser.line.number,
             read ? "a value is left out: it is a URL, which is never opened"
                  : "a value that is a URL is not looked at");
    return NULL;
}

static bool is_faultless(const RecordValue *value)
{
    return syntax_fault(attribute_table[value->attribute].syntax, value->data, value->length) ==
           NULL;
}

static const char *take_value(Batch *batch, Record *record)
{
    const Name *name = parser_name(&batch->parser);
    RecordValue value;

    batch->lines++;
    if (name->kind == NAME_BAD)
        return "the line begins with no attribute name";
    if (name->kind == NAME_RESERVED)
        return "a dn, changetype or control line stands among the attributes";
    if (batch->parser.line.form == FORM_URL)
        return take_url(batch, name);
    if (name->kind == NAME_UNREAD)
        return NULL;
    parser_value(&batch->parser, (AttributeId)name->attribute, batch->arena, &value);
    if (name->attribute == ATTR_objectClass) {
        record->class_id = known_class(&batch->classes, record->class_id, &value);
        return NULL;
    }
    if (name->ranged)
        parts_note(batch->parts, name);
    if (!value_is_kept((AttributeId)name->attribute, value.data, value.length))
        return NULL;
    value.checked = is_faultless(&value);
    g_array_append_val(batch->values, value);
    if (batch->values->len - batch->first > VALUES_LIMIT)
        exceed(batch, record->line, "a record has more values than the limit");
    return NULL;
}

/* Sorts the record's values by attribute, keeping the order within one. The directory sorts them by
 * value too, on the one thread that may; what it finds in order costs it nothing. */
static void sort_values(Batch *batch)
{
    RecordValue *values = (RecordValue *)(void *)batch->values->data + batch->first;
    guint count = batch->values->len - batch->first;

    if (count > SORTED_VALUES)
        return;
    for (guint i = 1; i < count; i++) {
        RecordValue moving = values[i];
        guint j = i;

        for (; j > 0 && values[j - 1].attribute > moving.attribute; j--)
            values[j] = values[j - 1];
        values[j] = moving;
    }
}

/* The attribute lines from the parser's current one on. */
static const char *take_attributes(Batch *batch, Record *record)
{
    const Line *line = &batch->parser.line;

    for (; line->kind != LINE_END; parser_next(&batch->parser)) {
        const char *problem;

        if (line->kind == LINE_BROKEN)
            return line->problem;
        if (line->kind == LINE_DASH)
            return "a \"-\" stands outside a modify record";
        problem = take_value(batch, record);
        if (problem != NULL)
            return problem;
    }
    if (batch->parts->len > 0)
        parts_unite(batch->parts, batch->values, batch->first);
    sort_values(batch);
    record->count = batch->values->len - batch->first;
    return NULL;
}

static void take_content(Batch *batch, Record *record)
{
    const char *problem = take_attributes(batch, record);

    if (problem == NULL && record->dn_length == 0 && batch->lines == 0)
        problem = "its dn line holds no name";
    if (problem != NULL)
        reject(batch, record, problem);
    else if (record->dn_length == 0)
        skip(batch, record->line, "the rootDSE, a record without a name, was left out");
    else
        g_array_append_val(batch->records, *record);
}

/* --- changes ------------------------------------------------------------------------------ */

/* An addition, kept apart: its values are read as content is, and copied. */
static void take_addition(Batch *batch, Record *record)
{
    const char *problem = take_attributes(batch, record);
    const RecordValue *values = (const RecordValue *)(void *)batch->values->data;
    Change *change;

    if (problem == NULL && batch->lines == 0)
        problem = "it adds an object without any attribute";
    if (problem != NULL) {
        reject(batch, record, problem);
        return;
    }
    change = change_new(CHANGE_ADD, record->dn, record->dn_length, record->line);
    change->source = batch->options.source;
    change->class_id = record->class_id;
    change_add_values(change, values + batch->first, record->count);
    g_array_set_size(batch->values, batch->first);
    g_ptr_array_add(batch->result.changes, change);
}

static void take_change(Batch *batch, const Record *record, ChangeKind kind)
{
    g_autoptr(Change) change = change_new(kind, record->dn, record->dn_length, record->line);
    const char *problem;

    change->source = batch->options.source;
    problem = record->dn_length == 0 ? "its dn line holds no name"
                                     : change_parse(&batch->parser, change);
    if (problem != NULL)
        reject(batch, record, problem);
    else
        g_ptr_array_add(batch->result.changes, g_steal_pointer(&change));
}

/* --- any record --------------------------------------------------------------------------- */

static const char *take_name(Batch *batch, Record *record)
{
    const Line *line = &batch->parser.line;
    size_t length;

    record->line = line->number;
    if (line->kind == LINE_BROKEN)
        return line->problem;
    if (line->kind == LINE_DASH || !line_is(line, "dn"))
        return "it does not begin with a dn line";
    if (line->length > batch->options.limits.name)
        exceed(batch, line->number, "a name is longer than the limit");
    record->dn = parser_text(&batch->parser, &length);
    if (record->dn == NULL)
        return "its name is a URL, which is never opened";
    record->dn_length = (uint32_t)length;
    parser_next(&batch->parser);
    return NULL;
}

static const char *take_controls(Batch *batch, bool *any)
{
    const Line *line = &batch->parser.line;

    *any = false;
    for (; line->kind == LINE_ATTRIBUTE && line_is(line, "control"); parser_next(&batch->parser)) {
        size_t length;
        const char *text = parser_text(&batch->parser, &length);

        if (text == NULL || !control_is_sound(text, length))
            return "a control line does not name a control";
        *any = true;
    }
    return NULL;
}

/* What follows the name: controls, a changetype, or content right away. */
static void take_rest(Batch *batch, Record *record)
{
    const Line *line = &batch->parser.line;
    ChangeKind kind = CHANGE_ADD;
    bool controls;
    const char *problem = take_controls(batch, &controls);
    bool typed = line->kind == LINE_ATTRIBUTE && line_is(line, "changetype");

    if (problem == NULL && typed) {
        size_t length;
        const char *text = parser_text(&batch->parser, &length);

        if (text == NULL || !change_kind(text, length, &kind))
            problem = "its changetype is none of add, delete, modify, modrdn and moddn";
        else
            parser_next(&batch->parser);
    } else if (problem == NULL && controls) {
        problem = "a control stands before something that is no change";
    }
    if (problem == NULL && typed && kind == CHANGE_ADD && line->kind == LINE_END)
        problem = "it adds an object without any attribute";
    if (problem != NULL)
        reject(batch, record, problem);
    else if (kind != CHANGE_ADD)
        take_change(batch, record, kind);
    else if (batch->options.changes)
        take_addition(batch, record);
    else
        take_content(batch, record);
}

/* `version: 1`, before anything else in a file. Returns what is wrong, or NULL. */
static const char *take_version(Batch *batch)
{
    const char *text;
    size_t length;

    if (!batch->at_start || !line_is(&batch->parser.line, "version"))
        return NULL;
    text = parser_text(&batch->parser, &length);
    if (length != 1 || *text != '1')
        return "the version of LDIF is not 1";
    parser_next(&batch->parser);
    return NULL;
}

/* --- records that are none ---------------------------------------------------------------- */

static void take_listing(Batch *batch)
{
    uint32_t line;
    g_autofree char *failure = listing_take(&batch->parser, &line);

    if (failure == NULL)
        return;
    complain(batch, DIAGNOSTIC_ERROR, line, failure);
    batch->result.incomplete = true;
}

/* ldb databases hold records of their own beside the directory's: `dn: @ROOTDSE`. */
static bool is_special(const Record *record)
{
    return record->dn_length > 0 && record->dn[0] == '@' &&
           memchr(record->dn, '=', record->dn_length) == NULL;
}

static void skip_special(Batch *batch, const Record *record)
{
    skip(batch, record->line, "a record of ldb's own, not of the directory, was left out");
    scanner_skip_record(&batch->parser.scanner);
}

/* --- the whole piece ---------------------------------------------------------------------- */

static void take_record(Batch *batch)
{
    const Line *line = &batch->parser.line;
    Record record = {.dn = ""};
    const char *problem = NULL;

    batch->first = batch->values->len;
    batch->lines = 0;
    g_array_set_size(batch->parts, 0);
    parser_next(&batch->parser);
    if (line->kind == LINE_ATTRIBUTE)
        problem = take_version(batch);
    if (line->kind == LINE_END)
        return;
    batch->at_start = false;
    if (problem == NULL && listing_begins(line)) {
        take_listing(batch);
        return;
    }
    if (problem == NULL)
        problem = take_name(batch, &record);
    if (problem != NULL)
        reject(batch, &record, problem);
    else if (is_special(&record))
        skip_special(batch, &record);
    else
        take_rest(batch, &record);
}

static void batch_clear(Batch *batch)
{
    GPtrArray *changes = batch->result.changes;

    arena_reset(batch->arena);
    g_array_set_size(batch->records, 0);
    g_array_set_size(batch->values, 0);
    g_array_set_size(batch->lost, 0);
    g_ptr_array_set_size(changes, 0);
    g_clear_pointer(&batch->diagnostics, diagnostics_free);
    batch->parser.excess = NULL;
    batch->result = (BatchResult){.changes = changes, .lost = batch->lost};
}

/* The array of values has stopped moving: records may point into it. */
static void link_values(Batch *batch)
{
    const RecordValue *values = (const RecordValue *)(void *)batch->values->data;

    for (guint i = 0; i < batch->records->len; i++) {
        Record *record = &g_array_index(batch->records, Record, i);

        record->values = values;
        values += record->count;
    }
}

void batch_parse(Batch *batch, const char *start, const char *end, bool first)
{
    Scanner *scanner = &batch->parser.scanner;

    batch_clear(batch);
    *scanner = (Scanner){.cursor = start, .end = end, .line = 1, .arena = batch->arena};
    batch->at_start = first;
    while (batch->result.excess.text == NULL && scanner_next_record(scanner)) {
        take_record(batch);
        if (batch->parser.excess != NULL)
            exceed(batch, batch->parser.line.number, batch->parser.excess);
    }
    link_values(batch);
    batch->result.lines = scanner->line - 1;
    batch->result.records = (const Record *)(void *)batch->records->data;
    batch->result.count = batch->records->len;
    batch->result.diagnostics = batch->diagnostics;
}

static void place_changes(GPtrArray *changes, uint32_t offset)
{
    for (guint i = 0; i < changes->len; i++) {
        Change *change = g_ptr_array_index(changes, i);

        change_place(change, offset);
    }
}

const BatchResult *batch_place(Batch *batch, uint32_t offset)
{
    BatchResult *result = &batch->result;

    for (guint i = 0; i < batch->values->len; i++)
        g_array_index(batch->values, RecordValue, i).line += offset;
    for (guint i = 0; i < batch->records->len; i++)
        g_array_index(batch->records, Record, i).line += offset;
    place_changes(result->changes, offset);
    result->offset = offset;
    result->broken.line += offset;
    result->excess.line += offset;
    return result;
}
