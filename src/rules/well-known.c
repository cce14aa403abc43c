/* otherWellKnownObjects: DN-Binary values, decoded here because only a few rules ask for them. */
#include "rules/well-known.h"

#include "rules/absence.h"

#include <string.h>

/* "B:32:" before and ":" behind the digits. */
enum { PREFIX = 5, TARGET = PREFIX + WELL_KNOWN_GUID + 1 };

static char *pointer_text(const Value *value)
{
    return value_text(value, ATTR_otherWellKnownObjects);
}

static bool has_pointer_form(const char *text)
{
    return g_ascii_strncasecmp(text, "B:32:", PREFIX) == 0 && strlen(text) > TARGET &&
           text[TARGET - 1] == ':';
}

static bool bears_guid(const char *text, const char *guid)
{
    return has_pointer_form(text) && g_ascii_strncasecmp(text + PREFIX, guid, WELL_KNOWN_GUID) == 0;
}

static ReferenceState target_state(Directory *directory, const char *name, const Entry **entry)
{
    const Dn *dn = dn_find(directory_names(directory), name, strlen(name));

    if (strstr(name, "\\0ADEL:") != NULL)
        return REFERENCE_DELETED;
    if (strstr(name, "\\0ACNF:") != NULL)
        return REFERENCE_CONFLICT;
    if (dn != NULL && dn->entry != NULL) {
        *entry = dn->entry;
        return REFERENCE_LIVE;
    }
    return absence_is_sure(directory, name, CLASS_group) ? REFERENCE_MISSING : REFERENCE_UNSEEN;
}

static WellKnown follow(Directory *directory, const Entry *holder, const Value *value)
{
    g_autofree char *text = pointer_text(value);
    WellKnown pointer = {.holder = holder, .value = value, .state = REFERENCE_MALFORMED};

    if (has_pointer_form(text))
        pointer.state = target_state(directory, text + TARGET, &pointer.entry);
    return pointer;
}

static void take_from(GArray *pointers, Directory *directory, ClassId holders)
{
    FOR_EACH(const Entry, entry, directory_of_class(directory, holders)) {
        guint count;
        const Value *values = entry_values(entry, ATTR_otherWellKnownObjects, &count);

        for (guint i = 0; i < count; i++) {
            WellKnown pointer = follow(directory, entry, &values[i]);

            g_array_append_val(pointers, pointer);
        }
    }
}

GArray *well_known_all(const Topology *topology)
{
    GArray *pointers = g_array_new(FALSE, FALSE, sizeof(WellKnown));

    take_from(pointers, topology->directory, CLASS_msExchConfigurationContainer);
    take_from(pointers, topology->directory, CLASS_configuration);
    return pointers;
}

WellKnown well_known_find(const Topology *topology, const char *guid)
{
    g_autoptr(GArray) pointers = well_known_all(topology);
    WellKnown absent = {.state = REFERENCE_ABSENT};

    for (guint i = 0; i < pointers->len; i++) {
        const WellKnown *pointer = &g_array_index(pointers, WellKnown, i);
        g_autofree char *text = pointer_text(pointer->value);

        if (bears_guid(text, guid))
            return *pointer;
        if (absent.holder == NULL)
            absent.holder = pointer->holder;
    }
    return absent;
}

char *well_known_target(const WellKnown *pointer)
{
    g_autofree char *text = pointer_text(pointer->value);

    return g_strdup(has_pointer_form(text) ? text + TARGET : text);
}
