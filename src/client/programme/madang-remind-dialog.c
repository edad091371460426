/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-remind-dialog.h"

#include <glib/gi18n.h>

#include "madang-calls.h"
#include "madang-field-row-factory.h"

struct _MadangRemindDialog
{
  AdwWindow parent_instance;

  GtkLabel *heading;
  GtkLabel *names;
  MadangFieldRow *message_row;
  GtkWidget *confirm_button;
};

static guint confirmed_signal;

G_DEFINE_FINAL_TYPE (MadangRemindDialog, madang_remind_dialog, ADW_TYPE_WINDOW)

/* An argument of the event, which no record keeps. */
static const MadangField message_field = {
  .name = "message",
  .type = MADANG_FIELD_TEXT,
  .label = N_ ("Message (may be left empty)"),
  .max = MADANG_CALL_MAX_MESSAGE,
};

static void
update (MadangRemindDialog *self)
{
  g_autoptr (GVariant) value = NULL;
  g_autofree char *problem = NULL;

  gtk_widget_set_sensitive (self->confirm_button,
                            madang_field_row_dup_value (self->message_row, &value, &problem));
}

static void
confirm_clicked_cb (MadangRemindDialog *self)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) arguments = NULL;
  g_autofree char *problem = NULL;
  GVariantDict dict;

  if (!madang_field_row_dup_value (self->message_row, &value, &problem))
    return;
  g_variant_dict_init (&dict, NULL);
  if (value != NULL)
    g_variant_dict_insert_value (&dict, message_field.name, value);
  arguments = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_signal_emit (self, confirmed_signal, 0, arguments);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
madang_remind_dialog_class_init (MadangRemindDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  confirmed_signal = g_signal_new ("confirmed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_VARIANT);
  madang_field_row_ensure_types ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/programme/madang-remind-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangRemindDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MadangRemindDialog, names);
  gtk_widget_class_bind_template_child (widget_class, MadangRemindDialog, message_row);
  gtk_widget_class_bind_template_child (widget_class, MadangRemindDialog, confirm_button);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
}

static void
madang_remind_dialog_init (MadangRemindDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  madang_field_row_bind (self->message_row, NULL, &message_field);
  g_signal_connect_object (self->message_row, "edited", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

MadangRemindDialog *
madang_remind_dialog_new (GtkWindow *parent, GPtrArray *agencies)
{
  MadangRemindDialog *self;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *heading = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (agencies != NULL && agencies->len > 0, NULL);

  self = g_object_new (MADANG_TYPE_REMIND_DIALOG, "transient-for", parent, NULL);
  heading = g_strdup_printf (ngettext ("%u agency has not applied yet",
                                       "%u agencies have not applied yet", agencies->len),
                             agencies->len);
  for (guint i = 0; i < agencies->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            madang_record_get_text (agencies->pdata[i], "name_ko"));
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->names, names->str);
  gtk_widget_grab_focus (GTK_WIDGET (self->message_row));
  return self;
}
