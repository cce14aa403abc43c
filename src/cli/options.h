#ifndef ADTOPO_CLI_OPTIONS_H
#define ADTOPO_CLI_OPTIONS_H

#include "cli/command.h"

#include <adtopo/adtopo.h>
#include <glib.h>
#include <stdbool.h>

/* Which options a command takes, beside --output, --color, --help and the like. */
enum {
    OPTIONS_FORMAT = 1,   /* --format, -v */
    OPTIONS_SOURCES = 2,  /* connection, --apply, --without, --quiet */
    OPTIONS_FINDINGS = 4, /* --include, --severity, --fail-on, --policy, --baseline, … */
    OPTIONS_ROUTING = 8,  /* --suppressed */
    OPTIONS_DOWN = 16,    /* --down */
};

/* The threshold that no finding reaches. */
enum { FAIL_ON_NONE = ADTOPO_SEVERITY_ERROR + 1 };

/* The options of any command. Strings and lists belong to it; NULL where an option was not
 * given. */
typedef struct Options {
    char **words; /* what is no option: sources, names; never NULL after parsing */

    char *format;
    char *format_help; /* the formats that the command has, for its --help */
    char *output;
    char *color;
    gboolean verbose;
    gboolean quiet;
    gboolean dry_run;
    gboolean help;
    gboolean version;

    adtopo_connection connection;
    char *password; /* what `connection.password` points to */
    char *password_file;
    gboolean ask_password;
    gboolean simple;
    gboolean always_so; /* -N, -Q: OpenLDAP's tools must be told, adtopo does it anyhow */
    gboolean allow_cleartext;
    int rate;       /* 0: not given */
    int time_limit; /* seconds; 0: not given */
    char **settings;
    char **apply;
    char **without;
    char **down;

    char **include; /* one pattern each: lists were taken apart */
    char **exclude;
    char *severity;
    char *fail_on;
    char *now;
    char *policy;
    char *baseline;
    char *write_baseline;
    char *evidence;
    char *remedy_ldif;
    gint64 present; /* seconds since 1970: what --now says, else the clock */
    enum adtopo_severity least;
    int threshold; /* of enum adtopo_severity, or FAIL_ON_NONE */

    char *target; /* of `preflight` */
    char *site;
    char *roles;
    char *bridgehead;
    char *computer;
    char **planned;     /* --connector */
    char *removed;      /* --decommission */
    gboolean readiness; /* of `rules` */
    char *from;         /* of `route` */
    char **to;
    char *size;
    gboolean suppressed;
    char *view; /* of `graph` */
    char *highlight;
    gboolean pairs;        /* of `sweep` */
    gboolean pseudonymize; /* of `snapshot` */
    char *name_map;
    gboolean secret; /* the output is for its owner only */

    GPtrArray *flags;  /* names of the command's options that take no value, static */
    GPtrArray *values; /* of those that take one value: what option-tables.c needs of each */
} Options;

/* What came of parsing. */
typedef enum Parsed {
    PARSED,       /* go on */
    PARSED_HELP,  /* --help or --version was answered: end with ADTOPO_OK */
    PARSED_WRONG, /* said so already: end with ADTOPO_USAGE */
} Parsed;

/*
 * Parses the words of a command. Options and other words may stand in any order; "--" ends the
 * options. A password given with -w is overwritten in `words`, which must be the program's own
 * arguments. Release with options_clear() whatever the result.
 */
Parsed options_parse(Options *options, const Command *command, int count, char **words);
void options_clear(Options *options);

/* Adds a table of options to a group of the command's. The table is copied, names and texts are
 * not. What takes one value takes it once: given again it would silently replace the first. */
void options_add(Options *options, GOptionGroup *group, const GOptionEntry *entries);

/* For commands without sources: FALSE, and said so, when there are not as many words as
 * wanted. */
bool options_expect_words(const Options *options, const Command *command, guint least, guint most);

#endif
