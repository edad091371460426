/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-agencies-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "madang-day.h"
#include "madang-observation-import-page.h"
#include "madang-record-column.h"
#include "madang-rights.h"
#include "madang-scope.h"
#include "madang-system-entry.h"
#include "madang-system-filters.h"
#include "madang-system-map.h"
#include "madang-system-page.h"
#include "madang-system-sheet.h"
#include "madang-table-export.h"

struct _MadangAgenciesPage
{
  MadangPage parent_instance;

  GPtrArray *entries;  /* (owned) (element-type MadangSystemEntry): all of them */
  GPtrArray *shown;    /* (owned) (element-type MadangSystemEntry), borrowed from entries */
  GHashTable *by_item; /* (owned): id of an item of the list -> entry, both borrowed */
  GListStore *list;    /* (owned): of MadangRecord */
  GSimpleAction *export_actions[2]; /* borrowed from the page's actions */
  MadangSystemFilters *filters;
  GtkLabel *count;
  GtkStack *stack;
  GtkColumnView *view;
  MadangSystemMap *map;
  AdwStatusPage *empty_page;
  GtkToggleButton *table_button;
  GtkToggleButton *map_button;
  GtkWidget *import_button;
  MadangTaskBar *task_bar;
};

G_DEFINE_FINAL_TYPE (MadangAgenciesPage, madang_agencies_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "search" },
  { "show-as('table')", N_ ("Show as a Table") },
  { "show-as('map')", N_ ("Show as a Map") },
  { "import-observations", N_ ("Import Observations…") },
  { "export-xlsx", N_ ("Save as XLSX…") },
  { "export-csv", N_ ("Save as CSV…") },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Search and choose above what the table shows."),
  N_ ("Open a row for what is known of the system and for its history."),
  N_ ("Where something is not true any more, enter what is: the earlier observations stay."),
  N_ ("Switch to the map to see the districts in colours. The table says the same in words."),
  N_ ("Save the list as it stands, as a workbook or as CSV, from the menu."),
  NULL,
};

static const MadangPageKey page_keys[] = {
  { "Return", N_ ("Open the row or the district") },
  { NULL },
};

static const MadangPageHelp help = {
  .title = N_ ("Agencies and Systems"),
  .purpose
  = N_ ("How the districts and institutions take citizens’ proposals: annex 1 of the plan, "
        "and what was observed since."),
  .steps = steps,
  .keys = page_keys,
};

/* --- cells ---------------------------------------------------------------------------------- */

/* A column, by the field that it shows. */
typedef struct
{
  MadangAgenciesPage *page;
  const char *field;
  gboolean wide; /* only where there is room */
  int width;     /* of a hidden one, as the person left it */
} Cell;

static const struct
{
  const char *field;
  const char *title; /* msgid; NULL: the label of the field */
  int width;         /* 0: it takes the room that is left */
  gboolean wide;     /* only where there is room */
} columns[] = {
  { "agency", N_ ("Agency"), 130, FALSE },
  { "name", NULL, 0, FALSE },
  { "department", NULL, 110, TRUE },
  { "epeople_mode", NULL, 150, TRUE },
  { "has_policy_debate", NULL, 70, TRUE },
  { "links_democracy_seoul", NULL, 115, TRUE },
  { "note", NULL, 0, TRUE },
  { "observed", N_ ("Newest observation"), 215, TRUE },
};

static const MadangSystemEntry *
find_entry (MadangAgenciesPage *self, gpointer item)
{
  return g_hash_table_lookup (self->by_item, madang_record_get_id (item));
}

static char *
dup_cell (MadangRecord *item, gpointer user_data)
{
  const Cell *cell = user_data;
  const MadangSystemEntry *entry = find_entry (cell->page, item);

  /* Silence of the annex fills no column. */
  if (entry == NULL
      || g_str_equal (madang_system_entry_get_text (entry, cell->field), "none_stated")
      || g_str_equal (madang_system_entry_get_text (entry, cell->field), "unknown"))
    return g_strdup (entry != NULL ? "–" : "");
  return madang_system_entry_dup_display (entry, cell->field);
}

static char *
dup_row_name (MadangRecord *item, gpointer user_data)
{
  const MadangSystemEntry *entry = find_entry (user_data, item);

  return entry != NULL ? madang_system_entry_dup_name (entry) : g_strdup ("");
}

static const char *
get_title (gsize i)
{
  const MadangField *field
      = madang_kind_find_field (madang_kind_find ("system_observation"), columns[i].field);

  return columns[i].title != NULL ? _ (columns[i].title) : madang_field_get_label (field);
}

static void
append_column (MadangAgenciesPage *self, gsize i)
{
  Cell *cell = g_new0 (Cell, 1);
  g_autoptr (GtkColumnViewColumn) column
      = madang_record_column_new (get_title (i), columns[i].field, dup_cell, cell);

  cell->page = self;
  cell->field = columns[i].field;
  cell->wide = columns[i].wide;
  g_object_set_data_full (G_OBJECT (column), "cell", cell, g_free);
  if (i == 0)
    madang_record_column_set_row_name (column, dup_row_name, self);
  gtk_column_view_append_column (self->view, column);
  if (columns[i].width > 0)
    gtk_column_view_column_set_fixed_width (column, columns[i].width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
}

/* GTK 4.8 takes hidden columns for as wide as they are set to be, and leaves the others no room. */
static void
show_columns (MadangAgenciesPage *self)
{
  GListModel *all = gtk_column_view_get_columns (self->view);
  gboolean collapsed;

  g_object_get (self, "collapsed", &collapsed, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);
      Cell *cell = g_object_get_data (G_OBJECT (column), "cell");

      if (!cell->wide || gtk_column_view_column_get_visible (column) != collapsed)
        continue;
      if (collapsed)
        cell->width = gtk_column_view_column_get_fixed_width (column);
      gtk_column_view_column_set_fixed_width (column, collapsed ? -1 : cell->width);
      gtk_column_view_column_set_visible (column, !collapsed);
    }
}

/* --- saving --------------------------------------------------------------------------------- */

static gboolean
look_at_first (MadangRecord *record, gpointer user_data)
{
  return FALSE;
}

/* Whether all agencies have arrived that this person may see. */
static gboolean
is_complete (MadangAgenciesPage *self)
{
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));
  MadangRecordStore *records = madang_sync_get_records (sync);
  g_auto (GStrv) scopes = madang_actor_dup_subscriptions (madang_sync_get_actor (sync));

  for (gsize i = 0; records != NULL && scopes[i] != NULL; i++)
    if ((madang_scope_fits (scopes[i], MADANG_SCOPE_DIRECTORY)
         || madang_scope_fits (scopes[i], MADANG_SCOPE_ENTRY_OF_AGENCY))
        && !madang_lookup_each (MADANG_LOOKUP (records), "agency", NULL, NULL, scopes[i],
                                look_at_first, NULL))
      return FALSE;
  return records != NULL;
}

static void
update_export (MadangAgenciesPage *self)
{
  const char *obstacle = NULL;

  if (!is_complete (self))
    obstacle = _ ("Not all agencies have arrived here yet. Try again in a moment.");
  else if (self->shown->len == 0)
    obstacle = _ ("There is nothing in the list to save.");
  for (gsize i = 0; i < G_N_ELEMENTS (self->export_actions); i++)
    madang_command_set_obstacle (self->export_actions[i], obstacle);
}

static void
export_rows (MadangAgenciesPage *self, MadangTableExportFormat format)
{
  MadangClock *clock = madang_sync_get_clock (madang_page_get_sync (MADANG_PAGE (self)));
  g_autofree char *day = madang_day_from_instant (madang_clock_get_programme_now (clock));
  /* Translators: the name of a file; %s is a date such as 2020-03-09 */
  g_autofree char *name = g_strdup_printf (_ ("Agencies_and_Systems_%s"), day);

  madang_table_export_run_sheet (MADANG_PAGE (self), self->task_bar,
                                 madang_system_sheet_new (self->shown), name, format);
}

static void
export_xlsx_cb (MadangAgenciesPage *self)
{
  export_rows (self, MADANG_TABLE_EXPORT_XLSX);
}

static void
export_csv_cb (MadangAgenciesPage *self)
{
  export_rows (self, MADANG_TABLE_EXPORT_CSV);
}

/* --- the rows ------------------------------------------------------------------------------- */

typedef struct
{
  const char *field;
  int sign;
} Order;

/* Days sort as days, everything else as it is read; what is empty comes last. */
static char *
dup_sort_key (const MadangSystemEntry *entry, const char *field)
{
  g_autofree char *text = NULL;

  if (g_str_equal (field, "observed"))
    return g_strdup (madang_system_entry_get_text (entry, "observed_on"));
  text = madang_system_entry_dup_display (entry, field);
  return *text != '\0' ? g_utf8_collate_key (text, -1) : g_steal_pointer (&text);
}

static int
compare_entries (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Order *order = user_data;
  g_autofree char *first = dup_sort_key (*(MadangSystemEntry *const *)a, order->field);
  g_autofree char *second = dup_sort_key (*(MadangSystemEntry *const *)b, order->field);

  if (*first == '\0' || *second == '\0')
    return (*first == '\0') - (*second == '\0');
  return order->sign * strcmp (first, second);
}

static void
update_count (MadangAgenciesPage *self)
{
  const guint n = self->shown->len;
  /* Translators: rows of the table of agencies and their systems */
  g_autofree char *text = g_strdup_printf (ngettext ("%u row", "%u rows", n), n);
  const gboolean filtered = madang_system_filters_are_set (self->filters);

  gtk_label_set_label (self->count, text);
  adw_status_page_set_title (self->empty_page,
                             filtered ? _ ("Nothing Found") : _ ("No Agencies Yet"));
  adw_status_page_set_description (
      self->empty_page, filtered ? _ ("No row fits the search and the filters above.")
                                 : _ ("They appear here as soon as they have arrived from the "
                                      "server."));
  if (gtk_toggle_button_get_active (self->map_button))
    gtk_stack_set_visible_child_name (self->stack, "map");
  else
    gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static gboolean
is_item (MadangAgenciesPage *self, guint position, MadangRecord *item)
{
  g_autoptr (MadangRecord) listed = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  return listed == item;
}

/* Rows at both ends that stay leave selection and scrolling as they are. */
static void
replace_items (MadangAgenciesPage *self, GPtrArray *items)
{
  const guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  const guint least = MIN (n_before, items->len);
  guint head = 0;
  guint tail = 0;

  while (head < least && is_item (self, head, items->pdata[head]))
    head++;
  while (tail < least - head
         && is_item (self, n_before - 1 - tail, items->pdata[items->len - 1 - tail]))
    tail++;
  if (head + tail < MAX (n_before, items->len))
    g_list_store_splice (self->list, head, n_before - head - tail, items->pdata + head,
                         items->len - head - tail);
}

/* Which of the entries are shown, and in which order. */
static void
update_rows (MadangAgenciesPage *self)
{
  gboolean descending = FALSE;
  const Order order
      = { madang_record_column_get_sort (self->view, &descending), descending ? -1 : 1 };
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_ptr_array_new ();
  for (guint i = 0; i < self->entries->len; i++)
    if (madang_system_filters_admit (self->filters, self->entries->pdata[i]))
      g_ptr_array_add (self->shown, self->entries->pdata[i]);
  if (order.field != NULL)
    g_ptr_array_sort_with_data (self->shown, compare_entries, (gpointer)&order);
  for (guint i = 0; i < self->shown->len; i++)
    g_ptr_array_add (items, madang_system_entry_get_item (self->shown->pdata[i]));
  replace_items (self, items);
  madang_system_map_set_entries (self->map, self->entries, self->shown);
  update_count (self);
  update_export (self);
}

static gboolean
are_same (MadangRecord *a, MadangRecord *b)
{
  g_autofree char *first = a != NULL ? madang_record_dup_digest (a) : NULL;
  g_autofree char *second = b != NULL ? madang_record_dup_digest (b) : NULL;

  return g_strcmp0 (first, second) == 0;
}

/* What did not change keeps its item, so that its row stays as it is. */
static void
keep_unchanged (MadangAgenciesPage *self, MadangSystemEntry *entry)
{
  const MadangSystemEntry *former = find_entry (self, madang_system_entry_get_item (entry));
  MadangRecord **item = entry->system != NULL ? &entry->system : &entry->agency;

  if (former != NULL && are_same (former->agency, entry->agency)
      && are_same (former->system, entry->system) && are_same (former->newest, entry->newest)
      && are_same (former->application, entry->application))
    g_set_object (item, madang_system_entry_get_item (former));
}

static void
reload (MadangAgenciesPage *self)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));
  g_autoptr (GPtrArray) former = g_steal_pointer (&self->entries);

  self->entries = records != NULL
                      ? madang_system_entry_list (records, NULL)
                      : g_ptr_array_new_with_free_func ((GDestroyNotify)madang_system_entry_free);
  for (guint i = 0; i < self->entries->len; i++)
    keep_unchanged (self, self->entries->pdata[i]);
  g_hash_table_remove_all (self->by_item);
  for (guint i = 0; i < self->entries->len; i++)
    g_hash_table_insert (self->by_item,
                         (gpointer)madang_record_get_id (
                             madang_system_entry_get_item (self->entries->pdata[i])),
                         self->entries->pdata[i]);
  update_rows (self);
}

/* Whether one of these records (NULL: any) stands in the table. */
static gboolean
concerns (MadangAgenciesPage *self, const char *const *ids)
{
  static const char *const kinds[]
      = { "agency", "proposal_system", "system_observation", "application", NULL };
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));

  for (; ids != NULL && *ids != NULL; ids++)
    {
      g_autoptr (MadangRecord) record
          = records != NULL ? madang_record_store_get (records, *ids, NULL) : NULL;

      if (record == NULL || g_strv_contains (kinds, madang_record_get_kind (record)->name))
        return TRUE;
    }
  return ids == NULL;
}

/* --- opening -------------------------------------------------------------------------------- */

static void
open_entry (MadangAgenciesPage *self, const MadangSystemEntry *entry)
{
  madang_page_open (
      MADANG_PAGE (self),
      madang_system_page_new (madang_page_get_sync (MADANG_PAGE (self)),
                              madang_record_get_id (entry->agency),
                              entry->system != NULL ? madang_record_get_id (entry->system) : NULL));
}

static void
activated_cb (MadangAgenciesPage *self, guint position)
{
  g_autoptr (MadangRecord) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  const MadangSystemEntry *entry = item != NULL ? find_entry (self, item) : NULL;

  if (entry != NULL)
    open_entry (self, entry);
}

static const MadangSystemEntry *
find_by_id (MadangAgenciesPage *self, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const MadangSystemEntry *entry = self->entries->pdata[i];

      if (g_str_equal (madang_record_get_id (entry->agency), id)
          || (entry->system != NULL && g_str_equal (madang_record_get_id (entry->system), id)))
        return entry;
    }
  return NULL;
}

static void
district_picked_cb (MadangAgenciesPage *self, const char *agency)
{
  const MadangSystemEntry *entry = find_by_id (self, agency);

  if (entry != NULL)
    open_entry (self, entry);
}

/* An observation is shown where its system is. */
static MadangPage *
madang_agencies_page_find_record_page (MadangPage *page, const char *kind, const char *id)
{
  MadangSync *sync = madang_page_get_sync (page);
  MadangRecordStore *records = madang_sync_get_records (sync);
  g_autoptr (MadangRecord) record
      = records != NULL ? madang_record_store_get (records, id, NULL) : NULL;

  if (record == NULL)
    return NULL;
  if (g_str_equal (kind, "agency"))
    return madang_system_page_new (sync, id, NULL);
  return madang_system_page_new (sync, madang_record_get_text (record, "agency"),
                                 g_str_equal (kind, "proposal_system")
                                     ? id
                                     : madang_record_get_text (record, "system"));
}

/* --- commands ------------------------------------------------------------------------------- */

static void
import_cb (MadangAgenciesPage *self)
{
  madang_page_open (MADANG_PAGE (self),
                    madang_observation_import_page_new (madang_page_get_sync (MADANG_PAGE (self))));
}

static void
search_cb (MadangAgenciesPage *self)
{
  madang_system_filters_focus_search (self->filters);
}

static void
show_as_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangAgenciesPage *self = user_data;
  const gboolean map = g_str_equal (g_variant_get_string (parameter, NULL), "map");

  gtk_toggle_button_set_active (map ? self->map_button : self->table_button, TRUE);
}

static void
add_commands (MadangAgenciesPage *self)
{
  MadangPage *page = MADANG_PAGE (self);
  const guint roles = madang_actor_get_roles (madang_sync_get_actor (madang_page_get_sync (page)));

  const GActionEntry entries[] = { { "show-as", show_as_cb, "s" } };

  g_action_map_add_action_entries (G_ACTION_MAP (madang_page_get_actions (page)), entries,
                                   G_N_ELEMENTS (entries), self);
  madang_page_add_action (page, "search", G_CALLBACK (search_cb), self);
  self->export_actions[0]
      = madang_page_add_action (page, "export-xlsx", G_CALLBACK (export_xlsx_cb), self);
  self->export_actions[1]
      = madang_page_add_action (page, "export-csv", G_CALLBACK (export_csv_cb), self);
  /* Others would have every row refused. */
  if ((roles & MADANG_ROLE_CITY_COORDINATOR) == 0)
    return;
  /* On a narrow window it is in the menu only. */
  g_object_bind_property (self, "collapsed", self->import_button, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  madang_page_add_action (page, "import-observations", G_CALLBACK (import_cb), self);
}

/* --- the page ------------------------------------------------------------------------------- */

static void
madang_agencies_page_changed (MadangPage *page, const char *const *ids)
{
  if (concerns (MADANG_AGENCIES_PAGE (page), ids))
    reload (MADANG_AGENCIES_PAGE (page));
}

static void
madang_agencies_page_shown (MadangPage *page)
{
  MadangAgenciesPage *self = MADANG_AGENCIES_PAGE (page);

  if (gtk_toggle_button_get_active (self->map_button))
    madang_system_map_focus_district (self->map);
  else
    madang_record_column_focus_rows (self->view);
}

static void
madang_agencies_page_constructed (GObject *object)
{
  MadangAgenciesPage *self = MADANG_AGENCIES_PAGE (object);

  G_OBJECT_CLASS (madang_agencies_page_parent_class)->constructed (object);

  madang_page_set_title (MADANG_PAGE (self), _ ("Agencies and Systems"), NULL);
  add_commands (self);
  madang_record_column_set_list_name (self->view, _ ("Agencies and Systems"));
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    append_column (self, i);
  show_columns (self);
  g_signal_connect (self, "notify::collapsed", G_CALLBACK (show_columns), NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (gtk_single_selection_new (
                                             g_object_ref (G_LIST_MODEL (self->list)))));
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (update_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (update_rows), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map_button, "notify::active", G_CALLBACK (update_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "picked", G_CALLBACK (district_picked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (madang_page_get_sync (MADANG_PAGE (self)), "notify::state",
                           G_CALLBACK (update_export), self, G_CONNECT_SWAPPED);
  reload (self);
}

static void
madang_agencies_page_dispose (GObject *object)
{
  MadangAgenciesPage *self = MADANG_AGENCIES_PAGE (object);

  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);

  G_OBJECT_CLASS (madang_agencies_page_parent_class)->dispose (object);
}

static void
madang_agencies_page_finalize (GObject *object)
{
  MadangAgenciesPage *self = MADANG_AGENCIES_PAGE (object);

  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_hash_table_unref (self->by_item);
  g_object_unref (self->list);

  G_OBJECT_CLASS (madang_agencies_page_parent_class)->finalize (object);
}

static void
madang_agencies_page_class_init (MadangAgenciesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = madang_agencies_page_constructed;
  object_class->dispose = madang_agencies_page_dispose;
  object_class->finalize = madang_agencies_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->changed = madang_agencies_page_changed;
  MADANG_PAGE_CLASS (klass)->shown = madang_agencies_page_shown;
  MADANG_PAGE_CLASS (klass)->find_record_page = madang_agencies_page_find_record_page;

  g_type_ensure (MADANG_TYPE_SYSTEM_FILTERS);
  g_type_ensure (MADANG_TYPE_SYSTEM_MAP);
  g_type_ensure (MADANG_TYPE_TASK_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/agencies/madang-agencies-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangAgenciesPage, filters);
  gtk_widget_class_bind_template_child (widget_class, MadangAgenciesPage, count);
  gtk_widget_class_bind_template_child (widget_class, MadangAgenciesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangAgenciesPage, view);
  gtk_widget_class_bind_template_child (widget_class, MadangAgenciesPage, map);
  gtk_widget_class_bind_template_child (widget_class, MadangAgenciesPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, MadangAgenciesPage, table_button);
  gtk_widget_class_bind_template_child (widget_class, MadangAgenciesPage, map_button);
  gtk_widget_class_bind_template_child (widget_class, MadangAgenciesPage, import_button);
  gtk_widget_class_bind_template_child (widget_class, MadangAgenciesPage, task_bar);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
madang_agencies_page_init (MadangAgenciesPage *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_system_entry_free);
  self->shown = g_ptr_array_new ();
  self->by_item = g_hash_table_new (g_str_hash, g_str_equal);
  self->list = g_list_store_new (MADANG_TYPE_RECORD);
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_agencies_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_AGENCIES_PAGE, "sync", sync, NULL);
}
