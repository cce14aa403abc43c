/* adtopo show: says what a directory holds. */
#include "cli/forest.h"
#include "cli/message.h"
#include "cli/output.h"

#include <stdio.h>
#include <string.h>

typedef struct Request {
    const adtopo_forest *forest;
    const char *topic;
    const Options *options;
} Request;

static bool write_topic(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Request *request = closure;

    return adtopo_show(request->forest, request->topic, request->options->format, style, sink,
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

static enum adtopo_status show_topic(const Options *options, const char *topic, char **sources)
{
    enum adtopo_status status = ADTOPO_OK;
    adtopo_style style = output_table_style(options);
    adtopo_forest *forest;

    if (!output_check(options))
        return ADTOPO_UNREAD;
    forest = forest_read(options, sources, &status);
    if (forest == NULL)
        return status;
    forest_remark(forest, options);
    forest_warn_partial(forest);
    status = output_write(options, &style, write_topic,
                          &(Request){.forest = forest, .topic = topic, .options = options});
    if (status == ADTOPO_OK && !adtopo_forest_complete(forest))
        status = ADTOPO_PARTIAL;
    adtopo_forest_free(forest);
    return status;
}

static enum adtopo_status unknown_topic(const char *word)
{
    g_autoptr(GString) known = g_string_new(NULL);
    const char *name;

    for (size_t i = 0; (name = adtopo_show_topic(i, NULL)) != NULL; i++)
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", name);
    complain("\"%s\" is nothing to show, and no source; there is %s", word, known->str);
    return ADTOPO_USAGE;
}

/* The first word may be left out: then it is the tree. */
static enum adtopo_status show_words(const Options *options)
{
    char **words = options->words;

    if (words[0] == NULL || (!is_topic(words[0]) && looks_like_source(words[0])))
        return show_topic(options, "tree", words);
    if (!is_topic(words[0]))
        return unknown_topic(words[0]);
    return show_topic(options, words[0], words + 1);
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

static int run(const Options *options)
{
    return (int)show_words(options);
}

const Command show_command = {
    .name = "show",
    .arguments = "[WHAT] [OPTION]... [SOURCE]...",
    .about = "Says what a directory holds: servers, connectors, sites and more.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES,
    .run = run,
    .help = print_topics,
};
