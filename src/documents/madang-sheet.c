/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sheet-private.h"

#include <math.h>
#include <string.h>

#include "madang-day.h"
#include "madang-error.h"
#include "madang-text.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define REPLACEMENT "\xEF\xBF\xBD"

typedef struct
{
  char *heading; /* (owned) */
  MadangSheetType type;
} Column;

struct _MadangSheet
{
  char *title;         /* (owned) */
  GArray *columns;     /* (owned): of Column */
  GArray *cells;       /* (owned): of MadangSheetCell, row after row */
  GStringChunk *texts; /* (owned): what the cells point to */
  guint n_rows;        /* also those that are too many to be kept */
};

static void
clear_column (gpointer data)
{
  Column *column = data;

  g_free (column->heading);
}

/* U+FFFE and U+FFFF are the only characters left by cleaning that XML cannot carry. */
static char *
clean_text (const char *text, MadangTextShape shape)
{
  g_autofree char *clean = madang_text_clean (text, -1, shape);
  g_autoptr (GString) carried = NULL;

  if (strstr (clean, "\xEF\xBF\xBE") == NULL && strstr (clean, "\xEF\xBF\xBF") == NULL)
    return g_steal_pointer (&clean);
  carried = g_string_new (clean);
  g_string_replace (carried, "\xEF\xBF\xBE", REPLACEMENT, 0);
  g_string_replace (carried, "\xEF\xBF\xBF", REPLACEMENT, 0);
  return g_string_free (g_steal_pointer (&carried), FALSE);
}

MadangSheet *
madang_sheet_new (const char *title)
{
  MadangSheet *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_new0 (MadangSheet, 1);
  self->title = clean_text (title, MADANG_TEXT_LINE);
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, clear_column);
  self->cells = g_array_new (FALSE, FALSE, sizeof (MadangSheetCell));
  self->texts = g_string_chunk_new (64 * 1024);
  return self;
}

void
madang_sheet_free (MadangSheet *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_array_unref (self->columns);
  g_array_unref (self->cells);
  g_string_chunk_free (self->texts);
  g_free (self);
}

/* --- columns ------------------------------------------------------------------------------- */

void
madang_sheet_add_column (MadangSheet *self, const char *heading, MadangSheetType type)
{
  Column column;

  g_return_if_fail (self != NULL && heading != NULL);
  g_return_if_fail (type < MADANG_SHEET_EMPTY);
  g_return_if_fail (self->n_rows == 0 && self->columns->len < MADANG_SHEET_MAX_COLUMNS);

  column.heading = clean_text (heading, MADANG_TEXT_LINE);
  column.type = type;
  g_array_append_val (self->columns, column);
}

static MadangSheetType
get_type_of_field (const MadangField *field)
{
  switch (field->type)
    {
    case MADANG_FIELD_DAY:
      return MADANG_SHEET_DAY;
    case MADANG_FIELD_TIME:
      return MADANG_SHEET_TIME;
    case MADANG_FIELD_INTEGER:
    case MADANG_FIELD_DECIMAL:
      return MADANG_SHEET_NUMBER;
    case MADANG_FIELD_WON:
      return MADANG_SHEET_WON;
    case MADANG_FIELD_LINE:
    case MADANG_FIELD_TEXT:
    case MADANG_FIELD_MONTH:
    case MADANG_FIELD_YES_NO:
    case MADANG_FIELD_ONE_OF:
    case MADANG_FIELD_SET_OF:
    case MADANG_FIELD_REFERENCE:
    case MADANG_FIELD_ROWS:
    case MADANG_FIELD_ATTACHMENT:
    default:
      return MADANG_SHEET_TEXT;
    }
}

void
madang_sheet_add_field_column (MadangSheet *self, const MadangField *field)
{
  g_return_if_fail (field != NULL);

  madang_sheet_add_column (self, madang_field_get_label (field), get_type_of_field (field));
}

/* --- rows ---------------------------------------------------------------------------------- */

void
madang_sheet_add_row (MadangSheet *self)
{
  const MadangSheetCell empty = { .type = MADANG_SHEET_EMPTY };

  g_return_if_fail (self != NULL && self->columns->len > 0);

  self->n_rows++;
  if (self->n_rows > MADANG_SHEET_MAX_ROWS)
    return;
  for (guint i = 0; i < self->columns->len; i++)
    g_array_append_val (self->cells, empty);
}

/* Rows beyond the limit are counted, so that writing can refuse them, but not kept. */
static void
put_cell (MadangSheet *self, guint column, const MadangSheetCell *cell)
{
  if (self->n_rows > MADANG_SHEET_MAX_ROWS)
    return;
  g_array_index (self->cells, MadangSheetCell, (self->n_rows - 1) * self->columns->len + column)
      = *cell;
}

static gboolean
has_room (const MadangSheet *self, guint column)
{
  return self != NULL && self->n_rows > 0 && column < self->columns->len;
}

static gboolean
takes (const MadangSheet *self, guint column, MadangSheetType type)
{
  return has_room (self, column) && g_array_index (self->columns, Column, column).type == type;
}

void
madang_sheet_put_text (MadangSheet *self, guint column, const char *text)
{
  MadangSheetCell cell = { .type = MADANG_SHEET_EMPTY };
  g_autofree char *clean = NULL;

  g_return_if_fail (has_room (self, column));

  if (text != NULL)
    clean = clean_text (text, MADANG_TEXT_BLOCK);
  if (clean != NULL && *clean != '\0')
    {
      cell.type = MADANG_SHEET_TEXT;
      cell.text = g_string_chunk_insert (self->texts, clean);
    }
  put_cell (self, column, &cell);
}

void
madang_sheet_put_day (MadangSheet *self, guint column, const char *day)
{
  MadangSheetCell cell = { .type = MADANG_SHEET_DAY };

  g_return_if_fail (takes (self, column, MADANG_SHEET_DAY));

  if (!madang_day_is_valid (day))
    {
      madang_sheet_put_text (self, column, day);
      return;
    }
  cell.text = g_string_chunk_insert_const (self->texts, day);
  put_cell (self, column, &cell);
}

void
madang_sheet_put_time (MadangSheet *self, guint column, gint64 instant)
{
  const MadangSheetCell cell = { .type = MADANG_SHEET_TIME, .integer = instant };

  g_return_if_fail (takes (self, column, MADANG_SHEET_TIME));

  put_cell (self, column, &cell);
}

void
madang_sheet_put_number (MadangSheet *self, guint column, double number)
{
  /* The sum makes one zero of both. */
  const MadangSheetCell cell = { .type = MADANG_SHEET_NUMBER, .number = number + 0.0 };

  g_return_if_fail (takes (self, column, MADANG_SHEET_NUMBER));
  g_return_if_fail (isfinite (number));

  put_cell (self, column, &cell);
}

void
madang_sheet_put_won (MadangSheet *self, guint column, gint64 won)
{
  const MadangSheetCell cell = { .type = MADANG_SHEET_WON, .integer = won };

  g_return_if_fail (takes (self, column, MADANG_SHEET_WON));

  put_cell (self, column, &cell);
}

/* Into a column of the type that the field asks for, which is not text. */
static void
put_typed (MadangSheet *self, guint column, const MadangField *field, GVariant *value)
{
  switch (get_type_of_field (field))
    {
    case MADANG_SHEET_DAY:
      madang_sheet_put_day (self, column, g_variant_get_string (value, NULL));
      return;
    case MADANG_SHEET_TIME:
      madang_sheet_put_time (self, column, g_variant_get_int64 (value));
      return;
    case MADANG_SHEET_WON:
      madang_sheet_put_won (self, column, g_variant_get_int64 (value));
      return;
    case MADANG_SHEET_NUMBER:
    default:
      madang_sheet_put_number (self, column,
                               field->type == MADANG_FIELD_DECIMAL
                                   ? g_variant_get_int64 (value) / 100.0
                                   : g_variant_get_int64 (value));
      return;
    }
}

void
madang_sheet_put_field (MadangSheet *self, guint column, const MadangField *field, GVariant *value)
{
  g_autofree char *text = NULL;

  g_return_if_fail (has_room (self, column));
  g_return_if_fail (field != NULL);

  if (value == NULL || !g_variant_is_of_type (value, madang_field_get_variant_type (field)))
    return;
  if (!takes (self, column, MADANG_SHEET_TEXT) && takes (self, column, get_type_of_field (field)))
    {
      put_typed (self, column, field, value);
      return;
    }
  text = madang_field_format (field, value);
  madang_sheet_put_text (self, column, text);
}

/* --- reading ------------------------------------------------------------------------------- */

const char *
madang_sheet_get_title (const MadangSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

guint
madang_sheet_get_n_columns (const MadangSheet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->columns->len;
}

const char *
madang_sheet_get_heading (const MadangSheet *self, guint column)
{
  g_return_val_if_fail (self != NULL && column < self->columns->len, NULL);

  return g_array_index (self->columns, Column, column).heading;
}

MadangSheetType
madang_sheet_get_column_type (const MadangSheet *self, guint column)
{
  g_return_val_if_fail (self != NULL && column < self->columns->len, MADANG_SHEET_TEXT);

  return g_array_index (self->columns, Column, column).type;
}

guint
madang_sheet_get_n_rows (const MadangSheet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MIN (self->n_rows, MADANG_SHEET_MAX_ROWS);
}

const MadangSheetCell *
madang_sheet_get_cell (const MadangSheet *self, guint row, guint column)
{
  g_return_val_if_fail (self != NULL && column < self->columns->len, NULL);
  g_return_val_if_fail (row < madang_sheet_get_n_rows (self), NULL);

  return &g_array_index (self->cells, MadangSheetCell, row * self->columns->len + column);
}

char *
madang_sheet_split_time (gint64 instant, guint *second)
{
  g_autofree char *day = madang_day_from_instant (instant);

  /* Only times outside the years of the calendar need to be held. */
  *second = CLAMP (instant - madang_day_get_start (day), 0, DAY_MS - 1) / 1000;
  return g_steal_pointer (&day);
}

static gboolean
is_too_long (const char *text)
{
  gsize n = 0;

  if (strlen (text) <= MADANG_SHEET_MAX_TEXT)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    n += g_utf8_get_char (at) > 0xFFFF ? 2 : 1;
  return n > MADANG_SHEET_MAX_TEXT;
}

gboolean
madang_sheet_check (const MadangSheet *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->columns->len == 0)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "No column");
      return FALSE;
    }
  if (self->n_rows > MADANG_SHEET_MAX_ROWS)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE, "%u rows, at most %u", self->n_rows,
                   MADANG_SHEET_MAX_ROWS);
      return FALSE;
    }
  for (guint i = 0; i < self->cells->len; i++)
    {
      const MadangSheetCell *cell = &g_array_index (self->cells, MadangSheetCell, i);
      guint column = i % self->columns->len;

      if (cell->type == MADANG_SHEET_TEXT && is_too_long (cell->text))
        {
          g_set_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE,
                       "Row %u, \"%s\": longer than %u characters", i / self->columns->len + 1,
                       madang_sheet_get_heading (self, column), MADANG_SHEET_MAX_TEXT);
          return FALSE;
        }
    }
  return TRUE;
}
