/*
 * Interning of distinguished names. A name is taken apart from the left and interned from the
 * right, so that each relative name finds its parent already there; a small cache of texts seen
 * lately makes the usual case (ten thousand siblings, one site named by all of them) one
 * comparison.
 */
#include "directory/dn.h"

#include "base/fault.h"
#include "base/fold.h"
#include "directory/rdn.h"

#include <string.h>

enum { FIRST_PLACES = 1024, CACHE_SLOTS = 512, SPELLING_SLOTS = 64 };

typedef struct CachedName {
    char *text;
    size_t length;
    size_t room;
    Dn *dn;
} CachedName;

/* Open addressing with linear probing. The hashes lie by themselves, so that a name is not looked
 * at before its hash is the wanted one. */
struct DnTable {
    Arena *arena;
    uint32_t *hashes; /* 0: an empty place */
    Dn **names;
    uint32_t places;
    uint32_t count;
    Dn root;
    GString *scratch;
    CachedName cache[CACHE_SLOTS];
    const Dn *spelt[SPELLING_SLOTS]; /* names whose values others may have too */
};

DnTable *dn_table_new(Arena *arena)
{
    DnTable *table = g_new0(DnTable, 1);

    table->arena = arena;
    table->hashes = g_new0(uint32_t, FIRST_PLACES);
    table->names = g_new(Dn *, FIRST_PLACES);
    table->places = FIRST_PLACES;
    table->scratch = g_string_new(NULL);
    table->root.type = table->root.value = "";
    return table;
}

void dn_table_free(DnTable *table)
{
    if (table == NULL)
        return;
    for (guint i = 0; i < CACHE_SLOTS; i++)
        g_free(table->cache[i].text);
    g_string_free(table->scratch, TRUE);
    g_free(table->hashes);
    g_free(table->names);
    g_free(table);
}

/* --- the cache of texts ------------------------------------------------------------------- */

/* Names differ most at their front; eight bytes there and the length tell them apart well
 * enough. */
static CachedName *cache_slot(DnTable *table, const char *text, size_t length)
{
    uint64_t front = 0;

    memcpy(&front, text, MIN(length, sizeof front));
    front = front * 0x9E3779B97F4A7C15u + length * 0x85EBCA6Bu;
    return &table->cache[(front >> 40) % CACHE_SLOTS];
}

static Dn *cache_find(DnTable *table, const char *text, size_t length)
{
    const CachedName *cached = cache_slot(table, text, length);

    if (cached->length != length || length == 0 || memcmp(cached->text, text, length) != 0)
        return NULL;
    return cached->dn;
}

static void cache_store(DnTable *table, const char *text, size_t length, Dn *dn)
{
    CachedName *cached = cache_slot(table, text, length);

    if (cached->room < length) {
        g_free(cached->text);
        cached->room = length + length / 2;
        cached->text = g_malloc(cached->room);
    }
    memcpy(cached->text, text, length);
    cached->length = length;
    cached->dn = dn;
}

/* --- interning ---------------------------------------------------------------------------- */

static const char *canonical_type(DnTable *table, const char *type, size_t length)
{
    static const char *const known[][2] = {
        {"CN", "2.5.4.3"},  {"DC", "0.9.2342.19200300.100.1.25"},
        {"OU", "2.5.4.11"}, {"O", "2.5.4.10"},
        {"L", "2.5.4.7"},   {"C", "2.5.4.6"},
    };
    char *upper;

    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        for (guint form = 0; form < 2; form++)
            if (g_ascii_strncasecmp(known[i][form], type, length) == 0 &&
                known[i][form][length] == '\0')
                return known[i][0];
    upper = arena_strndup(table->arena, type, length);
    for (size_t i = 0; i < length; i++)
        upper[i] = g_ascii_toupper(upper[i]);
    return upper;
}

static uint8_t mangling_of(const char *value, size_t length)
{
    const char *feed = memchr(value, '\n', length);
    size_t rest = feed == NULL ? 0 : length - (size_t)(feed - value) - 1;

    if (rest < 4)
        return MANGLED_NOT;
    if (memcmp(feed + 1, "CNF:", 4) == 0)
        return MANGLED_CONFLICT;
    return memcmp(feed + 1, "DEL:", 4) == 0 ? MANGLED_DELETED : MANGLED_NOT;
}

/* Where tombstones are moved to: directly below the head of a domain or configuration partition. */
static bool is_bin(const Dn *dn)
{
    const Dn *head = dn->parent;

    return dn->length == strlen("Deleted Objects") &&
           g_ascii_strcasecmp(dn->value, "Deleted Objects") == 0 &&
           (strcmp(head->type, "DC") == 0 || g_ascii_strcasecmp(head->value, "Configuration") == 0);
}

/* What a child has from its ancestors. */
static uint8_t mangling_below(const Dn *dn)
{
    if (dn->parent != NULL && is_bin(dn))
        return MANGLED_DELETED;
    return MAX(dn->mangled, dn->inherited);
}

/* Where to look for a name first: all hashes, spread over the places in their order. */
static uint32_t first_place(const DnTable *table, uint32_t hash)
{
    return (uint32_t)((uint64_t)hash * table->places >> 32);
}

static uint32_t next_place(const DnTable *table, uint32_t place)
{
    return place + 1 == table->places ? 0 : place + 1;
}

static void put(DnTable *table, uint32_t hash, Dn *dn)
{
    uint32_t place = first_place(table, hash);

    while (table->hashes[place] != 0)
        place = next_place(table, place);
    table->hashes[place] = hash;
    table->names[place] = dn;
}

/* By half: by as much again, a table that is just too small would leave most of itself empty. */
static void grow(DnTable *table)
{
    g_autofree uint32_t *hashes = table->hashes;
    g_autofree Dn **names = table->names;
    uint32_t places = table->places;

    table->places = places + places / 2;
    table->hashes = g_new0(uint32_t, table->places);
    table->names = g_new(Dn *, table->places);
    for (uint32_t i = 0; i < places; i++)
        if (hashes[i] != 0)
            put(table, hashes[i], names[i]);
}

static bool is_crowded(const DnTable *table)
{
    return (uint64_t)table->count * 5 >= (uint64_t)table->places * 4;
}

static uint32_t rdn_hash(const Dn *parent, const char *type, const char *value, size_t length)
{
    uint32_t hash = fold_hash(value, length, parent->hash + (unsigned char)type[0]);

    return hash != 0 ? hash : 1;
}

static Dn *find_child(const DnTable *table, const Dn *parent, const char *type, const char *value,
                      size_t length, uint32_t hash)
{
    for (uint32_t i = first_place(table, hash); table->hashes[i] != 0; i = next_place(table, i)) {
        Dn *dn = table->names[i];

        if (table->hashes[i] == hash && dn->parent == parent && strcmp(dn->type, type) == 0 &&
            fold_equal(dn->value, dn->length, value, length))
            return dn;
    }
    return NULL;
}

/* The same few names stand below every server: "Protocols", "SMTP", "1". They share their text. */
static const Dn **spelling_slot(DnTable *table, const char *value, size_t length)
{
    size_t sum = length;

    if (length > 0)
        sum += 7 * (size_t)(unsigned char)value[0] + 31 * (size_t)(unsigned char)value[length - 1];
    return &table->spelt[sum % SPELLING_SLOTS];
}

static void spell(DnTable *table, Dn *dn, const char *value, size_t length)
{
    const Dn **slot = spelling_slot(table, value, length);
    const Dn *last = *slot;

    if (last != NULL && last->length == length && memcmp(last->value, value, length) == 0)
        dn->value = last->value;
    else
        dn->value = arena_strndup(table->arena, value, length);
    dn->length = (uint16_t)length;
    *slot = dn;
}

static Dn *add_child(DnTable *table, Dn *parent, const char *type, const char *value, size_t length,
                     uint32_t hash)
{
    Dn *dn = arena_new_of(table->arena, Dn);

    if (is_crowded(table))
        grow(table);
    table->count++;
    parent->inner = true;
    dn->parent = parent;
    dn->type = type;
    dn->hash = hash;
    dn->depth = (uint8_t)(parent->depth + 1);
    dn->mangled = mangling_of(value, length) & MANGLING_MASK;
    dn->inherited = mangling_below(parent) & MANGLING_MASK;
    spell(table, dn, value, length);
    put(table, hash, dn);
    return dn;
}

/* Of two spellings of one name the smaller one stands, so that it does not matter which came first;
 * what the object's own record says goes before what references say. */
static void respell(DnTable *table, Dn *dn, const char *value, size_t length, bool by_record)
{
    int order = memcmp(value, dn->value, MIN(length, dn->length));
    bool equal = order == 0 && length == dn->length;
    bool smaller = order < 0 || (order == 0 && length < dn->length);

    if (!equal && (by_record != dn->spelt ? by_record : smaller))
        spell(table, dn, value, length);
    dn->spelt |= by_record;
}

static Dn *intern_child(DnTable *table, Dn *parent, const char *type, const char *value,
                        size_t length, bool by_record)
{
    uint32_t hash = rdn_hash(parent, type, value, length);
    Dn *dn = find_child(table, parent, type, value, length, hash);

    if (dn == NULL)
        dn = add_child(table, parent, type, value, length, hash);
    respell(table, dn, value, length, by_record);
    return dn;
}

static Dn *bad_name(const char *text, size_t length, GError **error)
{
    g_autofree char *shown = g_strndup(text, MIN(length, 80));

    g_set_error(error, FAULT, FAULT_SYNTAX, "\"%s\" is not a distinguished name", shown);
    return NULL;
}

static const char *rdn_value(DnTable *table, const Rdn *rdn, size_t *length)
{
    bool plain = memchr(rdn->value, '\\', rdn->value_length) == NULL && rdn->value[0] != '"';

    *length = rdn->value_length;
    if (plain || rdn->compound)
        return rdn->value;
    g_string_truncate(table->scratch, 0);
    if (!rdn_unescape(rdn->value, rdn->value_length, table->scratch) || table->scratch->len == 0)
        return NULL;
    *length = table->scratch->len;
    return table->scratch->str;
}

static Dn *intern_text(DnTable *table, const char *text, size_t length, unsigned depth,
                       GError **error);

/* The name in `text`, taken apart. Recursion ends at DN_MAX_DEPTH; a name's depth is looked at as
 * well, because a parent out of the cache costs no recursion. */
static Dn *intern_parts(DnTable *table, const char *text, size_t length, unsigned depth,
                        bool by_record, GError **error)
{
    Dn *parent = &table->root;
    const char *value;
    size_t value_length;
    Dn *dn;
    Rdn rdn;

    if (depth >= DN_MAX_DEPTH || !rdn_split(text, length, &rdn))
        return bad_name(text, length, error);
    if (rdn.end < length) {
        size_t rest = rdn_skip_blanks(text, rdn.end + 1, length);

        parent = intern_text(table, text + rest, length - rest, depth + 1, error);
        if (parent == NULL)
            return NULL;
    }
    value = rdn_value(table, &rdn, &value_length);
    if (value == NULL || parent->depth >= DN_MAX_DEPTH)
        return bad_name(text, length, error);
    dn = intern_child(table, parent, canonical_type(table, rdn.type, rdn.type_length), value,
                      value_length, by_record);
    dn->compound = rdn.compound;
    return dn;
}

/* As intern_parts(), for a name that is likely to be met again: a reference, or a parent. */
static Dn *intern_text(DnTable *table, const char *text, size_t length, unsigned depth,
                       GError **error)
{
    Dn *dn = cache_find(table, text, length);

    if (dn != NULL)
        return dn;
    dn = intern_parts(table, text, length, depth, false, error);
    if (dn != NULL)
        cache_store(table, text, length, dn);
    return dn;
}

Dn *dn_intern(DnTable *table, const char *text, size_t length, GError **error)
{
    const char *name = rdn_trim(text, &length);

    if (length > DN_MAX_LENGTH)
        return bad_name(name, length, error);
    return length == 0 ? &table->root : intern_text(table, name, length, 0, error);
}

/* Records hardly ever repeat: their names do not go through the cache, their parents' do. */
Dn *dn_intern_record(DnTable *table, const char *text, size_t length, GError **error)
{
    const char *name = rdn_trim(text, &length);

    if (length > DN_MAX_LENGTH)
        return bad_name(name, length, error);
    return length == 0 ? &table->root : intern_parts(table, name, length, 0, true, error);
}

Dn *dn_child(DnTable *table, Dn *parent, const char *type, const char *value)
{
    const char *canonical = canonical_type(table, type, strlen(type));

    return intern_child(table, parent, canonical, value, MIN(strlen(value), (size_t)DN_MAX_LENGTH),
                        false);
}

/* --- finding ------------------------------------------------------------------------------ */

static Dn *find_text(const DnTable *table, GString *scratch, const char *text, size_t length,
                     unsigned depth)
{
    const Dn *parent = &table->root;
    g_autofree char *type = NULL;
    Rdn rdn;

    if (depth >= DN_MAX_DEPTH || !rdn_split(text, length, &rdn))
        return NULL;
    if (rdn.end < length) {
        size_t rest = rdn_skip_blanks(text, rdn.end + 1, length);

        parent = find_text(table, scratch, text + rest, length - rest, depth + 1);
        if (parent == NULL)
            return NULL;
    }
    type = g_ascii_strup(rdn.type, (gssize)rdn.type_length);
    g_string_truncate(scratch, 0);
    if (rdn.compound)
        g_string_append_len(scratch, rdn.value, (gssize)rdn.value_length);
    else if (!rdn_unescape(rdn.value, rdn.value_length, scratch))
        return NULL;
    return find_child(table, parent, type, scratch->str, scratch->len,
                      rdn_hash(parent, type, scratch->str, scratch->len));
}

Dn *dn_find(const DnTable *table, const char *text, size_t length)
{
    g_autoptr(GString) scratch = g_string_new(NULL);
    const char *name = rdn_trim(text, &length);

    if (length == 0 || length > DN_MAX_LENGTH)
        return NULL;
    return find_text(table, scratch, name, length, 0);
}
