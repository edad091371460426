/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-statement.h"
#include "madang-storage.h"

G_BEGIN_DECLS

/* Between the files of the SQLite implementation of MadangStorage: its members by concern. */
#define MADANG_TYPE_SQLITE_STORAGE (madang_sqlite_storage_get_type ())
G_DECLARE_FINAL_TYPE (MadangSqliteStorage, madang_sqlite_storage, MADANG, SQLITE_STORAGE, GObject)

/* A statement over the database of a storage. */
MadangStatement *
madang_sqlite_storage_prepare (MadangStorage *storage, const char *sql, GError **error);
MadangDatabase *madang_sqlite_storage_get_database (MadangStorage *storage);

/* madang-sqlite-feed.c: write_record, get_head, read_feed, read_digest */
void madang_sqlite_feed_init (MadangStorageInterface *iface);
/* madang-sqlite-mutations.c: done, devices, series */
void madang_sqlite_mutations_init (MadangStorageInterface *iface);
/* madang-sqlite-history.c: changes, the audit log */
void madang_sqlite_history_init (MadangStorageInterface *iface);
/* madang-sqlite-accounts.c: credentials, sessions, failed sign-ins */
void madang_sqlite_accounts_init (MadangStorageInterface *iface);

G_END_DECLS
