#ifndef ADTOPO_REPORT_SHOW_ROWS_H
#define ADTOPO_REPORT_SHOW_ROWS_H

#include "model/topology.h"
#include "report/json.h"
#include "routing/failures.h"

/*
 * The rows of each topic of `show`: an array of objects that begin with "name" and "dn", in the
 * order of the topology. What is absent is null. The caller owns the array.
 */

/* Exchange's own objects. */
json_t *organization_rows(const Topology *topology);
json_t *admin_group_rows(const Topology *topology);
json_t *routing_group_rows(const Topology *topology);
json_t *server_rows(const Topology *topology);
json_t *connector_rows(const Topology *topology);
json_t *address_space_rows(const Topology *topology);

/* The directory's. */
json_t *site_rows(const Topology *topology);
json_t *site_link_rows(const Topology *topology);
json_t *subnet_rows(const Topology *topology);
json_t *controller_rows(const Topology *topology);
json_t *domain_rows(const Topology *topology);

/*
 * How mail gets from each site that carries mail to each other one, by Exchange 2007: ordered
 * pairs, which have no "dn". Path, cost, stops and the order of back-off are null where no IP site
 * link that was read leads there; "queue" is where a message waits for what is down, or null. The
 * first 10,000 pairs only; the other function counts the rest.
 */
json_t *site_path_rows(const Topology *topology, const Failures *failures);
guint64 site_paths_omitted(const Topology *topology);

/* Both as a tree: rows have "kind", "about" and, where something lies below, "children". */
json_t *tree_rows(const Topology *topology);

/*
 * Which address of Outlook Web Access works for which mailboxes: a row for every entry server and
 * product on which there are mailboxes. Paths are null where the directory does not tell.
 */
json_t *web_access_rows(const Topology *topology);

/* With which tool a server's message tracking log is searched, and to which servers of the other
 * generation it hands messages (there the search goes on with the other tool). */
json_t *tracking_rows(const Topology *topology);

/* Marks, in rows of any topic, what is down: it gets "down", true. A row of an address space or a
 * server's web address stands for the connector or server that its "dn" names. */
void rows_mark_down(json_t *rows, const Topology *topology, const Failures *failures);

/* --- what the rows are made of ------------------------------------------------------------- */

/* A row that begins with the object's name and DN. */
json_t *object_row(const Object *object);

/* The name of an object (anything that begins with Object), or null. */
json_t *name_value(const void *object);

/* The names of an array of such objects; NULL is an empty list. */
json_t *names_value(const GPtrArray *objects);

/* A reference: the name of what it leads to, else the text of the reference, else null. */
json_t *reference_value(const void *object, const Value *value);

/* "smtp", "x400", …: static. */
const char *connector_kind_name(ConnectorKind kind);

/* "SMTP:*.contoso.com;10" as it was read. */
json_t *address_space_value(const AddressSpace *space);

#endif
