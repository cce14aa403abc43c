/* adtopo decode: the joke in a group's name. */
#include "cli/message.h"
#include "cli/output.h"

#include <string.h>

static bool put(adtopo_sink sink, void *closure, const char *text)
{
    char *escaped = adtopo_escape(text);
    bool taken = sink(escaped, strlen(escaped), closure) && sink("\n", 1, closure);

    adtopo_string_free(escaped);
    return taken;
}

/* The plain text alone on the first line, for scripts; then how it comes about. */
static bool write_decoding(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                           void *closure, adtopo_error *error)
{
    const adtopo_decoding *decoding = closure;
    g_autofree char *shift = g_strdup_printf("shift %+d", decoding->shift);

    (void)style;
    (void)error;
    return put(sink, sink_closure, decoding->plain) &&
           (decoding->shift == 0 || put(sink, sink_closure, shift)) &&
           (decoding->about == NULL || put(sink, sink_closure, decoding->about));
}

static enum adtopo_status decode_word(const Options *options)
{
    adtopo_decoding decoding;
    adtopo_error error = {0};
    adtopo_style style = output_style(options);

    if (!adtopo_decode(options->words[0], &decoding, &error)) {
        complain("%s", error.text);
        return error.status;
    }
    return output_write(options, &style, write_decoding, &decoding);
}

static int run(const Options *options)
{
    return (int)decode_word(options);
}

const Command decode_command = {
    .name = "decode",
    .arguments = "[OPTION]... NAME",
    .about = "Reads the name of an Exchange 2007 group, or any other shifted one.",
    .words = WORDS_ONE,
    .run = run,
};
