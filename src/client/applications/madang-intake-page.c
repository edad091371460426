/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-intake-page.h"

#include <glib/gi18n.h>

#include "madang-late-entry-page.h"
#include "madang-reading-page.h"
#include "madang-record-column.h"
#include "madang-record-list.h"
#include "madang-search-entry.h"

struct _MadangIntakePage
{
  MadangPage parent_instance;

  MadangRecordList *list;   /* (owned) (nullable) until set up */
  GHashTable *agency_names; /* (owned): id -> name */
  GPtrArray *filters;       /* (owned) (element-type const char *): states, NULL for all */
  GtkWidget *late_button;
  GtkDropDown *state_filter;
  MadangSearchEntry *search;
  GtkLabel *count;
  GtkStack *stack;
  GtkColumnView *view;
  AdwStatusPage *empty_page;
  MadangPage *reading_page; /* (owned) (nullable) until the first application was opened */
};

G_DEFINE_FINAL_TYPE (MadangIntakePage, madang_intake_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "enter-late", N_ ("Enter a Paper Form…") },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Choose a state above to see only what is in it; click a heading to sort."),
  N_ ("Open an application to read it beside its paper, and receive it there."),
  NULL,
};

static const MadangPageKey page_keys[] = {
  { "Return", N_ ("Open the application") },
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

/* --- cells --------------------------------------------------------------------------------- */

static const char *
get_agency_name (MadangIntakePage *self, MadangRecord *application)
{
  const char *id = madang_record_get_text (application, "agency");
  const char *name = g_hash_table_lookup (self->agency_names, id);
  g_autoptr (MadangRecord) agency = NULL;

  if (name != NULL || *id == '\0')
    return name != NULL ? name : "";
  agency = madang_record_store_get (get_records (self), id, NULL);
  if (agency == NULL)
    return "";
  g_hash_table_insert (self->agency_names, g_strdup (id),
                       g_strdup (madang_record_get_text (agency, "name_ko")));
  return g_hash_table_lookup (self->agency_names, id);
}

static char *
dup_agency (MadangRecord *record, gpointer user_data)
{
  return g_strdup (get_agency_name (user_data, record));
}

static char *
dup_state (MadangRecord *record, gpointer user_data)
{
  return g_strdup (madang_kind_get_state_label (madang_record_get_kind (record),
                                                madang_record_get_state (record)));
}

static char *
dup_number (MadangRecord *record, gpointer user_data)
{
  if (madang_record_is_set (record, "receipt_number"))
    return madang_record_dup_display (record, "receipt_number");
  /* Received here, but the server has not yet numbered it. */
  if (g_str_equal (madang_record_get_state (record), "received"))
    return g_strdup (_ ("Number to come"));
  return g_strdup ("–");
}

static char *
dup_row_name (MadangRecord *record, gpointer user_data)
{
  g_autofree char *state = dup_state (record, user_data);

  return g_strdup_printf ("%s, %s, %s", get_agency_name (user_data, record),
                          madang_record_get_text (record, "dept_name"), state);
}

static GtkColumnViewColumn *
append_column (MadangIntakePage *self, const char *field, MadangCellFunc text, int width)
{
  const MadangField *declaration = madang_kind_find_field (madang_kind_find ("application"), field);
  g_autoptr (GtkColumnViewColumn) column
      = madang_record_column_new (declaration != NULL ? madang_field_get_label (declaration)
                                                      : _ ("State"),
                                  g_str_equal (field, "agency") ? NULL : field, text, self);

  gtk_column_view_append_column (self->view, column);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  return column;
}

/* On a narrow window the row still says who and what state. */
static void
hide_when_collapsed (MadangIntakePage *self, GtkColumnViewColumn *column)
{
  g_object_bind_property (self, "collapsed", column, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}

/* --- the list ------------------------------------------------------------------------------ */

static MadangQuery *
build_query (MadangIntakePage *self)
{
  MadangQuery *query = madang_query_new ("application");
  const char *state = self->filters->pdata[gtk_drop_down_get_selected (self->state_filter)];
  gboolean descending;
  const char *field = madang_record_column_get_sort (self->view, &descending);

  if (state != NULL)
    madang_query_add_states (query, (const char *[]){ state, NULL });
  else
    /* The first filter is "all"; the others are what can be at the office. */
    madang_query_add_states (query, (const char *const *)self->filters->pdata + 1);
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
explain_emptiness (MadangIntakePage *self)
{
  const gboolean all = gtk_drop_down_get_selected (self->state_filter) == 0;

  if (*madang_search_entry_get_text (self->search) != '\0')
    {
      adw_status_page_set_title (self->empty_page, _ ("Nothing Found"));
      adw_status_page_set_description (
          self->empty_page,
          is_searching_early (self)
              ? _ ("The search is still being prepared; more may appear in a moment.")
              : _ ("Search for something else, or press Escape to see all again."));
      return;
    }
  adw_status_page_set_title (self->empty_page,
                             all ? _ ("No Applications Yet") : _ ("None in This State"));
  adw_status_page_set_description (self->empty_page,
                                   all ? _ ("What the agencies submit appears here by itself.")
                                       : _ ("Choose another state above."));
}

static void
update_count (MadangIntakePage *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *number = g_strdup_printf (ngettext ("%u application", "%u applications", n), n);
  /* Translators: beside a number of search results, while more may come */
  g_autofree char *text = is_searching_early (self)
                              ? g_strdup_printf ("%s · %s", number, _ ("Indexing"))
                              : g_steal_pointer (&number);

  gtk_label_set_label (self->count, text);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  if (n == 0)
    explain_emptiness (self);
}

static void
query_changed_cb (MadangIntakePage *self)
{
  g_autoptr (MadangQuery) query = build_query (self);

  madang_record_list_set_query (self->list, query);
  update_count (self);
}

static MadangPage *
madang_intake_page_find_record_page (MadangPage *page, const char *kind, const char *id)
{
  MadangIntakePage *self = MADANG_INTAKE_PAGE (page);

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
enter_late_cb (MadangIntakePage *self)
{
  madang_page_open (MADANG_PAGE (self),
                    madang_late_entry_page_new (madang_page_get_sync (MADANG_PAGE (self))));
}

/* Who reads only has nothing to enter. */
static void
add_late_entry (MadangIntakePage *self)
{
  MadangActor *actor = madang_sync_get_actor (madang_page_get_sync (MADANG_PAGE (self)));
  const gboolean may
      = actor != NULL && madang_actor_holds (actor, MADANG_ROLE_CITY_COORDINATOR, NULL);
  GSimpleAction *action
      = madang_page_add_action (MADANG_PAGE (self), "enter-late", G_CALLBACK (enter_late_cb), self);

  g_simple_action_set_enabled (action, may);
  gtk_widget_set_visible (self->late_button, may);
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
fill_filter (MadangIntakePage *self)
{
  const MadangKind *kind = madang_kind_find ("application");
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  /* Translators: the first choice of a filter */
  gtk_string_list_append (labels, _ ("All States"));
  g_ptr_array_add (self->filters, NULL);
  for (const MadangState *state = kind->states; state->name != NULL; state++)
    {
      /* What was never submitted stays with its agency. */
      if (g_str_equal (state->name, "draft") || g_str_equal (state->name, "expired"))
        continue;
      gtk_string_list_append (labels, madang_kind_get_state_label (kind, state->name));
      g_ptr_array_add (self->filters, (gpointer)state->name);
    }
  g_ptr_array_add (self->filters, NULL);
  gtk_drop_down_set_model (self->state_filter, G_LIST_MODEL (labels));
}

static void
madang_intake_page_changed (MadangPage *page, const char *const *ids)
{
  MadangIntakePage *self = MADANG_INTAKE_PAGE (page);

  g_hash_table_remove_all (self->agency_names);
  madang_record_list_reload (self->list, ids);
  update_count (self);
}

static void
madang_intake_page_shown (MadangPage *page)
{
  madang_record_column_focus_rows (MADANG_INTAKE_PAGE (page)->view);
}

static void
madang_intake_page_constructed (GObject *object)
{
  MadangIntakePage *self = MADANG_INTAKE_PAGE (object);
  const GActionEntry entries[] = { { "open", open_cb, "s" } };
  g_autoptr (MadangQuery) query = NULL;
  GtkColumnViewColumn *agency;

  G_OBJECT_CLASS (madang_intake_page_parent_class)->constructed (object);

  madang_page_set_title (MADANG_PAGE (self), _ ("Applications"), NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (madang_page_get_actions (MADANG_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
  add_late_entry (self);
  fill_filter (self);
  madang_record_column_set_list_name (self->view, _ ("Applications"));
  agency = append_column (self, "agency", dup_agency, 0);
  madang_record_column_set_row_name (agency, dup_row_name, self);
  hide_when_collapsed (self, append_column (self, "dept_name", NULL, 0));
  append_column (self, "state", dup_state, 110);
  append_column (self, "receipt_number", dup_number, 140);
  hide_when_collapsed (self, append_column (self, "submitted_at", NULL, 200));

  madang_page_add_action (MADANG_PAGE (self), "search", G_CALLBACK (madang_search_entry_begin),
                          self->search);
  query = build_query (self);
  self->list = madang_record_list_new (get_records (self), query);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (gtk_single_selection_new (
                                             g_object_ref (G_LIST_MODEL (self->list)))));
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->state_filter, "notify::selected", G_CALLBACK (query_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (query_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "entered", G_CALLBACK (madang_record_column_focus_rows),
                           self->view, G_CONNECT_SWAPPED);
  g_signal_connect_object (madang_page_get_sync (MADANG_PAGE (self)), "notify::indexing",
                           G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  update_count (self);
}

static void
madang_intake_page_dispose (GObject *object)
{
  MadangIntakePage *self = MADANG_INTAKE_PAGE (object);

  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->list);
  g_clear_object (&self->reading_page);

  G_OBJECT_CLASS (madang_intake_page_parent_class)->dispose (object);
}

static void
madang_intake_page_finalize (GObject *object)
{
  MadangIntakePage *self = MADANG_INTAKE_PAGE (object);

  g_hash_table_unref (self->agency_names);
  g_ptr_array_unref (self->filters);

  G_OBJECT_CLASS (madang_intake_page_parent_class)->finalize (object);
}

static void
madang_intake_page_class_init (MadangIntakePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = madang_intake_page_constructed;
  object_class->dispose = madang_intake_page_dispose;
  object_class->finalize = madang_intake_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->changed = madang_intake_page_changed;
  MADANG_PAGE_CLASS (klass)->shown = madang_intake_page_shown;
  MADANG_PAGE_CLASS (klass)->find_record_page = madang_intake_page_find_record_page;

  g_type_ensure (MADANG_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/applications/madang-intake-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, late_button);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, state_filter);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, search);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, count);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, view);
  gtk_widget_class_bind_template_child (widget_class, MadangIntakePage, empty_page);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
madang_intake_page_init (MadangIntakePage *self)
{
  self->agency_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->filters = g_ptr_array_new ();
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
