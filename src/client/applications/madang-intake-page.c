/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-intake-page.h"

#include <glib/gi18n.h>

#include "madang-current-programme.h"
#include "madang-intake-columns.h"
#include "madang-intake-count.h"
#include "madang-intake-filters.h"
#include "madang-intake-receive.h"
#include "madang-intake-remind.h"
#include "madang-late-entry-page.h"
#include "madang-reading-page.h"
#include "madang-record-column.h"
#include "madang-record-list.h"
#include "madang-search-entry.h"
#include "madang-table-export.h"
#include "madang-unanswered-list.h"

#define COUNT_PAUSE 150 /* ms: what comes in at once is counted once */

struct _MadangIntakePage
{
  MadangPage parent_instance;

  MadangRecordList *list;       /* (owned) (nullable) until set up */
  GtkSelectionModel *selection; /* (owned) (nullable) until set up */
  MadangIntakeColumns *columns; /* (owned) (nullable) until set up */
  MadangIntakeReceive *receive; /* (owned) (nullable) until set up */
  MadangIntakeRemind *remind;   /* (owned) (nullable) until set up */
  MadangRecord *programme;      /* (owned) (nullable): the one that work is about */
  gboolean one_of_several;      /* there are other programmes, whose applications are not shown */
  GSimpleAction *filter;        /* borrowed from the page's actions */
  GSimpleAction *export_actions[2]; /* borrowed from the page's actions */
  guint counting;                   /* source */
  gboolean is_counting;             /* the numbers will come */
  gboolean count_again;             /* and have to be counted anew then */
  MadangPage *reading_page;         /* (owned) (nullable) until the first application was opened */

  MadangIntakeFilters *filters;
  MadangSearchEntry *search;
  GtkLabel *count;
  GtkLabel *selected_count;
  GtkWidget *receive_button;
  GtkWidget *remind_button;
  GtkWidget *late_button;
  GtkStack *stack;
  GtkColumnView *view;
  MadangUnansweredList *unanswered;
  AdwStatusPage *empty_page;
  MadangTaskBar *task_bar;
};

G_DEFINE_FINAL_TYPE (MadangIntakePage, madang_intake_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "search" },
  { "receive-selected", N_ ("Receive What Is Selected…") },
  { "remind", .kind = "programme" },
  { "enter-late", N_ ("Enter a Paper Form…") },
  { "filter('all')", N_ ("Show All Applications") },
  { "filter('submitted')", N_ ("Show What Is to Be Received") },
  { "filter('supplement')", N_ ("Show What Is in Supplement") },
  { "filter('late')", N_ ("Show Late Entries") },
  { "filter('unanswered')", N_ ("Show Who Has Not Applied") },
  { "export-xlsx", N_ ("Save as XLSX…") },
  { "export-csv", N_ ("Save as CSV…") },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Choose above what the list shows, search as you type, and click a heading to sort."),
  N_ ("Open an application to read it beside its paper, and receive it there."),
  N_ ("Or select several with Ctrl or Shift, and receive them with one command."),
  N_ ("See under “Not Applied” who has not answered, and remind all of them at once."),
  N_ ("Save the list as it stands, as a workbook or as CSV, from the menu."),
  NULL,
};

static const MadangPageKey page_keys[] = {
  { "Return", N_ ("Open the application") },
  { "r", N_ ("Receive what is selected") },
  { "<Control>a", N_ ("Select all that is shown") },
  { "<Shift>Down", N_ ("Select the next row too") },
  { "Down", N_ ("To the next row") },
  { NULL },
};

static const MadangPageHelp help = {
  .title = N_ ("Applications"),
  .purpose = N_ ("What the agencies have submitted. New ones appear by themselves."),
  .steps = steps,
  .keys = page_keys,
};

static MadangRecordStore *
get_records (MadangIntakePage *self)
{
  return madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));
}

static gboolean
is_coordinator (MadangIntakePage *self)
{
  MadangActor *actor = madang_sync_get_actor (madang_page_get_sync (MADANG_PAGE (self)));

  return actor != NULL && madang_actor_holds (actor, MADANG_ROLE_CITY_COORDINATOR, NULL);
}

static const char *
get_filter (MadangIntakePage *self)
{
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (self->filter));

  return g_variant_get_string (state, NULL); /* the action keeps it */
}

static gboolean
shows_agencies (MadangIntakePage *self)
{
  return g_str_equal (get_filter (self), MADANG_INTAKE_UNANSWERED);
}

/* (nullable): all programmes, which is one. An index by programme alone would cost the order of
 * long lists its own. */
static const char *
get_programme (MadangIntakePage *self)
{
  return self->one_of_several ? madang_record_get_id (self->programme) : NULL;
}

/* --- the list ------------------------------------------------------------------------------ */

static MadangQuery *
build_query (MadangIntakePage *self)
{
  const char *filter = shows_agencies (self) ? MADANG_INTAKE_ALL : get_filter (self);
  MadangQuery *query = madang_intake_filter_new_query (filter, get_programme (self));
  gboolean descending;
  const char *field = madang_record_column_get_sort (self->view, &descending);

  if (field != NULL)
    madang_query_set_order (query, field, descending ? MADANG_QUERY_DESCENDING : 0);
  else
    madang_query_set_order (query, "submitted_at", MADANG_QUERY_DESCENDING);
  madang_search_entry_apply (self->search, query);
  return query;
}

/* Whether more may be found in a moment. */
static gboolean
is_searching_early (MadangIntakePage *self)
{
  return *madang_search_entry_get_text (self->search) != '\0'
         && madang_sync_get_indexing (madang_page_get_sync (MADANG_PAGE (self)));
}

static void
explain_search (MadangIntakePage *self)
{
  adw_status_page_set_title (self->empty_page, _ ("Nothing Found"));
  adw_status_page_set_description (
      self->empty_page, is_searching_early (self)
                            ? _ ("The search is still being prepared; more may appear in a moment.")
                            : _ ("Search for something else, or press Escape to see all again."));
}

static void
explain_emptiness (MadangIntakePage *self)
{
  const gboolean all = g_str_equal (get_filter (self), MADANG_INTAKE_ALL);

  if (*madang_search_entry_get_text (self->search) != '\0')
    {
      explain_search (self);
      return;
    }
  if (shows_agencies (self))
    {
      adw_status_page_set_title (self->empty_page, _ ("All Have Applied"));
      adw_status_page_set_description (self->empty_page, _ ("Nobody is to be reminded."));
      return;
    }
  adw_status_page_set_title (self->empty_page,
                             all ? _ ("No Applications Yet") : _ ("None in This State"));
  adw_status_page_set_description (self->empty_page,
                                   all ? _ ("What the agencies submit appears here by itself.")
                                       : _ ("Choose another state above."));
}

static char *
dup_count_text (MadangIntakePage *self, guint n)
{
  g_autofree char *number
      = shows_agencies (self)
            ? g_strdup_printf (ngettext ("%u agency", "%u agencies", n), n)
            : g_strdup_printf (ngettext ("%u application", "%u applications", n), n);

  if (!is_searching_early (self))
    return g_steal_pointer (&number);
  /* Translators: beside a number of search results, while more may come */
  return g_strdup_printf ("%s · %s", number, _ ("Indexing"));
}

/* Whether the list that is shown still grows. */
static gboolean
is_loading (MadangIntakePage *self)
{
  return !shows_agencies (self) && madang_record_list_get_loading (self->list);
}

static void
update_export (MadangIntakePage *self, guint n)
{
  const char *obstacle = NULL;

  if (is_loading (self))
    obstacle = _ ("The list is still being read. Save it in a moment.");
  else if (n == 0)
    obstacle = _ ("There is nothing in the list to save.");
  for (gsize i = 0; i < G_N_ELEMENTS (self->export_actions); i++)
    madang_command_set_obstacle (self->export_actions[i], obstacle);
}

static void
update_count (MadangIntakePage *self)
{
  const gboolean agencies = shows_agencies (self);
  const gboolean loading = is_loading (self);
  const guint n = agencies ? madang_unanswered_list_count_shown (self->unanswered)
                           : g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *text = loading ? g_strdup ("…") : dup_count_text (self, n);

  gtk_label_set_label (self->count, text);
  gtk_stack_set_visible_child_name (self->stack, agencies && n > 0  ? "unanswered"
                                                 : n > 0 || loading ? "list"
                                                                    : "empty");
  update_export (self, n);
  if (n == 0 && !loading)
    explain_emptiness (self);
}

static void
update_selected (MadangIntakePage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  const guint n = (guint)gtk_bitset_get_size (selected);
  const gboolean seen = n > 0 && !shows_agencies (self);
  /* Translators: rows of a list */
  g_autofree char *text = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);

  gtk_label_set_label (self->selected_count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->selected_count), seen && n > 1);
  gtk_widget_set_visible (self->receive_button, seen && is_coordinator (self));
}

static void
query_changed_cb (MadangIntakePage *self)
{
  g_autoptr (MadangQuery) query = NULL;

  /* The view lets go of its order when the page goes. */
  if (self->list == NULL)
    return;
  query = build_query (self);
  madang_unanswered_list_search (self->unanswered, madang_search_entry_get_text (self->search));
  madang_record_list_set_query (self->list, query);
  update_count (self);
  update_selected (self);
}

/* --- counts ----------------------------------------------------------------------------------- */

static void
find_programme (MadangIntakePage *self)
{
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));
  g_autoptr (GPtrArray) all = madang_current_programme_list (sync);

  g_clear_object (&self->programme);
  self->programme = madang_current_programme_find (sync);
  self->one_of_several = self->programme != NULL && all->len > 1;
}

static void
show_counted (MadangIntakePage *self, const MadangIntakeCount *counted)
{
  GPtrArray *agencies = counted->agencies;

  madang_unanswered_list_set_agencies (self->unanswered, agencies);
  madang_intake_filters_show (self->filters, counted->numbers,
                              agencies != NULL ? (int)agencies->len : -1);
  madang_intake_remind_set_agencies (self->remind, self->programme, agencies);
  update_count (self);
}

static void count (MadangIntakePage *self);

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangIntakePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangIntakeCount) counted
      = madang_intake_count_finish (MADANG_SYNC (source), result, &error);
  const gboolean again = self->count_again;

  self->count_again = FALSE;
  self->is_counting = FALSE;
  /* The page has gone in the meantime. */
  if (self->list == NULL)
    return;
  if (counted != NULL)
    show_counted (self, counted);
  else
    g_debug ("Cannot count the applications: %s", error->message);
  if (again)
    count (self);
}

/* One at a time: what changes in the meantime is counted once, afterwards. */
static void
count (MadangIntakePage *self)
{
  self->count_again = self->is_counting;
  if (self->is_counting)
    return;
  self->is_counting = TRUE;
  madang_intake_count_async (madang_page_get_sync (MADANG_PAGE (self)), self->programme,
                             !self->one_of_several, counted_cb, g_object_ref (self));
}

static gboolean
count_cb (gpointer data)
{
  MadangIntakePage *self = data;

  self->counting = 0;
  count (self);
  return G_SOURCE_REMOVE;
}

static void
madang_intake_page_changed (MadangPage *page, const char *const *ids)
{
  MadangIntakePage *self = MADANG_INTAKE_PAGE (page);
  g_autofree char *former = g_strdup (get_programme (self));

  madang_intake_columns_forget_names (self->columns);
  find_programme (self);
  if (g_strcmp0 (former, get_programme (self)) != 0)
    query_changed_cb (self);
  else
    madang_record_list_reload (self->list, ids);
  update_count (self);
  update_selected (self);
  if (self->counting == 0)
    self->counting = g_timeout_add (COUNT_PAUSE, count_cb, self);
}

/* --- commands --------------------------------------------------------------------------------- */

/* A paper form that was begun is gone on with, not read. */
static gboolean
is_being_entered (MadangIntakePage *self, const char *id)
{
  g_autoptr (MadangRecord) record = NULL;

  if (!is_coordinator (self))
    return FALSE;
  record = madang_record_store_get (get_records (self), id, NULL);
  return record != NULL && madang_record_get_flag (record, "late")
         && g_str_equal (madang_record_get_state (record), "draft");
}

static MadangPage *
madang_intake_page_find_record_page (MadangPage *page, const char *kind, const char *id)
{
  MadangIntakePage *self = MADANG_INTAKE_PAGE (page);

  if (is_being_entered (self, id))
    return madang_late_entry_page_new (madang_page_get_sync (page), id);
  if (self->reading_page == NULL)
    {
      self->reading_page
          = g_object_ref_sink (madang_reading_page_new (madang_page_get_sync (page), id));
      madang_page_set_kept (self->reading_page, TRUE);
    }
  else
    madang_reading_page_set_application (MADANG_READING_PAGE (self->reading_page), id);
  return self->reading_page;
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  madang_page_open_record (user_data, "application", g_variant_get_string (parameter, NULL));
}

static void
activated_cb (MadangIntakePage *self, guint position)
{
  g_autoptr (MadangRecord) record = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (record != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (madang_page_get_actions (MADANG_PAGE (self))),
                                    "open", g_variant_new_string (madang_record_get_id (record)));
}

static void
agency_activated_cb (MadangIntakePage *self, const char *agency)
{
  madang_page_open_record (MADANG_PAGE (self), "agency", agency);
}

static void
change_filter_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  MadangIntakePage *self = user_data;

  if (!madang_intake_filter_is_known (g_variant_get_string (value, NULL)))
    return;
  g_simple_action_set_state (action, value);
  madang_intake_receive_set_hidden (self->receive, shows_agencies (self));
  gtk_widget_set_visible (self->remind_button,
                          shows_agencies (self) && madang_intake_remind_is_relevant (self->remind));
  query_changed_cb (self);
}

static void
remind_cb (MadangIntakePage *self)
{
  find_programme (self);
  count (self);
}

static void
enter_late_cb (MadangIntakePage *self)
{
  madang_page_open (MADANG_PAGE (self),
                    madang_late_entry_page_new (madang_page_get_sync (MADANG_PAGE (self)), NULL));
}

/* Who reads only has nothing to enter. */
static void
add_late_entry (MadangIntakePage *self)
{
  GSimpleAction *action
      = madang_page_add_action (MADANG_PAGE (self), "enter-late", G_CALLBACK (enter_late_cb), self);

  g_simple_action_set_enabled (action, is_coordinator (self));
  /* On a narrow window it is in the menu only. */
  if (is_coordinator (self))
    g_object_bind_property (self, "collapsed", self->late_button, "visible",
                            G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  else
    gtk_widget_set_visible (self->late_button, FALSE);
}

static void
export_list (MadangIntakePage *self, MadangTableExportFormat format)
{
  g_autofree char *year
      = self->programme != NULL ? madang_record_dup_display (self->programme, "year") : NULL;
  /* Translators: the name of a file; %s is a year */
  g_autofree char *name
      = g_strdup_printf (shows_agencies (self) ? _ ("%s_Democracy_Seoul_Not_Applied")
                                               : _ ("%s_Democracy_Seoul_Applications"),
                         year != NULL ? year : "");
  g_autoptr (MadangQuery) query = build_query (self);

  if (shows_agencies (self))
    madang_table_export_run (MADANG_PAGE (self), self->task_bar,
                             madang_unanswered_list_get_view (self->unanswered),
                             madang_unanswered_list_dup_shown (self->unanswered), name, format);
  else
    madang_table_export_run (MADANG_PAGE (self), self->task_bar, self->view,
                             G_LIST_MODEL (madang_record_list_new (get_records (self), query)),
                             name, format);
}

static void
export_xlsx_cb (MadangIntakePage *self)
{
  export_list (self, MADANG_TABLE_EXPORT_XLSX);
}

static void
export_csv_cb (MadangIntakePage *self)
{
  export_list (self, MADANG_TABLE_EXPORT_CSV);
}

static void
madang_intake_page_shown (MadangPage *page)
{
  MadangIntakePage *self = MADANG_INTAKE_PAGE (page);

  madang_record_column_focus_rows (
      shows_agencies (self) ? madang_unanswered_list_get_view (self->unanswered) : self->view);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
add_actions (MadangIntakePage *self)
{
  const GActionEntry entries[] = {
    { "open", open_cb, "s" },
    { "filter", NULL, "s", "'" MADANG_INTAKE_ALL "'", change_filter_cb },
  };
  GActionMap *actions = G_ACTION_MAP (madang_page_get_actions (MADANG_PAGE (self)));

  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), self);
  self->filter = G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "filter"));
  madang_page_add_action (MADANG_PAGE (self), "search", G_CALLBACK (madang_search_entry_begin),
                          self->search);
  self->export_actions[0] = madang_page_add_action (MADANG_PAGE (self), "export-xlsx",
                                                    G_CALLBACK (export_xlsx_cb), self);
  self->export_actions[1]
      = madang_page_add_action (MADANG_PAGE (self), "export-csv", G_CALLBACK (export_csv_cb), self);
  self->remind = madang_intake_remind_new (MADANG_PAGE (self), GTK_BUTTON (self->remind_button));
  g_signal_connect_object (self->remind, "count", G_CALLBACK (remind_cb), self, G_CONNECT_SWAPPED);
  add_late_entry (self);
}

/* One key acts on what is selected, here only: elsewhere it is a letter. */
static void
add_keys (MadangIntakePage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_r, 0),
                        gtk_named_action_new ("win.receive-selected")));
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

static void
add_list (MadangIntakePage *self)
{
  g_autoptr (MadangQuery) query = build_query (self);

  self->list = madang_record_list_new (get_records (self), query);
  self->selection
      = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->list))));
  self->receive = madang_intake_receive_new (MADANG_PAGE (self), self->columns, self->task_bar,
                                             self->selection);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (update_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (update_count), self,
                           G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, self->selection);
}

static void
watch (MadangIntakePage *self)
{
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (query_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "entered", G_CALLBACK (madang_intake_page_shown), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unanswered, "activated", G_CALLBACK (agency_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (madang_page_get_sync (MADANG_PAGE (self)), "notify::indexing",
                           G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
madang_intake_page_constructed (GObject *object)
{
  MadangIntakePage *self = MADANG_INTAKE_PAGE (object);

  G_OBJECT_CLASS (madang_intake_page_parent_class)->constructed (object);

  madang_page_set_title (MADANG_PAGE (self), _ ("Applications"), NULL);
  add_actions (self);
  madang_record_column_set_list_name (self->view, _ ("Applications"));
  self->columns = madang_intake_columns_new (MADANG_PAGE (self), self->view);
  madang_unanswered_list_set_sync (self->unanswered, madang_page_get_sync (MADANG_PAGE (self)));
  find_programme (self);
  add_list (self);
  add_keys (self);
  watch (self);
  count (self);
  update_selected (self);
}

static void
madang_intake_page_dispose (GObject *object)
{
  MadangIntakePage *self = MADANG_INTAKE_PAGE (object);

  g_clear_handle_id (&self->counting, g_source_remove);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->receive);
  g_clear_object (&self->remind);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->programme);
  g_clear_object (&self->reading_page);

  G_OBJECT_CLASS (madang_intake_page_parent_class)->dispose (object);
}

static void
madang_intake_page_finalize (GObject *object)
{
  g_clear_pointer (&MADANG_INTAKE_PAGE (object)->columns, madang_intake_columns_free);

  G_OBJECT_CLASS (madang_intake_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  g_type_ensure (MADANG_TYPE_INTAKE_FILTERS);
  g_type_ensure (MADANG_TYPE_SEARCH_ENTRY);
  g_type_ensure (MADANG_TYPE_TASK_BAR);
  g_type_ensure (MADANG_TYPE_UNANSWERED_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/applications/madang-intake-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, filters);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, search);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, count);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, selected_count);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, receive_button);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, remind_button);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, late_button);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, view);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, unanswered);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, task_bar);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
madang_intake_page_class_init (MadangIntakePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = madang_intake_page_constructed;
  object_class->dispose = madang_intake_page_dispose;
  object_class->finalize = madang_intake_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->changed = madang_intake_page_changed;
  MADANG_PAGE_CLASS (klass)->shown = madang_intake_page_shown;
  MADANG_PAGE_CLASS (klass)->find_record_page = madang_intake_page_find_record_page;
  bind_children (GTK_WIDGET_CLASS (klass));
}

static void
madang_intake_page_init (MadangIntakePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_intake_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_INTAKE_PAGE, "sync", sync, NULL);
}

gboolean
madang_intake_page_lists (MadangIntakePage *self, const char *application)
{
  g_return_val_if_fail (MADANG_IS_INTAKE_PAGE (self), FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (MadangRecord) record = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (g_str_equal (madang_record_get_id (record), application))
        return TRUE;
    }
  return FALSE;
}
