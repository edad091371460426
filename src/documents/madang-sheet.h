/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "madang-kind.h"

G_BEGIN_DECLS

#define MADANG_SHEET_MAX_COLUMNS 256
#define MADANG_SHEET_MAX_ROWS 100000
#define MADANG_SHEET_MAX_TEXT 32767 /* UTF-16 units, as spreadsheet programs count */

typedef enum
{
  MADANG_SHEET_TEXT,
  MADANG_SHEET_DAY,
  MADANG_SHEET_TIME,   /* in Seoul */
  MADANG_SHEET_NUMBER, /* counts, points, shares */
  MADANG_SHEET_WON,
  MADANG_SHEET_EMPTY, /* of a cell only: nothing was put into it */
} MadangSheetType;

typedef struct
{
  MadangSheetType type;
  union
  {
    const char *text; /* of a text; of a day ("2020-03-13") */
    gint64 integer;   /* of a time (UTC milliseconds); of an amount in won */
    double number;
  };
} MadangSheetCell;

/**
 * MadangSheet:
 *
 * A table to be written as a file: a title, columns with a heading and a type, rows of cells.
 * Columns come first; then each row is begun with madang_sheet_add_row() and filled. What is not
 * filled stays empty.
 *
 * A text may stand in a column of any type. Texts are kept as madang_text_clean() makes them, so any
 * text may be put in; the writers see to it that no text becomes a formula. Too many rows and texts
 * that are too long are no error here but when the sheet is written.
 *
 * Used by one thread at a time.
 */
typedef struct _MadangSheet MadangSheet;

MadangSheet *madang_sheet_new (const char *title);
void madang_sheet_free (MadangSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangSheet, madang_sheet_free)

void madang_sheet_add_column (MadangSheet *self, const char *heading, MadangSheetType type);
/* With the label of the field and the type that suits its values. */
void madang_sheet_add_field_column (MadangSheet *self, const MadangField *field);

void madang_sheet_add_row (MadangSheet *self);
/* Into the row added last. text: NULL leaves the cell empty, as "" does. */
void madang_sheet_put_text (MadangSheet *self, guint column, const char *text);
/* A day that is none is put as the text it is. */
void madang_sheet_put_day (MadangSheet *self, guint column, const char *day);
void madang_sheet_put_time (MadangSheet *self, guint column, gint64 instant);
void madang_sheet_put_number (MadangSheet *self, guint column, double number);
void madang_sheet_put_won (MadangSheet *self, guint column, gint64 won);
/* The value of a field as people read it, where the column has no better type for it. A reference
 * is put as its id: put the name of what it points to as a text instead. value: NULL leaves the
 * cell empty. */
void
madang_sheet_put_field (MadangSheet *self, guint column, const MadangField *field, GVariant *value);

const char *madang_sheet_get_title (const MadangSheet *self);
guint madang_sheet_get_n_columns (const MadangSheet *self);
const char *madang_sheet_get_heading (const MadangSheet *self, guint column);
MadangSheetType madang_sheet_get_column_type (const MadangSheet *self, guint column);
guint madang_sheet_get_n_rows (const MadangSheet *self);
/* Borrowed until the sheet changes. */
const MadangSheetCell *madang_sheet_get_cell (const MadangSheet *self, guint row, guint column);

/* Whether it can be written: it has a column, and no more rows and no longer texts than allowed.
 * MADANG_ERROR_INVALID, MADANG_ERROR_TOO_LARGE; the message names the row and the column. */
gboolean madang_sheet_check (const MadangSheet *self, GError **error);

G_END_DECLS
