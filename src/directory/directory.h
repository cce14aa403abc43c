#ifndef ADTOPO_DIRECTORY_DIRECTORY_H
#define ADTOPO_DIRECTORY_DIRECTORY_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include "directory/dn.h"
#include "directory/entry.h"
#include "directory/record.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Everything that was read, from however many sources, as one directory: a set of entries by name.
 * Sources admit records; an overlay may change entries; then the directory is sealed and only read.
 * One thread admits; after the seal any number may read.
 */
typedef struct Directory Directory;

typedef enum SourceKind { SOURCE_LDIF, SOURCE_LDAP } SourceKind;

/* One source as the report names it. Strings are owned by the directory. */
typedef struct SourceInfo {
    SourceKind kind;
    char *name;      /* as the user gave it; for a server its URI */
    guint64 entries; /* records taken from it */
    bool complete;   /* false when anything in it could not be read */
    bool cut_off;    /* it seems to end too early */
    bool searched;   /* a server was asked for objects by class: what did not come was not shown */
    GHashTable *facts; /* further string facts (server, time, USN), NULL when none */
} SourceInfo;

/* The comment by which a snapshot tells that all of it was searched for so. */
#define SEARCHED_REMARK "searched: by class, on a server"

Directory *directory_new(void);
void directory_free(Directory *directory);

Arena *directory_arena(Directory *directory);
DnTable *directory_names(Directory *directory);
Diagnostics *directory_diagnostics(const Directory *directory);

/* Adds a source and returns its number, from 0. `name` is copied. */
uint32_t directory_add_source(Directory *directory, SourceKind kind, const char *name);
SourceInfo *directory_source(const Directory *directory, uint32_t number);
guint directory_source_count(const Directory *directory);

/* FALSE when anything in any source could not be read. */
bool directory_is_complete(const Directory *directory);

/* Adds a fact, in place of one of that name; both strings are copied. A NULL value adds nothing. */
void source_add_fact(SourceInfo *source, const char *name, const char *value);

/* Marks a source as read in part: any object may be missing from it. The reason is a diagnostic of
 * level error, made by the caller. */
void directory_set_incomplete(Directory *directory, uint32_t source);

/* How many records of the configuration partition came without objectClass, so that nobody can tell
 * what they are: they count as lost. Wants the seal. */
guint directory_unclassed(const Directory *directory);

/* Marks a source as read in part: the record of this name was lost, unless another source has it.
 * A text that is no name counts as directory_set_incomplete(). The diagnostic is the caller's. */
void directory_lose(Directory *directory, uint32_t source, const char *name, size_t length);

/* Nothing failed, and yet objects may be missing: a file looks as if it had been cut off behind, or
 * in, the record admitted last. What was not read is no longer called absent. The source stays
 * complete, because many a sound file lacks its last line's end, unless that record cannot have
 * been meant to end there. */
void directory_suspect(Directory *directory, uint32_t source);

/* Keeps something alive as long as the directory: a mapped file whose bytes values point into. */
void directory_keep(Directory *directory, gpointer data, GDestroyNotify release);

/*
 * Takes a record. An object met before is merged: attributes that only one of the two has are
 * united, equal ones are kept once, and where they differ the record with the later whenChanged
 * wins and a diagnostic names the attribute (change stamps may differ without a word: two domain
 * controllers never agree on them). Where neither is later, one is taken whatever the order of
 * reading, and the other's source counts as read in part; but not for back links, which differ
 * from one domain controller to the next. FALSE when the name is no name: a diagnostic says so and
 * the source becomes incomplete.
 */
bool directory_admit(Directory *directory, uint32_t source, const Record *record);

/* For overlays, before the seal: puts `record` in place of the entry of that name, if any. */
bool directory_replace(Directory *directory, uint32_t source, const Record *record);

/* For overlays, before the seal: the name stays known, the entry goes. */
void directory_remove(Directory *directory, Dn *dn);

/* For overlays, before the seal: the attribute was read of no object of this very class, and does
 * not count as seen although the overlay writes it. */
void directory_set_unread(Directory *directory, ClassId id, AttributeId attribute);

/* No entry changes after this. A second call does nothing. */
void directory_seal(Directory *directory);

/* All entries in the order of dn_compare(); those whose class is or derives from one but top. The
 * arrays belong to the directory and want the seal. Before it, the former has no order and may
 * hold entries that are gone: those whose name bears another entry, or none. */
const GPtrArray *directory_entries(const Directory *directory);
const GPtrArray *directory_of_class(const Directory *directory, ClassId id);

/* How many objects whose class is or derives from `id` show the attribute, those among them that an
 * overlay took out: 0 where nobody can tell an object without it from one whose attribute was not
 * read. */
guint directory_seen(const Directory *directory, ClassId id, AttributeId attribute);

/*
 * Whether the absence of an object of that name can be concluded from what was read: its parent was
 * read, or it lies below something absent whose own parent was read. A name in a partition or
 * subtree that no source covers is "not seen", never "not there"; nor is one whose record was lost
 * or may have been, one below which something was read, one of a class of which nothing was read at
 * all, as a filter leaves it, or one of a container that shows nothing else either, as a reader
 * without the right to list it sees it (the last three are asked of a sealed directory only).
 */
bool directory_covers(const Directory *directory, const Dn *dn);

/* Whether an overlay took out an object that is or derives from `id`: that none is left is then no
 * sign that they could not be seen. Wants the seal. */
bool directory_was_thinned(const Directory *directory, ClassId id);

/* Whether the record of an object that is or derives from `id` may have been lost in reading. Wants
 * the seal. */
bool directory_may_lack(const Directory *directory, ClassId id);

/* The configuration naming context: the name of the entry of class configuration or, where that
 * entry was not read, the `CN=Configuration` below a domain's name above any entry; NULL when there
 * is none. */
Dn *directory_configuration(const Directory *directory);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Directory, directory_free)

#endif
