/* adtopo show: says what a directory holds. */
#include "cli/forest.h"
#include "cli/message.h"

#include <stdio.h>
#include <string.h>

static bool write_topic(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Request *request = closure;

    return adtopo_show(request->forest, request->subject, request->options->format, style, sink,
                       sink_closure, error);
}

static bool is_topic(const char *word)
{
    const char *name;

    for (size_t i = 0; (name = adtopo_show_topic(i, NULL)) != NULL; i++)
        if (g_str_equal(name, word))
            return true;
    return false;
}

/* A first word that is no topic is a source if it could be one, and a slip otherwise. */
static bool looks_like_source(const char *word)
{
    return g_str_equal(word, "-") || strpbrk(word, "/.:") != NULL ||
           g_file_test(word, G_FILE_TEST_EXISTS);
}

static int unknown_topic(const char *word)
{
    g_autoptr(GString) known = g_string_new(NULL);
    const char *name;

    for (size_t i = 0; (name = adtopo_show_topic(i, NULL)) != NULL; i++)
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", name);
    complain("\"%s\" is nothing to show, and no source; there is %s", word, known->str);
    return ADTOPO_USAGE;
}

static void print_topics(void)
{
    const char *about;
    const char *name;

    puts("What to show:");
    for (size_t i = 0; (name = adtopo_show_topic(i, &about)) != NULL; i++)
        printf("  %-18s  %s\n", name, about);
    putchar('\n');
}

/* The first word may be left out: then it is the tree. */
static int run(const Options *options)
{
    adtopo_style style = output_table_style(options);
    char **words = options->words;
    ForestReport *report;

    if (words[0] == NULL || (!is_topic(words[0]) && looks_like_source(words[0])))
        return forest_report(options, words, &style, write_topic, "tree");
    if (!is_topic(words[0]))
        return unknown_topic(words[0]);
    report = g_str_equal(words[0], "site-paths") ? forest_report_ways : forest_report;
    return report(options, words + 1, &style, write_topic, words[0]);
}

const Command show_command = {
    .name = "show",
    .arguments = "[WHAT] [OPTION]... [SOURCE]...",
    .about = "Says what a directory holds: servers, connectors, sites and more.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES | OPTIONS_DOWN,
    .run = run,
    .help = print_topics,
};
