/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-turn.h"

#include "madang-event.h"
#include "madang-rights.h"

static const MadangEdit *
get_edit (MadangTurn *self, guint i)
{
  return g_ptr_array_index (self->mutation->edits, i);
}

/* What the values were written for may tell more about why it is too late than the state does. */
static MadangVerdict *
explain_state (MadangTurn *self, MadangRecord *record)
{
  const MadangEventContext context = {
    .record = record,
    .actor = self->actor,
    .lookup = MADANG_LOOKUP (self->records),
    .now = self->save.now,
  };

  for (const MadangEvent *event = madang_record_get_kind (record)->events;
       event != NULL && event->name != NULL; event++)
    {
      g_autoptr (MadangVerdict) verdict
          = event->explain_state != NULL ? event->explain_state (&context) : NULL;

      if (verdict != NULL && madang_verdict_is_no (verdict))
        return g_steal_pointer (&verdict);
    }
  return NULL;
}

static gboolean
heed_update (MadangTurn *self, MadangRecord *record, const MadangField *field)
{
  g_autoptr (MadangVerdict) verdict = madang_rights_check_update (self->actor, record, field);
  MadangVerdict *why = NULL;

  if (madang_verdict_is_no (verdict)
      && g_str_equal (madang_verdict_get_code (verdict), "right.state"))
    why = explain_state (self, record);
  return madang_turn_heed (self, why != NULL ? why : g_steal_pointer (&verdict));
}

/* All fields of the mutation are checked before any value is looked at, so that a refusal says
 * nothing about what is there. */
static gboolean
check_rights (MadangTurn *self, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);

  for (guint i = 0; i < self->mutation->edits->len; i++)
    {
      const MadangField *top = NULL;

      if (madang_kind_find_path (kind, get_edit (self, i)->path, &top) == NULL)
        return madang_turn_reject (self, "field.unknown", get_edit (self, i)->path, NULL);
      if (!heed_update (self, record, top))
        return FALSE;
      if (!madang_rights_may_read (self->actor, record, madang_field_get_part (top)))
        return madang_turn_reject (self, "right.none", NULL);
    }
  return TRUE;
}

/* What the person meant in the end: a path may stand twice when something around it changed in
 * between. One conflict each also keeps a small mutation from filling the database. */
static gboolean
is_last_of_path (MadangTurn *self, guint i)
{
  GPtrArray *edits = self->mutation->edits;

  for (guint later = i + 1; later < edits->len; later++)
    {
      if (g_str_equal (get_edit (self, later)->path, get_edit (self, i)->path))
        return FALSE;
    }
  return TRUE;
}

static gboolean
keep_conflicts (MadangTurn *self,
                MadangRecord *record,
                const MadangMergeOutcome *outcomes,
                guint *lost,
                GError **error)
{
  for (guint i = 0; i < self->mutation->edits->len; i++)
    {
      if (outcomes[i] != MADANG_MERGE_CONFLICT || !is_last_of_path (self, i))
        continue;
      (*lost)++;
      if (!madang_turn_keep_conflict (self, record, i + 1, get_edit (self, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_applied (MadangTurn *self, const MadangMergeOutcome *outcomes, guint *applied)
{
  for (guint i = 0; i < self->mutation->edits->len; i++)
    {
      if (outcomes[i] == MADANG_MERGE_REFUSED)
        return madang_turn_reject (self, "merge.refused", get_edit (self, i)->path, NULL);
      if (outcomes[i] == MADANG_MERGE_APPLIED)
        (*applied)++;
    }
  return TRUE;
}

gboolean
madang_turn_merge (
    MadangTurn *self, MadangRecord *record, guint *applied, guint *lost, GError **error)
{
  const MadangMutation *mutation = self->mutation;
  g_autofree MadangMergeOutcome *outcomes = g_new0 (MadangMergeOutcome, mutation->edits->len + 1);
  g_autoptr (MadangRecord) merged = madang_record_dup (record);

  *applied = 0;
  *lost = 0;
  if (!check_rights (self, record))
    return FALSE;
  madang_merge_edits (merged, mutation->edits, mutation->base, outcomes);
  if (!count_applied (self, outcomes, applied))
    return FALSE;
  if (*applied > 0
      && (!madang_turn_check (self, record, merged, error)
          || !madang_turn_save (self, NULL, record, merged, error)))
    return FALSE;
  return keep_conflicts (self, record, outcomes, lost, error);
}

/* Someone else deleted it: a stale change never brings it back, and nothing of it is lost. */
static gboolean
keep_edits_of_deleted (MadangTurn *self, MadangRecord *record, GError **error)
{
  for (guint i = 0; i < self->mutation->edits->len; i++)
    {
      if (is_last_of_path (self, i)
          && !madang_turn_keep_conflict (self, record, i + 1, get_edit (self, i), error))
        return FALSE;
    }
  g_free (self->code);
  self->code = g_strdup ("merge.deleted");
  return TRUE;
}

static gboolean
others_changed_it (MadangTurn *self, MadangRecord *record)
{
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    {
      if (madang_rights_may_read (self->actor, record, part)
          && madang_record_get_version (record, part) > self->mutation->base[part])
        return TRUE;
    }
  return FALSE;
}

gboolean
madang_turn_patch (MadangTurn *self, GError **error)
{
  g_autoptr (MadangRecord) record = NULL;
  guint applied = 0;
  guint lost = 0;

  if (!madang_turn_find (self, &record, error))
    return FALSE;
  if (madang_record_get_deleted (record))
    return keep_edits_of_deleted (self, record, error);
  if (!madang_turn_merge (self, record, &applied, &lost, error))
    return FALSE;
  if (lost == 0 && applied > 0 && others_changed_it (self, record))
    self->outcome = MADANG_OUTCOME_MERGED;
  return TRUE;
}
