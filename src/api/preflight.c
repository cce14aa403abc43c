/* Plans for callers. */
#include "api/forest.h"
#include "report/preflight.h"

struct adtopo_preflight {
    Preflight *preflight;
};

adtopo_preflight *adtopo_preflight_run(const adtopo_forest *forest, const adtopo_plan *plan,
                                       const adtopo_audit_options *options, int blocking,
                                       adtopo_error *error)
{
    const PlanWords words = {
        .service_pack = CLAMP(plan->service_pack, 0, 3),
        .site = plan->site,
        .roles = plan->roles,
        .bridgehead = plan->bridgehead,
        .computer = plan->computer,
        .connectors = plan->connectors,
        .removed = plan->removed,
    };
    AuditOptions wanted = audit_options_from(options);
    GError *fault = NULL;
    Preflight *preflight;
    adtopo_preflight *result;

    wanted.down = (const char *const *)forest->down;
    preflight = preflight_run(forest->topology, &words, &wanted, blocking, &fault);
    if (preflight == NULL) {
        error_take(error, fault);
        return NULL;
    }
    result = g_new0(adtopo_preflight, 1);
    result->preflight = preflight;
    return result;
}

void adtopo_preflight_free(adtopo_preflight *preflight)
{
    if (preflight == NULL)
        return;
    preflight_free(preflight->preflight);
    g_free(preflight);
}

enum adtopo_verdict adtopo_preflight_verdict(const adtopo_preflight *preflight)
{
    return (enum adtopo_verdict)preflight->preflight->verdict;
}

const char *adtopo_preflight_format(size_t index)
{
    return report_format(index, true);
}

bool adtopo_preflight_write(const adtopo_preflight *preflight, const char *format,
                            const adtopo_style *style, adtopo_sink sink, void *closure,
                            adtopo_error *error)
{
    GError *fault = NULL;
    Style wanted = style_from(style);

    return preflight_write(preflight->preflight, format, &wanted, sink, closure, &fault) ||
           error_take(error, fault);
}

bool adtopo_readiness_write(const char *format, const adtopo_style *style, adtopo_sink sink,
                            void *closure, adtopo_error *error)
{
    GError *fault = NULL;
    Style wanted = style_from(style);

    return readiness_write(format, &wanted, sink, closure, &fault) || error_take(error, fault);
}
