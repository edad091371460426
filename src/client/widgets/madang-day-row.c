/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-day-row.h"

#include <glib/gi18n.h>

#include "madang-day.h"

struct _MadangDayRow
{
  MadangEntryRow parent_instance;

  GtkWidget *button;
  GtkPopover *popover;
  GtkCalendar *calendar;
  gboolean showing; /* the calendar is being set to the entry's day */
};

G_DEFINE_FINAL_TYPE (MadangDayRow, madang_day_row, MADANG_TYPE_ENTRY_ROW)

static GVariant *
madang_day_row_parse (MadangEntryRow *row, const char *text)
{
  g_autofree char *day = madang_day_parse_input (text);

  return day != NULL ? g_variant_new_string (day) : NULL;
}

static char *
madang_day_row_format (MadangEntryRow *row, GVariant *value)
{
  return madang_day_format (g_variant_get_string (value, NULL));
}

static void
popover_shown_cb (MadangDayRow *self)
{
  g_autoptr (GVariant) value = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (GDateTime) date = NULL;
  int year, month, day;

  if (!madang_field_row_dup_value (MADANG_FIELD_ROW (self), &value, &problem) || value == NULL)
    return;
  if (sscanf (g_variant_get_string (value, NULL), "%d-%d-%d", &year, &month, &day) != 3)
    return;
  date = g_date_time_new_local (year, month, day, 0, 0, 0);
  self->showing = TRUE;
  gtk_calendar_select_day (self->calendar, date);
  self->showing = FALSE;
}

static void
day_selected_cb (MadangDayRow *self)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *day = NULL;

  if (self->showing)
    return;
  date = gtk_calendar_get_date (self->calendar);
  day = g_date_time_format (date, "%Y-%m-%d");
  madang_entry_row_enter (MADANG_ENTRY_ROW (self), g_variant_new_string (day));
  gtk_popover_popdown (self->popover);
}

static void
madang_day_row_class_init (MadangDayRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  MADANG_ENTRY_ROW_CLASS (klass)->parse = madang_day_row_parse;
  MADANG_ENTRY_ROW_CLASS (klass)->format = madang_day_row_format;
  MADANG_ENTRY_ROW_CLASS (klass)->problem = N_ ("Not a date. Write it as 2020. 3. 13.");

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/widgets/madang-day-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangDayRow, button);
  gtk_widget_class_bind_template_child (widget_class, MadangDayRow, popover);
  gtk_widget_class_bind_template_child (widget_class, MadangDayRow, calendar);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
}

static void
madang_day_row_init (MadangDayRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  madang_entry_row_add_suffix (MADANG_ENTRY_ROW (self), self->button);
}
