/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-month-grid.h"

#include <glib/gi18n.h>
#include <string.h>

#include "madang-day-cell.h"
#include "madang-day.h"

#define DAYS 7
#define WEEKS 6 /* of a month, at most */

struct _MadangMonthGrid
{
  GtkGrid parent_instance;

  char *chosen; /* (owned) (nullable) */
  gboolean week;
  GtkWidget *cells[WEEKS * DAYS];
};

G_DEFINE_FINAL_TYPE (MadangMonthGrid, madang_month_grid, GTK_TYPE_GRID)

enum
{
  SIGNAL_MOVED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const weekdays[DAYS] = {
  /* Translators: heading of a column of a calendar */
  N_ ("Sun"), N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"), N_ ("Fri"), N_ ("Sat"),
};

/* --- days ---------------------------------------------------------------------------------- */

static char *
find_sunday (const char *day)
{
  return madang_day_add (day, -((int)madang_day_get_weekday (day) % DAYS));
}

static char *
find_first_of_month (const char *day)
{
  return g_strdup_printf ("%.8s01", day);
}

char *
madang_month_grid_add_months (const char *day, int n)
{
  GDate date;

  g_return_val_if_fail (madang_day_is_valid (day), NULL);

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)madang_day_get_number (day));
  if (n > 0)
    g_date_add_months (&date, (guint)n);
  else
    g_date_subtract_months (&date, (guint)-n);
  return madang_day_from_number ((int)g_date_get_julian (&date));
}

void
madang_month_grid_find_span (const char *chosen, gboolean week, char **first, char **last)
{
  g_autofree char *first_of_month = NULL;
  g_autofree char *next_month = NULL;
  g_autofree char *last_of_month = NULL;
  g_autofree char *last_sunday = NULL;

  g_return_if_fail (madang_day_is_valid (chosen));
  g_return_if_fail (first != NULL && last != NULL);

  first_of_month = find_first_of_month (chosen);
  next_month = madang_month_grid_add_months (first_of_month, 1);
  last_of_month = madang_day_add (next_month, -1);
  last_sunday = find_sunday (week ? chosen : last_of_month);
  *first = find_sunday (week ? chosen : first_of_month);
  *last = madang_day_add (last_sunday, DAYS - 1);
}

/* --- keys ---------------------------------------------------------------------------------- */

static void
move_to (MadangMonthGrid *self, const char *day)
{
  g_signal_emit (self, signals[SIGNAL_MOVED], 0, day);
}

/* (transfer full) (nullable): the key moves nowhere */
static char *
find_target (MadangMonthGrid *self, guint keyval)
{
  const int weekday = (int)madang_day_get_weekday (self->chosen) % DAYS;

  switch (keyval)
    {
    case GDK_KEY_Left:
      return madang_day_add (self->chosen, -1);
    case GDK_KEY_Right:
      return madang_day_add (self->chosen, 1);
    case GDK_KEY_Up:
      return madang_day_add (self->chosen, -DAYS);
    case GDK_KEY_Down:
      return madang_day_add (self->chosen, DAYS);
    case GDK_KEY_Home:
      return madang_day_add (self->chosen, -weekday);
    case GDK_KEY_End:
      return madang_day_add (self->chosen, DAYS - 1 - weekday);
    case GDK_KEY_Page_Up:
      return self->week ? madang_day_add (self->chosen, -DAYS)
                        : madang_month_grid_add_months (self->chosen, -1);
    case GDK_KEY_Page_Down:
      return self->week ? madang_day_add (self->chosen, DAYS)
                        : madang_month_grid_add_months (self->chosen, 1);
    default:
      return NULL;
    }
}

static gboolean
key_pressed_cb (MadangMonthGrid *self, guint keyval, guint keycode, GdkModifierType state)
{
  g_autofree char *target = NULL;

  if (self->chosen == NULL
      || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  target = find_target (self, keyval);
  if (target == NULL)
    return GDK_EVENT_PROPAGATE;
  move_to (self, target);
  madang_month_grid_focus (self);
  return GDK_EVENT_STOP;
}

static void
cell_clicked_cb (MadangMonthGrid *self, MadangDayCell *cell)
{
  g_autofree char *day = g_strdup (madang_day_cell_get_day (cell));

  if (g_strcmp0 (day, self->chosen) == 0)
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, day);
  else
    move_to (self, day);
}

/* --- showing ------------------------------------------------------------------------------- */

static void
show_cell (MadangMonthGrid *self, const MadangMonthView *view, const char *day, guint place)
{
  GtkWidget *cell = self->cells[place];
  const gboolean is_chosen = g_str_equal (day, view->chosen);
  MadangDayCellFlags flags = 0;

  if (g_str_equal (day, view->today))
    flags |= MADANG_DAY_CELL_TODAY;
  if (!view->week && strncmp (day, view->chosen, strlen ("2020-03")) != 0)
    flags |= MADANG_DAY_CELL_OUTSIDE;
  if (view->narrow)
    flags |= MADANG_DAY_CELL_NARROW;
  if (view->week)
    flags |= MADANG_DAY_CELL_TALL;
  madang_day_cell_show (MADANG_DAY_CELL (cell), day, flags, g_hash_table_lookup (view->lines, day));
  if (is_chosen)
    gtk_widget_add_css_class (cell, "chosen");
  else
    gtk_widget_remove_css_class (cell, "chosen");
  gtk_accessible_update_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_PRESSED,
                               is_chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                         : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  /* Tab goes to one of the days only: the keys move from there. */
  gtk_widget_set_focusable (cell, is_chosen);
  gtk_widget_set_size_request (cell, -1, view->narrow ? 48 : view->week ? 300 : 92);
  gtk_widget_set_visible (cell, TRUE);
}

void
madang_month_grid_show (MadangMonthGrid *self, const MadangMonthView *view)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  int n_days;

  g_return_if_fail (MADANG_IS_MONTH_GRID (self));
  g_return_if_fail (view != NULL && madang_day_is_valid (view->chosen));

  g_free (self->chosen);
  self->chosen = g_strdup (view->chosen);
  self->week = view->week;
  madang_month_grid_find_span (view->chosen, view->week, &first, &last);
  n_days = madang_day_count (first, last);
  for (int i = 0; i < WEEKS * DAYS; i++)
    {
      g_autofree char *day = madang_day_add (first, i);

      if (i < n_days)
        show_cell (self, view, day, (guint)i);
      else
        gtk_widget_set_visible (self->cells[i], FALSE);
    }
}

void
madang_month_grid_focus (MadangMonthGrid *self)
{
  g_return_if_fail (MADANG_IS_MONTH_GRID (self));

  for (guint i = 0; i < WEEKS * DAYS; i++)
    if (gtk_widget_get_visible (self->cells[i])
        && g_strcmp0 (madang_day_cell_get_day (MADANG_DAY_CELL (self->cells[i])), self->chosen)
               == 0)
      gtk_widget_grab_focus (self->cells[i]);
}

/* --- class --------------------------------------------------------------------------------- */

static void
madang_month_grid_finalize (GObject *object)
{
  g_free (MADANG_MONTH_GRID (object)->chosen);

  G_OBJECT_CLASS (madang_month_grid_parent_class)->finalize (object);
}

static void
madang_month_grid_class_init (MadangMonthGridClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = madang_month_grid_finalize;
  signals[SIGNAL_MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
add_weekdays (MadangMonthGrid *self)
{
  for (int i = 0; i < DAYS; i++)
    {
      GtkWidget *label = gtk_label_new (_ (weekdays[i]));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, i == 0 ? "day-number-red" : "day-weekday");
      gtk_widget_add_css_class (label, "day-heading");
      gtk_grid_attach (GTK_GRID (self), label, i, 0, 1, 1);
    }
}

static void
madang_month_grid_init (MadangMonthGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (self), TRUE);
  add_weekdays (self);
  for (int i = 0; i < WEEKS * DAYS; i++)
    {
      self->cells[i] = madang_day_cell_new ();
      gtk_widget_set_visible (self->cells[i], FALSE);
      g_signal_connect_object (self->cells[i], "clicked", G_CALLBACK (cell_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (self), self->cells[i], i % DAYS, i / DAYS + 1, 1, 1);
    }
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
