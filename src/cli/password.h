#ifndef ADTOPO_CLI_PASSWORD_H
#define ADTOPO_CLI_PASSWORD_H

#include <stdbool.h>

/* Passwords. Each function's result is freed with password_free(); NULL means that there is none,
 * and that it was said why. */

/* Asks on the terminal, without showing what is typed. */
char *password_ask(void);

/* The complete contents of a file, as the OpenLDAP tools take it, but for one line feed at
 * the end, which editors add: it is cut off, and a note says so unless `quiet`. */
char *password_read(const char *path, bool quiet);

/* Overwrites and frees it. NULL is allowed. */
void password_free(char *password);

#endif
