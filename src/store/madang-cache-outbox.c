/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-cache-private.h"

#include "madang-error.h"

#define JOURNAL_LIFE (G_GINT64_CONSTANT (30) * 24 * 60 * 60 * 1000) /* ms */
#define COMPACT_SIZE (256 * 1024) /* bytes of the salvage log that are always allowed */

/* --- rows --------------------------------------------------------------------------------- */

MadangOutboxRow *
madang_outbox_row_new (const MadangMutation *mutation, GBytes *body, const MadangSigningKey *key)
{
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (body, &length);
  MadangOutboxRow *self = g_new0 (MadangOutboxRow, 1);

  self->mid = g_strdup (mutation->mid);
  self->record = g_strdup (mutation->id);
  self->kind = g_strdup (mutation->kind);
  self->operation = g_strdup (madang_operation_get_name (mutation->operation));
  self->event = g_strdup (mutation->event);
  self->at = mutation->at;
  self->body = g_bytes_ref (body);
  self->signature = madang_signing_key_sign (key, data, length);
  self->shown = TRUE;
  return self;
}

void
madang_outbox_row_free (MadangOutboxRow *self)
{
  if (self == NULL)
    return;

  g_free (self->mid);
  g_free (self->record);
  g_free (self->kind);
  g_free (self->operation);
  g_free (self->event);
  g_bytes_unref (self->body);
  g_free (self->signature);
  g_free (self->code);
  g_free (self->arguments);
  g_free (self);
}

gboolean
madang_outbox_row_is (const MadangOutboxRow *self, MadangOperation operation)
{
  return g_str_equal (self->operation, madang_operation_get_name (operation));
}

gboolean
madang_outbox_row_is_unsealed (const MadangOutboxRow *self)
{
  return self->number == 0 && !self->fixed;
}

static MadangOutboxRow *
read_row (MadangStatement *statement)
{
  MadangOutboxRow *row = g_new0 (MadangOutboxRow, 1);

  row->place = madang_statement_get_number (statement, 0);
  row->mid = madang_statement_dup_id (statement, 1);
  row->record = madang_statement_dup_id (statement, 2);
  row->kind = g_strdup (madang_statement_get_text (statement, 3));
  row->operation = g_strdup (madang_statement_get_text (statement, 4));
  row->event = g_strdup (madang_statement_get_text (statement, 5));
  row->at = madang_statement_get_number (statement, 6);
  row->body = madang_statement_dup_bytes (statement, 7);
  row->signature = g_strdup (madang_statement_get_text (statement, 8));
  row->number = madang_statement_get_number (statement, 9);
  row->fixed = madang_statement_get_number (statement, 10) != 0;
  row->shown = madang_statement_get_number (statement, 11) != 0;
  row->held = madang_statement_get_number (statement, 12) != 0;
  row->refused = madang_statement_get_number (statement, 13) != 0;
  row->code = g_strdup (madang_statement_get_text (statement, 14));
  row->arguments = g_strdup (madang_statement_get_text (statement, 15));
  return row;
}

GPtrArray *
madang_cache_read_outbox (MadangStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_outbox_row_free);
  g_autoptr (GError) local_error = NULL;

  while (madang_statement_step (statement, &local_error))
    g_ptr_array_add (rows, read_row (statement));
  if (local_error == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

GPtrArray *
madang_cache_list_outbox (MadangCache *self, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database, "SELECT " MADANG_OUTBOX_COLUMNS " FROM outbox ORDER BY place", error);

  return statement != NULL ? madang_cache_read_outbox (statement, error) : NULL;
}

GPtrArray *
madang_cache_list_outbox_of (MadangCache *self, const char *record, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "SELECT " MADANG_OUTBOX_COLUMNS " FROM outbox WHERE record = ?1 ORDER BY place", error);

  if (statement == NULL)
    return NULL;
  madang_statement_bind_id (statement, 1, record);
  return madang_cache_read_outbox (statement, error);
}

MadangOutboxRow *
madang_cache_find_outbox (MadangCache *self, const char *mid, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database, "SELECT " MADANG_OUTBOX_COLUMNS " FROM outbox WHERE mid = ?1", error);
  if (statement == NULL)
    return NULL;
  madang_statement_bind_id (statement, 1, mid);

  g_autoptr (GPtrArray) rows = madang_cache_read_outbox (statement, error);
  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

gboolean
madang_cache_has_outbox (
    MadangCache *self, const char *record, gboolean any, gboolean *has, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "SELECT EXISTS (SELECT 1 FROM outbox WHERE record = ?1 AND (?2 OR NOT refused))", error);
  if (statement == NULL)
    return FALSE;

  madang_statement_bind_id (statement, 1, record);
  madang_statement_bind_number (statement, 2, any);
  if (!madang_statement_step (statement, error))
    return FALSE;
  *has = madang_statement_get_number (statement, 0) != 0;
  return TRUE;
}

gboolean
madang_cache_add_outbox (MadangCache *self, const MadangOutboxRow *row, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "INSERT INTO outbox (" MADANG_OUTBOX_COLUMNS ")"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
      error);
  if (statement == NULL)
    return FALSE;

  if (row->place != 0)
    madang_statement_bind_number (statement, 1, row->place);
  madang_statement_bind_id (statement, 2, row->mid);
  madang_statement_bind_id (statement, 3, row->record);
  madang_statement_bind_text (statement, 4, row->kind);
  madang_statement_bind_text (statement, 5, row->operation);
  madang_statement_bind_text (statement, 6, row->event);
  madang_statement_bind_number (statement, 7, row->at);
  madang_statement_bind_bytes (statement, 8, row->body);
  madang_statement_bind_text (statement, 9, row->signature);
  if (row->number != 0)
    madang_statement_bind_number (statement, 10, row->number);
  madang_statement_bind_number (statement, 11, row->fixed);
  madang_statement_bind_number (statement, 12, row->shown);
  madang_statement_bind_number (statement, 13, row->held);
  madang_statement_bind_number (statement, 14, row->refused);
  madang_statement_bind_text (statement, 15, row->code);
  madang_statement_bind_text (statement, 16, row->arguments);
  return madang_statement_run (statement, error);
}

gboolean
madang_cache_remove_outbox (MadangCache *self, const char *mid, GError **error)
{
  return madang_cache_run_with_id (self, "DELETE FROM outbox WHERE mid = ?1", mid, error);
}

/* An event was meant for the record as the refused change would have made it; of a record that
 * does not come into being, nothing can go. What is sealed already goes its way. */
gboolean
madang_cache_hold_dependents (MadangCache *self, const MadangOutboxRow *row, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "UPDATE outbox SET held = 1 WHERE record = ?1 AND place > ?2 AND number IS NULL"
      " AND NOT refused AND (?3 OR operation = 'event')",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, row->record);
  madang_statement_bind_number (statement, 2, row->place);
  madang_statement_bind_number (statement, 3, madang_outbox_row_is (row, MADANG_OPERATION_CREATE));
  return madang_statement_run (statement, error);
}

gboolean
madang_cache_release_held (MadangCache *self, const char *record, GError **error)
{
  return madang_cache_run_with_id (
      self,
      "UPDATE outbox SET held = 0 WHERE record = ?1 AND held AND NOT EXISTS"
      " (SELECT 1 FROM outbox WHERE record = ?1 AND refused)",
      record, error);
}

/* --- the journal -------------------------------------------------------------------------- */

gboolean
madang_cache_move_to_sent (
    MadangCache *self, const MadangOutboxRow *row, const char *outcome, gint64 at, GError **error)
{
  g_autofree char *device = madang_cache_dup_setting (self, "device");
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "INSERT OR REPLACE INTO sent (mid, record, device, number, body, signature, outcome, at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      error);
  if (statement == NULL)
    return FALSE;

  madang_statement_bind_id (statement, 1, row->mid);
  madang_statement_bind_id (statement, 2, row->record);
  madang_statement_bind_text (statement, 3, device != NULL ? device : "");
  if (row->number != 0)
    madang_statement_bind_number (statement, 4, row->number);
  madang_statement_bind_bytes (statement, 5, row->body);
  madang_statement_bind_text (statement, 6, row->signature);
  madang_statement_bind_text (statement, 7, outcome);
  madang_statement_bind_number (statement, 8, at);
  return madang_statement_run (statement, error)
         && madang_cache_remove_outbox (self, row->mid, error);
}

/* A clock that leapt into the future must not empty the journal, so the newest always stay. */
gboolean
madang_cache_prune_sent (MadangCache *self, gint64 at, GError **error)
{
  return madang_cache_run_with_number (
      self, "DELETE FROM sent WHERE at < ?1 AND place <= (SELECT max (place) FROM sent) - 1000",
      at - JOURNAL_LIFE, error);
}

/* --- the salvage log ---------------------------------------------------------------------- */

static GPtrArray *
list_salvage_entries (MadangCache *self, GError **error)
{
  g_autoptr (GPtrArray) rows = madang_cache_list_outbox (self, error);
  if (rows == NULL)
    return NULL;

  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_salvage_entry_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const MadangOutboxRow *row = g_ptr_array_index (rows, i);
      if (!madang_outbox_row_is (row, MADANG_OPERATION_VOID))
        g_ptr_array_add (entries, madang_salvage_entry_new (row->mid, row->body, row->signature));
    }
  return entries;
}

/* Weighing reads the whole outbox, so a log that grows with each edit is weighed only when it has
 * grown by a quarter; one of which nothing waits any more is always due. */
static gboolean
is_compacting_due (MadangCache *self, gboolean always, gboolean *due, GError **error)
{
  gint64 size = madang_salvage_get_size (self->salvage);
  gint64 waits = 0;
  gint64 live = 0;

  *due = always;
  if (always || size == 0)
    return TRUE;
  if (!madang_cache_query_number (self, "SELECT EXISTS (SELECT 1 FROM outbox)", 0, &waits, error))
    return FALSE;
  *due = waits == 0;
  if (*due || size < COMPACT_SIZE
      || (size >= self->weighed_size && size < self->weighed_size + self->weighed_size / 4))
    return TRUE;
  self->weighed_size = size;
  if (!madang_cache_query_number (self, "SELECT coalesce (sum (length (body)), 0) FROM outbox", 0,
                                  &live, error))
    return FALSE;
  *due = size >= COMPACT_SIZE + 4 * live;
  return TRUE;
}

gboolean
madang_cache_compact_salvage (MadangCache *self, gboolean always, GError **error)
{
  gboolean due = FALSE;

  if (!is_compacting_due (self, always, &due, error))
    return FALSE;
  if (!due)
    return TRUE;

  self->weighed_size = 0;
  g_autoptr (GPtrArray) entries = list_salvage_entries (self, error);
  return entries != NULL && madang_salvage_rewrite (self->salvage, entries, error);
}

/* --- small statements --------------------------------------------------------------------- */

gboolean
madang_cache_run_with_id (MadangCache *self, const char *sql, const char *id, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, id);
  return madang_statement_run (statement, error);
}

gboolean
madang_cache_run_with_number (MadangCache *self, const char *sql, gint64 number, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, number);
  return madang_statement_run (statement, error);
}

gboolean
madang_cache_run_with_text (MadangCache *self, const char *sql, const char *text, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, text);
  return madang_statement_run (statement, error);
}

gboolean
madang_cache_query_number (
    MadangCache *self, const char *sql, gint64 fallback, gint64 *number, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);
  g_autoptr (GError) local_error = NULL;

  *number = fallback;
  if (statement == NULL)
    return FALSE;
  if (madang_statement_step (statement, &local_error))
    {
      if (!madang_statement_is_null (statement, 0))
        *number = madang_statement_get_number (statement, 0);
      return TRUE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
