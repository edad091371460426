/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sqlite-storage.h"

/* Who changed what: the history of records, and the audit log, which only grows. */

static gboolean
madang_sqlite_history_add_change (MadangStorage *storage,
                                  const MadangChange *change,
                                  GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage,
      "INSERT INTO change (record, account, mid, event, path, part, before, after, at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, change->record);
  madang_statement_bind_text (statement, 2, change->account);
  madang_statement_bind_id (statement, 3, change->mid);
  madang_statement_bind_text (statement, 4, change->event);
  madang_statement_bind_text (statement, 5, change->path);
  madang_statement_bind_number (statement, 6, change->part);
  madang_statement_bind_text (statement, 7, change->before);
  madang_statement_bind_text (statement, 8, change->after);
  madang_statement_bind_number (statement, 9, change->at);
  return madang_statement_run (statement, error);
}

#define CHANGE_COLUMNS "record, account, mid, event, path, part, before, after, at, number"

static MadangChange *
read_change (MadangStatement *row)
{
  MadangChange *change = g_new0 (MadangChange, 1);

  change->record = madang_statement_dup_id (row, 0);
  change->account = g_strdup (madang_statement_get_text (row, 1));
  change->mid = madang_statement_dup_id (row, 2);
  change->event = g_strdup (madang_statement_get_text (row, 3));
  change->path = g_strdup (madang_statement_get_text (row, 4));
  change->part = madang_statement_get_number (row, 5);
  change->before = g_strdup (madang_statement_get_text (row, 6));
  change->after = g_strdup (madang_statement_get_text (row, 7));
  change->at = madang_statement_get_number (row, 8);
  change->number = madang_statement_get_number (row, 9);
  return change;
}

static GPtrArray *
madang_sqlite_history_list_changes (MadangStorage *storage, const char *record, GError **error)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_change_free);
  g_autoptr (MadangStatement) rows = madang_sqlite_storage_prepare (
      storage, "SELECT " CHANGE_COLUMNS " FROM change WHERE record = ?1 ORDER BY number", error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return NULL;
  madang_statement_bind_id (rows, 1, record);
  while (madang_statement_step (rows, &local_error))
    g_ptr_array_add (changes, read_change (rows));
  if (local_error == NULL)
    return g_steal_pointer (&changes);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
madang_sqlite_history_read_changes (MadangStorage *storage,
                                    const char *record,
                                    MadangChangeFunc func,
                                    gpointer user_data,
                                    GError **error)
{
  g_autoptr (MadangStatement) rows = madang_sqlite_storage_prepare (
      storage, "SELECT " CHANGE_COLUMNS " FROM change WHERE record = ?1 ORDER BY number DESC",
      error);
  g_autoptr (GError) local_error = NULL;
  gboolean more = TRUE;

  if (rows == NULL)
    return FALSE;
  madang_statement_bind_id (rows, 1, record);
  while (more && madang_statement_step (rows, &local_error))
    {
      g_autoptr (MadangChange) change = read_change (rows);

      more = func (change, user_data);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
madang_sqlite_history_add_audit (MadangStorage *storage, const MadangAudit *audit, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage,
      "INSERT INTO audit (at, account, device, action, target, detail)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, audit->at);
  madang_statement_bind_text (statement, 2, audit->account);
  madang_statement_bind_text (statement, 3, audit->device);
  madang_statement_bind_text (statement, 4, audit->action);
  madang_statement_bind_text (statement, 5, audit->target);
  madang_statement_bind_text (statement, 6, audit->detail);
  return madang_statement_run (statement, error);
}

static MadangAudit *
read_audit (MadangStatement *row)
{
  MadangAudit *audit = g_new0 (MadangAudit, 1);

  audit->number = madang_statement_get_number (row, 0);
  audit->at = madang_statement_get_number (row, 1);
  audit->account = g_strdup (madang_statement_get_text (row, 2));
  audit->device = g_strdup (madang_statement_get_text (row, 3));
  audit->action = g_strdup (madang_statement_get_text (row, 4));
  audit->target = g_strdup (madang_statement_get_text (row, 5));
  audit->detail = g_strdup (madang_statement_get_text (row, 6));
  return audit;
}

static GPtrArray *
madang_sqlite_history_list_audit (MadangStorage *storage, gint64 after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_audit_free);
  g_autoptr (MadangStatement) rows = madang_sqlite_storage_prepare (
      storage,
      "SELECT number, at, account, device, action, target, detail FROM audit"
      " WHERE number > ?1 ORDER BY number LIMIT ?2",
      error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return NULL;
  madang_statement_bind_number (rows, 1, after);
  madang_statement_bind_number (rows, 2, limit);
  while (madang_statement_step (rows, &local_error))
    g_ptr_array_add (lines, read_audit (rows));
  if (local_error == NULL)
    return g_steal_pointer (&lines);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

void
madang_sqlite_history_init (MadangStorageInterface *iface)
{
  iface->add_change = madang_sqlite_history_add_change;
  iface->list_changes = madang_sqlite_history_list_changes;
  iface->read_changes = madang_sqlite_history_read_changes;
  iface->add_audit = madang_sqlite_history_add_audit;
  iface->list_audit = madang_sqlite_history_list_audit;
}
