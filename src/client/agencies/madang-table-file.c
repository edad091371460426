/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-table-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "madang-error.h"

#define KOREAN_CODE_PAGE "CP949"
#define CHUNK (64 * 1024)
#define FIRST_OF_THREE 0xE0 /* the least first byte of a character of three in UTF-8 */

/* The size that a file system tells may be wrong, so it is what comes that is counted. */
static GByteArray *
load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gssize n_read = stream != NULL ? 1 : -1;

  while (n_read > 0 && bytes->len <= MADANG_TABLE_FILE_MOST)
    {
      n_read = g_input_stream_read (G_INPUT_STREAM (stream), chunk, CHUNK, cancellable, error);
      if (n_read > 0)
        g_byte_array_append (bytes, chunk, (guint)n_read);
    }
  return n_read >= 0 ? g_steal_pointer (&bytes) : NULL;
}

static gboolean
refuse_size (GError **error)
{
  g_set_error (
      error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE,
      _ ("The file is too large: at most %d rows and %d MB. Split it and import the parts."),
      MADANG_CSV_MAX_ROWS, MADANG_TABLE_FILE_MOST / (1024 * 1024));
  return FALSE;
}

/* Whether a text that stops being UTF-8 at the end was meant to be: it begins with the mark of it, or
 * with a character of three bytes, as Hangul has them. In the Korean code page there are none. */
static gboolean
is_meant_as_utf8 (const char *data, const char *end)
{
  for (; data < end; data++)
    if ((guchar)*data >= FIRST_OF_THREE)
      return TRUE;
  return FALSE;
}

static char *
refuse_line (const char *data, const char *at, GError **error)
{
  guint line = 1;

  for (; data < at; data++)
    line += *data == '\n';
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID,
               _ ("Line %u of the file has characters that cannot be read. Save it again as “CSV "
                  "UTF-8” and choose it again."),
               line);
  return NULL;
}

static char *
decode (GByteArray *bytes, gsize *length, GError **error)
{
  const char *data = (const char *)bytes->data;
  const char *end = NULL;
  gsize n_read = 0;
  char *text;

  *length = bytes->len;
  if (bytes->len == 0 || memchr (data, '\0', bytes->len) != NULL)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "%s",
                   _ ("The file is empty or no text. Save the table as CSV and choose that file."));
      return NULL;
    }
  if (g_utf8_validate (data, bytes->len, &end))
    return g_strndup (data, bytes->len);
  if (is_meant_as_utf8 (data, end))
    return refuse_line (data, end, error);
  text = g_convert (data, bytes->len, "UTF-8", KOREAN_CODE_PAGE, &n_read, length, NULL);
  return text != NULL ? text : refuse_line (data, data + n_read, error);
}

/* The message of the parser begins with "line N:". */
static void
explain (const GError *cause, GError **error)
{
  guint64 line = 0;

  if (g_error_matches (cause, MADANG_ERROR, MADANG_ERROR_TOO_LARGE))
    {
      refuse_size (error);
      return;
    }
  if (g_str_has_prefix (cause->message, "line "))
    line = g_ascii_strtoull (cause->message + strlen ("line "), NULL, 10);
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID,
               _ ("Line %u of the file cannot be read as a row of a table. Check its quotes and "
                  "commas, then choose the file again."),
               (guint)line);
}

static MadangCsv *
read_table (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = load (file, cancellable, error);
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  MadangCsv *table;
  gsize length;

  if (bytes == NULL)
    return NULL;
  if (bytes->len > MADANG_TABLE_FILE_MOST)
    {
      refuse_size (error);
      return NULL;
    }
  text = decode (bytes, &length, error);
  if (text == NULL)
    return NULL;
  table = madang_csv_new_from_data_full (text, length, MADANG_CSV_UNEVEN, &cause);
  if (table == NULL)
    explain (cause, error);
  return table;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  MadangCsv *table = read_table (source, cancellable, &error);

  if (table != NULL)
    g_task_return_pointer (task, table, (GDestroyNotify)madang_csv_free);
  else
    g_task_return_error (task, error);
}

void
madang_table_file_load_async (GFile *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, madang_table_file_load_async);
  g_task_run_in_thread (task, load_in_thread);
}

MadangCsv *
madang_table_file_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
