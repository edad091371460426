/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-won-row.h"

#include <glib/gi18n.h>

struct _MadangWonRow
{
  MadangEntryRow parent_instance;
};

G_DEFINE_FINAL_TYPE (MadangWonRow, madang_won_row, MADANG_TYPE_ENTRY_ROW)

static GVariant *
madang_won_row_parse (MadangEntryRow *row, const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gint64 number;

  for (const char *p = text; *p != '\0'; p++)
    if (*p != ',' && *p != ' ')
      g_string_append_c (digits, *p);
  if (!g_ascii_string_to_signed (digits->str, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return NULL;
  return g_variant_new_int64 (number);
}

static char *
madang_won_row_format (MadangEntryRow *row, GVariant *value)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, g_variant_get_int64 (value));
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
