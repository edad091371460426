/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-cache-private.h"

#include "madang-error.h"

#include <errno.h>
#include <glib/gstdio.h>

#define DATABASE_NAME "madang.db"
#define SALVAGE_NAME "unsent.log"
#define SUSPECT_NAME                                                                               \
  "suspect" /* the database contradicted itself: look through it at the next start */
#define DIRECTORY_MODE 0700

G_DEFINE_FINAL_TYPE (MadangCache, madang_cache, G_TYPE_OBJECT)

/* --- damage ------------------------------------------------------------------------------- */

static void
note_damage (MadangCache *self, const GError *error)
{
  if (!g_error_matches (error, MADANG_ERROR, MADANG_ERROR_DAMAGED))
    return;

  g_autofree char *path = g_build_filename (self->directory, SUSPECT_NAME, NULL);
  if (!g_file_set_contents (path, "", 0, NULL))
    g_debug ("cannot note that the database may be damaged");
}

/* The first of "damaged-1", "damaged-2" … that is free. */
static char *
dup_damaged_path (MadangCache *self, const char *suffix)
{
  for (guint number = 1;; number++)
    {
      g_autofree char *name = g_strdup_printf ("damaged-%u%s", number, suffix);
      g_autofree char *path = g_build_filename (self->directory, name, NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static gboolean
rename_file (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_FAILED, "cannot set the database aside: %s",
               g_strerror (errno));
  return FALSE;
}

/* The files beside it go first: a new database must never meet the log of the old one. */
static gboolean
set_aside (MadangCache *self, GError **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };
  g_autofree char *target = dup_damaged_path (self, "");

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (self->path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (target, suffixes[i], NULL);
      if (!rename_file (from, to, error))
        return FALSE;
    }
  return TRUE;
}

/* --- opening ------------------------------------------------------------------------------ */

static void
close_database (MadangCache *self)
{
  g_clear_object (&self->records);
  if (self->database != NULL)
    madang_database_close (self->database);
  g_clear_object (&self->database);
}

/* The rows that everything else depends on can be read at least. */
static gboolean
read_through (MadangCache *self, GError **error)
{
  g_autofree char *suspect = g_build_filename (self->directory, SUSPECT_NAME, NULL);
  g_autoptr (GHashTable) scopes = madang_cache_load_scopes (self, error);
  g_autoptr (GPtrArray) rows = scopes != NULL ? madang_cache_list_outbox (self, error) : NULL;

  if (rows == NULL)
    return FALSE;
  if (!g_file_test (suspect, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!madang_database_check (self->database, error))
    return FALSE;
  g_unlink (suspect);
  return TRUE;
}

static gboolean
open_database (MadangCache *self, GError **error)
{
  self->database
      = madang_database_open (self->path, MADANG_DATABASE_CLIENT, MADANG_DATABASE_WRITE, error);
  if (self->database == NULL)
    return FALSE;
  self->records = madang_record_store_new (self->database, error);
  return self->records != NULL && read_through (self, error);
}

static gboolean
open_or_rebuild (MadangCache *self, gboolean *rebuilt, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *suspect = g_build_filename (self->directory, SUSPECT_NAME, NULL);

  if (open_database (self, &local_error))
    return TRUE;
  close_database (self);
  if (!g_error_matches (local_error, MADANG_ERROR, MADANG_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_debug ("a damaged database is set aside: %s", local_error->message);
  if (!set_aside (self, error))
    return FALSE;
  g_unlink (suspect);
  *rebuilt = TRUE;
  return open_database (self, error);
}

/* --- taking back what was not sent --------------------------------------------------------- */

static gboolean
is_known (MadangCache *self, const char *mid, gboolean *known, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "SELECT EXISTS (SELECT 1 FROM outbox WHERE mid = ?1 UNION ALL"
                                 " SELECT 1 FROM sent WHERE mid = ?1)",
                                 error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, mid);
  if (!madang_statement_step (statement, error))
    return FALSE;
  *known = madang_statement_get_number (statement, 0) != 0;
  return TRUE;
}

/* Fixed: the lost database may have sent it already, so it must stay as it is. Of one that this
 * build cannot read nothing can be shown, but the server may understand it. */
static gboolean
take_back (MadangCache *self, const MadangSalvageEntry *entry, GError **error)
{
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (entry->body, NULL);
  MadangOperation operation = mutation != NULL ? mutation->operation : MADANG_OPERATION_PATCH;
  gboolean waiting = FALSE;
  MadangOutboxRow row = {
    .mid = entry->mid,
    .record = mutation != NULL ? mutation->id : entry->mid,
    .kind = mutation != NULL ? mutation->kind : (char *)"",
    .operation = (char *)madang_operation_get_name (operation),
    .event = mutation != NULL ? mutation->event : NULL,
    .at = mutation != NULL ? mutation->at : 0,
    .body = entry->body,
    .signature = entry->signature,
    .fixed = TRUE,
    .shown = TRUE,
  };

  return madang_cache_has_outbox (self, row.record, TRUE, &waiting, error)
         && (waiting || madang_cache_make_shadow (self, row.record, error))
         && madang_cache_add_outbox (self, &row, error)
         && madang_cache_refresh (self, row.record, error);
}

static gboolean
take_back_entries (MadangCache *self, GPtrArray *entries, guint *n_taken, GError **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const MadangSalvageEntry *entry = g_ptr_array_index (entries, i);
      gboolean known = FALSE;
      if (!is_known (self, entry->mid, &known, error))
        return FALSE;
      if (known)
        continue;
      if (!take_back (self, entry, error))
        return FALSE;
      (*n_taken)++;
    }
  return TRUE;
}

/* What the log has and the database does not was acknowledged and then lost, with the database or
 * with its last commits. The log is then written anew; when some of it could not be read, the
 * old one stays beside it. */
static gboolean
reconcile (MadangCache *self, gboolean *rebuilt, GError **error)
{
  gboolean sound = TRUE;
  guint n_taken = 0;
  g_autoptr (GPtrArray) entries = madang_salvage_read (self->salvage, &sound, error);

  if (entries == NULL || !madang_cache_begin (self, error))
    return FALSE;
  GError *failure = NULL;
  gboolean worked = take_back_entries (self, entries, &n_taken, &failure);
  if (!madang_cache_end (self, worked, failure, error))
    return FALSE;
  *rebuilt |= n_taken > 0;
  if (!sound)
    {
      g_autofree char *aside = dup_damaged_path (self, ".log");
      if (!madang_salvage_set_aside (self->salvage, aside, error))
        return FALSE;
    }
  /* Also when all in it is gone: what the database still has may be missing then. */
  return madang_cache_compact_salvage (self, !sound || madang_salvage_get_size (self->salvage) > 0,
                                       error);
}

/* Pulls are counted anew. */
static gboolean
age_answers (MadangCache *self, GError **error)
{
  return madang_cache_run_with_number (
      self, "UPDATE member SET generation = 0 WHERE scope = ?1 AND generation <> 0",
      MADANG_SCOPE_OF_ANSWERS, error);
}

static gboolean
make_directory (const char *directory, GError **error)
{
  if (g_mkdir_with_parents (directory, DIRECTORY_MODE) == 0
      && g_chmod (directory, DIRECTORY_MODE) == 0)
    return TRUE;

  int saved_errno = errno;
  g_set_error (error, MADANG_ERROR,
               saved_errno == ENOSPC || saved_errno == EDQUOT ? MADANG_ERROR_NO_SPACE
                                                              : MADANG_ERROR_FAILED,
               "cannot make the folder: %s", g_strerror (saved_errno));
  return FALSE;
}

static gboolean
open_salvage (MadangCache *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, SALVAGE_NAME, NULL);

  self->salvage = madang_salvage_open (path, error);
  return self->salvage != NULL;
}

/* --- class -------------------------------------------------------------------------------- */

static void
madang_cache_dispose (GObject *object)
{
  madang_cache_close (MADANG_CACHE (object));

  G_OBJECT_CLASS (madang_cache_parent_class)->dispose (object);
}

static void
madang_cache_finalize (GObject *object)
{
  MadangCache *self = MADANG_CACHE (object);

  g_ptr_array_unref (self->lines);
  g_free (self->path);
  g_free (self->directory);

  G_OBJECT_CLASS (madang_cache_parent_class)->finalize (object);
}

static void
madang_cache_class_init (MadangCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = madang_cache_dispose;
  object_class->finalize = madang_cache_finalize;
}

static void
madang_cache_init (MadangCache *self)
{
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_pull_line_free);
}

/* --- transactions ------------------------------------------------------------------------- */

gboolean
madang_cache_begin (MadangCache *self, GError **error)
{
  self->renewing = -1;
  self->has_answers = -1;
  return madang_database_begin (self->database, error);
}

gboolean
madang_cache_end (MadangCache *self, gboolean worked, GError *failure, GError **error)
{
  g_assert (worked == (failure == NULL));

  if (worked && madang_database_commit (self->database, &failure))
    return TRUE;
  madang_database_rollback (self->database);
  note_damage (self, failure);
  g_propagate_error (error, failure);
  return FALSE;
}

/* --- public ------------------------------------------------------------------------------- */

MadangCache *
madang_cache_open (const char *directory, gboolean *rebuilt, GError **error)
{
  g_return_val_if_fail (directory != NULL, NULL);

  g_autoptr (MadangCache) self = g_object_new (MADANG_TYPE_CACHE, NULL);
  gboolean was_rebuilt = FALSE;
  self->directory = g_strdup (directory);
  self->path = g_build_filename (directory, DATABASE_NAME, NULL);
  if (!make_directory (directory, error) || !open_or_rebuild (self, &was_rebuilt, error)
      || !open_salvage (self, error) || !reconcile (self, &was_rebuilt, error)
      || !age_answers (self, error) || !madang_cache_clear_scopes (self, NULL, error))
    return NULL;
  if (rebuilt != NULL)
    *rebuilt = was_rebuilt;
  return g_steal_pointer (&self);
}

void
madang_cache_close (MadangCache *self)
{
  g_return_if_fail (MADANG_IS_CACHE (self));

  close_database (self);
  g_clear_pointer (&self->salvage, madang_salvage_free);
}

MadangRecordStore *
madang_cache_get_records (MadangCache *self)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), NULL);

  return self->records;
}

const char *
madang_cache_get_path (MadangCache *self)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), NULL);

  return self->path;
}

char *
madang_cache_dup_setting (MadangCache *self, const char *name)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database, "SELECT value FROM setting WHERE name = ?1", NULL);
  if (statement == NULL)
    return NULL;
  madang_statement_bind_text (statement, 1, name);
  return madang_statement_step (statement, NULL)
             ? g_strdup (madang_statement_get_text (statement, 0))
             : NULL;
}

gboolean
madang_cache_set_setting (MadangCache *self, const char *name, const char *value, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  const char *sql = value != NULL ? "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)"
                                  : "DELETE FROM setting WHERE name = ?1";
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);
  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, name);
  if (value != NULL)
    madang_statement_bind_text (statement, 2, value);
  return madang_statement_run (statement, error);
}

MadangRecordStore *
madang_cache_open_reader (const char *database_path, GError **error)
{
  g_return_val_if_fail (database_path != NULL, NULL);

  g_autoptr (MadangDatabase) database
      = madang_database_open (database_path, MADANG_DATABASE_CLIENT, MADANG_DATABASE_READ, error);

  return database != NULL ? madang_record_store_new (database, error) : NULL;
}
