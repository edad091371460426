/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-choice-row.h"

#include <glib/gi18n.h>

/* Two or three stand in one line as on paper; more stand below each other. */
#define MOST_IN_A_LINE 3

struct _MadangChoiceRow
{
  MadangFieldRow parent_instance;

  GtkBox *box;
  GPtrArray *buttons; /* (owned) (element-type GtkCheckButton), each with data "choice" */
};

G_DEFINE_FINAL_TYPE (MadangChoiceRow, madang_choice_row, MADANG_TYPE_FIELD_ROW)

static const char *
get_choice (gpointer button)
{
  return g_object_get_data (G_OBJECT (button), "choice");
}

static void
toggled_cb (MadangChoiceRow *self, GtkCheckButton *button)
{
  /* Changing a mark toggles two buttons; the one that is now set speaks for both. */
  if (gtk_check_button_get_active (button))
    madang_field_row_emit_edited (MADANG_FIELD_ROW (self));
}

static void
add_button (MadangChoiceRow *self, const char *choice, const char *label)
{
  GtkWidget *button = gtk_check_button_new_with_label (label);

  g_object_set_data (G_OBJECT (button), "choice", (gpointer)choice);
  if (self->buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->buttons->pdata[0]);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->buttons, button);
  gtk_box_append (self->box, button);
}

static GVariant *
read_choice (MadangChoiceRow *self, const char *choice)
{
  const MadangField *field = madang_field_row_get_declaration (MADANG_FIELD_ROW (self));

  if (field->type == MADANG_FIELD_YES_NO)
    return g_variant_new_boolean (g_str_equal (choice, "true"));
  return g_variant_new_string (choice);
}

static const char *
write_choice (GVariant *value)
{
  if (value == NULL)
    return NULL;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_variant_get_boolean (value) ? "true" : "false";
  return g_variant_get_string (value, NULL);
}

static gboolean
madang_choice_row_dup_value (MadangFieldRow *row, GVariant **value, char **problem)
{
  MadangChoiceRow *self = MADANG_CHOICE_ROW (row);

  *value = NULL;
  *problem = NULL;
  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (self->buttons->pdata[i]))
      *value = g_variant_ref_sink (read_choice (self, get_choice (self->buttons->pdata[i])));
  return TRUE;
}

static void
madang_choice_row_set_value (MadangFieldRow *row, GVariant *value)
{
  MadangChoiceRow *self = MADANG_CHOICE_ROW (row);
  const char *choice = write_choice (value);

  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (self->buttons->pdata[i],
                                 g_strcmp0 (get_choice (self->buttons->pdata[i]), choice) == 0);
}

static void
madang_choice_row_set_editable (MadangFieldRow *row, gboolean editable)
{
  gtk_widget_set_sensitive (GTK_WIDGET (MADANG_CHOICE_ROW (row)->box), editable);
}

static void
madang_choice_row_bound (MadangFieldRow *row, const MadangField *field)
{
  MadangChoiceRow *self = MADANG_CHOICE_ROW (row);
  guint n_choices = 0;

  g_assert (self->buttons->len == 0);
  if (field->type == MADANG_FIELD_YES_NO)
    {
      add_button (self, "true", _ ("Yes"));
      add_button (self, "false", _ ("No"));
      return;
    }
  for (const MadangChoice *choice = field->choices; choice->name != NULL; choice++)
    {
      add_button (self, choice->name, madang_field_get_choice_label (field, choice->name));
      n_choices++;
    }
  if (n_choices > MOST_IN_A_LINE)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), GTK_ORIENTATION_VERTICAL);
}

static void
madang_choice_row_finalize (GObject *object)
{
  g_ptr_array_unref (MADANG_CHOICE_ROW (object)->buttons);

  G_OBJECT_CLASS (madang_choice_row_parent_class)->finalize (object);
}

static void
madang_choice_row_class_init (MadangChoiceRowClass *klass)
{
  MadangFieldRowClass *row_class = MADANG_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = madang_choice_row_finalize;
  row_class->bound = madang_choice_row_bound;
  row_class->dup_value = madang_choice_row_dup_value;
  row_class->set_value = madang_choice_row_set_value;
  row_class->set_editable = madang_choice_row_set_editable;
}

static void
madang_choice_row_init (MadangChoiceRow *self)
{
  self->buttons = g_ptr_array_new ();
  self->box = g_object_new (GTK_TYPE_BOX, "spacing", 18, "accessible-role",
                            GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "choices");
  madang_field_row_set_control (MADANG_FIELD_ROW (self), GTK_WIDGET (self->box),
                                GTK_WIDGET (self->box));
}

void
madang_choice_row_choose (MadangChoiceRow *self, const char *choice)
{
  g_return_if_fail (MADANG_IS_CHOICE_ROW (self));

  for (guint i = 0; i < self->buttons->len; i++)
    if (g_strcmp0 (get_choice (self->buttons->pdata[i]), choice) == 0)
      gtk_check_button_set_active (self->buttons->pdata[i], TRUE);
}
