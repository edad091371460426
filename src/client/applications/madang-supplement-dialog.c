/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-supplement-dialog.h"

#include <glib/gi18n.h>

#include "madang-day.h"
#include "madang-event.h"
#include "madang-field-row-factory.h"
#include "madang-field-row.h"
#include "madang-supplements.h"
#include "madang-work-days.h"

struct _MadangSupplementDialog
{
  AdwWindow parent_instance;

  MadangSync *sync;          /* (owned) */
  MadangRecord *application; /* (owned) */
  const MadangEvent *event;
  GtkLabel *heading;
  GtkLabel *body;
  MadangFieldRow *items_row;
  MadangFieldRow *due_row;
  MadangFieldRow *answer_row;
  GtkLabel *note; /* until when, or what the rules say against it */
  GtkButton *confirm_button;
};

static guint confirmed_signal;

G_DEFINE_FINAL_TYPE (MadangSupplementDialog, madang_supplement_dialog, ADW_TYPE_WINDOW)

static gboolean
is_request (MadangSupplementDialog *self)
{
  return g_str_equal (self->event->name, "request_supplement");
}

/* (transfer full) (nullable): empty, or what it marks as wrong. Sets *bad for the latter. */
static GVariant *
dup_value (MadangFieldRow *row, gboolean *bad)
{
  GVariant *value = NULL;
  g_autofree char *problem = NULL;

  if (!madang_field_row_dup_value (row, &value, &problem))
    *bad = TRUE;
  return value;
}

/* (transfer full) (nullable): something is still to be written, or is marked as wrong. */
static GVariant *
build_arguments (MadangSupplementDialog *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  gboolean bad = FALSE;
  g_autoptr (GVariant) items = is_request (self) ? dup_value (self->items_row, &bad) : NULL;
  g_autoptr (GVariant) due = is_request (self) ? dup_value (self->due_row, &bad) : NULL;
  g_autoptr (GVariant) answer = is_request (self) ? NULL : dup_value (self->answer_row, &bad);

  if (bad || (is_request (self) && (items == NULL || due == NULL)))
    return NULL;
  if (items != NULL)
    g_variant_dict_insert_value (&dict, "items", items);
  if (due != NULL)
    g_variant_dict_insert_value (&dict, "due", due);
  if (answer != NULL)
    g_variant_dict_insert_value (&dict, "answer", answer);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* As the server will judge it, as far as that is known here. */
static MadangVerdict *
check (MadangSupplementDialog *self, GVariant *arguments)
{
  const MadangEventContext context = {
    .record = self->application,
    .event = self->event,
    .actor = madang_sync_get_actor (self->sync),
    .lookup = MADANG_LOOKUP (madang_sync_get_records (self->sync)),
    .now = madang_clock_get_programme_now (madang_sync_get_clock (self->sync)),
    .arguments = arguments,
  };

  return madang_event_check (&context);
}

/* Until when it will really be, in words; NULL when no day is asked for. */
static char *
dup_day_text (MadangSupplementDialog *self)
{
  gboolean bad = FALSE;
  g_autoptr (GVariant) due = is_request (self) ? dup_value (self->due_row, &bad) : NULL;
  const char *day = due != NULL ? g_variant_get_string (due, NULL) : NULL;
  g_autofree char *moved = NULL;
  g_autofree char *wished = NULL;
  g_autofree char *until = NULL;

  if (!is_request (self))
    return NULL;
  if (day == NULL)
    return g_strdup (_ ("A day off moves to the next working day. The day counts until midnight."));
  moved = madang_work_days_find_on_or_after (day);
  wished = madang_day_format (day);
  until = madang_deadline_format (moved);
  if (!g_str_equal (moved, day))
    /* Translators: the first %s is a day, the second the next working day with the hour */
    return g_strdup_printf (_ ("%s is a day off. It moves to the next working day, %s."), wished,
                            until);
  if (!madang_work_days_are_known (day, day))
    /* Translators: %s is a day with the hour */
    return g_strdup_printf (_ ("Due by %s. The public holidays of that year are not known yet; "
                               "please make sure that it is a working day."),
                            until);
  /* Translators: %s is a day with the hour */
  return g_strdup_printf (_ ("Due by %s."), until);
}

static void
update (MadangSupplementDialog *self)
{
  g_autoptr (GVariant) arguments = build_arguments (self);
  g_autoptr (MadangVerdict) verdict = arguments != NULL ? check (self, arguments) : NULL;
  const gboolean refused = verdict != NULL && madang_verdict_is_no (verdict);
  g_autofree char *text
      = refused ? madang_verdict_dup_text (verdict, "application") : dup_day_text (self);

  gtk_label_set_label (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
  if (refused)
    gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->note), "error");
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm_button), arguments != NULL && !refused);
}

static void
confirm_clicked_cb (MadangSupplementDialog *self)
{
  g_autoptr (GVariant) arguments = build_arguments (self);

  if (arguments == NULL)
    return;
  g_signal_emit (self, confirmed_signal, 0, arguments);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
set_up_row (MadangSupplementDialog *self, MadangFieldRow *row, gboolean shown, gboolean required)
{
  const MadangKind *kind = &madang_supplement_request_kind;

  madang_field_row_bind (row, kind,
                         madang_kind_find_field (kind, madang_field_row_get_field (row)));
  madang_field_row_set_required (row, required);
  gtk_widget_set_visible (GTK_WIDGET (row), shown);
  g_signal_connect_object (row, "edited", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
set_words (MadangSupplementDialog *self)
{
  const char *heading
      = is_request (self) ? _ ("Ask for a Supplement") : _ ("Hand In the Supplement");

  gtk_window_set_title (GTK_WINDOW (self), heading);
  gtk_label_set_label (self->heading, heading);
  if (is_request (self))
    gtk_label_set_label (self->body,
                         _ ("The agency gets a notice and can change the form until that day. Its "
                            "first receipt number and time stay."));
  else
    gtk_label_set_label (self->body, _ ("The form goes back to the city as it stands now. Its "
                                        "first receipt number and time stay."));
  gtk_button_set_label (self->confirm_button, is_request (self) ? _ ("Ask") : _ ("Hand In"));
}

static void
madang_supplement_dialog_dispose (GObject *object)
{
  MadangSupplementDialog *self = MADANG_SUPPLEMENT_DIALOG (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->application);

  G_OBJECT_CLASS (madang_supplement_dialog_parent_class)->dispose (object);
}

static void
madang_supplement_dialog_class_init (MadangSupplementDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_supplement_dialog_dispose;
  confirmed_signal = g_signal_new ("confirmed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_VARIANT);
  madang_field_row_ensure_types ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/applications/madang-supplement-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangSupplementDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MadangSupplementDialog, body);
  gtk_widget_class_bind_template_child (widget_class, MadangSupplementDialog, items_row);
  gtk_widget_class_bind_template_child (widget_class, MadangSupplementDialog, due_row);
  gtk_widget_class_bind_template_child (widget_class, MadangSupplementDialog, answer_row);
  gtk_widget_class_bind_template_child (widget_class, MadangSupplementDialog, note);
  gtk_widget_class_bind_template_child (widget_class, MadangSupplementDialog, confirm_button);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
}

static void
madang_supplement_dialog_init (MadangSupplementDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangSupplementDialog *
madang_supplement_dialog_new (GtkWindow *parent,
                              MadangSync *sync,
                              MadangRecord *application,
                              const char *event)
{
  MadangSupplementDialog *self;
  gboolean request;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (MADANG_IS_RECORD (application), NULL);

  self = g_object_new (MADANG_TYPE_SUPPLEMENT_DIALOG, "transient-for", parent, NULL);
  self->sync = g_object_ref (sync);
  self->application = g_object_ref (application);
  self->event = madang_kind_find_event (madang_record_get_kind (application), event);
  g_assert (self->event != NULL);
  request = is_request (self);
  set_up_row (self, self->items_row, request, TRUE);
  set_up_row (self, self->due_row, request, TRUE);
  set_up_row (self, self->answer_row, !request, FALSE);
  set_words (self);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (request ? self->items_row : self->answer_row));
  return self;
}
