/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-cache-private.h"

#include "madang-error.h"

/* --- what the server lost ------------------------------------------------------------------ */

#define SENT_COLUMNS "place, mid, record, number, body, signature, at"

static MadangOutboxRow *
read_sent (MadangStatement *statement)
{
  g_autoptr (GBytes) body = madang_statement_dup_bytes (statement, 4);
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (body, NULL);
  MadangOutboxRow *row = g_new0 (MadangOutboxRow, 1);

  row->mid = madang_statement_dup_id (statement, 1);
  row->record = madang_statement_dup_id (statement, 2);
  row->number = madang_statement_get_number (statement, 3);
  row->body = g_bytes_ref (body);
  row->signature = g_strdup (madang_statement_get_text (statement, 5));
  row->at = madang_statement_get_number (statement, 6);
  row->kind = g_strdup (mutation != NULL ? mutation->kind : "");
  row->operation = g_strdup (
      madang_operation_get_name (mutation != NULL ? mutation->operation : MADANG_OPERATION_PATCH));
  row->event = mutation != NULL ? g_strdup (mutation->event) : NULL;
  row->fixed = TRUE;
  return row;
}

/* (element-type MadangOutboxRow), newest first. */
static GPtrArray *
read_journal (MadangStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_outbox_row_free);
  g_autoptr (GError) local_error = NULL;

  while (madang_statement_step (statement, &local_error))
    g_ptr_array_add (rows, read_sent (statement));
  if (local_error == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Before everything that waits. rows: newest first. The confirmed state has what they did, so
 * they are not shown again. */
static gboolean
put_back (MadangCache *self, GPtrArray *rows, GError **error)
{
  gint64 place = 0;

  if (!madang_cache_query_number (self, "SELECT min (place) FROM outbox", 1, &place, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      MadangOutboxRow *row = g_ptr_array_index (rows, i);
      gboolean waiting = FALSE;
      /* Place 0 would mean the last. */
      place = place == 1 ? -1 : place - 1;
      row->place = place;
      if (!madang_cache_has_outbox (self, row->record, TRUE, &waiting, error)
          || (!waiting && !madang_cache_make_shadow (self, row->record, error))
          || !madang_cache_add_outbox (self, row, error)
          || !madang_cache_run_with_id (self, "DELETE FROM sent WHERE mid = ?1", row->mid, error)
          || !madang_cache_refresh (self, row->record, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
list_sent_between (MadangCache *self, gint64 from, gint64 before, GError **error)
{
  g_autofree char *device = madang_cache_dup_setting (self, "device");
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "SELECT " SENT_COLUMNS " FROM sent WHERE device = ?1 AND number >= ?2 AND number < ?3"
      " AND outcome NOT IN ('discarded', 'superseded') ORDER BY number DESC",
      error);

  if (statement == NULL)
    return NULL;
  madang_statement_bind_text (statement, 1, device != NULL ? device : "");
  madang_statement_bind_number (statement, 2, from);
  madang_statement_bind_number (statement, 3, before);
  return read_journal (statement, error);
}

/* Refused ones took a number as well: they are asked about again. */
static gboolean
ask_again (MadangCache *self, gint64 from, gint64 before, gint64 *count, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "UPDATE outbox SET refused = 0, code = NULL, arguments = NULL"
                                 " WHERE refused AND number >= ?1 AND number < ?2 RETURNING record",
                                 error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, from);
  madang_statement_bind_number (statement, 2, before);
  while (madang_statement_step (statement, &local_error))
    g_ptr_array_add (records, madang_statement_dup_id (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *count = records->len;
  for (guint i = 0; i < records->len; i++)
    if (!madang_cache_refresh (self, g_ptr_array_index (records, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
resend (MadangCache *self, gint64 number, gint64 lowest, GError **error)
{
  g_autoptr (GPtrArray) rows = list_sent_between (self, number, lowest, error);
  gint64 asked = 0;

  if (rows == NULL || !ask_again (self, number, lowest, &asked, error))
    return FALSE;
  if (rows->len + asked == lowest - number)
    return put_back (self, rows, error);
  g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_CONFLICT,
                       "the journal does not go back far enough");
  return FALSE;
}

gboolean
madang_cache_resend_from (MadangCache *self, gint64 number, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);

  gint64 lowest = 0;
  if (!madang_cache_find_lowest_number (self, &lowest, error))
    return FALSE;
  if (number == lowest)
    return TRUE;
  if (number < 1 || number > lowest)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_CONFLICT,
                           "someone else used this device's numbers");
      return FALSE;
    }
  if (!madang_cache_begin (self, error))
    return FALSE;
  GError *failure = NULL;
  gboolean worked = resend (self, number, lowest, &failure);
  return madang_cache_end (self, worked, failure, error)
         && madang_cache_compact_salvage (self, TRUE, error);
}

/* Numbers of a device that was rotated away are gone; then all of them are counted anew, so that
 * the order stays. */
static gboolean
settle_numbers (MadangCache *self, GPtrArray *rows, GError **error)
{
  gint64 asked = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const MadangOutboxRow *row = g_ptr_array_index (rows, i);
      if (row->number == 0)
        return madang_database_run (self->database,
                                    "DELETE FROM outbox WHERE operation = 'void';"
                                    "UPDATE outbox SET number = NULL;",
                                    error);
    }
  return ask_again (self, 1, G_MAXINT64, &asked, error);
}

static gboolean
replay_journal (MadangCache *self, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "SELECT " SENT_COLUMNS
                                 " FROM sent WHERE outcome NOT IN ('discarded', 'superseded')"
                                 " ORDER BY place DESC",
                                 error);
  if (statement == NULL)
    return FALSE;

  g_autoptr (GPtrArray) rows = read_journal (statement, error);
  return rows != NULL && put_back (self, rows, error) && settle_numbers (self, rows, error);
}

gboolean
madang_cache_replay_journal (MadangCache *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);

  if (!madang_cache_begin (self, error))
    return FALSE;
  GError *failure = NULL;
  gboolean worked = replay_journal (self, &failure);
  return madang_cache_end (self, worked, failure, error)
         && madang_cache_compact_salvage (self, TRUE, error);
}
