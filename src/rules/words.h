#ifndef ADTOPO_RULES_WORDS_H
#define ADTOPO_RULES_WORDS_H

#include "model/topology.h"

#include <glib.h>

/* Words that messages of several families share. Every function's result is freed by the caller. */

/* "EX03", "EX03 and EX04", "EX03, EX04 and 7 more": the names of up to six of an array of objects
 * (anything that begins with Object). Empty: "none". */
char *names_of(const GPtrArray *objects);

/* "Munich and London; Seattle": the names of up to six of an array of arrays of objects. */
char *parts_text(const GPtrArray *parts);

/* "1 server", "3 servers": the plural is the noun with an s. */
char *count_of(guint count, const char *noun);

/* The servers of `servers` (of Server) for which `wanted` holds; unref it. */
GPtrArray *servers_where(const GPtrArray *servers, bool (*wanted)(const Server *));

/* "2003 SP2", "2007 SP3", "2016": a server's product as people call it. */
char *product_of(const Server *server);

#endif
