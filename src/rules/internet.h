#ifndef ADTOPO_RULES_INTERNET_H
#define ADTOPO_RULES_INTERNET_H

#include "rules/rule.h"

/* The rules of the family SEND about mail to the Internet; send.c lists them with its own. */
extern const Rule SEND001;
extern const Rule SEND002;
extern const Rule SEND013;

#endif
