#ifndef ADTOPO_REPORT_INVENTED_H
#define ADTOPO_REPORT_INVENTED_H

#include "directory/guid.h"
#include "report/address.h"
#include "report/writer.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Invented names in place of real ones. All real ones are noted first; then they are numbered in
 * their order, so that invented names compare as the real ones do, the same input gives the same
 * names, and nothing but the order can be learnt from them (a hash of a short name could be
 * guessed). Names that fold_equal() calls equal get one name, others different ones.
 */
typedef struct Invented Invented;

Invented *invented_new(void);
void invented_free(Invented *invented);

/* No name is noted after this. */
void invented_settle(Invented *invented);

/*
 * Appends what stands for `length` bytes of `text`; before the settling it notes them and appends
 * nothing. A name with letters beyond ASCII gets one with such a letter, and a word of more than 15
 * bytes one that is at least as long, because there are rules on both. `mark` (static, or NULL) is
 * what rules look for in the name, and stays in parentheses.
 */
void invented_append_name(Invented *invented, GString *out, const char *text, gsize length,
                          const char *mark);

/* Replaces a GUID (GUID_BYTES, as stored) in place, likewise. */
void invented_replace_guid(Invented *invented, uint8_t *guid);

/*
 * Replaces an IPv6 address, or an IPv4 one as ::ffff:a.b.c.d, likewise. Two invented addresses
 * share as many leading bits as the real ones and stand in the same order; bits that make no
 * difference are nought, so that the head of a network stays one. What means every address, this
 * machine or none stays as it is.
 */
void invented_replace_address(Invented *invented, uint8_t *address);

/* After the settling: "real<TAB>invented" lines for names, GUIDs and addresses. Control characters
 * are escaped. */
void invented_write(const Invented *invented, Writer *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Invented, invented_free)

#endif
