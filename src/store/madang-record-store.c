/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-record-store.h"

#include "madang-error.h"
#include "madang-query.h"
#include "madang-record-index.h"
#include "madang-record-row.h"
#include "madang-record-store-private.h"
#include "madang-wire-record.h"

struct _MadangRecordStore
{
  GObject parent_instance;

  MadangDatabase *database;  /* (owned) */
  MadangRecordIndex *index;  /* (owned) */
  MadangSearchIndex *search; /* (owned) (nullable): only a client searches */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (MadangRecordStore,
                               madang_record_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MADANG_TYPE_LOOKUP,
                                                      madang_record_store_lookup_init))

/* --- writing ------------------------------------------------------------------------------ */

/* The kind of an id never changes: then no row comes back. */
#define PUT_SQL                                                                                    \
  "INSERT INTO record (id, kind, scope, state, v, pv, main, personal, deleted, waiting, troubled)" \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"                                         \
  " ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, state = excluded.state,"                \
  " v = excluded.v, pv = excluded.pv, main = excluded.main, personal = excluded.personal,"         \
  " deleted = excluded.deleted, waiting = excluded.waiting, troubled = excluded.troubled"          \
  " WHERE record.kind = excluded.kind RETURNING rowid"

#define PUT_RAW_SQL(version, part)                                                                 \
  "INSERT INTO record (id, kind, scope, state, " version ", " part ")"                             \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"                                                               \
  " ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, state = excluded.state,"                \
  " " version " = excluded." version ", " part " = excluded." part ", deleted = 0"                 \
  " WHERE record.kind = excluded.kind RETURNING rowid"

/* Steps a statement that returns the row it wrote. */
static gboolean
run_for_row (MadangStatement *statement, gint64 *row, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (madang_statement_step (statement, &local_error))
    {
      *row = madang_statement_get_number (statement, 0);
      return madang_statement_run (statement, error);
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_CONFLICT, "the id is of another kind");
  return FALSE;
}

/* A tombstone has no content. */
static char *
encode_part (MadangRecord *record, MadangPart part)
{
  if (madang_record_get_deleted (record) || !madang_record_has_part (record, part))
    return NULL;
  return madang_wire_encode_part (record, part);
}

static gboolean
put_row (MadangRecordStore *self, MadangRecord *record, gint64 *row, GError **error)
{
  g_autofree char *main_part = encode_part (record, MADANG_PART_MAIN);
  g_autofree char *personal_part = encode_part (record, MADANG_PART_PERSONAL);
  g_autoptr (MadangStatement) put = madang_database_prepare (self->database, PUT_SQL, error);

  if (put == NULL)
    return FALSE;
  madang_statement_bind_id (put, 1, madang_record_get_id (record));
  madang_statement_bind_text (put, 2, madang_record_get_kind (record)->name);
  madang_statement_bind_text (put, 3, madang_record_get_scope (record));
  madang_statement_bind_text (put, 4, madang_record_get_state (record));
  madang_statement_bind_number (put, 5, madang_record_get_version (record, MADANG_PART_MAIN));
  madang_statement_bind_number (put, 6, madang_record_get_version (record, MADANG_PART_PERSONAL));
  madang_statement_bind_text (put, 7, main_part);
  madang_statement_bind_text (put, 8, personal_part);
  madang_statement_bind_number (put, 9, madang_record_get_deleted (record));
  madang_statement_bind_number (put, 10, madang_record_get_waiting (record));
  madang_statement_bind_number (put, 11, madang_record_get_troubled (record));
  return run_for_row (put, row, error);
}

static gboolean
remove_from_search (MadangRecordStore *self, const char *id, GError **error)
{
  return self->search == NULL || madang_search_index_remove (self->search, id, error);
}

static gboolean
put_row_and_index (MadangRecordStore *self,
                   const MadangIndexTable *table,
                   MadangRecord *record,
                   GError **error)
{
  gint64 row = 0;

  if (!put_row (self, record, &row, error))
    return FALSE;
  if (madang_record_get_deleted (record))
    return madang_index_table_remove (table, self->database, row, error)
           && remove_from_search (self, madang_record_get_id (record), error);
  return madang_index_table_put (table, self->database, record, row, error)
         && (self->search == NULL || madang_search_index_put (self->search, record, row, error));
}

/* --- queries ------------------------------------------------------------------------------ */

static MadangStatement *
start_query (MadangRecordStore *self,
             const MadangQuery *query,
             const char *select,
             gboolean join,
             GError **error)
{
  const MadangIndexTable *table
      = madang_record_index_find (self->index, madang_query_get_kind (query), error);
  if (table == NULL)
    return NULL;
  if (madang_query_is_search (query) && self->search == NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "only a client searches");
      return NULL;
    }

  g_autofree char *sql = madang_query_build_sql (query, table, select, join, error);
  if (sql == NULL)
    return NULL;
  MadangStatement *statement = madang_database_prepare (self->database, sql, error);
  if (statement != NULL)
    madang_query_bind (query, statement);
  return statement;
}

static gboolean
collect_record (MadangRecord *record, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (record));
  return TRUE;
}

static void
unref_if_any (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

/* --- class -------------------------------------------------------------------------------- */

static void
madang_record_store_finalize (GObject *object)
{
  MadangRecordStore *self = MADANG_RECORD_STORE (object);

  g_clear_pointer (&self->search, madang_search_index_free);
  g_clear_pointer (&self->index, madang_record_index_free);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (madang_record_store_parent_class)->finalize (object);
}

static void
madang_record_store_class_init (MadangRecordStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_record_store_finalize;
}

static void
madang_record_store_init (MadangRecordStore *self)
{
}

/* --- public ------------------------------------------------------------------------------- */

/**
 * madang_record_store_new:
 *
 * Takes a reference on the database. A writing one gets its index made anew where declarations
 * changed; on a reading one that is MADANG_ERROR_FAILED: its writer must come first. Kinds that
 * are registered later are not in the index.
 */
MadangRecordStore *
madang_record_store_new (MadangDatabase *database, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (database), NULL);

  g_autoptr (MadangRecordStore) self = g_object_new (MADANG_TYPE_RECORD_STORE, NULL);
  self->database = g_object_ref (database);
  self->index = madang_record_index_new (database);
  if (!madang_record_index_prepare (self->index, error))
    return NULL;
  if (madang_database_get_side (database) == MADANG_DATABASE_CLIENT)
    self->search = madang_search_index_new (database, self->index);
  if (self->search != NULL && !madang_search_index_prepare (self->search, error))
    return NULL;
  return g_steal_pointer (&self);
}

MadangDatabase *
madang_record_store_get_database (MadangRecordStore *self)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), NULL);

  return self->database;
}

MadangRecord *
madang_record_store_get (MadangRecordStore *self, const char *id, GError **error)
{
  g_autoptr (MadangRecord) record = madang_record_store_get_any (self, id, error);

  if (record == NULL || madang_record_get_deleted (record))
    return NULL;
  return g_steal_pointer (&record);
}

MadangRecord *
madang_record_store_get_any (MadangRecordStore *self, const char *id, GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database, "SELECT " MADANG_RECORD_ROW_COLUMNS " FROM record r WHERE r.id = ?1", error);
  if (statement == NULL)
    return NULL;
  madang_statement_bind_id (statement, 1, id);
  return madang_record_row_read_next (statement, error);
}

/* Row and index are written or neither, except where the disk fails inside a transaction: that
 * must be rolled back. MADANG_ERROR_CONFLICT: a unique field of it has a value that another live
 * record has (server), or the id belongs to a record of another kind; the transaction may go on. */
gboolean
madang_record_store_put (MadangRecordStore *self, MadangRecord *record, GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), FALSE);
  g_return_val_if_fail (MADANG_IS_RECORD (record), FALSE);

  const MadangIndexTable *table
      = madang_record_index_find (self->index, madang_record_get_kind (record)->name, error);
  if (table == NULL)
    return FALSE;
  /* A mark makes SQLite copy every page that it touches. */
  if (madang_database_in_transaction (self->database) && !madang_index_table_may_conflict (table))
    return put_row_and_index (self, table, record, error);

  if (!madang_database_mark (self->database, error))
    return FALSE;
  if (put_row_and_index (self, table, record, error))
    return madang_database_keep (self->database, error);
  madang_database_undo (self->database);
  return FALSE;
}

/* Nothing of it stays, no tombstone either. What is not there is not an error. */
gboolean
madang_record_store_remove (MadangRecordStore *self, const char *id, GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database, "DELETE FROM record WHERE id = ?1", error);
  if (statement == NULL || !remove_from_search (self, id, error))
    return FALSE;
  madang_statement_bind_id (statement, 1, id);
  return madang_statement_run (statement, error);
}

/* doc (nullable): the part is absent. The other part stays as it is. */
gboolean
madang_record_store_put_raw (MadangRecordStore *self,
                             const char *kind,
                             const char *id,
                             const char *scope,
                             const char *state,
                             MadangPart part,
                             gint64 version,
                             const char *doc,
                             GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), FALSE);
  g_return_val_if_fail (kind != NULL && id != NULL && state != NULL, FALSE);
  g_return_val_if_fail (!madang_record_index_knows (self->index, kind), FALSE);

  const char *sql
      = part == MADANG_PART_MAIN ? PUT_RAW_SQL ("v", "main") : PUT_RAW_SQL ("pv", "personal");
  g_autoptr (MadangStatement) put = madang_database_prepare (self->database, sql, error);
  gint64 row = 0;
  if (put == NULL)
    return FALSE;
  madang_statement_bind_id (put, 1, id);
  madang_statement_bind_text (put, 2, kind);
  madang_statement_bind_text (put, 3, scope);
  madang_statement_bind_text (put, 4, state);
  madang_statement_bind_number (put, 5, version);
  madang_statement_bind_text (put, 6, doc);
  return run_for_row (put, &row, error);
}

GPtrArray *
madang_record_store_find (MadangRecordStore *self, const MadangQuery *query, GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  if (!madang_record_store_each (self, query, collect_record, found, error))
    return NULL;
  return g_steal_pointer (&found);
}

/* -1 is an error. */
gint64
madang_record_store_count (MadangRecordStore *self, const MadangQuery *query, GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), -1);
  g_return_val_if_fail (query != NULL, -1);

  /* Sorting and limiting one row of a sum does nothing to it. */
  g_autoptr (MadangQuery) unlimited = madang_query_copy (query);
  madang_query_set_limit (unlimited, -1);
  g_autoptr (MadangStatement) statement = start_query (self, unlimited, "count (*)", FALSE, error);
  g_autoptr (GError) local_error = NULL;
  gint64 count = 0;
  if (statement == NULL)
    return -1;
  if (madang_statement_step (statement, &local_error))
    count = madang_statement_get_number (statement, 0);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return -1;
    }
  gint64 limit = madang_query_get_limit (query);
  return limit >= 0 ? MIN (count, limit) : count;
}

GArray *
madang_record_store_find_rows (MadangRecordStore *self, const MadangQuery *query, GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (MadangStatement) statement = start_query (self, query, "k.record", FALSE, error);
  g_autoptr (GError) local_error = NULL;
  if (statement == NULL)
    return NULL;
  while (madang_statement_step (statement, &local_error))
    {
      gint64 row = madang_statement_get_number (statement, 0);
      g_array_append_val (rows, row);
    }
  if (local_error == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* As many elements as rows: NULL where a row is gone, is a tombstone or cannot be read. */
GPtrArray *
madang_record_store_get_rows (MadangRecordStore *self,
                              const gint64 *rows,
                              guint n_rows,
                              GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), NULL);
  g_return_val_if_fail (rows != NULL || n_rows == 0, NULL);

  g_autoptr (GPtrArray) records = g_ptr_array_new_full (n_rows, unref_if_any);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (MadangStatement) statement
          = madang_database_prepare (self->database,
                                     "SELECT " MADANG_RECORD_ROW_COLUMNS
                                     " FROM record r WHERE r.rowid = ?1 AND r.deleted = 0",
                                     error);
      g_autoptr (GError) local_error = NULL;
      if (statement == NULL)
        return NULL;
      madang_statement_bind_number (statement, 1, rows[i]);
      g_ptr_array_add (records, madang_record_row_read_next (statement, &local_error));
      if (local_error != NULL)
        g_debug ("row %u of a page cannot be read: %s", i, local_error->message);
    }
  return g_steal_pointer (&records);
}

/* --- private to the folder ---------------------------------------------------------------- */

MadangSearchIndex *
madang_record_store_get_search_index (MadangRecordStore *self)
{
  return self->search;
}

gboolean
madang_record_store_each (MadangRecordStore *self,
                          const MadangQuery *query,
                          MadangLookupFunc func,
                          gpointer user_data,
                          GError **error)
{
  g_autoptr (MadangStatement) rows
      = start_query (self, query, MADANG_RECORD_ROW_COLUMNS, TRUE, error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  while (madang_statement_step (rows, &local_error))
    {
      g_autoptr (MadangRecord) record = madang_record_row_read (rows, &local_error);
      if (record == NULL)
        break;
      if (!func (record, user_data))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
