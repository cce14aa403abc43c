#ifndef ADTOPO_RULES_WAYS_SIGHT_H
#define ADTOPO_RULES_WAYS_SIGHT_H

#include "model/topology.h"

/*
 * What the ways of mail hang on and evidently was not seen, a sentence each (of char) without a
 * full stop; empty where all was seen. An answer that rests on absence ("unreachable", "need not be
 * suppressed") is none while something is in it.
 *
 * The test is narrower than that of the rules (rules/sight.h). Of sites and routing groups routing
 * wants nothing but that they are there: objects of these classes that show only their names hide
 * nothing from it. Of servers, site links and connectors it wants attributes that every sound
 * object carries, or every one of its generation or kind; these count as unseen where there are
 * such objects and not one of them shows the attribute. Classes of which nothing came although
 * something tells of them always count, and so do lost records and names that lead out of what was
 * read. The caller unrefs.
 */
GPtrArray *ways_sight(const Topology *topology);

#endif
