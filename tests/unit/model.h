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

/* What servers write as their version. */
#define SERIAL_2000 "Version 6.0 (Build 6249.4: Service Pack 3)"
#define SERIAL_2003 "Version 6.5 (Build 7638.2: Service Pack 2)"
#define SERIAL_2007_RTM "Version 8.0 (Build 30685.24)"
#define SERIAL_2007 "Version 8.3 (Build 30083.6)"
#define SERIAL_2010 "Version 14.3 (Build 30123.4)"
#define SERIAL_2013 "Version 15.0 (Build 31497.2)"
#define SERIAL_2016 "Version 15.1 (Build 32507.6)"
#define SERIAL_2019 "Version 15.2 (Build 31118.7)"
#define SERIAL_SE "Version 15.2 (Build 32562.17)"

/* Those of the running test, from set_up() on: a directory as forest_new() makes it, and what
 * build() makes of it. */
extern Directory *directory;
extern Topology *topology;

/* A checked fixture of libcheck. */
void set_up(void);
void tear_down(void);

/* Admit an object of a class, with a value of one attribute. */
void put(const char *dn, const char *class_name);
void put_with(const char *dn, const char *class_name, const char *attribute, const char *value);

/* Takes an object away again, before build(). */
void lose(const char *dn);

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
