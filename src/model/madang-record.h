/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "madang-kind.h"

G_BEGIN_DECLS

/**
 * MadangRecord:
 *
 * One thing of a declared kind: identity, home scope, state, and two parts (main, personal),
 * each with its version and values. A part that the reader may not see is absent. Members that
 * this build does not know are carried along per part as opaque text. Not thread-safe; confined
 * to one thread at a time.
 */
#define MADANG_TYPE_RECORD (madang_record_get_type ())
G_DECLARE_FINAL_TYPE (MadangRecord, madang_record, MADANG, RECORD, GObject)

/* In the initial state, with every part that the kind has fields for. */
MadangRecord *madang_record_new (const MadangKind *kind, const char *id);
MadangRecord *madang_record_dup (MadangRecord *self);

const MadangKind *madang_record_get_kind (MadangRecord *self);
const char *madang_record_get_id (MadangRecord *self);
const char *madang_record_get_scope (MadangRecord *self); /* home scope (nullable) */
void madang_record_set_scope (MadangRecord *self, const char *scope);
const char *madang_record_get_state (MadangRecord *self);
void madang_record_set_state (MadangRecord *self, const char *state);
gint64 madang_record_get_version (MadangRecord *self, MadangPart part); /* 0: not on the server */
void madang_record_set_version (MadangRecord *self, MadangPart part, gint64 version);
gboolean madang_record_has_part (MadangRecord *self, MadangPart part);
/* FALSE forgets the values of the part. */
void madang_record_set_has_part (MadangRecord *self, MadangPart part, gboolean has_part);
gboolean madang_record_get_deleted (MadangRecord *self);
void madang_record_set_deleted (MadangRecord *self, gboolean deleted);
/* How many local changes of it wait for the server (client only). */
guint madang_record_get_waiting (MadangRecord *self);
void madang_record_set_waiting (MadangRecord *self, guint waiting);
/* Whether a change of it was refused or is in conflict (client only). */
gboolean madang_record_get_troubled (MadangRecord *self);
void madang_record_set_troubled (MadangRecord *self, gboolean troubled);

/* Values; a path is "field" or "field/row/member" or "field/row". NULL: unset. The result is
 * borrowed until the field is set again. */
GVariant *madang_record_get (MadangRecord *self, const char *path);
/* Sinks a floating value. Checks the path and the type, not the limits (madang_field_check()).
 * Empty texts, sets and lists become unset, sets are sorted. Only the path "field/row" makes a
 * row; NULL removes it. Errors: MADANG_ERROR_INVALID, MADANG_ERROR_NOT_FOUND (no such row),
 * MADANG_ERROR_FORBIDDEN (the part is absent). */
gboolean madang_record_set (MadangRecord *self, const char *path, GVariant *value, GError **error);
const char *madang_record_get_text (MadangRecord *self, const char *field); /* "" when unset */
gint64 madang_record_get_number (MadangRecord *self, const char *field, gint64 fallback);
gboolean madang_record_get_flag (MadangRecord *self, const char *field);
gboolean madang_record_is_set (MadangRecord *self, const char *field);
char *madang_record_dup_display (MadangRecord *self, const char *field);
/* Row ids of a list field in their order. */
GStrv madang_record_dup_rows (MadangRecord *self, const char *field);

/* Unknown members of a part as JSON object text (nullable); only the protocol reads it. */
const char *madang_record_get_extra (MadangRecord *self, MadangPart part);
void madang_record_set_extra (MadangRecord *self, MadangPart part, const char *extra);

/* Whether the condition of the field (.required_if) holds; TRUE without one. */
gboolean madang_record_is_asked (MadangRecord *self, const MadangField *field);
/* Required fields of the kind that are empty, for the event (NULL: those required from birth).
 * (transfer container): const MadangField *. */
GPtrArray *madang_record_find_missing (MadangRecord *self, const char *event);
/* A SHA-256 over kind, id, state and the values of the parts it has, but for unseen fields: what a
 * person saw. It does not cover versions, so equal content gives an equal digest. */
char *madang_record_dup_digest (MadangRecord *self);
/* The short form of the digest that stands in the footer of a paper: "3F2A-91C7-0B44". */
char *madang_record_dup_fingerprint (MadangRecord *self);

G_END_DECLS
