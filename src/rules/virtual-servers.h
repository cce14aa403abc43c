#ifndef ADTOPO_RULES_VIRTUAL_SERVERS_H
#define ADTOPO_RULES_VIRTUAL_SERVERS_H

#include "rules/rule.h"

/* The rules of the family SEND about SMTP virtual servers; send.c lists them with its own. */
extern const Rule SEND011;
extern const Rule SEND012;

#endif
