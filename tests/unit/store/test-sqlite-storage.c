/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-kind.h"
#include "temporary-folder.h"
#include "storage-conformance.h"

#include "madang-error.h"
#include "madang-statement.h"

static gpointer
make_place (void)
{
  return temporary_folder_new ();
}

static void
remove_place (gpointer place)
{
  temporary_folder_remove (place);
  g_free (place);
}

static MadangStorage *
open_storage (gpointer place, MadangDatabaseFlags flags)
{
  g_autofree char *path = g_build_filename (place, "server.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  MadangStorage *storage = madang_sqlite_storage_open (path, flags, &error);

  g_assert_no_error (error);
  g_assert_nonnull (storage);
  return storage;
}

static const StorageMaker maker = { make_place, remove_place, open_storage };

static void
assert_refused (MadangDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_database_run (database, sql, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "only grows"));
}

static void
test_audit_only_grows (void)
{
  gpointer place = make_place ();
  MadangStorage *storage = open_storage (place, MADANG_DATABASE_WRITE);
  MadangDatabase *database
      = madang_record_store_get_database (madang_storage_get_records (storage));
  MadangAudit line = { .at = 1, .action = (char *)"push" };

  g_assert_true (madang_storage_add_audit (storage, &line, NULL));
  assert_refused (database, "UPDATE audit SET action = 'nothing'");
  assert_refused (database, "DELETE FROM audit");
  assert_refused (database, "REPLACE INTO audit (number, at, action) VALUES (1, 2, 'nothing')");
  g_autoptr (GPtrArray) lines = madang_storage_list_audit (storage, 0, 10, NULL);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpstr (((MadangAudit *)g_ptr_array_index (lines, 0))->action, ==, "push");
  g_object_unref (storage);
  remove_place (place);
}

static void
test_errors_are_passed_on (void)
{
  gpointer place = make_place ();
  g_autofree char *path = g_build_filename (place, "missing", "server.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (madang_sqlite_storage_open (path, MADANG_DATABASE_WRITE, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  remove_place (place);
}

/* The query plans that the feed lives on: none may read whole tables. */
static void
test_plans (void)
{
  static const char *const queries[] = {
    "SELECT f.seq FROM scope s JOIN feed f ON f.scope = s.number JOIN record r"
    " ON r.rowid = f.record WHERE s.name = 'x' AND f.seq > 1 ORDER BY f.seq LIMIT 10",
    "SELECT s.name FROM feed f JOIN scope s ON s.number = f.scope"
    " WHERE f.record = 1 AND f.part = 0 AND f.state = 'live'",
    "UPDATE done SET result = NULL WHERE device = 'x' AND number <= 1 AND result IS NOT NULL",
    "SELECT count (*) FROM failure WHERE login = 'x' AND source = 'y' AND at >= 1",
    "SELECT record FROM k_sample k WHERE k.\"f_agency\" IS 'x' ORDER BY k.record LIMIT -1",
  };
  gpointer place = make_place ();
  MadangStorage *storage = open_storage (place, MADANG_DATABASE_WRITE);
  MadangDatabase *database
      = madang_record_store_get_database (madang_storage_get_records (storage));

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", queries[i], NULL);
      g_autoptr (MadangStatement) plan = madang_database_prepare (database, sql, NULL);
      g_assert_nonnull (plan);
      while (madang_statement_step (plan, NULL))
        {
          const char *step = madang_statement_get_text (plan, 3);
          g_assert_true (g_str_has_prefix (step, "SEARCH"));
        }
    }
  g_object_unref (storage);
  remove_place (place);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sample_kind_register ();

  storage_conformance_add_tests ("/sqlite-storage", &maker);
  g_test_add_func ("/sqlite-storage/audit-only-grows", test_audit_only_grows);
  g_test_add_func ("/sqlite-storage/errors", test_errors_are_passed_on);
  g_test_add_func ("/sqlite-storage/plans", test_plans);
  return g_test_run ();
}
