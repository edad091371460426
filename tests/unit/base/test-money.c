/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-money.h"

static void
assert_hangul (gint64 won, const char *expected)
{
  g_autofree char *text = madang_money_format_hangul (won);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_format (gint64 won, MadangMoneyUnit unit, const char *expected)
{
  g_autofree char *text = madang_money_format (won, unit);

  g_assert_cmpstr (text, ==, expected);
}

/* The first four stand in real documents. */
static void
test_hangul (void)
{
  assert_hangul (66000000, "금육천육백만원");
  assert_hangul (208700000, "금이억팔백칠십만원");
  assert_hangul (118000, "금일십일만팔천원");
  assert_hangul (6000000, "금육백만원");
  assert_hangul (100000000, "금일억원");
  assert_hangul (20000000, "금이천만원");
  assert_hangul (0, "금영원");
  assert_hangul (1, "금일원");
  assert_hangul (10, "금일십원");
  assert_hangul (1111, "금일천일백일십일원");
  assert_hangul (10000, "금일만원");
  assert_hangul (100010001, "금일억일만일원");
  assert_hangul (18181818, "금일천팔백일십팔만일천팔백일십팔원");
  assert_hangul (G_GINT64_CONSTANT (5000000000000), "금오조원");
  assert_hangul (G_MAXINT64,
                 "금구백이십이경삼천삼백칠십이조삼백육십팔억오천사백칠십칠만오천팔백칠원");
  assert_hangul (-1, NULL);
}

static gint64
read_hangul_number (const char *text)
{
  static const struct
  {
    const char *name;
    gint64 value;
  } names[] = {
    { "일", 1 },   { "이", 2 },    { "삼", 3 },     { "사", 4 },         { "오", 5 },
    { "육", 6 },   { "칠", 7 },    { "팔", 8 },     { "구", 9 },         { "십", 10 },
    { "백", 100 }, { "천", 1000 }, { "만", 10000 }, { "억", 100000000 },
  };
  gint64 total = 0;
  gint64 myriad = 0;
  gint64 digit = 0;

  while (*text != '\0')
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (names) && !g_str_has_prefix (text, names[i].name))
        i++;
      g_assert_cmpuint (i, <, G_N_ELEMENTS (names));
      text = g_utf8_next_char (text);
      if (names[i].value < 10)
        digit = names[i].value;
      else if (names[i].value < 10000)
        {
          g_assert_cmpint (digit, >, 0); /* never 십 without 일 */
          myriad += digit * names[i].value;
          digit = 0;
        }
      else
        {
          total += (myriad + digit) * names[i].value;
          myriad = digit = 0;
        }
    }
  return total + myriad + digit;
}

/* Read by the ear of a Korean, the words give the amount back. */
static void
test_hangul_reads_back (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gint64 won = g_test_rand_int_range (1, G_MAXINT32) * (gint64)g_test_rand_int_range (1, 400);
      g_autofree char *text = madang_money_format_hangul (won);
      g_autofree char *number = NULL;

      g_assert_true (g_str_has_prefix (text, "금") && g_str_has_suffix (text, "원"));
      number = g_strndup (text + strlen ("금"), strlen (text) - strlen ("금") - strlen ("원"));
      g_assert_cmpint (read_hangul_number (number), ==, won);
    }
}

static void
test_units (void)
{
  const gint64 budget = 5 * G_GINT64_CONSTANT (20000000);

  assert_format (budget, MADANG_MONEY_THOUSAND, "100,000천원");
  assert_format (budget, MADANG_MONEY_MILLION, "100백만원");
  assert_format (budget, MADANG_MONEY_WON, "100,000,000원");
  assert_format (20000000, MADANG_MONEY_THOUSAND, "20,000천원");
  assert_format (66500000, MADANG_MONEY_MILLION, "66,500천원");
  assert_format (18181818, MADANG_MONEY_MILLION, "18,181,818원");
  assert_format (0, MADANG_MONEY_MILLION, "0백만원");
  assert_format (999, MADANG_MONEY_THOUSAND, "999원");
  assert_format (-1500000, MADANG_MONEY_THOUSAND, "-1,500천원");
  assert_format (-100, MADANG_MONEY_WON, "-100원");
  assert_format (G_MININT64, MADANG_MONEY_WON, "-9,223,372,036,854,775,808원");
}

static void
assert_parse (const char *text, gint64 expected)
{
  gint64 won = -1;

  g_assert_true (madang_money_parse (text, &won));
  g_assert_cmpint (won, ==, expected);
}

static void
test_parse (void)
{
  static const char *const no_amounts[] = {
    "",
    "원",
    "천원",
    "20,000달러",
    "2억원",
    "1.5천원",
    "--5",
    "12원원",
    "9223372036854775807천원",
    "9223372036854775808",
  };
  gint64 won;

  assert_parse ("20000000", 20000000);
  assert_parse ("20,000,000", 20000000);
  assert_parse ("20,000,000원", 20000000);
  assert_parse ("100,000천원", 100000000);
  assert_parse ("100,000 천원", 100000000);
  assert_parse ("66백만원", 66000000);
  assert_parse ("-1,500천원", -1500000);
  for (guint i = 0; i < G_N_ELEMENTS (no_amounts); i++)
    g_assert_false (madang_money_parse (no_amounts[i], &won));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/money/hangul", test_hangul);
  g_test_add_func ("/base/money/hangul-reads-back", test_hangul_reads_back);
  g_test_add_func ("/base/money/units", test_units);
  g_test_add_func ("/base/money/parse", test_parse);
  return g_test_run ();
}
