/* What a server that is not to be trusted answers to searches: a configuration partition of little
 * content, in each of the ways in which a server can be wrong, slow or malicious. */
#include "false-server.h"

#include <ldap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BASE "CN=Configuration,DC=contoso,DC=test"

enum { PAGE = 500, RANGE = 1500, CHUNK = 16384 };

/* --- Messages -------------------------------------------------------------------------------- */

static void flush(Server *server, BerElement *ber)
{
    if (ber_flush2(server->buffer, ber, LBER_FLUSH_FREE_ALWAYS) != 0)
        exit(0);
}

void send_result(Server *server, const Request *request, ber_tag_t tag, int code, const char *text,
                 const char *referral)
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

void send_rootdse(Server *server, const Request *request)
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

Answer search_of(const char *mode)
{
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++)
        if (strcmp(modes[i].mode, mode) == 0)
            return modes[i].search;
    return NULL;
}
