#ifndef ADTOPO_LIVE_FALSE_SERVER_H
#define ADTOPO_LIVE_FALSE_SERVER_H

#include <glib.h>
#include <lber.h>
#include <netinet/in.h>
#include <stdbool.h>

/* What was asked. */
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

/* One connection, with the words of the command line. */
struct Server {
    const char *mode;
    const char *argument;
    const char *second;
    const char *third;
    const char *record; /* name of the file for note(); or NULL */
    Answer search;
    Sockbuf *buffer;
    int socket;
    unsigned searches; /* of this connection, rootDSE aside */
    long sent;         /* objects */
};

/* A line of the record. */
void note(const Server *server, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The end of an answer; `referral` may be NULL. */
void send_result(Server *server, const Request *request, ber_tag_t tag, int code, const char *text,
                 const char *referral);

void send_rootdse(Server *server, const Request *request);

/* How a mode answers searches; NULL: there is no such mode. */
Answer search_of(const char *mode);

/* Whether a mode passes on to another server instead. */
bool passes_on(const char *mode);
void pass_on(const Server *server);

/* An address of this machine; `port` is a number. */
struct sockaddr_in local_address(const char *port);

#endif
