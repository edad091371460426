/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-csv.h"

#include "madang-error.h"

#include <string.h>

static MadangCsv *
read_good (const char *text)
{
  g_autoptr (GError) error = NULL;
  MadangCsv *csv = madang_csv_new_from_data (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (csv);
  return csv;
}

static void
assert_bad (const char *data, gsize length, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangCsv) csv = madang_csv_new_from_data (data, length, &error);

  g_assert_null (csv);
  g_assert_error (error, MADANG_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
assert_invalid (const char *text, const char *message)
{
  assert_bad (text, strlen (text), MADANG_ERROR_INVALID, message);
}

static void
test_plain (void)
{
  g_autoptr (MadangCsv) csv = read_good ("name,note\n종로구,하나\n중구,\n");

  g_assert_cmpuint (madang_csv_get_n_rows (csv), ==, 2);
  g_assert_cmpstr (madang_csv_get_columns (csv)[0], ==, "name");
  g_assert_cmpstr (madang_csv_get_columns (csv)[1], ==, "note");
  g_assert_null (madang_csv_get_columns (csv)[2]);
  g_assert_true (madang_csv_has_column (csv, "note"));
  g_assert_false (madang_csv_has_column (csv, "other"));
  g_assert_cmpstr (madang_csv_get (csv, 0, "name"), ==, "종로구");
  g_assert_cmpstr (madang_csv_get (csv, 0, "note"), ==, "하나");
  g_assert_cmpstr (madang_csv_get (csv, 1, "note"), ==, "");
  g_assert_null (madang_csv_get (csv, 1, "other"));
  g_assert_cmpuint (madang_csv_get_line (csv, 1), ==, 3);
}

static void
test_quotes (void)
{
  g_autoptr (MadangCsv) csv
      = read_good ("\xEF\xBB\xBFname,note\r\n\"a,b\",\"say \"\"yes\"\"\"\r\n\r\n"
                   "\"two\r\nlines\",\"\"\r\n\"last\",x");

  g_assert_cmpuint (madang_csv_get_n_rows (csv), ==, 3);
  g_assert_cmpstr (madang_csv_get (csv, 0, "name"), ==, "a,b");
  g_assert_cmpstr (madang_csv_get (csv, 0, "note"), ==, "say \"yes\"");
  g_assert_cmpstr (madang_csv_get (csv, 1, "name"), ==, "two\r\nlines");
  g_assert_cmpstr (madang_csv_get (csv, 1, "note"), ==, "");
  g_assert_cmpstr (madang_csv_get (csv, 2, "note"), ==, "x");
  g_assert_cmpuint (madang_csv_get_line (csv, 1), ==, 4);
  g_assert_cmpuint (madang_csv_get_line (csv, 2), ==, 6);
}

static void
test_names_only (void)
{
  g_autoptr (MadangCsv) csv = read_good (" name , note \n");

  g_assert_cmpuint (madang_csv_get_n_rows (csv), ==, 0);
  g_assert_true (madang_csv_has_column (csv, "name"));
}

static void
test_invalid (void)
{
  assert_invalid ("", "line 1: no row of column names");
  assert_invalid ("\n\n", "line 3: no row of column names");
  assert_invalid ("a,a\n", "line 1: two columns are named \"a\"");
  assert_invalid ("a,\n", "line 1: column 2 has no name");
  assert_invalid ("a,b\n1,2\n1,2,3\n", "line 3: 3 fields instead of 2");
  assert_invalid ("a,b\n1\n", "line 2: 1 fields instead of 2");
  assert_invalid ("a,b\n1,\"2\n3\n", "line 2: quotes are not closed");
  assert_invalid ("a,b\n1,\"2\"3\n", "line 2: text after closing quotes");
  assert_invalid ("a,b\n1,2\"3\n", "line 2: quotes in a field outside quotes");
  assert_invalid ("a,b\n1,2\r3\n", "line 2: carriage return outside quotes");
  assert_invalid ("a,b\n1,\xff\n", "line 2: not UTF-8");
  assert_bad ("a\n\0", 3, MADANG_ERROR_INVALID, "line 2: not UTF-8");
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new ("a\n");
  g_autoptr (MadangCsv) csv = NULL;
  g_autofree char *field = g_strnfill (MADANG_CSV_MAX_FIELD, 'x');
  g_autofree char *good = g_strdup_printf ("a\n%s\n", field);
  g_autofree char *bad = g_strdup_printf ("a\n%sx\n", field);
  g_autoptr (MadangCsv) wide = read_good (good);

  g_assert_cmpuint (strlen (madang_csv_get (wide, 0, "a")), ==, MADANG_CSV_MAX_FIELD);
  assert_bad (bad, strlen (bad), MADANG_ERROR_TOO_LARGE,
              "line 2: field is longer than 65536 bytes");
  for (guint i = 0; i < MADANG_CSV_MAX_ROWS; i++)
    g_string_append (text, "1\n");
  csv = read_good (text->str);
  g_assert_cmpuint (madang_csv_get_n_rows (csv), ==, MADANG_CSV_MAX_ROWS);
  g_string_append (text, "1\n");
  assert_bad (text->str, text->len, MADANG_ERROR_TOO_LARGE, "line 20002: more than 20000 rows");
}

/* What people bring may be uneven: such rows are there to be spoken of. */
static void
test_uneven_rows (void)
{
  static const char text[] = "a,b\n1,2\n3\n4,5,6\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangCsv) table
      = madang_csv_new_from_data_full (text, strlen (text), MADANG_CSV_UNEVEN, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (madang_csv_get_n_rows (table), ==, 3);
  g_assert_cmpuint (madang_csv_get_n_fields (table, 0), ==, 2);
  g_assert_cmpuint (madang_csv_get_n_fields (table, 1), ==, 1);
  g_assert_cmpuint (madang_csv_get_n_fields (table, 2), ==, 3);
  g_assert_cmpstr (madang_csv_get (table, 1, "a"), ==, "3");
  g_assert_null (madang_csv_get (table, 1, "b"));
  g_assert_cmpstr (madang_csv_get (table, 2, "b"), ==, "5");
  g_assert_null (madang_csv_new_from_data (text, strlen (text), &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/csv/plain", test_plain);
  g_test_add_func ("/base/csv/quotes", test_quotes);
  g_test_add_func ("/base/csv/names-only", test_names_only);
  g_test_add_func ("/base/csv/invalid", test_invalid);
  g_test_add_func ("/base/csv/limits", test_limits);
  g_test_add_func ("/csv/uneven-rows", test_uneven_rows);

  return g_test_run ();
}
