/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-record-store.h"

#include "madang-error.h"
#include "madang-index-table.h"
#include "madang-query.h"
#include "madang-wire-record.h"

/* The columns from which read_record() makes a record, in its order. */
#define RECORD_COLUMNS                                                                             \
  "r.id, r.kind, r.scope, r.state, r.v, r.pv, r.main, r.personal, r.deleted, r.waiting, "          \
  "r.troubled"
#define N_RECORD_COLUMNS 11

enum
{
  COLUMN_ID,
  COLUMN_KIND,
  COLUMN_SCOPE,
  COLUMN_STATE,
  COLUMN_VERSION,
  COLUMN_PERSONAL_VERSION,
  COLUMN_MAIN,
  COLUMN_PERSONAL,
  COLUMN_DELETED,
  COLUMN_WAITING,
  COLUMN_TROUBLED,
  COLUMN_ROW /* where it is asked for */
};

G_STATIC_ASSERT (COLUMN_TROUBLED + 1 == N_RECORD_COLUMNS);

struct _MadangRecordStore
{
  GObject parent_instance;

  MadangDatabase *database; /* (owned) */
  GHashTable *tables;       /* (owned): kind name -> MadangIndexTable */
};

static void madang_record_store_lookup_init (MadangLookupInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MadangRecordStore,
                               madang_record_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MADANG_TYPE_LOOKUP,
                                                      madang_record_store_lookup_init))

/* --- rows to records ---------------------------------------------------------------------- */

static gboolean
read_part (MadangRecord *record, MadangStatement *row, MadangPart part, GError **error)
{
  int column = part == MADANG_PART_MAIN ? COLUMN_MAIN : COLUMN_PERSONAL;
  const char *json = madang_statement_get_text (row, column);

  madang_record_set_has_part (record, part, json != NULL);
  return json == NULL || madang_wire_decode_part (record, part, json, error);
}

/* NULL without error: the kind is unknown to this build. */
static MadangRecord *
read_record (MadangStatement *row, GError **error)
{
  const MadangKind *kind = madang_kind_find (madang_statement_get_text (row, COLUMN_KIND));
  g_autofree char *id = madang_statement_dup_id (row, COLUMN_ID);

  if (kind == NULL)
    return NULL;
  if (id == NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_DAMAGED, "a record without an id");
      return NULL;
    }

  g_autoptr (MadangRecord) record = madang_record_new (kind, id);
  madang_record_set_scope (record, madang_statement_get_text (row, COLUMN_SCOPE));
  madang_record_set_state (record, madang_statement_get_text (row, COLUMN_STATE));
  madang_record_set_version (record, MADANG_PART_MAIN,
                             madang_statement_get_number (row, COLUMN_VERSION));
  madang_record_set_version (record, MADANG_PART_PERSONAL,
                             madang_statement_get_number (row, COLUMN_PERSONAL_VERSION));
  if (!read_part (record, row, MADANG_PART_MAIN, error)
      || !read_part (record, row, MADANG_PART_PERSONAL, error))
    return NULL;
  madang_record_set_deleted (record, madang_statement_get_number (row, COLUMN_DELETED) != 0);
  madang_record_set_waiting (record, madang_statement_get_number (row, COLUMN_WAITING));
  madang_record_set_troubled (record, madang_statement_get_number (row, COLUMN_TROUBLED) != 0);
  return g_steal_pointer (&record);
}

/* --- the index ---------------------------------------------------------------------------- */

/* A client may hold two records that the server would not let live side by side: its own and the
 * one that came first. So only the server enforces unique fields. */
static void
collect_tables (MadangRecordStore *self)
{
  const MadangKind *const *kinds = madang_kind_list ();
  MadangIndexTableFlags flags = madang_database_get_side (self->database) == MADANG_DATABASE_SERVER
                                    ? MADANG_INDEX_TABLE_UNIQUE
                                    : 0;

  for (guint i = 0; kinds[i] != NULL; i++)
    g_hash_table_insert (self->tables, (gpointer)kinds[i]->name,
                         madang_index_table_new (kinds[i], flags));
}

static GHashTable *
read_shapes (MadangRecordStore *self, GError **error)
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
fill_table (MadangRecordStore *self, const MadangIndexTable *table, GError **error)
{
  g_autoptr (MadangStatement) rows
      = madang_database_prepare (self->database,
                                 "SELECT " RECORD_COLUMNS
                                 ", r.rowid FROM record r WHERE r.kind = ?1 AND r.deleted = 0",
                                 error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  madang_statement_bind_text (rows, 1, madang_index_table_get_kind (table)->name);
  while (madang_statement_step (rows, &local_error))
    {
      g_autoptr (GError) unreadable = NULL;
      g_autoptr (MadangRecord) record = read_record (rows, &unreadable);
      if (record == NULL)
        g_debug ("a record stays out of the index: %s", unreadable->message);
      else if (!madang_index_table_put (table, self->database, record,
                                        madang_statement_get_number (rows, COLUMN_ROW), error))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
drop_table (MadangRecordStore *self, const char *kind, GError **error)
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
rebuild_table (MadangRecordStore *self, const MadangIndexTable *table, GError **error)
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
drop_unknown_tables (MadangRecordStore *self, GHashTable *shapes, GError **error)
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
rebuild_tables (MadangRecordStore *self, GHashTable *shapes, GError **error)
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
has_current_shapes (MadangRecordStore *self, GHashTable *shapes)
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

static gboolean
prepare_index (MadangRecordStore *self, GError **error)
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

static const MadangIndexTable *
find_table (MadangRecordStore *self, const char *kind, GError **error)
{
  const MadangIndexTable *table = g_hash_table_lookup (self->tables, kind);

  if (table == NULL)
    g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "no kind %s", kind);
  return table;
}

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
put_row_and_index (MadangRecordStore *self,
                   const MadangIndexTable *table,
                   MadangRecord *record,
                   GError **error)
{
  gint64 row = 0;

  if (!put_row (self, record, &row, error))
    return FALSE;
  if (madang_record_get_deleted (record))
    return madang_index_table_remove (table, self->database, row, error);
  return madang_index_table_put (table, self->database, record, row, error);
}

/* --- queries ------------------------------------------------------------------------------ */

static MadangStatement *
start_query (MadangRecordStore *self,
             const MadangQuery *query,
             const char *select,
             gboolean join,
             GError **error)
{
  const MadangIndexTable *table = find_table (self, madang_query_get_kind (query), error);
  if (table == NULL)
    return NULL;

  g_autofree char *sql = madang_query_build_sql (query, table, select, join, error);
  if (sql == NULL)
    return NULL;
  MadangStatement *statement = madang_database_prepare (self->database, sql, error);
  if (statement != NULL)
    madang_query_bind (query, statement);
  return statement;
}

/* FALSE with no error: func stopped it. */
static gboolean
each_found (MadangRecordStore *self,
            const MadangQuery *query,
            MadangLookupFunc func,
            gpointer user_data,
            GError **error)
{
  g_autoptr (MadangStatement) rows = start_query (self, query, RECORD_COLUMNS, TRUE, error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  while (madang_statement_step (rows, &local_error))
    {
      g_autoptr (MadangRecord) record = read_record (rows, &local_error);
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

static gboolean
collect_record (MadangRecord *record, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (record));
  return TRUE;
}

static MadangRecord *
read_single (MadangStatement *statement, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (madang_statement_step (statement, &local_error))
    return read_record (statement, error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static void
unref_if_any (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

/* --- MadangLookup ------------------------------------------------------------------------- */

/* The server holds every scope; a client says which ones it holds completely. */
static gboolean
holds_scope (MadangRecordStore *self, const char *scope)
{
  if (scope == NULL || madang_database_get_side (self->database) == MADANG_DATABASE_SERVER)
    return TRUE;

  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "SELECT 1 FROM scope WHERE name = ?1 AND complete = 1", NULL);
  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, scope);
  return madang_statement_step (statement, NULL);
}

static MadangRecord *
madang_record_store_lookup_get (MadangLookup *lookup, const char *kind, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangRecord) record
      = madang_record_store_get (MADANG_RECORD_STORE (lookup), id, &error);

  if (error != NULL)
    g_debug ("a lookup failed: %s", error->message);
  if (record == NULL || !g_str_equal (madang_record_get_kind (record)->name, kind))
    return NULL;
  return g_steal_pointer (&record);
}

static gboolean
madang_record_store_lookup_each (MadangLookup *lookup,
                                 const char *kind,
                                 const char *field,
                                 GVariant *value,
                                 const char *within,
                                 MadangLookupFunc func,
                                 gpointer user_data)
{
  MadangRecordStore *self = MADANG_RECORD_STORE (lookup);
  g_autoptr (MadangQuery) query = madang_query_new (kind);
  g_autoptr (GError) error = NULL;

  if (!holds_scope (self, within))
    return FALSE;
  if (field != NULL)
    madang_query_add_equal (query, field, value);
  each_found (self, query, func, user_data, &error);
  if (error != NULL)
    g_debug ("a lookup failed: %s", error->message);
  return error == NULL;
}

typedef struct
{
  const char *field;
  gint64 sum;
  gboolean overflow;
} Summing;

static gboolean
add_to_sum (MadangRecord *record, gpointer user_data)
{
  Summing *summing = user_data;
  gint64 number = madang_record_get_number (record, summing->field, 0);

  summing->overflow = __builtin_add_overflow (summing->sum, number, &summing->sum);
  return !summing->overflow;
}

static gboolean
madang_record_store_lookup_sum (MadangLookup *lookup,
                                const char *kind,
                                const char *field,
                                GVariant *value,
                                const char *within,
                                const char *sum_field,
                                gint64 *sum)
{
  Summing summing = { .field = sum_field };

  if (!madang_record_store_lookup_each (lookup, kind, field, value, within, add_to_sum, &summing)
      || summing.overflow)
    return FALSE;
  *sum = summing.sum;
  return TRUE;
}

static void
madang_record_store_lookup_init (MadangLookupInterface *iface)
{
  iface->get = madang_record_store_lookup_get;
  iface->each = madang_record_store_lookup_each;
  iface->sum = madang_record_store_lookup_sum;
}

/* --- class -------------------------------------------------------------------------------- */

static void
madang_record_store_finalize (GObject *object)
{
  MadangRecordStore *self = MADANG_RECORD_STORE (object);

  g_hash_table_unref (self->tables);
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
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                        (GDestroyNotify)madang_index_table_free);
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
  collect_tables (self);
  if (!prepare_index (self, error))
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

  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "SELECT " RECORD_COLUMNS " FROM record r WHERE r.id = ?1", error);
  if (statement == NULL)
    return NULL;
  madang_statement_bind_id (statement, 1, id);
  return read_single (statement, error);
}

/* Row and index are written or neither. MADANG_ERROR_CONFLICT: a unique field of it has a value
 * that another live record has (server), or the id belongs to a record of another kind. */
gboolean
madang_record_store_put (MadangRecordStore *self, MadangRecord *record, GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), FALSE);
  g_return_val_if_fail (MADANG_IS_RECORD (record), FALSE);

  const MadangIndexTable *table = find_table (self, madang_record_get_kind (record)->name, error);
  if (table == NULL || !madang_database_run (self->database, "SAVEPOINT put", error))
    return FALSE;
  if (put_row_and_index (self, table, record, error))
    return madang_database_run (self->database, "RELEASE put", error);
  if (madang_database_in_transaction (self->database))
    madang_database_run (self->database, "ROLLBACK TO put; RELEASE put;", NULL);
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
  if (statement == NULL)
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
  g_return_val_if_fail (!g_hash_table_contains (self->tables, kind), FALSE);

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
  if (!each_found (self, query, collect_record, found, error))
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
      g_autoptr (MadangStatement) statement = madang_database_prepare (
          self->database,
          "SELECT " RECORD_COLUMNS " FROM record r WHERE r.rowid = ?1 AND r.deleted = 0", error);
      g_autoptr (GError) local_error = NULL;
      if (statement == NULL)
        return NULL;
      madang_statement_bind_number (statement, 1, rows[i]);
      g_ptr_array_add (records, read_single (statement, &local_error));
      if (local_error != NULL)
        g_debug ("row %u of a page cannot be read: %s", i, local_error->message);
    }
  return g_steal_pointer (&records);
}
