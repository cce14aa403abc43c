/* The program: finds the command and hands over to it. */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/monitoring.h"
#include "cli/options.h"

#include <adtopo/adtopo.h>

#include <glib.h>
#include <stdio.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

static const Command *const commands[] = {
    &audit_command, &preflight_command, &show_command,   &route_command,
    &graph_command, &sweep_command,     &plan_command,   &snapshot_command,
    &rules_command, &explain_command,   &decode_command,
};

static void print_usage(FILE *stream)
{
    fputs("Usage: adtopo COMMAND [OPTION]... [SOURCE]...\n\n", stream);
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(stream, "  %-9s  %s\n", commands[i]->name, commands[i]->about);
    fputs("\n"
          "A SOURCE is an LDIF file of the configuration partition (ldifde, ldapsearch; - is\n"
          "standard input) or a server, ldap://dc1.contoso.com. Without one, ldap.conf decides.\n"
          "adtopo COMMAND --help tells the options, man adtopo everything.\n",
          stream);
}

static int unknown_command(const char *word)
{
    g_autoptr(GString) known = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", commands[i]->name);
    if (*word == '-')
        complain("the command comes before its options; commands are %s", known->str);
    else
        complain("unknown command \"%s\"; commands are %s", word, known->str);
    return ADTOPO_USAGE;
}

static bool takes_words(const Command *command, const Options *options)
{
    switch (command->words) {
    case WORDS_NONE:
        return options_expect_words(options, command, 0, 0);
    case WORDS_ONE:
        return options_expect_words(options, command, 1, 1);
    case WORDS_ANY:
        break;
    }
    return true;
}

static int run_command(const Command *command, int count, char **words)
{
    Options options;
    Parsed parsed = options_parse(&options, command, count, words);
    int status = ADTOPO_OK;

    if (parsed == PARSED && takes_words(command, &options))
        status = command->run(&options);
    else if (parsed != PARSED_HELP)
        status = monitoring_failed(ADTOPO_USAGE, &options);
    options_clear(&options);
    return status;
}

static int find_command(int count, char **words)
{
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        if (g_str_equal(commands[i]->name, words[0]))
            return run_command(commands[i], count - 1, words + 1);
    return unknown_command(words[0]);
}

/* Usage and help may still be on their way: a full disk shows when they are flushed. What failed
 * before was said before. */
static int flushed(int status)
{
    if (status != ADTOPO_OK || (fflush(stdout) == 0 && ferror(stdout) == 0))
        return status;
    complain("cannot write to standard output");
    return ADTOPO_UNREAD;
}

/* What glibc takes for a large request grows with each that is given back, until what a sort or a
 * set of names needed for a moment is never returned: beside a large organisation, a tenth of all
 * memory. Set by hand, it stays. */
static void return_large_memory(void)
{
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
#endif
}

int main(int argc, char **argv)
{
    return_large_memory();
    if (argc < 2) {
        print_usage(stderr);
        return ADTOPO_USAGE;
    }
    if (g_str_equal(argv[1], "--help") || g_str_equal(argv[1], "-h")) {
        print_usage(stdout);
        return flushed(ADTOPO_OK);
    }
    if (g_str_equal(argv[1], "--version")) {
        printf("adtopo %s\n", adtopo_version());
        return flushed(ADTOPO_OK);
    }
    return flushed(find_command(argc - 1, argv + 1));
}
