/* SPDX-License-Identifier: MIT */
#ifndef ADTOPO_ADTOPO_H
#define ADTOPO_ADTOPO_H

#include <stdbool.h>
#include <stddef.h>

/*
 * libadtopo: reads the configuration partition of an Active Directory forest, live or from LDIF,
 * and judges whether Exchange 2000/2003 and Exchange 2007 and later coexist correctly.
 *
 * The way through: a reader is told what to read (adtopo_reader_*) and yields a forest, which is
 * sealed: it never changes again and may be used from several threads at once. An audit judges a
 * forest. Forests and audits are written out in a format, or looked into one finding at a time.
 *
 * The library never writes to a directory, never prints, never exits, and keeps no global state. It
 * neither reads the clock nor the locale: "now" is an option.
 *
 * Ownership: what a function returns as a non-const pointer is the caller's, to be freed with the
 * matching *_free(); const pointers belong to the object they were asked of. Every *_free() takes
 * NULL. All text is UTF-8 unless it says otherwise.
 */

#ifdef __cplusplus
extern "C" {
#endif

/* --- errors ------------------------------------------------------------------------------- */

/* The exit statuses of the program, and the kinds of failure of the library. */
enum adtopo_status {
    ADTOPO_OK = 0,       /* done */
    ADTOPO_FOUND = 1,    /* done, and there are findings at or above the threshold */
    ADTOPO_USAGE = 2,    /* the question was wrong */
    ADTOPO_UNREAD = 3,   /* a source could not be read, or holds no configuration partition */
    ADTOPO_PARTIAL = 4,  /* read in part: what could be judged was judged */
    ADTOPO_INTERNAL = 5, /* a defect of adtopo */
};

/* What went wrong: one sentence that says where and what to do next, without a full stop. A
 * caller's variable; a function that fails fills it, one that succeeds leaves it alone. */
typedef struct adtopo_error {
    enum adtopo_status status;
    char text[2048];
} adtopo_error;

/* --- reading ------------------------------------------------------------------------------ */

struct adtopo_audit_options;

typedef struct adtopo_reader adtopo_reader;
typedef struct adtopo_forest adtopo_forest;

adtopo_reader *adtopo_reader_new(void);
void adtopo_reader_free(adtopo_reader *reader);

/*
 * Adds a source: an LDIF file ("-": standard input), or one or several servers separated by blanks
 * or commas and tried in turn: URIs (ldap, ldaps, ldapi), or domain:NAME for the domain controllers
 * of a domain, which DNS names. A SCHEME:// of another kind is refused, not taken for a file.
 * Several sources make one directory. Without any source adtopo_reader_run() reads the server that
 * ldap.conf(5) names. The text is copied.
 */
void adtopo_reader_add(adtopo_reader *reader, const char *source);

/* An LDIF file of changes that is laid over the directory, in memory, before anything is judged. */
void adtopo_reader_apply(adtopo_reader *reader, const char *file);

/* The name or DN of an object that is taken out, with all below it, likewise. */
void adtopo_reader_without(adtopo_reader *reader, const char *name);

/*
 * What does not answer for the time being, "site:NAME", "server:NAME" or "connector:NAME": unlike
 * what is taken out it stays configured, and Exchange goes on counting on it. It concerns the ways
 * of mail: routes, sweeps, pictures, adtopo_show(), of the rules PATH001, and the routes that a
 * plan changes; the other rules judge the configuration, which is the same.
 */
void adtopo_reader_down(adtopo_reader *reader, const char *name);

/* How far a reading from a server has come. */
typedef struct adtopo_progress {
    const char *server;         /* its URI; NULL before there is one */
    unsigned long long entries; /* read so far */
    unsigned long long milliseconds;
} adtopo_progress;

/* Connection settings, with the names and meaning of the OpenLDAP tools where they have one. All
 * are borrowed until adtopo_reader_run() returns; NULL, 0 and false are the defaults. */
typedef struct adtopo_connection {
    const char *uri;             /* -H: servers for a reader without LDAP sources */
    const char *base;            /* -b: in place of the configuration naming context */
    const char *bind_dn;         /* -D */
    char *password;              /* -w, -W, -y; wiped when adtopo_reader_run() returns */
    bool simple;                 /* -x */
    int start_tls;               /* 1: -Z, try; 2: -ZZ, require */
    bool allow_cleartext;        /* a simple bind without encryption */
    const char *mechanism;       /* -Y */
    const char *authcid;         /* -U */
    const char *realm;           /* -R */
    const char *authzid;         /* -X */
    const char *security;        /* -O */
    const char *const *settings; /* -o: "OPTION=VALUE" as in ldap.conf(5), NULL-terminated */
    unsigned connect_timeout;    /* seconds to connect; 0: ldap.conf's, or 10 */
    unsigned timeout;            /* seconds without an answer; 0: ldap.conf's, or 60 */
    const char *dc_site;         /* --dc-site: whose domain controllers domain:NAME tries first */
    unsigned rate;               /* --rate: most entries a second, on average; 0: any */
    unsigned time_limit;         /* --time-limit: seconds for each server source; 0: none */
    /* Called several times a second while a server is read, in the thread that reads. FALSE ends
     * the reading, which then fails. NULL: nobody looks. */
    bool (*progress)(const adtopo_progress *progress, void *closure);
    void *progress_closure;
} adtopo_connection;

void adtopo_reader_connect_with(adtopo_reader *reader, const adtopo_connection *connection);

/* Whether adtopo_reader_run() will ask a server, with the sources and the connection given so far;
 * otherwise it reads files alone, and the connection is of no use. */
bool adtopo_reader_asks_server(const adtopo_reader *reader);

/* What the forest will be judged by: a server is then asked, beside the configuration, for what
 * those rules look at in domain partitions (NULL: all rules). Without this call only the
 * configuration is read. The options are used during the call alone. */
void adtopo_reader_judge_by(adtopo_reader *reader, const struct adtopo_audit_options *options);

/* Reads everything. NULL on failure (ADTOPO_USAGE, also for a name given to adtopo_reader_down()
 * that is unknown or ambiguous; ADTOPO_UNREAD). A forest that was read in part
 * is no failure: adtopo_forest_complete() tells. May be called once per reader. */
adtopo_forest *adtopo_reader_run(adtopo_reader *reader, adtopo_error *error);
void adtopo_forest_free(adtopo_forest *forest);

/* Whether every source was read to its end and every record in it was understood. */
bool adtopo_forest_complete(const adtopo_forest *forest);

/*
 * What the ways of mail hang on and could evidently not be seen, for want of rights or in the
 * export, with semicolons between; NULL when nothing is missing. While there is something, answers
 * of routes, sweeps and paths between sites are partial (a program ends with ADTOPO_PARTIAL): that
 * there is no way may mean that it was not seen. Freed with adtopo_string_free().
 */
char *adtopo_forest_unseen(const adtopo_forest *forest);

/* Whether there is an Exchange organisation. */
bool adtopo_forest_has_exchange(const adtopo_forest *forest);

enum adtopo_level { ADTOPO_NOTE, ADTOPO_WARNING, ADTOPO_ERROR };

/* Oddities of the input and what was done instead. `line` is 0 where the source has no lines. */
typedef struct adtopo_diagnostic {
    enum adtopo_level level;
    const char *message; /* may hold any bytes: escape before showing */
    const char *source;
    unsigned long line;
} adtopo_diagnostic;

size_t adtopo_forest_diagnostics(const adtopo_forest *forest);
/* FALSE when there is no diagnostic `index`. */
bool adtopo_forest_diagnostic(const adtopo_forest *forest, size_t index,
                              adtopo_diagnostic *diagnostic);

/* --- output ------------------------------------------------------------------------------- */

/* Takes `length` bytes of output; FALSE stops the writing (a full disk). */
typedef bool (*adtopo_sink)(const char *bytes, size_t length, void *closure);

typedef struct adtopo_style {
    bool colour;  /* for text */
    int width;    /* columns for text; 0: 80 */
    bool verbose; /* evidence in full */
} adtopo_style;

/*
 * Writes which searches adtopo_reader_run() would send, "text" or "json", each with what it is for
 * and with the command lines of ldapsearch and ldifde that fetch the same. Of every server among
 * the sources the first that lets us in is asked for its rootDSE, and where that names no
 * configuration partition whether there is one; nothing else is asked and nothing is read. Without
 * any source no server is asked, and the names of partitions that `base` does not tell appear in
 * angle brackets. The password is wiped as by adtopo_reader_run(), so that only one of the two can
 * be called where there is one. FALSE: ADTOPO_UNREAD and ADTOPO_USAGE as adtopo_reader_run(), else
 * as adtopo_audit_write().
 */
bool adtopo_reader_plan(const adtopo_reader *reader, const char *format, const adtopo_style *style,
                        adtopo_sink sink, void *closure, adtopo_error *error);

/* --- audit -------------------------------------------------------------------------------- */

typedef struct adtopo_audit adtopo_audit;

enum adtopo_severity { ADTOPO_SEVERITY_INFO, ADTOPO_SEVERITY_WARNING, ADTOPO_SEVERITY_ERROR };

/* What an organisation decided about its audits: severities, selection of rules, suppressions.
 * adtopo-policy(5) says what the file looks like. NULL on ADTOPO_USAGE: the file cannot be read, or
 * is no sound policy. May be shared by audits, which it must outlive. */
typedef struct adtopo_policy adtopo_policy;
adtopo_policy *adtopo_policy_read(const char *file, adtopo_error *error);
void adtopo_policy_free(adtopo_policy *policy);

/* The findings of an earlier audit, as the format "baseline" (or "json") wrote them. Otherwise as
 * policies. */
typedef struct adtopo_baseline adtopo_baseline;
adtopo_baseline *adtopo_baseline_read(const char *file, adtopo_error *error);
void adtopo_baseline_free(adtopo_baseline *baseline);

/* What somebody looked up by hand for rules that the directory does not decide. It is printed
 * with the result and changes nothing in it. As policies. */
typedef struct adtopo_evidence adtopo_evidence;
adtopo_evidence *adtopo_evidence_read(const char *file, adtopo_error *error);
void adtopo_evidence_free(adtopo_evidence *evidence);

typedef struct adtopo_audit_options {
    const char *const *include; /* NULL-terminated patterns of rule ids ("RG*"); NULL: all */
    const char *const *exclude;
    enum adtopo_severity least;      /* findings below are left out */
    const adtopo_policy *policy;     /* or NULL; `include` is stronger than its own */
    const adtopo_baseline *baseline; /* or NULL; then only what is new counts for the status */
    const adtopo_evidence *evidence; /* or NULL */
    bool now_known;                  /* FALSE: suppressions that expire do not hold */
    long long now;                   /* seconds since 1970 UTC, the time taken for the present */
} adtopo_audit_options;

/* Judges. The forest must outlive the audit. NULL on ADTOPO_USAGE: a pattern that matches no
 * rule. */
adtopo_audit *adtopo_audit_run(const adtopo_forest *forest, const adtopo_audit_options *options,
                               adtopo_error *error);
void adtopo_audit_free(adtopo_audit *audit);

/* Findings that count, known ones among them; without the suppressed ones. */
size_t adtopo_audit_count(const adtopo_audit *audit, enum adtopo_severity severity);
size_t adtopo_audit_not_assessed(const adtopo_audit *audit);
size_t adtopo_audit_rules(const adtopo_audit *audit); /* that were selected */
size_t adtopo_audit_suppressed(const adtopo_audit *audit);
size_t adtopo_audit_hidden(const adtopo_audit *audit); /* below the threshold: left out */

/* What was evidently not seen of administrative and routing groups, servers, connectors and sites,
 * or why it is not known whether there is an Exchange organisation; NULL when all was seen, or the
 * place where one would be was and holds none. Else the audit is partial, and silence no pass. */
const char *adtopo_audit_unseen(const adtopo_audit *audit);

/* Suppressions that have expired or fit nothing any more, and evidence that is for nothing, a
 * sentence each; NULL behind the last. */
const char *adtopo_audit_remark(const adtopo_audit *audit, size_t index);

/* One finding, in the order of the report: gravest first. Strings belong to the audit. */
typedef struct adtopo_finding {
    const char *rule;
    enum adtopo_severity severity;
    const char *dn;      /* NULL: the forest as a whole */
    const char *message; /* may hold any bytes: escape before showing */
    const char *remedy;
    const char *fingerprint;
    const char *justification; /* why the policy suppresses it; NULL: it does not */
    bool known;                /* to the baseline */
} adtopo_finding;

bool adtopo_audit_finding(const adtopo_audit *audit, size_t index, adtopo_finding *finding);

/* The status that a program should exit with: FOUND, PARTIAL or OK. Findings at or above `fail_on`
 * count, unless they are suppressed or known; ADTOPO_PARTIAL is stronger than ADTOPO_FOUND. */
enum adtopo_status adtopo_audit_status(const adtopo_audit *audit, enum adtopo_severity fail_on);

/* The names of the formats, the usual one first; NULL behind the last. Static. */
const char *adtopo_audit_format(size_t index);

/* Writes the report in one of them ("baseline" is what adtopo_baseline_read() takes). FALSE:
 * ADTOPO_USAGE for an unknown format (the text lists the known ones), ADTOPO_UNREAD when the sink
 * refused. */
bool adtopo_audit_write(const adtopo_audit *audit, const char *format, const adtopo_style *style,
                        adtopo_sink sink, void *closure, adtopo_error *error);

/* --- showing ------------------------------------------------------------------------------ */

/* Writes what the forest holds: `what` is "tree", "servers", "connectors", …; `format` is "text" or
 * "json". Failures as adtopo_audit_write(). */
bool adtopo_show(const adtopo_forest *forest, const char *what, const char *format,
                 const adtopo_style *style, adtopo_sink sink, void *closure, adtopo_error *error);

/* The names that `what` may have, with a line about each; NULL after the last one. */
const char *adtopo_show_topic(size_t index, const char **about);

/* --- routes ------------------------------------------------------------------------------- */

/* How a message travels. Places are "site:NAME", "rg:NAME", "server:NAME", or a bare name that one
 * object bears. */
typedef struct adtopo_route_question {
    const char *from;
    const char *const *to;   /* NULL-terminated: places, or addresses such as "smtp:user@domain" */
    const char *const *down; /* does not answer, beside what adtopo_reader_down() named; or NULL */
    const char *size;        /* of the message: "20MB", "512KB", bytes; NULL: not given */
    bool suppressed;         /* Exchange 2003 suppresses minor changes of link state */
} adtopo_route_question;

/* Writes the answer, with reasons: "text" or "json". FALSE: ADTOPO_USAGE for a question that names
 * something unknown or ambiguous, else as adtopo_audit_write(). */
bool adtopo_route_write(const adtopo_forest *forest, const adtopo_route_question *question,
                        const char *format, const adtopo_style *style, adtopo_sink sink,
                        void *closure, adtopo_error *error);

/* Takes out every connector, bridgehead, hub and site link in turn and writes what that does to the
 * ways of mail: "text" or "json". With `pairs` also any two at a time, which takes much longer.
 * Failures as adtopo_audit_write(). */
typedef struct adtopo_sweep_options {
    bool pairs;
    bool suppressed; /* Exchange 2003 suppresses minor changes of link state */
} adtopo_sweep_options;

bool adtopo_sweep_write(const adtopo_forest *forest, const adtopo_sweep_options *options,
                        const char *format, const adtopo_style *style, adtopo_sink sink,
                        void *closure, adtopo_error *error);

/* Draws the forest: "dot", "mermaid" or "graphml". Failures as adtopo_route_write(). */
typedef struct adtopo_graph_options {
    const char *view;           /* "routing", "sites"; "both" or NULL */
    const char *highlight_from; /* with highlight_to: the route between them stands out; or NULL */
    const char *highlight_to;
    const adtopo_audit *audit; /* its findings colour what they are about; or NULL */
} adtopo_graph_options;

bool adtopo_graph_write(const adtopo_forest *forest, const adtopo_graph_options *options,
                        const char *format, adtopo_sink sink, void *closure, adtopo_error *error);

/* --- plans -------------------------------------------------------------------------------- */

typedef struct adtopo_preflight adtopo_preflight;

/* What is planned: setup of an Exchange 2007 server, or with `removed` the removal of something.
 * All is borrowed until adtopo_preflight_run() returns; NULL stands for not given. */
typedef struct adtopo_plan {
    int service_pack;              /* of Exchange 2007: 0 to 3 */
    const char *site;              /* where the server goes; NULL: only today is judged */
    const char *roles;             /* "hub,mailbox,cas,um" or "edge"; NULL: "hub" */
    const char *bridgehead;        /* the 2000/2003 server that setup is told */
    const char *computer;          /* the new server's name */
    const char *const *connectors; /* NULL-terminated: "FROM:TO", groups or servers, or "2007" */
    const char *removed; /* a server, group or connector by name or DN, or "last-legacy" */
} adtopo_plan;

enum adtopo_verdict { ADTOPO_GO, ADTOPO_NO_GO, ADTOPO_CANNOT_TELL };

/* Judges a plan: the organisation as it is and as it would be. Findings of `blocking` and above
 * forbid going on (behind ADTOPO_SEVERITY_ERROR: none does). The forest must outlive the result.
 * NULL on ADTOPO_USAGE: what the plan names is not there; on ADTOPO_UNREAD: what is to go was not
 * read. */
adtopo_preflight *adtopo_preflight_run(const adtopo_forest *forest, const adtopo_plan *plan,
                                       const adtopo_audit_options *options, int blocking,
                                       adtopo_error *error);
void adtopo_preflight_free(adtopo_preflight *preflight);

enum adtopo_verdict adtopo_preflight_verdict(const adtopo_preflight *preflight);

/* The names of the formats, as adtopo_audit_format() tells those of an audit. */
const char *adtopo_preflight_format(size_t index);

/* Writes the report: "text", "json", "nagios" (the verdict), or another format of an audit, which
 * holds the findings about today and no verdict. Failures as those of adtopo_audit_write(). */
bool adtopo_preflight_write(const adtopo_preflight *preflight, const char *format,
                            const adtopo_style *style, adtopo_sink sink, void *closure,
                            adtopo_error *error);

/* Writes which rules answer the readiness checks that setup documents: "text" or "json". */
bool adtopo_readiness_write(const char *format, const adtopo_style *style, adtopo_sink sink,
                            void *closure, adtopo_error *error);

/* --- saving ------------------------------------------------------------------------------- */

/*
 * Writes everything that was read as LDIF, sorted; an audit of it says what an audit of the forest
 * says. With `pseudonymize` names, domains, GUIDs and addresses are replaced by invented ones, the
 * same everywhere and in every run, and nothing is passed on that might tell of the organisation;
 * versions, costs, flags and times stay, and an audit says the same under the invented names.
 * FALSE: ADTOPO_PARTIAL when the forest was read in part, ADTOPO_UNREAD when the sink refused.
 */
bool adtopo_snapshot_write(const adtopo_forest *forest, bool pseudonymize, adtopo_sink sink,
                           void *closure, adtopo_error *error);

/* Writes which name stands for which in a pseudonymized snapshot of the forest: lines of the real
 * name, a tab and the invented one, in UTF-8 with control characters escaped. Keep it to yourself.
 * FALSE: ADTOPO_UNREAD when the sink refused. */
bool adtopo_name_map_write(const adtopo_forest *forest, adtopo_sink sink, void *closure,
                           adtopo_error *error);

/* --- the catalogue ------------------------------------------------------------------------ */

/* Static, never freed. */
typedef struct adtopo_rule {
    const char *id;
    const char *slug;
    enum adtopo_severity severity; /* the gravest it raises */
    const char *scenarios; /* letters: A audit, P preflight, L last legacy, N later versions */
    const char *decided;   /* "directory", "directory and domain", "in part", "by hand" */
    const char *title;
    const char *condition;
    const char *why;
    const char *remedy;
    const char *references;
} adtopo_rule;

/* Rule `index` in the order of the catalogue; FALSE behind the last one. */
bool adtopo_rule_at(size_t index, adtopo_rule *rule);

/* By id or slug, letter case ignored. */
bool adtopo_rule_find(const char *name, adtopo_rule *rule);

/* The names of the formats of the catalogue, and of one rule, as adtopo_audit_format(). */
const char *adtopo_rules_format(size_t index);
const char *adtopo_explain_format(size_t index);

/* Writes the catalogue ("text", "json" or "markdown"), or with a name one rule at length ("text",
 * "json", or "ldif": an example that raises it). */
bool adtopo_rules_write(const char *format, const adtopo_style *style, adtopo_sink sink,
                        void *closure, adtopo_error *error);
bool adtopo_explain(const char *name, const char *format, const adtopo_style *style,
                    adtopo_sink sink, void *closure, adtopo_error *error);

/* --- names -------------------------------------------------------------------------------- */

/* What is hidden in a group's name. */
typedef struct adtopo_decoding {
    int shift;         /* letters and digits moved by this many give `plain` */
    char plain[128];   /* the best reading */
    const char *about; /* what the name stands for when it is an official one, else NULL */
} adtopo_decoding;

/*
 * Decodes a name such as FYDIBOHF23SPDLT (also inside "Exchange Administrative Group (…)"), or
 * the plain text EXCHANGE12ROCKS back into both official names. FALSE and ADTOPO_USAGE when the
 * text has no letters or is longer than 127 bytes.
 */
bool adtopo_decode(const char *name, adtopo_decoding *decoding, adtopo_error *error);

/* Makes hostile text safe for a terminal: control characters, bytes that are not UTF-8 and
 * direction marks become \xHH or \u{…}. The result is freed with adtopo_string_free(). */
char *adtopo_escape(const char *text);
void adtopo_string_free(char *text);

/* "0.1.0" */
const char *adtopo_version(void);

#ifdef __cplusplus
}
#endif

#endif
