/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-turn.h"

#include "madang-rights.h"

/* Values that nothing was seen of: each must be a field that a person may set. */
static gboolean
fill_record (MadangTurn *self, MadangRecord *record)
{
  static const gint64 nothing_seen[MADANG_N_PARTS] = { 0, 0 };
  GPtrArray *edits = self->mutation->edits;
  g_autofree MadangMergeOutcome *outcomes = g_new0 (MadangMergeOutcome, edits->len + 1);

  madang_merge_edits (record, edits, nothing_seen, outcomes);
  for (guint i = 0; i < edits->len; i++)
    {
      const MadangEdit *edit = g_ptr_array_index (edits, i);

      if (outcomes[i] == MADANG_MERGE_REFUSED || outcomes[i] == MADANG_MERGE_CONFLICT)
        return madang_turn_reject (self, "merge.refused", edit->path, NULL);
    }
  return TRUE;
}

static void
find_home (MadangTurn *self, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  g_autofree char *home = kind->home_scope != NULL ? kind->home_scope (record) : NULL;

  madang_record_set_scope (record, home != NULL ? home : self->mutation->scope);
}

gboolean
madang_turn_create (MadangTurn *self, GError **error)
{
  const MadangKind *kind = madang_kind_find (self->mutation->kind);
  g_autoptr (MadangRecord) record = NULL;

  if (kind == NULL)
    return madang_turn_reject (self, "kind.unknown", self->mutation->kind, NULL);
  record = madang_record_new (kind, self->mutation->id);
  /* The right to create depends on what the record says of its home, so it is filled first; of
   * other records nothing is looked at before the right is known. */
  if (!fill_record (self, record))
    return FALSE;
  find_home (self, record);
  return madang_turn_heed (self, madang_rights_check_create (self->actor, record))
         && madang_turn_check_is_new (self, record, error)
         && madang_turn_check (self, NULL, record, error)
         && madang_turn_save (self, "create", NULL, record, error);
}

/* A tombstone keeps what it was, not what it said. */
static MadangRecord *
make_tombstone (MadangRecord *record)
{
  MadangRecord *tombstone = madang_record_dup (record);
  const MadangField *field = madang_record_get_kind (record)->fields;

  for (; field->name != NULL; field++)
    madang_record_set (tombstone, field->name, NULL, NULL);
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    madang_record_set_extra (tombstone, part, NULL);
  madang_record_set_deleted (tombstone, TRUE);
  return tombstone;
}

static gboolean
was_seen_as_it_is (MadangTurn *self, MadangRecord *record)
{
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    {
      if (madang_rights_may_read (self->actor, record, part)
          && madang_record_get_version (record, part) != self->mutation->base[part])
        return FALSE;
    }
  return TRUE;
}

gboolean
madang_turn_delete (MadangTurn *self, GError **error)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (MadangRecord) tombstone = NULL;

  if (!madang_turn_find (self, &record, error))
    return FALSE;
  if (madang_record_get_deleted (record))
    return TRUE;
  if (!madang_turn_heed (self, madang_rights_check_delete (self->actor, record)))
    return FALSE;
  if (!was_seen_as_it_is (self, record))
    return madang_turn_keep_conflict (self, record, 1, NULL, error);
  tombstone = make_tombstone (record);
  return madang_turn_save (self, "delete", record, tombstone, error);
}
