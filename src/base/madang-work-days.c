/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-work-days.h"

#include <gio/gio.h>

#include "madang-csv.h"
#include "madang-day.h"
#include "madang-holiday-resources.h"

#define PREFIX "/kr/madang/Madang/holidays/"
#define DAYS_OF_WEEK 7
#define LAST_NUMBER 3652059 /* 9999-12-31 */

/* --- the holidays -------------------------------------------------------------------------- */

/* Made once, then only read. */
typedef struct
{
  GHashTable *by_number; /* (owned): day number -> MadangHoliday (owned) */
  GHashTable *years;     /* (owned): a set */
} Calendar;

/* The tables are part of the program and tested with it: a broken one is a broken build. */
static MadangHolidayKind
read_kind (const char *text)
{
  static const char *const names[] = { "legal", "substitute", "election", "temporary" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      return (MadangHolidayKind)i;
  g_error ("No kind of holiday is called \"%s\"", text);
}

static guint
get_year (int day_number)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day_number);
  return g_date_get_year (&date);
}

static void
add_holiday (Calendar *calendar, const MadangCsv *table, guint row)
{
  MadangHoliday *holiday = g_new0 (MadangHoliday, 1);
  const char *day = madang_csv_get (table, row, "date");

  if (!madang_day_is_valid (day))
    g_error ("\"%s\" is no day of a holiday", day);
  holiday->day_number = madang_day_get_number (day);
  holiday->kind = read_kind (madang_csv_get (table, row, "kind"));
  holiday->name_ko = g_intern_string (madang_csv_get (table, row, "name_ko"));
  holiday->name_en = g_intern_string (madang_csv_get (table, row, "name_en"));
  g_hash_table_insert (calendar->by_number, GINT_TO_POINTER (holiday->day_number), holiday);
  g_hash_table_add (calendar->years, GUINT_TO_POINTER (get_year (holiday->day_number)));
}

static void
add_table (Calendar *calendar, GResource *resource, const char *name)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autoptr (MadangCsv) table = NULL;

  if (bytes != NULL)
    table = madang_csv_new_from_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                      &error);
  if (table == NULL)
    g_error ("%s: %s", name, error->message);
  for (guint row = 0; row < madang_csv_get_n_rows (table); row++)
    add_holiday (calendar, table, row);
}

static const Calendar *
get_calendar (void)
{
  static Calendar *instance = NULL;

  if (g_once_init_enter (&instance))
    {
      GResource *resource = madang_holiday_get_resource ();
      Calendar *calendar = g_new0 (Calendar, 1);
      g_auto (GStrv) names = NULL;

      calendar->by_number = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      calendar->years = g_hash_table_new (NULL, NULL);
      names = g_resource_enumerate_children (resource, PREFIX, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      for (guint i = 0; names != NULL && names[i] != NULL; i++)
        add_table (calendar, resource, names[i]);
      g_once_init_leave (&instance, calendar);
    }
  return instance;
}

static const MadangHoliday *
find_holiday (int number)
{
  return g_hash_table_lookup (get_calendar ()->by_number, GINT_TO_POINTER (number));
}

/* --- single days --------------------------------------------------------------------------- */

static GDateWeekday
get_weekday (int number)
{
  return (GDateWeekday)((number - 1) % DAYS_OF_WEEK + G_DATE_MONDAY);
}

static gboolean
is_working (int number)
{
  return get_weekday (number) < G_DATE_SATURDAY && find_holiday (number) == NULL;
}

gboolean
madang_work_days_are_known (const char *first, const char *last)
{
  const Calendar *calendar = get_calendar ();
  guint last_year;

  g_return_val_if_fail (madang_day_is_valid (first) && madang_day_is_valid (last), FALSE);

  last_year = get_year (madang_day_get_number (last));
  for (guint year = get_year (madang_day_get_number (first)); year <= last_year; year++)
    if (!g_hash_table_contains (calendar->years, GUINT_TO_POINTER (year)))
      return FALSE;
  return TRUE;
}

const MadangHoliday *
madang_work_days_get_holiday (const char *day)
{
  g_return_val_if_fail (madang_day_is_valid (day), NULL);

  return find_holiday (madang_day_get_number (day));
}

gboolean
madang_work_days_is_red (const char *day)
{
  int number;

  g_return_val_if_fail (madang_day_is_valid (day), FALSE);

  number = madang_day_get_number (day);
  return get_weekday (number) == G_DATE_SUNDAY || find_holiday (number) != NULL;
}

gboolean
madang_work_days_is_working (const char *day)
{
  g_return_val_if_fail (madang_day_is_valid (day), FALSE);

  return is_working (madang_day_get_number (day));
}

/* --- counting ------------------------------------------------------------------------------ */

static int
find_on_or_after (int number)
{
  while (number < LAST_NUMBER && !is_working (number))
    number++;
  return number;
}

/**
 * madang_work_days_find_on_or_after:
 * @day: a valid day
 *
 * Returns: (transfer full): the day when it is a working day, else the next one that is
 */
char *
madang_work_days_find_on_or_after (const char *day)
{
  g_return_val_if_fail (madang_day_is_valid (day), NULL);

  return madang_day_from_number (find_on_or_after (madang_day_get_number (day)));
}

/**
 * madang_work_days_add:
 * @day: a valid day, of which it does not matter whether it is a working day
 * @n: how many working days later; less than nothing is earlier
 *
 * Returns: (transfer full): the @n-th working day after @day, which is not counted itself; @day
 *     when @n is 0
 */
char *
madang_work_days_add (const char *day, int n)
{
  int step = n < 0 ? -1 : 1;
  int number;

  g_return_val_if_fail (madang_day_is_valid (day), NULL);

  number = madang_day_get_number (day);
  while (n != 0 && number + step >= 1 && number + step <= LAST_NUMBER)
    {
      number += step;
      if (is_working (number))
        n -= step;
    }
  return madang_day_from_number (number);
}

/* How many of the days 1 to @number are Mondays to Fridays. */
static int
count_weekdays (int number)
{
  return number / DAYS_OF_WEEK * 5 + MIN (number % DAYS_OF_WEEK, 5);
}

/**
 * madang_work_days_count:
 * @first: a valid day
 * @last: a valid day
 *
 * Returns: how many working days there are from the one to the other, both counted; 0 when @last
 *     comes before @first
 */
int
madang_work_days_count (const char *first, const char *last)
{
  GHashTableIter iter;
  gpointer key;
  int from;
  int to;
  int n;

  g_return_val_if_fail (madang_day_is_valid (first) && madang_day_is_valid (last), 0);

  from = madang_day_get_number (first);
  to = madang_day_get_number (last);
  if (to < from)
    return 0;
  n = count_weekdays (to) - count_weekdays (from - 1);
  g_hash_table_iter_init (&iter, get_calendar ()->by_number);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      int number = GPOINTER_TO_INT (key);

      if (number >= from && number <= to && get_weekday (number) < G_DATE_SATURDAY)
        n--;
    }
  return n;
}

/* --- deadlines and windows ----------------------------------------------------------------- */

/**
 * madang_work_days_get_due:
 * @event_day: the valid day on which it began, which is not counted
 * @n: within how many days
 *
 * A deadline by R-P5 (Civil Act 157 and 161): the day after the event is the first; a last day on
 * which public offices are closed moves to the next working day.
 *
 * Returns: (transfer full): the last day on which it is not too late
 */
char *
madang_work_days_get_due (const char *event_day, int n)
{
  g_autofree char *last = NULL;

  g_return_val_if_fail (madang_day_is_valid (event_day), NULL);
  g_return_val_if_fail (n >= 0, NULL);

  last = madang_day_add (event_day, n);
  return madang_work_days_find_on_or_after (last);
}

/**
 * madang_work_days_get_window_end:
 * @first_day: the valid day on which the window opens, which is the first
 * @n: how many days it is open, at least 1
 *
 * A window of days by R-P2. It ends on whatever day it ends, also on a holiday.
 *
 * Returns: (transfer full): the last day; madang_day_get_end() of it is too late
 */
char *
madang_work_days_get_window_end (const char *first_day, int n)
{
  g_return_val_if_fail (madang_day_is_valid (first_day), NULL);
  g_return_val_if_fail (n >= 1, NULL);

  return madang_day_add (first_day, n - 1);
}
