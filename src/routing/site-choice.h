#ifndef ADTOPO_ROUTING_SITE_CHOICE_H
#define ADTOPO_ROUTING_SITE_CHOICE_H

#include "routing/criterion.h"
#include "routing/site-paths.h"

/*
 * Why the path to a site is the one it is: the runner-up among all other paths that visit no site
 * twice, and the first criterion that told the two apart. Of runners-up that lost by cost or by
 * hops and are equal in both, one is named, always the same.
 */
typedef struct SiteRunnerUp {
    Criterion criterion; /* DECIDED_ONLY, _COST, _HOPS or _NAME */
    GArray *hops;        /* of SiteHop; NULL for DECIDED_ONLY */
    guint64 cost;
    const Site *preferred; /* for DECIDED_NAME: the two sites whose names decided */
    const Site *refused;
} SiteRunnerUp;

/* The runner-up of the path to a reached site that is not the source. Takes as long as a tree. */
SiteRunnerUp *site_runner_up(const SiteTree *tree, const Site *to);
void site_runner_up_free(SiteRunnerUp *runner_up);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SiteRunnerUp, site_runner_up_free)

#endif
