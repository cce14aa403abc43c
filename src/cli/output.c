/* Standard output and --output. A full disk must never look like a short report: every write
 * and the closing are checked. */
#include "cli/output.h"

#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEFAULT_WIDTH = 80, MOST_COLUMNS = 10000 };

/* --- the style ---------------------------------------------------------------------------- */

static bool to_terminal(const Options *options)
{
    return options->output == NULL && isatty(STDOUT_FILENO) != 0;
}

static bool is_set(const char *variable)
{
    const char *value = g_getenv(variable);

    return value != NULL && *value != '\0';
}

/* The option decides, then NO_COLOR, then CLICOLOR_FORCE, then what the output is. */
static bool wants_colour(const Options *options)
{
    if (g_strcmp0(options->color, "always") == 0)
        return true;
    if (g_strcmp0(options->color, "never") == 0 || is_set("NO_COLOR"))
        return false;
    if (is_set("CLICOLOR_FORCE") && g_strcmp0(g_getenv("CLICOLOR_FORCE"), "0") != 0)
        return true;
    return to_terminal(options) && g_strcmp0(g_getenv("TERM"), "dumb") != 0 &&
           g_strcmp0(g_getenv("CLICOLOR"), "0") != 0;
}

/* COLUMNS, else the terminal's, else 0. */
static int columns_of(const Options *options)
{
    struct winsize size;
    guint64 columns;

    if (is_set("COLUMNS") &&
        g_ascii_string_to_unsigned(g_getenv("COLUMNS"), 10, 1, MOST_COLUMNS, &columns, NULL))
        return (int)columns;
    if (to_terminal(options) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        return size.ws_col;
    return 0;
}

adtopo_style output_style(const Options *options)
{
    int columns = columns_of(options);

    return (adtopo_style){
        .colour = wants_colour(options),
        .width = columns > 0 ? columns : DEFAULT_WIDTH,
        .verbose = options->verbose,
    };
}

adtopo_style output_table_style(const Options *options)
{
    adtopo_style style = output_style(options);
    int columns = columns_of(options);

    if (columns == 0 && !to_terminal(options))
        style.width = MOST_COLUMNS;
    return style;
}

/* --- the file ----------------------------------------------------------------------------- */

static bool cannot_write(const char *name, int error)
{
    complain("cannot write to %s: %s", name, g_strerror(error));
    return false;
}

/* Whether the path is something that has to be written in place: a device, a pipe, a socket. */
static bool is_special(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

/* The file itself where the path is a link to it, so that the link stays. */
static char *resolved(const char *path)
{
    char *real = realpath(path, NULL);
    char *copy = g_strdup(real != NULL ? real : path);

    free(real);
    return copy;
}

bool output_check(const Options *options)
{
    g_autofree char *path = NULL;
    g_autofree char *folder = NULL;

    if (options->output == NULL)
        return true;
    if (g_file_test(options->output, G_FILE_TEST_IS_DIR))
        return cannot_write(options->output, EISDIR);
    if (is_special(options->output))
        return true;
    path = resolved(options->output);
    folder = g_path_get_dirname(path);
    if (g_access(folder, W_OK | X_OK) != 0)
        return cannot_write(options->output, errno);
    return true;
}

static bool names(char *const *list, const char *name)
{
    return list != NULL && g_strv_contains((const char *const *)list, name);
}

bool output_apart(const Options *options, char *const *sources)
{
    const char *const files[] = {options->output, options->write_baseline, options->remedy_ldif,
                                 options->name_map};
    g_autoptr(GPtrArray) taken = g_ptr_array_new();

    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        if (files[i] == NULL || g_str_has_prefix(files[i], "/dev/"))
            continue;
        if (names(sources, files[i]) || names(options->apply, files[i])) {
            complain("%s is a source and would be overwritten: write to another file", files[i]);
            return false;
        }
        if (g_ptr_array_find_with_equal_func(taken, files[i], g_str_equal, NULL)) {
            complain("%s would be written twice: give each its own file", files[i]);
            return false;
        }
        g_ptr_array_add(taken, (gpointer)files[i]);
    }
    return true;
}

static bool open_temporary(Output *output, const Options *options)
{
    struct stat status;
    const char *path = options->output;
    mode_t mode = stat(path, &status) == 0 ? status.st_mode & 0777 : 0666;
    int file;

    output->path = resolved(path);
    output->temporary = g_strdup_printf("%s.XXXXXX", output->path);
    file = g_mkstemp_full(output->temporary, O_WRONLY | O_CLOEXEC,
                          options->secret ? 0600 : (int)mode);
    if (file < 0) {
        g_clear_pointer(&output->temporary, g_free);
        return false;
    }
    output->stream = fdopen(file, "w");
    return true;
}

bool output_open(Output *output, const Options *options)
{
    const char *path = options->output;
    bool opened = true;

    *output = (Output){.stream = stdout, .name = g_strdup(path != NULL ? path : "standard output")};
    if (path != NULL && is_special(path)) {
        output->stream = fopen(path, "we");
        opened = output->stream != NULL;
    } else if (path != NULL) {
        opened = open_temporary(output, options);
    }
    if (!opened) {
        cannot_write(path, errno);
        output->stream = NULL;
        output_close(output, false);
    }
    return opened;
}

bool output_sink(const char *bytes, size_t length, void *closure)
{
    Output *output = closure;

    if (fwrite(bytes, 1, length, output->stream) == length)
        return true;
    output->error = errno != 0 ? errno : EIO;
    return false;
}

/* Puts the file in its place, or takes the unfinished one away. */
static void settle_file(Output *output, bool good)
{
    if (good && g_rename(output->temporary, output->path) == 0)
        return;
    if (good && output->error == 0)
        output->error = errno;
    g_unlink(output->temporary);
}

bool output_close(Output *output, bool good)
{
    int error;

    if (output->stream != NULL && fflush(output->stream) != 0 && output->error == 0)
        output->error = errno;
    if (output->stream != NULL && output->stream != stdout && fclose(output->stream) != 0 &&
        output->error == 0)
        output->error = errno;
    if (output->temporary != NULL)
        settle_file(output, good && output->error == 0);
    error = output->error;
    if (error != 0)
        cannot_write(output->name, error);
    g_free(output->name);
    g_free(output->path);
    g_free(output->temporary);
    *output = (Output){0};
    return error == 0;
}

Options output_beside(const Options *options, const char *format, const char *file)
{
    Options other = *options;

    other.format = (char *)(uintptr_t)format;
    other.output = (char *)(uintptr_t)file;
    return other;
}

enum adtopo_status output_write(const Options *options, const adtopo_style *style,
                                OutputWriter write, void *closure)
{
    adtopo_error error = {0};
    Output output;
    bool written;

    if (!output_open(&output, options))
        return ADTOPO_UNREAD;
    written = write(style, output_sink, &output, closure, &error);
    /* When a write failed the closing says why, better than the library could. */
    if (!written && output.error == 0)
        complain("%s", error.text);
    if (!output_close(&output, written))
        return ADTOPO_UNREAD;
    return written ? ADTOPO_OK : error.status;
}
