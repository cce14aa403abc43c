/* The main function of a fuzz target without libFuzzer: runs it over files, or standard input. */
#include "fuzz.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

static void replay(FILE *file)
{
    GByteArray *bytes = g_byte_array_new();
    guint8 buffer[4096];
    size_t got;

    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0)
        g_byte_array_append(bytes, buffer, (guint)got);
    LLVMFuzzerTestOneInput(bytes->data != NULL ? bytes->data : buffer, bytes->len);
    g_byte_array_unref(bytes);
}

int main(int argc, char **argv)
{
    if (argc == 1)
        replay(stdin);
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");

        if (file == NULL) {
            perror(argv[i]);
            return EXIT_FAILURE;
        }
        replay(file);
        fclose(file);
    }
    return EXIT_SUCCESS;
}
