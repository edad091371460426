/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-late-entry-page.h"

#include <glib/gi18n.h>

#include "madang-agency-choice.h"
#include "madang-application-draft.h"
#include "madang-application-sheet.h"
#include "madang-autosave.h"
#include "madang-confirm-dialog.h"
#include "madang-current-programme.h"
#include "madang-error-text.h"
#include "madang-event-command.h"
#include "madang-missing-list.h"
#include "madang-wrap-box.h"

struct _MadangLateEntryPage
{
  MadangPage parent_instance;

  MadangEventCommand *enter;   /* (owned) */
  MadangEventCommand *discard; /* (owned) */
  MadangAutosave *autosave;    /* (owned) (nullable) until set up */
  GSimpleAction *begin;        /* borrowed from the page's actions */
  char *application;           /* (owned) (nullable): id of what is being entered */
  gboolean creating;

  GtkStack *stack;
  MadangAgencyChoice *choice;
  GtkWidget *begun_heading;
  GtkBox *begun;
  MadangApplicationSheet *sheet;
  GtkWidget *enter_button;
  GtkWidget *more_button;
  GtkWidget *lead;
  GtkLabel *reason_label;
  MadangMissingList *missing_list;
};

G_DEFINE_FINAL_TYPE (MadangLateEntryPage, madang_late_entry_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "enter_late", .kind = "application" },
  { "discard_late", .kind = "application" },
  { "next", N_ ("Next Paper Form") },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Choose the agency whose form arrived on paper."),
  N_ ("Enter the day on which it arrived, then the form, word for word."),
  N_ ("Hand it to the approver. Whoever entered it cannot accept it."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("Entering a Paper Form"),
  .purpose = N_ ("A form that arrived on paper in time is entered here for its agency, also after "
                 "the call has closed."),
  .steps = steps,
};

static MadangSync *
get_sync (MadangLateEntryPage *self)
{
  return madang_page_get_sync (MADANG_PAGE (self));
}

/* (nullable) */
static MadangRecord *
get_record (MadangLateEntryPage *self)
{
  return self->application != NULL ? madang_application_sheet_get_record (self->sheet) : NULL;
}

/* What is typed but breaks a limit would be missing in what is entered. (nullable) */
static char *
dup_obstacle (MadangLateEntryPage *self)
{
  return madang_form_dup_obstacle (madang_application_sheet_get_form (self->sheet));
}

static char *
dup_agency_name (MadangLateEntryPage *self, MadangRecord *record)
{
  g_autoptr (MadangRecord) agency
      = madang_record_store_get (madang_sync_get_records (get_sync (self)),
                                 madang_record_get_text (record, "agency"), NULL);

  return g_strdup (agency != NULL ? madang_record_get_text (agency, "name_ko") : "");
}

/* --- the form ------------------------------------------------------------------------------ */

static void
update_lead (MadangLateEntryPage *self, MadangRecord *record)
{
  gboolean writing = g_str_equal (madang_record_get_state (record), "draft");
  g_autoptr (GPtrArray) missing
      = writing ? madang_record_find_missing (record, "submit") : g_ptr_array_new ();
  const char *reason
      = writing && missing->len == 0 ? madang_event_command_get_reason (self->enter) : NULL;

  gtk_label_set_label (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
  madang_missing_list_set_fields (self->missing_list, missing);
  gtk_widget_set_visible (self->lead, reason != NULL || missing->len > 0);
}

static void
update_banner (MadangLateEntryPage *self, MadangRecord *record)
{
  MadangPage *page = MADANG_PAGE (self);
  const char *failure = madang_autosave_get_failure (self->autosave);

  if (failure != NULL)
    madang_page_show_banner (page, failure, _ ("Try Now"), "win.save");
  else if (g_str_equal (madang_record_get_state (record), "draft"))
    madang_page_show_banner (page, NULL, NULL, NULL);
  else
    madang_page_show_banner (page,
                             _ ("Entered. It waits for an approver; the agency sees it once it is "
                                "accepted."),
                             _ ("Next Paper Form"), "win.next");
}

static void
update (MadangLateEntryPage *self)
{
  MadangRecord *record;
  g_autofree char *obstacle = NULL;
  g_autofree char *name = NULL;

  /* What stands on the page still tells of changes while it goes away. */
  if (self->autosave == NULL)
    return;
  record = get_record (self);
  g_simple_action_set_enabled (
      self->begin, !self->creating && madang_agency_choice_get_agency (self->choice) != NULL);
  if (record == NULL)
    return;
  obstacle = dup_obstacle (self);
  name = dup_agency_name (self, record);
  madang_event_command_update (self->enter, record, obstacle);
  madang_event_command_update (self->discard, record, NULL);
  gtk_widget_set_visible (self->enter_button,
                          madang_event_command_is_relevant (self->enter, record));
  gtk_widget_set_visible (self->more_button, TRUE);
  update_lead (self, record);
  update_banner (self, record);
  madang_page_set_title (MADANG_PAGE (self), name, _ ("Paper form, entered late"));
}

static void
show_record (MadangLateEntryPage *self, MadangRecord *record)
{
  g_free (self->application);
  self->application = g_strdup (madang_record_get_id (record));
  madang_application_sheet_set_record (self->sheet, record);
  gtk_stack_set_visible_child_name (self->stack, "sheet");
  update (self);
}

/* --- whose form ---------------------------------------------------------------------------- */

static void
append_begun (MadangLateEntryPage *self, MadangRecord *record)
{
  g_autofree char *name = dup_agency_name (self, record);
  /* Translators: %s is the name of an agency */
  g_autofree char *label = g_strdup_printf (_ ("Go On with %s"), name);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.resume");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", madang_record_get_id (record));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (self->begun, button);
}

static void
list_begun (MadangLateEntryPage *self)
{
  g_autoptr (MadangQuery) query = madang_query_new ("application");
  g_autoptr (GPtrArray) found = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->begun))) != NULL)
    gtk_box_remove (self->begun, child);
  madang_query_add_equal (query, "late", g_variant_new_boolean (TRUE));
  madang_query_add_states (query, (const char *[]){ "draft", NULL });
  found = madang_record_store_find (madang_sync_get_records (get_sync (self)), query, NULL);
  for (guint i = 0; found != NULL && i < found->len; i++)
    append_begun (self, found->pdata[i]);
  gtk_widget_set_visible (self->begun_heading, found != NULL && found->len > 0);
}

static void
show_choice (MadangLateEntryPage *self)
{
  g_clear_pointer (&self->application, g_free);
  gtk_widget_set_visible (self->enter_button, FALSE);
  gtk_widget_set_visible (self->more_button, FALSE);
  gtk_widget_set_visible (self->lead, FALSE);
  madang_event_command_update (self->enter, NULL, NULL);
  madang_event_command_update (self->discard, NULL, NULL);
  madang_page_show_banner (MADANG_PAGE (self), NULL, NULL, NULL);
  madang_page_set_title (MADANG_PAGE (self), _ ("Paper form, entered late"), NULL);
  list_begun (self);
  gtk_stack_set_visible_child_name (self->stack, "choice");
  update (self);
}

static void
reload (MadangLateEntryPage *self)
{
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));
  g_autoptr (MadangRecord) record = NULL;

  if (records == NULL)
    return;
  if (self->application != NULL)
    record = madang_record_store_get (records, self->application, NULL);
  if (record == NULL || g_str_equal (madang_record_get_state (record), "withdrawn"))
    show_choice (self);
  else
    madang_autosave_reload (self->autosave);
  update (self);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangLateEntryPage) self = user_data;
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  self->creating = FALSE;
  if (get_sync (self) == NULL)
    return;
  if (!madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    {
      text = madang_error_dup_text (error);
      madang_page_toast (MADANG_PAGE (self), text);
      show_choice (self);
      return;
    }
  record = madang_record_store_get (madang_sync_get_records (get_sync (self)), self->application,
                                    NULL);
  if (record == NULL)
    return;
  show_record (self, record);
  madang_application_sheet_focus_field (self->sheet, "arrived_on");
}

static void
begin_cb (MadangLateEntryPage *self)
{
  const char *agency = madang_agency_choice_get_agency (self->choice);
  g_autoptr (MadangRecord) programme = madang_current_programme_find (get_sync (self));
  g_autoptr (MadangRecord) record = NULL;

  if (agency == NULL || programme == NULL)
    {
      madang_page_toast (MADANG_PAGE (self),
                         _ ("The programme is still on its way from the server."));
      return;
    }
  record = madang_application_draft_new_on_paper (programme, agency);
  g_free (self->application);
  self->application = g_strdup (madang_record_get_id (record));
  self->creating = TRUE;
  g_simple_action_set_enabled (self->begin, FALSE);
  madang_sync_create_async (get_sync (self), record, created_cb, g_object_ref (self));
}

static void
resume (MadangLateEntryPage *self, const char *application)
{
  g_autoptr (MadangRecord) record
      = madang_record_store_get (madang_sync_get_records (get_sync (self)), application, NULL);

  if (record != NULL)
    show_record (self, record);
  else
    list_begun (self);
}

static void
resume_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  resume (user_data, g_variant_get_string (parameter, NULL));
}

static void
next_cb (MadangLateEntryPage *self)
{
  madang_autosave_flush (self->autosave);
  show_choice (self);
}

/* --- events -------------------------------------------------------------------------------- */

static void
enter_cb (MadangLateEntryPage *self)
{
  /* Sync keeps the order: what was typed goes first. */
  madang_autosave_flush (self->autosave);
  madang_event_command_run (self->enter, get_record (self), NULL);
}

static void
discard_confirmed_cb (MadangLateEntryPage *self)
{
  madang_autosave_flush (self->autosave);
  madang_event_command_run (self->discard, get_record (self), NULL);
}

static void
discard_cb (MadangLateEntryPage *self)
{
  MadangConfirmDialog *dialog = madang_confirm_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Discard the Entry?"),
      _ ("It stays in the history. The paper form can be entered anew."), _ ("Discard"));

  madang_confirm_dialog_set_destructive (dialog);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (discard_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
event_done_cb (MadangLateEntryPage *self, const char *event)
{
  madang_page_toast (MADANG_PAGE (self), madang_event_get_past (madang_kind_find_event (
                                             madang_kind_find ("application"), event)));
  reload (self);
}

static void
autosave_notify_cb (MadangLateEntryPage *self)
{
  if (self->autosave == NULL)
    return;
  madang_page_set_saving (MADANG_PAGE (self), madang_autosave_get_saving (self->autosave));
  update (self);
}

static void
missing_picked_cb (MadangLateEntryPage *self, const char *field)
{
  madang_application_sheet_focus_field (self->sheet, field);
}

/* --- the page ------------------------------------------------------------------------------ */

static void
madang_late_entry_page_changed (MadangPage *page, const char *const *ids)
{
  MadangLateEntryPage *self = MADANG_LATE_ENTRY_PAGE (page);

  if (self->creating)
    return;
  if (self->application == NULL)
    list_begun (self);
  else
    reload (self);
}

static void
madang_late_entry_page_shown (MadangPage *page)
{
  MadangLateEntryPage *self = MADANG_LATE_ENTRY_PAGE (page);

  if (self->application == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->choice), GTK_DIR_TAB_FORWARD);
  else if (gtk_widget_get_focus_child (GTK_WIDGET (self->sheet)) == NULL)
    madang_application_sheet_focus_field (self->sheet, "arrived_on");
}

static void
madang_late_entry_page_flush (MadangPage *page)
{
  madang_autosave_flush (MADANG_LATE_ENTRY_PAGE (page)->autosave);
}

static char *
madang_late_entry_page_dup_unsaved (MadangPage *page)
{
  MadangLateEntryPage *self = MADANG_LATE_ENTRY_PAGE (page);
  const char *failure = madang_autosave_get_failure (self->autosave);

  if (failure != NULL)
    return g_strdup (failure);
  return self->application != NULL ? dup_obstacle (self) : NULL;
}

static MadangEventCommand *
add_command (MadangLateEntryPage *self, const char *event, GCallback activated)
{
  MadangEventCommand *command
      = madang_page_add_event_command (MADANG_PAGE (self), madang_kind_find ("application"), event);

  g_signal_connect_object (command, "activated", activated, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (command, "done", G_CALLBACK (event_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (command, "failed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  return command;
}

static void
madang_late_entry_page_constructed (GObject *object)
{
  MadangLateEntryPage *self = MADANG_LATE_ENTRY_PAGE (object);
  const GActionEntry entries[] = { { "resume", resume_cb, "s" } };

  G_OBJECT_CLASS (madang_late_entry_page_parent_class)->constructed (object);

  madang_application_sheet_set_up (self->sheet, get_sync (self), TRUE);
  madang_agency_choice_set_records (self->choice, madang_sync_get_records (get_sync (self)));
  self->autosave
      = madang_autosave_new (madang_application_sheet_get_form (self->sheet), get_sync (self));
  g_signal_connect_object (self->autosave, "notify", G_CALLBACK (autosave_notify_cb), self,
                           G_CONNECT_SWAPPED);
  self->enter = add_command (self, "enter_late", G_CALLBACK (enter_cb));
  self->discard = add_command (self, "discard_late", G_CALLBACK (discard_cb));
  madang_event_command_bind_button (self->enter, GTK_BUTTON (self->enter_button));
  self->begin = madang_page_add_action (MADANG_PAGE (self), "begin", G_CALLBACK (begin_cb), self);
  madang_page_add_action (MADANG_PAGE (self), "next", G_CALLBACK (next_cb), self);
  g_action_map_add_action_entries (G_ACTION_MAP (madang_page_get_actions (MADANG_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->choice, "chosen", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  show_choice (self);
}

static void
madang_late_entry_page_dispose (GObject *object)
{
  MadangLateEntryPage *self = MADANG_LATE_ENTRY_PAGE (object);

  g_clear_object (&self->autosave);
  g_clear_object (&self->enter);
  g_clear_object (&self->discard);

  G_OBJECT_CLASS (madang_late_entry_page_parent_class)->dispose (object);
}

static void
madang_late_entry_page_finalize (GObject *object)
{
  g_free (MADANG_LATE_ENTRY_PAGE (object)->application);

  G_OBJECT_CLASS (madang_late_entry_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MadangLateEntryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangLateEntryPage, choice);
  gtk_widget_class_bind_template_child (widget_class, MadangLateEntryPage, begun_heading);
  gtk_widget_class_bind_template_child (widget_class, MadangLateEntryPage, begun);
  gtk_widget_class_bind_template_child (widget_class, MadangLateEntryPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, MadangLateEntryPage, enter_button);
  gtk_widget_class_bind_template_child (widget_class, MadangLateEntryPage, more_button);
  gtk_widget_class_bind_template_child (widget_class, MadangLateEntryPage, lead);
  gtk_widget_class_bind_template_child (widget_class, MadangLateEntryPage, reason_label);
  gtk_widget_class_bind_template_child (widget_class, MadangLateEntryPage, missing_list);
}

static void
madang_late_entry_page_class_init (MadangLateEntryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MadangPageClass *page_class = MADANG_PAGE_CLASS (klass);

  object_class->constructed = madang_late_entry_page_constructed;
  object_class->dispose = madang_late_entry_page_dispose;
  object_class->finalize = madang_late_entry_page_finalize;
  page_class->help = &help;
  page_class->commands = commands;
  page_class->changed = madang_late_entry_page_changed;
  page_class->shown = madang_late_entry_page_shown;
  page_class->flush = madang_late_entry_page_flush;
  page_class->dup_unsaved = madang_late_entry_page_dup_unsaved;

  g_type_ensure (MADANG_TYPE_AGENCY_CHOICE);
  g_type_ensure (MADANG_TYPE_APPLICATION_SHEET);
  g_type_ensure (MADANG_TYPE_MISSING_LIST);
  g_type_ensure (MADANG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/applications/madang-late-entry-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, missing_picked_cb);
}

static void
madang_late_entry_page_init (MadangLateEntryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_late_entry_page_new (MadangSync *sync, const char *application)
{
  MadangPage *page;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);

  page = g_object_new (MADANG_TYPE_LATE_ENTRY_PAGE, "sync", sync, NULL);
  if (application != NULL)
    resume (MADANG_LATE_ENTRY_PAGE (page), application);
  return page;
}
