/* The names of criteria, as reports and programs that read them know them. */
#include "routing/criterion.h"

const char *criterion_name(Criterion criterion)
{
    static const char *const names[] = {
        [DECIDED_ONLY] = "only",           [DECIDED_EQUAL] = "equal",
        [DECIDED_COST] = "cost",           [DECIDED_HOPS] = "hops",
        [DECIDED_NAME] = "name",           [DECIDED_LEGACY_COST] = "legacy-cost",
        [DECIDED_SITE_COST] = "site-cost", [DECIDED_ADDRESS_SPACE] = "address-space",
        [DECIDED_PROXIMITY] = "proximity", [DECIDED_CONNECTOR_NAME] = "connector-name",
    };

    return names[criterion];
}
