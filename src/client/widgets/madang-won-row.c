/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-won-row.h"

#include "madang-money.h"

#include <glib/gi18n.h>

struct _MadangWonRow
{
  MadangEntryRow parent_instance;
};

G_DEFINE_FINAL_TYPE (MadangWonRow, madang_won_row, MADANG_TYPE_ENTRY_ROW)

static GVariant *
madang_won_row_parse (MadangEntryRow *row, const char *text)
{
  gint64 number;

  if (!madang_money_parse (text, &number))
    return NULL;
  return g_variant_new_int64 (number);
}

static char *
madang_won_row_format (MadangEntryRow *row, GVariant *value)
{
  return madang_money_group (g_variant_get_int64 (value));
}

static void
madang_won_row_bound (MadangFieldRow *row, const MadangField *field)
{
  /* Translators: the unit after an amount of money */
  if (field->type == MADANG_FIELD_WON)
    madang_entry_row_add_suffix (MADANG_ENTRY_ROW (row), gtk_label_new (_ ("won")));
}

static void
madang_won_row_class_init (MadangWonRowClass *klass)
{
  MADANG_FIELD_ROW_CLASS (klass)->bound = madang_won_row_bound;
  MADANG_ENTRY_ROW_CLASS (klass)->parse = madang_won_row_parse;
  MADANG_ENTRY_ROW_CLASS (klass)->format = madang_won_row_format;
  MADANG_ENTRY_ROW_CLASS (klass)->problem = N_ ("Not a whole number. Write it as 20,000,000.");
}

static void
madang_won_row_init (MadangWonRow *self)
{
  gtk_entry_set_input_purpose (madang_entry_row_get_entry (MADANG_ENTRY_ROW (self)),
                               GTK_INPUT_PURPOSE_DIGITS);
}
