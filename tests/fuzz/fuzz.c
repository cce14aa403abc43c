/* Scratch files for the fuzz targets. */
#include "fuzz.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <unistd.h>

char *fuzz_file(const uint8_t *data, size_t size)
{
    char *path = NULL;
    int fd = g_file_open_tmp("adtopo-fuzz-XXXXXX", &path, NULL);
    size_t written = 0;

    g_assert(fd >= 0);
    while (written < size) {
        ssize_t step = write(fd, data + written, size - written);

        g_assert(step > 0);
        written += (size_t)step;
    }
    close(fd);
    return path;
}

void fuzz_file_free(char *path)
{
    g_unlink(path);
    g_free(path);
}
