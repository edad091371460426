/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-clock.h"

#define REAL G_GINT64_CONSTANT (1767225600000)
#define PROGRAMME G_GINT64_CONSTANT (1583712000000)
#define YEAR (G_GINT64_CONSTANT (365) * 24 * 3600 * 1000)

static void
test_untold (void)
{
  g_autoptr (MadangClock) clock = madang_clock_new_manual (REAL);

  g_assert_cmpint (madang_clock_get_real_now (clock), ==, REAL);
  g_assert_cmpint (madang_clock_get_programme_now (clock), ==, REAL);
  g_assert_cmpint (madang_clock_get_programme_offset (clock), ==, 0);
}

static void
test_told (void)
{
  g_autoptr (MadangClock) clock = madang_clock_new_manual (REAL);

  madang_clock_advance (clock, 500);
  madang_clock_set_programme_now (clock, PROGRAMME);
  g_assert_cmpint (madang_clock_get_programme_now (clock), ==, PROGRAMME);
  madang_clock_advance (clock, 90 * 1000);
  g_assert_cmpint (madang_clock_get_real_now (clock), ==, REAL + 90500);
  g_assert_cmpint (madang_clock_get_programme_now (clock), ==, PROGRAMME + 90000);
  g_assert_cmpint (madang_clock_get_programme_offset (clock), ==, PROGRAMME - REAL - 500);
}

static void
test_stepped_real_clock (void)
{
  g_autoptr (MadangClock) clock = madang_clock_new_manual (REAL);

  madang_clock_set_programme_now (clock, PROGRAMME);
  madang_clock_step_real (clock, -10 * YEAR);
  madang_clock_advance (clock, 1000);
  g_assert_cmpint (madang_clock_get_real_now (clock), ==, REAL - 10 * YEAR + 1000);
  g_assert_cmpint (madang_clock_get_programme_now (clock), ==, PROGRAMME + 1000);
}

static void
test_known_offset (void)
{
  g_autoptr (MadangClock) clock = madang_clock_new_manual (REAL);

  madang_clock_set_programme_offset (clock, PROGRAMME - REAL);
  madang_clock_advance (clock, 2000);
  g_assert_cmpint (madang_clock_get_programme_now (clock), ==, PROGRAMME + 2000);
  g_assert_cmpint (madang_clock_get_programme_offset (clock), ==, PROGRAMME - REAL);

  madang_clock_set_programme_now (clock, PROGRAMME + 7);
  madang_clock_set_programme_offset (clock, 0);
  g_assert_cmpint (madang_clock_get_programme_now (clock), ==, PROGRAMME + 7);
}

static void
test_real (void)
{
  g_autoptr (MadangClock) clock = madang_clock_new ();
  gint64 before = g_get_real_time () / 1000;
  gint64 now = madang_clock_get_real_now (clock);
  gint64 told;

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time () / 1000);
  madang_clock_set_programme_now (clock, PROGRAMME);
  told = madang_clock_get_programme_now (clock);
  g_assert_cmpint (told, >=, PROGRAMME);
  g_assert_cmpint (told, <, PROGRAMME + 60 * 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/untold", test_untold);
  g_test_add_func ("/base/clock/told", test_told);
  g_test_add_func ("/base/clock/stepped-real-clock", test_stepped_real_clock);
  g_test_add_func ("/base/clock/known-offset", test_known_offset);
  g_test_add_func ("/base/clock/real", test_real);
  return g_test_run ();
}
