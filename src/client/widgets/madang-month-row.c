/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-month-row.h"

#include <glib/gi18n.h>

#include "madang-day.h"

struct _MadangMonthRow
{
  MadangEntryRow parent_instance;
};

G_DEFINE_FINAL_TYPE (MadangMonthRow, madang_month_row, MADANG_TYPE_ENTRY_ROW)

/* Two groups of digits, whatever stands between and around them. */
static GVariant *
madang_month_row_parse (MadangEntryRow *row, const char *text)
{
  g_autofree char *month = NULL;
  guint64 numbers[2];
  const char *p = text;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      char *end;

      while (*p != '\0' && !g_ascii_isdigit (*p))
        p++;
      numbers[i] = g_ascii_strtoull (p, &end, 10);
      if (end == p || end - p > 4)
        return NULL;
      p = end;
    }
  while (*p != '\0' && !g_ascii_isdigit (*p))
    p++;
  if (*p != '\0')
    return NULL;
  if (numbers[0] < 100)
    numbers[0] += 2000;
  month = g_strdup_printf ("%04u-%02u", (guint)numbers[0], (guint)numbers[1]);
  return madang_month_is_valid (month) ? g_variant_new_string (month) : NULL;
}

static char *
madang_month_row_format (MadangEntryRow *row, GVariant *value)
{
  return madang_month_format (g_variant_get_string (value, NULL));
}

static void
madang_month_row_class_init (MadangMonthRowClass *klass)
{
  MADANG_ENTRY_ROW_CLASS (klass)->parse = madang_month_row_parse;
  MADANG_ENTRY_ROW_CLASS (klass)->format = madang_month_row_format;
  MADANG_ENTRY_ROW_CLASS (klass)->problem = N_ ("Not a month. Write it as 2020. 8.");
}

static void
madang_month_row_init (MadangMonthRow *self)
{
}
