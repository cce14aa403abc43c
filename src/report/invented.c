/* The registry of invented names: tables from what was met to what stands for it. */
#include "report/invented.h"

#include "base/fold.h"
#include "model/object.h"
#include "report/escape.h"

#include <string.h>

/* Where routing compares an invented name with an official one, it has to come out on the side on
 * which the real name stood. Both official names begin like this. */
static const char official[] = "exchange ";

/* In front of the numbers: one word before "exchange", one behind it. */
static const char before_official[] = "alias";
static const char behind_official[] = "name";

/* Names of that length are common; longer ones may be too long for something. */
enum { SHORT_NAME = 15 };

typedef struct Name {
    char *key; /* folded */
    char *real;
    const char *mark;
    char *invented;
} Name;

struct Invented {
    GHashTable *names;     /* key -> Name */
    GPtrArray *ordered;    /* of Name, once settled in order */
    GHashTable *guids;     /* GBytes -> number from 1, once settled */
    GArray *addresses;     /* of uint8_t[ADDRESS_BYTES] */
    GHashTable *addressed; /* GBytes: those in `addresses` */
    bool settled;
};

/* Addresses that mean something: every address, this machine, the last one of each family. */
static const uint8_t fixed_addresses[][ADDRESS_BYTES] = {
    {0},
    {[15] = 1},
    {[10] = 0xff, [11] = 0xff},
    {[10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1},
    {[10] = 0xff, [11] = 0xff, [12] = 0xff, [13] = 0xff, [14] = 0xff, [15] = 0xff},
    {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff},
};

static void free_name(gpointer data)
{
    Name *name = data;

    g_free(name->key);
    g_free(name->real);
    g_free(name->invented);
    g_free(name);
}

static GHashTable *bytes_table(void)
{
    return g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
}

Invented *invented_new(void)
{
    Invented *invented = g_new0(Invented, 1);

    invented->names = g_hash_table_new(g_str_hash, g_str_equal);
    invented->ordered = g_ptr_array_new_with_free_func(free_name);
    invented->guids = bytes_table();
    invented->addressed = bytes_table();
    invented->addresses = g_array_new(FALSE, FALSE, ADDRESS_BYTES);
    return invented;
}

void invented_free(Invented *invented)
{
    if (invented == NULL)
        return;
    g_hash_table_unref(invented->names);
    g_ptr_array_unref(invented->ordered);
    g_hash_table_unref(invented->guids);
    g_hash_table_unref(invented->addressed);
    g_array_unref(invented->addresses);
    g_free(invented);
}

/* --- names -------------------------------------------------------------------------------- */

static void note_name(Invented *invented, char *key, const char *text, gsize length,
                      const char *mark)
{
    Name *name;

    if (g_hash_table_contains(invented->names, key)) {
        g_free(key);
        return;
    }
    name = g_new0(Name, 1);
    name->key = key;
    name->real = g_strndup(text, length);
    name->mark = mark;
    g_hash_table_insert(invented->names, key, name);
    g_ptr_array_add(invented->ordered, name);
}

void invented_append_name(Invented *invented, GString *out, const char *text, gsize length,
                          const char *mark)
{
    GString *folded = g_string_new(NULL);
    g_autofree char *key = NULL;
    const Name *name;

    fold_append(folded, text, length);
    key = g_string_free(folded, FALSE);
    if (!invented->settled) {
        note_name(invented, g_steal_pointer(&key), text, length, mark);
        return;
    }
    name = g_hash_table_lookup(invented->names, key);
    g_string_append(out, name != NULL ? name->invented : behind_official);
}

static bool has_foreign_letters(const char *text)
{
    for (; *text != '\0'; text++)
        if ((*text & 0x80) != 0)
            return true;
    return false;
}

static void invent_name(Name *name, guint number, int digits)
{
    GString *text = g_string_new(NULL);
    gsize length = strchr(name->real, ' ') != NULL ? 0 : strlen(name->real);

    g_string_append_printf(text, "%s%0*u",
                           strcmp(name->key, official) < 0 ? before_official : behind_official,
                           digits, number);
    if (has_foreign_letters(name->real))
        g_string_append(text, "\u00fc");
    while (length > SHORT_NAME && text->len < length)
        g_string_append_c(text, 'x');
    if (name->mark != NULL)
        g_string_append_printf(text, " (%s)", name->mark);
    name->invented = g_string_free(text, FALSE);
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    const Name *left = *(const Name *const *)a;
    const Name *right = *(const Name *const *)b;

    return strcmp(left->key, right->key);
}

static int digits_of(guint number)
{
    int digits = 1;

    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

static void settle_names(Invented *invented)
{
    int digits = digits_of(invented->ordered->len);

    g_ptr_array_sort(invented->ordered, compare_names);
    for (guint i = 0; i < invented->ordered->len; i++)
        invent_name(g_ptr_array_index(invented->ordered, i), i + 1, digits);
}

/* --- GUIDs -------------------------------------------------------------------------------- */

static gint compare_bytes(gconstpointer a, gconstpointer b)
{
    return g_bytes_compare(a, b);
}

static void settle_guids(Invented *invented)
{
    GList *guids = g_list_sort(g_hash_table_get_keys(invented->guids), compare_bytes);
    guint number = 0;

    for (GList *guid = guids; guid != NULL; guid = guid->next)
        g_hash_table_insert(invented->guids, g_bytes_ref(guid->data), GUINT_TO_POINTER(++number));
    g_list_free(guids);
}

/* The number in the last bytes, which every form of writing shows in this order. */
static void number_guid(uint8_t *guid, guint number)
{
    memset(guid, 0, GUID_BYTES);
    for (guint i = 0; i < sizeof number; i++)
        guid[GUID_BYTES - 1 - i] = (uint8_t)(number >> (8 * i));
}

void invented_replace_guid(Invented *invented, uint8_t *guid)
{
    GBytes *bytes = g_bytes_new(guid, GUID_BYTES);

    if (invented->settled) {
        number_guid(guid, GPOINTER_TO_UINT(g_hash_table_lookup(invented->guids, bytes)));
        g_bytes_unref(bytes);
    } else {
        g_hash_table_insert(invented->guids, bytes, NULL);
    }
}

/* --- addresses ---------------------------------------------------------------------------- */

/* The first bit in which two addresses differ; that behind the last where they do not. */
static guint first_difference(const uint8_t *a, const uint8_t *b)
{
    for (guint i = 0; i < ADDRESS_BYTES; i++)
        if (a[i] != b[i])
            return 8 * i + 8 - g_bit_storage((gulong)(a[i] ^ b[i]));
    return 8 * ADDRESS_BYTES;
}

static void copy_bit(uint8_t *to, const uint8_t *from, guint bit)
{
    if (bit < 8 * ADDRESS_BYTES)
        to[bit / 8] = (uint8_t)(to[bit / 8] | (from[bit / 8] & (0x80 >> bit % 8)));
}

static void note_address(Invented *invented, const uint8_t *address)
{
    GBytes *bytes = g_bytes_new(address, ADDRESS_BYTES);

    if (g_hash_table_add(invented->addressed, bytes))
        g_array_append_vals(invented->addresses, address, 1);
}

/* As seen from an address, those with a fixed meaning and all others branch off at certain bits.
 * These bits, and what the former share with it, are all that has to stay. */
static void replace_address(const Invented *invented, uint8_t *address)
{
    uint8_t replaced[ADDRESS_BYTES] = {0};
    const uint8_t *all = (const uint8_t *)(const void *)invented->addresses->data;

    for (guint i = 0; i < G_N_ELEMENTS(fixed_addresses); i++)
        for (guint bit = 0; bit <= first_difference(address, fixed_addresses[i]); bit++)
            copy_bit(replaced, address, bit);
    for (guint i = 0; i < invented->addresses->len; i++)
        copy_bit(replaced, address, first_difference(address, all + i * ADDRESS_BYTES));
    memcpy(address, replaced, ADDRESS_BYTES);
}

void invented_replace_address(Invented *invented, uint8_t *address)
{
    if (invented->settled)
        replace_address(invented, address);
    else
        note_address(invented, address);
}

/* --- the whole ---------------------------------------------------------------------------- */

void invented_settle(Invented *invented)
{
    settle_names(invented);
    settle_guids(invented);
    invented->settled = true;
}

static void write_pair(Writer *out, const char *real, const char *invented)
{
    g_autofree char *left = escape_text(real);
    g_autofree char *right = escape_text(invented);

    writer_print(out, "%s\t%s\n", left, right);
}

static void write_guids(const Invented *invented, Writer *out)
{
    GList *guids = g_list_sort(g_hash_table_get_keys(invented->guids), compare_bytes);

    for (GList *guid = guids; guid != NULL; guid = guid->next) {
        uint8_t number[GUID_BYTES];
        g_autofree char *left = guid_text(g_bytes_get_data(guid->data, NULL));
        g_autofree char *right = NULL;

        number_guid(number, GPOINTER_TO_UINT(g_hash_table_lookup(invented->guids, guid->data)));
        right = guid_text(number);
        write_pair(out, left, right);
    }
    g_list_free(guids);
}

static void write_addresses(const Invented *invented, Writer *out)
{
    for (guint i = 0; i < invented->addresses->len; i++) {
        const uint8_t *real = (const uint8_t *)(const void *)invented->addresses->data +
                              i * ADDRESS_BYTES;
        uint8_t replaced[ADDRESS_BYTES];
        g_autofree char *left = address_text(real);
        g_autofree char *right = NULL;

        memcpy(replaced, real, sizeof replaced);
        replace_address(invented, replaced);
        right = address_text(replaced);
        write_pair(out, left, right);
    }
}

void invented_write(const Invented *invented, Writer *out)
{
    FOR_EACH(const Name, name, invented->ordered)
        write_pair(out, name->real, name->invented);
    write_guids(invented, out);
    write_addresses(invented, out);
}
