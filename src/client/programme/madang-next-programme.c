/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-next-programme.h"

#include "madang-current-programme.h"
#include "madang-day.h"
#include "madang-id.h"
#include "madang-programme.h"
#include "madang-rights.h"

#include <string.h>

/* What belongs to the plan of one year alone. */
static const char *const not_carried_over[]
    = { "plan_doc_number", "plan_approved_on", "actual_start", "actual_end", NULL };

/* (nullable) */
static MadangRecord *
find_latest (MadangSync *sync)
{
  g_autoptr (GPtrArray) found = madang_current_programme_list (sync);

  return found->len > 0 ? g_object_ref (found->pdata[0]) : NULL;
}

/* The same day of the next year; of 29 February the one before. */
static char *
add_year (const char *day)
{
  char *next = g_strdup_printf ("%04d%s", MIN (atoi (day) + 1, 9999), day + strlen ("2020"));

  if (!madang_day_is_valid (next))
    memcpy (next + strlen ("2020-02-"), "28", 2);
  return next;
}

static char *
replace_year (const char *text, gint64 year)
{
  g_autofree char *old = g_strdup_printf ("%" G_GINT64_FORMAT, year);
  g_autofree char *new = g_strdup_printf ("%" G_GINT64_FORMAT, year + 1);
  g_auto (GStrv) parts = g_strsplit (text, old, -1);

  return g_strjoinv (new, parts);
}

/* The values come from a record of the same kind, so a refusal is our own mistake. */
static void
set_value (MadangRecord *record, const char *field, GVariant *value)
{
  g_autoptr (GError) error = NULL;

  if (!madang_record_set (record, field, value, &error))
    g_critical ("%s: %s", field, error->message);
}

static void
carry_over (MadangRecord *to, MadangRecord *from, const MadangField *field)
{
  GVariant *value = madang_record_get (from, field->name);

  if (value == NULL || field->merge == MADANG_MERGE_SERVER
      || g_strv_contains (not_carried_over, field->name))
    return;
  if (field->type == MADANG_FIELD_DAY)
    set_value (to, field->name,
               g_variant_new_take_string (add_year (g_variant_get_string (value, NULL))));
  else
    set_value (to, field->name, value);
}

static MadangRecord *
new_like (MadangRecord *from)
{
  const MadangKind *kind = madang_record_get_kind (from);
  g_autofree char *id = madang_id_new ();
  MadangRecord *record = madang_record_new (kind, id);

  for (const MadangField *field = kind->fields; field->name != NULL; field++)
    carry_over (record, from, field);
  return record;
}

static void
set_home (MadangRecord *record)
{
  g_autofree char *scope = madang_record_get_kind (record)->home_scope (record);

  madang_record_set_scope (record, scope);
}

static MadangRecord *
new_programme (MadangRecord *latest)
{
  MadangRecord *record = new_like (latest);
  const gint64 year = madang_record_get_number (latest, "year", 0);

  set_value (record, "year", g_variant_new_int64 (year + 1));
  set_value (record, "title",
             g_variant_new_take_string (
                 replace_year (madang_record_get_text (latest, "title"), year)));
  set_home (record);
  return record;
}

/* Notes name the days of their own year. */
static MadangRecord *
new_milestone (MadangRecord *former, const char *programme)
{
  MadangRecord *record = new_like (former);

  set_value (record, "programme", g_variant_new_string (programme));
  set_value (record, "note", NULL);
  set_home (record);
  return record;
}

gboolean
madang_next_programme_may_begin (MadangSync *sync)
{
  g_autoptr (MadangRecord) latest = NULL;
  g_autoptr (MadangRecord) next = NULL;
  g_autoptr (MadangVerdict) verdict = NULL;
  MadangActor *actor;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), FALSE);

  actor = madang_sync_get_actor (sync);
  latest = find_latest (sync);
  if (actor == NULL || latest == NULL)
    return FALSE;
  next = new_programme (latest);
  verdict = madang_rights_check_create (actor, next);
  return !madang_verdict_is_no (verdict);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* Writes keep their order: when the last one is durable all of them are. */
  if (madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
madang_next_programme_begin_async (MadangSync *sync,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (MadangRecord) latest = NULL;
  g_autoptr (MadangRecord) programme = NULL;
  g_autoptr (MadangQuery) query = NULL;
  g_autoptr (GPtrArray) milestones = NULL;
  GTask *task;

  g_return_if_fail (MADANG_IS_SYNC (sync));

  latest = find_latest (sync);
  g_return_if_fail (latest != NULL);
  programme = new_programme (latest);
  query = madang_query_new (madang_milestone_kind.name);
  madang_query_add_equal (query, "programme", g_variant_new_string (madang_record_get_id (latest)));
  madang_query_set_order (query, "planned_start", 0);
  milestones = madang_record_store_find (madang_sync_get_records (sync), query, NULL);
  task = g_task_new (sync, NULL, callback, user_data);
  g_task_set_source_tag (task, madang_next_programme_begin_async);
  g_task_set_task_data (task, g_strdup (madang_record_get_id (programme)), g_free);
  madang_sync_create_async (sync, programme,
                            milestones == NULL || milestones->len == 0 ? created_cb : NULL, task);
  for (guint i = 0; milestones != NULL && i < milestones->len; i++)
    {
      g_autoptr (MadangRecord) milestone
          = new_milestone (milestones->pdata[i], madang_record_get_id (programme));

      madang_sync_create_async (sync, milestone, i + 1 == milestones->len ? created_cb : NULL,
                                task);
    }
}

char *
madang_next_programme_begin_finish (MadangSync *sync, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, sync), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
