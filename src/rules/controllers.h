#ifndef ADTOPO_RULES_CONTROLLERS_H
#define ADTOPO_RULES_CONTROLLERS_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* Domain controllers, as the rules about preparation ask for them. */

/* How far Exchange 2007 can work with the operating system of a domain controller. */
typedef enum ControllerSystem {
    SYSTEM_UNKNOWN,   /* its computer account was not read, and its level does not tell */
    SYSTEM_TOO_OLD,   /* before Windows Server 2003 */
    SYSTEM_UNPATCHED, /* Windows Server 2003 without a service pack */
    SYSTEM_SP1,       /* Windows Server 2003 SP1 */
    SYSTEM_CURRENT,   /* Windows Server 2003 SP2 and later */
} ControllerSystem;

/*
 * By operatingSystemVersion and operatingSystemServicePack of the computer account (domain
 * partition); its words are in the language of the system, so only the digit counts. A functional
 * level of 3 and more on NTDS Settings tells Windows Server 2008 and later without it.
 */
ControllerSystem controller_system(const Topology *topology, const DomainController *controller);

/* Whether it was not read if the domain controller is a global catalog: options of its NTDS
 * Settings is absent where it is none, but not from every one. */
bool controller_catalog_unseen(const Topology *topology, const DomainController *controller);

/* The computer account of a domain controller, or NULL when it was not read. */
const Entry *controller_computer(const DomainController *controller);

/* The domain whose controller it is, by its computer account's name; NULL when none is known. */
const Domain *controller_domain(const Topology *topology, const DomainController *controller);

/* The domain controller whose NTDS Settings bear a name: that of a role holder; or NULL. */
const DomainController *controller_of_settings(const Topology *topology, const Dn *settings);

/* Domain controllers (of DomainController) by DNS name, in a table that ignores letter case; free
 * it. */
GHashTable *controllers_by_host(const Topology *topology);

/* FALSE, with a word to the reader, when no domain controller was read. */
bool controllers_are_read(Check *check);

#endif
