/* What the fuzz targets share. Each target defines LLVMFuzzerTestOneInput(); with --enable-fuzzing
 * libFuzzer calls it, otherwise replay.c does, once for each file that it is given. */
#ifndef ADTOPO_TESTS_FUZZ_H
#define ADTOPO_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Writes the input into a scratch file and returns its name; fuzz_file_free() removes both. */
char *fuzz_file(const uint8_t *data, size_t size);
void fuzz_file_free(char *path);

#endif
