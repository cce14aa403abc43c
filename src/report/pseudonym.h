#ifndef ADTOPO_REPORT_PSEUDONYM_H
#define ADTOPO_REPORT_PSEUDONYM_H

#include "directory/directory.h"
#include "report/writer.h"

/*
 * A directory under invented names. Whatever is not known to be harmless is replaced: names of
 * objects that are not those of fixed containers or official groups, hosts, domains, GUIDs, network
 * addresses, and texts, whose structure stays as far as rules read it. Numbers, flags, versions and
 * times stay (the column `sharing` of schema/attributes.tsv). References keep leading where they
 * led.
 */
typedef struct Pseudonyms Pseudonyms;

/* Goes through all of a sealed directory, which must outlive the result. The caller frees it. */
Pseudonyms *pseudonyms_new(const Directory *directory);
void pseudonyms_free(Pseudonyms *pseudonyms);

/* The name in its invented form; it belongs to the pseudonyms. */
const Dn *pseudonym_dn(Pseudonyms *pseudonyms, const Dn *dn);

/* Appends the bytes of a value, invented; of a name its text. */
void pseudonym_value(Pseudonyms *pseudonyms, AttributeId attribute, const Value *value,
                     GString *out);

/* Which name stands for which: lines as of invented_write(). */
void pseudonyms_write_map(const Pseudonyms *pseudonyms, Writer *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pseudonyms, pseudonyms_free)

#endif
