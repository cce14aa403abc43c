/* Showing a forest and the catalogue, and the small change of the public interface. */
#include "config.h"

#include "api/forest.h"
#include "base/fault.h"
#include "report/escape.h"
#include "report/snapshot.h"

Style style_from(const adtopo_style *style)
{
    if (style == NULL)
        return (Style){.width = 80};
    return (Style){.colour = style->colour,
                   .width = style->width > 0 ? style->width : 80,
                   .verbose = style->verbose};
}

bool adtopo_show(const adtopo_forest *forest, const char *what, const char *format,
                 const adtopo_style *style, adtopo_sink sink, void *closure, adtopo_error *error)
{
    GError *fault = NULL;
    Style wanted = style_from(style);

    return show_write(forest->topology, forest->failures, what, format, &wanted, sink, closure,
                      &fault) ||
           error_take(error, fault);
}

bool adtopo_snapshot_write(const adtopo_forest *forest, bool pseudonymize, adtopo_sink sink,
                           void *closure, adtopo_error *error)
{
    GError *fault = NULL;
    bool partial;

    if (snapshot_write(forest->topology->directory, pseudonymize, sink, closure, &fault))
        return true;
    partial = g_error_matches(fault, FAULT, FAULT_SOURCE);
    error_take(error, fault);
    if (partial && error != NULL)
        error->status = ADTOPO_PARTIAL;
    return false;
}

bool adtopo_name_map_write(const adtopo_forest *forest, adtopo_sink sink, void *closure,
                           adtopo_error *error)
{
    GError *fault = NULL;

    return snapshot_write_map(forest->topology->directory, sink, closure, &fault) ||
           error_take(error, fault);
}

const char *adtopo_show_topic(size_t index, const char **about)
{
    return show_topic(index, about);
}

const char *adtopo_rules_format(size_t index)
{
    return catalogue_format(index);
}

const char *adtopo_explain_format(size_t index)
{
    return explain_format(index);
}

bool adtopo_rules_write(const char *format, const adtopo_style *style, adtopo_sink sink,
                        void *closure, adtopo_error *error)
{
    GError *fault = NULL;
    Style wanted = style_from(style);

    return catalogue_write(format, &wanted, sink, closure, &fault) || error_take(error, fault);
}

bool adtopo_explain(const char *name, const char *format, const adtopo_style *style,
                    adtopo_sink sink, void *closure, adtopo_error *error)
{
    GError *fault = NULL;
    Style wanted = style_from(style);

    return explain_write(name, format, &wanted, sink, closure, &fault) || error_take(error, fault);
}

char *adtopo_escape(const char *text)
{
    return escape_text(text);
}

void adtopo_string_free(char *text)
{
    g_free(text);
}

const char *adtopo_version(void)
{
    return PACKAGE_VERSION;
}
