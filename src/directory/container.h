#ifndef ADTOPO_DIRECTORY_CONTAINER_H
#define ADTOPO_DIRECTORY_CONTAINER_H

#include "directory/dn.h"
#include "directory/vocabulary.h"

#include <stdbool.h>

/*
 * The containers that exist wherever their parent does, as setup and Active Directory create them.
 * When one of them was not read, nobody looked; what it holds tells what a lost record was.
 */
typedef struct Container {
    const char *name;
    const char *within; /* the name of the object above it, or of the one above that; NULL: any */
    ClassId holds;      /* the class of most of its children; CLASS_NONE: this and that */
} Container;

/* Whether any of them is called that, letter case ignored, wherever it may stand. */
bool container_is_known(const char *name);

/* The container that bears this name, by its place and not by its class; NULL: none of these. */
const Container *container_at(const Dn *dn);

/* What an object of this name most likely is, as its place tells; CLASS_NONE where it does not. */
ClassId class_by_place(const Dn *dn);

/* The head of the configuration partition that the name lies in, or is; NULL outside of any. */
Dn *configuration_above(Dn *dn);

#endif
