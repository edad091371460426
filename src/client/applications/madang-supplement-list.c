/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-supplement-list.h"

#include <glib/gi18n.h>

#include "madang-application-status.h"
#include "madang-supplements.h"

struct _MadangSupplementList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  char *
      shown; /* (owned) (nullable): what the cards say, so that they are not made anew for nothing */
};

static guint letter_signal;

G_DEFINE_FINAL_TYPE (MadangSupplementList, madang_supplement_list, GTK_TYPE_WIDGET)

static GtkWidget *
append_label (GtkWidget *card, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (card), label);
  return label;
}

/* "To be answered · Due 2020. 3. 16.(월) 24:00, 4 days left" */
static char *
dup_head (MadangRecord *request, gint64 now)
{
  const char *state = madang_kind_get_state_label (&madang_supplement_request_kind,
                                                   madang_record_get_state (request));
  g_autofree char *due = NULL;

  if (g_str_equal (madang_record_get_state (request), "open"))
    due = madang_application_dup_supplement_deadline (madang_record_get_text (request, "due"), now);
  else
    due = madang_record_dup_display (request, "due");
  return g_strdup_printf ("%s · %s", state, due);
}

/* (nullable) */
static char *
dup_answer (MadangRecord *request)
{
  g_autofree char *time = NULL;

  if (!madang_record_is_set (request, "answered_at"))
    return NULL;
  time = madang_record_dup_display (request, "answered_at");
  if (!madang_record_is_set (request, "answer"))
    /* Translators: %s is a time */
    return g_strdup_printf (_ ("Answered on %s, without words"), time);
  /* Translators: the first %s is a time, the second what the agency wrote */
  return g_strdup_printf (_ ("Answered on %s: %s"), time,
                          madang_record_get_text (request, "answer"));
}

static void
letter_clicked_cb (GtkButton *button, MadangSupplementList *self)
{
  g_signal_emit (self, letter_signal, 0, g_object_get_data (G_OBJECT (button), "request"));
}

static void
append_letter_button (MadangSupplementList *self, GtkWidget *card, MadangRecord *request)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Letter of the Request"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "request", g_object_ref (request), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (letter_clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (card), button);
}

static void
append_card (MadangSupplementList *self, MadangRecord *request, gint64 now)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *head = dup_head (request, now);
  g_autofree char *asked = madang_record_dup_display (request, "asked_at");
  /* Translators: %s is a time */
  g_autofree char *asked_text = g_strdup_printf (_ ("Asked for on %s"), asked);
  g_autofree char *answer = dup_answer (request);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "supplement-card");
  append_label (card, head, "heading");
  append_label (card, asked_text, "dim-label");
  append_label (card, madang_record_get_text (request, "items"), NULL);
  if (answer != NULL)
    append_label (card, answer, NULL);
  append_letter_button (self, card, request);
  gtk_box_append (GTK_BOX (self->box), card);
}

static void
clear (MadangSupplementList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

static void
fill (MadangSupplementList *self, GPtrArray *requests, gint64 now)
{
  clear (self);
  if (requests->len > 0)
    append_label (self->box, madang_kind_get_label (&madang_supplement_request_kind), "heading");
  for (guint i = 0; i < requests->len; i++)
    append_card (self, requests->pdata[i], now);
  gtk_widget_set_visible (GTK_WIDGET (self), requests->len > 0);
}

static char *
describe (GPtrArray *requests, gint64 now)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < requests->len; i++)
    {
      g_autofree char *digest = madang_record_dup_digest (requests->pdata[i]);
      g_autofree char *head = dup_head (requests->pdata[i], now);

      g_string_append_printf (text, "%s %s\n", digest, head);
    }
  return g_string_free (text, FALSE);
}

static void
madang_supplement_list_dispose (GObject *object)
{
  g_clear_pointer (&MADANG_SUPPLEMENT_LIST (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_supplement_list_parent_class)->dispose (object);
}

static void
madang_supplement_list_finalize (GObject *object)
{
  g_free (MADANG_SUPPLEMENT_LIST (object)->shown);

  G_OBJECT_CLASS (madang_supplement_list_parent_class)->finalize (object);
}

static void
madang_supplement_list_class_init (MadangSupplementListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_supplement_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_supplement_list_finalize;
  letter_signal = g_signal_new ("letter", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, MADANG_TYPE_RECORD);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_supplement_list_init (MadangSupplementList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_bottom (self->box, 24);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  madang_kind_get_label (&madang_supplement_request_kind), -1);
}

GtkWidget *
madang_supplement_list_new (void)
{
  return g_object_new (MADANG_TYPE_SUPPLEMENT_LIST, NULL);
}

void
madang_supplement_list_load (MadangSupplementList *self,
                             MadangRecordStore *records,
                             const char *application,
                             gint64 now)
{
  g_autoptr (MadangQuery) query = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (MADANG_IS_SUPPLEMENT_LIST (self));
  g_return_if_fail (MADANG_IS_RECORD_STORE (records));
  g_return_if_fail (application != NULL);

  query = madang_query_new (madang_supplement_request_kind.name);
  madang_query_add_equal (query, "application", g_variant_new_string (application));
  madang_query_set_order (query, "asked_at", MADANG_QUERY_DESCENDING);
  found = madang_record_store_find (records, query, NULL);
  if (found == NULL)
    return;
  text = describe (found, now);
  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  fill (self, found, now);
}
