/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-sqlite-storage.h"

struct _MadangSqliteStorage
{
  GObject parent_instance;

  MadangDatabase *database;   /* (owned) */
  MadangRecordStore *records; /* (owned) */
};

static void madang_sqlite_storage_init_interface (MadangStorageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MadangSqliteStorage,
                               madang_sqlite_storage,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MADANG_TYPE_STORAGE,
                                                      madang_sqlite_storage_init_interface))

/* --- MadangStorage ------------------------------------------------------------------------ */

static gboolean
madang_sqlite_storage_begin (MadangStorage *storage, GError **error)
{
  return madang_database_begin (madang_sqlite_storage_get_database (storage), error);
}

static gboolean
madang_sqlite_storage_commit (MadangStorage *storage, GError **error)
{
  return madang_database_commit (madang_sqlite_storage_get_database (storage), error);
}

static void
madang_sqlite_storage_rollback (MadangStorage *storage)
{
  madang_database_rollback (madang_sqlite_storage_get_database (storage));
}

static gboolean
madang_sqlite_storage_mark (MadangStorage *storage, GError **error)
{
  return madang_database_mark (madang_sqlite_storage_get_database (storage), error);
}

static gboolean
madang_sqlite_storage_keep (MadangStorage *storage, GError **error)
{
  return madang_database_keep (madang_sqlite_storage_get_database (storage), error);
}

static void
madang_sqlite_storage_undo (MadangStorage *storage)
{
  madang_database_undo (madang_sqlite_storage_get_database (storage));
}

static MadangRecordStore *
madang_sqlite_storage_get_records (MadangStorage *storage)
{
  return MADANG_SQLITE_STORAGE (storage)->records;
}

static char *
madang_sqlite_storage_dup_setting (MadangStorage *storage, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStatement) statement
      = madang_sqlite_storage_prepare (storage, "SELECT value FROM setting WHERE name = ?1",
                                       &error);
  char *value = NULL;

  if (statement != NULL)
    {
      madang_statement_bind_text (statement, 1, name);
      if (madang_statement_step (statement, &error))
        value = g_strdup (madang_statement_get_text (statement, 0));
    }
  if (error != NULL)
    g_debug ("a setting cannot be read: %s", error->message);
  return value;
}

static gboolean
madang_sqlite_storage_set_setting (MadangStorage *storage,
                                   const char *name,
                                   const char *value,
                                   GError **error)
{
  const char *sql = value != NULL ? "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                                  : "DELETE FROM setting WHERE name = ?1";
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (storage, sql, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, name);
  if (value != NULL)
    madang_statement_bind_text (statement, 2, value);
  return madang_statement_run (statement, error);
}

static void
madang_sqlite_storage_init_interface (MadangStorageInterface *iface)
{
  iface->begin = madang_sqlite_storage_begin;
  iface->commit = madang_sqlite_storage_commit;
  iface->rollback = madang_sqlite_storage_rollback;
  iface->mark = madang_sqlite_storage_mark;
  iface->keep = madang_sqlite_storage_keep;
  iface->undo = madang_sqlite_storage_undo;
  iface->get_records = madang_sqlite_storage_get_records;
  iface->dup_setting = madang_sqlite_storage_dup_setting;
  iface->set_setting = madang_sqlite_storage_set_setting;
  madang_sqlite_feed_init (iface);
  madang_sqlite_mutations_init (iface);
  madang_sqlite_history_init (iface);
  madang_sqlite_accounts_init (iface);
}

/* --- class -------------------------------------------------------------------------------- */

static void
madang_sqlite_storage_finalize (GObject *object)
{
  MadangSqliteStorage *self = MADANG_SQLITE_STORAGE (object);

  g_clear_object (&self->records);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (madang_sqlite_storage_parent_class)->finalize (object);
}

static void
madang_sqlite_storage_class_init (MadangSqliteStorageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_sqlite_storage_finalize;
}

static void
madang_sqlite_storage_init (MadangSqliteStorage *self)
{
}

/* --- private to the folder ---------------------------------------------------------------- */

MadangDatabase *
madang_sqlite_storage_get_database (MadangStorage *storage)
{
  return MADANG_SQLITE_STORAGE (storage)->database;
}

MadangStatement *
madang_sqlite_storage_prepare (MadangStorage *storage, const char *sql, GError **error)
{
  return madang_database_prepare (madang_sqlite_storage_get_database (storage), sql, error);
}

/* --- public ------------------------------------------------------------------------------- */

MadangStorage *
madang_sqlite_storage_open (const char *path, MadangDatabaseFlags flags, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (MadangSqliteStorage) self = g_object_new (MADANG_TYPE_SQLITE_STORAGE, NULL);
  self->database = madang_database_open (path, MADANG_DATABASE_SERVER, flags, error);
  if (self->database == NULL)
    return NULL;
  self->records = madang_record_store_new (self->database, error);
  if (self->records == NULL)
    return NULL;
  return MADANG_STORAGE (g_steal_pointer (&self));
}
