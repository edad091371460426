/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-reading-page.h"

#include <glib/gi18n.h>

#include "madang-application-sheet.h"
#include "madang-application-status.h"
#include "madang-confirm-dialog.h"
#include "madang-event-command.h"
#include "madang-history-page.h"
#include "madang-letter-page.h"
#include "madang-paper-commands.h"
#include "madang-supplement-dialog.h"
#include "madang-supplement-list.h"
#include "madang-undo.h"

#define MOST_REASON 500

struct _MadangReadingPage
{
  MadangPage parent_instance;

  char *application;           /* (owned): id */
  MadangEventCommand *receive; /* (owned) (nullable) until set up, as the next three */
  MadangEventCommand *request; /* (owned): asks for a supplement */
  MadangEventCommand *accept;  /* (owned): a paper form that was entered late */
  MadangEventCommand *refuse;  /* (owned): the same */
  GSimpleAction *receipt;      /* borrowed from the page's actions */
  GtkWidget *receive_button;
  GtkWidget *request_button;
  GtkWidget *accept_button;
  GtkWidget *refuse_button;
  MadangApplicationSheet *sheet;
  MadangSupplementList *supplements; /* inside sheet */
};

typedef enum
{
  PROP_APPLICATION = 1,
} MadangReadingPageProperty;

static GParamSpec *properties[PROP_APPLICATION + 1];

G_DEFINE_FINAL_TYPE (MadangReadingPage, madang_reading_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "receive", .kind = "application" },
  { "request_supplement", .kind = "application" },
  { "accept_late", .kind = "application" },
  { "refuse_late", .kind = "application" },
  { "receipt", N_ ("Receipt") },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Read the application: the paper stands beside what was entered."),
  N_ ("Receive it. The server gives the receipt number and tells the agency."),
  N_ ("When something is missing, ask for a supplement: what, and until when. The letter is made "
      "from it."),
  N_ ("A paper form that was entered late waits for the approver, who accepts it or says why not."),
  N_ ("Go back for the next one."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("Reading an Application"),
  .purpose = N_ ("One agency’s application as it was submitted."),
  .steps = steps,
};

static gint64
get_now (MadangReadingPage *self)
{
  return madang_clock_get_programme_now (
      madang_sync_get_clock (madang_page_get_sync (MADANG_PAGE (self))));
}

static char *
dup_agency_name (MadangReadingPage *self, MadangRecord *record)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));
  g_autoptr (MadangRecord) agency
      = madang_record_store_get (records, madang_record_get_text (record, "agency"), NULL);

  return g_strdup (agency != NULL ? madang_record_get_text (agency, "name_ko") : "");
}

static char *
dup_received (MadangRecord *record)
{
  g_autofree char *number = NULL;

  if (!madang_record_is_set (record, "receipt_number"))
    return g_strdup (_ ("Received. The server gives the receipt number as soon as it is reached."));
  number = madang_record_dup_display (record, "receipt_number");
  /* Translators: %s is the receipt number */
  return g_strdup_printf (_ ("Received under number %s."), number);
}

static char *
dup_late_entry (MadangRecord *record)
{
  g_autofree char *arrived = madang_record_dup_display (record, "arrived_on");

  /* Translators: %s is a day */
  return g_strdup_printf (_ ("Paper form that arrived on %s. It waits for an approver who did not "
                             "enter it."),
                          arrived);
}

static char *
dup_refused (MadangRecord *record)
{
  if (madang_record_get_waiting (record) > 0)
    return g_strdup (_ ("Not accepted. It counts as soon as it reaches the server."));
  /* Translators: %s is the reason that the approver gave */
  return g_strdup_printf (_ ("The paper form was not accepted. Reason: %s"),
                          madang_record_get_text (record, "refusal_reason"));
}

/* What the agency ended by itself, with the reason that it gave; (nullable). */
static char *
dup_ended (MadangRecord *record)
{
  const char *state = madang_record_get_state (record);

  if (g_str_equal (state, "declined"))
    /* Translators: %s is the reason that the officer gave */
    return g_strdup_printf (_ ("Given up. Reason: %s"),
                            madang_record_get_text (record, "declined_reason"));
  if (g_str_equal (state, "withdrawn") && madang_record_is_set (record, "withdrawal_reason"))
    /* Translators: %s is the reason that the officer gave */
    return g_strdup_printf (_ ("Withdrawn. Reason: %s"),
                            madang_record_get_text (record, "withdrawal_reason"));
  return NULL;
}

/* (nullable) */
static char *
dup_status (MadangReadingPage *self, MadangRecord *record)
{
  const char *state = madang_record_get_state (record);

  if (g_str_equal (state, "received"))
    return dup_received (record);
  if (g_str_equal (state, "supplement"))
    return madang_application_dup_supplement_deadline (
        madang_record_get_text (record, "supplement_due"), get_now (self));
  if (g_str_equal (state, "late_entry"))
    return dup_late_entry (record);
  return g_str_equal (state, "refused") ? dup_refused (record) : dup_ended (record);
}

static void
update_command (MadangEventCommand *command, GtkWidget *button, MadangRecord *record)
{
  madang_event_command_update (command, record, NULL);
  gtk_widget_set_visible (button, madang_event_command_is_relevant (command, record));
}

/* On a narrow window there is room for the main command; the others are in the menu. */
static void
hide_when_collapsed (MadangReadingPage *self, GtkWidget *button)
{
  gboolean collapsed;

  g_object_get (self, "collapsed", &collapsed, NULL);
  if (collapsed)
    gtk_widget_set_visible (button, FALSE);
}

/* record (nullable) */
static void
update_commands (MadangReadingPage *self, MadangRecord *record)
{
  update_command (self->receive, self->receive_button, record);
  update_command (self->request, self->request_button, record);
  update_command (self->accept, self->accept_button, record);
  update_command (self->refuse, self->refuse_button, record);
  hide_when_collapsed (self, self->request_button);
  hide_when_collapsed (self, self->refuse_button);
  g_simple_action_set_enabled (self->receipt,
                               record != NULL && madang_record_is_set (record, "receipt_number"));
}

/* Reads the record from the cache; it may have left our sight meanwhile. */
static void
reload (MadangReadingPage *self)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));
  g_autoptr (MadangRecord) record = NULL;
  g_autofree char *name = NULL;
  g_autofree char *status = NULL;

  if (records != NULL)
    record = madang_record_store_get (records, self->application, NULL);
  update_commands (self, record);
  if (record == NULL)
    {
      madang_page_show_banner (MADANG_PAGE (self),
                               _ ("This application is no longer here for you to read."), NULL,
                               NULL);
      return;
    }
  madang_application_sheet_set_record (self->sheet, record);
  madang_supplement_list_load (self->supplements, records, self->application, get_now (self));
  name = dup_agency_name (self, record);
  madang_page_set_title (MADANG_PAGE (self), name,
                         madang_kind_get_state_label (madang_record_get_kind (record),
                                                      madang_record_get_state (record)));
  status = dup_status (self, record);
  madang_page_show_banner (MADANG_PAGE (self), status, NULL, NULL);
}

static void
collapsed_changed_cb (MadangReadingPage *self)
{
  update_commands (self, madang_application_sheet_get_record (self->sheet));
}

static void
receive_cb (MadangReadingPage *self)
{
  madang_event_command_run (self->receive, madang_application_sheet_get_record (self->sheet), NULL);
}

static GtkWindow *
get_window (MadangReadingPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
request_confirmed_cb (MadangReadingPage *self, GVariant *arguments)
{
  madang_event_command_run_with (self->request, madang_application_sheet_get_record (self->sheet),
                                 arguments);
}

static void
request_cb (MadangReadingPage *self)
{
  MadangSupplementDialog *dialog
      = madang_supplement_dialog_new (get_window (self), madang_page_get_sync (MADANG_PAGE (self)),
                                      madang_application_sheet_get_record (self->sheet),
                                      "request_supplement");

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (request_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
accept_cb (MadangReadingPage *self)
{
  madang_event_command_run (self->accept, madang_application_sheet_get_record (self->sheet), NULL);
}

static void
refuse_confirmed_cb (MadangReadingPage *self, const char *reason)
{
  madang_event_command_run (self->refuse, madang_application_sheet_get_record (self->sheet),
                            reason);
}

static void
refuse_cb (MadangReadingPage *self)
{
  MadangConfirmDialog *dialog = madang_confirm_dialog_new (
      get_window (self), _ ("Not Accept the Paper Form?"),
      _ ("The agency is told the reason. The entry stays readable for the office."),
      _ ("Do Not Accept"));

  madang_confirm_dialog_ask_reason (dialog, _ ("Reason"), MOST_REASON);
  madang_confirm_dialog_set_destructive (dialog);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (refuse_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
receipt_cb (MadangReadingPage *self)
{
  madang_letter_page_open_receipt (MADANG_PAGE (self),
                                   madang_application_sheet_get_record (self->sheet));
}

static void
letter_cb (MadangReadingPage *self, MadangRecord *request)
{
  madang_letter_page_open_request (MADANG_PAGE (self),
                                   madang_application_sheet_get_record (self->sheet), request);
}

static void
event_done_cb (MadangReadingPage *self, const char *event)
{
  MadangRecord *record;

  reload (self);
  record = madang_application_sheet_get_record (self->sheet);
  if (record != NULL)
    madang_undo_offer (MADANG_PAGE (self), record,
                       madang_kind_find_event (madang_record_get_kind (record), event));
}

static MadangRecord *
get_record (MadangPage *page)
{
  return madang_application_sheet_get_record (MADANG_READING_PAGE (page)->sheet);
}

static char *
dup_file_name (MadangPage *page)
{
  return madang_application_sheet_dup_file_name (MADANG_READING_PAGE (page)->sheet, "pdf");
}

static void
madang_reading_page_changed (MadangPage *page, const char *const *ids)
{
  MadangReadingPage *self = MADANG_READING_PAGE (page);

  /* What was asked of the agency are records of their own. */
  reload (self);
}

static void
madang_reading_page_shown (MadangPage *page)
{
  MadangReadingPage *self = MADANG_READING_PAGE (page);

  GtkWidget *paper = GTK_WIDGET (madang_application_sheet_get_paper_view (self->sheet));

  /* Not the button: the Return that opened the page must not receive it as well. */
  if (gtk_widget_get_mapped (paper))
    gtk_widget_grab_focus (paper);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->sheet), GTK_DIR_TAB_FORWARD);
}

static void
madang_reading_page_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  if (property_id == PROP_APPLICATION)
    MADANG_READING_PAGE (object)->application = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static MadangEventCommand *
add_command (MadangReadingPage *self, const char *event, GtkWidget *button, GCallback activated)
{
  MadangEventCommand *command
      = madang_page_add_event_command (MADANG_PAGE (self), madang_kind_find ("application"), event);

  madang_event_command_bind_button (command, GTK_BUTTON (button));
  g_signal_connect_object (command, "activated", activated, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (command, "done", G_CALLBACK (event_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (command, "failed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  return command;
}

static void
madang_reading_page_constructed (GObject *object)
{
  MadangReadingPage *self = MADANG_READING_PAGE (object);
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));

  G_OBJECT_CLASS (madang_reading_page_parent_class)->constructed (object);

  madang_application_sheet_set_up (self->sheet, sync, FALSE);
  self->receive = add_command (self, "receive", self->receive_button, G_CALLBACK (receive_cb));
  self->request
      = add_command (self, "request_supplement", self->request_button, G_CALLBACK (request_cb));
  self->accept = add_command (self, "accept_late", self->accept_button, G_CALLBACK (accept_cb));
  self->refuse = add_command (self, "refuse_late", self->refuse_button, G_CALLBACK (refuse_cb));
  self->receipt
      = madang_page_add_action (MADANG_PAGE (self), "receipt", G_CALLBACK (receipt_cb), self);
  self->supplements = MADANG_SUPPLEMENT_LIST (madang_supplement_list_new ());
  madang_application_sheet_add_above (self->sheet, GTK_WIDGET (self->supplements));
  g_signal_connect_object (self->supplements, "letter", G_CALLBACK (letter_cb), self,
                           G_CONNECT_SWAPPED);
  madang_paper_commands_add (MADANG_PAGE (self),
                             madang_application_sheet_get_paper_view (self->sheet), dup_file_name);
  madang_history_page_add_command (MADANG_PAGE (self), get_record);
  g_signal_connect (self, "notify::collapsed", G_CALLBACK (collapsed_changed_cb), NULL);
  reload (self);
}

static void
madang_reading_page_dispose (GObject *object)
{
  MadangReadingPage *self = MADANG_READING_PAGE (object);

  g_clear_object (&self->receive);
  g_clear_object (&self->request);
  g_clear_object (&self->accept);
  g_clear_object (&self->refuse);

  G_OBJECT_CLASS (madang_reading_page_parent_class)->dispose (object);
}

static void
madang_reading_page_finalize (GObject *object)
{
  g_free (MADANG_READING_PAGE (object)->application);

  G_OBJECT_CLASS (madang_reading_page_parent_class)->finalize (object);
}

static void
madang_reading_page_class_init (MadangReadingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = madang_reading_page_set_property;
  object_class->constructed = madang_reading_page_constructed;
  object_class->dispose = madang_reading_page_dispose;
  object_class->finalize = madang_reading_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->changed = madang_reading_page_changed;
  MADANG_PAGE_CLASS (klass)->shown = madang_reading_page_shown;

  properties[PROP_APPLICATION]
      = g_param_spec_string ("application", NULL, NULL, NULL,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (MADANG_TYPE_APPLICATION_SHEET);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/applications/madang-reading-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangReadingPage, receive_button);
  gtk_widget_class_bind_template_child (widget_class, MadangReadingPage, request_button);
  gtk_widget_class_bind_template_child (widget_class, MadangReadingPage, accept_button);
  gtk_widget_class_bind_template_child (widget_class, MadangReadingPage, refuse_button);
  gtk_widget_class_bind_template_child (widget_class, MadangReadingPage, sheet);
}

static void
madang_reading_page_init (MadangReadingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
madang_reading_page_set_application (MadangReadingPage *self, const char *application)
{
  g_return_if_fail (MADANG_IS_READING_PAGE (self));
  g_return_if_fail (application != NULL);

  if (g_str_equal (self->application, application))
    return;
  g_free (self->application);
  self->application = g_strdup (application);
  reload (self);
}

MadangPage *
madang_reading_page_new (MadangSync *sync, const char *application)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (application != NULL, NULL);
  return g_object_new (MADANG_TYPE_READING_PAGE, "sync", sync, "application", application, NULL);
}
