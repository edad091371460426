/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-reference-row.h"

struct _MadangReferenceRow
{
  MadangFieldRow parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (MadangReferenceRow, madang_reference_row, MADANG_TYPE_FIELD_ROW)

static gboolean
madang_reference_row_dup_value (MadangFieldRow *row, GVariant **value, char **problem)
{
  const char *text = gtk_label_get_label (MADANG_REFERENCE_ROW (row)->label);

  *problem = NULL;
  *value = *text != '\0' ? g_variant_ref_sink (g_variant_new_string (text)) : NULL;
  return TRUE;
}

static void
madang_reference_row_set_value (MadangFieldRow *row, GVariant *value)
{
  gtk_label_set_label (MADANG_REFERENCE_ROW (row)->label,
                       value != NULL ? g_variant_get_string (value, NULL) : "");
}

static void
madang_reference_row_class_init (MadangReferenceRowClass *klass)
{
  MADANG_FIELD_ROW_CLASS (klass)->dup_value = madang_reference_row_dup_value;
  MADANG_FIELD_ROW_CLASS (klass)->set_value = madang_reference_row_set_value;
}

static void
madang_reference_row_init (MadangReferenceRow *self)
{
  self->label = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_selectable (self->label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "fixed-value");
  madang_field_row_set_control (MADANG_FIELD_ROW (self), GTK_WIDGET (self->label),
                                GTK_WIDGET (self->label));
}
