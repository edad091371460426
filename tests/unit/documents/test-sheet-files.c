/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "madang-csv.h"
#include "madang-day.h"
#include "madang-error.h"
#include "madang-sheet-csv.h"
#include "madang-sheet-xlsx.h"
#include "madang-text.h"
#include "temporary-folder.h"

#define N_COLUMNS 5
#define SKIPPED 77
#define OLD_CONTENT "what was there before"
/* 2020-03-13T14:05:07.900+09:00 */
#define RECEIVED G_GINT64_CONSTANT (1584075907900)

typedef gboolean (*Write) (const MadangSheet *, GFile *, GCancellable *, GError **);

typedef struct
{
  char *folder; /* (owned) */
  GFile *xlsx;  /* (owned) */
  GFile *csv;   /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = temporary_folder_new ();
  fixture->xlsx = g_file_new_build_filename (fixture->folder, "표.xlsx", NULL);
  fixture->csv = g_file_new_build_filename (fixture->folder, "표.csv", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (g_file_peek_path (fixture->xlsx));
  g_unlink (g_file_peek_path (fixture->csv));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing was left behind */
  g_free (fixture->folder);
  g_object_unref (fixture->xlsx);
  g_object_unref (fixture->csv);
}

static void
assert_writes (const MadangSheet *sheet, GFile *file)
{
  gboolean workbook = g_str_has_suffix (g_file_peek_path (file), ".xlsx");
  Write write = workbook ? madang_sheet_write_xlsx : madang_sheet_write_csv;
  g_autoptr (GError) error = NULL;

  write (sheet, file, NULL, &error);
  g_assert_no_error (error);
}

/* What a stranger reads in the file; see read_sheet.py. */
static char *
read_back (GFile *file)
{
  g_autofree char *script
      = g_test_build_filename (G_TEST_DIST, "unit", "documents", "read_sheet.py", NULL);
  const char *const arguments[] = { "/usr/bin/python3", script, g_file_peek_path (file), NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_steal_pointer (&output);
}

static void
assert_line (const char *output, const char *format, ...)
{
  g_autofree char *line = NULL;
  g_autofree char *ended = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  ended = g_strconcat ("\n", line, "\n", NULL);
  if (!g_str_has_prefix (output, ended + 1) && strstr (output, ended) == NULL)
    g_error ("no line \"%s\" in:\n%s", line, output);
}

static char *
quote (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

static MadangSheet *
create_sheet (void)
{
  MadangSheet *sheet = madang_sheet_new ("2020 접수 대장");

  madang_sheet_add_column (sheet, "기관", MADANG_SHEET_TEXT);
  madang_sheet_add_column (sheet, "접수일", MADANG_SHEET_DAY);
  madang_sheet_add_column (sheet, "접수 시각", MADANG_SHEET_TIME);
  madang_sheet_add_column (sheet, "점수", MADANG_SHEET_NUMBER);
  madang_sheet_add_column (sheet, "신청액", MADANG_SHEET_WON);
  return sheet;
}

static void
fill_row (MadangSheet *sheet)
{
  madang_sheet_add_row (sheet);
  madang_sheet_put_text (sheet, 0, "금천구");
  madang_sheet_put_day (sheet, 1, "2020-03-13");
  madang_sheet_put_time (sheet, 2, RECEIVED);
  madang_sheet_put_number (sheet, 3, 87.67);
  madang_sheet_put_won (sheet, 4, 20000000);
}

/* --- what stands in the files -------------------------------------------------------------- */

/* 43903 is the serial number of 2020-03-13 in every spreadsheet program. */
static void
test_xlsx (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = create_sheet ();
  g_autofree char *title = quote ("2020 접수 대장");
  g_autofree char *heading = quote ("접수 시각");
  g_autofree char *district = quote ("금천구");
  g_autofree char *output = NULL;
  g_autofree char *time = NULL;

  fill_row (sheet);
  madang_sheet_add_row (sheet);
  madang_sheet_put_text (sheet, 4, "미정");
  assert_writes (sheet, fixture->xlsx);
  output = read_back (fixture->xlsx);
  assert_line (output, "sheet %s", title);
  assert_line (output, "table A1:E3 filter A1:E3");
  assert_line (output, "column %s", heading);
  assert_line (output, "pane frozen 1 None");
  assert_line (output, "repeated _xlnm.Print_Titles");
  assert_line (output, "cell 0 2 text %%40 %s", heading);
  assert_line (output, "cell 1 0 text %%40 %s", district);
  assert_line (output, "cell 1 1 number yyyy%%5C.%%20m%%5C.%%20d%%5C. 43903.0");
  assert_line (output, "cell 1 3 number General 87.67");
  assert_line (output, "cell 1 4 number %%23%%2C%%23%%230 20000000.0");
  assert_line (output, "cell 2 4 text %%40 %s", "%EB%AF%B8%EC%A0%95");
  time = g_strdup_printf ("cell 1 2 number yyyy%%5C.%%20m%%5C.%%20d%%5C.%%20hh%%3Amm 43903.%.4d",
                          (int)(50707 * 10000.0 / 86400)); /* 14:05:07 */
  g_assert_nonnull (strstr (output, time));
}

static void
test_csv (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = create_sheet ();
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  fill_row (sheet);
  madang_sheet_add_row (sheet);
  madang_sheet_put_text (sheet, 0, "=1+1, \"인용\"\n다음 줄");
  madang_sheet_put_number (sheet, 3, -3);
  madang_sheet_put_won (sheet, 4, -1000);
  madang_sheet_add_row (sheet);
  madang_sheet_put_number (sheet, 3, 1e300);
  assert_writes (sheet, fixture->csv);
  g_file_get_contents (g_file_peek_path (fixture->csv), &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==,
                   "\xEF\xBB\xBF기관,접수일,접수 시각,점수,신청액\r\n"
                   "금천구,2020-03-13,2020-03-13 14:05:07,87.67,20000000\r\n"
                   "\"'=1+1, \"\"인용\"\"\n다음 줄\",,,-3,-1000\r\n"
                   ",,,1e+300,\r\n");
}

/* One empty field makes a line, which is a row to every reader. */
static void
test_csv_empty_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = madang_sheet_new ("");
  g_autoptr (MadangCsv) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize length;

  madang_sheet_add_column (sheet, "비고", MADANG_SHEET_TEXT);
  madang_sheet_add_row (sheet);
  madang_sheet_add_row (sheet);
  madang_sheet_put_text (sheet, 0, "있음");
  assert_writes (sheet, fixture->csv);
  g_file_get_contents (g_file_peek_path (fixture->csv), &content, &length, &error);
  g_assert_no_error (error);
  read = madang_csv_new_from_data (content, length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (madang_csv_get_n_rows (read), ==, 2);
  g_assert_cmpstr (madang_csv_get (read, 0, "비고"), ==, "");
}

static void
test_no_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = create_sheet ();
  g_autofree char *workbook = NULL;
  g_autofree char *csv = NULL;

  assert_writes (sheet, fixture->xlsx);
  assert_writes (sheet, fixture->csv);
  workbook = read_back (fixture->xlsx);
  csv = read_back (fixture->csv);
  assert_line (workbook, "table A1:E2 filter A1:E2");
  g_assert_null (strstr (workbook, "cell 1 "));
  g_assert_null (strstr (csv, "cell 1 "));
}

/* A column of Hangul is wide enough for it, and no column is wider than a screen. */
static void
test_widths (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = create_sheet ();
  g_autofree char *endless = g_strnfill (5000, 'x');
  g_autofree char *output = NULL;

  madang_sheet_add_column (sheet, "길이", MADANG_SHEET_TEXT);
  fill_row (sheet);
  madang_sheet_put_text (sheet, 0, "서울특별시 금천구 마을자치과");
  madang_sheet_put_text (sheet, 5, endless);
  assert_writes (sheet, fixture->xlsx);
  output = read_back (fixture->xlsx);
  assert_line (output, "width 0 30");
  assert_line (output, "width 5 61");
}

/* Days that spreadsheets do not agree upon, and amounts with too many digits, are shown as text. */
static void
test_beyond_numbers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = create_sheet ();
  g_autofree char *output = NULL;

  madang_sheet_add_row (sheet);
  madang_sheet_put_day (sheet, 1, "1900-02-28");
  madang_sheet_put_time (sheet, 2, G_MININT64);
  madang_sheet_put_won (sheet, 4, G_MAXINT64);
  madang_sheet_add_row (sheet);
  madang_sheet_put_day (sheet, 1, "9999-12-31");
  madang_sheet_put_time (sheet, 2, G_MAXINT64);
  madang_sheet_put_won (sheet, 4, G_GINT64_CONSTANT (999999999999999));
  madang_sheet_add_row (sheet);
  madang_sheet_put_day (sheet, 1, "1900-03-01");
  assert_writes (sheet, fixture->xlsx);
  output = read_back (fixture->xlsx);
  assert_line (output, "cell 1 1 text %%40 1900-02-28");
  assert_line (output, "cell 1 2 text %%40 0001-01-01");
  assert_line (output, "cell 1 4 text %%40 9%%2C223%%2C372%%2C036%%2C854%%2C775%%2C807");
  assert_line (output, "cell 2 1 number yyyy%%5C.%%20m%%5C.%%20d%%5C. 2958465.0");
  assert_line (output, "cell 2 4 number %%23%%2C%%23%%230 999999999999999.0");
  assert_line (output, "cell 3 1 number yyyy%%5C.%%20m%%5C.%%20d%%5C. 61.0");
}

static const MadangChoice choices[] = { { "yes", "=예" }, { NULL } };
static const MadangField fields[] = {
  { .name = "name", .type = MADANG_FIELD_LINE, .label = "이름" },
  { .name = "on", .type = MADANG_FIELD_DAY, .label = "날짜" },
  { .name = "at", .type = MADANG_FIELD_TIME, .label = "시각" },
  { .name = "count", .type = MADANG_FIELD_INTEGER, .label = "수" },
  { .name = "share", .type = MADANG_FIELD_DECIMAL, .label = "점수" },
  { .name = "money", .type = MADANG_FIELD_WON, .label = "금액" },
  { .name = "month", .type = MADANG_FIELD_MONTH, .label = "달" },
  { .name = "choice", .type = MADANG_FIELD_ONE_OF, .label = "선택", .choices = choices },
  { .name = "wrong", .type = MADANG_FIELD_INTEGER, .label = "틀림" },
};

static void
put_fields (MadangSheet *sheet)
{
  GVariant *values[] = {
    g_variant_new_string ("금천구"),
    g_variant_new_string ("2020-03-13"),
    g_variant_new_int64 (RECEIVED),
    g_variant_new_int64 (12),
    g_variant_new_int64 (-50),
    g_variant_new_int64 (20000000),
    g_variant_new_string ("2020-03"),
    g_variant_new_string ("yes"),
    g_variant_new_string ("not a number"),
  };

  madang_sheet_add_row (sheet);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (values[i]);

      madang_sheet_put_field (sheet, i, &fields[i], value);
    }
  madang_sheet_add_row (sheet);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    madang_sheet_put_field (sheet, i, &fields[i], NULL);
}

/* Values of records, with the labels and the words that people know; what has another type than the
 * field stays out. */
static void
test_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = madang_sheet_new ("필드");
  g_autoptr (MadangSheet) texts = madang_sheet_new ("글");
  g_autoptr (GVariant) money = g_variant_ref_sink (g_variant_new_int64 (20000000));
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    madang_sheet_add_field_column (sheet, &fields[i]);
  put_fields (sheet);
  assert_writes (sheet, fixture->csv);
  g_file_get_contents (g_file_peek_path (fixture->csv), &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==,
                   "\xEF\xBB\xBF이름,날짜,시각,수,점수,금액,달,선택,틀림\r\n"
                   "금천구,2020-03-13,2020-03-13 14:05:07,12,-0.5,20000000,2020. 3.,'=예,\r\n"
                   ",,,,,,,,\r\n");

  madang_sheet_add_column (texts, "금액", MADANG_SHEET_TEXT);
  madang_sheet_add_row (texts);
  madang_sheet_put_field (texts, 0, &fields[5], money);
  g_assert_cmpstr (madang_sheet_get_cell (texts, 0, 0)->text, ==, "20,000,000 won");
}

/* --- names --------------------------------------------------------------------------------- */

static void
assert_sheet_name (Fixture *fixture, const char *title, const char *expected)
{
  g_autoptr (MadangSheet) sheet = madang_sheet_new (title);
  g_autofree char *quoted = quote (expected);
  g_autofree char *output = NULL;

  madang_sheet_add_column (sheet, "열", MADANG_SHEET_TEXT);
  assert_writes (sheet, fixture->xlsx);
  output = read_back (fixture->xlsx);
  assert_line (output, "sheet %s", quoted);
}

static void
test_sheet_names (Fixture *fixture, gconstpointer data)
{
  assert_sheet_name (fixture, "접수 대장", "접수 대장");
  assert_sheet_name (fixture, "접수: [금천구] 2020/3 '대장'", "접수   금천구  2020 3  대장");
  assert_sheet_name (fixture, "2020", "2020");
  assert_sheet_name (fixture, "A1", "A1");
  assert_sheet_name (fixture, "rc", "rc");
  assert_sheet_name (fixture, "Intake", "Intake");
  assert_sheet_name (fixture, "", "Madang");
  assert_sheet_name (fixture, "'", "Madang");
  assert_sheet_name (fixture, "history", "Madang");
  assert_sheet_name (fixture, "가나다라마바사아자차카타파하가나다라마바사아자차카타파하가나다라마",
                     "가나다라마바사아자차카타파하가나다라마바사아자차카타파하가나다");
  assert_sheet_name (fixture, "123456789012345678901234567890😀", "123456789012345678901234567890");
}

static void
test_headings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = madang_sheet_new ("열 이름");
  g_autoptr (GString) hostile = g_string_new (NULL);
  g_autofree char *output = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (hostile, "_x0041_");
  madang_sheet_add_column (sheet, "Name", MADANG_SHEET_TEXT);
  madang_sheet_add_column (sheet, "NAME", MADANG_SHEET_TEXT);
  madang_sheet_add_column (sheet, "", MADANG_SHEET_TEXT);
  madang_sheet_add_column (sheet, "=1+1\n[#All]", MADANG_SHEET_TEXT);
  madang_sheet_add_column (sheet, "name (2)", MADANG_SHEET_TEXT);
  madang_sheet_add_column (sheet, hostile->str, MADANG_SHEET_TEXT);
  assert_writes (sheet, fixture->xlsx);
  output = read_back (fixture->xlsx);
  assert_line (output, "column Name");
  assert_line (output, "column NAME%%20%%282%%29");
  assert_line (output, "column 3");
  assert_line (output, "column %%3D1%%2B1%%20%%5B%%23All%%5D");
  assert_line (output, "cell 0 3 text %%40 %%3D1%%2B1%%20%%5B%%23All%%5D");
  assert_line (output, "column name%%20%%282%%29%%20%%282%%29");
  g_assert_nonnull (strstr (output, "column _x0041__x0041_"));
}

/* --- hostile texts ------------------------------------------------------------------------- */

static const char *const pieces[] = {
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "\n",
  "\r\n",
  " ",
  "＝",
  "＋",
  "－",
  "＠",
  "\"",
  "'",
  ",",
  ";",
  "|",
  "1+1",
  "SUM(A1:A9)",
  "cmd|' /C calc'!A0",
  "HYPERLINK(\"http://example.com\")",
  "http://example.com",
  "mailto:a@example.com",
  "internal:Sheet1!A1",
  "{=1}",
  "#REF!",
  "TRUE",
  "1e5",
  "2020-03-13",
  "_x0041_",
  "_x005F_",
  "_x",
  "\x01",
  "\x0b",
  "\x7f",
  "\xff\xfe",
  "\xEF\xBF\xBE",
  "\xEF\xBF\xBF",
  "\xEF\xBB\xBF",
  "\xE2\x80\xAE",
  "\xE2\x80\xA8",
  "<b>&amp;</b>",
  "]]>",
  "<!--",
  "😀",
  "금천구",
  "ㄱ",
  "\xe1\x84\x80\xe1\x85\xb3\xe1\x86\xb7",
  "\xC2\x85",
};

static char *
make_hostile_text (void)
{
  GString *text = g_string_new (NULL);
  guint n = g_test_rand_int_range (1, 7);

  for (guint i = 0; i < n; i++)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

/* What is expected to be read, worked out apart from the sheet. */
static char *
expect (const char *text)
{
  g_autofree char *clean = madang_text_clean (text, -1, MADANG_TEXT_BLOCK);
  g_autoptr (GString) carried = g_string_new (NULL);

  for (const char *at = clean; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (carried, c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c);
    }
  return g_string_free (g_steal_pointer (&carried), FALSE);
}

static void
expect_cell (GString *workbook, GString *csv, guint row, guint column, const char *text)
{
  static const char *const signs[] = { "=", "+", "-", "@", "＝", "＋", "－", "＠" };
  g_autofree char *expected = expect (text);
  g_autofree char *quoted = quote (expected);
  const char *mark = "";

  if (*expected == '\0')
    return;
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (expected, signs[i]))
      mark = "%27";
  g_string_append_printf (workbook, "cell %u %u text %%40 %s\n", row, column, quoted);
  g_string_append_printf (csv, "cell %u %u %s%s\n", row, column, mark, quoted);
}

static void
put_hostile_rows (MadangSheet *sheet, GString *workbook, GString *csv, guint n_rows)
{
  for (guint row = 1; row <= n_rows; row++)
    {
      madang_sheet_add_row (sheet);
      for (guint column = 0; column < N_COLUMNS; column++)
        {
          g_autofree char *text = make_hostile_text ();

          if (row <= G_N_ELEMENTS (pieces) && column == 0)
            {
              g_free (text);
              text = g_strdup (pieces[row - 1]);
            }
          madang_sheet_put_text (sheet, column, text);
          expect_cell (workbook, csv, row, column, text);
        }
    }
}

/* Everything comes back as the text that it was, and read_sheet.py finds no formula. */
static void
test_hostile_texts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = create_sheet ();
  g_autoptr (GString) expected_workbook = g_string_new ("\n");
  g_autoptr (GString) expected_csv = g_string_new ("\n");
  g_autofree char *workbook = NULL;
  g_autofree char *csv = NULL;

  put_hostile_rows (sheet, expected_workbook, expected_csv, 2000);
  assert_writes (sheet, fixture->xlsx);
  assert_writes (sheet, fixture->csv);
  workbook = read_back (fixture->xlsx);
  csv = read_back (fixture->csv);
  g_assert_cmpstr (strstr (workbook, "\ncell 1 "), ==, expected_workbook->str);
  g_assert_cmpstr (strstr (csv, "\ncell 1 "), ==, expected_csv->str);
}

/* --- limits and failures ------------------------------------------------------------------- */

static void
assert_refused (const MadangSheet *sheet, GFile *file, int code, const char *words)
{
  gboolean workbook = g_str_has_suffix (g_file_peek_path (file), ".xlsx");
  Write write = workbook ? madang_sheet_write_xlsx : madang_sheet_write_csv;
  g_autoptr (GError) error = NULL;

  g_assert_false (write (sheet, file, NULL, &error));
  g_assert_error (error, MADANG_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
assert_both_refuse (Fixture *fixture, const MadangSheet *sheet, int code, const char *words)
{
  assert_refused (sheet, fixture->xlsx, code, words);
  assert_refused (sheet, fixture->csv, code, words);
  g_assert_false (g_file_query_exists (fixture->xlsx, NULL));
  g_assert_false (g_file_query_exists (fixture->csv, NULL));
}

static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) longest = create_sheet ();
  g_autoptr (MadangSheet) too_long = create_sheet ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MADANG_SHEET_MAX_TEXT - 1; i++)
    g_string_append (text, "가");
  fill_row (longest);
  g_string_append (text, "나");
  madang_sheet_put_text (longest, 0, text->str);
  assert_writes (longest, fixture->xlsx);
  g_assert_cmpint (g_unlink (g_file_peek_path (fixture->xlsx)), ==, 0);

  fill_row (too_long);
  g_string_set_size (text, text->len - strlen ("나"));
  g_string_append (text, "😀"); /* two units */
  madang_sheet_put_text (too_long, 0, text->str);
  assert_both_refuse (fixture, too_long, MADANG_ERROR_TOO_LARGE, "Row 1, \"기관\"");
}

static void
test_too_many_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = create_sheet ();

  for (guint i = 0; i < MADANG_SHEET_MAX_ROWS; i++)
    fill_row (sheet);
  g_assert_true (madang_sheet_check (sheet, NULL));
  fill_row (sheet);
  g_assert_cmpuint (madang_sheet_get_n_rows (sheet), ==, MADANG_SHEET_MAX_ROWS);
  assert_both_refuse (fixture, sheet, MADANG_ERROR_TOO_LARGE, "100001 rows");
}

static void
test_no_column (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = madang_sheet_new ("빈 표");

  assert_both_refuse (fixture, sheet, MADANG_ERROR_INVALID, "No column");
}

static void
test_old_file_stays (Fixture *fixture, gconstpointer data)
{
  GFile *const files[] = { fixture->xlsx, fixture->csv };
  const Write writes[] = { madang_sheet_write_xlsx, madang_sheet_write_csv };
  g_autoptr (MadangSheet) sheet = create_sheet ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fill_row (sheet);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GFile) nowhere
          = g_file_new_build_filename (fixture->folder, "없음", i == 0 ? "a.xlsx" : "a.csv", NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *content = NULL;

      g_file_set_contents (g_file_peek_path (files[i]), OLD_CONTENT, -1, &error);
      g_assert_no_error (error);
      g_assert_false (writes[i](sheet, files[i], cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_file_get_contents (g_file_peek_path (files[i]), &content, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (content, ==, OLD_CONTENT);
      assert_refused (sheet, nowhere, MADANG_ERROR_NOT_FOUND, "");
      assert_writes (sheet, files[i]);
    }
}

/* Where the parts of the workbook are made there is no room, and no file system but that of this
 * process is touched. */
static int
write_to_full_disk (const MadangSheet *sheet)
{
  g_autoptr (GFile) file = g_file_new_build_filename (g_get_tmp_dir (), "a.xlsx", NULL);

  if (unshare (geteuid () == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0
      || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
      || mount ("tmpfs", g_get_tmp_dir (), "tmpfs", 0, "size=256k") != 0)
    return SKIPPED;
  assert_refused (sheet, file, MADANG_ERROR_NO_SPACE, "Cannot make the workbook");
  return 0;
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSheet) sheet = create_sheet ();
  int status = 0;
  pid_t child;

  for (guint row = 0; row < 5000; row++)
    fill_row (sheet);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (write_to_full_disk (sheet));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == SKIPPED)
    g_test_skip ("no file system may be mounted here");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static gpointer
write_in_thread (gpointer data)
{
  Fixture fixture = { 0 };
  g_autofree char *output = NULL;

  set_up (&fixture, NULL);
  assert_writes (data, fixture.xlsx);
  output = read_back (fixture.xlsx);
  assert_line (output, "table A1:E101 filter A1:E101");
  tear_down (&fixture, NULL);
  return NULL;
}

static void
test_any_thread (Fixture *fixture, gconstpointer data)
{
  GThread *threads[4];
  MadangSheet *sheets[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      sheets[i] = create_sheet ();
      for (guint row = 0; row < 100; row++)
        fill_row (sheets[i]);
      threads[i] = g_thread_new ("writer", write_in_thread, sheets[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_thread_join (threads[i]);
      madang_sheet_free (sheets[i]);
    }
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/sheet-files/xlsx", test_xlsx);
  add ("/sheet-files/csv", test_csv);
  add ("/sheet-files/csv-empty-line", test_csv_empty_line);
  add ("/sheet-files/no-rows", test_no_rows);
  add ("/sheet-files/widths", test_widths);
  add ("/sheet-files/beyond-numbers", test_beyond_numbers);
  add ("/sheet-files/fields", test_fields);
  add ("/sheet-files/sheet-names", test_sheet_names);
  add ("/sheet-files/headings", test_headings);
  add ("/sheet-files/hostile-texts", test_hostile_texts);
  add ("/sheet-files/too-long", test_too_long);
  add ("/sheet-files/too-many-rows", test_too_many_rows);
  add ("/sheet-files/no-column", test_no_column);
  add ("/sheet-files/old-file-stays", test_old_file_stays);
  add ("/sheet-files/full-disk", test_full_disk);
  add ("/sheet-files/any-thread", test_any_thread);
  return g_test_run ();
}
