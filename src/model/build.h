#ifndef ADTOPO_MODEL_BUILD_H
#define ADTOPO_MODEL_BUILD_H

#include "model/topology.h"

/*
 * What the files of the model share while a topology is built. First every object is decoded, so
 * that each entry that counts points to its object; then the link functions, in the order below,
 * connect the objects. Objects set aside have no object and are thus found by no link.
 */

/* What is to be told of an object beside the fields of its entry: it may point to objects of kinds
 * that are made before, and changes none; text goes into `arena`. */
typedef void (*ObjectDescribe)(Arena *arena, Object *object);

void server_describe(Arena *arena, Object *object);

/* A new list that topology_free() gives back, the second with room for `size` items. */
GPtrArray *list_new(Topology *topology);
GPtrArray *list_new_sized(Topology *topology, guint size);

/* Adds to *list, making it first when it is NULL. */
void list_add(Topology *topology, GPtrArray **list, void *item);

/* Puts objects of one kind in the order of their names and drops repeats. */
void list_settle(GPtrArray *list);

/* The object of the entry called `dn` when the entry's class is or derives from `id`; NULL
 * otherwise, and for a NULL name. The class decides the type: msExchExchangeServer is a Server,
 * and so on. */
void *object_at(const Dn *dn, ClassId id);

/* The object of class `id` nearest above `dn`, not counting `dn`; NULL when none was read. */
void *object_above(const Dn *dn, ClassId id);

/* What a value refers to; NULL where that is nothing, or not of the class. */
void *object_referred(const Value *value, ClassId id);

/* The server that a name denotes: its own, or that of the thing below a server that it names. NULL
 * for what is deleted, and where no server was read. */
Server *server_at(const Dn *dn);

void link_organizations(Topology *topology); /* and administrative and routing groups */
void link_sites(Topology *topology);         /* and links, bridges, subnets, domain controllers */
void link_servers(Topology *topology);       /* to groups and sites; what lies below them */
void link_connectors(Topology *topology);

/* Says of which costs routing makes something else than what was read. */
void remark_costs(const Topology *topology);

#endif
