#ifndef ADTOPO_RULES_RULE_H
#define ADTOPO_RULES_RULE_H

#include "routing/group-paths.h"
#include "routing/groups.h"
#include "rules/census.h"
#include "rules/finding.h"
#include "rules/site-ways.h"
#include "rules/parameter.h"
#include "source/domain-part.h"

#include <glib.h>
#include <stdbool.h>

/*
 * A rule is an object beside the function that checks it. Everything that is said about a rule
 * anywhere (findings, `explain`, the manual, machine formats) is printed from here.
 */
typedef struct Check Check;
typedef struct PreparationLevel PreparationLevel; /* rules/levels.h */

/* In which situation a rule speaks; or-ed. */
typedef enum Scenario {
    SCENARIO_AUDIT = 1,     /* a running organisation */
    SCENARIO_PREFLIGHT = 2, /* before the first Exchange 2007 server */
    SCENARIO_LAST = 4,      /* before the last Exchange 2000/2003 server goes */
    SCENARIO_NEXT = 8,      /* Exchange 2010 and later */
    SCENARIO_ANY = 15,
} Scenario;

/* How far the directory decides the rule. */
typedef enum Decidability {
    DECIDED_FULLY,       /* by the configuration and schema partitions */
    DECIDED_WITH_DOMAIN, /* needs a domain partition or a global catalog as well */
    DECIDED_IN_PART,     /* the finding says what is left open */
    DECIDED_BY_HAND,     /* nothing in the directory decides it: never a pass */
} Decidability;

/*
 * What a rule must be able to see. A need fails when there are objects of the class, and not one
 * of them has the attribute: then nothing can be concluded from its absence on a single object,
 * and the rule is not assessed. List only attributes that every sound object of the class
 * carries.
 */
typedef struct Need {
    ClassId class_id; /* CLASS_NONE ends the list */
    AttributeId attribute;
} Need;

/*
 * The classes whose attributes a rule reads, beside those of its needs, ended by CLASS_NONE. Where
 * it is evident that the reader may not see one of them (rules/sight.h), a rule that found nothing
 * has not passed.
 */
#define READS(...) ((const ClassId[]){__VA_ARGS__, CLASS_NONE})

/*
 * The classes of which a rule is raised because no object was found, or too few, ended by
 * CLASS_NONE. Where the record of such an object may have been lost in reading, or it is evident
 * that not all of them could be seen, the engine takes the rule's findings back and says that it
 * was not assessed. References that lead nowhere need
 * no entry here: reference_state() knows of losses.
 */
#define MISSES(...) ((const ClassId[]){__VA_ARGS__, CLASS_NONE})

struct Rule {
    const char *id;    /* "RG003": never reused */
    const char *slug;  /* "routing-group-mixed-versions" */
    Severity severity; /* the gravest it can raise */
    unsigned scenarios;
    Decidability decided;
    unsigned domain;        /* of DomainPart: what it looks at in domain partitions */
    const char *title;      /* what is wrong, as a noun phrase or short sentence */
    const char *condition;  /* when it is raised: the test, in words, naming the attributes */
    const char *why;        /* what it means for the organisation */
    const char *remedy;     /* what to do */
    const char *references; /* sources of the fact: TechNet page ids, event numbers, KB articles */
    const Need *needs;      /* or NULL */
    const ClassId *reads;   /* READS(…), or NULL */
    const ClassId *misses;  /* MISSES(…), or NULL */
    bool asserted;          /* judges what the policy asserts: not run where that is nothing */
    void (*check)(Check *check);
};

/* The families, each a NULL-terminated list at the end of its file. */
extern const Rule *const org_rules[];
extern const Rule *const ver_rules[];
extern const Rule *const ag_rules[];
extern const Rule *const rg_rules[];
extern const Rule *const conn_rules[];
extern const Rule *const link_rules[];
extern const Rule *const site_rules[];
extern const Rule *const hub_rules[];
extern const Rule *const send_rules[];
extern const Rule *const cas_rules[];
extern const Rule *const edge_rules[];
extern const Rule *const um_rules[];
extern const Rule *const trk_rules[];
extern const Rule *const mgt_rules[];
extern const Rule *const rus_rules[];
extern const Rule *const pol_rules[];
extern const Rule *const pf_rules[];
extern const Rule *const leg_rules[];
extern const Rule *const pre_rules[];
extern const Rule *const res_rules[];
extern const Rule *const dec_rules[];
extern const Rule *const nxt_rules[];
extern const Rule *const path_rules[];

/* All rules in the order of their families; the number goes to *count. */
const Rule *const *rule_catalogue(guint *count);

/* By id or slug, letter case ignored; NULL when there is none. */
const Rule *rule_find(const char *name);

/* --- what a check function uses ----------------------------------------------------------- */

/* The subject of the running audit. */
const Topology *check_topology(const Check *check);

/* Exactly one scenario: the one being judged. A rule of several weighs severity by it. */
Scenario check_scenario(const Check *check);

/* What setup is planned to prepare the forest for; NULL where no setup is planned. */
const PreparationLevel *check_planned_level(const Check *check);

/* Why it is not known whether there is an Exchange organisation; NULL when one was read, or there
 * is none. */
const char *check_unseen_organization(const Check *check);

/* A threshold as the policy sets it, or its usual value. */
guint check_parameter(const Check *check, ParameterId id);

/* The routing-group graph of the topology: built once, on first use. */
const GroupGraph *check_group_graph(Check *check);

/* Least-cost paths between routing groups, and those between Exchange sites: likewise. */
const GroupNet *check_group_net(Check *check);
const SiteWays *check_site_ways(Check *check);

/* The audit's count of servers, taken once, on first use. */
const Census *check_census(Check *check);

/*
 * Raises a finding about `object` (NULL: the forest as a whole). The message is one sentence,
 * printf form, naming objects by what a reader calls them, without a final full stop. The finding
 * belongs to the audit.
 */
Finding *check_raise(Check *check, Severity severity, const Object *object, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* As check_raise(), for an entry that is no typed object. */
Finding *check_raise_entry(Check *check, Severity severity, const Entry *entry, const char *format,
                           ...) G_GNUC_PRINTF(4, 5);

/* Says that the rule could not be judged (for `objects` objects; 0: at all), and why. Equal reasons
 * of one rule are added up. */
void check_not_assessed(Check *check, guint objects, const char *format, ...) G_GNUC_PRINTF(3, 4);

/*
 * Adds evidence. The first one added is what the fingerprint is made of, with the finding's
 * object and rule. finding_cite(): every value of the attribute, or its absence;
 * finding_cite_value(): one value; finding_cite_object() and finding_cite_entry(): the object
 * itself. `expected` may be NULL and is copied. Each returns the finding, so that calls can be
 * chained.
 */
Finding *finding_cite(Finding *finding, const Object *object, AttributeId attribute,
                      const char *expected);
Finding *finding_cite_value(Finding *finding, const Object *object, AttributeId attribute,
                            const Value *value, const char *expected);
Finding *finding_cite_object(Finding *finding, const Object *object);
Finding *finding_cite_entry(Finding *finding, const Entry *entry);

/* Names another object that the finding involves (once). */
Finding *finding_relate(Finding *finding, const Object *object);

/* Names the objects of an array as involved: the first thousand, which is enough to work through
 * and keeps a finding from growing with a hostile forest. */
void finding_relate_all(Finding *finding, const GPtrArray *objects);

/* Tells the finding from others of the rule about the object: its fingerprint is made of these
 * words too, and a suppression may name the first. Both are copied. */
Finding *finding_distinguish(Finding *finding, const char *name, const char *detail);

/* Replaces the rule's remedy by words for this finding (printf form). */
Finding *finding_advise(Finding *finding, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
