/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-database-private.h"
#include "madang-error.h"
#include "madang-migrator.h"
#include "madang-search-tokenizer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MAX_LENGTH (10 * 1000 * 1000) /* bytes of one value, one row, one text of SQL */
#define BUSY_TIMEOUT 5000             /* ms */
#define FILE_MODE 0600
#define BACKUP_PAGES 1024 /* copied in one go */

G_DEFINE_FINAL_TYPE (MadangDatabase, madang_database, G_TYPE_OBJECT)

/* --- errors ------------------------------------------------------------------------------- */

static gboolean
says_no_space (int system_errno)
{
  return system_errno == ENOSPC || system_errno == EDQUOT;
}

static MadangErrorCode
translate_code (int code, int system_errno)
{
  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
    return MADANG_ERROR_CONFLICT;

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return MADANG_ERROR_NO_SPACE;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return says_no_space (system_errno) ? MADANG_ERROR_NO_SPACE : MADANG_ERROR_FAILED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return MADANG_ERROR_DAMAGED;
    case SQLITE_TOOBIG:
      return MADANG_ERROR_TOO_LARGE;
    default:
      return MADANG_ERROR_FAILED;
    }
}

static void
set_error_of_handle (sqlite3 *handle, int code, GError **error)
{
  int extended = handle != NULL ? sqlite3_extended_errcode (handle) : code;
  int exact = (extended & 0xff) == (code & 0xff) ? extended : code;
  int system_errno = handle != NULL ? sqlite3_system_errno (handle) : 0;

  g_set_error (error, MADANG_ERROR, translate_code (exact, system_errno), "database: %s (%d)",
               exact == extended && handle != NULL ? sqlite3_errmsg (handle)
                                                   : sqlite3_errstr (exact),
               exact);
}

void
madang_database_set_error (MadangDatabase *self, int code, GError **error)
{
  set_error_of_handle (self->handle, code, error);
}

/* --- opening ------------------------------------------------------------------------------ */

static gboolean
is_in_memory (const char *path)
{
  return g_str_equal (path, ":memory:");
}

/* SQLite would make the file with the mode of the umask. It must not be opened and closed here
 * when it exists: closing any descriptor drops the process's locks on the file. */
static gboolean
create_file (const char *path, GError **error)
{
  int descriptor = g_open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  int saved_errno = errno;

  if (descriptor >= 0)
    return g_close (descriptor, error);
  if (saved_errno == EEXIST)
    return TRUE;

  g_set_error (error, MADANG_ERROR,
               says_no_space (saved_errno) ? MADANG_ERROR_NO_SPACE : MADANG_ERROR_FAILED,
               "cannot make the database: %s", g_strerror (saved_errno));
  return FALSE;
}

static sqlite3 *
open_handle (const char *path, int flags, GError **error)
{
  sqlite3 *handle = NULL;
  int code
      = sqlite3_open_v2 (path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

  if (code == SQLITE_OK)
    return handle;
  set_error_of_handle (handle, code, error);
  sqlite3_close (handle);
  return NULL;
}

static gboolean
configure (MadangDatabase *self, int option, int value, GError **error)
{
  int code = sqlite3_db_config (self->handle, option, value, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  madang_database_set_error (self, code, error);
  return FALSE;
}

/* The library's defaults are the opposite for most of these. */
static gboolean
harden (MadangDatabase *self, GError **error)
{
  static const struct
  {
    int option;
    int value;
  } settings[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 1 },
    /* Until the database is known to be ours, closing it must not move its log into it. */
    { SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (!configure (self, settings[i].option, settings[i].value, error))
      return FALSE;

  sqlite3_limit (self->handle, SQLITE_LIMIT_LENGTH, MAX_LENGTH);
  sqlite3_limit (self->handle, SQLITE_LIMIT_SQL_LENGTH, MAX_LENGTH);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT);
  return madang_database_run (self,
                              "PRAGMA cell_size_check = ON;"
                              "PRAGMA mmap_size = 0;"
                              "PRAGMA temp_store = MEMORY;"
                              "PRAGMA secure_delete = ON;"
                              "PRAGMA recursive_triggers = ON;",
                              error);
}

/* Handed over as a pointer of that type, so that no text can stand for it. */
static int
find_full_text_search (sqlite3 *handle, fts5_api **api)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (handle, "SELECT fts5 (?1)", -1, &statement, NULL);

  if (code == SQLITE_OK)
    {
      sqlite3_bind_pointer (statement, 1, api, "fts5_api_ptr", NULL);
      sqlite3_step (statement);
      code = sqlite3_finalize (statement);
    }
  return code;
}

/* Only a client searches. The first to read the file, so a damaged one shows here. */
static gboolean
teach_search (MadangDatabase *self, GError **error)
{
  fts5_api *api = NULL;
  int code = SQLITE_OK;

  if (self->side != MADANG_DATABASE_CLIENT)
    return TRUE;

  code = find_full_text_search (self->handle, &api);
  if (code == SQLITE_OK)
    code = api != NULL ? madang_search_tokenizer_register (self->handle, api) : SQLITE_ERROR;
  if (code == SQLITE_OK)
    return TRUE;
  madang_database_set_error (self, code, error);
  return FALSE;
}

static gboolean
use_write_ahead_log (MadangDatabase *self, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self, "PRAGMA journal_mode = WAL", error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  if (!madang_statement_step (statement, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_FAILED, "no journal mode");
      return FALSE;
    }

  const char *mode = madang_statement_get_text (statement, 0);
  if (g_strcmp0 (mode, is_in_memory (self->path) ? "memory" : "wal") == 0)
    return TRUE;
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_FAILED, "the journal mode stays %s", mode);
  return FALSE;
}

static gboolean
prepare_writer (MadangDatabase *self, GError **error)
{
  const char *directory = madang_migrator_get_directory (self->side);
  MadangMigratorState state = madang_migrator_inspect (self, directory, error);

  if (state == MADANG_MIGRATOR_FAILED)
    return FALSE;
  if (!is_in_memory (self->path) && g_chmod (self->path, FILE_MODE) != 0)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_FAILED, "cannot close the database to others");
      return FALSE;
    }
  if (!use_write_ahead_log (self, error)
      || !madang_database_run (self, "PRAGMA synchronous = FULL", error))
    return FALSE;
  if (state == MADANG_MIGRATOR_OLDER && !madang_migrator_run (self, directory, error))
    return FALSE;
  return configure (self, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, error);
}

/* Two connections that checkpoint at the same moment can damage a database (SQLite before
 * 3.51.3), so a reading one never does. */
static gboolean
prepare_reader (MadangDatabase *self, GError **error)
{
  const char *directory = madang_migrator_get_directory (self->side);

  switch (madang_migrator_inspect (self, directory, error))
    {
    case MADANG_MIGRATOR_CURRENT:
      return madang_database_run (self, "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0;",
                                  error);
    case MADANG_MIGRATOR_OLDER:
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_FAILED,
                           "the database waits for its writer");
      return FALSE;
    case MADANG_MIGRATOR_FAILED:
    default:
      return FALSE;
    }
}

/* --- class -------------------------------------------------------------------------------- */

static void
madang_database_dispose (GObject *object)
{
  madang_database_close (MADANG_DATABASE (object));

  G_OBJECT_CLASS (madang_database_parent_class)->dispose (object);
}

static void
madang_database_finalize (GObject *object)
{
  MadangDatabase *self = MADANG_DATABASE (object);

  g_hash_table_unref (self->statements);
  g_free (self->path);

  G_OBJECT_CLASS (madang_database_parent_class)->finalize (object);
}

static void
madang_database_class_init (MadangDatabaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = madang_database_dispose;
  object_class->finalize = madang_database_finalize;
}

static void
madang_database_init (MadangDatabase *self)
{
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify)madang_statement_free);
}

/* --- public ------------------------------------------------------------------------------- */

/**
 * madang_database_open:
 *
 * Opens or, for writing, makes the database and brings its tables up to date. A database that a
 * newer build wrote is MADANG_ERROR_NEWER_SCHEMA and stays as it is; a file that is no database of
 * ours is MADANG_ERROR_DAMAGED; a reader that comes before the writer has migrated gets
 * MADANG_ERROR_FAILED.
 */
MadangDatabase *
madang_database_open (const char *path,
                      MadangDatabaseSide side,
                      MadangDatabaseFlags flags,
                      GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  gboolean reading = (flags & MADANG_DATABASE_READ) != 0;
  if (!reading && !is_in_memory (path) && !create_file (path, error))
    return NULL;

  sqlite3 *handle
      = open_handle (path, reading ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, error);
  if (handle == NULL)
    return NULL;

  g_autoptr (MadangDatabase) self = g_object_new (MADANG_TYPE_DATABASE, NULL);
  self->handle = handle;
  self->path = g_strdup (path);
  self->side = side;
  self->flags = flags;
  if (!harden (self, error) || !teach_search (self, error))
    return NULL;
  if (!(reading ? prepare_reader (self, error) : prepare_writer (self, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/* Every statement must have been given back. Closing twice does nothing. */
void
madang_database_close (MadangDatabase *self)
{
  g_return_if_fail (MADANG_IS_DATABASE (self));

  if (self->handle == NULL)
    return;
  g_hash_table_remove_all (self->statements);
  int code = sqlite3_close (self->handle);
  g_warn_if_fail (code == SQLITE_OK);
  self->handle = NULL;
}

const char *
madang_database_get_path (MadangDatabase *self)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), NULL);

  return self->path;
}

MadangDatabaseSide
madang_database_get_side (MadangDatabase *self)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), MADANG_DATABASE_CLIENT);

  return self->side;
}

gboolean
madang_database_is_reading (MadangDatabase *self)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), FALSE);

  return (self->flags & MADANG_DATABASE_READ) != 0;
}

gboolean
madang_database_in_transaction (MadangDatabase *self)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), FALSE);

  return self->handle != NULL && sqlite3_get_autocommit (self->handle) == 0;
}

guint64
madang_database_get_transaction (MadangDatabase *self)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), 0);

  return madang_database_in_transaction (self) ? self->transaction : 0;
}

/* A writer takes the write lock at once; a reader takes its snapshot at once. Not nested. */
gboolean
madang_database_begin (MadangDatabase *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (!madang_database_in_transaction (self), FALSE);

  self->transaction++;
  if (!madang_database_is_reading (self))
    return madang_database_run (self, "BEGIN IMMEDIATE", error);
  if (madang_database_run (self, "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1;", error))
    return TRUE;
  madang_database_rollback (self);
  return FALSE;
}

/* When it fails, nothing of the transaction stays. */
gboolean
madang_database_commit (MadangDatabase *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), FALSE);

  if (madang_database_run (self, "COMMIT", error))
    return TRUE;
  madang_database_rollback (self);
  return FALSE;
}

/* Without a transaction (SQLite ends it by itself when the disk is full) it does nothing. */
void
madang_database_rollback (MadangDatabase *self)
{
  g_return_if_fail (MADANG_IS_DATABASE (self));

  if (madang_database_in_transaction (self))
    madang_database_run (self, "ROLLBACK", NULL);
}

/* As madang_database_run(), but the statement is kept. */
static gboolean
run_kept (MadangDatabase *self, const char *sql, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (self, sql, error);

  return statement != NULL && madang_statement_run (statement, error);
}

gboolean
madang_database_mark (MadangDatabase *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), FALSE);

  if (!madang_database_in_transaction (self))
    self->transaction++;
  return run_kept (self, "SAVEPOINT mark", error);
}

/* When it fails, nothing since the mark stays. */
gboolean
madang_database_keep (MadangDatabase *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), FALSE);

  if (run_kept (self, "RELEASE mark", error))
    return TRUE;
  madang_database_undo (self);
  return FALSE;
}

void
madang_database_undo (MadangDatabase *self)
{
  g_return_if_fail (MADANG_IS_DATABASE (self));

  if (madang_database_in_transaction (self))
    madang_database_run (self, "ROLLBACK TO mark; RELEASE mark;", NULL);
}

/* MADANG_ERROR_DAMAGED when pages or indexes contradict each other. */
gboolean
madang_database_check (MadangDatabase *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), FALSE);

  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self, "PRAGMA quick_check (1)", error);
  g_autoptr (GError) local_error = NULL;
  if (statement == NULL)
    return FALSE;
  if (!madang_statement_step (statement, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_FAILED, "the check says nothing");
      return FALSE;
    }
  if (g_strcmp0 (madang_statement_get_text (statement, 0), "ok") == 0)
    return TRUE;
  g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_DAMAGED, "the database is damaged");
  return FALSE;
}

static gboolean
copy_pages (MadangDatabase *self, sqlite3 *target, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target, "main", self->handle, "main");
  int code = SQLITE_OK;

  if (backup == NULL)
    {
      set_error_of_handle (target, sqlite3_errcode (target), error);
      return FALSE;
    }
  while (code == SQLITE_OK)
    code = sqlite3_backup_step (backup, BACKUP_PAGES);
  sqlite3_backup_finish (backup);
  /* One file without a log beside it is easier to carry about. */
  if (code == SQLITE_DONE)
    code = sqlite3_exec (target, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;
  set_error_of_handle (target, code, error);
  return FALSE;
}

/**
 * madang_database_backup:
 * @path: of the copy; a file that is there is replaced, and only by a complete copy
 */
gboolean
madang_database_backup (MadangDatabase *self, const char *path, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (self->handle != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  g_unlink (partial);
  if (!create_file (partial, error))
    return FALSE;
  sqlite3 *target = open_handle (partial, SQLITE_OPEN_READWRITE, error);
  if (target == NULL)
    {
      g_unlink (partial);
      return FALSE;
    }

  gboolean copied = copy_pages (self, target, error);
  sqlite3_close (target);
  if (copied && g_rename (partial, path) == 0)
    return TRUE;
  if (copied)
    g_set_error (error, MADANG_ERROR, MADANG_ERROR_FAILED, "cannot name the copy: %s",
                 g_strerror (errno));
  g_unlink (partial);
  return FALSE;
}
