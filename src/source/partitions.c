/* Where on a server the partitions are, and what it will be asked about them. */
#include "source/partitions.h"

#include "source/domain-plan.h"
#include "source/uri.h"

#include <string.h>

static bool is_configuration(const char *name)
{
    return g_ascii_strncasecmp(name, "CN=Configuration,", strlen("CN=Configuration,")) == 0;
}

char *partition_configuration(Reader *reader, const RootDse *rootdse)
{
    if (rootdse->configuration != NULL)
        return g_strdup(rootdse->configuration);
    for (char **name = rootdse->naming_contexts; name != NULL && *name != NULL; name++) {
        g_autofree char *below = g_strdup_printf("CN=Configuration,%s", *name);

        if (is_configuration(*name))
            return g_strdup(*name);
        if (**name != '\0' && reader_has_entry(reader, below))
            return g_steal_pointer(&below);
    }
    return NULL;
}

char *partition_schema(const RootDse *rootdse, const char *configuration)
{
    if (rootdse->schema != NULL || configuration == NULL)
        return g_strdup(rootdse->schema);
    return g_strdup_printf("CN=Schema,%s", configuration);
}

/* What was asked for before anything else: which entries were looked for in vain, and the one. */
static void plan_probes(SearchPlan *plan, const RootDse *rootdse, const char *configuration)
{
    if (rootdse->configuration != NULL)
        return;
    for (char **name = rootdse->naming_contexts; name != NULL && *name != NULL; name++) {
        g_autofree char *below = g_strdup_printf("CN=Configuration,%s", *name);

        if (**name == '\0' || is_configuration(*name))
            continue;
        search_plan_add(plan, QUESTION_PROBE, below);
        if (g_strcmp0(below, configuration) == 0)
            return;
    }
}

SearchPlan *partition_plan(Connection *connection, const RootDse *rootdse)
{
    const ConnectionOptions *options = connection->options;
    Reader reader = {.connection = connection};
    g_autofree char *configuration = partition_configuration(&reader, rootdse);
    g_autofree char *schema = partition_schema(rootdse, configuration);
    const char *base = options->base != NULL ? options->base : configuration;
    bool controller = rootdse_is_active_directory(rootdse);
    SearchPlan *plan = search_plan_new(connection->uri);

    plan->domain = g_strdup(rootdse->domain);
    plan->paged = rootdse_has_control(rootdse, LDAP_CONTROL_PAGEDRESULTS);
    plan->domain_scope = rootdse_has_control(rootdse, LDAP_CONTROL_X_DOMAIN_SCOPE);
    plan->mechanism = rootdse_mechanism(rootdse, uri_is_local(connection->uri));
    search_plan_add(plan, QUESTION_ROOTDSE, "");
    plan_probes(plan, rootdse, configuration);
    search_plan_add(plan, QUESTION_CONFIGURATION, base);
    for (QuestionKind kind = QUESTION_SCHEMA; schema != NULL && kind <= QUESTION_MARKER; kind++)
        search_plan_add(plan, kind, schema);
    if (controller)
        search_plan_add(plan, QUESTION_DATABASE, rootdse->service);
    if (controller)
        search_plan_add(plan, QUESTION_CHANGES, base);
    if (options->base == NULL)
        domain_plan_add(plan, options->domain_parts);
    return plan;
}
