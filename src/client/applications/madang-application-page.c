/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-application-page.h"

#include <glib/gi18n.h>

#include "madang-application-draft.h"
#include "madang-application-sheet.h"
#include "madang-application-status.h"
#include "madang-autosave.h"
#include "madang-calls.h"
#include "madang-confirm-dialog.h"
#include "madang-current-programme.h"
#include "madang-error-text.h"
#include "madang-event-command.h"
#include "madang-history-page.h"
#include "madang-letter-page.h"
#include "madang-missing-list.h"
#include "madang-paper-commands.h"
#include "madang-supplement-dialog.h"
#include "madang-supplement-list.h"
#include "madang-undo.h"
#include "madang-wrap-box.h"

#define MOST_REASON 500
#define CLOCK_SECONDS 20 /* how often the time left is shown anew */

struct _MadangApplicationPage
{
  MadangPage parent_instance;

  MadangEventCommand *submit;   /* (owned) */
  MadangEventCommand *withdraw; /* (owned) */
  MadangEventCommand *answer;   /* (owned): hands in a supplement */
  MadangEventCommand *give_up;  /* (owned) */
  MadangAutosave *autosave;     /* (owned) (nullable) until set up */
  GSimpleAction *create;        /* borrowed from the page's actions */
  GSimpleAction *receipt;       /* borrowed too */
  MadangRecord *programme;      /* (owned) (nullable) */
  char *last_day;               /* (owned) (nullable): of the call, for this agency */
  guint clock_timer;
  gboolean creating;

  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkWidget *create_button;
  GtkWidget *submit_button;
  GtkWidget *answer_button;
  GtkWidget *more_button;
  MadangApplicationSheet *sheet;
  MadangSupplementList *supplements; /* inside sheet */
  GtkWidget *lead;                   /* stays in view while the form scrolls */
  GtkLabel *deadline_label;
  GtkLabel *reason_label;
  MadangMissingList *missing_list;
};

G_DEFINE_FINAL_TYPE (MadangApplicationPage, madang_application_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "create", N_ ("New Application") },
  { "submit", .kind = "application" },
  { "answer_supplement", .kind = "application" },
  { "withdraw", .kind = "application" },
  { "give_up", .kind = "application" },
  { "receipt", N_ ("Receipt") },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Begin the application and fill in the form. The paper beside it shows how it will print."),
  N_ ("What is still missing stands above the form as links; each leads to its field."),
  N_ ("Submit before the deadline. What arrives at the server before midnight is in time."),
  N_ ("Follow it here: the receipt number appears as soon as the city has received it."),
  N_ ("When the city asks for a supplement, what it asks for stands above the form. Change the "
      "form and hand it in again by the day given."),
  NULL,
};

static const MadangPageKey page_keys[] = {
  { "Tab", N_ ("To the next field") },
  { "<Control>z", N_ ("Undo in the text") },
  { NULL },
};

static const MadangPageHelp help = {
  .title = N_ ("Application"),
  .purpose
  = N_ ("Here your agency’s application is written, submitted and followed. It saves itself "
        "while you write, also without a network."),
  .steps = steps,
  .keys = page_keys,
};

static MadangSync *
get_sync (MadangApplicationPage *self)
{
  return madang_page_get_sync (MADANG_PAGE (self));
}

static gint64
get_now (MadangApplicationPage *self)
{
  return madang_clock_get_programme_now (madang_sync_get_clock (get_sync (self)));
}

/* (nullable): the one in view. The sheet keeps the one of another year while there is none. */
static MadangRecord *
get_shown (MadangApplicationPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "sheet") == 0
             ? madang_application_sheet_get_record (self->sheet)
             : NULL;
}

static void
set_optional_label (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* What is typed but breaks a limit would be missing in what is submitted. */
static char *
dup_obstacle (MadangApplicationPage *self)
{
  return madang_form_dup_obstacle (madang_application_sheet_get_form (self->sheet));
}

static void
update_status (MadangApplicationPage *self, MadangRecord *record)
{
  MadangPage *page = MADANG_PAGE (self);
  g_autofree char *status = NULL;
  const char *failure = madang_autosave_get_failure (self->autosave);

  if (failure != NULL)
    {
      madang_page_show_banner (page, failure, _ ("Try Now"), "win.save");
      return;
    }
  status = madang_application_dup_status (record, self->last_day, get_now (self));
  if (status != NULL && madang_application_is_on_its_way (record))
    madang_page_show_banner (page, status, _ ("Save as PDF"), "win.export-pdf");
  else if (status != NULL && g_action_get_enabled (G_ACTION (self->create)))
    madang_page_show_banner (page, status, _ ("New Application"), "win.create");
  else if (status != NULL && g_str_equal (madang_record_get_state (record), "received")
           && g_action_get_enabled (G_ACTION (self->receipt)))
    madang_page_show_banner (page, status, _ ("Receipt"), "win.receipt");
  else
    madang_page_show_banner (page, status, NULL, NULL);
}

/* (nullable): what the form is written for now. */
static MadangEventCommand *
get_handing_in (MadangApplicationPage *self)
{
  if (gtk_widget_get_visible (self->submit_button))
    return self->submit;
  return gtk_widget_get_visible (self->answer_button) ? self->answer : NULL;
}

static char *
dup_lead_deadline (MadangApplicationPage *self, MadangRecord *record)
{
  if (get_handing_in (self) == self->answer)
    return madang_application_dup_supplement_deadline (
        madang_record_get_text (record, "supplement_due"), get_now (self));
  return madang_application_dup_deadline (self->last_day, get_now (self));
}

static void
update_lead (MadangApplicationPage *self, MadangRecord *record)
{
  MadangEventCommand *command = get_handing_in (self);
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *deadline = NULL;
  const char *reason = NULL;

  if (command != NULL)
    {
      missing = madang_record_find_missing (record, "submit");
      deadline = dup_lead_deadline (self, record);
      if (missing->len == 0)
        reason = madang_event_command_get_reason (command);
    }
  else
    missing = g_ptr_array_new ();
  set_optional_label (self->deadline_label, deadline);
  set_optional_label (self->reason_label, reason);
  madang_missing_list_set_fields (self->missing_list, missing);
  if (missing->len > 0)
    gtk_widget_add_css_class (self->lead, "missing");
  else
    gtk_widget_remove_css_class (self->lead, "missing");
  gtk_widget_set_visible (self->lead, deadline != NULL || reason != NULL || missing->len > 0);
}

static void
update_title (MadangApplicationPage *self, MadangRecord *record, gboolean obstructed)
{
  const MadangKind *kind = madang_record_get_kind (record);
  const char *state = madang_kind_get_state_label (kind, madang_record_get_state (record));
  const char *saved = NULL;
  g_autofree char *subtitle = NULL;

  if (obstructed || madang_autosave_get_failure (self->autosave) != NULL)
    saved = _ ("Not Saved");
  else if (madang_autosave_get_saving (self->autosave))
    saved = _ ("Saving…");
  else
    saved = _ ("Saved");
  if (get_handing_in (self) != NULL)
    subtitle = g_strdup_printf ("%s · %s", state, saved);
  else
    subtitle = g_strdup (state);
  madang_page_set_title (MADANG_PAGE (self), madang_kind_get_label (kind), subtitle);
}

/* record (nullable) */
static void
update_commands (MadangApplicationPage *self, MadangRecord *record, const char *obstacle)
{
  madang_event_command_update (self->submit, record, obstacle);
  madang_event_command_update (self->answer, record, obstacle);
  madang_event_command_update (self->withdraw, record, NULL);
  madang_event_command_update (self->give_up, record, NULL);
  g_simple_action_set_enabled (self->receipt,
                               record != NULL && madang_record_is_set (record, "receipt_number"));
  gtk_widget_set_visible (self->submit_button,
                          madang_event_command_is_relevant (self->submit, record));
  gtk_widget_set_visible (self->answer_button,
                          madang_event_command_is_relevant (self->answer, record));
  gtk_widget_set_visible (self->more_button, record != NULL);
}

static void
update (MadangApplicationPage *self)
{
  MadangRecord *record = get_shown (self);
  g_autofree char *obstacle = NULL;

  if (record == NULL)
    return;
  obstacle = dup_obstacle (self);
  update_commands (self, record, obstacle);
  update_lead (self, record);
  update_status (self, record);
  update_title (self, record, obstacle != NULL);
}

/* What was typed for one year is saved before that of another is shown. */
static void
show_record (MadangApplicationPage *self, MadangRecord *record)
{
  MadangRecord *former = madang_application_sheet_get_record (self->sheet);

  gtk_stack_set_visible_child_name (self->stack, "sheet");
  if (former != NULL && g_str_equal (madang_record_get_id (former), madang_record_get_id (record)))
    {
      madang_autosave_reload (self->autosave);
    }
  else
    {
      madang_autosave_flush (self->autosave);
      madang_application_sheet_set_record (self->sheet, record);
    }
  update (self);
}

static void
show_empty (MadangApplicationPage *self)
{
  g_autofree char *text
      = madang_application_dup_absence (self->programme, self->last_day, get_now (self));

  madang_autosave_flush (self->autosave);
  adw_status_page_set_description (self->empty_page, text);
  update_commands (self, NULL, NULL);
  gtk_widget_set_visible (self->lead, FALSE);
  gtk_widget_set_visible (self->create_button,
                          madang_application_draft_may_create (self->programme, NULL));
  madang_page_set_title (MADANG_PAGE (self), _ ("Application"), NULL);
  madang_page_show_banner (MADANG_PAGE (self), NULL, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

/* The last day of the call as it is for this agency, which may have been given more time. */
static void
find_last_day (MadangApplicationPage *self)
{
  const char *agency = madang_application_draft_get_agency (get_sync (self));
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));

  g_clear_pointer (&self->last_day, g_free);
  if (self->programme != NULL && records != NULL)
    self->last_day = madang_call_dup_last_day (MADANG_LOOKUP (records), self->programme,
                                               agency != NULL ? agency : "");
}

static void
load_supplements (MadangApplicationPage *self, MadangRecord *record)
{
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));

  if (records != NULL)
    madang_supplement_list_load (self->supplements, records, madang_record_get_id (record),
                                 get_now (self));
}

/* record (nullable): what there is already */
static void
update_create (MadangApplicationPage *self, MadangRecord *record)
{
  g_autofree char *obstacle = madang_application_draft_dup_obstacle (self->programme, record);

  if (!self->creating)
    madang_command_set_obstacle (self->create, obstacle);
}

/* Reads from the cache what this page is about. */
static void
reload (MadangApplicationPage *self)
{
  g_autoptr (MadangRecord) record = NULL;

  g_clear_object (&self->programme);
  self->programme = madang_current_programme_find (get_sync (self));
  find_last_day (self);
  record = madang_application_draft_find (get_sync (self), self->programme);
  update_create (self, record);
  if (record == NULL)
    {
      show_empty (self);
      return;
    }
  load_supplements (self, record);
  show_record (self, record);
}

static gboolean
clock_cb (gpointer user_data)
{
  MadangApplicationPage *self = user_data;
  MadangRecord *record = get_shown (self);

  if (record != NULL)
    load_supplements (self, record);
  update (self);
  return G_SOURCE_CONTINUE;
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangApplicationPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  self->creating = FALSE;
  if (get_sync (self) == NULL)
    return;
  if (!madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    {
      text = madang_error_dup_text (error);
      madang_page_toast (MADANG_PAGE (self), text);
    }
  reload (self);
  if (error == NULL)
    madang_application_sheet_focus_field (self->sheet, "dept_name");
}

static void
create_cb (MadangApplicationPage *self)
{
  g_autoptr (MadangRecord) record = madang_application_draft_new (get_sync (self), self->programme);

  self->creating = TRUE;
  g_simple_action_set_enabled (self->create, FALSE);
  madang_sync_create_async (get_sync (self), record, created_cb, g_object_ref (self));
}

static void
submit_cb (MadangApplicationPage *self)
{
  /* Sync keeps the order: what was typed goes first. */
  madang_autosave_flush (self->autosave);
  madang_event_command_run (self->submit, madang_application_sheet_get_record (self->sheet), NULL);
}

static void
withdraw_confirmed_cb (MadangApplicationPage *self, const char *reason)
{
  madang_autosave_flush (self->autosave);
  madang_event_command_run (self->withdraw, madang_application_sheet_get_record (self->sheet),
                            reason);
}

static void
withdraw_cb (MadangApplicationPage *self)
{
  MadangConfirmDialog *dialog = madang_confirm_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Withdraw the Application?"),
      _ ("It stays readable. Until the call closes a new one can be begun."), _ ("Withdraw"));

  madang_confirm_dialog_ask_reason (dialog, _ ("Reason"), MOST_REASON);
  madang_confirm_dialog_set_destructive (dialog);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (withdraw_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
answer_confirmed_cb (MadangApplicationPage *self, GVariant *arguments)
{
  madang_autosave_flush (self->autosave);
  madang_event_command_run_with (self->answer, madang_application_sheet_get_record (self->sheet),
                                 arguments);
}

static void
answer_cb (MadangApplicationPage *self)
{
  MadangSupplementDialog *dialog;

  madang_autosave_flush (self->autosave);
  dialog = madang_supplement_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                         get_sync (self),
                                         madang_application_sheet_get_record (self->sheet),
                                         "answer_supplement");
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (answer_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
give_up_confirmed_cb (MadangApplicationPage *self, const char *reason)
{
  madang_event_command_run (self->give_up, madang_application_sheet_get_record (self->sheet),
                            reason);
}

static void
give_up_cb (MadangApplicationPage *self)
{
  MadangConfirmDialog *dialog = madang_confirm_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Give Up the Programme?"),
      _ ("The agency leaves the programme, and the first of the reserve may take its place. This "
         "cannot be taken back."),
      _ ("Give Up the Programme"));

  madang_confirm_dialog_ask_reason (dialog, _ ("Reason"), MOST_REASON);
  madang_confirm_dialog_set_destructive (dialog);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (give_up_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
receipt_cb (MadangApplicationPage *self)
{
  madang_letter_page_open_receipt (MADANG_PAGE (self),
                                   madang_application_sheet_get_record (self->sheet));
}

static void
letter_cb (MadangApplicationPage *self, MadangRecord *request)
{
  madang_letter_page_open_request (MADANG_PAGE (self),
                                   madang_application_sheet_get_record (self->sheet), request);
}

static void
event_done_cb (MadangApplicationPage *self, const char *event)
{
  const MadangKind *kind = madang_kind_find ("application");

  reload (self);
  if (get_shown (self) != NULL)
    madang_undo_offer (MADANG_PAGE (self), get_shown (self), madang_kind_find_event (kind, event));
}

static void
autosave_notify_cb (MadangApplicationPage *self)
{
  madang_page_set_saving (MADANG_PAGE (self), madang_autosave_get_saving (self->autosave));
  update (self);
}

static void
missing_picked_cb (MadangApplicationPage *self, const char *field)
{
  madang_application_sheet_focus_field (self->sheet, field);
}

static MadangRecord *
get_record (MadangPage *page)
{
  return get_shown (MADANG_APPLICATION_PAGE (page));
}

static char *
dup_file_name (MadangPage *page)
{
  return madang_application_sheet_dup_file_name (MADANG_APPLICATION_PAGE (page)->sheet, "pdf");
}

static MadangEventCommand *
add_command (MadangApplicationPage *self, const char *event, GCallback activated)
{
  MadangEventCommand *command
      = madang_page_add_event_command (MADANG_PAGE (self), madang_kind_find ("application"), event);

  g_signal_connect_object (command, "activated", activated, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (command, "done", G_CALLBACK (event_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (command, "failed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  return command;
}

static void
madang_application_page_changed (MadangPage *page, const char *const *ids)
{
  reload (MADANG_APPLICATION_PAGE (page));
}

static void
madang_application_page_shown (MadangPage *page)
{
  MadangApplicationPage *self = MADANG_APPLICATION_PAGE (page);

  update (self);
  if (get_shown (self) == NULL)
    gtk_widget_grab_focus (self->create_button);
  else if (gtk_widget_get_focus_child (GTK_WIDGET (self->sheet)) == NULL)
    madang_form_focus_first (madang_application_sheet_get_form (self->sheet));
}

static void
madang_application_page_flush (MadangPage *page)
{
  madang_autosave_flush (MADANG_APPLICATION_PAGE (page)->autosave);
}

static char *
madang_application_page_dup_unsaved (MadangPage *page)
{
  MadangApplicationPage *self = MADANG_APPLICATION_PAGE (page);
  const char *failure = madang_autosave_get_failure (self->autosave);

  return failure != NULL ? g_strdup (failure) : dup_obstacle (self);
}

/* Work is about the year of the application that is opened. */
static void
go_to_year_of (MadangApplicationPage *self, const char *application)
{
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));
  g_autoptr (MadangRecord) record = NULL;

  if (records != NULL)
    record = madang_record_store_get (records, application, NULL);
  if (record != NULL && self->programme != NULL
      && !g_str_equal (madang_record_get_text (record, "programme"),
                       madang_record_get_id (self->programme)))
    madang_current_programme_choose (get_sync (self), madang_record_get_text (record, "programme"));
}

static MadangPage *
madang_application_page_find_record_page (MadangPage *page, const char *kind, const char *id)
{
  MadangApplicationPage *self = MADANG_APPLICATION_PAGE (page);
  MadangRecord *record;

  go_to_year_of (self, id);
  record = get_shown (self);
  return record != NULL && g_str_equal (madang_record_get_id (record), id) ? page : NULL;
}

static void
add_supplements (MadangApplicationPage *self)
{
  self->supplements = MADANG_SUPPLEMENT_LIST (madang_supplement_list_new ());
  madang_application_sheet_add_above (self->sheet, GTK_WIDGET (self->supplements));
  g_signal_connect_object (self->supplements, "letter", G_CALLBACK (letter_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
madang_application_page_constructed (GObject *object)
{
  MadangApplicationPage *self = MADANG_APPLICATION_PAGE (object);

  G_OBJECT_CLASS (madang_application_page_parent_class)->constructed (object);

  madang_application_sheet_set_up (self->sheet, get_sync (self), TRUE);
  self->autosave
      = madang_autosave_new (madang_application_sheet_get_form (self->sheet), get_sync (self));
  g_signal_connect_object (self->autosave, "notify", G_CALLBACK (autosave_notify_cb), self,
                           G_CONNECT_SWAPPED);
  self->submit = add_command (self, "submit", G_CALLBACK (submit_cb));
  self->withdraw = add_command (self, "withdraw", G_CALLBACK (withdraw_cb));
  self->answer = add_command (self, "answer_supplement", G_CALLBACK (answer_cb));
  self->give_up = add_command (self, "give_up", G_CALLBACK (give_up_cb));
  self->create
      = madang_page_add_action (MADANG_PAGE (self), "create", G_CALLBACK (create_cb), self);
  self->receipt
      = madang_page_add_action (MADANG_PAGE (self), "receipt", G_CALLBACK (receipt_cb), self);
  madang_event_command_bind_button (self->submit, GTK_BUTTON (self->submit_button));
  madang_event_command_bind_button (self->answer, GTK_BUTTON (self->answer_button));
  add_supplements (self);
  madang_paper_commands_add (MADANG_PAGE (self),
                             madang_application_sheet_get_paper_view (self->sheet), dup_file_name);
  madang_history_page_add_command (MADANG_PAGE (self), get_record);
  g_signal_connect_object (self->sheet, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->clock_timer = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  reload (self);
}

static void
madang_application_page_dispose (GObject *object)
{
  MadangApplicationPage *self = MADANG_APPLICATION_PAGE (object);

  g_clear_handle_id (&self->clock_timer, g_source_remove);
  g_clear_object (&self->autosave);
  g_clear_object (&self->submit);
  g_clear_object (&self->withdraw);
  g_clear_object (&self->answer);
  g_clear_object (&self->give_up);
  g_clear_object (&self->programme);
  g_clear_pointer (&self->last_day, g_free);

  G_OBJECT_CLASS (madang_application_page_parent_class)->dispose (object);
}

static void
madang_application_page_class_init (MadangApplicationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MadangPageClass *page_class = MADANG_PAGE_CLASS (klass);

  object_class->constructed = madang_application_page_constructed;
  object_class->dispose = madang_application_page_dispose;
  page_class->help = &help;
  page_class->commands = commands;
  page_class->changed = madang_application_page_changed;
  page_class->shown = madang_application_page_shown;
  page_class->flush = madang_application_page_flush;
  page_class->dup_unsaved = madang_application_page_dup_unsaved;
  page_class->find_record_page = madang_application_page_find_record_page;

  g_type_ensure (MADANG_TYPE_APPLICATION_SHEET);
  g_type_ensure (MADANG_TYPE_MISSING_LIST);
  g_type_ensure (MADANG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/applications/madang-application-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, create_button);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, submit_button);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, answer_button);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, more_button);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, lead);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, deadline_label);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, reason_label);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationPage, missing_list);
  gtk_widget_class_bind_template_callback (widget_class, missing_picked_cb);
}

static void
madang_application_page_init (MadangApplicationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_application_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_APPLICATION_PAGE, "sync", sync, NULL);
}
