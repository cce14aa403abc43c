/* Looking up examples. */
#include "rules/example.h"

#include <string.h>

const Example *example_of(const Rule *rule)
{
    for (const Example *example = example_table; example->rule != NULL; example++)
        if (strcmp(example->rule, rule->id) == 0)
            return example;
    return NULL;
}

static const char *command_of(const Example *example)
{
    if (strcmp(example->scenario, "preflight") == 0)
        return "preflight";
    return strcmp(example->scenario, "last") == 0 ? "preflight --decommission last-legacy"
                                                  : "audit";
}

char *example_command(const Example *example)
{
    g_autofree char *policy = example->policy == NULL
                                  ? g_strdup("")
                                  : g_strdup_printf(" --policy %s.policy", example->rule);

    return g_strdup_printf("adtopo %s --include %s%s --apply %s.ldif %s", command_of(example),
                           example->rule, policy, example->rule, example->organization);
}
