/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-confirm-dialog.h"

#include "madang-text.h"

struct _MadangConfirmDialog
{
  AdwWindow parent_instance;

  gboolean asks_reason;
  guint max_length;
  GtkLabel *heading;
  GtkLabel *body;
  GtkWidget *reason_box;
  GtkLabel *reason_label;
  GtkEntry *reason_entry;
  GtkButton *confirm_button;
};

static guint confirmed_signal;

G_DEFINE_FINAL_TYPE (MadangConfirmDialog, madang_confirm_dialog, ADW_TYPE_WINDOW)

static char *
dup_reason (MadangConfirmDialog *self)
{
  return madang_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)), -1,
                            MADANG_TEXT_LINE);
}

static void
reason_changed_cb (MadangConfirmDialog *self)
{
  g_autofree char *reason = dup_reason (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm_button),
                            *reason != '\0'
                                && madang_text_count (reason) <= (glong)self->max_length);
}

static void
confirm_clicked_cb (MadangConfirmDialog *self)
{
  g_autofree char *reason = self->asks_reason ? dup_reason (self) : NULL;

  g_signal_emit (self, confirmed_signal, 0, reason);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
madang_confirm_dialog_class_init (MadangConfirmDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  confirmed_signal = g_signal_new ("confirmed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/platform/madang-confirm-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangConfirmDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MadangConfirmDialog, body);
  gtk_widget_class_bind_template_child (widget_class, MadangConfirmDialog, reason_box);
  gtk_widget_class_bind_template_child (widget_class, MadangConfirmDialog, reason_label);
  gtk_widget_class_bind_template_child (widget_class, MadangConfirmDialog, reason_entry);
  gtk_widget_class_bind_template_child (widget_class, MadangConfirmDialog, confirm_button);
  gtk_widget_class_bind_template_callback (widget_class, reason_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
}

static void
madang_confirm_dialog_init (MadangConfirmDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangConfirmDialog *
madang_confirm_dialog_new (GtkWindow *parent,
                           const char *heading,
                           const char *body,
                           const char *confirm_label)
{
  MadangConfirmDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  self = g_object_new (MADANG_TYPE_CONFIRM_DIALOG, "transient-for", parent, "title", heading, NULL);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->body, body);
  gtk_button_set_label (self->confirm_button, confirm_label);
  return self;
}

void
madang_confirm_dialog_ask_reason (MadangConfirmDialog *self, const char *label, guint max_length)
{
  g_return_if_fail (MADANG_IS_CONFIRM_DIALOG (self));

  self->asks_reason = TRUE;
  self->max_length = max_length;
  gtk_label_set_label (self->reason_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reason_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (self->reason_box, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm_button), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason_entry));
}

void
madang_confirm_dialog_set_destructive (MadangConfirmDialog *self)
{
  g_return_if_fail (MADANG_IS_CONFIRM_DIALOG (self));

  gtk_widget_remove_css_class (GTK_WIDGET (self->confirm_button), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->confirm_button), "destructive-action");
}
