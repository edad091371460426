/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-kind.h"
#include "temporary-folder.h"

#include "madang-database.h"
#include "madang-error.h"
#include "madang-id.h"
#include "madang-statement.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>

#define PATH_VARIABLE "MADANG_TEST_DATABASE"
#define ACKNOWLEDGED 20

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = temporary_folder_new ();
  fixture->path = g_build_filename (fixture->directory, "test.sqlite", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  temporary_folder_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static MadangDatabase *
open_database (const char *path, MadangDatabaseFlags flags)
{
  g_autoptr (GError) error = NULL;
  MadangDatabase *database = madang_database_open (path, MADANG_DATABASE_SERVER, flags, &error);

  g_assert_no_error (error);
  g_assert_nonnull (database);
  return database;
}

static void
run (MadangDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  madang_database_run (database, sql, &error);
  g_assert_no_error (error);
}

static void
assert_run_fails (MadangDatabase *database, const char *sql, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_database_run (database, sql, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, message));
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

static char *
dup_text (MadangDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStatement) statement = madang_database_prepare (database, sql, &error);

  g_assert_no_error (error);
  g_assert_true (madang_statement_step (statement, &error));
  g_assert_no_error (error);
  return g_strdup (madang_statement_get_text (statement, 0));
}

static void
set_setting (MadangDatabase *database, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (database, "INSERT INTO setting (name, value) VALUES (?1, ?2)",
                                 &error);

  madang_statement_bind_text (statement, 1, name);
  madang_statement_bind_text (statement, 2, value);
  madang_statement_run (statement, &error);
  g_assert_no_error (error);
}

static int
get_mode (const char *path)
{
  GStatBuf buffer;

  g_assert_cmpint (g_stat (path, &buffer), ==, 0);
  return buffer.st_mode & 0777;
}

/* --- hardening ---------------------------------------------------------------------------- */

static void
test_hardening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) database = open_database (fixture->path, MADANG_DATABASE_WRITE);

  assert_run_fails (database, "SELECT \"a double-quoted string\"", "no such column");
  assert_run_fails (database, "CREATE INDEX i ON setting (\"nothing\")", "no such column");
  assert_run_fails (database, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'gone'",
                    "may not be modified");
  assert_run_fails (database, "SELECT load_extension ('x')", "not authorized");
  assert_run_fails (database, "ATTACH ':memory:' AS other", "too many attached databases");
  g_assert_cmpint (read_number (database, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (read_number (database, "PRAGMA cell_size_check"), ==, 1);
  g_assert_cmpint (read_number (database, "PRAGMA mmap_size"), ==, 0);
  g_assert_cmpint (read_number (database, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (read_number (database, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (read_number (database, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (read_number (database, "PRAGMA busy_timeout"), ==, 5000);
  g_autofree char *mode = dup_text (database, "PRAGMA journal_mode");
  g_assert_cmpstr (mode, ==, "wal");
}

static void
test_length_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) database = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_autofree char *fits = g_strnfill (9 * 1000 * 1000, 'a');
  g_autofree char *too_long = g_strnfill (10 * 1000 * 1000 + 1, 'a');
  g_autoptr (GError) error = NULL;

  set_setting (database, "fits", fits);
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (database, "INSERT INTO setting (name, value) VALUES ('long', ?1)",
                                 NULL);
  madang_statement_bind_text (statement, 1, too_long);
  g_assert_false (madang_statement_run (statement, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE);
  g_assert_cmpint (read_number (database, "SELECT count (*) FROM setting"), ==, 1);
}

static void
test_reader (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) writer = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_autoptr (MadangDatabase) reader = open_database (fixture->path, MADANG_DATABASE_READ);

  g_assert_true (madang_database_is_reading (reader));
  g_assert_false (madang_database_is_reading (writer));
  g_assert_cmpint (read_number (reader, "PRAGMA query_only"), ==, 1);
  g_assert_cmpint (read_number (reader, "PRAGMA wal_autocheckpoint"), ==, 0);
  assert_run_fails (reader, "DELETE FROM setting", "readonly");
  set_setting (writer, "name", "value");
  g_assert_cmpint (read_number (reader, "SELECT count (*) FROM setting"), ==, 1);
}

/* The last one to close must not write either: the log of the writer stays for the writer. */
static void
test_reader_alone (Fixture *fixture, gconstpointer data)
{
  MadangDatabase *writer = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_autoptr (MadangDatabase) reader = open_database (fixture->path, MADANG_DATABASE_READ);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  GStatBuf before;
  GStatBuf after;

  set_setting (writer, "name", "value");
  g_object_unref (writer);
  g_assert_cmpint (g_stat (log, &before), ==, 0);
  madang_database_close (reader);
  g_assert_cmpint (g_stat (log, &after), ==, 0);
  g_assert_cmpint (before.st_size, ==, after.st_size);
  g_assert_cmpint (before.st_size, >, 0);

  g_autoptr (MadangDatabase) again = open_database (fixture->path, MADANG_DATABASE_READ);
  g_assert_cmpint (read_number (again, "SELECT count (*) FROM setting"), ==, 1);
}

static void
test_reader_without_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      madang_database_open (fixture->path, MADANG_DATABASE_SERVER, MADANG_DATABASE_READ, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_mode (Fixture *fixture, gconstpointer data)
{
  mode_t mask = umask (0);
  MadangDatabase *database = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *index = g_strconcat (fixture->path, "-shm", NULL);

  umask (mask);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  g_assert_cmpint (get_mode (log), ==, 0600);
  g_assert_cmpint (get_mode (index), ==, 0600);
  g_object_unref (database);

  g_assert_cmpint (g_chmod (fixture->path, 0664), ==, 0);
  database = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  g_object_unref (database);
}

/* --- files that are not what they should be ----------------------------------------------- */

static void
assert_open_fails (const char *path, MadangDatabaseFlags flags, MadangErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangDatabase) database
      = madang_database_open (path, MADANG_DATABASE_SERVER, flags, &error);

  g_assert_null (database);
  g_assert_error (error, MADANG_ERROR, (int)code);
}

/* Stopped with its log not yet moved into the file, as after a crash. */
static void
test_newer_is_untouched (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) newer = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *file_before = NULL;
  g_autofree char *file_after = NULL;
  g_autofree char *log_before = NULL;
  g_autofree char *log_after = NULL;
  gsize file_size = 0;
  gsize log_size = 0;
  gsize size = 0;

  set_setting (newer, "from", "a newer build");
  run (newer, "PRAGMA user_version = 99");
  g_autofree char *copy = g_build_filename (fixture->directory, "copy.sqlite", NULL);
  g_autofree char *copy_log = g_strconcat (copy, "-wal", NULL);
  g_assert_true (g_file_get_contents (fixture->path, &file_before, &file_size, NULL));
  g_assert_true (g_file_get_contents (log, &log_before, &log_size, NULL));
  g_assert_true (g_file_set_contents (copy, file_before, file_size, NULL));
  g_assert_true (g_file_set_contents (copy_log, log_before, log_size, NULL));
  g_assert_cmpint (g_chmod (copy, 0640), ==, 0);

  assert_open_fails (copy, MADANG_DATABASE_WRITE, MADANG_ERROR_NEWER_SCHEMA);
  assert_open_fails (copy, MADANG_DATABASE_READ, MADANG_ERROR_NEWER_SCHEMA);
  g_assert_cmpint (get_mode (copy), ==, 0640);
  g_assert_true (g_file_get_contents (copy, &file_after, &size, NULL));
  g_assert_cmpmem (file_before, file_size, file_after, size);
  g_assert_true (g_file_get_contents (copy_log, &log_after, &size, NULL));
  g_assert_cmpmem (log_before, log_size, log_after, size);
}

static void
test_not_a_database (Fixture *fixture, gconstpointer data)
{
  const char *text
      = "이것은 데이터베이스가 아니다. This is a text that is long enough for a header, "
        "and not a database: its first sixteen bytes say so.";
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_open_fails (fixture->path, MADANG_DATABASE_WRITE, MADANG_ERROR_DAMAGED);
  assert_open_fails (fixture->path, MADANG_DATABASE_READ, MADANG_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
test_foreign_database (Fixture *fixture, gconstpointer data)
{
  MadangDatabase *database = open_database (fixture->path, MADANG_DATABASE_WRITE);

  run (database, "PRAGMA user_version = 0");
  g_object_unref (database);
  assert_open_fails (fixture->path, MADANG_DATABASE_WRITE, MADANG_ERROR_DAMAGED);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  MadangDatabase *database = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_autofree char *filler = g_strnfill (2000, 'x');
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  for (int i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("name-%d", i);
      set_setting (database, name, filler);
    }
  madang_database_check (database, &error);
  g_assert_no_error (error);
  g_object_unref (database);

  g_assert_true (g_file_get_contents (fixture->path, &content, &size, NULL));
  g_assert_cmpint (size, >, 300 * 1024);
  memset (content + size - 100 * 4096, 0x5a, 50 * 4096);
  g_assert_true (g_file_set_contents (fixture->path, content, size, NULL));

  database = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_assert_false (madang_database_check (database, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_DAMAGED);
  g_object_unref (database);
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  MadangDatabase *database = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_autofree char *filler = g_strnfill (100 * 1000, 'x');
  g_autoptr (GError) error = NULL;

  set_setting (database, "before", "kept");
  gint64 pages = read_number (database, "PRAGMA page_count");
  g_autofree char *limit
      = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, pages + 10);
  g_assert_cmpint (read_number (database, limit), ==, pages + 10);

  g_assert_true (madang_database_begin (database, NULL));
  set_setting (database, "with it", "lost");
  MadangStatement *statement
      = madang_database_prepare (database, "INSERT INTO setting (name, value) VALUES ('large', ?1)",
                                 NULL);
  madang_statement_bind_text (statement, 1, filler);
  g_assert_false (madang_statement_run (statement, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NO_SPACE);
  madang_statement_end (statement);
  madang_database_rollback (database);
  g_assert_false (madang_database_in_transaction (database));

  g_autofree char *kept = dup_text (database, "SELECT value FROM setting WHERE name = 'before'");
  g_assert_cmpstr (kept, ==, "kept");
  g_assert_cmpint (read_number (database, "SELECT count (*) FROM setting"), ==, 1);
  g_assert_true (madang_database_check (database, NULL));
  set_setting (database, "small", "fits");
  g_object_unref (database);

  database = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_assert_cmpint (read_number (database, "SELECT count (*) FROM setting"), ==, 2);
  set_setting (database, "large", filler);
  g_object_unref (database);
}

/* --- transactions ------------------------------------------------------------------------- */

static void
test_transactions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) database = open_database (fixture->path, MADANG_DATABASE_WRITE);

  g_assert_true (madang_database_begin (database, NULL));
  set_setting (database, "a", "1");
  madang_database_rollback (database);
  g_assert_cmpint (read_number (database, "SELECT count (*) FROM setting"), ==, 0);

  g_assert_true (madang_database_begin (database, NULL));
  set_setting (database, "b", "1");
  g_assert_true (madang_database_mark (database, NULL));
  set_setting (database, "c", "1");
  madang_database_undo (database);
  g_assert_true (madang_database_mark (database, NULL));
  set_setting (database, "d", "1");
  g_assert_true (madang_database_keep (database, NULL));
  g_assert_true (madang_database_commit (database, NULL));
  g_autofree char *names = dup_text (database, "SELECT group_concat (name, ' ') FROM setting");
  g_assert_cmpstr (names, ==, "b d");

  g_autoptr (GError) error = NULL;
  g_assert_false (madang_database_commit (database, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
}

static void
test_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) writer = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_autoptr (MadangDatabase) reader = open_database (fixture->path, MADANG_DATABASE_READ);

  g_assert_true (madang_database_begin (reader, NULL));
  set_setting (writer, "late", "1");
  g_assert_cmpint (read_number (reader, "SELECT count (*) FROM setting"), ==, 0);
  g_assert_true (madang_database_commit (reader, NULL));
  g_assert_cmpint (read_number (reader, "SELECT count (*) FROM setting"), ==, 1);
}

/* Run in a process of its own: dies in the middle of the transaction after the last one that it
 * was told to be durable. */
static void
write_and_die (void)
{
  g_autoptr (MadangDatabase) database
      = open_database (g_getenv (PATH_VARIABLE), MADANG_DATABASE_WRITE);

  for (int i = 0; i <= ACKNOWLEDGED; i++)
    {
      g_autofree char *name = g_strdup_printf ("name-%d", i);
      g_assert_true (madang_database_begin (database, NULL));
      set_setting (database, name, "first of two");
      if (i == ACKNOWLEDGED)
        raise (SIGKILL);
      g_autofree char *second = g_strdup_printf ("second-%d", i);
      set_setting (database, second, "second of two");
      g_assert_true (madang_database_commit (database, NULL));
    }
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      write_and_die ();
      return;
    }

  g_setenv (PATH_VARIABLE, fixture->path, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_unsetenv (PATH_VARIABLE);
  g_assert_false (g_test_trap_has_passed ());

  g_autoptr (MadangDatabase) database = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_assert_cmpint (read_number (database, "SELECT count (*) FROM setting"), ==, 2 * ACKNOWLEDGED);
  g_assert_true (madang_database_check (database, NULL));
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) database = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_autofree char *path = g_build_filename (fixture->directory, "copy", NULL);
  g_autofree char *partial = g_build_filename (fixture->directory, "copy.partial", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->directory, "none", "copy", NULL);
  g_autoptr (GError) error = NULL;

  set_setting (database, "name", "값");
  g_assert_true (g_file_set_contents (path, "an older copy", -1, NULL));
  madang_database_backup (database, path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_mode (path), ==, 0600);
  g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
  set_setting (database, "later", "not in it");

  g_autoptr (MadangDatabase) copy = open_database (path, MADANG_DATABASE_WRITE);
  g_autofree char *value = dup_text (copy, "SELECT value FROM setting WHERE name = 'name'");
  g_assert_cmpstr (value, ==, "값");
  g_assert_cmpint (read_number (copy, "SELECT count (*) FROM setting"), ==, 1);

  g_assert_false (madang_database_backup (database, nowhere, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
}

/* SQLite opens no path of more than 512 bytes, though a file can be there. */
static void
test_backup_that_cannot_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) database = open_database (fixture->path, MADANG_DATABASE_WRITE);
  g_autofree char *name = g_strnfill (200, 'x');
  g_autofree char *outer = g_build_filename (fixture->directory, name, NULL);
  g_autofree char *middle = g_build_filename (outer, name, NULL);
  g_autofree char *inner = g_build_filename (middle, name, NULL);
  g_autofree char *path = g_build_filename (inner, "copy", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
  g_assert_false (madang_database_backup (database, path, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  /* A directory that still holds something cannot be removed. */
  g_assert_cmpint (g_rmdir (inner), ==, 0);
  g_assert_cmpint (g_rmdir (middle), ==, 0);
  g_assert_cmpint (g_rmdir (outer), ==, 0);
}

/* --- statements --------------------------------------------------------------------------- */

static void
test_statement_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) database = open_database (":memory:", MADANG_DATABASE_WRITE);
  g_autofree char *id = madang_id_new ();
  g_autoptr (GBytes) bytes = g_bytes_new ("a\0b", 3);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (database, "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7", NULL);

  madang_statement_bind_text (statement, 1, "마당");
  madang_statement_bind_text (statement, 2, NULL);
  madang_statement_bind_number (statement, 3, G_MININT64);
  madang_statement_bind_bytes (statement, 4, bytes);
  madang_statement_bind_bytes (statement, 5, empty);
  madang_statement_bind_id (statement, 6, id);
  madang_statement_bind_bytes (statement, 7, NULL);
  g_assert_true (madang_statement_step (statement, NULL));

  g_autoptr (GBytes) bytes_back = madang_statement_dup_bytes (statement, 3);
  g_autoptr (GBytes) empty_back = madang_statement_dup_bytes (statement, 4);
  g_autofree char *id_back = madang_statement_dup_id (statement, 5);
  g_assert_cmpstr (madang_statement_get_text (statement, 0), ==, "마당");
  g_assert_true (madang_statement_is_null (statement, 1));
  g_assert_null (madang_statement_get_text (statement, 1));
  g_assert_cmpint (madang_statement_get_number (statement, 2), ==, G_MININT64);
  g_assert_true (g_bytes_equal (bytes, bytes_back));
  g_assert_nonnull (empty_back);
  g_assert_cmpint (g_bytes_get_size (empty_back), ==, 0);
  g_assert_cmpstr (id_back, ==, id);
  g_assert_null (madang_statement_dup_bytes (statement, 6));
  g_assert_null (madang_statement_dup_id (statement, 3));
  g_assert_false (madang_statement_step (statement, NULL));
}

static void
test_statement_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) database = open_database (":memory:", MADANG_DATABASE_WRITE);
  g_autoptr (GError) error = NULL;
  MadangStatement *statement
      = madang_database_prepare (database, "SELECT rowid FROM record WHERE id = ?1", NULL);

  madang_statement_bind_id (statement, 1, "not an id");
  g_assert_false (madang_statement_step (statement, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
  g_clear_error (&error);
  madang_statement_end (statement);

  /* The same statement again starts without that fault and without the old value. */
  statement = madang_database_prepare (database, "SELECT rowid FROM record WHERE id = ?1", NULL);
  g_assert_false (madang_statement_step (statement, &error));
  g_assert_no_error (error);
  madang_statement_end (statement);

  g_assert_null (madang_database_prepare (database, "SELECT nonsense FROM record", &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  g_clear_error (&error);

  set_setting (database, "name", "secret words");
  statement
      = madang_database_prepare (database, "INSERT INTO setting (name, value) VALUES ('name', ?1)",
                                 NULL);
  madang_statement_bind_text (statement, 1, "other words");
  g_assert_false (madang_statement_run (statement, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_CONFLICT);
  g_assert_null (strstr (error->message, "words"));
  madang_statement_end (statement);
}

static void
test_statement_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) database = open_database (":memory:", MADANG_DATABASE_WRITE);
  const char *sql = "SELECT value FROM setting WHERE name >= ?1 ORDER BY name";

  set_setting (database, "a", "1");
  set_setting (database, "b", "2");
  g_autoptr (MadangStatement) outer = madang_database_prepare (database, sql, NULL);
  madang_statement_bind_text (outer, 1, "a");
  g_assert_true (madang_statement_step (outer, NULL));
  MadangStatement *inner = madang_database_prepare (database, sql, NULL);
  g_assert_true (inner != outer);
  madang_statement_bind_text (inner, 1, "b");
  g_assert_true (madang_statement_step (inner, NULL));
  g_assert_cmpstr (madang_statement_get_text (inner, 0), ==, "2");
  madang_statement_end (inner);
  g_assert_cmpstr (madang_statement_get_text (outer, 0), ==, "1");
  g_assert_true (madang_statement_step (outer, NULL));
  g_assert_cmpstr (madang_statement_get_text (outer, 0), ==, "2");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/database/hardening", test_hardening);
  ADD ("/database/length-limit", test_length_limit);
  ADD ("/database/reader", test_reader);
  ADD ("/database/reader/alone", test_reader_alone);
  ADD ("/database/reader/without-file", test_reader_without_file);
  ADD ("/database/mode", test_mode);
  ADD ("/database/newer", test_newer_is_untouched);
  ADD ("/database/not-a-database", test_not_a_database);
  ADD ("/database/foreign", test_foreign_database);
  ADD ("/database/damaged", test_damaged);
  ADD ("/database/disk-full", test_disk_full);
  ADD ("/database/transactions", test_transactions);
  ADD ("/database/snapshot", test_snapshot);
  ADD ("/database/killed", test_killed);
  ADD ("/database/backup", test_backup);
  ADD ("/database/backup/cannot-open", test_backup_that_cannot_open);
  ADD ("/statement/values", test_statement_values);
  ADD ("/statement/errors", test_statement_errors);
  ADD ("/statement/twice", test_statement_twice);
  return g_test_run ();
}
