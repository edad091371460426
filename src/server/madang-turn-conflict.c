/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-turn.h"

#include "madang-event.h"
#include "madang-id.h"
#include "madang-rights.h"
#include "madang-system.h"

static void
set_text (MadangRecord *conflict, const char *field, const char *text)
{
  if (text != NULL)
    madang_record_set (conflict, field, g_variant_new_string (text), NULL);
}

/* Who made the value that stayed: the last line of history about that path. */
static gboolean
find_winner (MadangTurn *self,
             MadangRecord *conflict,
             MadangRecord *record,
             const char *path,
             GError **error)
{
  if (self->history == NULL)
    self->history = madang_storage_list_changes (self->save.write->storage,
                                                 madang_record_get_id (record), error);
  if (self->history == NULL)
    return FALSE;
  for (guint i = self->history->len; i > 0; i--)
    {
      const MadangChange *change = g_ptr_array_index (self->history, i - 1);

      if (path != NULL && g_strcmp0 (change->path, path) != 0)
        continue;
      if (madang_id_is_valid (change->account))
        set_text (conflict, "theirs_by", change->account);
      madang_record_set (conflict, "theirs_at", g_variant_new_int64 (change->at), NULL);
      break;
    }
  return TRUE;
}

static MadangRecord *
new_conflict (MadangTurn *self, MadangRecord *record, guint ordinal)
{
  g_autofree char *id = madang_id_derive (self->mutation->mid, ordinal);
  MadangRecord *conflict = madang_record_new (&madang_conflict_kind, id);
  g_autofree char *home = NULL;

  set_text (conflict, "record_kind", madang_record_get_kind (record)->name);
  set_text (conflict, "record", madang_record_get_id (record));
  set_text (conflict, "home", madang_record_get_scope (record));
  set_text (conflict, "author", madang_actor_get_account (self->actor));
  set_text (conflict, "device", self->device);
  set_text (conflict, "event",
            self->mutation->operation == MADANG_OPERATION_DELETE ? "delete"
                                                                 : self->mutation->event);
  madang_record_set (conflict, "made_at", g_variant_new_int64 (self->save.now), NULL);
  home = madang_conflict_kind.home_scope (conflict);
  madang_record_set_scope (conflict, home);
  return conflict;
}

/* What the person saw may come from an older program, or from none; it only explains. */
static char *
encode_base (const MadangKind *kind, const MadangEdit *edit)
{
  g_autoptr (MadangVerdict) verdict = madang_kind_check_value (kind, edit->path, edit->from);

  return madang_verdict_is_yes (verdict) ? madang_save_encode (kind, edit->path, edit->from) : NULL;
}

static void
set_values (MadangRecord *conflict, MadangRecord *record, const MadangEdit *edit)
{
  const MadangKind *kind = madang_record_get_kind (record);
  g_autofree char *base = encode_base (kind, edit);
  g_autofree char *mine = madang_save_encode (kind, edit->path, edit->to);
  g_autofree char *theirs
      = madang_save_encode (kind, edit->path, madang_record_get (record, edit->path));

  set_text (conflict, "field", edit->path);
  set_text (conflict, "base", base);
  set_text (conflict, "mine", mine);
  set_text (conflict, "theirs", theirs);
}

gboolean
madang_turn_keep_conflict (
    MadangTurn *self, MadangRecord *record, guint ordinal, const MadangEdit *edit, GError **error)
{
  g_autoptr (MadangRecord) conflict = NULL;

  /* What the field would not take is refused: its author keeps it, nobody else has to see it. */
  if (edit != NULL
      && !madang_turn_heed (self, madang_kind_check_value (madang_record_get_kind (record),
                                                           edit->path, edit->to)))
    return FALSE;
  conflict = new_conflict (self, record, ordinal);
  if (edit != NULL)
    set_values (conflict, record, edit);
  if (!find_winner (self, conflict, record, edit != NULL ? edit->path : NULL, error)
      || !madang_turn_save (self, "create", NULL, conflict, error))
    return FALSE;
  self->outcome = MADANG_OUTCOME_CONFLICT;
  g_free (self->code);
  self->code = g_strdup (edit != NULL ? "merge.conflict" : "seen.changed");
  g_strfreev (self->arguments);
  self->arguments = g_new0 (char *, 2);
  self->arguments[0]
      = g_strdup (edit != NULL ? edit->path : madang_record_get_text (conflict, "event"));
  return TRUE;
}

/* --- Settling ------------------------------------------------------------------------------ */

static gboolean
find_open_conflict (MadangTurn *self, MadangRecord **conflict, GError **error)
{
  const MadangMutation *mutation = self->mutation;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) found
      = madang_record_store_get (self->records, mutation->conflict, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (found == NULL || madang_record_get_kind (found) != &madang_conflict_kind
      || !madang_rights_may_read (self->actor, found, MADANG_PART_PERSONAL)
      || g_strcmp0 (madang_record_get_text (found, "record"), mutation->id) != 0)
    return madang_turn_reject (self, "record.missing", madang_conflict_kind.name, NULL);
  if (g_strcmp0 (madang_record_get_state (found), "open") != 0)
    return madang_turn_reject (self, "state.event", "settle", madang_record_get_state (found),
                               NULL);
  *conflict = g_steal_pointer (&found);
  return TRUE;
}

static const char *
name_resolution (MadangRecord *conflict, const MadangEdit *edit, const MadangKind *kind)
{
  g_autofree char *chosen = madang_save_encode (kind, edit->path, edit->to);
  const char *json = chosen != NULL ? chosen : "";

  if (g_strcmp0 (json, madang_record_get_text (conflict, "mine")) == 0)
    return "mine";
  if (g_strcmp0 (json, madang_record_get_text (conflict, "theirs")) == 0)
    return "theirs";
  return "edited";
}

static gboolean
settle (MadangTurn *self, MadangRecord *conflict, const char *resolution, GError **error)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) arguments = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "resolution", g_variant_new_string (resolution));
  arguments = g_variant_ref_sink (g_variant_builder_end (&builder));
  return madang_turn_run_event (self, conflict,
                                madang_kind_find_event (&madang_conflict_kind, "settle"), arguments,
                                error);
}

/* The edit must be about the field of the conflict, from the value that was shown; two people who
 * settle at once meet the same compare as everyone, and the later one gets a new conflict in
 * place of the one that is settled by it. */
gboolean
madang_turn_resolve (MadangTurn *self, GError **error)
{
  const MadangMutation *mutation = self->mutation;
  g_autoptr (MadangRecord) conflict = NULL;
  g_autoptr (MadangRecord) record = NULL;
  const MadangEdit *edit;
  const char *resolution;
  guint applied;
  guint lost;

  if (!find_open_conflict (self, &conflict, error) || !madang_turn_find (self, &record, error))
    return FALSE;
  if (mutation->edits->len == 0)
    return settle (self, conflict, "theirs", error);
  edit = g_ptr_array_index (mutation->edits, 0);
  if (mutation->edits->len > 1
      || g_strcmp0 (edit->path, madang_record_get_text (conflict, "field")) != 0)
    return madang_turn_reject (self, "merge.refused", edit->path, NULL);
  resolution = name_resolution (conflict, edit, madang_record_get_kind (record));
  return madang_turn_merge (self, record, &applied, &lost, error)
         && settle (self, conflict, resolution, error);
}
