/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-set-row.h"

struct _MadangSetRow
{
  MadangFieldRow parent_instance;

  GtkBox *box;
  GPtrArray *buttons; /* (owned) (element-type GtkCheckButton), each with data "choice" */
};

G_DEFINE_FINAL_TYPE (MadangSetRow, madang_set_row, MADANG_TYPE_FIELD_ROW)

static const char *
get_choice (gpointer button)
{
  return g_object_get_data (G_OBJECT (button), "choice");
}

static void
toggled_cb (MadangSetRow *self)
{
  madang_field_row_emit_edited (MADANG_FIELD_ROW (self));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
madang_set_row_dup_value (MadangFieldRow *row, GVariant **value, char **problem)
{
  MadangSetRow *self = MADANG_SET_ROW (row);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  *problem = NULL;
  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (self->buttons->pdata[i]))
      g_ptr_array_add (names, (gpointer)get_choice (self->buttons->pdata[i]));
  g_ptr_array_sort (names, compare_names);
  *value = names->len > 0 ? g_variant_ref_sink (
               g_variant_new_strv ((const char *const *)names->pdata, names->len))
                          : NULL;
  return TRUE;
}

static void
madang_set_row_set_value (MadangFieldRow *row, GVariant *value)
{
  MadangSetRow *self = MADANG_SET_ROW (row);
  g_autofree const char **names = value != NULL ? g_variant_get_strv (value, NULL) : NULL;

  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (
        self->buttons->pdata[i],
        names != NULL && g_strv_contains (names, get_choice (self->buttons->pdata[i])));
}

static void
madang_set_row_set_editable (MadangFieldRow *row, gboolean editable)
{
  gtk_widget_set_sensitive (GTK_WIDGET (MADANG_SET_ROW (row)->box), editable);
}

static void
madang_set_row_bound (MadangFieldRow *row, const MadangField *field)
{
  MadangSetRow *self = MADANG_SET_ROW (row);

  g_assert (self->buttons->len == 0);
  for (const MadangChoice *choice = field->choices; choice->name != NULL; choice++)
    {
      GtkWidget *button
          = gtk_check_button_new_with_label (madang_field_get_choice_label (field, choice->name));

      g_object_set_data (G_OBJECT (button), "choice", (gpointer)choice->name);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->buttons, button);
      gtk_box_append (self->box, button);
    }
}

static void
madang_set_row_finalize (GObject *object)
{
  g_ptr_array_unref (MADANG_SET_ROW (object)->buttons);

  G_OBJECT_CLASS (madang_set_row_parent_class)->finalize (object);
}

static void
madang_set_row_class_init (MadangSetRowClass *klass)
{
  MadangFieldRowClass *row_class = MADANG_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = madang_set_row_finalize;
  row_class->bound = madang_set_row_bound;
  row_class->dup_value = madang_set_row_dup_value;
  row_class->set_value = madang_set_row_set_value;
  row_class->set_editable = madang_set_row_set_editable;
}

static void
madang_set_row_init (MadangSetRow *self)
{
  self->buttons = g_ptr_array_new ();
  self->box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                            "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "choices");
  madang_field_row_set_control (MADANG_FIELD_ROW (self), GTK_WIDGET (self->box),
                                GTK_WIDGET (self->box));
}
