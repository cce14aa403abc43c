#ifndef ADTOPO_RULES_RG_H
#define ADTOPO_RULES_RG_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* The family RG is written in three files: rg.c (the groups), rg-members.c (who is in which),
 * rg-ways.c (the ways between them). */

extern const Rule RG001, RG002, RG003, RG009;
extern const Rule RG005, RG006, RG007, RG011;

/* Exchange 2007 and 2010, installed, and no Edge server: what belongs into the dedicated group. */
bool needs_dedicated_group(const Server *server);

/* Whether a name, read or not, is that of a group with the token of Exchange 2007. */
bool name_holds_token(const Value *value);

#endif
