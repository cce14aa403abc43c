/* Scratch files and printed directories, for tests that read LDIF: the input and the wanted result
 * stand side by side as text. */
#ifndef ADTOPO_TESTS_SCRATCH_H
#define ADTOPO_TESTS_SCRATCH_H

#include "directory/directory.h"

#include <stddef.h>

/* Writes a file into the directory for temporary files and returns its name; the caller removes it
 * with scratch_free(). */
char *scratch_file(const char *bytes, size_t length);
void scratch_free(char *path);

/*
 * What a directory holds, one object a paragraph, values with their lines:
 *
 *     CN=EX03,DC=test @1
 *       serialNumber: Version 6.5 @3
 *
 * then its diagnostics ("! error 7: …", "! note 2: …") and "partial" when the first source was not
 * read completely. Seals the directory. The caller frees the text.
 */
char *directory_print(Directory *directory);

#endif
