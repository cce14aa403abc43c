/* Addresses and the address spaces of connectors: parsing the one, matching it against the
 * other. */
#include "routing/address-space.h"

#include "base/fault.h"

#include <string.h>

/* --- addresses ---------------------------------------------------------------------------- */

/* What follows the last "@"; NULL when there is none or nothing follows. */
static const char *mail_domain(const char *address)
{
    const char *at = strrchr(address, '@');

    return at != NULL && at[1] != '\0' ? at + 1 : NULL;
}

static bool check_address(const Address *address, GError **error)
{
    if (address->type[0] == '\0' || address->value[0] == '\0') {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "\"%s:%s\" is no address: write a type and an address, as in "
                    "smtp:user@contoso.com",
                    address->type, address->value);
        return false;
    }
    if (strcmp(address->type, "SMTP") == 0 && mail_domain(address->value) == NULL) {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "the address \"%s\" has no domain: write smtp:user@contoso.com",
                    address->value);
        return false;
    }
    return true;
}

Address *address_parse(const char *text, GError **error)
{
    g_autoptr(Address) address = g_new0(Address, 1);
    const char *colon = strchr(text, ':');

    address->type = colon == NULL ? g_strdup("") : g_ascii_strup(text, colon - text);
    address->value = g_strstrip(g_strdup(colon == NULL ? text : colon + 1));
    return check_address(address, error) ? g_steal_pointer(&address) : NULL;
}

void address_free(Address *address)
{
    if (address == NULL)
        return;
    g_free(address->type);
    g_free(address->value);
    g_free(address);
}

/* --- SMTP --------------------------------------------------------------------------------- */

/* The length of a domain without the dot of the root. */
static size_t domain_length(const char *domain)
{
    size_t length = strlen(domain);

    return length > 0 && domain[length - 1] == '.' ? length - 1 : length;
}

static bool same_text(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return a_length == b_length && g_ascii_strncasecmp(a, b, a_length) == 0;
}

/* Whether `domain` is `parent` or below it. */
static bool domain_is_below(const char *domain, size_t length, const char *parent, size_t size)
{
    if (size == 0 || length < size)
        return false;
    return same_text(domain + length - size, size, parent, size) &&
           (length == size || domain[length - size - 1] == '.');
}

static bool smtp_covers(const char *pattern, const char *address, guint *specificity)
{
    const char *domain = mail_domain(address);
    size_t length = domain_length(domain);
    size_t size;

    if (strcmp(pattern, "*") == 0) {
        *specificity = 0;
        return true;
    }
    pattern += pattern[0] == '@';
    size = domain_length(pattern);
    if (g_str_has_prefix(pattern, "*.")) {
        if (!domain_is_below(domain, length, pattern + 2, size - 2))
            return false;
        *specificity = (guint)size;
        return true;
    }
    if (size == 0 || !same_text(domain, length, pattern, size))
        return false;
    *specificity = G_MAXUINT;
    return true;
}

/* --- X.400 -------------------------------------------------------------------------------- */

/* One component, "p=Contoso": views into the text. */
typedef struct Component {
    const char *name;
    size_t name_length;
    const char *value;
    size_t value_length;
} Component;

static void trim(const char **text, size_t *length)
{
    while (*length > 0 && **text == ' ') {
        ++*text;
        --*length;
    }
    while (*length > 0 && (*text)[*length - 1] == ' ')
        --*length;
}

/* The next component after *text, which moves on; FALSE at the end. */
static bool next_component(const char **text, Component *component)
{
    size_t length = strcspn(*text, ";/");
    const char *equals = memchr(*text, '=', length);

    if (**text == '\0')
        return false;
    *component = (Component){.name = *text, .name_length = length, .value = *text + length};
    if (equals != NULL) {
        component->name_length = (size_t)(equals - *text);
        component->value = equals + 1;
        component->value_length = length - component->name_length - 1;
    }
    trim(&component->name, &component->name_length);
    trim(&component->value, &component->value_length);
    *text += length + ((*text)[length] != '\0');
    return true;
}

/* Whether the address has the component with that value; one without a value may as well be
 * absent. */
static bool has_component(const char *address, const Component *wanted)
{
    Component component;

    while (next_component(&address, &component))
        if (same_text(component.name, component.name_length, wanted->name, wanted->name_length))
            return same_text(component.value, component.value_length, wanted->value,
                             wanted->value_length);
    return wanted->value_length == 0;
}

static bool x400_covers(const char *pattern, const char *address, guint *specificity)
{
    Component component;
    guint named = 0;

    while (next_component(&pattern, &component)) {
        bool any = component.value_length == 1 && component.value[0] == '*';
        bool all = component.value_length == 0 && component.name_length == 1 &&
                   component.name[0] == '*';

        if (any || all || component.name_length == 0)
            continue;
        if (!has_component(address, &component))
            return false;
        named++;
    }
    *specificity = named;
    return true;
}

/* --- any other type ----------------------------------------------------------------------- */

/* Wildcard matching without recursion: after a mismatch the last "*" takes one character more. */
static bool matches(const char *pattern, const char *text)
{
    const char *star = NULL;
    const char *resume = NULL;

    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            resume = text;
        } else if (*pattern == '?' || g_ascii_toupper(*pattern) == g_ascii_toupper(*text)) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text = ++resume;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

static bool wildcards_cover(const char *pattern, const char *address, guint *specificity)
{
    guint literal = 0;

    if (!matches(pattern, address))
        return false;
    for (; *pattern != '\0'; pattern++)
        literal += *pattern != '*' && *pattern != '?';
    *specificity = literal;
    return true;
}

/* --- spaces ------------------------------------------------------------------------------- */

bool address_space_covers(const AddressSpace *space, const Address *address, guint *specificity)
{
    if (strcmp(space->type, address->type) != 0 || space->pattern[0] == '\0')
        return false;
    if (strcmp(space->type, "SMTP") == 0)
        return smtp_covers(space->pattern, address->value, specificity);
    if (strcmp(space->type, "X400") == 0)
        return x400_covers(space->pattern, address->value, specificity);
    return wildcards_cover(space->pattern, address->value, specificity);
}

char *address_space_text(const AddressSpace *space)
{
    return g_strdup_printf("%s:%s", space->type, space->pattern);
}

char *address_space_key(const AddressSpace *space)
{
    g_autofree char *text = address_space_text(space);

    return g_utf8_validate(text, -1, NULL) ? g_utf8_casefold(text, -1) : g_strdup(text);
}

/* --- examples ----------------------------------------------------------------------------- */

static char *smtp_example(const char *pattern)
{
    if (strcmp(pattern, "*") == 0)
        return g_strdup("SMTP:user@adtopo.invalid");
    pattern += pattern[0] == '@';
    if (g_str_has_prefix(pattern, "*."))
        return g_strdup_printf("SMTP:user@adtopo.%s", pattern + 2);
    return g_strdup_printf("SMTP:user@%s", pattern);
}

static char *filled_in(const AddressSpace *space)
{
    GString *text = g_string_new(NULL);

    g_string_printf(text, "%s:", space->type);
    for (const char *at = space->pattern; *at != '\0'; at++)
        if (*at == '*')
            g_string_append(text, "adtopo");
        else
            g_string_append_c(text, *at == '?' ? 'x' : *at);
    return g_string_free(text, FALSE);
}

char *address_space_example(const AddressSpace *space)
{
    bool smtp = strcmp(space->type, "SMTP") == 0;
    g_autofree char *text = smtp ? smtp_example(space->pattern) : filled_in(space);
    g_autoptr(Address) address = address_parse(text, NULL);
    guint specificity;

    if (address == NULL || !address_space_covers(space, address, &specificity))
        return NULL;
    return g_steal_pointer(&text);
}
