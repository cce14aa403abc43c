#ifndef ADTOPO_RULES_FACTS_H
#define ADTOPO_RULES_FACTS_H

#include "routing/sites.h"
#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* Questions that the rules about sites, hubs and Send connectors share. */

/* --- servers in sites ----------------------------------------------------------------------- */

/* Exchange 2007 and later, installed, and living in the site it names: not an Edge server, whose
 * msExchServerSite is the site it is subscribed to. */
bool server_is_placed(const Server *server);

/* A placed server that sends or takes mail through the hubs of its site: Mailbox, Hub Transport,
 * Unified Messaging. Client Access alone does neither. */
bool server_moves_mail(const Server *server);

/* A placed server that routes mail: Hub Transport, or from 2013 on Mailbox, which holds the
 * transport services. */
bool server_transports(const Server *server);

/* A placed server whose roles were not read. */
bool server_roles_unseen(const Server *server);

/* An Exchange 2000/2003 front-end by msExchServerRole (KB 322887). Where only the older serverRole
 * says so, server_is_front_end() holds and this does not: which of the two setup writes is not
 * documented. */
bool front_end_is_certain(const Server *server);

/* An Exchange 2000/2003 back-end with a mailbox store. */
bool server_keeps_legacy_mailboxes(const Server *server);

/* Whether a host name is the server's: its own or that of its computer in the DNS. */
bool server_is_called(const Server *server, const char *host);

guint site_count(const Site *site, bool (*wanted)(const Server *));

/* The placed servers of a site that are of one of the versions and have the role; unref it. */
GPtrArray *site_holders(const Site *site, Family least, Family most, int role);

/* Whether there is any. */
bool site_holds(const Site *site, Family least, Family most, int role);

/* Whether a server of the site, of unknown version or with roles not read, may be one of those. */
bool site_may_hold(const Site *site, Family least, Family most, int role);

/* The sites with at least one such server, in order; unref it. */
GPtrArray *sites_with(const Topology *topology, bool (*wanted)(const Server *));

/* The sites, sorted into the islands they are in: arrays of Site, in the order of their first
 * members. The caller unrefs. */
GPtrArray *parts_of(const GPtrArray *sites, const SiteIslands *islands);

/* Whether a server may be one that delegated setup made and nobody installed: it shows no version
 * and no roles, and stands where those do. */
bool server_may_be_provisioned(const Server *server);

/* --- what can be seen ----------------------------------------------------------------------- */

/* TRUE, with a word to the reader, when there are objects to judge by an attribute that was not
 * read on any object of the class: then its absence on one of them proves nothing. */
bool attribute_unread(Check *check, guint judged, ClassId class_id, AttributeId attribute);

/* FALSE, with a word to the reader, when there are servers and not one's version is known. */
bool versions_are_visible(Check *check);

/* What rules about sites leave open before a plan while no server is placed: the only thing that
 * the server which is planned tells. */
extern const char site_unknown[];

/*
 * Whether rules about the roles of servers have anything to judge: FALSE without a placed server,
 * which is no fault, and FALSE with a word to the reader when no roles were read.
 */
bool roles_are_visible(Check *check);

/* TRUE, with a word to the reader, when there are servers of Exchange 2007 or later and not one's
 * roles were read: for rules about servers that are in no site as well. */
bool no_roles_read(Check *check);

/*
 * As roles_are_visible(), for rules about the sites of Exchange servers: those the servers name,
 * and the site objects. Single servers whose site lies outside what was read are counted as not
 * assessed.
 */
bool sites_are_visible(Check *check);

/* As sites_are_visible(), for rules about how site links join sites. */
bool links_are_visible(Check *check);

/* Whether connectors could be seen, were there any: containers for them were read. FALSE without a
 * word where there is no Exchange server either. */
bool connectors_are_visible(Check *check);

/* --- connectors ----------------------------------------------------------------------------- */

/* Whether a list of bridgeheads names the server, or something below it. */
bool bridgeheads_include(const Bridgehead *bridgeheads, guint count, const Server *server);

/* SMTP, X.400 and foreign connectors: all that lead out of the organisation. */
bool connector_leads_out(const Connector *connector);

/* Whether a routing group connector joins the group of Exchange 2007 with another one. */
bool connector_joins_versions(const Connector *connector);

/* Whether a server that sends through a connector that leads out is named and lies outside what was
 * read: a source bridgehead or, without any, the home MTA. */
bool connector_has_unseen_sender(const Topology *topology, const Connector *connector);

/* The hosts that msExchSmtpSmartHost names, some of them empty; free with g_strfreev(). */
char **connector_smart_hosts(const Connector *connector);

/* Whether one of its address spaces is SMTP:*. */
bool connector_serves_internet(const Connector *connector);

/* Cites the attributes that say who sends through the connector. */
void finding_cite_senders(Finding *finding, const Connector *connector);

/* Cites the roles of servers. `expected` may be NULL. */
void finding_cite_roles(Finding *finding, const GPtrArray *servers, const char *expected);

#endif
