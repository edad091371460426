/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-day.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
/* 2020-03-13T00:00:00+09:00 */
#define MARCH_13 G_GINT64_CONSTANT (1584025200000)

static void
test_valid (void)
{
  g_assert_true (madang_day_is_valid ("2020-03-13"));
  g_assert_true (madang_day_is_valid ("2020-02-29"));
  g_assert_false (madang_day_is_valid ("2019-02-29"));
  g_assert_false (madang_day_is_valid ("2020-13-01"));
  g_assert_false (madang_day_is_valid ("2020-00-01"));
  g_assert_false (madang_day_is_valid ("2020-04-31"));
  g_assert_false (madang_day_is_valid ("0000-01-01"));
  g_assert_false (madang_day_is_valid ("2020-3-13"));
  g_assert_false (madang_day_is_valid ("2020-03-13 "));
  g_assert_false (madang_day_is_valid ("2020/03/13"));
  g_assert_false (madang_day_is_valid (""));
  g_assert_false (madang_day_is_valid (NULL));
  g_assert_true (madang_month_is_valid ("2020-12"));
  g_assert_false (madang_month_is_valid ("2020-13"));
  g_assert_false (madang_month_is_valid ("2020-00"));
  g_assert_false (madang_month_is_valid ("2020-1"));
  g_assert_false (madang_month_is_valid (NULL));
}

static void
test_bounds (void)
{
  g_assert_cmpint (madang_day_get_start ("2020-03-13"), ==, MARCH_13);
  g_assert_cmpint (madang_day_get_end ("2020-03-13"), ==, MARCH_13 + DAY);
  g_assert_cmpint (madang_day_get_start ("1970-01-01"), ==, -9 * HOUR);
}

static void
assert_day_of (gint64 instant, const char *expected)
{
  g_autofree char *day = madang_day_from_instant (instant);

  g_assert_cmpstr (day, ==, expected);
}

static void
test_from_instant (void)
{
  assert_day_of (MARCH_13 - 1, "2020-03-12");
  assert_day_of (MARCH_13, "2020-03-13");
  assert_day_of (MARCH_13 + DAY - 1, "2020-03-13");
  assert_day_of (MARCH_13 + DAY, "2020-03-14");
  assert_day_of (-9 * HOUR - 1, "1969-12-31");
  assert_day_of (G_MAXINT64, "9999-12-31");
  assert_day_of (G_MININT64, "0001-01-01");
}

static void
test_number (void)
{
  g_autofree char *first = madang_day_from_number (1);
  g_autofree char *held_first = madang_day_from_number (-3);
  g_autofree char *held_last = madang_day_from_number (G_MAXINT);
  g_autofree char *leap = madang_day_add ("2020-02-28", 1);
  g_autofree char *back = madang_day_add ("2020-03-01", -1);
  g_autofree char *far = madang_day_add ("2020-03-01", G_MININT);

  g_assert_cmpstr (first, ==, "0001-01-01");
  g_assert_cmpstr (held_first, ==, "0001-01-01");
  g_assert_cmpstr (held_last, ==, "9999-12-31");
  g_assert_cmpstr (leap, ==, "2020-02-29");
  g_assert_cmpstr (back, ==, "2020-02-29");
  g_assert_cmpstr (far, ==, "0001-01-01");
  g_assert_cmpint (madang_day_get_number ("1970-01-01"), ==, 719163);
  g_assert_cmpint (madang_day_count ("2020-03-13", "2020-03-13"), ==, 1);
  g_assert_cmpint (madang_day_count ("2020-03-13", "2020-03-12"), ==, 0);
}

/* The pilot of 2019. */
static void
test_pilot (void)
{
  g_assert_cmpint (madang_day_get_weekday ("2019-10-10"), ==, G_DATE_THURSDAY);
  g_assert_cmpint (madang_day_get_weekday ("2019-10-22"), ==, G_DATE_TUESDAY);
  g_assert_cmpint (madang_day_get_weekday ("2019-11-20"), ==, G_DATE_WEDNESDAY);
  g_assert_cmpint (madang_day_count ("2019-10-22", "2019-11-20"), ==, 30);
}

static void
test_input (void)
{
  static const char *const good[] = {
    "2020-03-13",      "2020. 3. 13.",     "2020.3.13",        "20200313",
    "2020/3/13",       "'20.3.13.",        " 2020-3-13 ",      "’20. 3. 13.",
    "2020년 3월 13일", "2020. 3. 13.(금)", "２０２０.３.１３", "2020 - 03 - 13",
  };
  static const char *const bad[] = {
    "",           "2020",       "2020-03",       "2020-02-30", "20200230", "13.3.2020",
    "20.3.13",    "'2020.3.13", "2020-3-13x",    "2020--3-13", "2020313",  "2020-003-13",
    "2020-3-013", "'200313",    "2020.3.13.(금", "오늘",       "2020-3-0", "0000-01-01",
    "\xff",       "2020-13-01", "2020.3.13..",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *day = madang_day_parse_input (good[i]);

      g_assert_cmpstr (day, ==, "2020-03-13");
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (madang_day_parse_input (bad[i]));
  g_assert_null (madang_day_parse_input (NULL));
}

static void
test_format (void)
{
  g_autofree char *day = madang_day_format ("2020-03-13");
  g_autofree char *sunday = madang_day_format ("2020-03-01");
  g_autofree char *pilot = madang_day_format ("2019-10-10");
  g_autofree char *month = madang_month_format ("2020-03");
  g_autofree char *instant = madang_instant_format (MARCH_13 + 14 * HOUR + 5 * MINUTE);
  g_autofree char *deadline = madang_deadline_format ("2020-03-13");
  g_autofree char *letter = madang_day_format_letter ("2020-03-13");
  g_autofree char *report = madang_day_format_report ("2019-10-10");
  g_autofree char *early = madang_day_format_report ("2005-01-02");
  g_autofree char *span = madang_instant_format_span (MARCH_13 + 14 * HOUR, MARCH_13 + 16 * HOUR);

  g_assert_cmpstr (letter, ==, "2020. 3. 13.");
  g_assert_cmpstr (report, ==, "'19.10.10.(목)");
  g_assert_cmpstr (early, ==, "'05.1.2.(일)");
  g_assert_cmpstr (span, ==, "14:00 ~ 16:00(120′)");
  g_assert_cmpstr (day, ==, "2020. 3. 13.(금)");
  g_assert_cmpstr (sunday, ==, "2020. 3. 1.(일)");
  g_assert_cmpstr (pilot, ==, "2019. 10. 10.(목)");
  g_assert_cmpstr (month, ==, "2020. 3.");
  g_assert_cmpstr (instant, ==, "2020. 3. 13.(금) 14:05");
  g_assert_cmpstr (deadline, ==, "2020. 3. 13.(금) 24:00");
}

static void
assert_duration (gint64 span, const char *expected)
{
  g_autofree char *text = madang_duration_format (span);

  g_assert_cmpstr (text, ==, expected);
}

/* No catalogue is loaded here, so the texts are those of the source. */
static void
test_duration (void)
{
  assert_duration (-5, "less than a minute");
  assert_duration (MINUTE - 1, "less than a minute");
  assert_duration (MINUTE, "1 minute");
  assert_duration (HOUR - 1, "59 minutes");
  assert_duration (HOUR, "1 hour");
  assert_duration (4 * HOUR + 10 * MINUTE, "4 hours 10 minutes");
  assert_duration (DAY, "1 day");
  assert_duration (3 * DAY + 4 * HOUR + 59 * MINUTE, "3 days 4 hours");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/day/valid", test_valid);
  g_test_add_func ("/base/day/bounds", test_bounds);
  g_test_add_func ("/base/day/from-instant", test_from_instant);
  g_test_add_func ("/base/day/number", test_number);
  g_test_add_func ("/base/day/pilot", test_pilot);
  g_test_add_func ("/base/day/input", test_input);
  g_test_add_func ("/base/day/format", test_format);
  g_test_add_func ("/base/day/duration", test_duration);
  return g_test_run ();
}
