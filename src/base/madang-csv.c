/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-csv.h"

#include "madang-error.h"

#include <stdarg.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

typedef struct
{
  guint line;
  guint n_fields;
  GStrv fields; /* (owned) */
} Row;

struct _MadangCsv
{
  GStrv columns;       /* (owned) */
  GHashTable *indexes; /* (owned): name, borrowed from columns -> index */
  GArray *rows;        /* (owned): of Row */
};

typedef struct
{
  const char *at;
  const char *end;
  guint line;
} Reader;

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_strfreev (row->fields);
}

static gboolean fail (GError **error, MadangErrorCode code, guint line, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static gboolean
fail (GError **error, MadangErrorCode code, guint line, const char *format, ...)
{
  g_autofree char *fact = NULL;
  va_list arguments;

  va_start (arguments, format);
  fact = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MADANG_ERROR, code, "line %u: %s", line, fact);
  return FALSE;
}

static gboolean
is_at_line_break (const Reader *reader)
{
  if (reader->at == reader->end)
    return FALSE;
  return *reader->at == '\n'
         || (*reader->at == '\r' && reader->at + 1 < reader->end && reader->at[1] == '\n');
}

static void
take_line_break (Reader *reader)
{
  reader->at += *reader->at == '\r' ? 2 : 1;
  reader->line++;
}

static gboolean
append (GString *field, char c, guint line, GError **error)
{
  if (field->len == MADANG_CSV_MAX_FIELD)
    return fail (error, MADANG_ERROR_TOO_LARGE, line, "field is longer than %d bytes",
                 MADANG_CSV_MAX_FIELD);
  g_string_append_c (field, c);
  return TRUE;
}

static gboolean
read_quoted (Reader *reader, GString *field, GError **error)
{
  guint first_line = reader->line;

  reader->at++;
  while (reader->at < reader->end)
    {
      char c = *reader->at++;

      if (c == '"')
        {
          if (reader->at == reader->end || *reader->at != '"')
            return TRUE;
          reader->at++;
        }
      else if (c == '\n')
        {
          reader->line++;
        }
      if (!append (field, c, first_line, error))
        return FALSE;
    }
  return fail (error, MADANG_ERROR_INVALID, first_line, "quotes are not closed");
}

static gboolean
read_plain (Reader *reader, GString *field, GError **error)
{
  while (reader->at < reader->end && *reader->at != ',' && !is_at_line_break (reader))
    {
      if (*reader->at == '"' || *reader->at == '\r')
        return fail (error, MADANG_ERROR_INVALID, reader->line, "%s outside quotes",
                     *reader->at == '"' ? "quotes in a field" : "carriage return");
      if (!append (field, *reader->at, reader->line, error))
        return FALSE;
      reader->at++;
    }
  return TRUE;
}

/* Reads the field and leaves the reader on what ends it. */
static gboolean
read_field (Reader *reader, GPtrArray *fields, GError **error)
{
  g_autoptr (GString) field = g_string_new (NULL);
  gboolean quoted = reader->at < reader->end && *reader->at == '"';

  if (!(quoted ? read_quoted (reader, field, error) : read_plain (reader, field, error)))
    return FALSE;
  if (reader->at < reader->end && *reader->at != ',' && !is_at_line_break (reader))
    return fail (error, MADANG_ERROR_INVALID, reader->line, "text after closing quotes");
  g_ptr_array_add (fields, g_strdup (field->str));
  return TRUE;
}

/* Reads one row with the line break that ends it. */
static GStrv
read_row (Reader *reader, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

  for (;;)
    {
      if (!read_field (reader, fields, error))
        return NULL;
      if (reader->at == reader->end || *reader->at != ',')
        break;
      reader->at++;
    }
  if (reader->at < reader->end)
    take_line_break (reader);
  g_ptr_array_add (fields, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&fields), FALSE);
}

static void
skip_empty_lines (Reader *reader)
{
  while (is_at_line_break (reader))
    take_line_break (reader);
}

static gboolean
read_columns (MadangCsv *self, Reader *reader, GError **error)
{
  guint line;

  skip_empty_lines (reader);
  line = reader->line;
  if (reader->at == reader->end)
    return fail (error, MADANG_ERROR_INVALID, line, "no row of column names");
  self->columns = read_row (reader, error);
  if (self->columns == NULL)
    return FALSE;
  for (guint i = 0; self->columns[i] != NULL; i++)
    {
      g_strstrip (self->columns[i]);
      if (*self->columns[i] == '\0')
        return fail (error, MADANG_ERROR_INVALID, line, "column %u has no name", i + 1);
      if (!g_hash_table_insert (self->indexes, self->columns[i], GUINT_TO_POINTER (i)))
        return fail (error, MADANG_ERROR_INVALID, line, "two columns are named \"%s\"",
                     self->columns[i]);
    }
  return TRUE;
}

static gboolean
read_rows (MadangCsv *self, Reader *reader, MadangCsvFlags flags, GError **error)
{
  guint n_columns = g_strv_length (self->columns);

  for (skip_empty_lines (reader); reader->at < reader->end; skip_empty_lines (reader))
    {
      Row row = { .line = reader->line };

      if (self->rows->len == MADANG_CSV_MAX_ROWS)
        return fail (error, MADANG_ERROR_TOO_LARGE, row.line, "more than %d rows",
                     MADANG_CSV_MAX_ROWS);
      row.fields = read_row (reader, error);
      if (row.fields == NULL)
        return FALSE;
      row.n_fields = g_strv_length (row.fields);
      g_array_append_val (self->rows, row);
      if (row.n_fields != n_columns && (flags & MADANG_CSV_UNEVEN) == 0)
        return fail (error, MADANG_ERROR_INVALID, row.line, "%u fields instead of %u", row.n_fields,
                     n_columns);
    }
  return TRUE;
}

static guint
count_lines (const char *data, const char *end)
{
  guint n = 1;

  for (const char *at = data; at < end; at++)
    n += *at == '\n';
  return n;
}

/**
 * madang_csv_new_from_data:
 * @data: (array length=length): the bytes of a file
 * @error: see above
 *
 * Returns: (transfer full) (nullable): the table
 */
MadangCsv *
madang_csv_new_from_data (const char *data, gsize length, GError **error)
{
  return madang_csv_new_from_data_full (data, length, 0, error);
}

MadangCsv *
madang_csv_new_from_data_full (const char *data, gsize length, MadangCsvFlags flags, GError **error)
{
  g_autoptr (MadangCsv) self = NULL;
  Reader reader = { data, data + length, 1 };
  const char *invalid = NULL;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  /* An explicit length makes a zero byte invalid too. */
  if (length > 0 && !g_utf8_validate_len (data, length, &invalid))
    {
      fail (error, MADANG_ERROR_INVALID, count_lines (data, invalid), "not UTF-8");
      return NULL;
    }
  if (length >= strlen (BYTE_ORDER_MARK) && g_str_has_prefix (data, BYTE_ORDER_MARK))
    reader.at += strlen (BYTE_ORDER_MARK);
  self = g_new0 (MadangCsv, 1);
  self->indexes = g_hash_table_new (g_str_hash, g_str_equal);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  if (!read_columns (self, &reader, error) || !read_rows (self, &reader, flags, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
madang_csv_free (MadangCsv *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->indexes);
  g_strfreev (self->columns);
  g_array_unref (self->rows);
  g_free (self);
}

guint
madang_csv_get_n_rows (const MadangCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

/**
 * madang_csv_get_columns:
 *
 * Returns: (transfer none): the names in the order of the file
 */
const char *const *
madang_csv_get_columns (const MadangCsv *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->columns;
}

gboolean
madang_csv_has_column (const MadangCsv *self, const char *column)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_hash_table_contains (self->indexes, column);
}

const char *
madang_csv_get (const MadangCsv *self, guint row, const char *column)
{
  const Row *found;
  gpointer index;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  found = &g_array_index (self->rows, Row, row);
  if (!g_hash_table_lookup_extended (self->indexes, column, NULL, &index)
      || GPOINTER_TO_UINT (index) >= found->n_fields)
    return NULL;
  return found->fields[GPOINTER_TO_UINT (index)];
}

guint
madang_csv_get_n_fields (const MadangCsv *self, guint row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->rows->len, 0);

  return g_array_index (self->rows, Row, row).n_fields;
}

guint
madang_csv_get_line (const MadangCsv *self, guint row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->rows->len, 0);

  return g_array_index (self->rows, Row, row).line;
}
