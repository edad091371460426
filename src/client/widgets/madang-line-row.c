/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-line-row.h"

struct _MadangLineRow
{
  MadangEntryRow parent_instance;
};

G_DEFINE_FINAL_TYPE (MadangLineRow, madang_line_row, MADANG_TYPE_ENTRY_ROW)

static GVariant *
madang_line_row_parse (MadangEntryRow *row, const char *text)
{
  return g_variant_new_string (text);
}

static char *
madang_line_row_format (MadangEntryRow *row, GVariant *value)
{
  return g_variant_dup_string (value, NULL);
}

static void
madang_line_row_class_init (MadangLineRowClass *klass)
{
  MADANG_ENTRY_ROW_CLASS (klass)->parse = madang_line_row_parse;
  MADANG_ENTRY_ROW_CLASS (klass)->format = madang_line_row_format;
}

static void
madang_line_row_init (MadangLineRow *self)
{
}
