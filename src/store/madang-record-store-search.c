/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-error.h"
#include "madang-record-row.h"
#include "madang-record-store-private.h"
#include "madang-search-text.h"
#include "madang-statement.h"

/* Full-text search in a client's cache, over several kinds. Within one kind a MadangQuery with a
 * search does more. */

typedef struct
{
  const char *const *kinds; /* (nullable): all */
  char *pattern;            /* (owned) (nullable): any text */
  guint limit;
} Search;

static void
append_kinds (GString *sql, const char *const *kinds)
{
  if (kinds == NULL)
    return;
  g_string_append (sql, " AND r.kind IN (");
  for (guint i = 0; kinds[i] != NULL; i++)
    g_string_append (sql, i > 0 ? ", ?" : "?");
  g_string_append_c (sql, ')');
}

/* The order in which the rows come by themselves: nothing is sorted. */
static char *
build_sql (const Search *search, const char *select)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT %s FROM ", select);
  if (search->pattern == NULL)
    g_string_append (sql, "search_text s CROSS JOIN record r ON r.rowid = s.record"
                          " WHERE s.text <> ''");
  else
    g_string_append (sql, "search s CROSS JOIN record r ON r.rowid = s.rowid"
                          " WHERE s.search MATCH ?");
  if (search->pattern != NULL && !madang_search_pattern_is_exact (search->pattern))
    g_string_append (sql, " AND madang_search_matches (s.text, ?)");
  append_kinds (sql, search->kinds);
  g_string_append_printf (sql, " ORDER BY %s DESC LIMIT ?",
                          search->pattern == NULL ? "s.record" : "s.rowid");
  return g_string_free (sql, FALSE);
}

static void
bind (const Search *search, MadangStatement *statement)
{
  int parameter = 1;

  if (search->pattern != NULL)
    {
      g_autofree char *expression = madang_search_pattern_dup_expression (search->pattern);
      madang_statement_bind_text (statement, parameter++, expression);
      if (!madang_search_pattern_is_exact (search->pattern))
        madang_statement_bind_text (statement, parameter++, search->pattern);
    }
  for (guint i = 0; search->kinds != NULL && search->kinds[i] != NULL; i++)
    madang_statement_bind_text (statement, parameter++, search->kinds[i]);
  madang_statement_bind_number (statement, parameter, search->limit);
}

/* sql: of build_sql(), perhaps in a frame. */
static MadangStatement *
start (MadangRecordStore *self, const Search *search, const char *sql, GError **error)
{
  if (madang_record_store_get_search_index (self) == NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "only a client searches");
      return NULL;
    }

  MadangStatement *statement
      = madang_database_prepare (madang_record_store_get_database (self), sql, error);
  if (statement != NULL)
    bind (search, statement);
  return statement;
}

/* A record that this build cannot read is passed over: it would hide all the others. */
static gboolean
collect (MadangStatement *rows, GPtrArray *found, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (madang_statement_step (rows, &local_error))
    {
      g_autoptr (GError) unreadable = NULL;
      MadangRecord *record = madang_record_row_read (rows, &unreadable);
      if (record != NULL)
        g_ptr_array_add (found, record);
      else
        g_debug ("a found record cannot be read: %s",
                 unreadable != NULL ? unreadable->message : "unknown kind");
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* --- public ------------------------------------------------------------------------------- */

GPtrArray *
madang_record_store_search (MadangRecordStore *self,
                            const char *const *kinds,
                            const char *text,
                            MadangSearchFlags flags,
                            guint limit,
                            GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  g_autofree char *pattern = madang_search_pattern_new (text, flags);
  const Search search = { kinds, pattern, limit };
  g_autofree char *sql = build_sql (&search, MADANG_RECORD_ROW_COLUMNS);
  g_autoptr (MadangStatement) rows = start (self, &search, sql, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  if (rows == NULL || !collect (rows, found, error))
    return NULL;
  return g_steal_pointer (&found);
}

gint64
madang_record_store_count_search (MadangRecordStore *self,
                                  const char *const *kinds,
                                  const char *text,
                                  MadangSearchFlags flags,
                                  guint most,
                                  GError **error)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), -1);
  g_return_val_if_fail (text != NULL, -1);

  g_autofree char *pattern = madang_search_pattern_new (text, flags);
  const Search search = { kinds, pattern, most };
  g_autofree char *found = build_sql (&search, "1");
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM (%s)", found);
  g_autoptr (MadangStatement) statement = start (self, &search, sql, error);

  if (statement == NULL || !madang_statement_step (statement, error))
    return -1;
  return madang_statement_get_number (statement, 0);
}

gboolean
madang_record_store_is_indexing (MadangRecordStore *self)
{
  MadangSearchIndex *index;
  g_autoptr (GError) error = NULL;
  gboolean due = FALSE;

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), FALSE);

  index = madang_record_store_get_search_index (self);
  if (index != NULL && !madang_search_index_is_due (index, &due, &error))
    g_debug ("what is left to index cannot be read: %s", error->message);
  return due;
}

gboolean
madang_record_store_index_some (MadangRecordStore *self,
                                guint n_rows,
                                gboolean *more,
                                GError **error)
{
  MadangSearchIndex *index;

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), FALSE);
  g_return_val_if_fail (more != NULL, FALSE);

  index = madang_record_store_get_search_index (self);
  *more = FALSE;
  return index == NULL || madang_search_index_catch_up (index, n_rows, more, error);
}

gboolean
madang_record_store_forget_removed (MadangRecordStore *self, GError **error)
{
  MadangSearchIndex *index;

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (self), FALSE);

  index = madang_record_store_get_search_index (self);
  return index == NULL || madang_search_index_forget (index, error);
}
