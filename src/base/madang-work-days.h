/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MadangHolidayKind:
 * @MADANG_HOLIDAY_LEGAL: a holiday of every year
 * @MADANG_HOLIDAY_SUBSTITUTE: given for one that fell on a day off
 * @MADANG_HOLIDAY_ELECTION: the day of an election
 * @MADANG_HOLIDAY_TEMPORARY: given by the government for this once, often at short notice
 */
typedef enum
{
  MADANG_HOLIDAY_LEGAL,
  MADANG_HOLIDAY_SUBSTITUTE,
  MADANG_HOLIDAY_ELECTION,
  MADANG_HOLIDAY_TEMPORARY,
} MadangHolidayKind;

/**
 * MadangHoliday:
 *
 * A public holiday of Korea. Lives as long as the program.
 */
typedef struct
{
  int day_number; /* see madang_day_get_number() */
  MadangHolidayKind kind;
  const char *name_ko;
  const char *name_en;
} MadangHoliday;

/* The days on which public offices work: Monday to Friday but for public holidays. May 1 is one.
 *
 * The holidays come from data/reference, a file for each year. Of a year without a file only the
 * weekends are known to be off: where that matters, ask madang_work_days_are_known() and say so.
 *
 * Every function may be called from any thread. A day is a valid day in Seoul, see madang-day.h. */

/* Whether the public holidays of every year from the one day to the other are known. */
gboolean madang_work_days_are_known (const char *first, const char *last);
/* (transfer none) (nullable): NULL also where the year is not known. */
const MadangHoliday *madang_work_days_get_holiday (const char *day);
/* Printed red in a calendar: a Sunday or a public holiday. */
gboolean madang_work_days_is_red (const char *day);
gboolean madang_work_days_is_working (const char *day);

char *madang_work_days_find_on_or_after (const char *day);
char *madang_work_days_add (const char *day, int n);
int madang_work_days_count (const char *first, const char *last);

char *madang_work_days_get_due (const char *event_day, int n);
char *madang_work_days_get_window_end (const char *first_day, int n);

G_END_DECLS
