#ifndef ADTOPO_SOURCE_REFUSAL_H
#define ADTOPO_SOURCE_REFUSAL_H

#include <stdbool.h>

/*
 * What a server's or libldap's refusal means in plain words. Active Directory says the true reason
 * of a refused bind in the message only, as a hexadecimal Windows error after "data" (MS-ADTS
 * section 5.1.1 has the bind's results, MS-ERREF the numbers): result 49 alone would send everyone
 * looking for a typing error in the password.
 */

/*
 * One phrase: the result's name and number, what it means here, and what to do next. `message` is
 * the server's own text or NULL; it is quoted where the table knows nothing better. The caller
 * frees the result.
 */
char *refusal_text(int result, const char *message);

/*
 * The number after "data " in a message of Active Directory ("80090308: LdapErr: DSID-0C090400,
 * comment: AcceptSecurityContext error, data 52e, v1db1" → 0x52e); 0 when there is none.
 */
unsigned refusal_subcode(const char *message);

/* Whether another server may well answer where this one did not: down, busy, closing, too slow. */
bool refusal_is_temporary(int result);

#endif
