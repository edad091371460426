/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sheet-xlsx.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "madang-day.h"
#include "madang-error.h"
#include "madang-money.h"
#include "madang-replace-file.h"
#include "madang-sheet-private.h"

#define CREATOR "Madang " PACKAGE_VERSION
#define FORMAT_TEXT "@" /* what is edited in such a cell stays a text */
#define FORMAT_DAY "yyyy\\. m\\. d\\."
#define FORMAT_TIME "yyyy\\. m\\. d\\. hh:mm"
#define FORMAT_WON "#,##0"
#define PAPER_A4 9
#define SHEET_NAME_MAX 31
#define TITLE_MAX 255
#define HEADING_MAX 100 /* a table takes 255, escapes may double it */
#define FILTER_BUTTON_WIDTH 3
#define NARROWEST 6
#define WIDEST 60
#define DAY_WIDTH 14
#define TIME_WIDTH 19
#define SECONDS_OF_DAY 86400.0
/* A serial number of a day before this one means different days to different programs. */
#define FIRST_SERIAL_DAY "1900-03-01"
#define FIRST_SERIAL 61
/* Numbers have fifteen digits in a spreadsheet. */
#define LARGEST_EXACT_WON G_GINT64_CONSTANT (999999999999999)

/* A workbook being made: of one call. */
typedef struct
{
  const MadangSheet *sheet;
  lxw_workbook *workbook; /* (owned) (nullable): closed by then */
  lxw_worksheet *page;    /* owned by the workbook, as are the formats */
  lxw_format *formats[MADANG_SHEET_EMPTY];
  lxw_format *heading_format;
  double *widths;      /* (owned): of the columns, in digits */
  GPtrArray *headings; /* (owned): of strings, as they are written */
} Writer;

static void
clear_writer (Writer *writer)
{
  if (writer->workbook != NULL)
    lxw_workbook_free (writer->workbook);
  g_free (writer->widths);
  g_clear_pointer (&writer->headings, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, clear_writer)

/* --- names and texts ----------------------------------------------------------------------- */

/* Spreadsheets refuse some signs, apostrophes at the ends, empty names and "History", and count
 * in UTF-16. */
static char *
make_sheet_name (const char *title)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint length = 0;

  for (const char *at = title; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      length += c > 0xFFFF ? 2 : 1;
      if (length > SHEET_NAME_MAX)
        break;
      g_string_append_unichar (name, c < 0x80 && strchr ("[]:*?/\\'", c) != NULL ? ' ' : c);
    }
  g_strstrip (name->str);
  if (*name->str == '\0' || g_ascii_strcasecmp (name->str, "History") == 0)
    return g_strdup ("Madang");
  return g_strdup (name->str);
}

/* The library names the repeated row by the name of the sheet, with quotes only when that has other
 * signs than these; without, a name such as "A1" or "2020" would damage the workbook. */
static gboolean
can_be_referred_to (const char *name)
{
  gboolean plain = TRUE;

  for (const char *at = name; *at != '\0'; at++)
    {
      if (!g_ascii_isalnum (*at) && *at != '_' && *at != '.')
        return TRUE;
      plain = plain && g_ascii_isalpha (*at);
    }
  return plain && strlen (name) > strlen ("RC");
}

/* A text that happens to look like the escape of a character ("_x0041_") would be read as that
 * character. */
static char *
escape (const char *text)
{
  static GRegex *regex = NULL;

  if (strstr (text, "_x") == NULL)
    return g_strdup (text);
  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("_(?=x[0-9A-Fa-f]{4}_)", G_REGEX_OPTIMIZE, 0, NULL));
  return g_regex_replace_literal (regex, text, -1, 0, "_x005F_", 0, NULL);
}

/* A Hangul syllable is as wide as two digits. */
static double
measure (const char *text)
{
  double widest = 0;
  double width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\n')
        width = 0;
      else if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
      widest = MAX (widest, width);
    }
  return widest;
}

/* A table whose columns share a name is damaged in the eyes of a spreadsheet, which does not tell
 * small letters from capitals. */
static GPtrArray *
make_headings (const MadangSheet *sheet)
{
  GPtrArray *headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint column = 0; column < madang_sheet_get_n_columns (sheet); column++)
    {
      const char *given = madang_sheet_get_heading (sheet, column);
      g_autofree char *cut
          = g_utf8_substring (given, 0, MIN (g_utf8_strlen (given, -1), HEADING_MAX));
      g_autofree char *heading = *cut != '\0' ? g_strdup (cut) : g_strdup_printf ("%u", column + 1);

      for (guint n = 2; !g_hash_table_add (taken, g_utf8_casefold (heading, -1)); n++)
        {
          g_free (heading);
          heading = g_strdup_printf ("%s (%u)", cut, n);
        }
      g_ptr_array_add (headings, escape (heading));
    }
  return headings;
}

/* --- errors -------------------------------------------------------------------------------- */

static gboolean
check (lxw_error result, GError **error)
{
  int reason = errno;

  if (result == LXW_NO_ERROR)
    return TRUE;
  g_set_error (error, MADANG_ERROR, reason == ENOSPC ? MADANG_ERROR_NO_SPACE : MADANG_ERROR_FAILED,
               "Cannot make the workbook: %s", lxw_strerror (result));
  return FALSE;
}

/* --- cells --------------------------------------------------------------------------------- */

static double
get_serial (const char *day)
{
  return madang_day_get_number (day) - madang_day_get_number (FIRST_SERIAL_DAY) + FIRST_SERIAL;
}

static void
widen (Writer *writer, guint column, double width)
{
  writer->widths[column] = MAX (writer->widths[column], width);
}

static lxw_error
write_text (Writer *writer, guint row, guint column, const char *text)
{
  g_autofree char *escaped = escape (text);

  widen (writer, column, measure (text));
  return worksheet_write_string (writer->page, row + 1, column, escaped,
                                 writer->formats[MADANG_SHEET_TEXT]);
}

static lxw_error
write_day (Writer *writer, guint row, guint column, const char *day)
{
  if (strcmp (day, FIRST_SERIAL_DAY) < 0)
    return write_text (writer, row, column, day);
  widen (writer, column, DAY_WIDTH);
  return worksheet_write_number (writer->page, row + 1, column, get_serial (day),
                                 writer->formats[MADANG_SHEET_DAY]);
}

static lxw_error
write_time (Writer *writer, guint row, guint column, gint64 instant)
{
  guint second;
  g_autofree char *day = madang_sheet_split_time (instant, &second);

  if (strcmp (day, FIRST_SERIAL_DAY) < 0)
    return write_text (writer, row, column, day);
  widen (writer, column, TIME_WIDTH);
  return worksheet_write_number (writer->page, row + 1, column,
                                 get_serial (day) + second / SECONDS_OF_DAY,
                                 writer->formats[MADANG_SHEET_TIME]);
}

static lxw_error
write_won (Writer *writer, guint row, guint column, gint64 won)
{
  g_autofree char *digits = madang_money_group (won);

  if (won > LARGEST_EXACT_WON || won < -LARGEST_EXACT_WON)
    return write_text (writer, row, column, digits);
  widen (writer, column, strlen (digits));
  return worksheet_write_number (writer->page, row + 1, column, (double)won,
                                 writer->formats[MADANG_SHEET_WON]);
}

static lxw_error
write_cell (Writer *writer, guint row, guint column)
{
  const MadangSheetCell *cell = madang_sheet_get_cell (writer->sheet, row, column);

  switch (cell->type)
    {
    case MADANG_SHEET_TEXT:
      return write_text (writer, row, column, cell->text);
    case MADANG_SHEET_DAY:
      return write_day (writer, row, column, cell->text);
    case MADANG_SHEET_TIME:
      return write_time (writer, row, column, cell->integer);
    case MADANG_SHEET_NUMBER:
      return worksheet_write_number (writer->page, row + 1, column, cell->number,
                                     writer->formats[MADANG_SHEET_NUMBER]);
    case MADANG_SHEET_WON:
      return write_won (writer, row, column, cell->integer);
    case MADANG_SHEET_EMPTY:
    default:
      return LXW_NO_ERROR;
    }
}

/* --- the workbook -------------------------------------------------------------------------- */

static void
add_formats (Writer *writer)
{
  static const char *const formats[MADANG_SHEET_EMPTY] = {
    [MADANG_SHEET_TEXT] = FORMAT_TEXT,
    [MADANG_SHEET_DAY] = FORMAT_DAY,
    [MADANG_SHEET_TIME] = FORMAT_TIME,
    [MADANG_SHEET_WON] = FORMAT_WON,
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      writer->formats[i] = workbook_add_format (writer->workbook);
      if (formats[i] != NULL)
        format_set_num_format (writer->formats[i], formats[i]);
      format_set_align (writer->formats[i], LXW_ALIGN_VERTICAL_TOP);
    }
  format_set_text_wrap (writer->formats[MADANG_SHEET_TEXT]);
  writer->heading_format = workbook_add_format (writer->workbook);
  format_set_num_format (writer->heading_format, FORMAT_TEXT);
  format_set_bold (writer->heading_format);
}

static gboolean
open_workbook (Writer *writer, const char *path, GError **error)
{
  const char *title = madang_sheet_get_title (writer->sheet);
  g_autofree char *name = make_sheet_name (title);
  g_autofree char *cut = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), TITLE_MAX));
  lxw_doc_properties properties = { .title = cut, .author = (char *)CREATOR };
  lxw_workbook_options options = { .tmpdir = (char *)g_get_tmp_dir () };

  writer->workbook = workbook_new_opt (path, &options);
  if (writer->workbook == NULL)
    return check (LXW_ERROR_MEMORY_MALLOC_FAILED, error);
  workbook_set_properties (writer->workbook, &properties);
  writer->page = workbook_add_worksheet (writer->workbook, name);
  if (writer->page == NULL)
    return check (LXW_ERROR_PARAMETER_VALIDATION, error);
  add_formats (writer);
  worksheet_freeze_panes (writer->page, 1, 0);
  worksheet_set_landscape (writer->page);
  worksheet_set_paper (writer->page, PAPER_A4);
  worksheet_fit_to_pages (writer->page, 1, 0);
  if (can_be_referred_to (name))
    worksheet_repeat_rows (writer->page, 0, 0);
  worksheet_set_footer (writer->page, "&C&P / &N");
  return TRUE;
}

/* A table has at least one row, also when there is nothing to show. */
static lxw_error
add_table (Writer *writer)
{
  guint n_columns = madang_sheet_get_n_columns (writer->sheet);
  guint n_rows = MAX (madang_sheet_get_n_rows (writer->sheet), 1);
  g_autofree lxw_table_column *columns = g_new0 (lxw_table_column, n_columns);
  g_autofree lxw_table_column **list = g_new0 (lxw_table_column *, n_columns + 1);
  lxw_table_options options = { .columns = list };

  for (guint i = 0; i < n_columns; i++)
    {
      columns[i].header = g_ptr_array_index (writer->headings, i);
      columns[i].header_format = writer->heading_format;
      list[i] = &columns[i];
    }
  return worksheet_add_table (writer->page, 0, 0, n_rows, n_columns - 1, &options);
}

static void
set_widths (Writer *writer)
{
  for (guint column = 0; column < madang_sheet_get_n_columns (writer->sheet); column++)
    {
      double heading = measure (madang_sheet_get_heading (writer->sheet, column));
      double width = MAX (writer->widths[column] + 1, heading + FILTER_BUTTON_WIDTH);

      worksheet_set_column (writer->page, column, column, CLAMP (width, NARROWEST, WIDEST), NULL);
    }
}

static gboolean
write_rows (Writer *writer, GCancellable *cancellable, GError **error)
{
  for (guint row = 0; row < madang_sheet_get_n_rows (writer->sheet); row++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint column = 0; column < madang_sheet_get_n_columns (writer->sheet); column++)
        if (!check (write_cell (writer, row, column), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
write_workbook (const MadangSheet *sheet,
                const char *path,
                GCancellable *cancellable,
                GError **error)
{
  g_auto (Writer) writer = { .sheet = sheet };

  writer.widths = g_new0 (double, madang_sheet_get_n_columns (sheet));
  writer.headings = make_headings (sheet);
  errno = 0;
  if (!open_workbook (&writer, path, error) || !write_rows (&writer, cancellable, error)
      || !check (add_table (&writer), error))
    return FALSE;
  set_widths (&writer);
  errno = 0;
  return check (workbook_close (g_steal_pointer (&writer.workbook)), error);
}

/* What the parts of the workbook need before they are packed, rather too much. */
static guint64
estimate_size (const MadangSheet *sheet)
{
  guint64 size = 64 * 1024;

  for (guint row = 0; row < madang_sheet_get_n_rows (sheet); row++)
    for (guint column = 0; column < madang_sheet_get_n_columns (sheet); column++)
      {
        const MadangSheetCell *cell = madang_sheet_get_cell (sheet, row, column);

        size += cell->type == MADANG_SHEET_TEXT ? 64 + 2 * strlen (cell->text) : 64;
      }
  return size;
}

/* The library does not notice when a part that it writes on the way is cut short by a full disk. */
static gboolean
check_room (const MadangSheet *sheet, GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());
  g_autoptr (GFileInfo) info
      = g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);

  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
      || g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
             >= estimate_size (sheet))
    return TRUE;
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_NO_SPACE,
               "Cannot make the workbook: no room in \"%s\"", g_get_tmp_dir ());
  return FALSE;
}

/* The library writes to a path only, so the workbook is made in a private file first. */
static GBytes *
render (const MadangSheet *sheet, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = NULL;
  char *content = NULL;
  gsize length = 0;
  int fd;

  if (!check_room (sheet, error))
    return NULL;
  fd = g_file_open_tmp ("madang-XXXXXX.xlsx", &path, &local_error);
  if (fd >= 0)
    {
      close (fd);
      if (!write_workbook (sheet, path, cancellable, error))
        {
          g_unlink (path);
          return NULL;
        }
      g_file_get_contents (path, &content, &length, &local_error);
      g_unlink (path);
    }
  if (content == NULL)
    {
      g_set_error (error, MADANG_ERROR,
                   g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                       ? MADANG_ERROR_NO_SPACE
                       : MADANG_ERROR_FAILED,
                   "Cannot make the workbook: %s", local_error->message);
      return NULL;
    }
  return g_bytes_new_take (content, length);
}

gboolean
madang_sheet_write_xlsx (const MadangSheet *sheet,
                         GFile *file,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (sheet != NULL && G_IS_FILE (file), FALSE);

  if (!madang_sheet_check (sheet, error))
    return FALSE;
  bytes = render (sheet, cancellable, error);
  return bytes != NULL && madang_replace_file (file, bytes, cancellable, error);
}
