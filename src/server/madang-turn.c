/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-turn.h"

#include "madang-access.h"
#include "madang-event.h"
#include "madang-rights.h"
#include "madang-scope.h"

#include <stdarg.h>

static void
play_operation (MadangTurn *self, GError **error)
{
  switch (self->mutation->operation)
    {
    case MADANG_OPERATION_CREATE:
      madang_turn_create (self, error);
      break;
    case MADANG_OPERATION_PATCH:
      madang_turn_patch (self, error);
      break;
    case MADANG_OPERATION_DELETE:
      madang_turn_delete (self, error);
      break;
    case MADANG_OPERATION_EVENT:
      madang_turn_event (self, error);
      break;
    case MADANG_OPERATION_RESOLVE:
      madang_turn_resolve (self, error);
      break;
    case MADANG_OPERATION_VOID:
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
begin_turn (MadangTurn *self, GError **error)
{
  self->outcome = MADANG_OUTCOME_APPLIED;
  return madang_storage_mark (self->save.write->storage, error);
}

/* A turn may have written before a rule of a later step says no: then nothing of it stays. Takes
 * failure. */
static gboolean
end_turn (MadangTurn *self, GError *failure, GError **error)
{
  MadangStorage *storage = self->save.write->storage;

  if (failure == NULL && self->outcome != MADANG_OUTCOME_REJECTED)
    return madang_storage_keep (storage, error);
  madang_storage_undo (storage);
  g_clear_object (&self->saved);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
madang_turn_play (MadangTurn *self, GError **error)
{
  GError *failure = NULL;

  if (!begin_turn (self, error))
    return FALSE;
  play_operation (self, &failure);
  return end_turn (self, failure, error);
}

gboolean
madang_turn_play_event (MadangTurn *self,
                        MadangRecord *record,
                        const MadangEvent *event,
                        GError **error)
{
  GError *failure = NULL;

  if (!begin_turn (self, error))
    return FALSE;
  madang_turn_run_event (self, record, event, NULL, &failure);
  return end_turn (self, failure, error);
}

void
madang_turn_clear (MadangTurn *self)
{
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->cause, g_free);
  g_clear_pointer (&self->arguments, g_strfreev);
  g_clear_object (&self->saved);
  g_clear_pointer (&self->history, g_ptr_array_unref);
}

static void
set_reason (MadangTurn *self, const char *code, GStrv arguments)
{
  g_free (self->code);
  self->code = g_strdup (code);
  g_strfreev (self->arguments);
  self->arguments = arguments;
}

gboolean
madang_turn_reject (MadangTurn *self, const char *code, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *argument;
  va_list arguments;

  va_start (arguments, code);
  while ((argument = va_arg (arguments, const char *)) != NULL)
    g_strv_builder_add (builder, argument);
  va_end (arguments);
  self->outcome = MADANG_OUTCOME_REJECTED;
  set_reason (self, code, g_strv_builder_end (builder));
  return FALSE;
}

gboolean
madang_turn_heed (MadangTurn *self, MadangVerdict *verdict)
{
  g_autoptr (MadangVerdict) taken = verdict;

  if (taken == NULL || madang_verdict_is_yes (taken))
    return TRUE;
  self->outcome = MADANG_OUTCOME_REJECTED;
  set_reason (self, madang_verdict_get_code (taken),
              g_strdupv ((char **)madang_verdict_get_arguments (taken)));
  return FALSE;
}

static gboolean
may_know (MadangTurn *self, MadangRecord *record)
{
  const char *home = madang_record_get_scope (record);

  if (madang_record_get_deleted (record))
    return home != NULL && madang_actor_may_follow (self->actor, home);
  return madang_rights_may_read (self->actor, record, MADANG_PART_MAIN);
}

/* Nobody learns whether a record is there that they never could read. Whoever could until a role
 * ended is told just that, because they made the change before they knew. */
static gboolean
reject_unknown (MadangTurn *self, MadangRecord *record, GError **error)
{
  g_autoptr (MadangActor) former = NULL;

  if (record != NULL && self->actor != NULL)
    {
      former = madang_access_load_former_actor (self->save.write->storage,
                                                madang_actor_get_account (self->actor), error);
      if (former == NULL)
        return FALSE;
      if (madang_rights_may_read (former, record, MADANG_PART_MAIN))
        return madang_turn_reject (self, "right.ended", NULL);
    }
  return madang_turn_reject (self, "record.missing", self->mutation->kind, NULL);
}

gboolean
madang_turn_find (MadangTurn *self, MadangRecord **record, GError **error)
{
  const MadangMutation *mutation = self->mutation;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) found
      = madang_record_store_get_any (self->records, mutation->id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (found != NULL && g_strcmp0 (madang_record_get_kind (found)->name, mutation->kind) != 0)
    g_clear_object (&found);
  if (found == NULL || !may_know (self, found))
    return reject_unknown (self, found, error);
  *record = g_steal_pointer (&found);
  return TRUE;
}

/* --- Values -------------------------------------------------------------------------------- */

/* What everybody may hear of is no secret, also to those whose own work it is not. */
static gboolean
may_refer_to (MadangTurn *self, MadangRecord *target)
{
  static const char *const known[] = { MADANG_SCOPE_DIRECTORY, MADANG_SCOPE_PROGRAMME, NULL };
  const char *home = madang_record_get_scope (target);

  return self->actor == NULL || (home != NULL && g_strv_contains (known, home))
         || may_know (self, target);
}

static gboolean
check_reference (MadangTurn *self, const MadangField *field, GVariant *value, GError **error)
{
  g_autoptr (MadangRecord) target = NULL;
  g_autoptr (GError) local_error = NULL;

  if (value == NULL || field->type != MADANG_FIELD_REFERENCE)
    return TRUE;
  target
      = madang_record_store_get (self->records, g_variant_get_string (value, NULL), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (target == NULL || g_strcmp0 (madang_record_get_kind (target)->name, field->reference) != 0
      || !may_refer_to (self, target))
    return madang_turn_reject (self, "reference.missing", field->name, NULL);
  return TRUE;
}

static gboolean
check_unique (MadangTurn *self,
              MadangRecord *record,
              const MadangField *field,
              GVariant *value,
              GError **error)
{
  g_autoptr (MadangQuery) query = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (value == NULL || !field->unique)
    return TRUE;
  query = madang_query_new (madang_record_get_kind (record)->name);
  madang_query_add_equal (query, field->name, value);
  madang_query_set_limit (query, 2);
  found = madang_record_store_find (self->records, query, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      if (g_strcmp0 (madang_record_get_id (g_ptr_array_index (found, i)),
                     madang_record_get_id (record))
          != 0)
        return madang_turn_reject (self, "field.unique", field->name, NULL);
    }
  return TRUE;
}

static gboolean
check_field (MadangTurn *self,
             MadangRecord *before,
             MadangRecord *after,
             const MadangField *field,
             GError **error)
{
  GVariant *value = madang_record_get (after, field->name);

  if (before != NULL && madang_value_equal (value, madang_record_get (before, field->name)))
    return TRUE;
  return madang_turn_heed (self, madang_field_check (field, value))
         && check_reference (self, field, value, error)
         && check_unique (self, after, field, value, error);
}

/* What was missing before may stay so: an older program may have left it. */
static gboolean
check_required (MadangTurn *self, MadangRecord *before, MadangRecord *after)
{
  g_autoptr (GPtrArray) missing = madang_record_find_missing (after, NULL);

  for (guint i = 0; i < missing->len; i++)
    {
      const MadangField *field = g_ptr_array_index (missing, i);

      if (before == NULL || madang_record_is_set (before, field->name))
        return madang_turn_reject (self, "field.missing", field->name, NULL);
    }
  return TRUE;
}

static gboolean
check_kind (MadangTurn *self, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  MadangEventContext context = {
    .record = record,
    .actor = self->actor,
    .lookup = MADANG_LOOKUP (self->records),
    .now = self->save.now,
    .mutation = self->mutation->mid,
  };

  return kind->check == NULL || madang_turn_heed (self, kind->check (&context));
}

gboolean
madang_turn_check (MadangTurn *self, MadangRecord *before, MadangRecord *after, GError **error)
{
  const MadangField *field = madang_record_get_kind (after)->fields;

  for (; field->name != NULL; field++)
    {
      if (!check_field (self, before, after, field, error))
        return FALSE;
    }
  return check_required (self, before, after) && check_kind (self, after);
}

gboolean
madang_turn_check_is_new (MadangTurn *self, MadangRecord *record, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) other
      = madang_record_store_get_any (self->records, madang_record_get_id (record), &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (other != NULL)
    return madang_turn_reject (self, "record.exists", madang_record_get_kind (record)->name, NULL);
  return TRUE;
}

gboolean
madang_turn_save (
    MadangTurn *self, const char *event, MadangRecord *before, MadangRecord *after, GError **error)
{
  MadangSave save = self->save;

  save.event = event;
  if (!madang_save_record (&save, before, after, error))
    return FALSE;
  if (g_strcmp0 (madang_record_get_id (after), self->mutation->id) == 0)
    g_set_object (&self->saved, after);
  return TRUE;
}
