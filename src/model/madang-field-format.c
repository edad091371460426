/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-kind.h"

#include "madang-day.h"
#include "madang-money.h"

#include <glib/gi18n-lib.h>

static char *
format_won (gint64 won)
{
  g_autofree char *digits = madang_money_group (won);

  /* Translators: an amount of money, %s is a number such as 20,000,000 */
  return g_strdup_printf (_ ("%s won"), digits);
}

static char *
format_decimal (gint64 hundredths)
{
  guint64 size = hundredths < 0 ? -(guint64)hundredths : (guint64)hundredths;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", hundredths < 0 ? "-" : "", size / 100,
                          (guint)(size % 100));
}

static char *
format_set (const MadangField *field, GVariant *value)
{
  g_autofree const char **names = g_variant_get_strv (value, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    names[i] = madang_field_get_choice_label (field, names[i]);
  return g_strjoinv (", ", (char **)names);
}

static char *
format_rows (GVariant *value)
{
  guint n_rows = g_variant_n_children (value);

  /* Translators: %u is how many lines a list holds */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row", "%u rows", n_rows), n_rows);
}

/* What no calendar knows is shown as it was written. */
static char *
format_day (const char *day)
{
  return madang_day_is_valid (day) ? madang_day_format (day) : g_strdup (day);
}

static char *
format_month (const char *month)
{
  return madang_month_is_valid (month) ? madang_month_format (month) : g_strdup (month);
}

char *
madang_field_format (const MadangField *field, GVariant *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL || !g_variant_is_of_type (value, madang_field_get_variant_type (field)))
    return g_strdup ("");

  switch (field->type)
    {
    case MADANG_FIELD_DAY:
      return format_day (g_variant_get_string (value, NULL));
    case MADANG_FIELD_MONTH:
      return format_month (g_variant_get_string (value, NULL));
    case MADANG_FIELD_TIME:
      return madang_instant_format (g_variant_get_int64 (value));
    case MADANG_FIELD_WON:
      return format_won (g_variant_get_int64 (value));
    case MADANG_FIELD_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, g_variant_get_int64 (value));
    case MADANG_FIELD_DECIMAL:
      return format_decimal (g_variant_get_int64 (value));
    case MADANG_FIELD_YES_NO:
      return g_strdup (g_variant_get_boolean (value) ? _ ("Yes") : _ ("No"));
    case MADANG_FIELD_ONE_OF:
      return g_strdup (madang_field_get_choice_label (field, g_variant_get_string (value, NULL)));
    case MADANG_FIELD_SET_OF:
      return format_set (field, value);
    case MADANG_FIELD_ROWS:
      return format_rows (value);
    case MADANG_FIELD_LINE:
    case MADANG_FIELD_TEXT:
    case MADANG_FIELD_REFERENCE:
    case MADANG_FIELD_ATTACHMENT:
    default:
      return g_variant_dup_string (value, NULL);
    }
}
