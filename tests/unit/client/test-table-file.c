/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "madang-error.h"
#include "madang-table-file.h"
#include "main-loop.h"
#include "temporary-folder.h"

#define TABLE "기관,비고\n금천구,견본 가나다\n"

typedef struct
{
  char *folder;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->folder = temporary_folder_new ();
  path = g_build_filename (fixture->folder, "table.csv", NULL);
  fixture->file = g_file_new_for_path (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->file);
  temporary_folder_remove (fixture->folder);
  g_free (fixture->folder);
}

static MadangCsv *
load (Fixture *fixture, const char *bytes, gssize length, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (g_file_replace_contents (fixture->file, bytes,
                                          length >= 0 ? (gsize)length : strlen (bytes), NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, NULL));
  madang_table_file_load_async (fixture->file, NULL, take_result_cb, &result);
  run_until (result != NULL);
  return madang_table_file_load_finish (result, error);
}

static void
assert_table (Fixture *fixture, const char *bytes, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangCsv) table = load (fixture, bytes, length, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (madang_csv_get_n_rows (table), ==, 1);
  g_assert_cmpstr (madang_csv_get (table, 0, "기관"), ==, "금천구");
  g_assert_cmpstr (madang_csv_get (table, 0, "비고"), ==, "견본 가나다");
}

static void
assert_refused (Fixture *fixture, const char *bytes, gssize length, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (fixture, bytes, length, &error));
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (MADANG_ERROR));
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" instead of \"%s\"", error->message, words);
}

static void
test_encodings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *korean = g_convert (TABLE, -1, "CP949", "UTF-8", NULL, &length, &error);

  g_assert_no_error (error);
  assert_table (fixture, TABLE, -1);
  assert_table (fixture, "\xEF\xBB\xBF" TABLE, -1);
  assert_table (fixture, korean, (gssize)length);
}

/* What is broken UTF-8 is not read as something else, and the line is named. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, TABLE "강남구,\xEA\xB0\n", -1, "Line 3 ");
  assert_refused (fixture,
                  "\xEF\xBB\xBF"
                  "a,b\n1,\xB1\xE2\n",
                  -1, "Line 2 ");
  assert_refused (fixture, "a,b\n1,2\n3,\xFF\xFF\n", -1, "Line 3 ");
  assert_refused (fixture, "", -1, "empty or no text");
  assert_refused (fixture, "a\0b", 3, "empty or no text");
  assert_refused (fixture,
                  "\xFF\xFE"
                  "a\0,\0b\0",
                  8, "empty or no text");
}

static void
test_quotes (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, "a,b\n1,2\n3,\"4\n5,6\n", -1, "Line 3 ");
  assert_refused (fixture, "a,b\n1,2\"\n", -1, "Line 2 ");
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) rows = g_string_new ("a\n");
  g_autofree char *bytes = g_malloc (MADANG_TABLE_FILE_MOST + 1);

  for (guint i = 0; i <= MADANG_CSV_MAX_ROWS; i++)
    g_string_append (rows, "1\n");
  assert_refused (fixture, rows->str, -1, "too large: at most 20000 rows");
  memset (bytes, 'a', MADANG_TABLE_FILE_MOST + 1);
  assert_refused (fixture, bytes, MADANG_TABLE_FILE_MOST + 1, "too large");
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  madang_table_file_load_async (fixture->file, NULL, take_result_cb, &result);
  run_until (result != NULL);
  g_assert_null (madang_table_file_load_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name)                                                                                  \
  g_test_add ("/client/table-file/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (encodings);
  ADD (broken);
  ADD (quotes);
  ADD (too_large);
  ADD (gone);
#undef ADD

  return g_test_run ();
}
