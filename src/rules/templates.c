/* The templates of recipient policies, taken apart. */
#include "rules/templates.h"

#include "base/fold.h"

#include <string.h>

static char *text_of(const Value *value)
{
    uint32_t length;
    const char *bytes = value_bytes(value, &length);

    return bytes == NULL ? NULL : g_strndup(bytes, length);
}

bool template_parse(const Value *value, Template *template)
{
    g_autofree char *text = text_of(value);
    char *colon = text == NULL ? NULL : strchr(text, ':');

    if (colon == NULL || colon == text)
        return false;
    *colon = '\0';
    template->type = g_ascii_strup(text, -1);
    template->pattern = g_strdup(colon + 1);
    template->primary = strcmp(text, template->type) == 0;
    return true;
}

void template_clear(Template *template)
{
    g_clear_pointer(&template->type, g_free);
    g_clear_pointer(&template->pattern, g_free);
}

bool template_is_smtp(const Template *template)
{
    return strcmp(template->type, "SMTP") == 0;
}

char *smtp_domain(const Value *value)
{
    g_autofree char *text = text_of(value);
    const char *colon = text == NULL ? NULL : strchr(text, ':');
    const char *at = text == NULL ? NULL : strrchr(text, '@');

    if (text == NULL || (colon != NULL && g_ascii_strncasecmp(text, "smtp:", 5) != 0))
        return NULL;
    return fold_string(at != NULL ? at + 1 : colon != NULL ? colon + 1 : text);
}
