/* Choices between connectors: ordering the candidates, and saying why each was not taken. */
#include "routing/choice.h"

#include "routing/names.h"

#include <string.h>

/* --- what was refused --------------------------------------------------------------------- */

static void rejected_clear(gpointer data)
{
    Rejected *rejected = data;

    g_free(rejected->candidate);
    g_free(rejected->reason);
}

GArray *rejected_new(void)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(Rejected));

    g_array_set_clear_func(list, rejected_clear);
    return list;
}

void rejected_add(GArray *list, const char *candidate, const char *format, ...)
{
    Rejected rejected = {.candidate = g_strdup(candidate)};
    va_list arguments;

    va_start(arguments, format);
    rejected.reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_array_append_val(list, rejected);
}

void rejected_extend(GArray *list, const GArray *more)
{
    for (guint i = 0; i < more->len; i++) {
        const Rejected *rejected = &g_array_index(more, Rejected, i);

        rejected_add(list, rejected->candidate, "%s", rejected->reason);
    }
}

bool rejected_equal(const Rejected *a, const Rejected *b)
{
    return strcmp(a->candidate, b->candidate) == 0 && strcmp(a->reason, b->reason) == 0;
}

static bool rejected_has(const GArray *list, const Rejected *wanted)
{
    for (guint i = 0; i < list->len; i++)
        if (rejected_equal(&g_array_index(list, Rejected, i), wanted))
            return true;
    return false;
}

void rejected_merge(GArray *list, const GArray *more)
{
    for (guint i = 0; i < more->len; i++) {
        const Rejected *rejected = &g_array_index(more, Rejected, i);

        if (!rejected_has(list, rejected))
            rejected_add(list, rejected->candidate, "%s", rejected->reason);
    }
}

/* --- order -------------------------------------------------------------------------------- */

static int key_order(const Key *a, const Key *b)
{
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return a->text == NULL || b->text == NULL ? 0 : name_order(a->text, b->text);
}

/* The first measure in which two candidates differ; the number of measures when in none. */
static guint first_difference(const Choice *choice, const Candidate *a, const Candidate *b)
{
    guint i = 0;

    while (i < choice->measure_count && key_order(&a->keys[i], &b->keys[i]) == 0)
        i++;
    return i;
}

static gint compare_candidates(gconstpointer a, gconstpointer b, gpointer data)
{
    const Candidate *left = a;
    const Candidate *right = b;
    const Choice *choice = data;
    guint at = first_difference(choice, left, right);
    guint left_number = left->connector->object.number;
    guint right_number = right->connector->object.number;

    if (at < choice->measure_count)
        return key_order(&left->keys[at], &right->keys[at]);
    return left_number < right_number ? -1 : left_number > right_number;
}

Choice *choice_new(const Measure *measures, guint count)
{
    Choice *choice = g_new0(Choice, 1);

    choice->measures = measures;
    choice->measure_count = count;
    choice->candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
    choice->rejected = rejected_new();
    choice->ignored = g_ptr_array_new();
    choice->cut_off = g_ptr_array_new();
    return choice;
}

void choice_free(Choice *choice)
{
    if (choice == NULL)
        return;
    g_array_unref(choice->candidates);
    g_array_unref(choice->rejected);
    g_ptr_array_unref(choice->ignored);
    g_ptr_array_unref(choice->cut_off);
    g_free(choice);
}

void choice_settle(Choice *choice)
{
    g_array_sort_with_data(choice->candidates, compare_candidates, choice);
}

/* --- answers ------------------------------------------------------------------------------ */

const Candidate *choice_best(const Choice *choice)
{
    return choice->candidates->len == 0 ? NULL : &g_array_index(choice->candidates, Candidate, 0);
}

guint choice_equals(const Choice *choice)
{
    const Candidate *best = choice_best(choice);
    guint count = 0;

    while (count < choice->candidates->len &&
           first_difference(choice, best, &g_array_index(choice->candidates, Candidate, count)) ==
               choice->measure_count)
        count++;
    return count;
}

Criterion choice_criterion(const Choice *choice)
{
    guint equals = choice_equals(choice);
    const Candidate *next;

    if (equals == choice->candidates->len)
        return DECIDED_ONLY;
    next = &g_array_index(choice->candidates, Candidate, equals);
    return choice->measures[first_difference(choice, choice_best(choice), next)].criterion;
}

static void reject_candidate(const Choice *choice, GArray *list, const Candidate *candidate)
{
    const Candidate *best = choice_best(choice);
    guint at = first_difference(choice, best, candidate);
    const Measure *measure = &choice->measures[at];
    const Key *ours = &best->keys[at];
    const Key *theirs = &candidate->keys[at];
    const char *name = candidate->connector->object.name;

    if (measure->criterion == DECIDED_ADDRESS_SPACE)
        rejected_add(list, name, "address space %s is less specific than %s",
                     candidate->space->pattern, best->space->pattern);
    else if (theirs->text != NULL && theirs->value == ours->value)
        rejected_add(list, name, "%s %s > %s", measure->word, theirs->text, ours->text);
    else
        rejected_add(list, name, "%s %" G_GUINT64_FORMAT " > %" G_GUINT64_FORMAT, measure->word,
                     theirs->value, ours->value);
}

GArray *choice_rejected(const Choice *choice)
{
    GArray *list = rejected_new();

    for (guint i = choice_equals(choice); i < choice->candidates->len; i++)
        reject_candidate(choice, list, &g_array_index(choice->candidates, Candidate, i));
    rejected_extend(list, choice->rejected);
    return list;
}
