/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* SQLite and nothing around it: the floor of everything that is stored. As safe as the product's
 * databases: write-ahead log, every commit on the disk. Mistakes end the program. */
typedef struct
{
  sqlite3 *handle;
} BareDatabase;

BareDatabase *bare_database_open (const char *path);
void bare_database_close (BareDatabase *self);
void bare_database_run (BareDatabase *self, const char *sql);
sqlite3_stmt *bare_database_prepare (BareDatabase *self, const char *sql);
/* Runs a statement to its end and makes it ready again. The number of its rows. */
guint bare_statement_run (sqlite3_stmt *statement);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BareDatabase, bare_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
