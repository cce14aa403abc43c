/*
 * A server that is not to be trusted, for the tests of what a reader makes of one.
 *
 *     RECORD=FILE false-server MODE [ARGUMENT]...
 *
 * listens on a free port of 127.0.0.1 and prints its number. Every connection, and every name and
 * password offered, becomes a line of FILE. Modes:
 *
 *   objects N             a configuration partition of N containers, by pages of 500
 *   cookie N              the same, but refuses to give the second page
 *   late N, busy N        the same, because of the time limit, or of too much to do
 *   shrink N              the same objects, but pages of one object and of none behind the first
 *   ranges N              N sites and a link with all of them, 1,500 at a time
 *   stuck                 a site link whose second range is the first again
 *   gone                  a site link that is deleted before the second range is asked for
 *   referral URI          answers every search with a referral
 *   reference URI         one object, and the rest is said to be on another server
 *   bind-referral URI     answers a bind with a referral
 *   junk                  answers with what is no LDAP
 *   broken                an entry whose inner lengths do not fit
 *   huge                  announces a message of 2 GB and sends it
 *   false-tls             agrees to StartTLS and goes on in the clear
 *   cut PORT BYTES        passes on to a server on PORT, and hangs up after BYTES of its answers
 *   stall PORT BYTES      the same, but falls silent
 */
#include <arpa/inet.h>
#include <glib.h>
#include <lber.h>
#include <ldap.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define BASE "CN=Configuration,DC=contoso,DC=test"

enum { PAGE = 500, RANGE = 1500, CHUNK = 16384 };

typedef struct Request {
    ber_int_t id;
    ber_tag_t tag;
    ber_int_t scope;
    char *name; /* of a bind or the base of a search; libldap's memory */
    char *password;
    char *attribute; /* the first one asked for */
} Request;

typedef struct Server Server;

typedef void (*Answer)(Server *server, const Request *request);

struct Server {
    const char *mode;
    const char *argument;
    const char *second;
    const char *record;
    Answer search;
    Sockbuf *buffer;
    int socket;
    unsigned searches; /* of this connection, rootDSE aside */
    long sent;         /* objects */
};

static void note(const Server *server, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void note(const Server *server, const char *format, ...)
{
    FILE *file = server->record == NULL ? NULL : fopen(server->record, "a");
    va_list arguments;

    if (file == NULL)
        return;
    va_start(arguments, format);
    vfprintf(file, format, arguments);
    va_end(arguments);
    fputc('\n', file);
    fclose(file);
}

/* --- Messages -------------------------------------------------------------------------------- */

static void flush(Server *server, BerElement *ber)
{
    if (ber_flush2(server->buffer, ber, LBER_FLUSH_FREE_ALWAYS) != 0)
        exit(0);
}

static void send_result(Server *server, const Request *request, ber_tag_t tag, int code,
                        const char *text, const char *referral)
{
    BerElement *ber = ber_alloc_t(LBER_USE_DER);

    ber_printf(ber, "{it{ess", request->id, tag, code, "", text);
    if (referral != NULL)
        ber_printf(ber, "t{s}", (ber_tag_t)LDAP_TAG_REFERRAL, referral);
    ber_printf(ber, "}}");
    flush(server, ber);
}

/* The end of a page. */
static void send_page_end(Server *server, const Request *request, const char *cookie)
{
    BerElement *ber = ber_alloc_t(LBER_USE_DER);
    BerElement *value = ber_alloc_t(LBER_USE_DER);
    struct berval page;

    ber_printf(value, "{is}", 0, cookie);
    ber_flatten2(value, &page, 0);
    ber_printf(ber, "{it{ess}t{{sO}}}", request->id, (ber_tag_t)LDAP_RES_SEARCH_RESULT, 0, "", "",
               (ber_tag_t)LDAP_TAG_CONTROLS, LDAP_CONTROL_PAGEDRESULTS, &page);
    ber_free(value, 1);
    flush(server, ber);
}

static BerElement *begin_entry(const Request *request, const char *name)
{
    BerElement *ber = ber_alloc_t(LBER_USE_DER);

    ber_printf(ber, "{it{s{", request->id, (ber_tag_t)LDAP_RES_SEARCH_ENTRY, name);
    return ber;
}

static void end_entry(Server *server, BerElement *ber)
{
    ber_printf(ber, "}}}");
    flush(server, ber);
}

static void send_object(Server *server, const Request *request, const char *name, const char *kind)
{
    BerElement *ber = begin_entry(request, name);

    ber_printf(ber, "{s[ss]}", "objectClass", "top", kind);
    end_entry(server, ber);
}

static void send_rootdse(Server *server, const Request *request)
{
    BerElement *ber = begin_entry(request, "");

    ber_printf(ber, "{s[s]}", "configurationNamingContext", BASE);
    ber_printf(ber, "{s[s]}", "schemaNamingContext", "CN=Schema," BASE);
    ber_printf(ber, "{s[s]}", "supportedControl", LDAP_CONTROL_PAGEDRESULTS);
    end_entry(server, ber);
    send_result(server, request, LDAP_RES_SEARCH_RESULT, 0, "", NULL);
}

/* --- Answers to searches --------------------------------------------------------------------- */

/* What the modes say to the second page; NULL for the others. */
typedef struct Refusal {
    const char *mode;
    int code;
    const char *text;
} Refusal;

static const Refusal *refusal_of(const char *mode)
{
    static const Refusal refusals[] = {
        {"cookie", LDAP_UNWILLING_TO_PERFORM,
         "00000057: LdapErr: DSID-0C0907C4, comment: Error processing control"},
        {"late", LDAP_TIMELIMIT_EXCEEDED, ""},
        {"busy", LDAP_BUSY, ""},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++)
        if (strcmp(refusals[i].mode, mode) == 0)
            return &refusals[i];
    return NULL;
}

/* A server that becomes short of something: after the first page one object, none, one, none, … */
static int page_size(const Server *server)
{
    if (strcmp(server->mode, "shrink") != 0 || server->searches == 1)
        return PAGE;
    return server->searches % 2 == 0;
}

static void answer_objects(Server *server, const Request *request)
{
    long all = atol(server->argument);
    const Refusal *refusal = refusal_of(server->mode);
    int size = page_size(server);

    if (refusal != NULL && server->sent > 0) {
        send_result(server, request, LDAP_RES_SEARCH_RESULT, refusal->code, refusal->text, NULL);
        return;
    }
    if (server->sent == 0)
        send_object(server, request, BASE, "configuration");
    for (int i = 0; i < size && server->sent < all; i++) {
        char name[80];

        snprintf(name, sizeof name, "CN=Object %ld," BASE, server->sent++);
        send_object(server, request, name, "container");
    }
    send_page_end(server, request, server->sent < all ? "more" : "");
}

static void send_range(Server *server, const Request *request, long first, long all, bool named)
{
    BerElement *ber = begin_entry(request, "CN=Link,CN=IP,CN=Inter-Site Transports,CN=Sites," BASE);
    long last = MIN(first + RANGE, all) - 1;
    char option[64];

    snprintf(option, sizeof option,
             last + 1 < all ? "siteList;range=%ld-%ld" : "siteList;range=%ld-*", first, last);
    if (named)
        ber_printf(ber, "{s[ss]}{s[]}", "objectClass", "top", "siteLink", "siteList");
    ber_printf(ber, "{s[", option);
    for (long i = first; i <= last; i++) {
        char name[80];

        snprintf(name, sizeof name, "CN=Site%ld,CN=Sites," BASE, i);
        ber_printf(ber, "s", name);
    }
    ber_printf(ber, "]}");
    end_entry(server, ber);
}

/* The continuation is a base search for "siteList;range=1500-*". */
static void answer_ranges(Server *server, const Request *request)
{
    bool stuck = strcmp(server->mode, "stuck") == 0;
    bool gone = strcmp(server->mode, "gone") == 0;
    long all = stuck || gone ? 2L * RANGE : atol(server->argument);
    const char *option = request->attribute == NULL ? NULL : strstr(request->attribute, ";range=");

    if (option != NULL && gone) {
        send_result(server, request, LDAP_RES_SEARCH_RESULT, LDAP_NO_SUCH_OBJECT, "", NULL);
        return;
    }
    if (option != NULL) {
        send_range(server, request, stuck ? 0 : atol(option + strlen(";range=")), all, false);
    } else if (request->scope == LDAP_SCOPE_SUBTREE) {
        send_object(server, request, BASE, "configuration");
        for (long i = 0; i < all; i++) {
            char name[80];

            snprintf(name, sizeof name, "CN=Site%ld,CN=Sites," BASE, i);
            send_object(server, request, name, "site");
        }
        send_range(server, request, 0, all, true);
    }
    send_page_end(server, request, "");
}

static void answer_referral(Server *server, const Request *request)
{
    send_result(server, request, LDAP_RES_SEARCH_RESULT, LDAP_REFERRAL, "", server->argument);
}

static void answer_reference(Server *server, const Request *request)
{
    BerElement *ber = ber_alloc_t(LBER_USE_DER);

    send_object(server, request, BASE, "configuration");
    ber_printf(ber, "{it{s}}", request->id, (ber_tag_t)LDAP_RES_SEARCH_REFERENCE, server->argument);
    flush(server, ber);
    send_page_end(server, request, "");
}

static void send_bytes(Server *server, const void *bytes, size_t length)
{
    if (write(server->socket, bytes, length) != (ssize_t)length)
        exit(0);
}

static void answer_junk(Server *server, const Request *request)
{
    static const char junk[] = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";

    (void)request;
    send_bytes(server, junk, sizeof junk - 1);
    sleep(1);
    exit(0);
}

/* A message whose entry claims an attribute of 2 GB inside forty bytes. */
static void answer_broken(Server *server, const Request *request)
{
    const guint8 message[] = {0x30, 0x1d, 0x02, 0x01, (guint8)request->id,
                              0x64, 0x18, 0x04, 0x04, 'D',
                              'C',  '=',  'x',  0x30, 0x10,
                              0x30, 0x0e, 0x04, 0x84, 0x7f,
                              0xff, 0xff, 0xff, 'c',  'n',
                              0x31, 0x03, 0x04, 0x01, 'x',
                              'x'};

    send_object(server, request, BASE, "configuration");
    send_bytes(server, message, sizeof message);
    send_page_end(server, request, "");
}

static void answer_huge(Server *server, const Request *request)
{
    static const guint8 zeros[CHUNK];
    const guint8 head[] = {0x30, 0x84, 0x7f, 0xff, 0xff, 0xf0, 0x02, 0x01, (guint8)request->id};

    send_bytes(server, head, sizeof head);
    for (;;)
        send_bytes(server, zeros, sizeof zeros);
}

static const struct {
    const char *mode;
    Answer search;
} modes[] = {
    {"objects", answer_objects},   {"cookie", answer_objects},        {"ranges", answer_ranges},
    {"gone", answer_ranges},       {"late", answer_objects},          {"busy", answer_objects},
    {"shrink", answer_objects},    {"stuck", answer_ranges},          {"junk", answer_junk},
    {"referral", answer_referral}, {"reference", answer_reference},   {"huge", answer_huge},
    {"broken", answer_broken},     {"bind-referral", answer_objects}, {"false-tls", answer_objects},
};

static Answer search_of(const char *mode)
{
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++)
        if (strcmp(modes[i].mode, mode) == 0)
            return modes[i].search;
    return NULL;
}

/* --- A session ------------------------------------------------------------------------------- */

static void take_search(BerElement *ber, Request *request)
{
    ber_int_t number;
    struct berval filter;

    ber_scanf(ber, "{aee", &request->name, &request->scope, &number);
    ber_scanf(ber, "iib", &number, &number, &number);
    if (ber_skip_element(ber, &filter) != LBER_ERROR)
        ber_scanf(ber, "{a", &request->attribute);
}

static bool take_request(Server *server, Request *request)
{
    BerElement *ber = ber_alloc_t(LBER_USE_DER);
    ber_len_t length;
    ber_int_t version;

    *request = (Request){0};
    if (ber_get_next(server->buffer, &length, ber) != LDAP_TAG_MESSAGE)
        return false;
    ber_scanf(ber, "it", &request->id, &request->tag);
    if (request->tag == LDAP_REQ_BIND)
        ber_scanf(ber, "{iaa}", &version, &request->name, &request->password);
    else if (request->tag == LDAP_REQ_SEARCH)
        take_search(ber, request);
    ber_free(ber, 1);
    return request->tag != LDAP_REQ_UNBIND;
}

static void answer_bind(Server *server, const Request *request)
{
    bool refer = strcmp(server->mode, "bind-referral") == 0;

    if (request->name != NULL && *request->name != '\0')
        note(server, "credentials %s %s", request->name, request->password);
    send_result(server, request, LDAP_RES_BIND, refer ? LDAP_REFERRAL : 0, "",
                refer ? server->argument : NULL);
}

static void answer_search(Server *server, const Request *request)
{
    bool rootdse = request->name == NULL || *request->name == '\0';
    bool aside = request->name != NULL && strncmp(request->name, "CN=Schema", 9) == 0;
    bool marker = request->name != NULL && strstr(request->name, "Schema-Version") != NULL;

    if (rootdse && strcmp(server->mode, "junk") != 0)
        send_rootdse(server, request);
    else if (aside || marker)
        send_result(server, request, LDAP_RES_SEARCH_RESULT, LDAP_NO_SUCH_OBJECT, "", NULL);
    else
        server->search(server, request);
}

static void answer_extended(Server *server, const Request *request)
{
    bool agree = strcmp(server->mode, "false-tls") == 0;

    send_result(server, request, LDAP_RES_EXTENDED, agree ? 0 : LDAP_PROTOCOL_ERROR,
                agree ? "" : "unsupported extended operation", NULL);
}

static void serve(Server *server)
{
    const int at_once = 1;
    Request request;

    setsockopt(server->socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    server->buffer = ber_sockbuf_alloc();
    ber_sockbuf_add_io(server->buffer, &ber_sockbuf_io_tcp, LBER_SBIOD_LEVEL_PROVIDER,
                       &server->socket);
    while (take_request(server, &request)) {
        switch (request.tag) {
        case LDAP_REQ_BIND:
            answer_bind(server, &request);
            break;
        case LDAP_REQ_SEARCH:
            answer_search(server, &request);
            break;
        case LDAP_REQ_EXTENDED:
            answer_extended(server, &request);
            break;
        case LDAP_REQ_ABANDON:
            note(server, "abandon");
            break;
        default:
            note(server, "request %lx", request.tag);
        }
        ber_memfree(request.name);
        ber_memfree(request.password);
        ber_memfree(request.attribute);
    }
    note(server, "goodbye");
}

/* --- Passing on ------------------------------------------------------------------------------ */

static struct sockaddr_in local_address(const char *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)atoi(port));
    return address;
}

/* FALSE at the end of `from`. */
static bool copy_some(int from, int to, size_t most, size_t *copied)
{
    char chunk[CHUNK];
    ssize_t length = read(from, chunk, MIN(sizeof chunk, most));

    if (length <= 0 || write(to, chunk, (size_t)length) != length)
        return false;
    *copied += (size_t)length;
    return true;
}

static void pass_on(const Server *server)
{
    struct sockaddr_in address = local_address(server->argument);
    int other = socket(AF_INET, SOCK_STREAM, 0);
    size_t limit = (size_t)atol(server->second);
    size_t answered = 0;
    size_t asked = 0;

    if (connect(other, (struct sockaddr *)&address, sizeof address) != 0)
        return;
    while (answered < limit) {
        struct pollfd waits[] = {{server->socket, POLLIN, 0}, {other, POLLIN, 0}};

        poll(waits, 2, -1);
        if (waits[0].revents != 0 && !copy_some(server->socket, other, CHUNK, &asked))
            return;
        if (waits[1].revents != 0 && !copy_some(other, server->socket, limit - answered, &answered))
            return;
    }
    if (strcmp(server->mode, "stall") == 0)
        while (copy_some(server->socket, STDERR_FILENO, CHUNK, &asked))
            continue;
}

/* --- The whole ------------------------------------------------------------------------------- */

static int listen_locally(void)
{
    struct sockaddr_in address = local_address("0");
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 16) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        exit(1);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

int main(int count, char **words)
{
    Server server = {.mode = count > 1 ? words[1] : "",
                     .argument = count > 2 ? words[2] : "",
                     .second = count > 3 ? words[3] : "",
                     .record = getenv("RECORD")};
    bool passes = strcmp(server.mode, "cut") == 0 || strcmp(server.mode, "stall") == 0;
    int listener;

    server.search = search_of(server.mode);
    if (server.search == NULL && !passes)
        return 2;
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    listener = listen_locally();
    for (;;) {
        server.socket = accept(listener, NULL, NULL);
        if (fork() == 0) {
            note(&server, "connection");
            if (passes)
                pass_on(&server);
            else
                serve(&server);
            return 0;
        }
        close(server.socket);
    }
}
