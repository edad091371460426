/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MadangMonthGrid:
 *
 * Weeks of days under the names of the weekdays, from Sunday to Saturday as Korean calendars have
 * them. One day is chosen; the arrow keys, Home, End, Page Up and Page Down move from it.
 *
 * Signals: "moved" (string day): another day was chosen, perhaps one that is not shown; "activated"
 * (string day): Enter, or a click on the day that was chosen already.
 */
#define MADANG_TYPE_MONTH_GRID (madang_month_grid_get_type ())
G_DECLARE_FINAL_TYPE (MadangMonthGrid, madang_month_grid, MADANG, MONTH_GRID, GtkGrid)

/* What is shown. */
typedef struct
{
  const char *chosen;
  const char *today;
  gboolean week; /* the week of the chosen day, not its month */
  gboolean narrow;
  GHashTable *lines; /* day -> GPtrArray of MadangTodayLine; read before the call returns */
} MadangMonthView;

void madang_month_grid_show (MadangMonthGrid *self, const MadangMonthView *view);
/* Takes the focus to the chosen day. */
void madang_month_grid_focus (MadangMonthGrid *self);

/* The first and the last day that a view of that day shows; newly allocated. */
void madang_month_grid_find_span (const char *chosen, gboolean week, char **first, char **last);
/* So many months later, on the same day of the month or its last; newly allocated. */
char *madang_month_grid_add_months (const char *day, int n);

G_END_DECLS
