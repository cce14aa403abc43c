/* The catalogue: the families in their order. A new family is one line here. */
#include "rules/rule.h"

static const Rule *const *const families[] = {
    org_rules,  ver_rules, ag_rules,   rg_rules,  conn_rules, link_rules, site_rules, hub_rules,
    send_rules, cas_rules, edge_rules, um_rules,  trk_rules,  mgt_rules,  rus_rules,  pol_rules,
    pf_rules,   leg_rules, pre_rules,  res_rules, dec_rules,  nxt_rules,  path_rules,
};

/* Filled once, never changed afterwards: g_once orders it before every reader. */
static gpointer gather(gpointer data)
{
    GPtrArray *rules = g_ptr_array_new();

    (void)data;
    for (guint f = 0; f < G_N_ELEMENTS(families); f++)
        for (guint i = 0; families[f][i] != NULL; i++)
            g_ptr_array_add(rules, (gpointer)(uintptr_t)families[f][i]);
    return rules;
}

const Rule *const *rule_catalogue(guint *count)
{
    static GOnce once = G_ONCE_INIT;
    const GPtrArray *rules = g_once(&once, gather, NULL);

    *count = rules->len;
    return (const Rule *const *)rules->pdata;
}

const Rule *rule_find(const char *name)
{
    guint count;
    const Rule *const *rules = rule_catalogue(&count);

    for (guint i = 0; i < count; i++)
        if (g_ascii_strcasecmp(rules[i]->id, name) == 0 ||
            g_ascii_strcasecmp(rules[i]->slug, name) == 0)
            return rules[i];
    return NULL;
}
