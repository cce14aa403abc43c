#ifndef ADTOPO_REPORT_JSON_H
#define ADTOPO_REPORT_JSON_H

#include "base/diagnostic.h"
#include "model/object.h"
#include "report/writer.h"

#include <jansson.h>

/*
 * JSON out of jansson, in one look: two blanks a level, keys in the order in which they were
 * added, UTF-8, one line feed at the end. Characters that could mislead a terminal are written
 * as \uHHHH, which means the same to every reader of JSON. A long array is streamed, an item at
 * a time.
 */
typedef struct JsonStream {
    Writer *out;
    int depth;
    bool first; /* nothing stands yet in the innermost bracket */
} JsonStream;

/* Opens and closes an object ('{') or array ('['); `key` is NULL inside arrays and at the top. */
void stream_open(JsonStream *stream, const char *key, char bracket);
void stream_close(JsonStream *stream, char bracket);

/* One member or item. Takes `value`. */
void stream_value(JsonStream *stream, const char *key, json_t *value);

/* A whole document. Takes `value`. */
void document_write(Writer *out, json_t *value);

/* Values. NULL and what is absent give null; stray bytes become \xHH. */
json_t *text_value(const char *text);
json_t *take_text_value(char *text);         /* frees the text */
json_t *texts_value(const GPtrArray *texts); /* an array of char */
json_t *integer_value(OptionalInteger integer);
json_t *boolean_value(OptionalBoolean boolean);

/* {"source": 0, "line": 127} or {"source": 0, "usn": "…"}. */
json_t *origin_value(Origin origin);

/* For what is written as text or JSON only: which of the two is meant (NULL: text); FALSE and
 * FAULT_USAGE when it is neither. */
bool format_is_json(const char *format, bool *json, GError **error);

#endif
