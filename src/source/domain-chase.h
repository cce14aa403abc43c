#ifndef ADTOPO_SOURCE_DOMAIN_CHASE_H
#define ADTOPO_SOURCE_DOMAIN_CHASE_H

#include "source/search.h"

/*
 * Objects of one domain that are asked for by name, because others that were read name them: what
 * the configuration refers to (accounts of domain controllers, the groups of otherWellKnownObjects,
 * and whatever else), and the members of ExchangeLegacyInterop, through groups in it as well. Only
 * so can it be said that one is missing. Servers never answer for members of another domain: those
 * come with that domain's own reading.
 *
 * As reader_read_subtree(). READER_FAILED and FAULT_LIMIT when the configuration names more than
 * 5,000 unread objects of the domain. Of members only the first 5,000 are asked for; the rest stays
 * unread.
 */
ReaderResult domain_chase(Reader *reader, const Dn *head, const Dn *configuration, GError **error);

#endif
