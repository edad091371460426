/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MadangDatabase:
 *
 * One SQLite connection, hardened (DEFENSIVE, no trusted schema, no double-quoted strings, no
 * extensions, mmap off), in WAL mode, with numbered migrations and cached statements. The
 * writing connection does all the checkpoints; a reading one is query_only. Confined to the
 * thread that uses it. SQLite's codes become MADANG_ERROR at this edge: NO_SPACE, DAMAGED,
 * NEWER_SCHEMA, FAILED.
 */
#define MADANG_TYPE_DATABASE (madang_database_get_type ())
G_DECLARE_FINAL_TYPE (MadangDatabase, madang_database, MADANG, DATABASE, GObject)

typedef enum
{
  MADANG_DATABASE_CLIENT, /* migrations of data/sql/client */
  MADANG_DATABASE_SERVER, /* migrations of data/sql/server */
} MadangDatabaseSide;

typedef enum
{
  MADANG_DATABASE_WRITE = 0,
  MADANG_DATABASE_READ = 1 << 0, /* query_only; the file must exist */
} MadangDatabaseFlags;

/* path ":memory:" is for tests. */
MadangDatabase *madang_database_open (const char *path,
                                      MadangDatabaseSide side,
                                      MadangDatabaseFlags flags,
                                      GError **error);
void madang_database_close (MadangDatabase *self);
const char *madang_database_get_path (MadangDatabase *self);
MadangDatabaseSide madang_database_get_side (MadangDatabase *self);
gboolean madang_database_is_reading (MadangDatabase *self);
gboolean madang_database_in_transaction (MadangDatabase *self);
/* Another number for each transaction; 0: none is open. */
guint64 madang_database_get_transaction (MadangDatabase *self);
gboolean madang_database_begin (MadangDatabase *self, GError **error);
gboolean madang_database_commit (MadangDatabase *self, GError **error);
void madang_database_rollback (MadangDatabase *self);

/* A part of a transaction, or a small one of its own, that can be undone alone. May be nested. */
gboolean madang_database_mark (MadangDatabase *self, GError **error);
gboolean madang_database_keep (MadangDatabase *self, GError **error);
void madang_database_undo (MadangDatabase *self);

gboolean madang_database_check (MadangDatabase *self, GError **error); /* quick_check */
gboolean madang_database_backup (MadangDatabase *self, const char *path, GError **error);

G_END_DECLS
