#ifndef ADTOPO_RULES_TEMPLATES_H
#define ADTOPO_RULES_TEMPLATES_H

#include "directory/entry.h"

#include <glib.h>
#include <stdbool.h>

/*
 * One value of gatewayProxy of a recipient policy, from which the addresses of recipients are made:
 * "SMTP:%g.%s@contoso.com". A type in capitals marks the primary address of its type.
 */
typedef struct Template {
    char *type;    /* in capitals */
    char *pattern; /* what follows the colon */
    bool primary;
} Template;

/* FALSE, and nothing to clear, when the value has no type. */
bool template_parse(const Value *value, Template *template);
void template_clear(Template *template);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Template, template_clear)

/* Whether it makes SMTP addresses. */
bool template_is_smtp(const Template *template);

/* The domain of "SMTP:@contoso.com", "%g.%s@contoso.com", "contoso.com", folded for comparison;
 * NULL when the value is of another type. The caller frees it. */
char *smtp_domain(const Value *value);

#endif
