#ifndef ADTOPO_ROUTING_CONNECTIONS_H
#define ADTOPO_ROUTING_CONNECTIONS_H

#include "model/topology.h"

/* Why routing leaves a connector out, whatever the message. */
typedef enum ConnectorFlaw {
    CONNECTOR_SOUND,
    CONNECTOR_DISABLED,
    CONNECTOR_WITHOUT_SOURCE, /* all its source servers are gone: MSExchangeTransport event 5014 */
    CONNECTOR_WITHOUT_HUB, /* it has source servers in the 2007 group, but none that carries mail:
                                 MSExchangeTransport event 5016 */
    CONNECTOR_WITHOUT_TARGET, /* a routing group connector whose target servers are all gone */
    CONNECTOR_TO_NO_HUB,     /* one into the 2007 group none of whose target servers carries mail */
    CONNECTOR_WITHOUT_GROUP, /* it lies in no routing group, or leads to none that was read */
    CONNECTOR_TOUCHES_MODERN, /* SMTP or X.400 with the 2007 group at an end of a connection between
                                 groups: MSExchangeTransport event 5028 */
} ConnectorFlaw;

/* What keeps a connector from joining its group to others; connectors that join none (with address
 * spaces only) are asked the next function. */
ConnectorFlaw connector_link_flaw(const Topology *topology, const Connector *connector);

/* What keeps a connector from taking mail for its address spaces. */
ConnectorFlaw connector_space_flaw(const Topology *topology, const Connector *connector);

/* The flaw in words that fit after the connector's name: "is disabled"; and the event that Exchange
 * 2007 logs about it, 0 for none. Static text. */
const char *connector_flaw_text(ConnectorFlaw flaw);
guint connector_flaw_event(ConnectorFlaw flaw);

/* The servers at either end that move mail for the connector, of those that the topology knows: a
 * server of 2007 or later that is known to carry none is not among them, nor in the 2007 group an
 * older one. The caller frees the list. */
GPtrArray *connector_senders(const Connector *connector);
GPtrArray *connector_takers(const Connector *connector);

/* Whether a connector joins routing groups at all. */
bool connector_joins_groups(const Connector *connector);

/* A limit by which 2000/2003 refuse messages that 2007 sends all the same (schedule, senders,
 * priority, large messages later): its attribute, or ATTR_NONE. Exchange 2007 heeds only the size
 * of a legacy connector. */
AttributeId connector_restriction(const Connector *connector);

/* Whether a message of so many bytes is over the connector's limit; 0 bytes never are. */
bool connector_is_too_small(const Connector *connector, guint64 bytes);

/* A server of 2007 or later that takes part in moving mail between sites: a Hub Transport server,
 * or from 2013 a mailbox server. */
bool server_carries_mail(const Server *server);

/* Whether any server of the site does. */
bool site_carries_mail(const Site *site);

#endif
