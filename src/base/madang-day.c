/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-day.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
/* Seoul has been nine hours ahead, without daylight saving, since 1988; a table of time zones
 * that is missing or changed on a machine must not move a deadline. */
#define SEOUL_OFFSET (9 * HOUR_MS)
#define JULIAN_OF_EPOCH 719163 /* GDate's number of 1970-01-01 */
#define JULIAN_MAX 3652059     /* 9999-12-31 */
#define MONTH_LENGTH 7

static gboolean
read_digits (const char *text, guint n, guint *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + g_ascii_digit_value (text[i]);
    }
  return TRUE;
}

static gboolean
parse_day (const char *day, GDate *date)
{
  guint year, month, day_of_month;

  g_date_clear (date, 1);
  if (day == NULL || strlen (day) != MADANG_DAY_LENGTH || day[4] != '-' || day[7] != '-')
    return FALSE;
  if (!read_digits (day, 4, &year) || !read_digits (day + 5, 2, &month)
      || !read_digits (day + 8, 2, &day_of_month))
    return FALSE;
  if (!g_date_valid_dmy (day_of_month, month, year))
    return FALSE;
  g_date_set_dmy (date, day_of_month, month, year);
  return TRUE;
}

static const char *
get_weekday (const GDate *date)
{
  static const char *const names[] = { "월", "화", "수", "목", "금", "토", "일" };

  return names[g_date_get_weekday (date) - G_DATE_MONDAY];
}

/* Floors, also before 1970; anything outside the years 1 to 9999 is held at their ends. */
static void
split_instant (gint64 instant, GDate *date, guint *minute_of_day)
{
  gint64 first = (1 - JULIAN_OF_EPOCH) * DAY_MS;
  gint64 last = (JULIAN_MAX + 1 - JULIAN_OF_EPOCH) * DAY_MS - 1;
  gint64 local = CLAMP (instant, first - SEOUL_OFFSET, last - SEOUL_OFFSET) + SEOUL_OFFSET;
  gint64 since_first = local - first;

  g_date_clear (date, 1);
  g_date_set_julian (date, 1 + since_first / DAY_MS);
  *minute_of_day = since_first % DAY_MS / MINUTE_MS;
}

static char *
format_date (const GDate *date)
{
  return g_strdup_printf ("%d. %d. %d.(%s)", g_date_get_year (date), g_date_get_month (date),
                          g_date_get_day (date), get_weekday (date));
}

gboolean
madang_day_is_valid (const char *day)
{
  GDate date;

  return parse_day (day, &date);
}

gboolean
madang_month_is_valid (const char *month)
{
  guint year, number;

  return month != NULL && strlen (month) == MONTH_LENGTH && month[4] == '-'
         && read_digits (month, 4, &year) && read_digits (month + 5, 2, &number) && year >= 1
         && number >= 1 && number <= 12;
}

/**
 * madang_day_get_start:
 * @day: a valid day
 *
 * Returns: the first instant of the day in Seoul
 */
gint64
madang_day_get_start (const char *day)
{
  GDate date;

  g_return_val_if_fail (parse_day (day, &date), 0);

  return ((gint64)g_date_get_julian (&date) - JULIAN_OF_EPOCH) * DAY_MS - SEOUL_OFFSET;
}

/**
 * madang_day_get_end:
 * @day: a valid day
 *
 * Returns: the first instant that is after the day in Seoul
 */
gint64
madang_day_get_end (const char *day)
{
  g_return_val_if_fail (madang_day_is_valid (day), 0);

  return madang_day_get_start (day) + DAY_MS;
}

/**
 * madang_day_from_instant:
 * @instant: UTC milliseconds
 *
 * Returns: (transfer full): the day that it is in Seoul then
 */
char *
madang_day_from_instant (gint64 instant)
{
  GDate date;
  guint minute_of_day;

  split_instant (instant, &date, &minute_of_day);
  return madang_day_from_number (g_date_get_julian (&date));
}

/* --- counting ------------------------------------------------------------------------------ */

/**
 * madang_day_get_number:
 * @day: a valid day
 *
 * Returns: its place in the calendar: 0001-01-01, a Monday, is 1
 */
int
madang_day_get_number (const char *day)
{
  GDate date;

  g_return_val_if_fail (parse_day (day, &date), 1);

  return g_date_get_julian (&date);
}

/**
 * madang_day_from_number:
 * @number: as madang_day_get_number() tells it; held at the ends of the years 1 to 9999
 *
 * Returns: (transfer full): the day
 */
char *
madang_day_from_number (int number)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, CLAMP (number, 1, JULIAN_MAX));
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
}

/**
 * madang_day_get_weekday:
 * @day: a valid day
 *
 * Returns: 1 for Monday to 7 for Sunday
 */
GDateWeekday
madang_day_get_weekday (const char *day)
{
  GDate date;

  g_return_val_if_fail (parse_day (day, &date), G_DATE_BAD_WEEKDAY);

  return g_date_get_weekday (&date);
}

/**
 * madang_day_add:
 * @day: a valid day
 * @n: how many days later; less than nothing is earlier
 *
 * Returns: (transfer full): the day @n days after, held at the ends of the years 1 to 9999
 */
char *
madang_day_add (const char *day, int n)
{
  g_return_val_if_fail (madang_day_is_valid (day), NULL);

  return madang_day_from_number (CLAMP (n, -JULIAN_MAX, JULIAN_MAX) + madang_day_get_number (day));
}

/**
 * madang_day_count:
 * @first: a valid day
 * @last: a valid day
 *
 * Returns: how many days there are from the one to the other, both counted; 0 when @last comes
 *     before @first
 */
int
madang_day_count (const char *first, const char *last)
{
  g_return_val_if_fail (madang_day_is_valid (first) && madang_day_is_valid (last), 0);

  return MAX (madang_day_get_number (last) - madang_day_get_number (first) + 1, 0);
}

/* --- what people type ---------------------------------------------------------------------- */

static const char *
skip_spaces (const char *text)
{
  while (*text == ' ')
    text++;
  return text;
}

/* Reads up to @most digits; returns how many. */
static guint
take_number (const char **text, guint most, guint *value)
{
  guint n = 0;

  while (n < most && g_ascii_isdigit ((*text)[n]))
    n++;
  read_digits (*text, n, value);
  *text += n;
  return n;
}

/* One of "-", ".", "/" or the Korean word of the unit, with spaces around it. */
static gboolean
take_separator (const char **text, const char *word)
{
  const char *at = skip_spaces (*text);

  if (g_str_has_prefix (at, word))
    at += strlen (word);
  else if (*at != '\0' && strchr ("-./", *at) != NULL)
    at++;
  else
    return FALSE;
  *text = skip_spaces (at);
  return TRUE;
}

/* What may follow the day: a dot or its Korean word, and the weekday in brackets, as we write
 * it ourselves. */
static gboolean
is_end (const char *text)
{
  text = skip_spaces (text);
  if (*text == '.')
    text++;
  else if (g_str_has_prefix (text, "일"))
    text += strlen ("일");
  text = skip_spaces (text);
  if (*text == '(')
    {
      text = g_utf8_next_char (text);
      if (*text == '\0')
        return FALSE;
      text = g_utf8_next_char (text);
      if (*text != ')')
        return FALSE;
      text = skip_spaces (text + 1);
    }
  return *text == '\0';
}

static gboolean
read_separated (const char *text, gboolean short_year, guint *year, guint *month, guint *day)
{
  guint n = take_number (&text, 4, year);

  if (n != (short_year ? 2 : 4))
    return FALSE;
  if (short_year)
    *year += 2000;
  return take_separator (&text, "년") && take_number (&text, 2, month) > 0
         && take_separator (&text, "월") && take_number (&text, 2, day) > 0 && is_end (text);
}

static gboolean
read_compact (const char *text, guint *year, guint *month, guint *day)
{
  return strlen (text) == 8 && read_digits (text, 4, year) && read_digits (text + 4, 2, month)
         && read_digits (text + 6, 2, day);
}

/**
 * madang_day_parse_input:
 * @input: (nullable): what a person typed or pasted
 *
 * Takes the ways in which a day is written in Korean offices: "2020-03-13", "2020. 3. 13.",
 * "2020/3/13", "20200313", "'20.3.13.", "2020년 3월 13일", also with the weekday and in full-width
 * digits.
 *
 * Returns: (transfer full) (nullable): the day, or %NULL when it is none
 */
char *
madang_day_parse_input (const char *input)
{
  g_autofree char *folded = NULL;
  const char *text;
  gboolean short_year;
  guint year, month, day;

  if (input == NULL || !g_utf8_validate (input, -1, NULL))
    return NULL;
  /* Compatibility composition turns full-width digits and signs into plain ones. */
  folded = g_strstrip (g_utf8_normalize (input, -1, G_NORMALIZE_ALL_COMPOSE));
  text = folded;
  short_year = *text == '\'' || g_str_has_prefix (text, "’") || g_str_has_prefix (text, "‘");
  if (short_year)
    text = g_utf8_next_char (text);
  if (!read_separated (text, short_year, &year, &month, &day)
      && (short_year || !read_compact (text, &year, &month, &day)))
    return NULL;
  if (!g_date_valid_dmy (day, month, year))
    return NULL;
  return g_strdup_printf ("%04u-%02u-%02u", year, month, day);
}

/* --- what people read ---------------------------------------------------------------------- */

/**
 * madang_day_format:
 * @day: a valid day
 *
 * Returns: (transfer full): "2020. 3. 13.(금)", in every language: it is the official form
 */
char *
madang_day_format (const char *day)
{
  GDate date;

  g_return_val_if_fail (parse_day (day, &date), NULL);

  return format_date (&date);
}

/**
 * madang_day_format_letter:
 * @day: a valid day
 *
 * Returns: (transfer full): "2020. 3. 13.", as letters have it
 */
char *
madang_day_format_letter (const char *day)
{
  GDate date;

  g_return_val_if_fail (parse_day (day, &date), NULL);

  return g_strdup_printf ("%d. %d. %d.", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
}

/**
 * madang_day_format_report:
 * @day: a valid day
 *
 * Returns: (transfer full): "'19.10.10.(목)", as reports have it
 */
char *
madang_day_format_report (const char *day)
{
  GDate date;

  g_return_val_if_fail (parse_day (day, &date), NULL);

  return g_strdup_printf ("'%02d.%d.%d.(%s)", g_date_get_year (&date) % 100,
                          g_date_get_month (&date), g_date_get_day (&date), get_weekday (&date));
}

/**
 * madang_month_format:
 * @month: a valid month, "2020-03"
 *
 * Returns: (transfer full): "2020. 3."
 */
char *
madang_month_format (const char *month)
{
  guint year, number;

  g_return_val_if_fail (madang_month_is_valid (month), NULL);

  read_digits (month, 4, &year);
  read_digits (month + 5, 2, &number);
  return g_strdup_printf ("%u. %u.", year, number);
}

/**
 * madang_instant_format:
 * @instant: UTC milliseconds
 *
 * Returns: (transfer full): "2020. 3. 13.(금) 14:05", the time in Seoul
 */
char *
madang_instant_format (gint64 instant)
{
  g_autofree char *day = NULL;
  GDate date;
  guint minute_of_day;

  split_instant (instant, &date, &minute_of_day);
  day = format_date (&date);
  return g_strdup_printf ("%s %02u:%02u", day, minute_of_day / 60, minute_of_day % 60);
}

/**
 * madang_instant_format_span:
 * @start: UTC milliseconds
 * @end: UTC milliseconds, not before @start
 *
 * Returns: (transfer full): "14:00 ~ 16:00(120′)", the times in Seoul and the minutes between
 */
char *
madang_instant_format_span (gint64 start, gint64 end)
{
  GDate date;
  guint first;
  guint last;

  g_return_val_if_fail (start <= end, NULL);

  split_instant (start, &date, &first);
  split_instant (end, &date, &last);
  return g_strdup_printf ("%02u:%02u ~ %02u:%02u(%" G_GINT64_FORMAT "′)", first / 60, first % 60,
                          last / 60, last % 60, end / MINUTE_MS - start / MINUTE_MS);
}

/**
 * madang_deadline_format:
 * @last_day: the last valid day on which it is not too late
 *
 * Returns: (transfer full): "2020. 3. 13.(금) 24:00"
 */
char *
madang_deadline_format (const char *last_day)
{
  g_autofree char *day = NULL;

  g_return_val_if_fail (madang_day_is_valid (last_day), NULL);

  day = madang_day_format (last_day);
  return g_strdup_printf ("%s 24:00", day);
}

static char *
format_days (gulong n)
{
  /* Translators: a part of a span of time, e.g. "3 days 4 hours" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu day", "%lu days", n), n);
}

static char *
format_hours (gulong n)
{
  /* Translators: a part of a span of time, e.g. "3 days 4 hours" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu hour", "%lu hours", n), n);
}

static char *
format_minutes (gulong n)
{
  /* Translators: a part of a span of time, e.g. "4 hours 10 minutes" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu minute", "%lu minutes", n), n);
}

/**
 * madang_duration_format:
 * @milliseconds: a span of time; less than nothing counts as nothing
 *
 * Returns: (transfer full): its two largest units in the language of the interface, rounded
 *     down, e.g. "3 days 4 hours"
 */
char *
madang_duration_format (gint64 milliseconds)
{
  gint64 span = MAX (milliseconds, 0);
  g_autofree char *large = NULL;
  g_autofree char *small = NULL;

  if (span < MINUTE_MS)
    return g_strdup (_ ("less than a minute"));
  if (span < HOUR_MS)
    return format_minutes (span / MINUTE_MS);
  if (span < DAY_MS)
    {
      large = format_hours (span / HOUR_MS);
      if (span % HOUR_MS / MINUTE_MS > 0)
        small = format_minutes (span % HOUR_MS / MINUTE_MS);
    }
  else
    {
      large = format_days (span / DAY_MS);
      if (span % DAY_MS / HOUR_MS > 0)
        small = format_hours (span % DAY_MS / HOUR_MS);
    }
  if (small == NULL)
    return g_steal_pointer (&large);
  /* Translators: two parts of a span of time: the larger unit, then the smaller one */
  return g_strdup_printf (_ ("%1$s %2$s"), large, small);
}
