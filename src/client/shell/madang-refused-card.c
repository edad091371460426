/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-refused-card.h"

#include <glib/gi18n.h>

#include "madang-confirm-dialog.h"
#include "madang-history-words.h"
#include "madang-long-text.h"
#include "madang-sync-text.h"
#include "madang-wrap-box.h"

struct _MadangRefusedCard
{
  GtkWidget parent_instance;

  char *mid;     /* (owned) */
  GString *text; /* (owned): all that was written, to be copied */
  GtkWidget *box;
  GtkLabel *heading;
  GtkLabel *reason;
  GtkBox *written;
  GtkWidget *copy_button;
  GtkWidget *button;
};

static guint discarded_signal;

G_DEFINE_FINAL_TYPE (MadangRefusedCard, madang_refused_card, GTK_TYPE_WIDGET)

static void
copy_clicked_cb (MadangRefusedCard *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text->str);
}

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
  MadangRefusedCard *self = MADANG_REFUSED_CARD (object);

  g_free (self->mid);
  g_string_free (self->text, TRUE);

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

  g_type_ensure (MADANG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-refused-card.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangRefusedCard, box);
  gtk_widget_class_bind_template_child (widget_class, MadangRefusedCard, heading);
  gtk_widget_class_bind_template_child (widget_class, MadangRefusedCard, reason);
  gtk_widget_class_bind_template_child (widget_class, MadangRefusedCard, written);
  gtk_widget_class_bind_template_child (widget_class, MadangRefusedCard, copy_button);
  gtk_widget_class_bind_template_child (widget_class, MadangRefusedCard, button);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_refused_card_init (MadangRefusedCard *self)
{
  self->text = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- what was written ---------------------------------------------------------------------- */

static void
append_written (MadangRefusedCard *self, const char *label, const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = gtk_label_new (label);
  GtkWidget *text = madang_long_text_new ();

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_widget_add_css_class (caption, "caption-heading");
  madang_long_text_set_text (MADANG_LONG_TEXT (text), value, label);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (self->written, box);
  /* Translators: a field, then its value */
  g_string_append_printf (self->text, _ ("%s: %s"), label, value);
  g_string_append_c (self->text, '\n');
}

static void
append_values (MadangRefusedCard *self, const MadangWaiting *waiting, MadangRecordStore *records)
{
  const MadangKind *kind = madang_kind_find (waiting->kind);

  if (kind == NULL || waiting->written == NULL)
    return;
  for (guint i = 0; i < waiting->written->len; i++)
    {
      const MadangHistoryLine *line = waiting->written->pdata[i];
      g_autofree char *label = madang_history_dup_label (line, kind);
      g_autofree char *value = madang_history_dup_value (line, kind, records, FALSE);

      append_written (self, label, value);
    }
}

/* An argument is called like the field that it fills, of the record or of one that the event makes
 * for it. (nullable): none that a person writes. */
static const MadangField *
find_field_of_argument (const MadangKind *kind, const char *name)
{
  const MadangField *field = madang_kind_find_field (kind, name);

  for (const MadangKind *const *other = madang_kind_list (); field == NULL && *other != NULL;
       other++)
    for (const MadangField *link = (*other)->fields; field == NULL && link->name != NULL; link++)
      if (link->type == MADANG_FIELD_REFERENCE && g_strcmp0 (link->reference, kind->name) == 0)
        field = madang_kind_find_field (*other, name);
  return field;
}

static void
append_arguments (MadangRefusedCard *self, const MadangWaiting *waiting)
{
  const MadangKind *kind = madang_kind_find (waiting->kind);
  GVariantIter iter;
  const char *name;
  GVariant *argument;

  if (kind == NULL || waiting->said == NULL)
    return;
  g_variant_iter_init (&iter, waiting->said);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &argument))
    {
      const MadangField *field = find_field_of_argument (kind, name);
      const char *label = field != NULL ? madang_field_get_label (field) : _ ("Reason");
      g_autofree char *value = NULL;

      if (!g_variant_is_of_type (argument, G_VARIANT_TYPE_STRING)
          || (field == NULL && !g_str_equal (name, "reason")))
        continue;
      value = field != NULL && field->type == MADANG_FIELD_DAY
                  ? madang_field_format (field, argument)
                  : g_variant_dup_string (argument, NULL);
      append_written (self, label, value);
    }
}

GtkWidget *
madang_refused_card_new (const MadangWaiting *waiting, MadangRecordStore *records)
{
  MadangRefusedCard *self = g_object_new (MADANG_TYPE_REFUSED_CARD, NULL);
  g_autofree char *title = madang_waiting_dup_title (waiting);
  g_autofree char *reason = madang_waiting_dup_reason (waiting, MADANG_SYNC_CONNECTED);

  self->mid = g_strdup (waiting->mid);
  gtk_label_set_label (self->heading, title);
  gtk_label_set_label (self->reason, reason);
  append_values (self, waiting, records);
  append_arguments (self, waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->written), self->text->len > 0);
  gtk_widget_set_visible (self->copy_button, self->text->len > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

const char *
madang_refused_card_get_mid (MadangRefusedCard *self)
{
  g_return_val_if_fail (MADANG_IS_REFUSED_CARD (self), NULL);
  return self->mid;
}
