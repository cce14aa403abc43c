/*
 * One message for several recipients. The ways of the recipients are laid side by side as lists
 * of stops; recipients whose ways are the same so far travel in one copy, which stops where any
 * of them would stop, and where the ways part.
 */
#include "routing/fan-out.h"

#include "routing/connections.h"

#include <string.h>

/* Recipients in one copy: their routes, and the place in all of them at which the copy is. */
typedef struct Copy {
    GPtrArray *routes; /* of Route */
    guint place;
} Copy;

typedef struct FanOut {
    Route *whole;
    const Failures *failures;
    GArray *copies; /* of Copy: still to be followed */
} FanOut;

static const RouteStop *stop_at(const Route *route, guint place)
{
    return place < route->stops->len ? &g_array_index(route->stops, RouteStop, place) : NULL;
}

static bool same_place(const RouteStop *a, const RouteStop *b)
{
    return a != NULL && b != NULL && a->site == b->site && a->group == b->group;
}

static bool all_share(const Copy *copy, guint place)
{
    const RouteStop *first = stop_at(copy->routes->pdata[0], place);

    FOR_EACH(const Route, route, copy->routes)
        if (!same_place(first, stop_at(route, place)))
            return false;
    return true;
}

static bool can_split(const RouteStop *stop)
{
    return stop->site == NULL || site_carries_mail(stop->site);
}

static bool any_accepts(const Copy *copy, guint place)
{
    FOR_EACH(const Route, route, copy->routes)
        if (stop_at(route, place)->accepts)
            return true;
    return false;
}

/* --- moving one copy ---------------------------------------------------------------------- */

/* The last place that all ways of the copy have in common and where it can be split. */
static guint last_common(const Copy *copy)
{
    guint best = copy->place;

    for (guint place = copy->place + 1; all_share(copy, place); place++)
        if (can_split(stop_at(copy->routes->pdata[0], place)))
            best = place;
    return best;
}

static void add_transfer(FanOut *fan, const RouteStop *from, const RouteStop *to)
{
    RouteTransfer transfer = {route_stop_text(from, true), route_stop_text(to, true)};

    g_array_append_val(fan->whole->transfers, transfer);
}

static bool is_dead(const FanOut *fan, const RouteStop *stop)
{
    return stop->site != NULL && site_is_down(fan->failures, stop->site);
}

/* A fork that does not answer: its copy goes back as any message does, and waits. */
static void hold(FanOut *fan, const Copy *copy, guint place)
{
    const Route *first = copy->routes->pdata[0];

    while (place > copy->place &&
           (!can_split(stop_at(first, place)) || is_dead(fan, stop_at(first, place))))
        place--;
    FOR_EACH(Route, route, copy->routes) {
        g_free(route->queue);
        route->queue = route_stop_text(stop_at(route, place), true);
        route->outcome = MAX(route->outcome, ROUTE_QUEUED);
        g_ptr_array_add(route->why, g_strdup("The site where the copies would part does not "
                                             "answer: the common copy waits."));
    }
}

/* The farthest place at which any message of the copy would be taken in. */
static guint last_accepting(const Copy *copy)
{
    guint best = 0;

    FOR_EACH(const Route, route, copy->routes)
        for (guint place = best + 1; place < route->stops->len; place++)
            if (stop_at(route, place)->accepts)
                best = place;
    return best;
}

/* Moves the copy to a place, with the stops on the way that hub sites make. */
static void move(FanOut *fan, Copy *copy, guint target)
{
    const Route *first = copy->routes->pdata[0];

    for (guint place = copy->place + 1; place <= target; place++) {
        if (place < target && !any_accepts(copy, place))
            continue;
        add_transfer(fan, stop_at(first, copy->place), stop_at(first, place));
        copy->place = place;
    }
}

/* --- splitting ---------------------------------------------------------------------------- */

/* The recipients of a copy that go on to the same next place as `route`. */
static Copy take_alike(Copy *copy, const Route *route)
{
    Copy taken = {.routes = g_ptr_array_new(), .place = copy->place};
    const RouteStop *next = stop_at(route, copy->place + 1);
    guint at = 0;

    while (at < copy->routes->len) {
        Route *other = copy->routes->pdata[at];

        if (other == route || same_place(next, stop_at(other, copy->place + 1)))
            g_ptr_array_add(taken.routes, g_ptr_array_steal_index(copy->routes, at));
        else
            at++;
    }
    return taken;
}

/* Parts a copy where it is: one for each next place, and what stays for recipients who are here. */
static void split(FanOut *fan, Copy *copy)
{
    const RouteStop *here = stop_at(copy->routes->pdata[0], copy->place);
    guint parts = 0;
    bool stays = false;

    while (copy->routes->len > 0) {
        Copy taken = take_alike(copy, copy->routes->pdata[0]);

        if (stop_at(taken.routes->pdata[0], copy->place + 1) == NULL) {
            stays = true;
            g_ptr_array_unref(taken.routes);
        } else {
            parts++;
            g_array_append_val(fan->copies, taken);
        }
    }
    if (parts + stays > 1)
        g_ptr_array_add(fan->whole->forks, route_stop_text(here, true));
}

/* A lone recipient's copy goes as far as it gets, others as far as they share the way. What waits
 * before that place waits for all of them. */
static void follow(FanOut *fan, Copy *copy)
{
    const Route *first = copy->routes->pdata[0];
    guint reach = last_accepting(copy);
    guint target = copy->routes->len == 1 ? reach : last_common(copy);

    if (reach < target)
        move(fan, copy, reach);
    else if (copy->routes->len > 1 && is_dead(fan, stop_at(first, target)))
        hold(fan, copy, target);
    else
        move(fan, copy, target);
    if (copy->routes->len > 1 && copy->place == target)
        split(fan, copy);
}

/* --- the whole ---------------------------------------------------------------------------- */

static Route *whole_new(GPtrArray *routes)
{
    const Route *first = routes->pdata[0];
    Route *whole = route_new(first->from);

    whole->each = routes;
    FOR_EACH(const Route, route, routes)
        g_ptr_array_add(whole->to, g_strdup(route->to->pdata[0]));
    return whole;
}

/* Recipients that are returned, cannot be reached or are yet to be looked up are dealt with where
 * the message comes from. */
static GPtrArray *sent_routes(const GPtrArray *routes)
{
    GPtrArray *sent = g_ptr_array_new();

    FOR_EACH(Route, route, routes)
        if (route->outcome <= ROUTE_QUEUED && route->outcome != ROUTE_RESOLVED &&
            route->stops->len > 0)
            g_ptr_array_add(sent, route);
    return sent;
}

static guint count_from_source(const Route *whole)
{
    const Route *first = whole->each->pdata[0];
    g_autofree char *source = NULL;
    guint count = 0;

    if (first->stops->len == 0)
        return 0;
    source = route_stop_text(stop_at(first, 0), true);
    for (guint i = 0; i < whole->transfers->len; i++)
        count += strcmp(g_array_index(whole->transfers, RouteTransfer, i).from, source) == 0;
    return count;
}

/* The gravest outcome, and where the first message of that outcome waits. */
static void settle_outcome(Route *whole)
{
    const Route *gravest = whole->each->pdata[0];

    FOR_EACH(const Route, route, whole->each)
        if (route->outcome > gravest->outcome)
            gravest = route;
    whole->outcome = gravest->outcome;
    whole->queue = g_strdup(gravest->queue);
}

Route *fan_out(GPtrArray *routes, const Failures *failures)
{
    g_autoptr(GArray) copies = g_array_new(FALSE, FALSE, sizeof(Copy));
    FanOut fan = {.whole = whole_new(routes), .failures = failures, .copies = copies};
    Copy all = {.routes = sent_routes(routes)};

    g_array_append_val(copies, all);
    for (guint i = 0; i < copies->len; i++) {
        Copy copy = g_array_index(copies, Copy, i);

        if (copy.routes->len > 0)
            follow(&fan, &copy);
        g_ptr_array_unref(copy.routes);
    }
    fan.whole->copies = count_from_source(fan.whole);
    settle_outcome(fan.whole);
    return fan.whole;
}
