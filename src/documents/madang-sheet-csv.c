/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sheet-csv.h"

#include <math.h>
#include <string.h>

#include "madang-replace-file.h"
#include "madang-sheet-private.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define LINE_END "\r\n"
#define LARGEST_EXACT 9007199254740992.0 /* whole numbers above have gaps between them */

/* The signs with which a formula or a command starts, also in the wide form of a Korean keyboard;
 * a sheet's texts do not start with white space any more. */
static gboolean
looks_like_formula (const char *text)
{
  switch (g_utf8_get_char (text))
    {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case 0xFF1D: /* ＝ */
    case 0xFF0B: /* ＋ */
    case 0xFF0D: /* － */
    case 0xFF20: /* ＠ */
      return TRUE;
    default:
      return FALSE;
    }
}

/* The semicolon parts fields in some programs; what stands behind it could start a formula. */
static void
append_text (GString *csv, const char *text)
{
  gboolean quoted = strpbrk (text, ",;\"\r\n\t") != NULL;

  if (quoted)
    g_string_append_c (csv, '"');
  if (looks_like_formula (text))
    g_string_append_c (csv, '\'');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  if (quoted)
    g_string_append_c (csv, '"');
}

static void
append_number (GString *csv, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (number == floor (number) && fabs (number) < LARGEST_EXACT)
    g_string_append_printf (csv, "%" G_GINT64_FORMAT, (gint64)number);
  else
    g_string_append (csv, g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
}

static void
append_time (GString *csv, gint64 instant)
{
  guint second;
  g_autofree char *day = madang_sheet_split_time (instant, &second);

  g_string_append_printf (csv, "%s %02u:%02u:%02u", day, second / 3600, second / 60 % 60,
                          second % 60);
}

static void
append_cell (GString *csv, const MadangSheetCell *cell)
{
  switch (cell->type)
    {
    case MADANG_SHEET_TEXT:
      append_text (csv, cell->text);
      return;
    case MADANG_SHEET_DAY:
      g_string_append (csv, cell->text);
      return;
    case MADANG_SHEET_TIME:
      append_time (csv, cell->integer);
      return;
    case MADANG_SHEET_NUMBER:
      append_number (csv, cell->number);
      return;
    case MADANG_SHEET_WON:
      g_string_append_printf (csv, "%" G_GINT64_FORMAT, cell->integer);
      return;
    case MADANG_SHEET_EMPTY:
    default:
      return;
    }
}

/* A line of one empty field would read as no line at all. */
static void
end_line (GString *csv, gsize start)
{
  if (csv->len == start)
    g_string_append (csv, "\"\"");
  g_string_append (csv, LINE_END);
}

static void
append_headings (GString *csv, const MadangSheet *sheet)
{
  gsize start = csv->len;

  for (guint column = 0; column < madang_sheet_get_n_columns (sheet); column++)
    {
      if (column > 0)
        g_string_append_c (csv, ',');
      append_text (csv, madang_sheet_get_heading (sheet, column));
    }
  end_line (csv, start);
}

static void
append_row (GString *csv, const MadangSheet *sheet, guint row)
{
  gsize start = csv->len;

  for (guint column = 0; column < madang_sheet_get_n_columns (sheet); column++)
    {
      if (column > 0)
        g_string_append_c (csv, ',');
      append_cell (csv, madang_sheet_get_cell (sheet, row, column));
    }
  end_line (csv, start);
}

gboolean
madang_sheet_write_csv (const MadangSheet *sheet,
                        GFile *file,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GString) csv = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (sheet != NULL && G_IS_FILE (file), FALSE);

  if (!madang_sheet_check (sheet, error))
    return FALSE;
  csv = g_string_new (BYTE_ORDER_MARK);
  append_headings (csv, sheet);
  for (guint row = 0; row < madang_sheet_get_n_rows (sheet); row++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      append_row (csv, sheet, row);
    }
  bytes = g_string_free_to_bytes (g_steal_pointer (&csv));
  return madang_replace_file (file, bytes, cancellable, error);
}

const char *
madang_sheet_csv_skip_apostrophe (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return *text == '\'' && looks_like_formula (text + 1) ? text + 1 : text;
}
