/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sync-private.h"

#include "madang-rough.h"
#include "madang-wire-record.h"

/* --- mutations ------------------------------------------------------------------------------ */

static void
add_edit (MadangMutation *mutation, const char *path, GVariant *from, GVariant *to)
{
  g_ptr_array_add (mutation->edits, madang_edit_new (path, from, to));
}

static void
add_rows (MadangMutation *mutation, MadangRecord *record, const MadangField *field)
{
  g_auto (GStrv) rows = madang_record_dup_rows (record, field->name);

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (field->name, "/", rows[i], NULL);

      add_edit (mutation, path, NULL, madang_record_get (record, path));
    }
}

static MadangMutation *
build_creation (MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  MadangMutation *mutation
      = madang_mutation_new (MADANG_OPERATION_CREATE, kind->name, madang_record_get_id (record));

  mutation->scope = g_strdup (madang_record_get_scope (record));
  if (mutation->scope == NULL && kind->home_scope != NULL)
    mutation->scope = kind->home_scope (record);
  for (const MadangField *field = kind->fields; field->name != NULL; field++)
    {
      if (field->merge == MADANG_MERGE_SERVER || !madang_record_is_set (record, field->name))
        continue;
      if (field->type == MADANG_FIELD_ROWS)
        add_rows (mutation, record, field);
      else
        add_edit (mutation, field->name, NULL, madang_record_get (record, field->name));
    }
  return mutation;
}

static MadangMutation *
build_patch (MadangRecord *record, GPtrArray *edits)
{
  MadangMutation *mutation
      = madang_mutation_new (MADANG_OPERATION_PATCH, madang_record_get_kind (record)->name,
                             madang_record_get_id (record));

  for (guint i = 0; i < edits->len; i++)
    g_ptr_array_add (mutation->edits, madang_edit_copy (g_ptr_array_index (edits, i)));
  return mutation;
}

/* What the person saw is taken now, before anything that is pulled changes it. */
static MadangMutation *
build_event (MadangRecord *seen, const char *name, GVariant *arguments)
{
  const MadangKind *kind = madang_record_get_kind (seen);
  const MadangEvent *event = madang_kind_find_event (kind, name);
  MadangMutation *mutation
      = madang_mutation_new (MADANG_OPERATION_EVENT, kind->name, madang_record_get_id (seen));

  mutation->event = g_strdup (name);
  if (arguments != NULL)
    mutation->arguments = g_variant_ref_sink (arguments);
  if (event != NULL && (event->flags & MADANG_EVENT_SEEN) != 0)
    mutation->seen = madang_record_dup_digest (seen);
  return mutation;
}

/* --- conflicts ------------------------------------------------------------------------------ */

static const MadangField *
find_conflict_field (MadangRecord *conflict, gboolean *is_row)
{
  const MadangKind *kind = madang_kind_find (madang_record_get_text (conflict, "record_kind"));
  const char *path = madang_record_get_text (conflict, "field");
  const MadangField *top = NULL;
  const MadangField *field;

  if (kind == NULL || *path == '\0')
    return NULL;
  field = madang_kind_find_path (kind, path, &top);
  *is_row = field != NULL && field == top && strchr (path, '/') != NULL;
  return field;
}

static gboolean
read_side (MadangRecord *conflict, const char *side, const MadangField *field, GVariant **value)
{
  const char *json = madang_record_get_text (conflict, side);
  g_autoptr (GError) error = NULL;

  *value = *json != '\0' ? madang_wire_decode_value (field, json, &error) : NULL;
  return error == NULL;
}

gboolean
madang_sync_read_conflict (MadangRecord *conflict,
                           const MadangField **field,
                           GVariant **theirs,
                           GVariant **mine)
{
  g_autoptr (GVariant) their_value = NULL;
  g_autoptr (GVariant) my_value = NULL;
  gboolean is_row = FALSE;

  g_return_val_if_fail (MADANG_IS_RECORD (conflict), FALSE);
  g_return_val_if_fail (field != NULL && theirs != NULL && mine != NULL, FALSE);

  *field = find_conflict_field (conflict, &is_row);
  if (*field == NULL || !read_side (conflict, "theirs", *field, &their_value)
      || !read_side (conflict, "mine", *field, &my_value))
    return FALSE;
  *theirs = g_steal_pointer (&their_value);
  *mine = g_steal_pointer (&my_value);
  return TRUE;
}

/* A row stands in a conflict as a list of one; an edit of it carries the row itself. */
static GVariant *
unwrap_row (GVariant *list)
{
  g_autoptr (GVariant) entry = NULL;

  if (list == NULL || g_variant_n_children (list) != 1)
    return NULL;
  entry = g_variant_get_child_value (list, 0);
  return g_variant_get_child_value (entry, 1);
}

/* Without an edit theirs stays: there is nothing to compare then, so it cannot fail. */
static MadangMutation *
build_resolution (MadangRecord *conflict, GVariant *value)
{
  MadangMutation *mutation = madang_mutation_new (MADANG_OPERATION_RESOLVE,
                                                  madang_record_get_text (conflict, "record_kind"),
                                                  madang_record_get_text (conflict, "record"));
  const char *path = madang_record_get_text (conflict, "field");
  g_autoptr (GVariant) theirs = NULL;
  g_autoptr (GVariant) mine = NULL;
  const MadangField *field;
  gboolean is_row = FALSE;

  mutation->conflict = g_strdup (madang_record_get_id (conflict));
  if (!madang_sync_read_conflict (conflict, &field, &theirs, &mine)
      || madang_value_equal (theirs, value))
    return mutation;
  find_conflict_field (conflict, &is_row);
  if (is_row)
    {
      g_autoptr (GVariant) from = unwrap_row (theirs);
      g_autoptr (GVariant) to = unwrap_row (value);

      add_edit (mutation, path, from, to);
    }
  else
    {
      add_edit (mutation, path, theirs, value);
    }
  return mutation;
}

/* --- calls ---------------------------------------------------------------------------------- */

static void
work_write (MadangDriver *driver, MadangCall *call)
{
  madang_driver_write (driver, call->argument, &call->error);
  madang_call_return (call);
}

typedef struct
{
  char *record;
  GVariant *texts;
} Rough;

static void
rough_free (gpointer data)
{
  Rough *rough = data;

  g_free (rough->record);
  g_variant_unref (rough->texts);
  g_free (rough);
}

static void
work_keep_rough (MadangDriver *driver, MadangCall *call)
{
  const Rough *rough = call->argument;

  madang_driver_keep_rough (driver, rough->record, rough->texts, &call->error);
  madang_call_return (call);
}

static void
work_discard (MadangDriver *driver, MadangCall *call)
{
  madang_driver_discard (driver, call->argument, &call->error);
  madang_call_return (call);
}

static void
work_list_waiting (MadangDriver *driver, MadangCall *call)
{
  call->result = madang_driver_list_waiting (driver, &call->error);
  call->result_free = (GDestroyNotify)g_ptr_array_unref;
  madang_call_return (call);
}

static GTask *
new_write_task (MadangSync *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, madang_sync_write_finish);
  return task;
}

static void
write_mutation (MadangSync *self,
                MadangMutation *mutation,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  madang_sync_call (self, new_write_task (self, callback, user_data), work_write,
                    madang_call_answer_boolean, mutation, (GDestroyNotify)madang_mutation_free);
}

void
madang_sync_create_async (MadangSync *self,
                          MadangRecord *record,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MADANG_IS_SYNC (self));
  g_return_if_fail (MADANG_IS_RECORD (record));

  write_mutation (self, build_creation (record), callback, user_data);
}

void
madang_sync_edit_async (MadangSync *self,
                        MadangRecord *record,
                        GPtrArray *edits,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (MADANG_IS_SYNC (self));
  g_return_if_fail (MADANG_IS_RECORD (record));
  g_return_if_fail (edits != NULL);

  write_mutation (self, build_patch (record, edits), callback, user_data);
}

void
madang_sync_keep_rough_async (MadangSync *self,
                              const char *record,
                              GVariant *texts,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Rough *rough;

  g_return_if_fail (MADANG_IS_SYNC (self));
  g_return_if_fail (record != NULL && texts != NULL);

  rough = g_new0 (Rough, 1);
  rough->record = g_strdup (record);
  rough->texts = g_variant_ref_sink (texts);
  madang_sync_call (self, new_write_task (self, callback, user_data), work_keep_rough,
                    madang_call_answer_boolean, rough, rough_free);
}

GHashTable *
madang_sync_load_rough (MadangSync *self, const char *record)
{
  g_autoptr (GError) error = NULL;
  GHashTable *texts = NULL;

  g_return_val_if_fail (MADANG_IS_SYNC (self), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  if (self->records != NULL)
    texts = madang_rough_load (self->records, record, &error);
  if (error != NULL)
    g_debug ("rough text cannot be read: %s", error->message);
  return texts != NULL ? texts : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
madang_sync_event_async (MadangSync *self,
                         MadangRecord *seen,
                         const char *event,
                         GVariant *arguments,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (MADANG_IS_SYNC (self));
  g_return_if_fail (MADANG_IS_RECORD (seen));
  g_return_if_fail (event != NULL);

  write_mutation (self, build_event (seen, event, arguments), callback, user_data);
}

void
madang_sync_resolve_async (MadangSync *self,
                           MadangRecord *conflict,
                           GVariant *value,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GVariant) owned = NULL;

  g_return_if_fail (MADANG_IS_SYNC (self));
  g_return_if_fail (MADANG_IS_RECORD (conflict));

  owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  write_mutation (self, build_resolution (conflict, owned), callback, user_data);
}

void
madang_sync_discard_async (MadangSync *self,
                           const char *mid,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MADANG_IS_SYNC (self));
  g_return_if_fail (mid != NULL);

  madang_sync_call (self, new_write_task (self, callback, user_data), work_discard,
                    madang_call_answer_boolean, g_strdup (mid), g_free);
}

gboolean
madang_sync_write_finish (MadangSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
madang_sync_list_waiting_async (MadangSync *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (MADANG_IS_SYNC (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, madang_sync_list_waiting_async);
  madang_sync_call (self, task, work_list_waiting, madang_call_answer_pointer, NULL, NULL);
}

GPtrArray *
madang_sync_list_waiting_finish (MadangSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
