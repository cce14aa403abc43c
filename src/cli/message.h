#ifndef ADTOPO_CLI_MESSAGE_H
#define ADTOPO_CLI_MESSAGE_H

#include <glib.h>

/* Messages to standard error: "adtopo: sentence". Names in them are hostile, so every message is
 * escaped as a whole: one message is one line. */
void complain(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* The same without the program's name, for lines that begin with a file's. */
void remark(const char *format, ...) G_GNUC_PRINTF(1, 2);

#endif
