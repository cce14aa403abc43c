/*
 * An entry that a server sent: out of libldap's message, completed where attributes came in ranges,
 * and into the directory. Values are handed on where libldap received them, without a copy; a
 * message is freed after its entry was admitted.
 */
#include "source/search-entry.h"

#include "source/range.h"

/* --- One entry ------------------------------------------------------------------------------- */

static void add_value(Search *search, AttributeId attribute, const struct berval *value)
{
    RecordValue taken = {
        .data = value->bv_val, .length = (uint32_t)value->bv_len, .attribute = (uint16_t)attribute};

    g_array_append_val(search->values, taken);
}

/* An attribute of which only a part came: its name, and where the rest begins. */
typedef struct Rest {
    AttributeId attribute;
    guint64 next;
} Rest;

/* Walks the attributes of an entry. The values of the wanted one (of any when ATTR_NONE) are
 * appended; a part that is not the last is noted in `rests`. Returns libldap's result. */
static int take_attributes(Search *search, LDAPMessage *entry, BerElement *ber, GArray *rests)
{
    LDAP *handle = search->reader->connection->handle;

    for (;;) {
        struct berval name = {0, NULL};
        struct berval *values = NULL;
        AttributeRange range;
        AttributeId id;
        int result = ldap_get_attribute_ber(handle, entry, ber, &name, &values);

        if (result != LDAP_SUCCESS || name.bv_val == NULL)
            return result;
        id = attribute_lookup(name.bv_val, attribute_name_length(name.bv_val, name.bv_len));
        for (const struct berval *value = values;
             id != ATTR_NONE && value != NULL && value->bv_val != NULL; value++)
            add_value(search, id, value);
        ber_memfree(values);
        if (id != ATTR_NONE && attribute_range(name.bv_val, name.bv_len, &range) && !range.final) {
            Rest rest = {id, range.last + 1};

            g_array_append_val(rests, rest);
        }
    }
}

/* The name and values of an entry. FALSE when its encoding is broken. */
static bool take_entry(Search *search, LDAPMessage *entry, struct berval *dn, GArray *rests)
{
    LDAP *handle = search->reader->connection->handle;
    BerElement *ber = NULL;
    int result = ldap_get_dn_ber(handle, entry, &ber, dn);

    if (result == LDAP_SUCCESS)
        result = take_attributes(search, entry, ber, rests);
    ber_free(ber, 0);
    return result == LDAP_SUCCESS;
}

/* --- Ranges ---------------------------------------------------------------------------------- */

/* Asks for the part of an attribute that begins at `rest->next`. Its values join those of the entry
 * at hand, and `rest->next` becomes the place where the next part begins, 0 at the end. A result
 * other than LDAP_SUCCESS when it did not come. */
static int fetch_part(Search *search, const char *dn, Rest *rest)
{
    g_autofree char *name = g_strdup_printf("%s;range=%" G_GUINT64_FORMAT "-*",
                                            attribute_table[rest->attribute].name, rest->next);
    char *names[] = {name, NULL};
    g_autoptr(GArray) rests = g_array_new(FALSE, FALSE, sizeof(Rest));
    Connection *connection = search->reader->connection;
    LDAPMessage *answer = NULL;
    LDAPMessage *entry;
    struct berval ignored;
    guint before = search->values->len;
    int result = connection_ask(connection, dn, names, &answer);

    if (answer != NULL)
        g_ptr_array_add(search->messages, answer);
    if (result != LDAP_SUCCESS)
        return result;
    entry = ldap_first_entry(connection->handle, answer);
    if (entry == NULL || !take_entry(search, entry, &ignored, rests) ||
        search->values->len == before)
        return LDAP_OTHER;
    rest->next = rests->len == 0 ? 0 : g_array_index(rests, Rest, 0).next;
    return LDAP_SUCCESS;
}

static void mark_truncated(Search *search, AttributeId attribute)
{
    for (guint i = 0; i < search->values->len; i++) {
        RecordValue *value = &g_array_index(search->values, RecordValue, i);

        if (value->attribute == attribute)
            value->truncated = true;
    }
}

/* Part by part until the last one. A server that does not move on is left. */
static void complete_attribute(Search *search, const char *dn, Rest *rest)
{
    while (rest->next != 0 && search->failure == LDAP_SUCCESS) {
        guint64 asked = rest->next;
        int result = fetch_part(search, dn, rest);

        if (result == LDAP_SUCCESS && (rest->next == 0 || rest->next > asked))
            continue;
        if (connection_is_broken(result)) {
            search->failure = result;
            return;
        }
        mark_truncated(search, rest->attribute);
        reader_lose(search->reader,
                    "%s: only the first %" G_GUINT64_FORMAT " values of %s came; the server did "
                    "not give the rest",
                    dn, asked, attribute_table[rest->attribute].name);
        return;
    }
}

/* --- Into the directory ---------------------------------------------------------------------- */

static bool was_given(const Reader *reader, const Dn *name)
{
    return name != NULL && name->entry != NULL && name->entry->source == reader->source;
}

/* Whether this source gave the object before, in a reading that is being repeated. */
static bool is_second(const Reader *reader, const struct berval *dn)
{
    DnTable *names = directory_names(reader->directory);

    return reader->again &&
           was_given(reader, dn_intern_record(names, dn->bv_val, dn->bv_len, NULL));
}

static bool is_chosen(const Reader *reader, const struct berval *dn)
{
    const Dn *name;

    if (reader->choice == CHOOSE_ALL)
        return true;
    name = dn_find(directory_names(reader->directory), dn->bv_val, dn->bv_len);
    return reader->choice == CHOOSE_MET ? name != NULL : !was_given(reader, name);
}

static void admit(Search *search, const struct berval *dn)
{
    Reader *reader = search->reader;
    Record record = {.dn = dn->bv_val,
                     .dn_length = (uint32_t)dn->bv_len,
                     .values = (const RecordValue *)(void *)search->values->data,
                     .count = search->values->len};

    if (is_second(reader, dn))
        directory_replace(reader->directory, reader->source, &record);
    else
        directory_admit(reader->directory, reader->source, &record);
    reader->entries++;
    search->taken++;
}

/* Takes over an entry with a sound name, unless it is not wanted. */
static void take_chosen(Search *search, const struct berval *dn, const GArray *rests)
{
    g_autofree char *name = g_strndup(dn->bv_val, dn->bv_len);

    search->empty = 0;
    search->reader->connection->pace->entries++;
    if (!is_chosen(search->reader, dn)) {
        search->reader->passed_over++;
        return;
    }
    for (guint i = 0; i < rests->len; i++)
        complete_attribute(search, name, &g_array_index(rests, Rest, i));
    if (search->failure == LDAP_SUCCESS)
        admit(search, dn);
}

/* Takes over the message. */
void search_take_entry(Search *search, LDAPMessage *message)
{
    g_autoptr(GArray) rests = g_array_new(FALSE, FALSE, sizeof(Rest));
    struct berval dn = {0, NULL};

    g_ptr_array_add(search->messages, message);
    if (take_entry(search, message, &dn, rests))
        take_chosen(search, &dn, rests);
    else
        reader_lose(search->reader, "an entry that the server sent is malformed and was left out");
    g_array_set_size(search->values, 0);
    g_ptr_array_set_size(search->messages, 0);
}
