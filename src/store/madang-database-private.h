/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "madang-database.h"
#include "madang-statement.h"

G_BEGIN_DECLS

/* What the database and its statements share; nobody else includes this. */

struct _MadangDatabase
{
  GObject parent_instance;

  sqlite3 *handle;        /* (owned) (nullable): NULL once closed */
  GHashTable *statements; /* (owned): SQL -> MadangStatement */
  char *path;             /* (owned) */
  MadangDatabaseSide side;
  MadangDatabaseFlags flags;
  guint64 transaction; /* how many were begun */
};

/* Translates an SQLite code. The message is SQLite's own, which never holds a bound value. */
void madang_database_set_error (MadangDatabase *self, int code, GError **error);
void madang_statement_free (MadangStatement *self);

G_END_DECLS
