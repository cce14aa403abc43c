#ifndef ADTOPO_SOURCE_CHANGES_H
#define ADTOPO_SOURCE_CHANGES_H

#include "source/change.h"
#include "source/parser.h"

/*
 * Change records (RFC 2849, `ldif-change-record`), from behind their changetype line.
 */

/* The kind that a changetype names ("modrdn" and "moddn" are one); FALSE when it names none. */
bool change_kind(const char *text, size_t length, ChangeKind *kind);

/* Whether the value of a control line is one: an OID, maybe a criticality, maybe a value. */
bool control_is_sound(const char *text, size_t length);

/* A change of that kind and name that holds nothing yet. The name is copied. */
Change *change_new(ChangeKind kind, const char *dn, size_t dn_length, uint32_t line);

/* Reads what a delete, modify or rename record holds into `change`, starting with the parser's
 * current line. Returns what is wrong, or NULL. */
const char *change_parse(Parser *parser, Change *change);

/* Adds copies of values (stable ones stay where they are) to a CHANGE_ADD. */
void change_add_values(Change *change, const RecordValue *values, guint count);

/* Adds `offset` to every line number of the change. */
void change_place(Change *change, uint32_t offset);

#endif
