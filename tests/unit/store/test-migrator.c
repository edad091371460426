/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-kind.h"
#include "temporary-folder.h"
#include "test-migrations.h"

#include "madang-error.h"
#include "madang-migrator.h"
#include "madang-statement.h"

#include <glib/gstdio.h>

typedef struct
{
  char *directory;
  char *path;
  MadangDatabase *database;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_migrations_get_resource ();
  fixture->directory = temporary_folder_new ();
  fixture->path = g_build_filename (fixture->directory, "test.sqlite", NULL);
  fixture->database
      = madang_database_open (fixture->path, MADANG_DATABASE_SERVER, MADANG_DATABASE_WRITE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->database);
  temporary_folder_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static gint64
read_number (MadangDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStatement) statement = madang_database_prepare (database, sql, &error);

  g_assert_no_error (error);
  g_assert_true (madang_statement_step (statement, &error));
  g_assert_no_error (error);
  return madang_statement_get_number (statement, 0);
}

static gboolean
has_table (MadangDatabase *database, const char *name)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      database, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", NULL);

  madang_statement_bind_text (statement, 1, name);
  return madang_statement_step (statement, NULL);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) client
      = madang_database_open (":memory:", MADANG_DATABASE_CLIENT, MADANG_DATABASE_WRITE, NULL);

  g_assert_cmpint (read_number (fixture->database, "PRAGMA user_version"), ==, 1);
  g_assert_true (has_table (fixture->database, "feed"));
  g_assert_cmpint (read_number (client, "PRAGMA user_version"), ==, 3);
  g_assert_true (has_table (client, "record"));
  g_assert_false (has_table (client, "feed"));
}

/* Both sides must understand each other's records. */
static void
test_shared_tables (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) client
      = madang_database_open (":memory:", MADANG_DATABASE_CLIENT, MADANG_DATABASE_WRITE, NULL);
  const char *sql = "SELECT sql FROM sqlite_schema WHERE name = ?1";
  const char *const names[] = { "record", "record_by_kind", "index_shape" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (MadangStatement) ours = madang_database_prepare (fixture->database, sql, NULL);
      g_autoptr (MadangStatement) theirs = madang_database_prepare (client, sql, NULL);
      madang_statement_bind_text (ours, 1, names[i]);
      madang_statement_bind_text (theirs, 1, names[i]);
      g_assert_true (madang_statement_step (ours, NULL));
      g_assert_true (madang_statement_step (theirs, NULL));
      g_assert_cmpstr (madang_statement_get_text (ours, 0), ==,
                       madang_statement_get_text (theirs, 0));
    }
}

static void
test_upgrade (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy_path = g_strconcat (fixture->path, ".version-1", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (madang_migrator_inspect (fixture->database, "/test/good/", NULL), ==,
                   MADANG_MIGRATOR_OLDER);
  madang_migrator_run (fixture->database, "/test/good/", &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_number (fixture->database, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (read_number (fixture->database, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (read_number (fixture->database, "SELECT count (*) FROM colour"), ==, 2);
  g_assert_cmpint (read_number (fixture->database, "SELECT count (*) FROM shade"), ==, 1);
  g_assert_cmpint (madang_migrator_inspect (fixture->database, "/test/good/", NULL), ==,
                   MADANG_MIGRATOR_CURRENT);

  /* What was there before is kept beside it. */
  g_autoptr (MadangDatabase) copy
      = madang_database_open (copy_path, MADANG_DATABASE_SERVER, MADANG_DATABASE_READ, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_number (copy, "PRAGMA user_version"), ==, 1);
  g_assert_false (has_table (copy, "colour"));
}

static void
test_new_has_no_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy_path = g_strconcat (fixture->path, ".version-0", NULL);

  g_assert_false (g_file_test (copy_path, G_FILE_TEST_EXISTS));
}

/* The script that fails leaves nothing; the ones before it stay. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_migrator_run (fixture->database, "/test/broken/", &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  g_assert_cmpint (read_number (fixture->database, "PRAGMA user_version"), ==, 2);
  g_assert_true (has_table (fixture->database, "colour"));
  g_assert_false (has_table (fixture->database, "half"));
  g_assert_false (madang_database_in_transaction (fixture->database));
  g_assert_cmpint (read_number (fixture->database, "PRAGMA foreign_keys"), ==, 1);
}

static void
test_dangling (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_migrator_run (fixture->database, "/test/dangling/", &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  g_assert_cmpint (read_number (fixture->database, "PRAGMA user_version"), ==, 1);
  g_assert_false (has_table (fixture->database, "whole"));
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (madang_migrator_run (fixture->database, "/test/good/", NULL));
  g_assert_cmpint (madang_migrator_inspect (fixture->database, "/test/dangling/", &error), ==,
                   MADANG_MIGRATOR_FAILED);
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NEWER_SCHEMA);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/migrator/new", test_new);
  ADD ("/migrator/new/no-copy", test_new_has_no_copy);
  ADD ("/migrator/shared-tables", test_shared_tables);
  ADD ("/migrator/upgrade", test_upgrade);
  ADD ("/migrator/broken", test_broken);
  ADD ("/migrator/dangling", test_dangling);
  ADD ("/migrator/newer", test_newer);
  return g_test_run ();
}
