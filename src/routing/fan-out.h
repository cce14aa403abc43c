#ifndef ADTOPO_ROUTING_FAN_OUT_H
#define ADTOPO_ROUTING_FAN_OUT_H

#include "routing/failures.h"
#include "routing/route.h"

/*
 * One message with several recipients (delayed fan-out, as the Exchange help on planning to use
 * Active Directory sites for routing mail has it): a copy travels as far as the ways of its
 * recipients are the same, and the last common site that carries mail splits it, again and again.
 * In the 2003 world every group on the way takes the message in, so the same holds.
 *
 * Takes one route for each recipient, all from one source, and answers the route of the message:
 * copies, forks and transfers, and where a fork is down, the recipients behind it wait.
 */
Route *fan_out(GPtrArray *routes, const Failures *failures);

#endif
