#ifndef ADTOPO_RULES_SIGHT_H
#define ADTOPO_RULES_SIGHT_H

#include "model/topology.h"

/*
 * What the reader was evidently not allowed to see. Active Directory shows an account without
 * rights objects without their attributes, or none at all, and calls that success (MS-ADTS
 * section 3.1.1.4.3): by default every user may list Exchange's containers and read next to
 * nothing in them.
 *
 * In words, for the report; NULL when nothing is evident or there is no organisation. The caller
 * frees it. A rule that is silent in such a reading has not passed.
 */
char *sight_missing(const Topology *topology);

#endif
