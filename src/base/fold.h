#ifndef ADTOPO_BASE_FOLD_H
#define ADTOPO_BASE_FOLD_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Comparison of names the way Active Directory does it: letter case, accents, width (full and
 * half) and kana type do not count, runs of blanks count as one and blanks at the ends not at all.
 * (MS-ADTS 3.1.1.2.2.4 refers to Windows' linguistic comparison with NORM_IGNORECASE,
 * NORM_IGNORENONSPACE, NORM_IGNOREKANATYPE and NORM_IGNOREWIDTH; Unicode compatibility
 * decomposition without combining marks, then full case folding, gives the same classes for the
 * names met in practice.) Bytes that are not UTF-8 are compared as they are.
 */

/* The comparison key of `text`, appended to `key`. */
void fold_append(GString *key, const char *text, size_t length);

/* The comparison key of a NUL-terminated string; the caller frees it. */
char *fold_string(const char *text);

/* Whether two texts name the same thing. */
bool fold_equal(const char *a, size_t a_length, const char *b, size_t b_length);

/* A hash that is equal for texts that fold_equal() calls equal. `seed` chains several texts. */
uint32_t fold_hash(const char *text, size_t length, uint32_t seed);

/* The same two for tables keyed by NUL-terminated names that outlive them: none is copied. */
guint name_hash(gconstpointer name);
gboolean name_equal(gconstpointer a, gconstpointer b);

/* Whether `token`, an ASCII word, stands anywhere in `text`, letter case ignored. */
bool text_has_token(const char *text, const char *token);

/* Orders by key, then by bytes so that the order is total: <0, 0, >0. */
int fold_compare(const char *a, const char *b);

#endif
