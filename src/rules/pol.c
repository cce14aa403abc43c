/*
 * POL, first part: recipient policies, from which recipients get their addresses. The domains in
 * them are judged in pol-domains.c, LDAP filters in pol-filters.c.
 */
#include "rules/pol.h"

#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/rule.h"
#include "rules/templates.h"

#include <string.h>

static GPtrArray *policies_of(const Topology *topology)
{
    return living_entries(topology, CLASS_msExchRecipientPolicy);
}

/* --- POL001 ------------------------------------------------------------------------------- */

static const Entry *policy_container(const Topology *topology)
{
    g_autoptr(GPtrArray)
        containers = living_entries(topology, CLASS_msExchRecipientPolicyContainer);

    return containers->len == 0 ? NULL : g_ptr_array_index(containers, 0);
}

/* Whether a missing container can be told from one that was not exported: its neighbours, which
 * every organisation has, were read. */
static bool neighbours_were_read(const Topology *topology)
{
    const Dn *organization = topology->organization->object.entry->dn;
    guint count = 0;

    FOR_EACH(const Entry, entry, directory_of_class(topology->directory, CLASS_msExchContainer))
        if (entry->dn->parent == organization)
            count++;
    return count > 1;
}

static void check_policies_exist(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) policies = policies_of(topology);
    const Entry *container = policy_container(topology);
    const Entry *place;

    if (topology->organization == NULL || topology->servers->len == 0 || policies->len > 0)
        return;
    if (container == NULL && !neighbours_were_read(topology)) {
        check_not_assessed(check, 0, "CN=Recipient Policies of the organisation was not read");
        return;
    }
    place = container != NULL ? container : topology->organization->object.entry;
    finding_cite_entry(check_raise_entry(check, SEVERITY_ERROR, place,
                                         container != NULL
                                             ? "The organisation has no recipient policy: their "
                                               "container is empty"
                                             : "The organisation has no recipient policy, nor a "
                                               "container for them"),
                       place);
}

static const Rule POL001 = {
    .id = "POL001",
    .slug = "no-recipient-policy",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "There is no recipient policy",
    .condition = "CN=Recipient Policies of the organisation holds no msExchRecipientPolicy, or "
                 "does not exist although its neighbours were read.",
    .why = "Without a policy no recipient gets an address, Exchange 2003 takes no domain for its "
           "own, and setup of later versions has none to make accepted domains from.",
    .remedy = "Make a default policy: ESM, Recipients, Recipient Policies; from Exchange 2007 on "
              "New-EmailAddressPolicy.",
    .references = "TechNet aa997131 (Exchange Analyzer)",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer),
    .misses = MISSES(CLASS_msExchRecipientPolicy),
    .check = check_policies_exist,
};

/* --- POL002 ------------------------------------------------------------------------------- */

static const AttributeId manager_attributes[] = {
    ATTR_msExchMailboxManagerMode,
    ATTR_msExchMailboxManagerFolderSettings,
    ATTR_msExchMailboxManagerAgeLimit,
    ATTR_msExchMailboxManagerSizeLimit,
    ATTR_msExchMailboxManagerSizeLimitEnabled,
};

static bool manages_mailboxes(const Entry *policy)
{
    for (guint i = 0; i < G_N_ELEMENTS(manager_attributes); i++)
        if (entry_has(policy, manager_attributes[i]))
            return true;
    return false;
}

static void raise_manager(Check *check, const Entry *policy)
{
    bool plan = check_scenario(check) == SCENARIO_PREFLIGHT;
    bool addresses = entry_has(policy, ATTR_gatewayProxy);
    Object object = entry_object(policy);
    Finding *finding = check_raise(
        check, plan ? SEVERITY_INFO : SEVERITY_WARNING, &object,
        "Recipient policy \"%s\" carries settings of the Mailbox "
        "Manager%s",
        object.name, addresses ? " beside address templates" : " and no address templates");

    for (guint i = 0; i < G_N_ELEMENTS(manager_attributes); i++)
        if (entry_has(policy, manager_attributes[i]))
            finding_cite(finding, &object, manager_attributes[i], "absent");
}

static void check_manager_policies(Check *check)
{
    g_autoptr(GPtrArray) policies = policies_of(check_topology(check));

    FOR_EACH(const Entry, policy, policies)
        if (manages_mailboxes(policy))
            raise_manager(check, policy);
}

static const Rule POL002 = {
    .id = "POL002",
    .slug = "mailbox-manager-policy",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "Recipient policies carry settings of the Mailbox Manager",
    .condition = "An msExchRecipientPolicy has msExchMailboxManagerMode or another attribute of "
                 "the Mailbox Manager (FolderSettings, AgeLimit, SizeLimit, SizeLimitEnabled). "
                 "Before an installation: information.",
    .why = "The Mailbox Manager cleans mailboxes on Exchange 2000 and 2003 only. Exchange 2007 has "
           "messaging records management instead; mailboxes that were moved are not cleaned any "
           "more, and a policy with nothing but these settings makes its cmdlets for e-mail "
           "address policies fail.",
    .remedy = "Set up messaging records management for the moved mailboxes (New-ManagedFolder, "
              "New-ManagedContentSettings, New-ManagedFolderMailboxPolicy), then delete the "
              "policy, or its page Mailbox Manager Settings where it makes addresses as well (ESM, "
              "Recipients, Recipient Policies, Change property pages).",
    .references = "TechNet bb123550; TechNet bb288905",
    .reads = READS(CLASS_msExchRecipientPolicy),
    .check = check_manager_policies,
};

/* --- POL003, POL004 ----------------------------------------------------------------------- */

static bool is_literal(const Template *template)
{
    return template_is_smtp(template) && strstr(template->pattern, "@[") != NULL;
}

static void cite_literals(Finding *finding, const Object *policy, AttributeId attribute)
{
    guint count;
    const Value *values = entry_values(policy->entry, attribute, &count);

    for (guint i = 0; i < count; i++) {
        g_auto(Template) template = {0};

        if (template_parse(&values[i], &template) && is_literal(&template))
            finding_cite_value(finding, policy, attribute, &values[i], "a DNS domain");
    }
}

static guint count_literals(const Entry *policy, AttributeId attribute)
{
    guint count;
    guint found = 0;
    const Value *values = entry_values(policy, attribute, &count);

    for (guint i = 0; i < count; i++) {
        g_auto(Template) template = {0};

        found += template_parse(&values[i], &template) && is_literal(&template);
    }
    return found;
}

/* One may stand among the templates that were switched off as well. */
static void check_literals(Check *check)
{
    g_autoptr(GPtrArray) policies = policies_of(check_topology(check));

    attribute_unread(check, policies->len, CLASS_msExchRecipientPolicy, ATTR_gatewayProxy);
    FOR_EACH(const Entry, policy, policies) {
        guint count = count_literals(policy, ATTR_gatewayProxy) +
                      count_literals(policy, ATTR_disabledGatewayProxy);
        Object object = entry_object(policy);
        Finding *finding;

        if (count == 0)
            continue;
        finding = check_raise(check, SEVERITY_ERROR, &object,
                              "Recipient policy \"%s\" makes SMTP addresses with an IP address for "
                              "a domain",
                              object.name);
        cite_literals(finding, &object, ATTR_gatewayProxy);
        cite_literals(finding, &object, ATTR_disabledGatewayProxy);
    }
}

static const Rule POL003 = {
    .id = "POL003",
    .slug = "address-literal-in-policy",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A recipient policy makes addresses with an IP address for a domain",
    .condition = "A value of gatewayProxy or disabledGatewayProxy of an msExchRecipientPolicy is "
                 "of type SMTP and holds \"@[\".",
    .why = "Exchange 2007 and later make no addresses like user@[10.0.0.1], and their setup stops "
           "when a policy asks for them.",
    .remedy = "Replace the template by one with a DNS domain, or delete it: ESM, Recipients, "
              "Recipient Policies, E-Mail Addresses (Policy).",
    .references = "Setup readiness check SMTPAddressLiteral",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRecipientPolicy),
    .check = check_literals,
};

/* Behind a percent sign: "%m", "%3g", "%rxy", "%%". Returns what follows, or NULL. */
static const char *skip_variable(const char *at)
{
    at++;
    if (*at == '%')
        return at + 1;
    if (*at == 'r')
        return at[1] != '\0' && at[2] != '\0' ? at + 3 : NULL;
    at += strspn(at, "0123456789");
    return *at != '\0' && strchr("sgimd", *at) != NULL ? at + 1 : NULL;
}

static bool has_unknown_part(const char *local, const char *end)
{
    while (local < end) {
        if (*local == '%') {
            local = skip_variable(local);
            if (local == NULL || local > end)
                return true;
        } else if (g_ascii_isalnum(*local) || strchr("!#$&'*+-/=?^_`{|}~.", *local) != NULL) {
            local++;
        } else {
            return true;
        }
    }
    return false;
}

static bool is_domain_name(const char *domain)
{
    for (const char *at = domain; *at != '\0'; at++)
        if (!g_ascii_isalnum(*at) && *at != '-' && *at != '.')
            return false;
    return true;
}

/* What is wrong with a template, in words; NULL when nothing known is. */
static const char *smtp_fault(const char *pattern, Severity *severity)
{
    const char *at = strrchr(pattern, '@');
    const char *domain = at == NULL ? pattern : at + 1;
    size_t length = strlen(domain);

    *severity = SEVERITY_ERROR;
    if (length == 0)
        return "has no domain";
    if (domain[0] == '.' || domain[length - 1] == '.' || strstr(pattern, "..") != NULL)
        return "has a dot too many";
    *severity = SEVERITY_WARNING;
    if (at == NULL)
        return "has no @";
    if (has_unknown_part(pattern, at))
        return "has a variable or character that Exchange 2007 does not know";
    return is_domain_name(domain) ? NULL : "has a domain that is no DNS name";
}

static const char *template_fault(const Value *value, Severity *severity)
{
    g_auto(Template) template = {0};

    *severity = SEVERITY_WARNING;
    if (!template_parse(value, &template))
        return "has no address type";
    if (template_is_smtp(&template))
        return is_literal(&template) ? NULL : smtp_fault(template.pattern, severity);
    if (strcmp(template.type, "X400") == 0 && !g_str_has_suffix(template.pattern, ";"))
        return "does not end with a semicolon";
    return NULL;
}

static void raise_fault(Check *check, const Object *policy, const Value *value, const char *fault,
                        Severity severity)
{
    g_autofree char *text = value_text(value, ATTR_gatewayProxy);

    finding_cite_value(check_raise(check, severity, policy,
                                   "Template \"%s\" of recipient policy \"%s\" %s", text,
                                   policy->name, fault),
                       policy, ATTR_gatewayProxy, value, NULL);
}

static void check_templates(Check *check)
{
    g_autoptr(GPtrArray) policies = policies_of(check_topology(check));

    FOR_EACH(const Entry, policy, policies) {
        Object object = entry_object(policy);
        guint count;
        const Value *values = entry_values(policy, ATTR_gatewayProxy, &count);

        for (guint i = 0; i < count; i++) {
            Severity severity;
            const char *fault = template_fault(&values[i], &severity);

            if (fault != NULL)
                raise_fault(check, &object, &values[i], fault, severity);
        }
    }
}

static const Need template_needs[] = {{CLASS_msExchRecipientPolicy, ATTR_gatewayProxy},
                                      {CLASS_NONE, ATTR_NONE}};

static const Rule POL004 = {
    .id = "POL004",
    .slug = "malformed-address-template",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT,
    .decided = DECIDED_IN_PART,
    .title = "A recipient policy has a template that Exchange 2007 does not accept",
    .condition = "A value of gatewayProxy of type SMTP has no domain, or a dot at its domain's "
                 "ends or beside another (errors); no @, a variable other than %s %g %i %m %d "
                 "(with a number of characters or without) and %rxy, another character than RFC "
                 "5321 allows, or a domain that is no DNS name; or one of type X400 does not end "
                 "with a semicolon. The whole grammar of Exchange 2007 is not published: other "
                 "templates may be refused as well.",
    .why = "Exchange 2003 is content with templates that Exchange 2007 refuses: its setup, and "
           "later every change of the policy, fails on them.",
    .remedy = "Correct the template: ESM, Recipients, Recipient Policies, E-Mail Addresses "
              "(Policy).",
    .references = "Exchange Best Practices Analyzer, rules on recipient policies; KB 822447",
    .needs = template_needs,
    .reads = READS(CLASS_msExchRecipientPolicy),
    .check = check_templates,
};

/* --- POL006 ------------------------------------------------------------------------------- */

/* The templates (GPtrArray of const Value) of a policy by type, and the types in order. */
static GHashTable *templates_by_type(const Entry *policy, GPtrArray *types)
{
    GHashTable *templates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                  (GDestroyNotify)g_ptr_array_unref);
    guint count;
    const Value *values = entry_values(policy, ATTR_gatewayProxy, &count);

    for (guint i = 0; i < count; i++) {
        g_auto(Template) template = {0};
        GPtrArray *of_type;

        if (!template_parse(&values[i], &template))
            continue;
        of_type = g_hash_table_lookup(templates, template.type);
        if (of_type == NULL) {
            char *type = g_steal_pointer(&template.type);

            of_type = g_ptr_array_new();
            g_hash_table_insert(templates, type, of_type);
            g_ptr_array_add(types, type);
        }
        g_ptr_array_add(of_type, (gpointer)(uintptr_t)&values[i]);
    }
    return templates;
}

static guint count_primaries(const GPtrArray *templates)
{
    guint primaries = 0;

    FOR_EACH(const Value, value, templates) {
        g_auto(Template) template = {0};

        primaries += template_parse(value, &template) && template.primary;
    }
    return primaries;
}

static void judge_type(Check *check, const Object *policy, const char *type,
                       const GPtrArray *templates)
{
    bool next = check_scenario(check) == SCENARIO_NEXT;
    guint primaries = count_primaries(templates);
    g_autofree char *number = NULL;
    Finding *finding;

    if (primaries == 1)
        return;
    number = primaries == 0 ? g_strdup("no") : g_strdup_printf("%u", primaries);
    finding = check_raise(check, next ? SEVERITY_ERROR : SEVERITY_WARNING, policy,
                          "Recipient policy \"%s\" has %s primary template%s of type %s",
                          policy->name, number, primaries == 0 ? "" : "s", type);
    FOR_EACH(const Value, value, templates)
        finding_cite_value(finding, policy, ATTR_gatewayProxy, value, NULL);
}

static void check_primaries(Check *check)
{
    g_autoptr(GPtrArray) policies = policies_of(check_topology(check));

    FOR_EACH(const Entry, policy, policies) {
        g_autoptr(GPtrArray) types = g_ptr_array_new();
        g_autoptr(GHashTable) templates = templates_by_type(policy, types);
        Object object = entry_object(policy);

        FOR_EACH(const char, type, types)
            judge_type(check, &object, type, g_hash_table_lookup(templates, type));
    }
}

static const Rule POL006 = {
    .id = "POL006",
    .slug = "primary-template-count",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A recipient policy has not exactly one primary template of a type",
    .condition = "Of the values of gatewayProxy of one address type, the number whose type is "
                 "written in capitals is not one. A warning; an error where Exchange 2010 or later "
                 "is installed.",
    .why = "The template in capitals makes the primary address of its type. With none or several, "
           "what recipients get is left to chance, and setup /PrepareAD of Exchange 2010 aborts. "
           "Types of connectors removed long ago (fax, for one) are the usual cause.",
    .remedy = "Leave one template of each type in capitals, and delete types that nothing carries "
              "any more: ESM, Recipients, Recipient Policies, E-Mail Addresses (Policy), or the "
              "attribute gatewayProxy in ADSI Edit.",
    .references = "Exchange 2010 setup /PrepareAD (umesh, geekswithblogs 2010-06-30)",
    .needs = template_needs,
    .reads = READS(CLASS_msExchRecipientPolicy),
    .check = check_primaries,
};

const Rule *const pol_rules[] = {&POL001, &POL002, &POL003, &POL004, &POL005, &POL006,
                                 &POL007, &POL008, &POL009, &POL010, NULL};
