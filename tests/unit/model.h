/* One directory and the topology made of it, for the tests of the model. */
#ifndef ADTOPO_TESTS_MODEL_H
#define ADTOPO_TESTS_MODEL_H

#include "forest.h"
#include "model/topology.h"

#define MUNICH "CN=Munich," LEGACY_ROUTING
#define SEATTLE "CN=Seattle," LEGACY_ROUTING
#define EX03 "CN=EX03," LEGACY_SERVERS
#define EX07 "CN=EX07," MODERN_SERVERS
#define VIRTUAL "CN=1,CN=SMTP,CN=Protocols,"

/* Those of the running test, from set_up() on: a directory as forest_new() makes it, and what
 * build() makes of it. */
extern Directory *directory;
extern Topology *topology;

/* A checked fixture of libcheck. */
void set_up(void);
void tear_down(void);

/* Admit a server, whose routing group may be NULL, or a routing group. */
void put_server(const char *dn, const char *serial, const char *group);
void put_2003(const char *dn, const char *group);
void put_group(const char *dn);

void build(void);

/* What the topology has under a name; connectors by their place. */
const Dn *name(const char *text);
Server *server(const char *dn);
RoutingGroup *group(const char *dn);
Connector *connector(guint number);

/* Fails unless the names of an array of objects, each followed by a blank, are as expected. */
void check_names(const GPtrArray *objects, const char *expected);

#endif
