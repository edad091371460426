/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-programme-page.h"

#include <glib/gi18n.h>

#include "madang-application-status.h"
#include "madang-call-commands.h"
#include "madang-calls.h"
#include "madang-current-programme.h"
#include "madang-day.h"
#include "madang-error-text.h"
#include "madang-history-page.h"
#include "madang-missing-list.h"
#include "madang-next-programme.h"
#include "madang-programme-form-page.h"
#include "madang-programme-row.h"
#include "madang-programme-words.h"
#include "madang-rights.h"
#include "madang-timeline.h"
#include "madang-wrap-box.h"

#define CLOCK_SECONDS 20 /* how often the time left is shown anew */

struct _MadangProgrammePage
{
  MadangPage parent_instance;

  MadangCallCommands *commands; /* (owned) (nullable) until set up */
  GSimpleAction *create;        /* borrowed from the page's actions */
  GSimpleAction *edit;          /* borrowed from the page's actions */
  MadangRecord *programme;      /* (owned) (nullable) */
  GPtrArray *milestones;        /* (owned) (element-type MadangRecord) */
  GPtrArray *extensions;        /* (owned) (element-type MadangRecord) */
  GPtrArray *years;             /* (owned) (element-type MadangRecord): the choices of year */
  GPtrArray *rows;              /* (owned) (element-type GtkWidget): in the groups */
  char *shown;                  /* (owned) (nullable): digests of what is shown */
  guint clock_timer;
  gboolean filling; /* the choices of year are being set */
  gboolean creating;

  GtkWidget *open_button;
  GtkWidget *extend_button;
  GtkWidget *remind_button;
  GtkWidget *edit_button;
  GtkWidget *lead;
  GtkLabel *deadline_label;
  GtkLabel *reason_label;
  MadangMissingList *missing_list;
  GtkStack *stack;
  GtkWidget *year_box;
  GtkDropDown *year_choice;
  MadangTimeline *timeline;
  AdwPreferencesGroup *milestone_group;
  AdwPreferencesGroup *dates;
  AdwPreferencesGroup *extension_group;
  AdwPreferencesGroup *budget;
  AdwPreferencesGroup *plan;
};

G_DEFINE_FINAL_TYPE (MadangProgrammePage, madang_programme_page, MADANG_TYPE_PAGE)

static const char *const date_fields[]
    = { "call_open", "call_close", "selection_due", "period_start", "period_end", NULL };
static const char *const budget_fields[] = { "budget_total",
                                             "guide_per_agency",
                                             "target_agency_count",
                                             "account_path",
                                             "account_code",
                                             "funding_mode",
                                             NULL };
static const char *const plan_fields[]
    = { "criteria", "basis", "plan_doc_number", "plan_approved_on", "disclosure", NULL };

static const MadangCommand commands[] = {
  { "create", N_ ("Begin Next Year’s Programme") },
  { "edit", N_ ("Edit the Programme"), .keys = { "F2" } },
  { "open_call", .kind = "programme" },
  { "extend_call", .kind = "programme" },
  { "extend_call_for", .kind = "programme" },
  { "close_call", .kind = "programme" },
  { "remind", .kind = "programme" },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Look up the days of the call, of the selection and of the year’s milestones."),
  N_ ("The city coordinator writes the programme while it is in preparation; what is missing "
      "stands above as links."),
  N_ ("The approver opens the call, and can extend it before it closes: for all agencies or for "
      "one."),
  N_ ("The coordinator reminds all who have not applied, and notes when a step began and ended."),
  NULL,
};

static const MadangPageKey page_keys[] = {
  { "Up", N_ ("To the step before") },
  { "Down", N_ ("To the next step") },
  { "Return", N_ ("Open the step") },
  { NULL },
};

static const MadangPageHelp help = {
  .title = N_ ("Programme"),
  .purpose = N_ ("The programme of the year: its dates, criteria and money, and its steps as a "
                 "picture of the year."),
  .steps = steps,
  .keys = page_keys,
};

static MadangSync *
get_sync (MadangProgrammePage *self)
{
  return madang_page_get_sync (MADANG_PAGE (self));
}

static gint64
get_now (MadangProgrammePage *self)
{
  return madang_clock_get_programme_now (madang_sync_get_clock (get_sync (self)));
}

static MadangRecord *
get_record (MadangPage *page)
{
  return MADANG_PROGRAMME_PAGE (page)->programme;
}

/* --- rows ----------------------------------------------------------------------------------- */

static void
append_row (MadangProgrammePage *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
append_fields (MadangProgrammePage *self, AdwPreferencesGroup *group, const char *const *fields)
{
  const MadangKind *kind = madang_record_get_kind (self->programme);
  gboolean any = FALSE;

  for (; *fields != NULL; fields++)
    {
      const MadangField *field = madang_kind_find_field (kind, *fields);
      g_autofree char *value = NULL;

      if (!madang_record_is_set (self->programme, *fields))
        continue;
      value = madang_programme_dup_value (self->programme, field);
      append_row (self, group, madang_programme_row_new_value (field, value));
      any = TRUE;
    }
  gtk_widget_set_visible (GTK_WIDGET (group), any);
}

static void
open_form (MadangProgrammePage *self, MadangRecord *record, const char *field)
{
  madang_page_open (MADANG_PAGE (self),
                    madang_programme_form_page_new (get_sync (self), record, field));
}

static MadangRecord *
find_milestone (MadangProgrammePage *self, const char *id)
{
  for (guint i = 0; i < self->milestones->len; i++)
    if (g_str_equal (madang_record_get_id (self->milestones->pdata[i]), id))
      return self->milestones->pdata[i];
  return NULL;
}

static void
step_picked_cb (MadangProgrammePage *self, const char *id)
{
  MadangRecord *milestone = find_milestone (self, id);

  if (milestone != NULL)
    open_form (self, milestone, "actual_start");
}

static void
row_activated_cb (MadangProgrammePage *self, GtkWidget *row)
{
  step_picked_cb (self, g_object_get_data (G_OBJECT (row), "milestone"));
}

static MadangTimelineSpan
get_span (MadangRecord *record, const char *first, const char *last)
{
  const char *from = madang_record_get_text (record, first);
  const char *to = madang_record_get_text (record, last);

  return (MadangTimelineSpan){ madang_day_is_valid (from) ? madang_day_get_number (from) : 0,
                               madang_day_is_valid (to) ? madang_day_get_number (to) : 0 };
}

/* Once as a picture, and once as the list that says the same. */
static void
append_milestone (MadangProgrammePage *self, MadangRecord *milestone)
{
  const char *note = madang_record_get_text (milestone, "note");
  g_autofree char *title = madang_record_dup_display (milestone, "code");
  g_autofree char *days = madang_programme_dup_milestone (milestone);
  g_autofree char *text = g_strdup_printf ("%s: %s", title, days);
  g_autofree char *below = *note != '\0' ? g_strdup_printf ("%s\n%s", days, note) : g_strdup (days);
  const MadangTimelineSpan planned = get_span (milestone, "planned_start", "planned_end");
  const MadangTimelineSpan actual = get_span (milestone, "actual_start", "actual_end");
  GtkWidget *row = madang_programme_row_new (title, days, below);

  append_row (self, self->milestone_group, row);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "milestone", g_strdup (madang_record_get_id (milestone)),
                          g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  madang_timeline_add_step (self->timeline, madang_record_get_id (milestone),
                            (const char *[]){ title, text }, &planned, &actual);
}

static void
append_extension (MadangProgrammePage *self, MadangRecord *extension)
{
  g_autofree char *until = madang_record_dup_display (extension, "until");
  g_autoptr (MadangRecord) agency
      = madang_record_store_get (madang_sync_get_records (get_sync (self)),
                                 madang_record_get_text (extension, "agency"), NULL);
  /* Translators: %s is the last day on which an agency may apply */
  g_autofree char *last = g_strdup_printf (_ ("until %s"), until);
  g_autofree char *below
      = g_strdup_printf ("%s\n%s", last, madang_record_get_text (extension, "reason"));

  append_row (self, self->extension_group,
              madang_programme_row_new (
                  agency != NULL ? madang_record_get_text (agency, "name_ko") : "", last, below));
}

static void
remove_rows (MadangProgrammePage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *group = gtk_widget_get_ancestor (self->rows->pdata[i], ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), self->rows->pdata[i]);
    }
  g_ptr_array_set_size (self->rows, 0);
  madang_timeline_remove_all (self->timeline);
}

static void
show_content (MadangProgrammePage *self)
{
  remove_rows (self);
  for (guint i = 0; i < self->milestones->len; i++)
    append_milestone (self, self->milestones->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->milestone_group), self->milestones->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->timeline), self->milestones->len > 0);
  append_fields (self, self->dates, date_fields);
  for (guint i = 0; i < self->extensions->len; i++)
    append_extension (self, self->extensions->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->extension_group), self->extensions->len > 0);
  append_fields (self, self->budget, budget_fields);
  append_fields (self, self->plan, plan_fields);
}

/* --- what one may do now --------------------------------------------------------------------- */

static gboolean
may_edit (MadangProgrammePage *self)
{
  MadangActor *actor = madang_sync_get_actor (get_sync (self));
  const MadangField *title
      = madang_kind_find_field (madang_record_get_kind (self->programme), "title");
  g_autoptr (MadangVerdict) verdict = NULL;

  if (actor != NULL)
    verdict = madang_rights_check_update (actor, self->programme, title);
  return verdict != NULL && !madang_verdict_is_no (verdict);
}

static void
set_optional_label (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* An officer's own last day may be a later one. */
static char *
dup_deadline (MadangProgrammePage *self)
{
  static const char *const states[] = { "call_open", "call_closed", NULL };
  const MadangIdentity *identity = madang_sync_get_identity (get_sync (self));
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));
  g_autofree char *last = NULL;

  if (!g_strv_contains (states, madang_record_get_state (self->programme)))
    return NULL;
  last = madang_call_dup_last_day (MADANG_LOOKUP (records), self->programme,
                                   identity != NULL && identity->agency != NULL ? identity->agency
                                                                                : "");
  return madang_application_dup_deadline (last, get_now (self));
}

static void
update_lead (MadangProgrammePage *self, gboolean opens)
{
  const gboolean draft = g_str_equal (madang_record_get_state (self->programme), "draft");
  const char *event = opens ? "open_call" : "extend_call";
  g_autoptr (GPtrArray) missing = draft && (opens || may_edit (self))
                                      ? madang_record_find_missing (self->programme, "open_call")
                                      : g_ptr_array_new ();
  g_autofree char *deadline = dup_deadline (self);
  const char *reason = NULL;

  if (missing->len == 0 && madang_call_commands_is_relevant (self->commands, event))
    reason = madang_event_command_get_reason (madang_call_commands_get (self->commands, event));
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
update (MadangProgrammePage *self)
{
  const gboolean any = self->programme != NULL;
  const gboolean draft = any && g_str_equal (madang_record_get_state (self->programme), "draft");
  g_autofree char *today = madang_day_from_instant (get_now (self));
  gboolean opens;

  madang_call_commands_set_programme (self->commands, self->programme);
  opens = madang_call_commands_is_relevant (self->commands, "open_call");
  gtk_widget_set_visible (self->open_button, opens);
  gtk_widget_set_visible (self->extend_button,
                          madang_call_commands_is_relevant (self->commands, "extend_call"));
  gtk_widget_set_visible (self->remind_button,
                          madang_call_commands_is_relevant (self->commands, "remind"));
  g_simple_action_set_enabled (self->edit, any && may_edit (self));
  gtk_widget_set_visible (self->edit_button, draft && may_edit (self));
  g_simple_action_set_enabled (
      self->create, !self->creating && madang_next_programme_may_begin (get_sync (self)));
  madang_timeline_set_today (self->timeline, madang_day_get_number (today));
  if (any)
    update_lead (self, opens);
  else
    gtk_widget_set_visible (self->lead, FALSE);
}

/* --- reading --------------------------------------------------------------------------------- */

static void
find_of_programme (MadangProgrammePage *self,
                   GPtrArray **found,
                   const char *kind,
                   const char *order)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind);

  g_clear_pointer (found, g_ptr_array_unref);
  madang_query_add_equal (query, "programme",
                          g_variant_new_string (madang_record_get_id (self->programme)));
  madang_query_set_order (query, order, 0);
  *found = madang_record_store_find (madang_sync_get_records (get_sync (self)), query, NULL);
  if (*found == NULL)
    *found = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
append_digest (GString *text, gpointer record)
{
  g_autofree char *digest = madang_record_dup_digest (record);

  g_string_append (text, digest);
}

/* TRUE: something else is to be shown than before. What is the same stays, with its focus. */
static gboolean
note_content (MadangProgrammePage *self)
{
  GString *text = g_string_new (NULL);
  gboolean same;

  append_digest (text, self->programme);
  for (guint i = 0; i < self->milestones->len; i++)
    append_digest (text, self->milestones->pdata[i]);
  for (guint i = 0; i < self->extensions->len; i++)
    append_digest (text, self->extensions->pdata[i]);
  same = g_strcmp0 (text->str, self->shown) == 0;
  g_free (self->shown);
  self->shown = g_string_free (text, FALSE);
  return !same;
}

static void
show_years (MadangProgrammePage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  g_clear_pointer (&self->years, g_ptr_array_unref);
  self->years = madang_current_programme_list (get_sync (self));
  for (guint i = 0; i < self->years->len; i++)
    {
      MadangRecord *programme = self->years->pdata[i];
      g_autofree char *name = madang_current_programme_dup_choice (programme);

      gtk_string_list_append (names, name);
      if (g_str_equal (madang_record_get_id (programme), madang_record_get_id (self->programme)))
        selected = i;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->year_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->year_choice, selected);
  self->filling = FALSE;
  gtk_widget_set_visible (self->year_box, self->years->len > 1);
}

static void
reload (MadangProgrammePage *self)
{
  g_clear_object (&self->programme);
  self->programme = madang_current_programme_find (get_sync (self));
  if (self->programme == NULL)
    {
      madang_page_set_title (MADANG_PAGE (self), _ ("Programme"), NULL);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      update (self);
      return;
    }
  find_of_programme (self, &self->milestones, "milestone", "planned_start");
  find_of_programme (self, &self->extensions, "call_extension", "until");
  if (note_content (self))
    {
      show_content (self);
      show_years (self);
    }
  madang_page_set_title (MADANG_PAGE (self), madang_record_get_text (self->programme, "title"),
                         madang_kind_get_state_label (madang_record_get_kind (self->programme),
                                                      madang_record_get_state (self->programme)));
  gtk_stack_set_visible_child_name (self->stack, "page");
  update (self);
}

/* NULL ids: anything may have changed. */
static gboolean
concerns (MadangProgrammePage *self, const char *const *ids)
{
  static const char *const kinds[] = { "programme", "milestone", "call_extension", NULL };
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));

  for (; ids != NULL && records != NULL && *ids != NULL; ids++)
    {
      g_autoptr (MadangRecord) record = madang_record_store_get (records, *ids, NULL);

      if (record == NULL || g_strv_contains (kinds, madang_record_get_kind (record)->name))
        return TRUE;
    }
  return ids == NULL;
}

/* --- acting ---------------------------------------------------------------------------------- */

static void
edit_cb (MadangProgrammePage *self)
{
  open_form (self, self->programme, NULL);
}

static void
missing_picked_cb (MadangProgrammePage *self, const char *field)
{
  open_form (self, self->programme, field);
}

static void
year_chosen_cb (MadangProgrammePage *self)
{
  const guint selected = gtk_drop_down_get_selected (self->year_choice);

  if (!self->filling && selected < self->years->len)
    madang_current_programme_choose (get_sync (self),
                                     madang_record_get_id (self->years->pdata[selected]));
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangProgrammePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = madang_next_programme_begin_finish (MADANG_SYNC (source), result, &error);
  g_autofree char *text = NULL;

  self->creating = FALSE;
  if (get_sync (self) == NULL)
    return;
  if (id == NULL)
    {
      text = madang_error_dup_text (error);
      madang_page_toast (MADANG_PAGE (self), text);
      update (self);
      return;
    }
  madang_current_programme_choose (get_sync (self), id);
  open_form (self, self->programme, NULL);
}

static void
create_cb (MadangProgrammePage *self)
{
  self->creating = TRUE;
  g_simple_action_set_enabled (self->create, FALSE);
  madang_next_programme_begin_async (get_sync (self), created_cb, g_object_ref (self));
}

static gboolean
clock_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

/* --- the page -------------------------------------------------------------------------------- */

static void
madang_programme_page_changed (MadangPage *page, const char *const *ids)
{
  MadangProgrammePage *self = MADANG_PROGRAMME_PAGE (page);

  if (madang_sync_get_records (get_sync (self)) != NULL && concerns (self, ids))
    reload (self);
}

static void
madang_programme_page_shown (MadangPage *page)
{
  MadangProgrammePage *self = MADANG_PROGRAMME_PAGE (page);

  update (self);
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

/* A step has a page of its own; everything else of the programme stands on this one. */
static MadangPage *
madang_programme_page_find_record_page (MadangPage *page, const char *kind, const char *id)
{
  MadangProgrammePage *self = MADANG_PROGRAMME_PAGE (page);
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));
  g_autoptr (MadangRecord) record
      = records != NULL ? madang_record_store_get (records, id, NULL) : NULL;

  if (record == NULL)
    return NULL;
  if (g_str_equal (kind, "milestone"))
    return madang_programme_form_page_new (get_sync (self), record, NULL);
  if (g_str_equal (kind, "programme"))
    madang_current_programme_choose (get_sync (self), id);
  return page;
}

static void
bind_button (MadangProgrammePage *self, const char *event, GtkWidget *button)
{
  madang_event_command_bind_button (madang_call_commands_get (self->commands, event),
                                    GTK_BUTTON (button));
}

static void
madang_programme_page_constructed (GObject *object)
{
  MadangProgrammePage *self = MADANG_PROGRAMME_PAGE (object);
  MadangPage *page = MADANG_PAGE (object);

  G_OBJECT_CLASS (madang_programme_page_parent_class)->constructed (object);

  self->commands = madang_call_commands_new (page);
  g_signal_connect_object (self->commands, "done", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  self->create = madang_page_add_action (page, "create", G_CALLBACK (create_cb), self);
  self->edit = madang_page_add_action (page, "edit", G_CALLBACK (edit_cb), self);
  madang_history_page_add_command (page, get_record);
  bind_button (self, "open_call", self->open_button);
  bind_button (self, "extend_call", self->extend_button);
  bind_button (self, "remind", self->remind_button);
  /* The event's own label is a sentence; in a header there is room for a word. */
  gtk_button_set_label (GTK_BUTTON (self->remind_button), _ ("Remind…"));
  self->clock_timer = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  reload (self);
}

static void
madang_programme_page_dispose (GObject *object)
{
  MadangProgrammePage *self = MADANG_PROGRAMME_PAGE (object);

  g_clear_handle_id (&self->clock_timer, g_source_remove);
  g_clear_object (&self->commands);
  g_clear_object (&self->programme);

  G_OBJECT_CLASS (madang_programme_page_parent_class)->dispose (object);
}

static void
madang_programme_page_finalize (GObject *object)
{
  MadangProgrammePage *self = MADANG_PROGRAMME_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->milestones);
  g_ptr_array_unref (self->extensions);
  g_ptr_array_unref (self->years);
  g_free (self->shown);

  G_OBJECT_CLASS (madang_programme_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/programme/madang-programme-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, open_button);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, extend_button);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, remind_button);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, lead);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, deadline_label);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, reason_label);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, missing_list);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, year_box);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, year_choice);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, timeline);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, milestone_group);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, dates);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, extension_group);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, budget);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, plan);
  gtk_widget_class_bind_template_callback (widget_class, missing_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, year_chosen_cb);
}

static void
madang_programme_page_class_init (MadangProgrammePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  MadangPageClass *page_class = MADANG_PAGE_CLASS (klass);

  object_class->constructed = madang_programme_page_constructed;
  object_class->dispose = madang_programme_page_dispose;
  object_class->finalize = madang_programme_page_finalize;
  page_class->help = &help;
  page_class->commands = commands;
  page_class->changed = madang_programme_page_changed;
  page_class->shown = madang_programme_page_shown;
  page_class->find_record_page = madang_programme_page_find_record_page;

  g_type_ensure (MADANG_TYPE_MISSING_LIST);
  g_type_ensure (MADANG_TYPE_TIMELINE);
  g_type_ensure (MADANG_TYPE_WRAP_BOX);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
madang_programme_page_init (MadangProgrammePage *self)
{
  self->rows = g_ptr_array_new ();
  self->milestones = g_ptr_array_new ();
  self->extensions = g_ptr_array_new ();
  self->years = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_programme_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_PROGRAMME_PAGE, "sync", sync, NULL);
}
