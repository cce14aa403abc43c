/*
 * A name server for the tests of domain:NAME: answers questions for SRV records from a list on its
 * command line, and says "no such name" to all others.
 *
 *     name-server PORT NAME PRIORITY WEIGHT PORT HOST ...
 *
 * listens on 127.0.0.1, in UDP only, and prints "ready" once it does.
 */
#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    HEADER = 12,
    MESSAGE = 512, /* the most that goes over UDP */
    TYPE_SRV = 33,
    CLASS_INTERNET = 1,
    NO_SUCH_NAME = 3,
    WORDS = 5, /* of one record on the command line */
};

static void put16(GByteArray *to, unsigned value)
{
    const guint8 bytes[] = {(guint8)(value >> 8), (guint8)value};

    g_byte_array_append(to, bytes, sizeof bytes);
}

static void put_name(GByteArray *to, const char *name)
{
    g_auto(GStrv) labels = g_strsplit(name, ".", -1);

    for (char **label = labels; *label != NULL && **label != '\0'; label++) {
        guint8 length = (guint8)strlen(*label);

        g_byte_array_append(to, &length, 1);
        g_byte_array_append(to, (const guint8 *)*label, length);
    }
    g_byte_array_append(to, (const guint8 *)"", 1);
}

/* The name in a question, as text; `*at` is moved behind it. NULL when it is broken. */
static char *take_name(const guint8 *message, size_t length, size_t *at)
{
    GString *name = g_string_new(NULL);

    while (*at < length && message[*at] != 0) {
        size_t label = message[*at];

        if (label > 63 || *at + 1 + label >= length) {
            g_string_free(name, TRUE);
            return NULL;
        }
        g_string_append_printf(name, "%s%.*s", name->len > 0 ? "." : "", (int)label,
                               (const char *)message + *at + 1);
        *at += label + 1;
    }
    *at += 1;
    return g_string_free(name, FALSE);
}

/* One record: the name of the question by reference, and what the words say. */
static void put_record(GByteArray *to, char **words)
{
    g_autoptr(GByteArray) data = g_byte_array_new();

    put16(data, (unsigned)atoi(words[1]));
    put16(data, (unsigned)atoi(words[2]));
    put16(data, (unsigned)atoi(words[3]));
    put_name(data, words[4]);
    put16(to, 0xC000 | HEADER);
    put16(to, TYPE_SRV);
    put16(to, CLASS_INTERNET);
    put16(to, 0);
    put16(to, 60);
    put16(to, data->len);
    g_byte_array_append(to, data->data, data->len);
}

/* The answer to a question; NULL when it is none. */
static GByteArray *answer(const guint8 *question, size_t length, char **words)
{
    size_t at = HEADER;
    g_autofree char *name = length > HEADER ? take_name(question, length, &at) : NULL;
    GByteArray *reply;
    unsigned count = 0;

    if (name == NULL || at + 4 > length)
        return NULL;
    reply = g_byte_array_new();
    g_byte_array_append(reply, question, (guint)at + 4);
    for (; words[0] != NULL; words += WORDS) {
        if (question[at + 1] != TYPE_SRV || g_ascii_strcasecmp(words[0], name) != 0)
            continue;
        put_record(reply, words);
        count++;
    }
    reply->data[2] = 0x84 | (question[2] & 0x01); /* an answer, from who must know */
    reply->data[3] = 0x80 | (count == 0 ? NO_SUCH_NAME : 0);
    reply->data[7] = (guint8)count;
    memset(reply->data + 8, 0, 4);
    return reply;
}

int main(int count, char **words)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    int listener = socket(AF_INET, SOCK_DGRAM, 0);

    if (count < 2 || (count - 2) % WORDS != 0)
        return 2;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)atoi(words[1]));
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0)
        return 1;
    puts("ready");
    fflush(stdout);
    for (;;) {
        guint8 question[MESSAGE];
        struct sockaddr_in from;
        socklen_t size = sizeof from;
        ssize_t length = recvfrom(listener, question, sizeof question, 0, (struct sockaddr *)&from,
                                  &size);
        GByteArray *reply = length > 0 ? answer(question, (size_t)length, words + 2) : NULL;

        if (reply == NULL)
            continue;
        sendto(listener, reply->data, reply->len, 0, (struct sockaddr *)&from, size);
        g_byte_array_unref(reply);
    }
}
