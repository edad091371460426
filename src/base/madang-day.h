/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MADANG_DAY_LENGTH 10 /* "2020-03-13" */

/* A day is ISO text in Seoul time (+09:00, no daylight saving); an instant is UTC milliseconds.
 * A deadline is half-open: the day's end is the first instant that is too late. */

gboolean madang_day_is_valid (const char *day);
gboolean madang_month_is_valid (const char *month);
gint64 madang_day_get_start (const char *day);
gint64 madang_day_get_end (const char *day);
char *madang_day_from_instant (gint64 instant);
char *madang_day_parse_input (const char *input);
int madang_day_get_number (const char *day);
char *madang_day_from_number (int number);
GDateWeekday madang_day_get_weekday (const char *day);
char *madang_day_add (const char *day, int n);
int madang_day_count (const char *first, const char *last);
char *madang_day_format (const char *day);
char *madang_day_format_letter (const char *day);
char *madang_day_format_report (const char *day);
char *madang_month_format (const char *month);
char *madang_instant_format (gint64 instant);
char *madang_instant_format_span (gint64 start, gint64 end);
char *madang_deadline_format (const char *last_day);
char *madang_duration_format (gint64 milliseconds);

G_END_DECLS
