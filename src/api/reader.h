#ifndef ADTOPO_API_READER_H
#define ADTOPO_API_READER_H

#include "api/forest.h"
#include "source/connection-options.h"

/* What stands behind the public reader, for the files of this folder only. */
struct adtopo_reader {
    GPtrArray *sources;  /* of char */
    GPtrArray *overlays; /* of Overlay, in the order given */
    GPtrArray *down;     /* of char */
    adtopo_connection connection;
    unsigned domain_parts; /* of DomainPart: what the rules look at that will judge */
};

/* The connection settings as servers are read with them; everything is borrowed. */
ConnectionOptions reader_options(const adtopo_reader *reader);

#endif
