/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bare-database.h"

static void
check (BareDatabase *self, int code)
{
  if (code != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (self->handle));
}

BareDatabase *
bare_database_open (const char *path)
{
  BareDatabase *self = g_new0 (BareDatabase, 1);

  check (self,
         sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL));
  bare_database_run (self, "PRAGMA journal_mode = WAL");
  bare_database_run (self, "PRAGMA synchronous = FULL");
  return self;
}

void
bare_database_close (BareDatabase *self)
{
  sqlite3_close (self->handle);
  g_free (self);
}

void
bare_database_run (BareDatabase *self, const char *sql)
{
  check (self, sqlite3_exec (self->handle, sql, NULL, NULL, NULL));
}

sqlite3_stmt *
bare_database_prepare (BareDatabase *self, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check (self, sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL));
  return statement;
}

guint
bare_statement_run (sqlite3_stmt *statement)
{
  guint n_rows = 0;
  int code;

  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    n_rows++;
  if (code != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (sqlite3_db_handle (statement)));
  sqlite3_reset (statement);
  return n_rows;
}
