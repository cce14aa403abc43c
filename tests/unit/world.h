/* Small random topologies for tests that take things out of them: each is made of lines of text
 * (tests/unit/sketch.h), so that a thing can really be removed. */
#ifndef ADTOPO_TESTS_WORLD_H
#define ADTOPO_TESTS_WORLD_H

#include "routing/sweep.h"

#include <glib.h>

/* A topology and all its ways. */
typedef struct World {
    GPtrArray *lines;
    Topology *topology;
    Router *router;
    GHashTable *ways;
    const Sweep *sweep; /* of it, once there is one */
} World;

/* A seed alone makes it. */
World *world_random(guint seed);

/* Takes the lines over. */
World *world_new(GPtrArray *lines);
void world_free(World *world);

/* The lines without one thing. A site, and a server that its line brings along, leave their place
 * behind. The caller unrefs. */
GPtrArray *lines_without(const GPtrArray *lines, SweepKind kind, const char *name);

#endif
