/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-background-card.h"

#include <glib/gi18n.h>

#include "madang-agency-background.h"
#include "madang-prefill.h"

struct _MadangBackgroundCard
{
  AdwBin parent_instance;

  MadangForm *form;           /* (owned) (nullable) until set up */
  MadangRecordStore *records; /* (owned) (nullable) until set up */
  gboolean writable;
  MadangSystemEntry *entry; /* (owned) (nullable): what fields are filled from */
  MadangPrefill *filled;    /* (owned) (nullable): what can be taken back */

  GtkExpander *expander;
  MadangAgencyBackground *background;
  GtkWidget *fill_button;
  GtkWidget *fill_text;
  GtkWidget *undo_button;
};

G_DEFINE_FINAL_TYPE (MadangBackgroundCard, madang_background_card, ADW_TYPE_BIN)

/* What the button would do stands beside it; after it was pressed, the way back does. */
static void
update_offer (MadangBackgroundCard *self)
{
  g_auto (GStrv) labels = NULL;
  g_autofree char *fields = NULL;
  g_autofree char *text = NULL;

  if (self->writable && self->entry != NULL && self->filled == NULL)
    labels = madang_prefill_dup_labels (self->form, self->entry);
  fields = labels != NULL ? g_strjoinv (", ", labels) : NULL;
  if (self->filled != NULL)
    text = g_strdup (_ ("Empty fields were filled. Check what stands there."));
  else if (fields != NULL)
    /* Translators: %s is a list of fields that are empty */
    text = g_strdup_printf (_ ("Can fill: %s"), fields);
  gtk_label_set_label (GTK_LABEL (self->fill_text), text != NULL ? text : "");
  gtk_widget_set_visible (self->fill_text, text != NULL);
  gtk_widget_set_visible (self->fill_button, fields != NULL);
  gtk_widget_set_visible (self->undo_button, self->filled != NULL);
}

static void
fill_cb (MadangBackgroundCard *self)
{
  if (self->entry == NULL)
    return;
  self->filled = madang_prefill_run (self->form, self->entry);
  update_offer (self);
  if (self->filled != NULL)
    gtk_widget_grab_focus (self->undo_button);
}

static void
undo_cb (MadangBackgroundCard *self)
{
  g_autoptr (MadangPrefill) filled = g_steal_pointer (&self->filled);

  if (filled != NULL)
    madang_prefill_undo (filled);
  update_offer (self);
  gtk_widget_grab_focus (self->fill_button);
}

static void
read_entry (MadangBackgroundCard *self, const char *agency)
{
  g_autoptr (GPtrArray) entries = madang_system_entry_list (self->records, agency);

  g_clear_pointer (&self->entry, madang_system_entry_free);
  if (entries->len > 0 && ((MadangSystemEntry *)entries->pdata[0])->system != NULL)
    self->entry = g_ptr_array_steal_index (entries, 0);
}

static void
form_shown_cb (MadangBackgroundCard *self)
{
  const char *agency = madang_record_get_text (madang_form_get_record (self->form), "agency");

  gtk_widget_set_visible (GTK_WIDGET (self), *agency != '\0');
  if (*agency == '\0')
    return;
  if (self->filled != NULL
      && (!madang_prefill_is_of (self->filled, self->form)
          || !madang_prefill_may_undo (self->filled)))
    g_clear_pointer (&self->filled, madang_prefill_free);
  madang_agency_background_show (self->background, self->records, agency, NULL);
  read_entry (self, agency);
  update_offer (self);
}

static void
madang_background_card_dispose (GObject *object)
{
  MadangBackgroundCard *self = MADANG_BACKGROUND_CARD (object);

  g_clear_object (&self->form);
  g_clear_object (&self->records);
  g_clear_pointer (&self->entry, madang_system_entry_free);
  g_clear_pointer (&self->filled, madang_prefill_free);

  G_OBJECT_CLASS (madang_background_card_parent_class)->dispose (object);
}

static void
madang_background_card_class_init (MadangBackgroundCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_background_card_dispose;
  g_type_ensure (MADANG_TYPE_AGENCY_BACKGROUND);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/agencies/madang-background-card.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangBackgroundCard, expander);
  gtk_widget_class_bind_template_child (widget_class, MadangBackgroundCard, background);
  gtk_widget_class_bind_template_child (widget_class, MadangBackgroundCard, fill_button);
  gtk_widget_class_bind_template_child (widget_class, MadangBackgroundCard, fill_text);
  gtk_widget_class_bind_template_child (widget_class, MadangBackgroundCard, undo_button);
  gtk_widget_class_bind_template_callback (widget_class, fill_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
}

static void
madang_background_card_init (MadangBackgroundCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
madang_background_card_set_up (MadangBackgroundCard *self,
                               MadangForm *form,
                               MadangRecordStore *records,
                               gboolean writable)
{
  g_return_if_fail (MADANG_IS_BACKGROUND_CARD (self));
  g_return_if_fail (self->form == NULL);

  self->form = g_object_ref (form);
  self->records = g_object_ref (records);
  self->writable = writable;
  /* Who reads an application wants to see it beside; who writes knows it. */
  gtk_expander_set_expanded (self->expander, !writable);
  g_signal_connect_object (form, "shown", G_CALLBACK (form_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "edited", G_CALLBACK (update_offer), self, G_CONNECT_SWAPPED);
}
