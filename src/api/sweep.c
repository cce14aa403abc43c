/* The sweep for callers. */
#include "api/forest.h"

#include "report/sweep-report.h"
#include "rules/ways-sight.h"

bool adtopo_sweep_write(const adtopo_forest *forest, const adtopo_sweep_options *options,
                        const char *format, const adtopo_style *style, adtopo_sink sink,
                        void *closure, adtopo_error *error)
{
    static const adtopo_sweep_options plain = {0};
    GError *fault = NULL;
    Style wanted = style_from(style);
    g_autoptr(Router) router = router_new(forest->topology);
    g_autoptr(GPtrArray) unseen = ways_sight(forest->topology);
    g_autoptr(Sweep) sweep = NULL;

    if (options == NULL)
        options = &plain;
    sweep = sweep_new(router, forest->failures, options->pairs, options->suppressed);
    return sweep_write(sweep, unseen, format, &wanted, sink, closure, &fault) ||
           error_take(error, fault);
}
