#ifndef ADTOPO_RULES_ASSERTION_WAYS_H
#define ADTOPO_RULES_ASSERTION_WAYS_H

#include "routing/route.h"
#include "rules/assertion-scope.h"

#include <glib.h>

/* One way of mail, held against what an assertion says of it. */

/* Asks the routing engine; what it needs for that is made once. `down` names what does not answer
 * (NULL-terminated, or NULL); what is not there is passed over. */
typedef struct WayJudge WayJudge;

WayJudge *way_judge_new(const Topology *topology, const char *const *down);
void way_judge_free(WayJudge *judge);

/* How many questions a way takes: one, and one for everything that may be lost. */
guint way_judge_questions(const WayJudge *judge, const Assertion *assertion);

/* The way of one message as things are. Route that the caller frees. */
Route *way_judge_ask(const WayJudge *judge, const AssertedPlace *from, const AssertedPlace *to);

/*
 * What is wrong with the way, in words that follow "mail from site:A to site:B": "does not arrive:
 * …", "crosses site:Y; …". NULL when the assertion holds for it; the caller frees it.
 */
char *way_judge_fault(WayJudge *judge, const Assertion *assertion, const AssertionScope *scope,
                      const AssertedPlace *from, const AssertedPlace *to, const Route *route);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WayJudge, way_judge_free)

#endif
