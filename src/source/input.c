/*
 * Files as text. Everything above this sees one piece of UTF-8 in memory, so that there is a single
 * reader for plain files, pipes, gzip and ldifde's UTF-16.
 */
#include "config.h"

#include "source/input.h"

#include "base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { FIRST_ROOM = 64 << 10, GZIP_WINDOW = 15 + 16, UTF8_MAX = 6 };

/* Memory that grows up to a limit. */
typedef struct Buffer {
    char *data;
    size_t size;
    size_t room;
    guint64 limit;
    const char *name;
} Buffer;

static bool fail_limit(const char *name, guint64 limit, GError **error)
{
    g_set_error(error, FAULT, FAULT_LIMIT,
                "%s holds more than %" G_GUINT64_FORMAT " bytes, which is the limit", name, limit);
    return false;
}

static Buffer buffer_new(const char *name, guint64 limit)
{
    return (Buffer){.limit = limit != 0 ? limit : INPUT_MEMORY_LIMIT, .name = name};
}

/* Makes room for `more` bytes behind the ones there are. */
static bool buffer_reserve(Buffer *buffer, size_t more, GError **error)
{
    size_t room = MAX(buffer->room, (size_t)FIRST_ROOM);
    char *data;

    if (buffer->size > buffer->limit)
        return fail_limit(buffer->name, buffer->limit, error);
    while (room - buffer->size < more)
        room = MIN(room * 2, (size_t)buffer->limit + FIRST_ROOM);
    if (room == buffer->room)
        return true;
    data = g_try_realloc(buffer->data, room);
    if (data == NULL)
        return fail_limit(buffer->name, buffer->size, error);
    buffer->data = data;
    buffer->room = room;
    return true;
}

static bool buffer_read(Buffer *buffer, int fd, GError **error)
{
    for (;;) {
        ssize_t got;

        if (!buffer_reserve(buffer, FIRST_ROOM / 2, error))
            return false;
        got = read(fd, buffer->data + buffer->size, buffer->room - buffer->size);
        if (got == 0)
            return true;
        if (got > 0)
            buffer->size += (size_t)got;
        else if (errno != EINTR)
            return fault_of_file(error, FAULT_SOURCE, "read", buffer->name, errno);
    }
}

/* Unpacks one gzip member after the other; FALSE without an error when the data are damaged. */
static bool inflate_members(Buffer *buffer, z_stream *stream, const char *end, GError **error)
{
    int state = Z_OK;

    while (state != Z_STREAM_END || stream->next_in < (const Bytef *)end) {
        size_t left = (size_t)(end - (const char *)stream->next_in);
        size_t room;

        if (state == Z_STREAM_END && inflateReset(stream) != Z_OK)
            return false;
        if (!buffer_reserve(buffer, FIRST_ROOM / 2, error))
            return false;
        room = MIN(buffer->room - buffer->size, (size_t)G_MAXINT);
        stream->avail_in = (uInt)MIN(left, (size_t)G_MAXINT);
        stream->next_out = (Bytef *)buffer->data + buffer->size;
        stream->avail_out = (uInt)room;
        state = inflate(stream, Z_NO_FLUSH);
        buffer->size += room - stream->avail_out;
        if (state != Z_OK && state != Z_STREAM_END)
            return false;
    }
    return buffer_reserve(buffer, 0, error);
}

static bool unpack_gzip(Buffer *buffer, const Input *packed, GError **error)
{
    z_stream stream = {.next_in = (z_const Bytef *)packed->text};
    g_autoptr(GError) limit = NULL;
    bool whole;

    if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK)
        return fail_limit(buffer->name, 0, error);
    whole = inflate_members(buffer, &stream, packed->text + packed->size, &limit);
    inflateEnd(&stream);
    if (whole)
        return true;
    if (limit != NULL)
        g_propagate_error(error, g_steal_pointer(&limit));
    else
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "%s is packed with gzip but damaged or cut short; copy it again", buffer->name);
    return false;
}

static gunichar utf16_unit(const unsigned char *at, bool big)
{
    return big ? (gunichar)(at[0] << 8 | at[1]) : (gunichar)(at[1] << 8 | at[0]);
}

static bool is_surrogate(gunichar unit, gunichar first)
{
    return unit >= first && unit < first + 0x400;
}

/* The character at `at`; half a surrogate pair reads as the replacement character. */
static gunichar utf16_character(const unsigned char *at, const unsigned char *end, bool big,
                                size_t *bytes)
{
    gunichar high = utf16_unit(at, big);
    gunichar low = end - at >= 4 ? utf16_unit(at + 2, big) : 0;

    *bytes = 2;
    if (!is_surrogate(high, 0xd800) && !is_surrogate(high, 0xdc00))
        return high;
    if (!is_surrogate(high, 0xd800) || !is_surrogate(low, 0xdc00))
        return 0xfffd;
    *bytes = 4;
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

static bool decode_utf16(Buffer *buffer, const Input *wide, GError **error)
{
    const unsigned char *at = (const unsigned char *)wide->text;
    const unsigned char *end = at + wide->size;
    bool big = at[0] == 0xfe;

    for (at += 2; end - at >= 2;) {
        size_t bytes;
        gunichar character = utf16_character(at, end, big, &bytes);

        if (buffer->room - buffer->size < UTF8_MAX && !buffer_reserve(buffer, UTF8_MAX, error))
            return false;
        if (character < 0x80)
            buffer->data[buffer->size++] = (char)character;
        else
            buffer->size += (size_t)g_unichar_to_utf8(character, buffer->data + buffer->size);
        at += bytes;
    }
    return buffer_reserve(buffer, 0, error);
}

static Input *input_of_buffer(Buffer *buffer)
{
    Input *input = g_new0(Input, 1);

    input->memory = buffer->data;
    input->text = buffer->data;
    input->size = buffer->size;
    return input;
}

static Input *input_map(int fd, const char *name, guint64 limit, GError **error)
{
    g_autoptr(GError) cause = NULL;
    GMappedFile *file = g_mapped_file_new_from_fd(fd, FALSE, &cause);
    Input *input;

    if (file == NULL) {
        g_set_error(error, FAULT, FAULT_SOURCE, "cannot read %s: %s", name, cause->message);
        return NULL;
    }
    input = g_new0(Input, 1);
    input->file = file;
    input->text = g_mapped_file_get_contents(file);
    input->size = g_mapped_file_get_length(file);
    if (input->size <= limit)
        return input;
    input_free(input);
    fail_limit(name, limit, error);
    return NULL;
}

static Input *input_slurp(int fd, const char *name, guint64 limit, GError **error)
{
    Buffer buffer = buffer_new(name, limit);

    if (buffer_read(&buffer, fd, error))
        return input_of_buffer(&buffer);
    g_free(buffer.data);
    return NULL;
}

/* A file that says it is empty is read all the same: those under /proc say so. */
static Input *input_of_fd(int fd, const char *name, guint64 limit, GError **error)
{
    struct stat status;

    if (fstat(fd, &status) != 0) {
        fault_of_file(error, FAULT_SOURCE, "read", name, errno);
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "%s is a directory; name the LDIF files in it instead", name);
        return NULL;
    }
    if (!S_ISREG(status.st_mode) || status.st_size == 0 || lseek(fd, 0, SEEK_CUR) != 0)
        return input_slurp(fd, name, limit, error);
    return input_map(fd, name, limit != 0 ? limit : INPUT_MAPPED_LIMIT, error);
}

static bool starts_with(const Input *input, const char *bytes, size_t length)
{
    return input->size >= length && memcmp(input->text, bytes, length) == 0;
}

/* Replaces an input by what `decode` makes of it. Takes `input`. */
static Input *input_decode(Input *input, bool (*decode)(Buffer *, const Input *, GError **),
                           const char *name, guint64 limit, GError **error)
{
    g_autoptr(Input) encoded = input;
    Buffer buffer = buffer_new(name, limit);

    if (decode(&buffer, encoded, error))
        return input_of_buffer(&buffer);
    g_free(buffer.data);
    return NULL;
}

Input *input_open(const char *path, const char *name, guint64 limit, GError **error)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    Input *input;

    if (fd < 0) {
        fault_of_file(error, FAULT_SOURCE, "open", name, errno);
        return NULL;
    }
    input = input_of_fd(fd, name, limit, error);
    if (!standard)
        close(fd);
    if (input != NULL && starts_with(input, "\x1f\x8b", 2))
        input = input_decode(input, unpack_gzip, name, limit, error);
    if (input != NULL && (starts_with(input, "\xff\xfe", 2) || starts_with(input, "\xfe\xff", 2)))
        input = input_decode(input, decode_utf16, name, limit, error);
    if (input != NULL && starts_with(input, "\xef\xbb\xbf", 3)) {
        input->text += 3;
        input->size -= 3;
    }
    return input;
}

void input_free(Input *input)
{
    if (input == NULL)
        return;
    if (input->file != NULL)
        g_mapped_file_unref(input->file);
    g_free(input->memory);
    g_free(input);
}
