/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-refused-card.h"

#include <glib/gi18n.h>

#include "madang-confirm-dialog.h"
#include "madang-sync-text.h"

struct _MadangRefusedCard
{
  GtkWidget parent_instance;

  char *mid; /* (owned) */
  GtkWidget *box;
  GtkLabel *heading;
  GtkLabel *reason;
  GtkWidget *button;
};

static guint discarded_signal;

G_DEFINE_FINAL_TYPE (MadangRefusedCard, madang_refused_card, GTK_TYPE_WIDGET)

static void
discard_confirmed_cb (MadangRefusedCard *self)
{
  gtk_widget_set_sensitive (self->button, FALSE);
  g_signal_emit (self, discarded_signal, 0);
}

static void
discard_clicked_cb (MadangRefusedCard *self)
{
  MadangConfirmDialog *dialog = madang_confirm_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Give Up This Change?"),
      _ ("The entry shows the server’s version again. What you had changed is gone."),
      _ ("Give Up"));

  madang_confirm_dialog_set_destructive (dialog);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (discard_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
madang_refused_card_dispose (GObject *object)
{
  g_clear_pointer (&MADANG_REFUSED_CARD (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_refused_card_parent_class)->dispose (object);
}

static void
madang_refused_card_finalize (GObject *object)
{
  g_free (MADANG_REFUSED_CARD (object)->mid);

  G_OBJECT_CLASS (madang_refused_card_parent_class)->finalize (object);
}

static void
madang_refused_card_class_init (MadangRefusedCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_refused_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_refused_card_finalize;
  discarded_signal = g_signal_new ("discarded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-refused-card.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangRefusedCard, box);
  gtk_widget_class_bind_template_child (widget_class, MadangRefusedCard, heading);
  gtk_widget_class_bind_template_child (widget_class, MadangRefusedCard, reason);
  gtk_widget_class_bind_template_child (widget_class, MadangRefusedCard, button);
  gtk_widget_class_bind_template_callback (widget_class, discard_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_refused_card_init (MadangRefusedCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
madang_refused_card_new (const MadangWaiting *waiting)
{
  MadangRefusedCard *self = g_object_new (MADANG_TYPE_REFUSED_CARD, NULL);
  g_autofree char *title = madang_waiting_dup_title (waiting);
  g_autofree char *reason = madang_waiting_dup_reason (waiting, MADANG_SYNC_CONNECTED);

  self->mid = g_strdup (waiting->mid);
  gtk_label_set_label (self->heading, title);
  gtk_label_set_label (self->reason, reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

const char *
madang_refused_card_get_mid (MadangRefusedCard *self)
{
  g_return_val_if_fail (MADANG_IS_REFUSED_CARD (self), NULL);
  return self->mid;
}
