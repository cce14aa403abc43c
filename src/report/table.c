/*
 * Tables and trees through libsmartcols. It measures text by the character encoding of the
 * thread's locale; for the time of the drawing that is set to UTF-8, whatever the program's own
 * is.
 */
#include "report/table.h"

#include "report/escape.h"

#include <libsmartcols/libsmartcols.h>
#include <locale.h>
#include <stdlib.h>

char *cell_text(const json_t *cell)
{
    GString *text;
    size_t index;
    json_t *item;

    if (json_is_string(cell))
        return g_strdup(json_string_value(cell));
    if (json_is_integer(cell))
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(cell));
    if (json_is_boolean(cell))
        return g_strdup(json_is_true(cell) ? "yes" : "no");
    if (json_array_size(cell) == 0)
        return g_strdup("-");
    text = g_string_new(NULL);
    json_array_foreach(cell, index, item) {
        g_autofree char *words = cell_text(item);
        g_string_append_printf(text, "%s%s", index > 0 ? ", " : "", words);
    }
    return g_string_free(text, FALSE);
}

static char *shown_cell(const json_t *row, const char *key)
{
    g_autofree char *text = cell_text(json_object_get(row, key));

    return escape_text(text);
}

/* --- the widths of columns ---------------------------------------------------------------- */

enum { MOST_COLUMNS = 16, TREE_STEP = 2 };

/* The columns that text shows, and how wide each is to be. */
typedef struct Layout {
    const Column *columns[MOST_COLUMNS];
    int widths[MOST_COLUMNS]; /* at first as wide as the widest cell, in the end as there is room */
    int least[MOST_COLUMNS];  /* as wide as the longest word */
    guint count;
    bool narrowed; /* some column is narrower than its widest cell */
    int gap;       /* blanks between columns: two, or one where that is what makes the table fit */
} Layout;

static bool is_wrapped(const Column *column)
{
    return (column->flags & (COLUMN_RIGHT | COLUMN_TREE)) == 0;
}

static Layout choose_columns(const Writer *out, const Column *columns)
{
    Layout layout = {.gap = 2};

    for (const Column *column = columns; column->key != NULL; column++) {
        bool hidden = column->title == NULL || (!out->verbose && column->flags & COLUMN_VERBOSE);

        if (hidden || layout.count == MOST_COLUMNS)
            continue;
        layout.columns[layout.count] = column;
        layout.widths[layout.count] = text_columns(column->title);
        layout.least[layout.count++] = text_columns(column->title);
    }
    return layout;
}

static int longest_word(const char *text)
{
    int longest = 0;
    int columns = 0;

    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        columns = *text == ' ' ? 0 : columns + character_columns(g_utf8_get_char(text));
        longest = MAX(longest, columns);
    }
    return longest;
}

static void measure_cell(Layout *layout, guint number, const char *text, int depth)
{
    const Column *column = layout->columns[number];
    int width = text_columns(text);
    int least = width;

    if ((column->flags & COLUMN_TREE) != 0)
        least = width += depth * TREE_STEP;
    else if (is_wrapped(column))
        least = longest_word(text);
    layout->widths[number] = MAX(layout->widths[number], width);
    layout->least[number] = MAX(layout->least[number], least);
}

static void measure_rows(Layout *layout, const json_t *rows, int depth)
{
    size_t index;
    json_t *row;

    json_array_foreach(rows, index, row) {
        for (guint i = 0; i < layout->count; i++) {
            g_autofree char *text = shown_cell(row, layout->columns[i]->key);

            measure_cell(layout, i, text, depth);
        }
        measure_rows(layout, json_object_get(row, "children"), depth + 1);
    }
}

/* The widest column that can still give way, or NULL. */
static int *widest(Layout *layout)
{
    int *found = NULL;

    for (guint i = 0; i < layout->count; i++)
        if (layout->widths[i] > layout->least[i] && (found == NULL || layout->widths[i] > *found))
            found = &layout->widths[i];
    return found;
}

static int total_width(const Layout *layout)
{
    int total = ((int)layout->count - 1) * layout->gap;

    for (guint i = 0; i < layout->count; i++)
        total += layout->widths[i];
    return total;
}

/* Takes from the widest columns until all fit; FALSE when they cannot. */
static bool fit(Layout *layout, int room)
{
    int total = total_width(layout);
    int *column;

    layout->narrowed = total > room;
    while (total > room && (column = widest(layout)) != NULL) {
        (*column)--;
        total--;
    }
    if (total > room) {
        layout->gap = 1;
        total = total_width(layout);
    }
    return total <= room;
}

/* Puts line feeds in the place of blanks, so that no line is wider than `width`. */
static void break_lines(char *text, int width)
{
    char *blank = NULL;
    int column = 0;

    for (char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        g_autofree char *line = NULL;

        if (*at == ' ')
            blank = at;
        column += character_columns(g_utf8_get_char(at));
        if (column <= width || blank == NULL)
            continue;
        *blank = '\n';
        line = g_strndup(blank + 1, (gsize)(g_utf8_next_char(at) - blank - 1));
        column = *at == ' ' ? 0 : text_columns(line);
        blank = NULL;
    }
}

/* --- the table proper --------------------------------------------------------------------- */

static void add_column(struct libscols_table *table, const Column *column)
{
    struct libscols_column *added;
    int flags = SCOLS_FL_WRAP;

    if ((column->flags & COLUMN_RIGHT) != 0)
        flags = SCOLS_FL_RIGHT;
    if ((column->flags & COLUMN_TREE) != 0)
        flags = SCOLS_FL_TREE;
    added = scols_table_new_column(table, column->title, 0, flags);
    if (added == NULL || !is_wrapped(column))
        return;
    scols_column_set_safechars(added, "\n");
    scols_column_set_wrapfunc(added, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
}

static struct libscols_table *new_table(const Layout *layout)
{
    struct libscols_table *table = scols_new_table();

    if (table == NULL)
        return NULL;
    /* Cells are escaped already: it would take the backslash of "\\x1b" for one to be escaped. */
    scols_table_enable_noencoding(table, 1);
    scols_table_set_column_separator(table, layout->gap > 1 ? "  " : " ");
    for (guint i = 0; i < layout->count; i++)
        add_column(table, layout->columns[i]);
    return table;
}

static void add_rows(const Layout *layout, struct libscols_table *table,
                     struct libscols_line *parent, const json_t *rows)
{
    size_t index;
    json_t *row;

    json_array_foreach(rows, index, row) {
        struct libscols_line *line = scols_table_new_line(table, parent);

        for (guint i = 0; line != NULL && i < layout->count; i++) {
            g_autofree char *text = shown_cell(row, layout->columns[i]->key);

            if (layout->narrowed && is_wrapped(layout->columns[i]))
                break_lines(text, layout->widths[i]);
            scols_line_set_data(line, i, text);
        }
        add_rows(layout, table, line, json_object_get(row, "children"));
    }
}

/* The drawn table, or NULL. In a UTF-8 locale of its own, restored before it returns. */
static char *draw(struct libscols_table *table)
{
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 != (locale_t)0 ? uselocale(utf8) : (locale_t)0;
    char *text = NULL;

    if (scols_print_table_to_string(table, &text) != 0)
        text = NULL;
    if (utf8 != (locale_t)0) {
        uselocale(before);
        freelocale(utf8);
    }
    return text;
}

/* Line by line, without the blanks that pad the last column. */
static void put_table(Writer *out, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line != NULL; line++) {
        g_strchomp(*line);
        if (**line == '\0' && line[1] == NULL)
            break;
        writer_put(out, *line);
        writer_put(out, "\n");
    }
}

/* --- the table as paragraphs -------------------------------------------------------------- */

static void write_records(Writer *out, const Layout *layout, const json_t *rows, int indent)
{
    size_t index;
    json_t *row;

    json_array_foreach(rows, index, row) {
        if (index > 0 && indent == 0)
            writer_put(out, "\n");
        for (guint i = 0; i < layout->count; i++) {
            g_autofree char *text = cell_text(json_object_get(row, layout->columns[i]->key));

            writer_item(out, indent, layout->columns[i]->title, text);
        }
        write_records(out, layout, json_object_get(row, "children"), indent + TREE_STEP);
    }
}

/* FALSE when there is no memory for it. */
static bool write_table(Writer *out, const Layout *layout, const json_t *rows)
{
    struct libscols_table *table = new_table(layout);
    char *text = NULL;
    bool drawn;

    if (table != NULL) {
        add_rows(layout, table, NULL, rows);
        text = draw(table);
    }
    drawn = text != NULL;
    if (drawn)
        put_table(out, text);
    free(text);
    scols_unref_table(table);
    return drawn;
}

void table_write(Writer *out, const Column *columns, const json_t *rows)
{
    Layout layout = choose_columns(out, columns);

    measure_rows(&layout, rows, 0);
    if (fit(&layout, out->width) && write_table(out, &layout, rows))
        return;
    for (guint i = 0; i < layout.count; i++)
        out->label_width = MAX(out->label_width, text_columns(layout.columns[i]->title) + 1);
    write_records(out, &layout, rows, 0);
}
