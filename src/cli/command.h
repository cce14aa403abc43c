#ifndef ADTOPO_CLI_COMMAND_H
#define ADTOPO_CLI_COMMAND_H

#include <glib.h>

struct Options;

/* How many words a command takes beside its options. */
typedef enum CommandWords { WORDS_ANY, WORDS_NONE, WORDS_ONE } CommandWords;

/*
 * A command of the program: one file each. `run` gets the options parsed and returns the exit
 * status (enum adtopo_status). It says itself what went wrong.
 */
typedef struct Command {
    const char *name;
    const char *arguments; /* for the usage: "[OPTION]... [SOURCE]..." */
    const char *about;     /* one line */
    unsigned options;      /* groups it shares with others: OPTIONS_… */
    CommandWords words;
    int (*run)(const struct Options *options);
    void (*help)(void); /* prints what its --help tells beside the options, or NULL */
    const char *(*format)(size_t index); /* the default first, NULL behind the last; none: text and
                                            json */
    void (*add_options)(GOptionGroup *group, struct Options *options); /* of its own, or NULL */
} Command;

extern const Command audit_command;
extern const Command preflight_command;
extern const Command show_command;
extern const Command route_command;
extern const Command graph_command;
extern const Command sweep_command;
extern const Command snapshot_command;
extern const Command plan_command;
extern const Command rules_command;
extern const Command explain_command;
extern const Command decode_command;

#endif
