/*
 * Searching a server, page by page, and what came of it. Each way in which an answer can be less
 * than the whole ends in reader_lose(), so that a partial reading never looks complete.
 */
#include "source/search.h"

#include "base/fault.h"
#include "source/plan.h"
#include "source/refusal.h"
#include "source/search-entry.h"

#include <stdarg.h>
#include <string.h>

/* Active Directory may send empty pages while it looks for matches; a server that sends nothing
 * else is broken. */
enum { EMPTY_PAGES = 1000 };

/* What follows the first is for servers that refuse it (OpenLDAP's size.pr); 0 is no paging. */
static const int page_sizes[] = {PLAN_PAGE, 100, 0};

static void free_message(gpointer message)
{
    ldap_msgfree(message);
}

static void search_init(Search *search, Reader *reader, const char *base, int scope,
                        const char *filter)
{
    *search = (Search){.reader = reader,
                       .base = base,
                       .scope = scope,
                       .filter = filter,
                       .attributes = reader->attributes,
                       .message = -1};
    search->messages = g_ptr_array_new_with_free_func(free_message);
    search->values = g_array_new(FALSE, FALSE, sizeof(RecordValue));
}

static void search_clear(Search *search)
{
    ber_bvfree(search->cookie);
    g_ptr_array_unref(search->messages);
    g_array_unref(search->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Search, search_clear)

void reader_lose(Reader *reader, const char *format, ...)
{
    Origin origin = {.source = reader->source};
    g_autofree char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    diagnose(directory_diagnostics(reader->directory), DIAGNOSTIC_ERROR, origin, "%s", text);
    directory_set_incomplete(reader->directory, reader->source);
}

/* --- Asking ---------------------------------------------------------------------------------- */

static LDAPControl *page_control(Search *search)
{
    LDAPControl *control = NULL;

    if (search->page_size > 0)
        ldap_create_page_control(search->reader->connection->handle, search->page_size,
                                 search->cookie, 0, &control);
    return control;
}

static LDAPControl *scope_control(const Search *search)
{
    LDAPControl *control = NULL;

    if (search->reader->domain_scope)
        ldap_control_create(LDAP_CONTROL_X_DOMAIN_SCOPE, 0, NULL, 0, &control);
    return control;
}

/* Sends the question for the first or the next page, when it is time for it. */
static int search_send(Search *search)
{
    LDAPControl *page = page_control(search);
    LDAPControl *scope = scope_control(search);
    LDAPControl *controls[3] = {NULL};
    int count = 0;
    int result = LDAP_USER_CANCELLED;

    if (page != NULL)
        controls[count++] = page;
    if (scope != NULL)
        controls[count++] = scope;
    if (pace_rest(search->reader->connection->pace))
        result = ldap_search_ext(search->reader->connection->handle, search->base, search->scope,
                                 search->filter, search->attributes, 0, controls, NULL, NULL,
                                 LDAP_NO_LIMIT, &search->message);
    ldap_control_free(page);
    ldap_control_free(scope);
    return result;
}

/* Takes what a page's last message says: the result of the search and where the next page is. */
static int search_finish(Search *search, LDAPMessage *message, char **text)
{
    LDAP *handle = search->reader->connection->handle;
    LDAPControl **controls = NULL;
    LDAPControl *page;
    struct berval *cookie = NULL;
    int result = LDAP_OTHER;
    int parsed = ldap_parse_result(handle, message, &result, NULL, text, NULL, &controls, 0);

    g_clear_pointer(&search->cookie, ber_bvfree);
    if (parsed != LDAP_SUCCESS)
        return parsed;
    page = ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, NULL);
    if (page != NULL) {
        ber_int_t estimate = 0;
        struct berval place = {0, NULL};

        parsed = ldap_parse_pageresponse_control(handle, page, &estimate, &place);
        if (parsed == LDAP_SUCCESS && place.bv_len > 0 && search->page_size > 0)
            cookie = ber_bvdup(&place);
        ber_memfree(place.bv_val);
    }
    ldap_controls_free(controls);
    search->cookie = cookie;
    return result == LDAP_SUCCESS ? parsed : result;
}

/* --- The messages of an answer --------------------------------------------------------------- */

static bool is_other_partition(const Reader *reader, const char *name)
{
    if (reader->schema != NULL && g_ascii_strcasecmp(name, reader->schema) == 0)
        return true;
    for (char **partition = reader->partitions; partition != NULL && *partition != NULL;
         partition++)
        if (g_ascii_strcasecmp(name, *partition) == 0)
            return true;
    return false;
}

/* Whether a referral leads to the schema below the configuration, or to another partition below a
 * domain, which are asked separately. */
static bool leads_to_partition(const Reader *reader, const char *uri)
{
    LDAPURLDesc *parts = NULL;
    bool partition;

    if (ldap_url_parse(uri, &parts) != LDAP_URL_SUCCESS)
        return false;
    partition = parts->lud_dn != NULL && is_other_partition(reader, parts->lud_dn);
    ldap_free_urldesc(parts);
    return partition;
}

/* Takes over the message. The other server is never asked: it could be anyone. */
static void handle_reference(Search *search, LDAPMessage *message)
{
    char **uris = NULL;

    ldap_parse_reference(search->reader->connection->handle, message, &uris, NULL, 1);
    if (uris == NULL || !leads_to_partition(search->reader, uris[0]))
        reader_lose(search->reader, "a part of %s is on another server and was not read: %s",
                    search->base, uris != NULL && uris[0] != NULL ? uris[0] : "(no address given)");
    ber_memvfree((void **)uris);
}

static bool too_many(const Reader *reader)
{
    guint64 limit = reader->connection->options->entries;

    return reader->entries + reader->passed_over > (limit != 0 ? limit : SERVER_MAX_ENTRIES);
}

static int abandon(Search *search, int result)
{
    ldap_abandon_ext(search->reader->connection->handle, search->message, NULL, NULL);
    return result;
}

/* Why to stop between two messages of an answer; LDAP_SUCCESS for going on. */
static int stop_reason(Search *search)
{
    if (search->failure != LDAP_SUCCESS)
        return search->failure;
    if (!pace_go_on(search->reader->connection->pace))
        return LDAP_USER_CANCELLED;
    search->overrun = too_many(search->reader);
    return search->overrun ? LDAP_SIZELIMIT_EXCEEDED : LDAP_SUCCESS;
}

/* Takes a message over. TRUE for the last one of the page, whose result is then in `*result`. */
static bool take_message(Search *search, LDAPMessage *message, int *result, char **text)
{
    switch (ldap_msgtype(message)) {
    case LDAP_RES_SEARCH_ENTRY:
        search_take_entry(search, message);
        return false;
    case LDAP_RES_SEARCH_REFERENCE:
        handle_reference(search, message);
        return false;
    case LDAP_RES_SEARCH_RESULT:
        *result = search_finish(search, message, text);
        ldap_msgfree(message);
        return true;
    default: /* an intermediate response says nothing that is asked for */
        ldap_msgfree(message);
        return false;
    }
}

/* Takes the messages of one page. Returns the result of the search. `*text` is the server's
 * explanation, NULL when the connection failed. */
static int take_page(Search *search, char **text)
{
    search->empty++;
    for (;;) {
        LDAPMessage *message = NULL;
        int result = connection_wait(search->reader->connection, search->message, false, &message);

        if (result != LDAP_SUCCESS || take_message(search, message, &result, text))
            return result;
        result = stop_reason(search);
        if (result != LDAP_SUCCESS)
            return abandon(search, result);
    }
}

/* All pages. The result is that of the last one. */
static int take_pages(Search *search, char **text)
{
    do {
        int result = search_send(search);

        if (result == LDAP_SUCCESS)
            result = take_page(search, text);
        if (result != LDAP_SUCCESS)
            return result;
    } while (search->cookie != NULL && search->empty < EMPTY_PAGES);
    return search->cookie == NULL ? LDAP_SUCCESS : LDAP_TIMEOUT;
}

/* Whether the server refused the page and not the question. */
static bool refuses_page(const Search *search, int result)
{
    if (search->page_size == 0 || search->taken > 0)
        return false;
    return result == LDAP_ADMINLIMIT_EXCEEDED || result == LDAP_UNWILLING_TO_PERFORM ||
           result == LDAP_SIZELIMIT_EXCEEDED || result == LDAP_UNAVAILABLE_CRITICAL_EXTENSION;
}

/* All pages, of the largest size that the server gives. */
static int take_all(Search *search, char **text)
{
    int result = LDAP_OTHER;

    for (size_t i = 0; i < G_N_ELEMENTS(page_sizes); i++) {
        search->page_size = search->reader->paged
                                ? pace_page(search->reader->connection->pace, page_sizes[i])
                                : 0;
        g_clear_pointer(text, ldap_memfree);
        result = take_pages(search, text);
        if (!refuses_page(search, result))
            break;
    }
    return result;
}

/* --- The reader ------------------------------------------------------------------------------ */

static ReaderResult fail(const Search *search, const char *refusal, GError **error)
{
    const Reader *reader = search->reader;
    const char *uri = reader->connection->uri;

    if (search->overrun)
        g_set_error(error, FAULT, FAULT_LIMIT,
                    "%s: more than %" G_GUINT64_FORMAT " entries below %s; choose a narrower base "
                    "with -b",
                    uri, reader->entries + reader->passed_over - 1, search->base);
    else
        g_set_error(error, FAULT, FAULT_SOURCE, "%s: cannot read %s: %s", uri, search->base,
                    refusal);
    return READER_FAILED;
}

static void lose_to_time(Reader *reader, const char *base)
{
    reader_lose(reader,
                "%s was read in part or not at all: the time limit of %u seconds was over; raise "
                "--time-limit",
                base, reader->connection->pace->watch->time_limit);
}

/* The time is over: what came is all there is. Or somebody wants an end, and gets it. */
static ReaderResult halt(Search *search, GError **error)
{
    Reader *reader = search->reader;
    bool time = reader->connection->pace->halt == HALT_TIME;

    if (time && reader->entries > 0) {
        lose_to_time(reader, search->base);
        return READER_DONE;
    }
    g_set_error(error, FAULT, FAULT_SOURCE,
                "%s: the reading was stopped after %" G_GUINT64_FORMAT " entries, %s",
                reader->connection->uri, reader->entries,
                time ? "because the time limit was over; raise --time-limit"
                     : "as asked; nothing was judged");
    return READER_FAILED;
}

static ReaderResult reader_end(Search *search, int result, const char *text, GError **error)
{
    Reader *reader = search->reader;
    g_autofree char *refusal = NULL;

    if (result == LDAP_SUCCESS)
        return READER_DONE;
    if (result == LDAP_USER_CANCELLED)
        return halt(search, error);
    refusal = connection_refusal(reader->connection, result, text);
    if (connection_is_broken(result) || refusal_is_temporary(result)) {
        reader->lost = g_steal_pointer(&refusal);
        return READER_LOST;
    }
    if (search->taken == 0 || search->overrun)
        return fail(search, refusal, error);
    reader_lose(reader, "%s was read in part, %" G_GUINT64_FORMAT " entries: %s", search->base,
                search->taken, refusal);
    return READER_DONE;
}

ReaderResult reader_read_subtree(Reader *reader, const char *base, const char *filter,
                                 GError **error)
{
    g_auto(Search) search;
    char *text = NULL;
    int result;
    ReaderResult end;

    search_init(&search, reader, base, LDAP_SCOPE_SUBTREE, filter);
    result = take_all(&search, &text);
    end = reader_end(&search, result, text, error);
    ldap_memfree(text);
    return end;
}

void reader_read_entry(Reader *reader, const char *base)
{
    g_auto(Search) search;
    g_autofree char *refusal = NULL;
    char *text = NULL;
    int result;

    if (reader->lost != NULL)
        return;
    search_init(&search, reader, base, LDAP_SCOPE_BASE, PLAN_ANY);
    result = take_pages(&search, &text);
    if (result == LDAP_USER_CANCELLED && reader->connection->pace->halt == HALT_TIME)
        lose_to_time(reader, base);
    else if (result != LDAP_SUCCESS && result != LDAP_NO_SUCH_OBJECT)
        refusal = connection_refusal(reader->connection, result, text);
    ldap_memfree(text);
    if (refusal != NULL && connection_is_broken(result))
        reader->lost = g_steal_pointer(&refusal);
    else if (refusal != NULL)
        reader_lose(reader, "%s could not be read: %s", base, refusal);
}

bool reader_has_entry(Reader *reader, const char *base)
{
    g_autoptr(Question) question = plan_question(QUESTION_PROBE, base);
    LDAPMessage *answer = NULL;
    int result = connection_ask(reader->connection, base, question->attributes, &answer);
    bool there = result == LDAP_SUCCESS &&
                 ldap_count_entries(reader->connection->handle, answer) == 1;

    ldap_msgfree(answer);
    return there;
}
