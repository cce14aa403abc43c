#ifndef ADTOPO_CLI_WATCH_H
#define ADTOPO_CLI_WATCH_H

#include <adtopo/adtopo.h>
#include <stdbool.h>

/*
 * What a user has of a long reading from a server: a line that says how far it is, on a terminal
 * and from the second second on, and Ctrl-C, which ends it in good order: the question on its way
 * is abandoned and the server told goodbye.
 */

/* Sets `connection` up for it. Ctrl-C is caught while a server is read; a second one kills. */
void watch_start(adtopo_connection *connection, bool quiet);

/* Wipes the line. Where Ctrl-C was pressed, ends the program by that signal, so that a shell's loop
 * ends, too. */
void watch_stop(void);

#endif
