/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a day of a calendar looks. */
typedef enum
{
  MADANG_DAY_CELL_TODAY = 1 << 0,
  MADANG_DAY_CELL_OUTSIDE = 1 << 1, /* of another month than the one shown */
  MADANG_DAY_CELL_NARROW = 1 << 2,  /* there is room for a number only */
  MADANG_DAY_CELL_TALL = 1 << 3,    /* there is room for many lines */
} MadangDayCellFlags;

/**
 * MadangDayCell:
 *
 * A day of the calendar, a button: its number, its holiday, what is due. Its accessible name says
 * all of it.
 */
#define MADANG_TYPE_DAY_CELL (madang_day_cell_get_type ())
G_DECLARE_FINAL_TYPE (MadangDayCell, madang_day_cell, MADANG, DAY_CELL, GtkButton)

GtkWidget *madang_day_cell_new (void);
/* lines (nullable) (element-type MadangTodayLine): of that day; read before the call returns. */
void madang_day_cell_show (MadangDayCell *self,
                           const char *day,
                           MadangDayCellFlags flags,
                           GPtrArray *lines);
const char *madang_day_cell_get_day (MadangDayCell *self); /* (nullable) */

G_END_DECLS
