/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-work-days.h"

#include "madang-day.h"

typedef struct
{
  int red;
  int red_without_temporary;
  int off;
  int off_without_temporary;
  int working;
} Figures;

static Figures
count_year (int first, int last)
{
  Figures figures = { 0 };

  for (int number = first; number <= last; number++)
    {
      g_autofree char *day = madang_day_from_number (number);
      const MadangHoliday *holiday = madang_work_days_get_holiday (day);
      gboolean red = madang_work_days_is_red (day);
      gboolean off = !madang_work_days_is_working (day);
      gboolean temporary = holiday != NULL && holiday->kind == MADANG_HOLIDAY_TEMPORARY;

      figures.red += red;
      figures.off += off;
      figures.working += !off;
      figures.red_without_temporary += red && !temporary;
      figures.off_without_temporary += off && !temporary;
    }
  return figures;
}

/* 17 August, the temporary holiday, is a Monday: without it the day would be an ordinary one. */
static void
test_year_2020 (void)
{
  Figures figures
      = count_year (madang_day_get_number ("2020-01-01"), madang_day_get_number ("2020-12-31"));

  g_assert_cmpint (madang_day_count ("2020-01-01", "2020-12-31"), ==, 366);
  g_assert_cmpint (figures.red, ==, 68);
  g_assert_cmpint (figures.off, ==, 116);
  g_assert_cmpint (figures.working, ==, 250);
  g_assert_cmpint (figures.red_without_temporary, ==, 67);
  g_assert_cmpint (figures.off_without_temporary, ==, 115);
  g_assert_cmpint (madang_work_days_count ("2020-01-01", "2020-12-31"), ==, 250);
  g_assert_cmpint (madang_work_days_count ("2020-04-01", "2020-12-31"), ==, 188);
}

static void
test_holidays (void)
{
  const MadangHoliday *chuseok = madang_work_days_get_holiday ("2020-10-01");
  const MadangHoliday *election = madang_work_days_get_holiday ("2020-04-15");

  g_assert_nonnull (chuseok);
  g_assert_cmpstr (chuseok->name_ko, ==, "추석");
  g_assert_cmpstr (chuseok->name_en, ==, "Chuseok");
  g_assert_cmpint (chuseok->kind, ==, MADANG_HOLIDAY_LEGAL);
  g_assert_cmpint (chuseok->day_number, ==, madang_day_get_number ("2020-10-01"));
  g_assert_cmpint (election->kind, ==, MADANG_HOLIDAY_ELECTION);
  g_assert_cmpint (madang_work_days_get_holiday ("2020-01-27")->kind, ==,
                   MADANG_HOLIDAY_SUBSTITUTE);
  g_assert_null (madang_work_days_get_holiday ("2020-05-01"));
  g_assert_true (madang_work_days_is_working ("2020-05-01"));
  g_assert_true (madang_work_days_is_red ("2020-06-06"));  /* Saturday and a holiday */
  g_assert_false (madang_work_days_is_red ("2020-06-13")); /* Saturday */
  g_assert_false (madang_work_days_is_working ("2020-06-13"));
}

/* Of other years the weekends are known, and it is said that more is not. */
static void
test_unknown_years (void)
{
  g_assert_true (madang_work_days_are_known ("2020-01-01", "2020-12-31"));
  g_assert_false (madang_work_days_are_known ("2019-12-31", "2020-01-01"));
  g_assert_false (madang_work_days_are_known ("2020-12-31", "2021-01-01"));
  g_assert_false (madang_work_days_are_known ("2021-01-01", "2021-01-01"));
  g_assert_true (madang_work_days_is_working ("2021-01-01"));
  g_assert_false (madang_work_days_is_working ("2021-01-02"));
  g_assert_null (madang_work_days_get_holiday ("2021-01-01"));
  g_assert_cmpint (madang_work_days_count ("2021-01-01", "2021-12-31"), ==, 261);
}

static void
test_call (void)
{
  g_assert_cmpint (madang_day_get_weekday ("2020-02-24"), ==, G_DATE_MONDAY);
  g_assert_cmpint (madang_day_get_weekday ("2020-03-13"), ==, G_DATE_FRIDAY);
  g_assert_cmpint (madang_day_count ("2020-02-24", "2020-03-13"), ==, 19);
  g_assert_cmpint (madang_work_days_count ("2020-02-24", "2020-03-13"), ==, 15);
}

static void
assert_due (const char *event_day, int n, const char *expected)
{
  g_autofree char *due = madang_work_days_get_due (event_day, n);

  g_assert_cmpstr (due, ==, expected);
}

static void
test_due (void)
{
  assert_due ("2020-08-31", 30, "2020-10-05"); /* 30 September: Chuseok */
  assert_due ("2020-09-09", 30, "2020-10-12"); /* 9 October: Hangeul Day */
  assert_due ("2020-07-16", 30, "2020-08-18"); /* Saturday, Sunday, the temporary holiday */
  assert_due ("2020-11-25", 30, "2020-12-28"); /* 25 December, then a weekend */
  assert_due ("2020-03-13", 0, "2020-03-13");
  assert_due ("2020-03-13", 1, "2020-03-16");
  assert_due ("2020-04-01", 30, "2020-05-01"); /* offices work on 1 May */
  assert_due ("9999-12-31", 30, "9999-12-31");
}

static void
assert_window_end (const char *first_day, int n, const char *expected)
{
  g_autofree char *last = madang_work_days_get_window_end (first_day, n);

  g_assert_cmpstr (last, ==, expected);
}

static void
test_window (void)
{
  assert_window_end ("2020-05-11", 20, "2020-05-30"); /* a Saturday */
  assert_window_end ("2020-10-05", 10, "2020-10-14");
  assert_window_end ("2020-09-01", 30, "2020-09-30"); /* a holiday */
  assert_window_end ("2020-02-24", 19, "2020-03-13");
  assert_window_end ("2020-02-24", 1, "2020-02-24");
}

static void
assert_add (const char *day, int n, const char *expected)
{
  g_autofree char *found = madang_work_days_add (day, n);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_add (void)
{
  g_autofree char *same = madang_work_days_find_on_or_after ("2020-09-29");
  g_autofree char *later = madang_work_days_find_on_or_after ("2020-09-30");

  g_assert_cmpstr (same, ==, "2020-09-29");
  g_assert_cmpstr (later, ==, "2020-10-05");
  assert_add ("2020-03-13", 1, "2020-03-16");
  assert_add ("2020-03-13", 0, "2020-03-13");
  assert_add ("2020-03-14", 0, "2020-03-14");
  assert_add ("2020-03-14", 1, "2020-03-16");
  assert_add ("2020-09-29", 1, "2020-10-05");
  assert_add ("2020-10-05", -1, "2020-09-29");
  assert_add ("2020-03-13", 7, "2020-03-24");
  assert_add ("9999-12-31", 5, "9999-12-31");
  assert_add ("0001-01-01", -5, "0001-01-01");
}

/* The count, which leaps over years, against the single days. */
static void
test_count_agrees (void)
{
  const int first = madang_day_get_number ("2019-01-01");

  g_assert_cmpint (madang_work_days_count ("2020-03-14", "2020-03-13"), ==, 0);
  for (guint i = 0; i < 500; i++)
    {
      int from = first + g_test_rand_int_range (0, 1000);
      int to = from + g_test_rand_int_range (0, 100);
      g_autofree char *from_day = madang_day_from_number (from);
      g_autofree char *to_day = madang_day_from_number (to);
      g_autofree char *before = madang_day_add (from_day, -1);
      int n = madang_work_days_count (from_day, to_day);

      g_assert_cmpint (n, ==, count_year (from, to).working);
      if (madang_work_days_is_working (to_day))
        assert_add (before, n, to_day);
    }
}

static gpointer
ask_in_thread (gpointer data)
{
  return GINT_TO_POINTER (madang_work_days_count ("2020-04-01", "2020-12-31"));
}

static void
test_any_thread (void)
{
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("asker", ask_in_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (threads[i])), ==, 188);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/work-days/any-thread", test_any_thread);
  g_test_add_func ("/base/work-days/year-2020", test_year_2020);
  g_test_add_func ("/base/work-days/holidays", test_holidays);
  g_test_add_func ("/base/work-days/unknown-years", test_unknown_years);
  g_test_add_func ("/base/work-days/call", test_call);
  g_test_add_func ("/base/work-days/due", test_due);
  g_test_add_func ("/base/work-days/window", test_window);
  g_test_add_func ("/base/work-days/add", test_add);
  g_test_add_func ("/base/work-days/count-agrees", test_count_agrees);
  return g_test_run ();
}
