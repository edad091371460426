/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-day-cell.h"

#include <glib/gi18n.h>
#include <string.h>

#include "madang-day.h"
#include "madang-today-line.h"

#define MOST_LINES 3
#define MOST_LINES_TALL 12

struct _MadangDayCell
{
  GtkButton parent_instance;

  char *day; /* (owned) (nullable) */
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (MadangDayCell, madang_day_cell, GTK_TYPE_BUTTON)

static void
append_label (MadangDayCell *self, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
}

static void
append_lines (MadangDayCell *self, MadangDayCellFlags flags, GPtrArray *lines)
{
  const guint most = (flags & MADANG_DAY_CELL_TALL) != 0 ? MOST_LINES_TALL : MOST_LINES;
  const guint n_lines = lines != NULL ? lines->len : 0;
  g_autofree char *text = NULL;
  guint shown = 0;

  if ((flags & MADANG_DAY_CELL_NARROW) == 0)
    shown = n_lines > most ? most - 1 : n_lines;
  for (guint i = 0; i < shown; i++)
    {
      const MadangTodayLine *line = g_ptr_array_index (lines, i);

      append_label (self, line->what, line->late ? "day-line-late" : "day-line");
    }
  if (n_lines == shown)
    return;
  /* Translators: so many lines of a day that there is no room for */
  text = g_strdup_printf (shown > 0 ? ngettext ("%u more", "%u more", n_lines - shown)
                                    : ngettext ("%u line", "%u lines", n_lines),
                          n_lines - shown);
  append_label (self, text, "day-line");
}

static char *
dup_name (const char *day, MadangDayCellFlags flags, GPtrArray *lines)
{
  const MadangHoliday *holiday = madang_work_days_get_holiday (day);
  g_autofree char *text = madang_day_format (day);
  GString *name = g_string_new (text);

  if ((flags & MADANG_DAY_CELL_TODAY) != 0)
    g_string_append_printf (name, ", %s", _ ("Today"));
  if (holiday != NULL)
    g_string_append_printf (name, ", %s", madang_today_name_holiday (holiday));
  if (lines == NULL || lines->len == 0)
    g_string_append_printf (name, ", %s", _ ("nothing is due"));
  for (guint i = 0; lines != NULL && i < MIN (lines->len, MOST_LINES_TALL); i++)
    {
      const MadangTodayLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (name, ", %s", line->what);
      if (line->which != NULL)
        g_string_append_printf (name, " (%s)", line->which);
    }
  return g_string_free (name, FALSE);
}

static void
set_class (MadangDayCell *self, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

static void
show_number (MadangDayCell *self, MadangDayCellFlags flags)
{
  const MadangHoliday *holiday = madang_work_days_get_holiday (self->day);
  const gboolean red = madang_work_days_is_red (self->day);
  const char *number = self->day + strlen ("2020-03-");

  append_label (self, *number == '0' ? number + 1 : number, red ? "day-number-red" : "day-number");
  if (holiday != NULL && (flags & MADANG_DAY_CELL_NARROW) == 0)
    append_label (self, madang_today_name_holiday (holiday), "day-holiday");
}

void
madang_day_cell_show (MadangDayCell *self,
                      const char *day,
                      MadangDayCellFlags flags,
                      GPtrArray *lines)
{
  g_autofree char *name = NULL;
  GtkWidget *child;

  g_return_if_fail (MADANG_IS_DAY_CELL (self));
  g_return_if_fail (madang_day_is_valid (day));

  g_free (self->day);
  self->day = g_strdup (day);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  show_number (self, flags);
  append_lines (self, flags, lines);
  set_class (self, "today", (flags & MADANG_DAY_CELL_TODAY) != 0);
  set_class (self, "outside", (flags & MADANG_DAY_CELL_OUTSIDE) != 0);
  name = dup_name (day, flags, lines);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), lines != NULL && lines->len > 0 ? name : NULL);
}

const char *
madang_day_cell_get_day (MadangDayCell *self)
{
  g_return_val_if_fail (MADANG_IS_DAY_CELL (self), NULL);
  return self->day;
}

static void
madang_day_cell_finalize (GObject *object)
{
  g_free (MADANG_DAY_CELL (object)->day);

  G_OBJECT_CLASS (madang_day_cell_parent_class)->finalize (object);
}

static void
madang_day_cell_class_init (MadangDayCellClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_day_cell_finalize;
}

static void
madang_day_cell_init (MadangDayCell *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  gtk_button_set_child (GTK_BUTTON (self), self->box);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "day-cell");
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
}

GtkWidget *
madang_day_cell_new (void)
{
  return g_object_new (MADANG_TYPE_DAY_CELL, NULL);
}
