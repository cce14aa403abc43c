/*
 * The LDIF reader: any bytes, as content and as changes, each laid over what the other made. Every
 * entry that comes out has to be whole: its values lie in memory that can be read, sorted, and its
 * name can be printed.
 */
#include "directory/directory.h"
#include "fuzz.h"
#include "source/change.h"
#include "source/overlay.h"
#include "source/source.h"

/* Small enough for packed zeros to be no work, large enough for several pieces. */
static const FileLimits limits = {.size = 8 << 20};

static void check_entry(const Entry *entry)
{
    g_autofree char *name = dn_text(entry->dn);

    g_assert(name != NULL && *name != '\0');
    g_assert(entry->dn->entry == entry);
    for (uint32_t i = 0; i < entry->count; i++) {
        g_autofree char *text = value_text(&entry->values[i], (AttributeId)entry->attributes[i]);

        g_assert(text != NULL);
        g_assert(i == 0 || entry->attributes[i - 1] <= entry->attributes[i]);
    }
}

static void check_directory(Directory *directory)
{
    const GPtrArray *entries;

    directory_seal(directory);
    entries = directory_entries(directory);
    for (guint i = 0; i < entries->len; i++) {
        check_entry(g_ptr_array_index(entries, i));
        g_assert(i == 0 || dn_compare(((Entry *)g_ptr_array_index(entries, i - 1))->dn,
                                      ((Entry *)g_ptr_array_index(entries, i))->dn) <= 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(Directory) directory = directory_new();
    g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
    char *path = fuzz_file(data, size);

    file_source_read(directory, path, &limits, changes, NULL);
    overlay_apply(directory, changes, NULL);
    g_ptr_array_set_size(changes, 0);
    file_changes_read(directory, path, &limits, changes, NULL);
    overlay_apply(directory, changes, NULL);
    fuzz_file_free(path);
    check_directory(directory);
    return 0;
}
