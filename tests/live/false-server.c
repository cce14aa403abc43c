/*
 * A server that is not to be trusted, for the tests of what a reader makes of one. What it answers
 * is in false-answers.c, how it passes on to another server in false-relay.c.
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
 *   tell PORT TEXT COMMAND  passes all on, but runs COMMAND before a question with TEXT in it
 */
#include "false-server.h"

#include <arpa/inet.h>
#include <ldap.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void note(const Server *server, const char *format, ...)
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
                     .third = count > 4 ? words[4] : "",
                     .record = getenv("RECORD")};
    bool passes = passes_on(server.mode);
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
