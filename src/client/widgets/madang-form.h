/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-actor.h"
#include "madang-record-store.h"

G_BEGIN_DECLS

/**
 * MadangForm:
 *
 * Binds every MadangFieldRow below it to the field of its name: label, limits, required mark,
 * value, problem, and whether this person may write it in this state. It holds two records: the
 * stored one, as the cache has it, and the working one, with what was typed and is valid. What
 * is typed and not valid stays in its row, marked, and is not in the working record.
 *
 * Property "event": the event for which fields are marked as required (a string).
 *
 * Signals: "edited" (field): the working record changed or a problem came or went;
 * "field-focused" (field, or NULL when the focus left the form); "shown": set_record() is done.
 */
#define MADANG_TYPE_FORM (madang_form_get_type ())
G_DECLARE_FINAL_TYPE (MadangForm, madang_form, MADANG, FORM, AdwBin)

/* Once, before the first record. records resolves references; actor (nullable): read-only. */
void madang_form_set_up (MadangForm *self,
                         const MadangKind *kind,
                         MadangRecordStore *records,
                         MadangActor *actor);
/* The record is a new one: who may create it may write it, also what is fixed later. */
void madang_form_set_creating (MadangForm *self, gboolean creating);
/* Shows another record, or this one as it is now in the cache: fields in which the person has
 * typed something that is not yet stored keep it. record is copied. */
void madang_form_set_record (MadangForm *self, MadangRecord *record);
MadangRecord *madang_form_get_record (MadangForm *self); /* the working one (nullable) */
/* FALSE: this person may not write the field as things stand, or it is not on the form. */
gboolean madang_form_may_write (MadangForm *self, const char *field);
/* Puts a value into a field as if it had been typed; NULL empties it, a floating reference is
 * taken. FALSE: this person may not write the field, or it is not on the form. */
gboolean madang_form_fill (MadangForm *self, const char *field, GVariant *value);
/* What cannot be saved as it is, word for word: field -> text, maybe empty. (transfer full) */
GHashTable *madang_form_dup_rough (MadangForm *self);
/* Puts such a text back over the value, unless the field may not be written any more. */
void madang_form_put_rough (MadangForm *self, const char *field, const char *text);
/* These fields contradict each other: what is typed there stays on the form alone until it calls
 * this again. NULL: none. */
void madang_form_hold (MadangForm *self, const char *const *fields);
/* What was typed and is valid but not stored, nor held: (transfer full) of MadangEdit, maybe empty. */
GPtrArray *madang_form_dup_edits (MadangForm *self);
/* Takes the edits as stored, or, after a failed write, as not stored again. */
void madang_form_mark_stored (MadangForm *self, GPtrArray *edits, gboolean stored);
/* The labels of the fields whose content cannot be saved as it is. (transfer full), NULL: none. */
GStrv madang_form_dup_problems (MadangForm *self);
/* The same as a sentence; newly allocated. NULL: none. */
char *madang_form_dup_obstacle (MadangForm *self);
gboolean madang_form_focus_field (MadangForm *self, const char *field);
/* The first field that this person may write. */
gboolean madang_form_focus_first (MadangForm *self);

G_END_DECLS
