/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-statement.h"

#include "madang-database-private.h"
#include "madang-error.h"
#include "madang-id.h"

/* More texts than this do not exist unless some are made in a loop; those are not kept. */
#define MAX_CACHED 256

struct _MadangStatement
{
  MadangDatabase *database; /* it owns the cached ones and outlives the others */
  sqlite3_stmt *handle;     /* (owned) */
  int failure;              /* the first code of a bind that failed; reported by step */
  gboolean bad_id;          /* a bind was given text that is no id */
  gboolean in_use;
  gboolean cached;
};

static MadangStatement *
make_statement (MadangDatabase *database, const char *sql, GError **error)
{
  sqlite3_stmt *handle = NULL;
  int code
      = sqlite3_prepare_v3 (database->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (code != SQLITE_OK)
    {
      madang_database_set_error (database, code, error);
      return NULL;
    }

  MadangStatement *self = g_new0 (MadangStatement, 1);
  self->database = database;
  self->handle = handle;
  return self;
}

static void
note_bind (MadangStatement *self, int code)
{
  if (self->failure == SQLITE_OK)
    self->failure = code;
}

void
madang_statement_free (MadangStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

/**
 * madang_database_prepare:
 *
 * Returns: (transfer full) (nullable): a statement to be given back with madang_statement_end().
 * Asking for a text that is in use gives a second, uncached statement.
 */
MadangStatement *
madang_database_prepare (MadangDatabase *self, const char *sql, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), NULL);
  g_return_val_if_fail (self->handle != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  MadangStatement *known = g_hash_table_lookup (self->statements, sql);
  if (known != NULL && !known->in_use)
    {
      known->in_use = TRUE;
      return known;
    }

  MadangStatement *made = make_statement (self, sql, error);
  if (made == NULL)
    return NULL;
  made->in_use = TRUE;
  if (known == NULL && g_hash_table_size (self->statements) < MAX_CACHED)
    {
      made->cached = TRUE;
      g_hash_table_insert (self->statements, g_strdup (sql), made);
    }
  return made;
}

/**
 * madang_database_run:
 * @sql: one statement or several, without parameters and without results
 */
gboolean
madang_database_run (MadangDatabase *self, const char *sql, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (self->handle != NULL, FALSE);

  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;
  madang_database_set_error (self, code, error);
  return FALSE;
}

/* The row id of the last successful insert of this connection. */
gint64
madang_database_get_last_row (MadangDatabase *self)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), 0);
  g_return_val_if_fail (self->handle != NULL, 0);

  return sqlite3_last_insert_rowid (self->handle);
}

void
madang_statement_bind_text (MadangStatement *self, int parameter, const char *text)
{
  note_bind (self,
             sqlite3_bind_text64 (self->handle, parameter, text, text != NULL ? strlen (text) : 0,
                                  SQLITE_TRANSIENT, SQLITE_UTF8));
}

void
madang_statement_bind_number (MadangStatement *self, int parameter, gint64 number)
{
  note_bind (self, sqlite3_bind_int64 (self->handle, parameter, number));
}

/* bytes (nullable): NULL binds NULL, no bytes bind an empty blob. */
void
madang_statement_bind_bytes (MadangStatement *self, int parameter, GBytes *bytes)
{
  gsize size = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (bytes != NULL && size == 0)
    note_bind (self, sqlite3_bind_zeroblob (self->handle, parameter, 0));
  else
    note_bind (self, sqlite3_bind_blob64 (self->handle, parameter, data, size, SQLITE_TRANSIENT));
}

/* id (nullable): what is no id makes the next step fail with MADANG_ERROR_INVALID. */
void
madang_statement_bind_id (MadangStatement *self, int parameter, const char *id)
{
  guint8 bytes[MADANG_ID_BYTES];

  if (id == NULL)
    madang_statement_bind_null (self, parameter);
  else if (madang_id_to_bytes (id, bytes))
    note_bind (self,
               sqlite3_bind_blob (self->handle, parameter, bytes, sizeof bytes, SQLITE_TRANSIENT));
  else
    self->bad_id = TRUE;
}

void
madang_statement_bind_null (MadangStatement *self, int parameter)
{
  note_bind (self, sqlite3_bind_null (self->handle, parameter));
}

gboolean
madang_statement_step (MadangStatement *self, GError **error)
{
  if (self->bad_id)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "not an id");
      return FALSE;
    }
  if (self->failure != SQLITE_OK)
    {
      madang_database_set_error (self->database, self->failure, error);
      return FALSE;
    }

  int code = sqlite3_step (self->handle);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    madang_database_set_error (self->database, code, error);
  return code == SQLITE_ROW;
}

gboolean
madang_statement_run (MadangStatement *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (madang_statement_step (self, &local_error))
    {
      /* Rows of a statement that is run for its effect are of no interest. */
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

const char *
madang_statement_get_text (MadangStatement *self, int column)
{
  return (const char *)sqlite3_column_text (self->handle, column);
}

gint64
madang_statement_get_number (MadangStatement *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

gboolean
madang_statement_is_null (MadangStatement *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/* Returns: (transfer full) (nullable): NULL for NULL. */
GBytes *
madang_statement_dup_bytes (MadangStatement *self, int column)
{
  if (madang_statement_is_null (self, column))
    return NULL;

  /* The order matters: sqlite3_column_bytes() speaks of what sqlite3_column_blob() gave. */
  const void *data = sqlite3_column_blob (self->handle, column);
  return g_bytes_new (data, sqlite3_column_bytes (self->handle, column));
}

/* Returns: (transfer full) (nullable): NULL for anything but 16 bytes. */
char *
madang_statement_dup_id (MadangStatement *self, int column)
{
  const guint8 *data = sqlite3_column_blob (self->handle, column);

  if (data == NULL || sqlite3_column_bytes (self->handle, column) != MADANG_ID_BYTES)
    return NULL;
  return madang_id_from_bytes (data);
}

void
madang_statement_end (MadangStatement *self)
{
  if (self == NULL)
    return;

  if (!self->cached)
    {
      madang_statement_free (self);
      return;
    }
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->failure = SQLITE_OK;
  self->bad_id = FALSE;
  self->in_use = FALSE;
}
