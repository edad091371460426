/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-migrator.h"

#include "madang-error.h"
#include "madang-sql-resources.h"
#include "madang-statement.h"

#define SQL_ROOT "/kr/madang/Madang/sql/"
#define NUMBER_DIGITS 3

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The names of the scripts in order. They are part of the program: a gap is a mistake in the
 * build, not in the data. */
static GStrv
list_scripts (const char *directory)
{
  /* Also keeps the linker from leaving the resource out. */
  madang_sql_get_resource ();

  char **names = g_resources_enumerate_children (directory, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (names != NULL);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *prefix = g_strdup_printf ("%0*u-", NUMBER_DIGITS, i + 1);
      if (!g_str_has_prefix (names[i], prefix) || !g_str_has_suffix (names[i], ".sql"))
        g_error ("%s%s is not script %u", directory, names[i], i + 1);
    }
  return names;
}

static gboolean
read_number (MadangDatabase *database, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  *number = 0;
  if (statement == NULL)
    return FALSE;
  if (madang_statement_step (statement, &local_error))
    *number = madang_statement_get_number (statement, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
read_version (MadangDatabase *database, gint64 *version, GError **error)
{
  return read_number (database, "PRAGMA user_version", version, error);
}

/* Foreign keys are checked as a whole afterwards: a script may rebuild a table that others refer
 * to. */
static gboolean
run_checked (MadangDatabase *database, const char *sql, guint number, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %u", number);
  gint64 broken = 0;

  if (!madang_database_run (database, sql, error)
      || !read_number (database, "SELECT count (*) FROM pragma_foreign_key_check", &broken, error)
      || !madang_database_run (database, stamp, error))
    return FALSE;
  if (broken == 0)
    return TRUE;
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_FAILED, "script %u breaks references", number);
  return FALSE;
}

static gboolean
run_script (MadangDatabase *database, const char *path, guint number, GError **error)
{
  g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (script == NULL)
    return FALSE;

  gsize size = 0;
  const char *text = g_bytes_get_data (script, &size);
  g_autofree char *sql = g_strndup (text, size);
  gint64 version = 0;
  if (!madang_database_begin (database, error))
    return FALSE;
  /* Another process may have been faster. */
  gboolean done = read_version (database, &version, error)
                  && (version >= number || run_checked (database, sql, number, error));
  if (done)
    return madang_database_commit (database, error);
  madang_database_rollback (database);
  return FALSE;
}

static gboolean
keep_copy (MadangDatabase *database, gint64 version, GError **error)
{
  const char *path = madang_database_get_path (database);

  if (version == 0 || g_str_equal (path, ":memory:"))
    return TRUE;
  g_autofree char *copy = g_strdup_printf ("%s.version-%" G_GINT64_FORMAT, path, version);
  return madang_database_backup (database, copy, error);
}

const char *
madang_migrator_get_directory (MadangDatabaseSide side)
{
  return side == MADANG_DATABASE_CLIENT ? SQL_ROOT "client/" : SQL_ROOT "server/";
}

MadangMigratorState
madang_migrator_inspect (MadangDatabase *database, const char *directory, GError **error)
{
  g_auto (GStrv) scripts = list_scripts (directory);
  gint64 newest = g_strv_length (scripts);
  gint64 version = 0;
  gint64 tables = 0;

  if (!read_version (database, &version, error)
      || !read_number (database, "SELECT count (*) FROM sqlite_schema", &tables, error))
    return MADANG_MIGRATOR_FAILED;
  if (version > newest)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_NEWER_SCHEMA,
                   "the database has version %" G_GINT64_FORMAT ", known is %" G_GINT64_FORMAT,
                   version, newest);
      return MADANG_MIGRATOR_FAILED;
    }
  if (version < 0 || (version == 0) != (tables == 0))
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_DAMAGED, "not a database of ours");
      return MADANG_MIGRATOR_FAILED;
    }
  return version == newest ? MADANG_MIGRATOR_CURRENT : MADANG_MIGRATOR_OLDER;
}

gboolean
madang_migrator_run (MadangDatabase *database, const char *directory, GError **error)
{
  g_auto (GStrv) scripts = list_scripts (directory);
  gint64 version = 0;
  gboolean done = TRUE;

  if (!read_version (database, &version, error) || !keep_copy (database, version, error)
      || !madang_database_run (database, "PRAGMA foreign_keys = OFF", error))
    return FALSE;
  for (guint i = version; done && scripts[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (directory, scripts[i], NULL);
      done = run_script (database, path, i + 1, error);
    }
  return madang_database_run (database, "PRAGMA foreign_keys = ON", done ? error : NULL) && done;
}
