/*
 * Files as sources: what was parsed is admitted, in the order of the file, and what a file as a
 * whole can be wrong about is said in one sentence.
 */
#include "source/source.h"

#include "base/fault.h"
#include "directory/ahead.h"
#include "source/change.h"
#include "source/input.h"
#include "source/looks.h"
#include "source/parser.h"
#include "source/pipeline.h"

#include <string.h>

typedef struct Reader {
    Directory *directory;
    const char *path;
    const char *name; /* as messages call the file */
    BatchOptions options;
    const Input *input;
    GPtrArray *changes; /* may be NULL */
    guint64 entries;
    guint64 skipped;
    guint64 change_count;
    Origin first_change;
} Reader;

static Reader reader_new(Directory *directory, const char *path, const FileLimits *limits,
                         GPtrArray *changes)
{
    return (Reader){
        .directory = directory,
        .path = path,
        .name = strcmp(path, "-") == 0 ? "standard input" : path,
        .options.limits = limits_effective(limits),
        .changes = changes,
    };
}

static bool fail_complaint(const Reader *reader, Fault fault, const Complaint *complaint,
                           GError **error)
{
    g_set_error(error, FAULT, (int)fault, "%s: line %u: %s", reader->name, complaint->line,
                complaint->text);
    return false;
}

/* Nothing in the file's first piece is a record: either it is no LDIF or its LDIF is all broken. */
static bool fail_unreadable(const Reader *reader, const Complaint *broken, GError **error)
{
    uint32_t line;
    const char *looks = text_looks_like(reader->input->text, reader->input->size, &line);

    if (looks != NULL)
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "%s is not LDIF: line %u looks like %s; export with ldifde or ldapsearch",
                    reader->name, line, looks);
    else
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "%s holds no LDIF record that can be read (line %u: %s); export with ldifde or "
                    "ldapsearch",
                    reader->name, broken->line, broken->text);
    return false;
}

static void take_changes(Reader *reader, const BatchResult *result)
{
    GPtrArray *changes = result->changes;

    if (changes->len == 0)
        return;
    if (reader->change_count == 0) {
        const Change *first = g_ptr_array_index(changes, 0);

        reader->first_change = (Origin){.source = reader->options.source, .line = first->line};
    }
    reader->change_count += changes->len;
    if (reader->changes != NULL)
        g_ptr_array_extend_and_steal(reader->changes, g_ptr_array_ref(changes));
}

/* What is in a record was written by another thread: asked for some records ahead, it is there when
 * it is looked at. */
enum { AHEAD_NAME = 4, AHEAD_VALUES = 2 };

/* A value that is copied, taken apart or compared with the record's name. */
AHEAD_FUNCTION bool is_looked_at(const RecordValue *value)
{
    return !value->stable || value->attribute == ATTR_name || value->attribute == ATTR_cn ||
           attribute_table[value->attribute].syntax == SYNTAX_DN;
}

AHEAD_FUNCTION void look_ahead(const BatchResult *result, guint at)
{
    const Record *record = &result->records[at + AHEAD_VALUES];

    if (at + AHEAD_NAME >= result->count)
        return;
    ahead_text(result->records[at + AHEAD_NAME].dn, result->records[at + AHEAD_NAME].dn_length);
    for (uint32_t i = 0; i < record->count; i++)
        if (is_looked_at(&record->values[i]))
            ahead_text(record->values[i].data, record->values[i].length);
}

static bool admit_records(Reader *reader, const BatchResult *result, GError **error)
{
    for (guint i = 0; i < result->count; i++) {
        const Record *record = &result->records[i];
        Complaint excess = {record->line, "the file holds more entries than the limit"};

        if (reader->entries++ >= reader->options.limits.entries)
            return fail_complaint(reader, FAULT_LIMIT, &excess, error);
        look_ahead(result, i);
        directory_admit(reader->directory, reader->options.source, record);
    }
    return true;
}

static bool take_result(Reader *reader, const BatchResult *result, GError **error)
{
    if (result->excess.text != NULL)
        return fail_complaint(reader, FAULT_LIMIT, &result->excess, error);
    if (reader->options.changes && result->broken.text != NULL)
        return fail_complaint(reader, FAULT_SOURCE, &result->broken, error);
    take_changes(reader, result);
    reader->skipped += result->skipped;
    if (reader->entries + result->count + reader->change_count + reader->skipped == 0 &&
        result->broken.text != NULL)
        return fail_unreadable(reader, &result->broken, error);
    if (result->diagnostics != NULL)
        diagnostics_append(directory_diagnostics(reader->directory), result->diagnostics,
                           result->offset);
    if (result->incomplete)
        directory_set_incomplete(reader->directory, reader->options.source);
    for (guint i = 0; i < result->lost->len; i++) {
        const LostName *lost = &g_array_index(result->lost, LostName, i);

        directory_lose(reader->directory, reader->options.source, lost->text, lost->length);
    }
    return admit_records(reader, result, error);
}

static bool read_text(Reader *reader, GError **error)
{
    g_autoptr(Pipeline)
        pipeline = pipeline_new(&reader->options, reader->input->text, reader->input->size);
    const BatchResult *result;

    while ((result = pipeline_next(pipeline)) != NULL)
        if (!take_result(reader, result, error))
            return false;
    return true;
}

/* What tells that the end of a file was cut off, or NULL: every tool ends its last line, and
 * ldapsearch closes a listing that has its heading with a count. */
static const char *sign_of_cut(const Input *input)
{
    static const char heading[] = "# extended LDIF";
    const size_t window = MIN(input->size, (size_t)4096);
    const char *tail = input->text + input->size - window;

    if (input->size == 0)
        return NULL;
    if (input->text[input->size - 1] != '\n')
        return "the last line has no end";
    if (window < sizeof heading || memcmp(input->text, heading, sizeof heading - 1) != 0 ||
        g_strstr_len(tail, (gssize)window, "\n# numResponses:") != NULL ||
        g_strstr_len(tail, (gssize)window, "\nresult:") != NULL)
        return NULL;
    return "ldapsearch's count at the end of the listing is not there";
}

static void look_for_cut(const Reader *reader)
{
    const char *sign = sign_of_cut(reader->input);
    Origin origin = {.source = reader->options.source};

    if (sign == NULL || reader->entries == 0 || reader->options.changes)
        return;
    diagnose(directory_diagnostics(reader->directory), DIAGNOSTIC_WARNING, origin,
             "%s: the file may have been cut off, and nothing is called missing on its word", sign);
    directory_suspect(reader->directory, reader->options.source);
}

/* Whether the comments before all records say that the file is a snapshot of what was searched. */
static bool tells_of_search(const Input *input)
{
    static const char remark[] = "# " SEARCHED_REMARK;
    const char *at = input->text;
    const char *end = at + input->size;

    while (at < end && *at == '#') {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((feed == NULL ? end : feed) - at);

        if (length == sizeof remark - 1 && memcmp(at, remark, length) == 0)
            return true;
        at += MIN(length + 1, (size_t)(end - at));
    }
    return false;
}

static bool reader_run(Reader *reader, GError **error)
{
    Input *input = input_open(reader->path, reader->name, reader->options.limits.size, error);

    if (input == NULL)
        return false;
    directory_keep(reader->directory, input, (GDestroyNotify)input_free);
    reader->input = input;
    reader->options.source = directory_add_source(reader->directory, SOURCE_LDIF, reader->path);
    directory_source(reader->directory, reader->options.source)->searched =
        tells_of_search(reader->input);
    if (!read_text(reader, error))
        return false;
    look_for_cut(reader);
    return true;
}

/* A file without entries is an error unless it holds something that was asked for or set aside. */
static bool judge_content(const Reader *reader, GError **error)
{
    if (reader->change_count > 0 && reader->changes == NULL)
        diagnose(directory_diagnostics(reader->directory), DIAGNOSTIC_WARNING, reader->first_change,
                 "%" G_GUINT64_FORMAT " change records (delete, modify, rename) are not content "
                 "and were left out; lay them over a directory with --apply",
                 reader->change_count);
    if (reader->entries > 0 || reader->skipped > 0)
        return true;
    if (reader->change_count == 0)
        g_set_error(error, FAULT, FAULT_SOURCE, "%s holds no entries", reader->name);
    else if (reader->changes == NULL)
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "%s holds no entries, only change records; lay them over a directory with "
                    "--apply",
                    reader->name);
    return reader->change_count > 0 && reader->changes != NULL;
}

bool file_source_read(Directory *directory, const char *path, const FileLimits *limits,
                      GPtrArray *changes, GError **error)
{
    Reader reader = reader_new(directory, path, limits, changes);

    return reader_run(&reader, error) && judge_content(&reader, error);
}

bool file_changes_read(Directory *directory, const char *path, const FileLimits *limits,
                       GPtrArray *changes, GError **error)
{
    Reader reader = reader_new(directory, path, limits, changes);

    reader.options.changes = true;
    if (!reader_run(&reader, error))
        return false;
    if (reader.change_count > 0)
        return true;
    g_set_error(error, FAULT, FAULT_SOURCE, "%s holds no changes", reader.name);
    return false;
}
