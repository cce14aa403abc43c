/* The tour of the domain partitions, after the configuration: for each of them which servers may be
 * asked, the first that lets us in and holds it, the questions, and what came of it. */
#include "source/domain-source.h"

#include "base/fault.h"
#include "source/domain-chase.h"
#include "source/domain-plan.h"
#include "source/domain-servers.h"
#include "source/locate.h"
#include "source/moment.h"
#include "source/search.h"
#include "source/uri.h"

#include <string.h>

/* Most domain controllers of one domain that are tried: a domain that is down altogether must not
 * hold up the others for long. */
enum { TRIES = 4 };

typedef struct Tour {
    Directory *directory;
    Connection *here; /* gave the configuration */
    RootDse *rootdse;
    uint32_t configuration; /* the source that remarks belong to */
    const Dn *configuration_head;
    char **names; /* of all partitions: what is referred there is not lost */
    char **attributes;
} Tour;

/* One partition under way. */
typedef struct Visit {
    const Tour *tour;
    const DomainPartition *partition;
    char *name;          /* of the head */
    uint32_t source;     /* once `entered` */
    bool entered;        /* a server has it and lets us in */
    GPtrArray *failures; /* of char: why a server was not used, or left */
} Visit;

/* How asking one server for one partition ended. */
typedef enum VisitResult {
    VISIT_DONE,
    VISIT_ELSEWHERE, /* another server may be asked */
    VISIT_OVER,      /* none may */
} VisitResult;

static const ConnectionOptions *options_of(const Tour *tour)
{
    return tour->here->options;
}

static char *failures_text(const Visit *visit)
{
    g_autoptr(GString) all = g_string_new(NULL);

    for (guint i = 0; i < visit->failures->len; i++)
        g_string_append_printf(all, "%s%s", i == 0 ? "" : "; ",
                               (const char *)g_ptr_array_index(visit->failures, i));
    return g_strdup(all->str);
}

static void add_failure(Visit *visit, const GError *failure)
{
    g_ptr_array_add(visit->failures, g_strdup(failure->message));
}

/* --- Reading from one server ----------------------------------------------------------------- */

/* The server at hand was asked already whose copy it holds. */
static void copy_database(const Visit *visit, SourceInfo *info)
{
    const Tour *tour = visit->tour;
    const SourceInfo *configuration = directory_source(tour->directory, tour->configuration);

    source_add_fact(info, "invocationId",
                    g_hash_table_lookup(configuration->facts, "invocationId"));
}

static void enter_source(Visit *visit, const Connection *connection, const RootDse *rootdse)
{
    Directory *directory = visit->tour->directory;
    SourceInfo *info;

    if (!visit->entered)
        visit->source = directory_add_source(directory, SOURCE_LDAP, connection->uri);
    visit->entered = true;
    info = directory_source(directory, visit->source);
    g_free(info->name);
    info->name = g_strdup(connection->uri);
    g_clear_pointer(&info->facts, g_hash_table_unref);
    source_add_fact(info, "base", visit->name);
    source_add_fact(info, "server", rootdse->host);
    source_add_fact(info, "boundAs", connection->bound_as);
    source_add_fact(info, "highestCommittedUSN", rootdse->committed_usn);
    source_add_fact(info, "currentTime", rootdse->time);
    if (connection == visit->tour->here)
        copy_database(visit, info);
}

static ReaderResult ask(Reader *reader, const Question *question, GError **error)
{
    if (question->subtree)
        return reader_read_subtree(reader, question->base, question->filter, error);
    reader_read_entry(reader, question->base);
    return reader->lost == NULL ? READER_DONE : READER_LOST;
}

static ReaderResult chase(const Visit *visit, Reader *reader, GError **error)
{
    return domain_chase(reader, visit->partition->head, visit->tour->configuration_head, error);
}

/* The head comes last: what the others name in this domain is asked for before it. */
static ReaderResult ask_all(Visit *visit, Reader *reader, GError **error)
{
    const Tour *tour = visit->tour;
    g_autoptr(GPtrArray)
        questions = domain_questions(tour->directory, visit->name, options_of(tour)->domain_parts);
    ReaderResult result = READER_DONE;

    for (guint i = 0; i < questions->len && result == READER_DONE; i++) {
        if (i + 1 == questions->len)
            result = chase(visit, reader, error);
        if (result == READER_DONE)
            result = ask(reader, g_ptr_array_index(questions, i), error);
    }
    return result;
}

/* What is known by name first, then what is new. Only what came tells of further names. */
static ReaderResult ask_changes(Reader *reader, const char *least, void *closure, GError **error)
{
    const Visit *visit = closure;
    g_autoptr(GPtrArray) questions = domain_changes(visit->tour->directory, visit->name,
                                                    options_of(visit->tour)->domain_parts, least);
    guint64 before = reader->entries;
    ReaderResult result = READER_DONE;

    for (guint i = 0; i < questions->len && result == READER_DONE; i++) {
        reader->choice = i == 0 ? CHOOSE_MET : CHOOSE_NEW;
        result = ask(reader, g_ptr_array_index(questions, i), error);
    }
    reader->choice = CHOOSE_ALL;
    return result == READER_DONE && reader->entries > before ? chase(visit, reader, error) : result;
}

/* All questions, and those about what changed meanwhile. */
static ReaderResult read_settled(Visit *visit, Reader *reader, RootDse *rootdse, GError **error)
{
    ReaderResult result = ask_all(visit, reader, error);

    if (result == READER_DONE && reader->lost == NULL && pace_go_on(reader->connection->pace))
        moment_settle(reader, rootdse, visit->name, ask_changes, visit);
    return result;
}

static VisitResult read_partition(Visit *visit, Connection *connection, RootDse *rootdse)
{
    const Tour *tour = visit->tour;
    g_autoptr(GError) failure = NULL;
    Reader reader = {
        .connection = connection,
        .directory = tour->directory,
        .attributes = tour->attributes,
        .partitions = tour->names,
        .paged = rootdse_has_control(rootdse, LDAP_CONTROL_PAGEDRESULTS),
        .domain_scope = rootdse_has_control(rootdse, LDAP_CONTROL_X_DOMAIN_SCOPE),
        .again = visit->entered,
    };
    ReaderResult result;

    if (!reader_has_entry(&reader, visit->name)) {
        g_ptr_array_add(visit->failures,
                        g_strdup_printf("%s does not hold it, or %s may not see it",
                                        connection->uri,
                                        connection->bound_as != NULL ? connection->bound_as
                                                                     : "an anonymous reader"));
        return VISIT_ELSEWHERE;
    }
    enter_source(visit, connection, rootdse);
    reader.source = visit->source;
    result = read_settled(visit, &reader, rootdse, &failure);
    directory_source(tour->directory, visit->source)->entries = reader.entries;
    if (result == READER_FAILED)
        add_failure(visit, failure);
    if (result == READER_LOST)
        g_ptr_array_add(visit->failures,
                        g_strdup_printf("%s: left after %" G_GUINT64_FORMAT " entries: %s",
                                        connection->uri, reader.entries, reader.lost));
    g_free(reader.lost);
    return result == READER_DONE ? VISIT_DONE
                                 : (result == READER_LOST ? VISIT_ELSEWHERE : VISIT_OVER);
}

/* --- Which servers --------------------------------------------------------------------------- */

static bool holds(const Tour *tour, const Dn *head)
{
    DnTable *names = directory_names(tour->directory);

    for (char **name = tour->rootdse->naming_contexts; name != NULL && *name != NULL; name++)
        if (dn_find(names, *name, strlen(*name)) == head)
            return true;
    return false;
}

/* The address as it would have to be for the encryption of the server at hand. A domain controller
 * has its records for port 389 alone. */
static char *protected_address(const Tour *tour, const char *uri)
{
    g_autofree char *host = uri_host(uri);
    const char *port = strrchr(uri, ':') + 1;

    if (!uri_is_encrypted(tour->here->uri) || host == NULL)
        return g_strdup(uri);
    return g_ascii_isdigit(*port) ? g_strdup_printf("ldaps://%s:%s", host, port)
                                  : g_strdup_printf("ldaps://%s", host);
}

static void add_address(const Tour *tour, GPtrArray *addresses, const char *uri)
{
    g_autofree char *address = protected_address(tour, uri);

    if (addresses->len < TRIES &&
        !g_ptr_array_find_with_equal_func(addresses, address, g_str_equal, NULL))
        g_ptr_array_add(addresses, g_steal_pointer(&address));
}

/* Domain controllers by DNS, then by the configuration. */
static GPtrArray *addresses_of(Visit *visit)
{
    const Tour *tour = visit->tour;
    const char *site = options_of(tour)->dc_site;
    GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *domain = g_strdup_printf("domain:%s", visit->partition->dns);
    g_autoptr(GError) failure = NULL;
    g_auto(GStrv) servers = NULL;

    if (visit->partition->dns != NULL && locate_check(domain, site, NULL))
        servers = locate_servers(domain, site, &failure);
    for (char **server = servers; server != NULL && *server != NULL; server++)
        add_address(tour, addresses, *server);
    for (guint i = 0; i < visit->partition->hosts->len; i++) {
        const char *host = g_ptr_array_index(visit->partition->hosts, i);
        g_autofree char *uri = g_strdup_printf("ldap://%s", host);

        if (locate_is_host(host))
            add_address(tour, addresses, uri);
    }
    if (addresses->len == 0 && failure != NULL)
        add_failure(visit, failure);
    return addresses;
}

static VisitResult ask_server(Visit *visit, const char *address)
{
    const Tour *tour = visit->tour;
    g_autoptr(GError) failure = NULL;
    bool elsewhere = false;
    int code = LDAP_SUCCESS;
    g_autoptr(Connection) connection = NULL;
    g_autoptr(RootDse) rootdse = NULL;

    tour->here->pace->server = address;
    connection = connection_open(address, options_of(tour), tour->here->pace, &elsewhere, &failure);
    if (connection == NULL) {
        add_failure(visit, failure);
        return elsewhere ? VISIT_ELSEWHERE : VISIT_OVER;
    }
    rootdse = rootdse_read(connection, &code);
    if (rootdse != NULL)
        return read_partition(visit, connection, rootdse);
    connection_fault(connection, code, "read what the server holds", &failure);
    add_failure(visit, failure);
    return VISIT_ELSEWHERE;
}

static VisitResult ask_others(Visit *visit)
{
    Pace *pace = visit->tour->here->pace;
    g_autoptr(GPtrArray) addresses = NULL;
    VisitResult result = VISIT_ELSEWHERE;

    if (uri_is_local(visit->tour->here->uri)) {
        g_ptr_array_add(visit->failures,
                        g_strdup("the server at hand does not hold it, and from a local socket no "
                                 "other one is asked"));
        return VISIT_OVER;
    }
    addresses = addresses_of(visit);
    for (guint i = 0; i < addresses->len && result == VISIT_ELSEWHERE && pace_go_on(pace); i++)
        result = ask_server(visit, g_ptr_array_index(addresses, i));
    pace->server = visit->tour->here->uri;
    if (visit->failures->len == 0)
        g_ptr_array_add(visit->failures,
                        g_strdup(pace_go_on(pace) ? "no domain controller of it is known"
                                                  : "the time limit was over"));
    return result;
}

/* --- What came of it ------------------------------------------------------------------------- */

/* Said of the configuration's source, for there is no other. */
static void remark_unread(const Visit *visit)
{
    const Tour *tour = visit->tour;
    g_autofree char *failures = failures_text(visit);
    Origin origin = {.source = tour->configuration};

    diagnose(directory_diagnostics(tour->directory), DIAGNOSTIC_WARNING, origin,
             "the domain partition %s was not read, and rules that look into it do without it: %s",
             visit->name, failures);
}

static void remark_part(const Visit *visit)
{
    const Tour *tour = visit->tour;
    g_autofree char *failures = failures_text(visit);
    Origin origin = {.source = visit->source};

    diagnose(directory_diagnostics(tour->directory), DIAGNOSTIC_ERROR, origin,
             "the domain partition %s was read in part: %s", visit->name, failures);
    directory_set_incomplete(tour->directory, visit->source);
}

/* Servers passed over or left, once another one gave everything. */
static void mention_failures(const Visit *visit)
{
    const Tour *tour = visit->tour;
    g_autofree char *failures = failures_text(visit);
    Origin origin = {.source = visit->source};

    if (visit->failures->len == 0)
        return;
    source_add_fact(directory_source(tour->directory, visit->source), "notUsed", failures);
    diagnose(directory_diagnostics(tour->directory), DIAGNOSTIC_NOTE, origin, "not used: %s",
             failures);
}

static void visit_partition(const Tour *tour, const DomainPartition *partition)
{
    g_autoptr(GPtrArray) failures = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *name = dn_text(partition->head);
    Visit visit = {.tour = tour, .partition = partition, .name = name, .failures = failures};
    VisitResult result = VISIT_ELSEWHERE;

    if (holds(tour, partition->head))
        result = read_partition(&visit, tour->here, tour->rootdse);
    if (result == VISIT_ELSEWHERE)
        result = ask_others(&visit);
    if (result == VISIT_DONE)
        mention_failures(&visit);
    else if (visit.entered)
        remark_part(&visit);
    else
        remark_unread(&visit);
}

/* Another source may have given the head already: an export beside the server. */
static void visit_all(const Tour *tour)
{
    g_autoptr(GPtrArray) partitions = domain_partitions(tour->directory, tour->configuration_head);

    for (guint i = 0; i < partitions->len; i++) {
        const DomainPartition *partition = g_ptr_array_index(partitions, i);

        if (partition->head->entry == NULL)
            visit_partition(tour, partition);
    }
}

bool domain_sources_read(Directory *directory, Connection *here, RootDse *rootdse, const char *base,
                         uint32_t source, GError **error)
{
    const Dn *head = dn_find(directory_names(directory), base, strlen(base));
    g_auto(GStrv) names = partition_names(directory);
    g_autofree char **attributes = plan_attributes();
    const Tour tour = {.directory = directory,
                       .here = here,
                       .rootdse = rootdse,
                       .configuration = source,
                       .configuration_head = head,
                       .names = names,
                       .attributes = attributes};

    if (here->options->domain_parts == 0 || head == NULL)
        return true;
    visit_all(&tour);
    if (here->pace->halt != HALT_ASKED)
        return true;
    g_set_error(error, FAULT, FAULT_SOURCE,
                "%s: the reading was stopped after %" G_GUINT64_FORMAT
                " entries, as asked; nothing was judged",
                here->uri, here->pace->entries);
    return false;
}
