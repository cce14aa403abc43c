/*
 * The picture of a topology. Shapes are made from the outside in, so that a frame is there before
 * what stands in it; strokes last, when everything they join is there. Marks are found by the
 * name of the object behind a shape or stroke.
 */
#include "report/graph.h"

#include "base/nearest.h"

typedef struct Drawing {
    Picture *picture;
    const Topology *topology;
    const Audit *audit;
    const Route *route;
    const Failures *failures;
    bool groups;           /* the view has routing groups */
    bool sites;            /* it has sites */
    GHashTable *shapes;    /* const Object → Shape */
    GHashTable *marks;     /* const Dn → Mark, without the rules' owner */
    GHashTable *outside;   /* "SMTP:*" → Shape */
    GHashTable *travelled; /* a set of const Entry: what the route passes */
} Drawing;

/* --- shapes and strokes ------------------------------------------------------------------- */

static void shape_free(gpointer data)
{
    Shape *shape = data;

    g_free(shape->title);
    g_free(shape->detail);
    g_clear_pointer(&shape->mark.rules, g_ptr_array_unref);
    g_ptr_array_unref(shape->children);
    g_free(shape);
}

static void stroke_free(gpointer data)
{
    Stroke *stroke = data;

    g_free(stroke->label);
    g_clear_pointer(&stroke->mark.rules, g_ptr_array_unref);
    g_free(stroke);
}

/* What the audit and the route have to say about an object. */
static Mark mark_of(const Drawing *drawing, const Object *object)
{
    const Mark *found = g_hash_table_lookup(drawing->marks, object->entry->dn);
    Mark mark = {.on_route = g_hash_table_contains(drawing->travelled, object->entry),
                 .down = object_is_down(drawing->failures, object)};

    if (found != NULL) {
        mark.rules = g_ptr_array_ref(found->rules);
        mark.severity = found->severity;
    }
    return mark;
}

/* Adds to a text that may be NULL. */
static void add_remark(char **text, bool wanted, const char *separator, const char *remark)
{
    char *before = *text;

    if (!wanted)
        return;
    *text = before == NULL ? g_strdup(remark) : g_strconcat(before, separator, remark, NULL);
    g_free(before);
}

static Shape *add_shape(Drawing *drawing, Shape *parent, ShapeKind kind, const Object *object,
                        const char *title)
{
    Picture *picture = drawing->picture;
    Shape *shape = g_new0(Shape, 1);

    shape->kind = kind;
    shape->number = picture->shapes->len;
    shape->title = g_strdup(title);
    shape->children = g_ptr_array_new();
    g_ptr_array_add(picture->shapes, shape);
    g_ptr_array_add(parent == NULL ? picture->top : parent->children, shape);
    if (object != NULL) {
        shape->mark = mark_of(drawing, object);
        g_hash_table_insert(drawing->shapes, (gpointer)object, shape);
    }
    return shape;
}

static Shape *shape_of(const Drawing *drawing, const void *object)
{
    return object == NULL ? NULL : g_hash_table_lookup(drawing->shapes, object);
}

/* Takes the label. */
static void add_stroke(Drawing *drawing, StrokeKind kind, const Shape *from, const Shape *to,
                       const Object *object, char *label)
{
    Stroke *stroke;

    if (from == NULL || to == NULL) {
        g_free(label);
        return;
    }
    stroke = g_new0(Stroke, 1);
    *stroke = (Stroke){.kind = kind, .from = from, .to = to, .label = label};
    stroke->mark = mark_of(drawing, object);
    add_remark(&stroke->label, stroke->mark.down, " ", "(down)");
    g_ptr_array_add(drawing->picture->strokes, stroke);
}

/* --- frames ------------------------------------------------------------------------------- */

static void draw_groups(Drawing *drawing)
{
    FOR_EACH(const AdminGroup, group, drawing->topology->admin_groups)
        add_shape(drawing, NULL, SHAPE_ADMIN_GROUP, &group->object, group->object.name);
    FOR_EACH(const RoutingGroup, group, drawing->topology->routing_groups)
        add_shape(drawing, shape_of(drawing, group->admin_group), SHAPE_ROUTING_GROUP,
                  &group->object, group->object.name);
}

static bool site_has_group(const Site *site, const RoutingGroup *group)
{
    FOR_EACH(const Server, server, site->servers)
        if (group != NULL && server->routing_group == group)
            return true;
    return false;
}

/* Sites with servers of the 2007 routing group stand inside it where both are shown. */
static void draw_sites(Drawing *drawing)
{
    const RoutingGroup *modern = drawing->topology->official_routing_group;

    FOR_EACH(const Site, site, drawing->topology->sites) {
        Shape *parent = site_has_group(site, modern) ? shape_of(drawing, modern) : NULL;
        Shape *shape = add_shape(drawing, parent, SHAPE_SITE, &site->object, site->object.name);

        shape->hub = site->hub;
        if (site->hub)
            shape->detail = g_strdup("hub site");
    }
}

/* --- servers ------------------------------------------------------------------------------ */

static Shape *home_of(const Drawing *drawing, const Server *server)
{
    Shape *site = shape_of(drawing, server->site);
    Shape *group = shape_of(drawing, server->routing_group);

    if (site != NULL && (group == NULL || !server_is_legacy(server)))
        return site;
    return group != NULL ? group : shape_of(drawing, server->admin_group);
}

static char *server_detail(const Server *server)
{
    g_autoptr(GPtrArray) roles = server_role_names(server);
    GString *text = g_string_new(family_name(server->version.family));

    if (server->version.service_pack > 0)
        g_string_append_printf(text, " SP%u", server->version.service_pack);
    for (guint i = 0; i < roles->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : ": ", (const char *)roles->pdata[i]);
    if (server_is_front_end(server))
        g_string_append(text, ", front-end");
    return g_string_free(text, FALSE);
}

/* In the view of sites, servers that have none are left out: they are in no place of the
 * picture. */
static void draw_servers(Drawing *drawing)
{
    FOR_EACH(const Server, server, drawing->topology->servers) {
        Shape *home = home_of(drawing, server);
        Shape *shape;

        if (home == NULL && !drawing->groups)
            continue;
        shape = add_shape(drawing, home, SHAPE_SERVER, &server->object, server->object.name);
        shape->family = server->version.family;
        shape->detail = server_detail(server);
    }
}

/* --- connectors --------------------------------------------------------------------------- */

static const Shape *site_end(const Drawing *drawing, GPtrArray *servers)
{
    const Shape *found = NULL;

    FOR_EACH(const Server, server, servers)
        if (found == NULL)
            found = shape_of(drawing, server->site);
    g_ptr_array_unref(servers);
    return found;
}

/* The end of a connector at a group: in the group of 2007 the site of its servers, if it is
 * shown. */
static const Shape *end_of(const Drawing *drawing, const RoutingGroup *group, GPtrArray *servers)
{
    const Shape *site = site_end(drawing, servers);

    return group != NULL && group->official && drawing->sites && site != NULL
               ? site
               : shape_of(drawing, group);
}

static const Shape *source_end(const Drawing *drawing, const Connector *connector)
{
    return end_of(drawing, connector->group, connector_source_servers(connector));
}

static char *connector_label(const Connector *connector, int cost)
{
    return g_strdup_printf("%s%s, cost %d", connector->object.name,
                           connector_is_enabled(connector) ? "" : " (off)", cost);
}

static Shape *outside_shape(Drawing *drawing, const AddressSpace *space)
{
    g_autofree char *title = g_strdup_printf("%s:%s", space->type, space->pattern);
    Shape *shape = g_hash_table_lookup(drawing->outside, title);

    if (shape == NULL) {
        shape = add_shape(drawing, NULL, SHAPE_OUTSIDE, NULL, title);
        g_hash_table_insert(drawing->outside, shape->title, shape);
    }
    return shape;
}

static void draw_connector(Drawing *drawing, const Connector *connector)
{
    const Shape *from = source_end(drawing, connector);
    const Shape *to = end_of(drawing, connector->destination, connector_target_servers(connector));

    if (connector->destination != NULL)
        add_stroke(drawing, STROKE_CONNECTOR, from, to, &connector->object,
                   connector_label(connector, connector_cost(connector)));
    FOR_EACH(const RoutingGroup, group, connector->connected_groups)
        add_stroke(drawing, STROKE_CONNECTOR, from, shape_of(drawing, group), &connector->object,
                   connector_label(connector, connector_cost(connector)));
    for (guint i = 0; from != NULL && i < connector->space_count; i++) {
        const AddressSpace *space = &connector->spaces[i];

        add_stroke(drawing, STROKE_SPACE, from, outside_shape(drawing, space), &connector->object,
                   connector_label(connector, address_space_cost(space)));
    }
}

/* --- site links --------------------------------------------------------------------------- */

static char *link_label(const SiteLink *link)
{
    return g_strdup_printf("%s, cost %d", link->object.name, site_link_cost(link));
}

/* A link of many sites is one shape with a stroke to each, never a stroke for every pair. */
static void draw_link(Drawing *drawing, const SiteLink *link)
{
    StrokeKind kind = link->ip ? STROKE_LINK : STROKE_SMTP_LINK;
    Shape *middle;

    if (link->sites->len == 2) {
        add_stroke(drawing, kind, shape_of(drawing, link->sites->pdata[0]),
                   shape_of(drawing, link->sites->pdata[1]), &link->object, link_label(link));
        return;
    }
    if (link->sites->len < 2)
        return;
    middle = add_shape(drawing, NULL, SHAPE_LINK, &link->object, link->object.name);
    middle->detail = g_strdup_printf("cost %d", site_link_cost(link));
    FOR_EACH(const Site, site, link->sites)
        add_stroke(drawing, kind, shape_of(drawing, site), middle, &link->object, NULL);
}

/* --- marks -------------------------------------------------------------------------------- */

static void mark_free(gpointer data)
{
    Mark *mark = data;

    g_ptr_array_unref(mark->rules);
    g_free(mark);
}

static void mark_name(Drawing *drawing, const Dn *dn, const Finding *finding)
{
    Mark *mark = g_hash_table_lookup(drawing->marks, dn);

    if (mark == NULL) {
        mark = g_new0(Mark, 1);
        mark->rules = g_ptr_array_new();
        g_hash_table_insert(drawing->marks, (gpointer)dn, mark);
    }
    mark->severity = MAX(mark->severity, finding->severity);
    if (!g_ptr_array_find(mark->rules, finding->rule->id, NULL))
        g_ptr_array_add(mark->rules, (gpointer)finding->rule->id);
}

/* What is wrong below a server is shown at the server. */
static void take_findings(Drawing *drawing)
{
    if (drawing->audit == NULL)
        return;
    FOR_EACH(const Finding, finding, drawing->audit->findings) {
        const Server *server;

        if (finding->entry == NULL || finding->severity < SEVERITY_WARNING)
            continue;
        server = topology_server(drawing->topology, finding->entry->dn);
        mark_name(drawing, server == NULL ? finding->entry->dn : server->object.entry->dn, finding);
    }
}

static void take_route(Drawing *drawing, const Route *route)
{
    for (guint i = 0; i < route->stops->len; i++) {
        const RouteStop *stop = &g_array_index(route->stops, RouteStop, i);
        const Object *object = stop->site != NULL ? &stop->site->object : &stop->group->object;

        g_hash_table_add(drawing->travelled, (gpointer)object->entry);
    }
    for (guint i = 0; i < route->steps->len; i++)
        g_hash_table_add(drawing->travelled,
                         (gpointer)g_array_index(route->steps, RouteStep, i).entry);
}

/* --- the whole ---------------------------------------------------------------------------- */

static bool choose_view(Drawing *drawing, const char *name, GError **error)
{
    static const struct View {
        const char *name;
        bool groups;
        bool sites;
    } views[] = {{"both", true, true}, {"routing", true, false}, {"sites", false, true}};
    const struct View *view = row_named(views, G_N_ELEMENTS(views), sizeof *views, "view", name,
                                        error);

    if (view == NULL)
        return false;
    drawing->groups = view->groups;
    drawing->sites = view->sites;
    return true;
}

static void draw(Drawing *drawing)
{
    take_findings(drawing);
    if (drawing->route != NULL)
        take_route(drawing, drawing->route);
    if (drawing->groups)
        draw_groups(drawing);
    if (drawing->sites)
        draw_sites(drawing);
    draw_servers(drawing);
    FOR_EACH(const SiteLink, link, drawing->topology->site_links)
        if (drawing->sites)
            draw_link(drawing, link);
    FOR_EACH(const Connector, connector, drawing->topology->connectors)
        if (drawing->groups)
            draw_connector(drawing, connector);
    FOR_EACH(Shape, shape, drawing->picture->shapes)
        add_remark(&shape->detail, shape->mark.down, ", ", "down");
}

Picture *picture_new(const Topology *topology, const char *view, const Audit *audit,
                     const Route *route, const Failures *failures, GError **error)
{
    Drawing drawing = {.topology = topology, .audit = audit, .route = route, .failures = failures};
    Picture *picture;

    if (!choose_view(&drawing, view, error))
        return NULL;
    drawing.picture = picture = g_new0(Picture, 1);
    picture->topology = topology;
    picture->shapes = g_ptr_array_new_with_free_func(shape_free);
    picture->top = g_ptr_array_new();
    picture->strokes = g_ptr_array_new_with_free_func(stroke_free);
    picture->down = failures_text(failures);
    drawing.shapes = g_hash_table_new(NULL, NULL);
    drawing.marks = g_hash_table_new_full(NULL, NULL, NULL, mark_free);
    drawing.outside = g_hash_table_new(g_str_hash, g_str_equal);
    drawing.travelled = g_hash_table_new(NULL, NULL);
    draw(&drawing);
    g_hash_table_unref(drawing.shapes);
    g_hash_table_unref(drawing.marks);
    g_hash_table_unref(drawing.outside);
    g_hash_table_unref(drawing.travelled);
    return picture;
}

void picture_free(Picture *picture)
{
    if (picture == NULL)
        return;
    g_ptr_array_unref(picture->strokes);
    g_ptr_array_unref(picture->top);
    g_ptr_array_unref(picture->shapes);
    g_free(picture->down);
    g_free(picture);
}
