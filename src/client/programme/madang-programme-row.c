/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-programme-row.h"

static GtkWidget *
new_row (const char *title, const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_strdup_printf ("%s: %s", title, value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

GtkWidget *
madang_programme_row_new (const char *title, const char *value, const char *below)
{
  GtkWidget *row;

  g_return_val_if_fail (title != NULL && value != NULL && below != NULL, NULL);

  row = new_row (title, value);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

GtkWidget *
madang_programme_row_new_value (const MadangField *field, const char *value)
{
  GtkWidget *row;
  GtkWidget *label;

  g_return_val_if_fail (field != NULL && value != NULL, NULL);

  if (field->type == MADANG_FIELD_TEXT)
    return madang_programme_row_new (madang_field_get_label (field), value, value);
  row = new_row (madang_field_get_label (field), value);
  label = gtk_label_new (value);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}
