/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-record-index.h"

#include "madang-error.h"
#include "madang-record-row.h"
#include "madang-statement.h"

struct _MadangRecordIndex
{
  MadangDatabase *database; /* (owned) */
  GHashTable *tables;       /* (owned): kind name -> MadangIndexTable */
};

/* A client may hold two records that the server would not let live side by side: its own and the
 * one that came first. So only the server enforces unique fields. */
static GHashTable *
collect_tables (MadangDatabaseSide side)
{
  GHashTable *tables = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                              (GDestroyNotify)madang_index_table_free);
  const MadangKind *const *kinds = madang_kind_list ();
  MadangIndexTableFlags flags = side == MADANG_DATABASE_SERVER ? MADANG_INDEX_TABLE_UNIQUE : 0;

  for (guint i = 0; kinds[i] != NULL; i++)
    g_hash_table_insert (tables, (gpointer)kinds[i]->name,
                         madang_index_table_new (kinds[i], flags));
  return tables;
}

static GHashTable *
read_shapes (MadangRecordIndex *self, GError **error)
{
  g_autoptr (GHashTable) shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database, "SELECT kind, shape FROM index_shape", error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  while (madang_statement_step (statement, &local_error))
    g_hash_table_insert (shapes, g_strdup (madang_statement_get_text (statement, 0)),
                         g_strdup (madang_statement_get_text (statement, 1)));
  if (local_error == NULL)
    return g_steal_pointer (&shapes);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* A record that this build cannot read stays raw: it is kept, but nothing finds it. */
static gboolean
fill_table (MadangRecordIndex *self, const MadangIndexTable *table, GError **error)
{
  g_autoptr (MadangStatement) rows
      = madang_database_prepare (self->database,
                                 "SELECT " MADANG_RECORD_ROW_COLUMNS
                                 ", r.rowid FROM record r WHERE r.kind = ?1 AND r.deleted = 0",
                                 error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  madang_statement_bind_text (rows, 1, madang_index_table_get_kind (table)->name);
  while (madang_statement_step (rows, &local_error))
    {
      g_autoptr (GError) unreadable = NULL;
      g_autoptr (MadangRecord) record = madang_record_row_read (rows, &unreadable);
      if (record == NULL)
        g_debug ("a record stays out of the index: %s", unreadable->message);
      else if (!madang_index_table_put (
                   table, self->database, record,
                   madang_statement_get_number (rows, MADANG_RECORD_ROW_NUMBER), error))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
drop_table (MadangRecordIndex *self, const char *kind, GError **error)
{
  g_autoptr (MadangStatement) forget
      = madang_database_prepare (self->database, "DELETE FROM index_shape WHERE kind = ?1", error);
  g_autofree char *drop = g_strdup_printf ("DROP TABLE IF EXISTS \"k_%s\"", kind);

  if (forget == NULL)
    return FALSE;
  madang_statement_bind_text (forget, 1, kind);
  return madang_statement_run (forget, error) && madang_database_run (self->database, drop, error);
}

static gboolean
rebuild_table (MadangRecordIndex *self, const MadangIndexTable *table, GError **error)
{
  const char *kind = madang_index_table_get_kind (table)->name;

  g_debug ("making the index of %s", kind);
  if (!drop_table (self, kind, error)
      || !madang_database_run (self->database, madang_index_table_get_definition (table), error)
      || !fill_table (self, table, error))
    return FALSE;

  g_autoptr (MadangStatement) remember
      = madang_database_prepare (self->database,
                                 "INSERT INTO index_shape (kind, shape) VALUES (?1, ?2)", error);
  if (remember == NULL)
    return FALSE;
  madang_statement_bind_text (remember, 1, kind);
  madang_statement_bind_text (remember, 2, madang_index_table_get_shape (table));
  return madang_statement_run (remember, error);
}

/* Drops the tables of kinds that this build does not know: it would not keep them up, and a build
 * that knows them again would trust them. */
static gboolean
drop_unknown_tables (MadangRecordIndex *self, GHashTable *shapes, GError **error)
{
  GHashTableIter iter;
  gpointer kind = NULL;

  g_hash_table_iter_init (&iter, shapes);
  while (g_hash_table_iter_next (&iter, &kind, NULL))
    if (!g_hash_table_contains (self->tables, kind) && !drop_table (self, kind, error))
      return FALSE;
  return TRUE;
}

static gboolean
rebuild_tables (MadangRecordIndex *self, GHashTable *shapes, GError **error)
{
  GHashTableIter iter;
  gpointer kind = NULL;
  gpointer table = NULL;

  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, &kind, &table))
    if (g_strcmp0 (g_hash_table_lookup (shapes, kind), madang_index_table_get_shape (table)) != 0
        && !rebuild_table (self, table, error))
      return FALSE;
  return drop_unknown_tables (self, shapes, error);
}

static gboolean
has_current_shapes (MadangRecordIndex *self, GHashTable *shapes)
{
  GHashTableIter iter;
  gpointer kind = NULL;
  gpointer table = NULL;

  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, &kind, &table))
    if (g_strcmp0 (g_hash_table_lookup (shapes, kind), madang_index_table_get_shape (table)) != 0)
      return FALSE;
  return g_hash_table_size (shapes) == g_hash_table_size (self->tables);
}

/* --- private to the folder ---------------------------------------------------------------- */

MadangRecordIndex *
madang_record_index_new (MadangDatabase *database)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (database), NULL);

  MadangRecordIndex *self = g_new0 (MadangRecordIndex, 1);
  self->database = g_object_ref (database);
  self->tables = collect_tables (madang_database_get_side (database));
  return self;
}

void
madang_record_index_free (MadangRecordIndex *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->tables);
  g_object_unref (self->database);
  g_free (self);
}

gboolean
madang_record_index_prepare (MadangRecordIndex *self, GError **error)
{
  g_autoptr (GHashTable) shapes = read_shapes (self, error);

  if (shapes == NULL)
    return FALSE;
  if (has_current_shapes (self, shapes))
    return TRUE;
  if (madang_database_is_reading (self->database))
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_FAILED,
                           "the index waits for its writer");
      return FALSE;
    }
  if (!madang_database_begin (self->database, error))
    return FALSE;
  if (rebuild_tables (self, shapes, error))
    return madang_database_commit (self->database, error);
  madang_database_rollback (self->database);
  return FALSE;
}

gboolean
madang_record_index_knows (MadangRecordIndex *self, const char *kind)
{
  return g_hash_table_contains (self->tables, kind);
}

const MadangIndexTable *
madang_record_index_find (MadangRecordIndex *self, const char *kind, GError **error)
{
  const MadangIndexTable *table = g_hash_table_lookup (self->tables, kind);

  if (table == NULL)
    g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "no kind %s", kind);
  return table;
}
