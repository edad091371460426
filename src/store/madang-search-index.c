/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-search-index.h"

#include "madang-error.h"
#include "madang-record-row.h"
#include "madang-search-shape.h"
#include "madang-search-text.h"

#define SHAPE_SETTING "search-shape"
#define FORGET_SLICE 500

struct _MadangSearchIndex
{
  MadangDatabase *database; /* (owned) */
  MadangRecordIndex *index; /* (unowned) */
  GHashTable *ranks;        /* (owned): name of a kind that is covered -> rank + 1 */
  guint64 transaction;      /* the one in which n_done rows were indexed */
  guint n_done;
};

static gboolean
take_error (GError **error, GError **local_error)
{
  if (*local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (local_error));
  return FALSE;
}

/* 0: the kind is not covered. */
static guint
find_rank (MadangSearchIndex *self, const char *kind)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->ranks, kind));
}

static gboolean
run_with_row (MadangSearchIndex *self, const char *sql, gint64 row, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, row);
  return madang_statement_run (statement, error);
}

/* How many more rows may be indexed in this transaction. */
static guint
count_allowed (MadangSearchIndex *self)
{
  guint64 transaction = madang_database_get_transaction (self->database);

  if (transaction == 0 || transaction != self->transaction)
    self->n_done = 0;
  self->transaction = transaction;
  return MADANG_SEARCH_INLINE - MIN (self->n_done, MADANG_SEARCH_INLINE);
}

/* --- the tables --------------------------------------------------------------------------- */

static char *
read_shape (MadangSearchIndex *self, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database, "SELECT value FROM setting WHERE name = '" SHAPE_SETTING "'", error);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *shape = NULL;

  if (statement == NULL)
    return NULL;
  shape = g_strdup (madang_statement_step (statement, &local_error)
                        ? madang_statement_get_text (statement, 0)
                        : "");
  return take_error (error, &local_error) ? g_steal_pointer (&shape) : NULL;
}

static gboolean
save_shape (MadangSearchIndex *self, const char *shape, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "INSERT OR REPLACE INTO setting (name, value) VALUES ('" SHAPE_SETTING "', ?1)", error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, shape);
  return madang_statement_run (statement, error);
}

static gboolean
note_kind_due (MadangSearchIndex *self, const char *kind, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "INSERT INTO search_due (record, rank)"
                                 " SELECT rowid, ?2 FROM record WHERE kind = ?1 AND deleted = 0",
                                 error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, kind);
  madang_statement_bind_number (statement, 2, find_rank (self, kind));
  return madang_statement_run (statement, error);
}

static gboolean
lay_tables (MadangSearchIndex *self, const char *shape, GError **error)
{
  GHashTableIter iter;
  gpointer kind;

  g_debug ("laying the search index anew");
  if (!madang_database_run (self->database,
                            "DROP TABLE IF EXISTS search;"
                            "DROP TABLE IF EXISTS search_due;"
                            "DROP TABLE IF EXISTS search_text;",
                            error)
      || !madang_database_run (self->database, madang_search_definition, error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->ranks);
  while (g_hash_table_iter_next (&iter, &kind, NULL))
    if (!note_kind_due (self, kind, error))
      return FALSE;
  return save_shape (self, shape, error);
}

/* --- what is due -------------------------------------------------------------------------- */

static gboolean
note_due (MadangSearchIndex *self, gint64 row, guint rank, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database, "INSERT OR IGNORE INTO search_due (record, rank) VALUES (?1, ?2)", error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, row);
  madang_statement_bind_number (statement, 2, rank);
  return madang_statement_run (statement, error);
}

static gboolean
note_referring (MadangSearchIndex *self,
                const MadangKind *kind,
                const MadangField *field,
                const char *id,
                GError **error)
{
  const MadangIndexTable *table = madang_record_index_find (self->index, kind->name, error);
  g_autofree char *column
      = table != NULL ? madang_index_table_dup_column (table, field->name) : NULL;
  if (column == NULL)
    return table != NULL;

  g_autofree char *sql = g_strdup_printf ("INSERT OR IGNORE INTO search_due (record, rank)"
                                          " SELECT record, ?2 FROM %s WHERE %s = ?1",
                                          madang_index_table_get_name (table), column);
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);
  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, id);
  madang_statement_bind_number (statement, 2, find_rank (self, kind->name));
  return madang_statement_run (statement, error);
}

/* The title of the record changed: all that is found by it is due. */
static gboolean
note_all_referring (MadangSearchIndex *self, const char *target, const char *id, GError **error)
{
  const MadangKind *const *kinds = madang_kind_list ();

  for (guint i = 0; kinds[i] != NULL; i++)
    for (const MadangField *field = kinds[i]->fields; field->name != NULL; field++)
      if (madang_search_follows (kinds[i], field) && g_strcmp0 (field->reference, target) == 0
          && !note_referring (self, kinds[i], field, id, error))
        return FALSE;
  return TRUE;
}

/* --- texts -------------------------------------------------------------------------------- */

typedef struct
{
  char *title; /* (owned) (nullable) */
  char *text;  /* (owned) */
} Entry;

static void
free_entry (Entry *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, free_entry)

static Entry *
new_entry (const char *title, const char *text)
{
  Entry *self = g_new0 (Entry, 1);

  self->title = g_strdup (title);
  self->text = g_strdup (text);
  return self;
}

/* NULL without error: the row is not in the index. */
static Entry *
load_entry (MadangSearchIndex *self, gint64 row, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "SELECT title, text FROM search_text WHERE record = ?1", error);

  if (statement == NULL)
    return NULL;
  madang_statement_bind_number (statement, 1, row);
  if (!madang_statement_step (statement, error))
    return NULL;
  return new_entry (madang_statement_get_text (statement, 0),
                    madang_statement_get_text (statement, 1));
}

/* (nullable): of a record that is in the index. */
static char *
find_title (MadangSearchIndex *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "SELECT t.title FROM record r JOIN search_text t"
                                 " ON t.record = r.rowid WHERE r.id = ?1",
                                 &error);
  char *title = NULL;

  if (statement != NULL && *id != '\0')
    {
      madang_statement_bind_id (statement, 1, id);
      if (madang_statement_step (statement, &error))
        title = g_strdup (madang_statement_get_text (statement, 0));
    }
  if (error != NULL)
    g_debug ("a title cannot be read: %s", error->message);
  return title;
}

static char *
dup_field_text (MadangSearchIndex *self, MadangRecord *record, const MadangField *field)
{
  const char *text = madang_record_get_text (record, field->name);

  if (field->type == MADANG_FIELD_REFERENCE)
    return find_title (self, text);
  return *text != '\0' ? g_strdup (text) : NULL;
}

static Entry *
build_entry (MadangSearchIndex *self, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  const MadangField *title = madang_search_get_title_field (kind);
  g_autoptr (GString) text = g_string_new (NULL);
  Entry *entry = g_new0 (Entry, 1);

  entry->title = title != NULL ? dup_field_text (self, record, title) : NULL;
  for (const MadangField *field = kind->fields; field->name != NULL; field++)
    {
      g_autofree char *value
          = field->searched && !field->personal ? dup_field_text (self, record, field) : NULL;
      if (value != NULL)
        madang_search_append (text, value,
                              field->type == MADANG_FIELD_TEXT ? MADANG_SEARCH_TEXT
                                                               : MADANG_SEARCH_LINE);
    }
  entry->text = g_strdup (text->str);
  return entry;
}

/* sql: with the row and a text as its parameters. */
static gboolean
run_with_text (
    MadangSearchIndex *self, const char *sql, gint64 row, const char *text, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, row);
  madang_statement_bind_text (statement, 2, text);
  return madang_statement_run (statement, error);
}

static gboolean
index_text (MadangSearchIndex *self, gint64 row, const char *text, GError **error)
{
  return run_with_text (self, "INSERT INTO search (rowid, text) VALUES (?1, ?2)", row, text, error);
}

/* FTS5 must be told what it was given. */
static gboolean
unindex_text (MadangSearchIndex *self, gint64 row, const char *text, GError **error)
{
  return run_with_text (self, "INSERT INTO search (search, rowid, text) VALUES ('delete', ?1, ?2)",
                        row, text, error);
}

static gboolean
save_entry (MadangSearchIndex *self, gint64 row, const Entry *entry, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "INSERT INTO search_text (record, title, text) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (record) DO UPDATE SET title = excluded.title, text = excluded.text",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, row);
  madang_statement_bind_text (statement, 2, entry->title);
  madang_statement_bind_text (statement, 3, entry->text);
  return madang_statement_run (statement, error);
}

/* former (nullable): what is there. */
static gboolean
replace_entry (
    MadangSearchIndex *self, gint64 row, const Entry *former, const Entry *entry, GError **error)
{
  if (former != NULL && g_str_equal (former->text, entry->text))
    return save_entry (self, row, entry, error);
  return (former == NULL || unindex_text (self, row, former->text, error))
         && save_entry (self, row, entry, error) && index_text (self, row, entry->text, error);
}

/* Writes what is different, and notes what follows from that. */
static gboolean
update_row (
    MadangSearchIndex *self, MadangRecord *record, gint64 row, gboolean *retitled, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (Entry) former = load_entry (self, row, &local_error);
  if (!take_error (error, &local_error))
    return FALSE;

  g_autoptr (Entry) entry = build_entry (self, record);
  gboolean same_title = former != NULL && g_strcmp0 (former->title, entry->title) == 0;
  if (same_title && g_str_equal (former->text, entry->text))
    return TRUE;
  self->n_done++;
  if (!replace_entry (self, row, former, entry, error))
    return FALSE;
  *retitled = !same_title && (former != NULL || entry->title != NULL);
  return !*retitled
         || note_all_referring (self, madang_record_get_kind (record)->name,
                                madang_record_get_id (record), error);
}

/* --- catching up -------------------------------------------------------------------------- */

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a;
  gint64 right = *(const gint64 *)b;

  return left < right ? -1 : left > right;
}

/* The newest of the first rank, in ascending order: FTS5 writes what it gathered whenever a row
 * comes before the last one. */
static GArray *
list_due (MadangSearchIndex *self, guint n_rows, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "SELECT record FROM search_due WHERE rank = (SELECT min (rank) FROM search_due)"
      " ORDER BY record DESC LIMIT ?1",
      error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  madang_statement_bind_number (statement, 1, n_rows);
  while (madang_statement_step (statement, &local_error))
    {
      gint64 row = madang_statement_get_number (statement, 0);
      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);
  return take_error (error, &local_error) ? g_steal_pointer (&rows) : NULL;
}

/* NULL: a tombstone, or what this build cannot read. */
static MadangRecord *
load_record (MadangSearchIndex *self, gint64 row, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "SELECT " MADANG_RECORD_ROW_COLUMNS
                                 " FROM record r WHERE r.rowid = ?1 AND r.deleted = 0",
                                 error);
  g_autoptr (GError) unreadable = NULL;

  if (statement == NULL)
    return NULL;
  madang_statement_bind_number (statement, 1, row);
  if (!madang_statement_step (statement, error))
    return NULL;
  MadangRecord *record = madang_record_row_read (statement, &unreadable);
  if (unreadable != NULL)
    g_debug ("a record stays out of the search: %s", unreadable->message);
  return record;
}

static gboolean
catch_up_row (MadangSearchIndex *self, gint64 row, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) record = load_record (self, row, &local_error);
  gboolean retitled = FALSE;

  if (!take_error (error, &local_error)
      || !run_with_row (self, "DELETE FROM search_due WHERE record = ?1", row, error))
    return FALSE;
  return record == NULL || update_row (self, record, row, &retitled, error);
}

static gboolean
catch_up_rows (MadangSearchIndex *self, guint n_rows, GError **error)
{
  g_autoptr (GArray) rows = list_due (self, n_rows, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!catch_up_row (self, g_array_index (rows, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* n_due: one more than most at the most. */
static gboolean
count_due (MadangSearchIndex *self, guint most, guint *n_due, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database, "SELECT count (*) FROM (SELECT 1 FROM search_due LIMIT ?1)", error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, (gint64)most + 1);
  if (!madang_statement_step (statement, error))
    return FALSE;
  *n_due = (guint)madang_statement_get_number (statement, 0);
  return TRUE;
}

/* What follows from a change belongs into its transaction, unless it is too much of it or there
 * is a lot to do anyway. */
static gboolean
follow (MadangSearchIndex *self, GError **error)
{
  for (;;)
    {
      const guint allowed = count_allowed (self);
      guint n_due = 0;
      if (!count_due (self, allowed, &n_due, error))
        return FALSE;
      if (n_due == 0 || n_due > allowed)
        return TRUE;
      if (!catch_up_rows (self, n_due, error))
        return FALSE;
    }
}

/* --- private to the folder ---------------------------------------------------------------- */

MadangSearchIndex *
madang_search_index_new (MadangDatabase *database, MadangRecordIndex *index)
{
  const MadangKind *const *kinds = madang_kind_list ();
  MadangSearchIndex *self = g_new0 (MadangSearchIndex, 1);

  self->database = g_object_ref (database);
  self->index = index;
  self->ranks = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; kinds[i] != NULL; i++)
    if (madang_search_covers (kinds[i]))
      g_hash_table_insert (self->ranks, (gpointer)kinds[i]->name,
                           GUINT_TO_POINTER (madang_search_get_rank (kinds[i]) + 1));
  return self;
}

void
madang_search_index_free (MadangSearchIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->ranks);
  g_object_unref (self->database);
  g_free (self);
}

gboolean
madang_search_index_prepare (MadangSearchIndex *self, GError **error)
{
  g_autofree char *known = read_shape (self, error);
  g_autofree char *shape = madang_search_dup_shape ();

  if (known == NULL)
    return FALSE;
  if (g_str_equal (known, shape))
    return TRUE;
  if (madang_database_is_reading (self->database))
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_FAILED,
                           "the search index waits for its writer");
      return FALSE;
    }
  if (!madang_database_begin (self->database, error))
    return FALSE;
  if (lay_tables (self, shape, error))
    return madang_database_commit (self->database, error);
  madang_database_rollback (self->database);
  return FALSE;
}

gboolean
madang_search_index_put (MadangSearchIndex *self, MadangRecord *record, gint64 row, GError **error)
{
  guint rank = find_rank (self, madang_record_get_kind (record)->name);
  gboolean retitled = FALSE;

  if (rank == 0)
    return TRUE;
  if (count_allowed (self) == 0)
    return note_due (self, row, rank, error);
  return run_with_row (self, "DELETE FROM search_due WHERE record = ?1", row, error)
         && update_row (self, record, row, &retitled, error) && (!retitled || follow (self, error));
}

/* kind: gets its name, *row stays 0 when the record is not there. */
static gboolean
find_row (MadangSearchIndex *self, const char *id, gint64 *row, char **kind, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database, "SELECT rowid, kind FROM record WHERE id = ?1",
                                 error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, id);
  if (madang_statement_step (statement, &local_error))
    {
      *row = madang_statement_get_number (statement, 0);
      *kind = g_strdup (madang_statement_get_text (statement, 1));
    }
  return take_error (error, &local_error);
}

gboolean
madang_search_index_remove (MadangSearchIndex *self, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *kind = NULL;
  gint64 row = 0;
  if (!find_row (self, id, &row, &kind, error))
    return FALSE;

  g_autoptr (Entry) entry = load_entry (self, row, &local_error);
  if (entry == NULL)
    return take_error (error, &local_error);
  return unindex_text (self, row, entry->text, error)
         && run_with_row (self, "DELETE FROM search_text WHERE record = ?1", row, error)
         && (entry->title == NULL
             || (note_all_referring (self, kind, id, error) && follow (self, error)));
}

gboolean
madang_search_index_is_due (MadangSearchIndex *self, gboolean *due, GError **error)
{
  guint n_due = 0;

  if (!count_due (self, 0, &n_due, error))
    return FALSE;
  *due = n_due > 0;
  return TRUE;
}

gboolean
madang_search_index_catch_up (MadangSearchIndex *self, guint n_rows, gboolean *more, GError **error)
{
  if (!madang_database_begin (self->database, error))
    return FALSE;
  if (catch_up_rows (self, n_rows, error) && madang_search_index_is_due (self, more, error))
    return madang_database_commit (self->database, error);
  madang_database_rollback (self->database);
  return FALSE;
}

gboolean
madang_search_index_forget (MadangSearchIndex *self, GError **error)
{
  gboolean more = TRUE;

  while (more)
    if (!madang_search_index_catch_up (self, FORGET_SLICE, &more, error))
      return FALSE;
  return madang_database_run (self->database, "INSERT INTO search (search) VALUES ('optimize')",
                              error);
}
