/* Messages for people, on standard error. */
#include "cli/message.h"

#include <adtopo/adtopo.h>

#include <stdio.h>

static void put_line(const char *prefix, const char *format, va_list arguments) G_GNUC_PRINTF(2, 0);

static void put_line(const char *prefix, const char *format, va_list arguments)
{
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    char *escaped = adtopo_escape(text);

    fprintf(stderr, "%s%s\n", prefix, escaped);
    adtopo_string_free(escaped);
}

void complain(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    put_line("adtopo: ", format, arguments);
    va_end(arguments);
}

void remark(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    put_line("", format, arguments);
    va_end(arguments);
}
