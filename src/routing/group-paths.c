/*
 * Least costs over routing groups. Edges are kept twice, sorted by either end, so that a search can
 * run from a group as well as towards it; groups are known by their numbers.
 */
#include "routing/group-paths.h"

#include "routing/connections.h"
#include "routing/label-heap.h"
#include "routing/names.h"

#define UNREACHED G_MAXUINT64

/* The edges sorted by one of their ends. */
typedef struct EdgeTable {
    guint *starts; /* by group, and one more */
    GroupEdge *edges;
} EdgeTable;

struct GroupNet {
    const Topology *topology;
    guint group_count;
    EdgeTable leaving;
    EdgeTable arriving;
};

struct GroupTree {
    const GroupNet *net;
    bool towards;
    const RoutingGroup *root;
    const GroupFilter *filter;
    guint64 *costs; /* by group */
    LabelHeap *heap;
};

/* --- the net ------------------------------------------------------------------------------ */

static void add_edge(GArray *edges, const Connector *connector, const RoutingGroup *to)
{
    GroupEdge edge = {
        .from = connector->group,
        .connector = connector,
        .to = to,
        .cost = (guint32)connector_cost(connector),
    };

    if (edge.from != to)
        g_array_append_val(edges, edge);
}

static void add_connector(GArray *edges, const Topology *topology, const Connector *connector)
{
    if (!connector_joins_groups(connector) ||
        connector_link_flaw(topology, connector) != CONNECTOR_SOUND)
        return;
    if (connector->kind == CONNECTOR_ROUTING_GROUP) {
        add_edge(edges, connector, connector->destination);
        return;
    }
    FOR_EACH(const RoutingGroup, group, connector->connected_groups)
        if (!group->official)
            add_edge(edges, connector, group);
}

static int compare_places(const Object *a, const Object *b)
{
    return a->number < b->number ? -1 : a->number > b->number;
}

static gint compare_leaving(gconstpointer a, gconstpointer b)
{
    const GroupEdge *left = a;
    const GroupEdge *right = b;
    int order = compare_places(&left->from->object, &right->from->object);

    if (order == 0)
        order = compare_places(&left->to->object, &right->to->object);
    return order != 0 ? order : compare_places(&left->connector->object, &right->connector->object);
}

static gint compare_arriving(gconstpointer a, gconstpointer b)
{
    const GroupEdge *left = a;
    const GroupEdge *right = b;
    int order = compare_places(&left->to->object, &right->to->object);

    return order != 0 ? order : compare_leaving(a, b);
}

static const RoutingGroup *edge_end(const GroupEdge *edge, bool leaving)
{
    return leaving ? edge->from : edge->to;
}

static EdgeTable edge_table(const GArray *edges, guint groups, bool leaving)
{
    g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(GroupEdge));
    EdgeTable table = {.starts = g_new0(guint, groups + 1)};
    guint at = 0;

    if (edges->len > 0)
        g_array_append_vals(sorted, edges->data, edges->len);
    g_array_sort(sorted, leaving ? compare_leaving : compare_arriving);
    for (guint group = 0; group <= groups; group++) {
        table.starts[group] = at;
        while (at < sorted->len &&
               edge_end(&g_array_index(sorted, GroupEdge, at), leaving)->object.number == group)
            at++;
    }
    table.edges = (GroupEdge *)(void *)g_array_steal(sorted, NULL);
    return table;
}

GroupNet *group_net_new(const Topology *topology)
{
    GroupNet *net = g_new0(GroupNet, 1);
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(GroupEdge));

    net->topology = topology;
    net->group_count = topology->routing_groups->len;
    FOR_EACH(const Connector, connector, topology->connectors)
        add_connector(edges, topology, connector);
    net->leaving = edge_table(edges, net->group_count, true);
    net->arriving = edge_table(edges, net->group_count, false);
    return net;
}

void group_net_free(GroupNet *net)
{
    if (net == NULL)
        return;
    g_free(net->leaving.starts);
    g_free(net->leaving.edges);
    g_free(net->arriving.starts);
    g_free(net->arriving.edges);
    g_free(net);
}

const Topology *group_net_topology(const GroupNet *net)
{
    return net->topology;
}

static const GroupEdge *table_edges(const EdgeTable *table, guint group, guint *count)
{
    *count = table->starts[group + 1] - table->starts[group];
    return *count == 0 ? NULL : &table->edges[table->starts[group]];
}

const GroupEdge *group_net_edges(const GroupNet *net, const RoutingGroup *from, guint *count)
{
    *count = 0;
    if (from == NULL)
        return NULL;
    return table_edges(&net->leaving, from->object.number, count);
}

bool group_edge_avoids(const GroupEdge *edge, gconstpointer group)
{
    return edge->from != group;
}

/* --- trees -------------------------------------------------------------------------------- */

static bool is_allowed(const GroupTree *tree, const GroupEdge *edge)
{
    return tree->filter == NULL || tree->filter->allows(edge, tree->filter->closure);
}

static void tree_expand(GroupTree *tree, const Label *label)
{
    const EdgeTable *table = tree->towards ? &tree->net->arriving : &tree->net->leaving;
    guint count;
    const GroupEdge *edges = table_edges(table, label->node, &count);

    for (guint i = 0; i < count; i++) {
        guint next = edge_end(&edges[i], tree->towards)->object.number;
        guint64 cost = label->cost + edges[i].cost;

        if (cost >= tree->costs[next] || !is_allowed(tree, &edges[i]))
            continue;
        tree->costs[next] = cost;
        label_heap_offer(tree->heap, (Label){.cost = cost, .node = next});
    }
}

static void tree_search(GroupTree *tree)
{
    Label label = {.node = tree->root->object.number};

    for (guint group = 0; group < tree->net->group_count; group++)
        tree->costs[group] = UNREACHED;
    tree->costs[label.node] = 0;
    label_heap_offer(tree->heap, label);
    while (label_heap_take(tree->heap, &label))
        tree_expand(tree, &label);
}

static GroupTree *tree_new(const GroupNet *net, const RoutingGroup *root, const GroupFilter *filter,
                           bool towards)
{
    GroupTree *tree = g_new0(GroupTree, 1);

    tree->net = net;
    tree->towards = towards;
    tree->costs = g_new(guint64, net->group_count);
    tree->heap = label_heap_new(net->group_count);
    group_tree_move(tree, root, filter);
    return tree;
}

GroupTree *group_tree_towards(const GroupNet *net, const RoutingGroup *root,
                              const GroupFilter *filter)
{
    return tree_new(net, root, filter, true);
}

GroupTree *group_tree_from(const GroupNet *net, const RoutingGroup *root, const GroupFilter *filter)
{
    return tree_new(net, root, filter, false);
}

void group_tree_move(GroupTree *tree, const RoutingGroup *root, const GroupFilter *filter)
{
    tree->root = root;
    tree->filter = filter;
    tree_search(tree);
}

void group_tree_free(GroupTree *tree)
{
    if (tree == NULL)
        return;
    g_free(tree->costs);
    label_heap_free(tree->heap);
    g_free(tree);
}

/* --- answers ------------------------------------------------------------------------------ */

bool group_tree_reaches(const GroupTree *tree, const RoutingGroup *group)
{
    return tree->costs[group->object.number] != UNREACHED;
}

guint64 group_tree_cost(const GroupTree *tree, const RoutingGroup *group)
{
    return tree->costs[group->object.number];
}

static gint compare_choices(gconstpointer a, gconstpointer b)
{
    const GroupEdge *left = *(const GroupEdge *const *)a;
    const GroupEdge *right = *(const GroupEdge *const *)b;
    int order = name_order(left->connector->object.name, right->connector->object.name);

    return order != 0 ? order : compare_leaving(left, right);
}

GPtrArray *group_tree_choices(const GroupTree *tree, const RoutingGroup *from)
{
    GPtrArray *choices = g_ptr_array_new();
    guint64 cost = group_tree_cost(tree, from);
    guint count;
    const GroupEdge *edges = group_net_edges(tree->net, from, &count);

    if (cost == UNREACHED || from == tree->root)
        return choices;
    for (guint i = 0; i < count; i++)
        if (group_tree_reaches(tree, edges[i].to) &&
            group_tree_cost(tree, edges[i].to) + edges[i].cost == cost &&
            is_allowed(tree, &edges[i]))
            g_ptr_array_add(choices, (gpointer)&edges[i]);
    g_ptr_array_sort(choices, compare_choices);
    return choices;
}

GPtrArray *group_tree_path(const GroupTree *tree, const RoutingGroup *from)
{
    GPtrArray *path = g_ptr_array_new();

    while (from != tree->root && group_tree_reaches(tree, from)) {
        g_autoptr(GPtrArray) choices = group_tree_choices(tree, from);
        const GroupEdge *edge = g_ptr_array_index(choices, 0);

        g_ptr_array_add(path, (gpointer)edge);
        from = edge->to;
    }
    return path;
}

/* Adds what the choices at a group lead to, unless it was come to before; costs fall at every step,
 * so nothing leads back. `steps` has, by group, the edge that led there. */
static void follow_choices(const GroupTree *tree, GPtrArray *met, const RoutingGroup *from,
                           const GroupEdge **steps)
{
    g_autoptr(GPtrArray) choices = group_tree_choices(tree, from);

    FOR_EACH(const GroupEdge, edge, choices) {
        const GroupEdge **step = &steps[edge->to->object.number];

        if (*step != NULL)
            continue;
        *step = edge;
        g_ptr_array_add(met, (gpointer)edge->to);
    }
}

GPtrArray *group_tree_path_through(const GroupTree *tree, const RoutingGroup *from,
                                   const RoutingGroup *through)
{
    g_autofree const GroupEdge **steps = g_new0(const GroupEdge *, tree->net->group_count);
    g_autoptr(GPtrArray) met = g_ptr_array_new();
    GPtrArray *path;
    guint at = 0;

    g_ptr_array_add(met, (gpointer)from);
    while (at < met->len && met->pdata[at] != through)
        follow_choices(tree, met, met->pdata[at++], steps);
    if (at == met->len)
        return NULL;
    path = group_tree_path(tree, through);
    for (const RoutingGroup *group = through; group != from;) {
        const GroupEdge *edge = steps[group->object.number];

        g_ptr_array_insert(path, 0, (gpointer)edge);
        group = edge->from;
    }
    return path;
}
