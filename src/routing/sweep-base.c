/* What a removal has in common with another one, and how that is taken from it: from a pair what
 * either does alone, from everything what is down all the time. */
#include "routing/sweep-state.h"

/* --- loops and address spaces ------------------------------------------------------------- */

static gboolean is_same_loop(gconstpointer a, gconstpointer b)
{
    const SweepLoop *left = a;
    const SweepLoop *right = b;

    return left->destination == right->destination &&
           left->cycle->pdata[0] == right->cycle->pdata[0];
}

static void drop_known(GPtrArray *list, const GPtrArray *known, GEqualFunc is_same)
{
    for (guint i = list->len; i-- > 0;)
        if (g_ptr_array_find_with_equal_func((GPtrArray *)known, list->pdata[i], is_same, NULL))
            g_ptr_array_remove_index(list, i);
}

void sweeper_drop_loops(Removal *removal, const GPtrArray *known)
{
    drop_known(removal->loops, known, is_same_loop);
}

void sweeper_drop_spaces(Removal *removal, const GPtrArray *known)
{
    drop_known(removal->spaces, known, g_str_equal);
}

/* --- ways --------------------------------------------------------------------------------- */

/* The ways by their keys; both borrow the array. */
static GHashTable *ways_by_key(const Sweeper *sweeper, const GArray *ways)
{
    GHashTable *table = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < ways->len; i++) {
        SweepWay *way = &g_array_index(ways, SweepWay, i);

        g_hash_table_insert(table, GSIZE_TO_POINTER(way_key(sweeper, way)), way);
    }
    return table;
}

static const SweepWay *find_way(const Sweeper *sweeper, GHashTable *table, const SweepWay *way)
{
    return g_hash_table_lookup(table, GSIZE_TO_POINTER(way_key(sweeper, way)));
}

static void drop_ways(const Sweeper *sweeper, GArray *ways, const GArray *known)
{
    g_autoptr(GHashTable) table = ways_by_key(sweeper, known);
    guint kept = 0;

    for (guint i = 0; i < ways->len; i++) {
        SweepWay way = g_array_index(ways, SweepWay, i);

        if (find_way(sweeper, table, &way) == NULL)
            g_array_index(ways, SweepWay, kept++) = way;
    }
    g_array_set_size(ways, kept);
}

/* What had changed by then is told from what it had become. */
static void drop_changes(const Sweeper *sweeper, GArray *ways, const GArray *known)
{
    g_autoptr(GHashTable) table = ways_by_key(sweeper, known);
    guint kept = 0;

    for (guint i = 0; i < ways->len; i++) {
        SweepWay way = g_array_index(ways, SweepWay, i);
        const SweepWay *then = find_way(sweeper, table, &way);

        if (then != NULL)
            way.before = then->after;
        if (way.before != way.after)
            g_array_index(ways, SweepWay, kept++) = way;
    }
    g_array_set_size(ways, kept);
}

void sweeper_forget_base(const Sweeper *sweeper, Removal *removal)
{
    const Removal *base = sweeper->sweep->base;

    if (base == NULL)
        return;
    drop_ways(sweeper, removal->lost, base->lost);
    drop_ways(sweeper, removal->waiting, base->waiting);
    drop_changes(sweeper, removal->changed, base->changed);
    sweeper_drop_loops(removal, base->loops);
    sweeper_drop_spaces(removal, base->spaces);
}
