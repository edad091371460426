/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-money.h"

#include <string.h>

#define MYRIAD 10000
#define DIGITS_OF_MYRIAD 4

static const struct
{
  gint64 size;
  const char *name;
} units[] = {
  [MADANG_MONEY_WON] = { 1, "원" },
  [MADANG_MONEY_THOUSAND] = { 1000, "천원" },
  [MADANG_MONEY_MILLION] = { 1000000, "백만원" },
};

/**
 * madang_money_group:
 * @number: any number
 *
 * Returns: (transfer full): its digits with a comma after each three, whatever the locale:
 *     "20,000,000"
 */
char *
madang_money_group (gint64 number)
{
  GString *text = g_string_new (NULL);
  gssize first_digit = number < 0 ? 1 : 0;

  g_string_printf (text, "%" G_GINT64_FORMAT, number);
  for (gssize i = (gssize)text->len - 3; i > first_digit; i -= 3)
    g_string_insert_c (text, i, ',');
  return g_string_free (text, FALSE);
}

/**
 * madang_money_format:
 * @won: an amount
 * @unit: the largest unit to write it in
 *
 * Nothing is rounded away: an amount that is not whole in a unit is written in the next smaller
 * one.
 *
 * Returns: (transfer full): e.g. "100,000천원"
 */
char *
madang_money_format (gint64 won, MadangMoneyUnit unit)
{
  g_autofree char *digits = NULL;

  g_return_val_if_fail (unit <= MADANG_MONEY_MILLION, NULL);

  while (won % units[unit].size != 0)
    unit--;
  digits = madang_money_group (won / units[unit].size);
  return g_strconcat (digits, units[unit].name, NULL);
}

/* Up to 9999. Every digit is written, also a one before ten, hundred and thousand, so that none
 * can be written in before it. */
static void
append_myriad (GString *text, guint number)
{
  static const char *const digits[] = { "", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구" };
  static const char *const places[DIGITS_OF_MYRIAD] = { "천", "백", "십", "" };
  guint size = MYRIAD / 10;

  for (guint i = 0; i < DIGITS_OF_MYRIAD; i++, size /= 10)
    {
      guint digit = number / size % 10;

      if (digit > 0)
        {
          g_string_append (text, digits[digit]);
          g_string_append (text, places[i]);
        }
    }
}

/**
 * madang_money_format_hangul:
 * @won: an amount
 *
 * Returns: (transfer full) (nullable): the amount in words, e.g. "금육천육백만원"; %NULL for less
 *     than nothing, which papers do not write in words
 */
char *
madang_money_format_hangul (gint64 won)
{
  static const char *const names[] = { "경", "조", "억", "만", "" };
  GString *text;
  gint64 size = G_GINT64_CONSTANT (10000000000000000);

  if (won < 0)
    return NULL;
  text = g_string_new ("금");
  if (won == 0)
    g_string_append (text, "영");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++, size /= MYRIAD)
    {
      guint myriad = won / size % MYRIAD;

      if (myriad > 0)
        {
          append_myriad (text, myriad);
          g_string_append (text, names[i]);
        }
    }
  g_string_append (text, "원");
  return g_string_free (text, FALSE);
}

/* The largest unit first: the names of the others end it too. */
static gint64
take_unit (GString *text)
{
  for (gssize i = G_N_ELEMENTS (units) - 1; i >= 0; i--)
    if (g_str_has_suffix (text->str, units[i].name))
      {
        g_string_truncate (text, text->len - strlen (units[i].name));
        return units[i].size;
      }
  return 1;
}

/**
 * madang_money_parse:
 * @text: what a person wrote, e.g. "100,000천원" or "20000000"
 * @won: (out): the amount
 *
 * Returns: whether it is one
 */
gboolean
madang_money_parse (const char *text, gint64 *won)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gint64 unit, number;

  g_return_val_if_fail (text != NULL && won != NULL, FALSE);

  for (const char *p = text; *p != '\0'; p++)
    if (*p != ',' && *p != ' ')
      g_string_append_c (digits, *p);
  unit = take_unit (digits);
  return g_ascii_string_to_signed (digits->str, 10, G_MININT64, G_MAXINT64, &number, NULL)
         && !__builtin_mul_overflow (number, unit, won);
}
