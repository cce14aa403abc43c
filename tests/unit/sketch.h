/* Small topologies for tests of routing, out of a few lines of text. */
#ifndef ADTOPO_TESTS_SKETCH_H
#define ADTOPO_TESTS_SKETCH_H

#include "model/topology.h"

/*
 * Lines, in any order but with groups and sites before what names them:
 *
 *   site NAME [hub] [bare]              with one Hub Transport server HUB-NAME, unless bare
 *   link NAME COST [exch=N] [max=KIB] [smtp] : SITE SITE…
 *   group NAME [bare]                   with one Exchange 2003 server EX-NAME, unless bare; V, the
 *                                       group of 2007, is always there
 *   server NAME 2003|2007|2010 hub|mailbox SITE|GROUP
 *   rgc NAME COST FROM TO [at=SITE] [to=SITE] [max=KIB] [restricted] [disabled]
 *                                       FROM and TO are groups; V's servers are those of the site
 *                                       given, of S otherwise
 *   send NAME SITE SPACE;COST [max=KIB] [disabled] [orphan]
 *   smtp NAME GROUP SPACE;COST [max=KIB] [disabled]
 *   joins NAME COST GROUP GROUP         an SMTP connector of the first group connected to the
 * second
 *
 *   accept DOMAIN [FLAGS]               an accepted domain of 2007
 *   lose GROUP                          takes a group's object away again
 *
 * Any line that is wrong aborts the test. The caller frees the topology.
 */
Topology *sketch_parse(const char *text);

#endif
