/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-extend-dialog.h"

#include <glib/gi18n.h>

#include "madang-agency-choice.h"
#include "madang-calls.h"
#include "madang-day.h"
#include "madang-event.h"
#include "madang-field-row-factory.h"
#include "madang-programme.h"
#include "madang-today-line.h"
#include "madang-work-days.h"

struct _MadangExtendDialog
{
  AdwWindow parent_instance;

  MadangSync *sync;        /* (owned) */
  MadangRecord *programme; /* (owned) */
  GtkLabel *limits;
  GtkCheckButton *one_button;
  MadangAgencyChoice *choice;
  MadangFieldRow *all_day_row;
  MadangFieldRow *one_day_row;
  MadangFieldRow *reason_row;
  GtkLabel *day_off;
  GtkLabel *problem;
  GtkWidget *confirm_button;
};

static guint confirmed_signal;

G_DEFINE_FINAL_TYPE (MadangExtendDialog, madang_extend_dialog, ADW_TYPE_WINDOW)

static gboolean
is_for_one (MadangExtendDialog *self)
{
  return gtk_check_button_get_active (self->one_button);
}

static const char *
get_event (MadangExtendDialog *self)
{
  return is_for_one (self) ? "extend_call_for" : "extend_call";
}

/* FALSE: the row is empty, or holds what it marks as wrong. */
static gboolean
insert_value (GVariantDict *dict, const char *name, MadangFieldRow *row)
{
  g_autoptr (GVariant) value = NULL;
  g_autofree char *problem = NULL;

  if (!madang_field_row_dup_value (row, &value, &problem) || value == NULL)
    return FALSE;
  g_variant_dict_insert_value (dict, name, value);
  return TRUE;
}

/* (transfer full) (nullable): the day or the agency is still to be said. complete: whether the
 * reason is there too; without one the day can be judged already. */
static GVariant *
build_arguments (MadangExtendDialog *self, gboolean *complete)
{
  const gboolean one = is_for_one (self);
  MadangFieldRow *day_row = one ? self->one_day_row : self->all_day_row;
  const char *agency = madang_agency_choice_get_agency (self->choice);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  *complete = insert_value (&dict, "reason", self->reason_row);
  if (!*complete)
    g_variant_dict_insert (&dict, "reason", "s", "…");
  if (one && agency != NULL)
    g_variant_dict_insert (&dict, "agency", "s", agency);
  if (!insert_value (&dict, madang_field_row_get_field (day_row), day_row)
      || (one && agency == NULL))
    {
      *complete = FALSE;
      return NULL;
    }
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* As the server will judge it, as far as that is known here. */
static MadangVerdict *
check (MadangExtendDialog *self, GVariant *arguments)
{
  const MadangEventContext context = {
    .record = self->programme,
    .event = madang_kind_find_event (&madang_programme_kind, get_event (self)),
    .actor = madang_sync_get_actor (self->sync),
    .lookup = MADANG_LOOKUP (madang_sync_get_records (self->sync)),
    .now = madang_clock_get_programme_now (madang_sync_get_clock (self->sync)),
    .arguments = arguments,
  };

  return madang_event_check (&context);
}

/* A call may end on a day off, but whoever lets it should know. NULL: a working day, or none yet. */
static char *
dup_day_off_text (MadangExtendDialog *self, GVariant *arguments)
{
  const char *day = NULL;
  const MadangHoliday *holiday;
  g_autofree char *shown = NULL;

  if (arguments == NULL
      || !g_variant_lookup (arguments, is_for_one (self) ? "until" : "call_close", "&s", &day)
      || madang_work_days_is_working (day))
    return NULL;
  shown = madang_day_format (day);
  holiday = madang_work_days_get_holiday (day);
  if (holiday == NULL)
    /* Translators: %s is a day with its weekday */
    return g_strdup_printf (_ ("%s is a weekend, no working day. The call can end on it."), shown);
  /* Translators: the first %s is a day with its weekday, the second a public holiday */
  return g_strdup_printf (
      _ ("%s is a public holiday (%s), no working day. The call can end on it."), shown,
      madang_today_name_holiday (holiday));
}

static void
update (MadangExtendDialog *self)
{
  gboolean complete;
  g_autoptr (GVariant) arguments = build_arguments (self, &complete);
  g_autoptr (MadangVerdict) verdict = check (self, arguments);
  const gboolean refused = madang_verdict_is_no (verdict);
  g_autofree char *text
      = refused ? madang_verdict_dup_text (verdict, madang_programme_kind.name) : g_strdup ("");
  g_autofree char *day_off = refused ? NULL : dup_day_off_text (self, arguments);

  gtk_widget_set_visible (GTK_WIDGET (self->choice), is_for_one (self));
  gtk_widget_set_visible (GTK_WIDGET (self->one_day_row), is_for_one (self));
  gtk_widget_set_visible (GTK_WIDGET (self->all_day_row), !is_for_one (self));
  gtk_label_set_label (self->day_off, day_off != NULL ? day_off : "");
  gtk_widget_set_visible (GTK_WIDGET (self->day_off), day_off != NULL);
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), refused);
  gtk_widget_set_sensitive (self->confirm_button, complete && !refused);
}

static void
confirm_clicked_cb (MadangExtendDialog *self)
{
  gboolean complete;
  g_autoptr (GVariant) arguments = build_arguments (self, &complete);

  if (!complete)
    return;
  g_signal_emit (self, confirmed_signal, 0, get_event (self), arguments);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
show_limits (MadangExtendDialog *self)
{
  g_autofree char *close = madang_record_dup_display (self->programme, "call_close");
  g_autofree char *selection = madang_record_dup_display (self->programme, "selection_due");
  /* Translators: both are days */
  g_autofree char *text = g_strdup_printf (_ ("The call closes on %s. It can go on until the day "
                                              "of the selection, %s. All agencies that "
                                              "it concerns get a notice with the reason."),
                                           close, selection);

  gtk_label_set_label (self->limits, text);
}

static void
set_up_row (MadangExtendDialog *self, MadangFieldRow *row, const MadangKind *kind)
{
  madang_field_row_bind (row, kind,
                         madang_kind_find_field (kind, madang_field_row_get_field (row)));
  madang_field_row_set_required (row, TRUE);
  g_signal_connect_object (row, "edited", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
madang_extend_dialog_dispose (GObject *object)
{
  MadangExtendDialog *self = MADANG_EXTEND_DIALOG (object);

  /* The list lets go of its choice when it goes, and the fields may be gone before it. */
  if (self->choice != NULL)
    g_signal_handlers_disconnect_by_func (self->choice, update, self);
  g_clear_object (&self->sync);
  g_clear_object (&self->programme);

  G_OBJECT_CLASS (madang_extend_dialog_parent_class)->dispose (object);
}

static void
madang_extend_dialog_class_init (MadangExtendDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_extend_dialog_dispose;
  confirmed_signal = g_signal_new ("confirmed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_VARIANT);
  madang_field_row_ensure_types ();
  g_type_ensure (MADANG_TYPE_AGENCY_CHOICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/programme/madang-extend-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangExtendDialog, limits);
  gtk_widget_class_bind_template_child (widget_class, MadangExtendDialog, one_button);
  gtk_widget_class_bind_template_child (widget_class, MadangExtendDialog, choice);
  gtk_widget_class_bind_template_child (widget_class, MadangExtendDialog, all_day_row);
  gtk_widget_class_bind_template_child (widget_class, MadangExtendDialog, one_day_row);
  gtk_widget_class_bind_template_child (widget_class, MadangExtendDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, MadangExtendDialog, day_off);
  gtk_widget_class_bind_template_child (widget_class, MadangExtendDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, MadangExtendDialog, confirm_button);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
}

static void
madang_extend_dialog_init (MadangExtendDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangExtendDialog *
madang_extend_dialog_new (GtkWindow *parent,
                          MadangSync *sync,
                          MadangRecord *programme,
                          gboolean for_one)
{
  MadangExtendDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (MADANG_IS_RECORD (programme), NULL);

  self = g_object_new (MADANG_TYPE_EXTEND_DIALOG, "transient-for", parent, NULL);
  self->sync = g_object_ref (sync);
  self->programme = g_object_ref (programme);
  madang_agency_choice_set_records (self->choice, madang_sync_get_records (sync));
  set_up_row (self, self->all_day_row, &madang_programme_kind);
  set_up_row (self, self->one_day_row, &madang_call_extension_kind);
  set_up_row (self, self->reason_row, &madang_call_extension_kind);
  show_limits (self);
  gtk_check_button_set_active (self->one_button, for_one);
  g_signal_connect_object (self->one_button, "toggled", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "chosen", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  if (for_one)
    gtk_widget_child_focus (GTK_WIDGET (self->choice), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->all_day_row));
  return self;
}
