#ifndef ADTOPO_DIRECTORY_AHEAD_H
#define ADTOPO_DIRECTORY_AHEAD_H

#include "directory/entry.h"

#include <glib.h>

/*
 * Asking memory for what a loop comes to next. Entries and names lie where they were read, in an
 * order that no processor guesses: a loop over a hundred thousand of them would wait for each one.
 * What is asked for changes no result.
 */

/* Inline whatever it costs: a compiler that finds a function without effect drops its calls. */
#define AHEAD_FUNCTION static inline __attribute__((always_inline))

/* How many places, and how long a line of memory is. */
enum { AHEAD_NEXT = 8, AHEAD_NEAR = 16, AHEAD_FAR = 32, AHEAD_LINE = 64 };

AHEAD_FUNCTION void ahead_of(const void *memory, size_t size)
{
    __builtin_prefetch(memory);
    __builtin_prefetch((const char *)memory + size - 1);
}

/* A text that is read from its beginning; of a long one the processor asks for the rest itself. */
AHEAD_FUNCTION void ahead_text(const char *text, size_t length)
{
    enum { LINES = 4 };

    for (size_t i = 0; i < MIN(length, (size_t)(LINES * AHEAD_LINE)); i += AHEAD_LINE)
        __builtin_prefetch(text + i);
}

AHEAD_FUNCTION void ahead_entry(const Entry *entry)
{
    ahead_of(entry, sizeof *entry);
}

/* The values of an entry that is there already. */
AHEAD_FUNCTION void ahead_entry_values(const Entry *entry)
{
    for (uint32_t i = 0; i < entry->count; i += AHEAD_LINE / sizeof *entry->values)
        __builtin_prefetch(entry->values + i);
}

/* The first value of one attribute; and its bytes or name, when the value is there already. */
AHEAD_FUNCTION void ahead_value(const Entry *entry, AttributeId attribute)
{
    __builtin_prefetch(entry_value(entry, attribute));
}

AHEAD_FUNCTION void ahead_value_target(const Entry *entry, AttributeId attribute)
{
    const Value *value = entry_value(entry, attribute);

    if (value != NULL && value->length > 0)
        ahead_of(value->of.bytes, value->length == VALUE_IS_NAME ? sizeof(Dn) : value->length);
}

/* In a loop over an array of Entry that ends before the one with number `end`, at the one with
 * number `at`: entries to come, and the names of those that are nearer. */
AHEAD_FUNCTION void ahead_entries(const GPtrArray *entries, guint at, guint end)
{
    if (at + AHEAD_FAR >= end)
        return;
    ahead_entry(entries->pdata[at + AHEAD_FAR]);
    ahead_of(((const Entry *)entries->pdata[at + AHEAD_NEAR])->dn, sizeof(Dn));
}

/* The same where values are looked at too. */
AHEAD_FUNCTION void ahead_values(const GPtrArray *entries, guint at, guint end)
{
    ahead_entries(entries, at, end);
    if (at + AHEAD_NEAR < end)
        ahead_entry_values(entries->pdata[at + AHEAD_NEAR]);
}

/* The same where one attribute is looked at. */
AHEAD_FUNCTION void ahead_attribute(const GPtrArray *entries, guint at, AttributeId attribute)
{
    if (at + AHEAD_FAR >= entries->len)
        return;
    ahead_entry(entries->pdata[at + AHEAD_FAR]);
    ahead_value(entries->pdata[at + AHEAD_NEAR], attribute);
    ahead_value_target(entries->pdata[at + AHEAD_NEXT], attribute);
}

/* The same in a loop over an array of Dn, with the values of the names. */
AHEAD_FUNCTION void ahead_names(const GPtrArray *names, guint at)
{
    if (at + AHEAD_FAR >= names->len)
        return;
    ahead_of(names->pdata[at + AHEAD_FAR], sizeof(Dn));
    __builtin_prefetch(((const Dn *)names->pdata[at + AHEAD_NEAR])->value);
}

#endif
