/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-mutation.h"
#include "madang-save.h"
#include "madang-verdict.h"

G_BEGIN_DECLS

/**
 * MadangTurn:
 *
 * One mutation on its turn: rights, rules, merge, and what is written of it. Every mutation gets
 * an outcome. Inside the writer's transaction.
 */
typedef struct
{
  MadangSave save;
  MadangActor *actor;             /* (unowned) (nullable): the server by itself */
  MadangRecordStore *records;     /* (unowned) */
  const char *device;             /* (unowned) */
  const MadangMutation *mutation; /* (unowned) */

  MadangOutcome outcome;
  char *code;      /* (owned) (nullable) */
  GStrv arguments; /* (owned) (nullable) */

  guint depth; /* of events that caused one another */
  guint fired; /* how many such there were */
  char *cause; /* (owned) (nullable): what the ids of their effects derive from */

  MadangRecord *saved; /* (owned) (nullable): the mutation's record as it was written last */
  GPtrArray *history;  /* (owned) (nullable): of the record, read when the first conflict asks */
} MadangTurn;

/* A rejected mutation has written nothing. FALSE: the database failed, and nothing may be kept of
 * the transaction. */
gboolean madang_turn_play (MadangTurn *self, GError **error);
/* An event that no person asked for, on its turn; the turn's mutation has an id and nothing else. */
gboolean madang_turn_play_event (MadangTurn *self,
                                 MadangRecord *record,
                                 const MadangEvent *event,
                                 GError **error);
void madang_turn_clear (MadangTurn *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadangTurn, madang_turn_clear)

/* --- For the files of a turn --------------------------------------------------------------- */

/* A step returns whether the turn goes on. When not, either *error is set or the outcome is. */

gboolean madang_turn_reject (MadangTurn *self, const char *code, ...) G_GNUC_NULL_TERMINATED;
/* Takes verdict. Goes on when it is yes. */
gboolean madang_turn_heed (MadangTurn *self, MadangVerdict *verdict);
/* The record as the actor may know it. Neither tells whether a record that may not be read is
 * there. A tombstone is found where its home scope may be followed. */
gboolean madang_turn_find (MadangTurn *self, MadangRecord **record, GError **error);
/* Limits, references, uniqueness, required fields and the rule of the kind. */
gboolean
madang_turn_check (MadangTurn *self, MadangRecord *before, MadangRecord *after, GError **error);
/* No record has its id yet, not even a deleted one. */
gboolean madang_turn_check_is_new (MadangTurn *self, MadangRecord *record, GError **error);
gboolean madang_turn_save (
    MadangTurn *self, const char *event, MadangRecord *before, MadangRecord *after, GError **error);

gboolean madang_turn_create (MadangTurn *self, GError **error);
gboolean madang_turn_delete (MadangTurn *self, GError **error);
gboolean madang_turn_patch (MadangTurn *self, GError **error);
gboolean madang_turn_event (MadangTurn *self, GError **error);
gboolean madang_turn_resolve (MadangTurn *self, GError **error);

/* Happens to a record whatever the mutation says: rights, state and guard are checked. */
gboolean madang_turn_run_event (MadangTurn *self,
                                MadangRecord *record,
                                const MadangEvent *event,
                                GVariant *arguments,
                                GError **error);
/* Applies the mutation's edits. *applied: how many changed something; *lost: how many did not get
 * in, each of which now has a conflict record. */
gboolean madang_turn_merge (
    MadangTurn *self, MadangRecord *record, guint *applied, guint *lost, GError **error);
/* Writes a conflict record for the edit (nullable: all of the mutation) that did not get in. */
gboolean madang_turn_keep_conflict (
    MadangTurn *self, MadangRecord *record, guint ordinal, const MadangEdit *edit, GError **error);

G_END_DECLS
