/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-record-list.h"

#include "madang-id.h"
#include "madang-query.h"
#include "madang-record-store-private.h"
#include "madang-row-diff.h"
#include "madang-row-search.h"

#define PAGE_ROWS 128
#define N_PAGES 16

/* Up to so many rows may be told as replaced in one signal: then a selection finds its row among
 * the new ones. A view reads all of them at that moment, so more are told as removed and added. */
#define MAX_REPLACED PAGE_ROWS

/* A frame has room for a step and for showing what it found. */
#define STEP 4000 /* us */

typedef struct
{
  GPtrArray *records; /* (owned) (nullable): nothing on this page yet */
  guint number;       /* of the page: position / PAGE_ROWS */
  guint64 used;       /* 0: never since it was emptied */
} Page;

/* A record that somebody holds, perhaps only a page. */
typedef struct
{
  MadangRecordList *list;
  MadangRecord *record;
  gint64 row;
} Held;

struct _MadangRecordList
{
  GObject parent_instance;

  MadangRecordStore *store; /* (owned) */
  MadangQuery *query;       /* (owned) */
  GArray *rows;             /* (owned): gint64 */
  gboolean settled;         /* the rows are all that the query finds */
  GArray *ordered;          /* (owned) (nullable): gint64, what a search chooses from */
  MadangRowSearch *search;  /* (owned) (nullable): under way */
  guint stepping;           /* source; 0: no search is under way */
  gboolean fresh;           /* nothing of the query is shown yet */
  Page pages[N_PAGES];
  guint64 clock;    /* rises with each use of a page */
  GHashTable *held; /* (owned): row -> Held */
  gboolean telling; /* signals are being emitted */
};

typedef enum
{
  PROP_LOADING = 1,
} MadangRecordListProperty;

static GParamSpec *properties[PROP_LOADING + 1];

static void madang_record_list_init_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MadangRecordList,
                               madang_record_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      madang_record_list_init_model))

/* --- records that are held ---------------------------------------------------------------- */

static void
record_gone_cb (gpointer user_data, GObject *record)
{
  Held *held = user_data;

  held->record = NULL;
  g_hash_table_remove (held->list->held, &held->row);
}

static void
free_held (Held *held)
{
  if (held->record != NULL)
    g_object_weak_unref (G_OBJECT (held->record), record_gone_cb, held);
  g_free (held);
}

static void
hold (MadangRecordList *self, gint64 row, MadangRecord *record)
{
  Held *held = g_new0 (Held, 1);

  held->list = self;
  held->record = record;
  held->row = row;
  g_object_weak_ref (G_OBJECT (record), record_gone_cb, held);
  g_hash_table_insert (self->held, &held->row, held);
}

/* --- pages -------------------------------------------------------------------------------- */

static void
clear_page (Page *page)
{
  g_clear_pointer (&page->records, g_ptr_array_unref);
  page->used = 0;
}

static void
clear_pages_from (MadangRecordList *self, guint position)
{
  for (guint i = 0; i < N_PAGES; i++)
    if (self->pages[i].records != NULL && self->pages[i].number >= position / PAGE_ROWS)
      clear_page (&self->pages[i]);
}

static Page *
choose_page (MadangRecordList *self, guint number)
{
  Page *oldest = &self->pages[0];

  for (guint i = 0; i < N_PAGES; i++)
    {
      Page *page = &self->pages[i];
      if (page->records != NULL && page->number == number)
        return page;
      if (page->used < oldest->used)
        oldest = page;
    }
  clear_page (oldest);
  oldest->number = number;
  return oldest;
}

/* A row may go while the list has not been told yet; a list model may not answer NULL. */
static MadangRecord *
make_tombstone (MadangRecordList *self)
{
  g_autofree char *id = madang_id_new ();
  MadangRecord *record
      = madang_record_new (madang_kind_find (madang_query_get_kind (self->query)), id);

  madang_record_set_deleted (record, TRUE);
  return record;
}

static GPtrArray *
fetch (MadangRecordList *self, GArray *rows)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records
      = madang_record_store_get_rows (self->store, (const gint64 *)rows->data, rows->len, &error);

  if (records == NULL)
    g_debug ("a page of a list cannot be read: %s", error->message);
  return records;
}

/* Records that somebody holds stay the same objects; the others are read. */
static void
fill_page (MadangRecordList *self, Page *page)
{
  guint first = page->number * PAGE_ROWS;
  guint n_rows = MIN (PAGE_ROWS, self->rows->len - first);
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));

  page->records = g_ptr_array_new_full (n_rows, g_object_unref);
  for (guint i = 0; i < n_rows; i++)
    {
      gint64 row = g_array_index (self->rows, gint64, first + i);
      if (!g_hash_table_contains (self->held, &row))
        g_array_append_val (missing, row);
    }

  g_autoptr (GPtrArray) fetched = fetch (self, missing);
  guint n_fetched = 0;
  for (guint i = 0; i < n_rows; i++)
    {
      gint64 row = g_array_index (self->rows, gint64, first + i);
      const Held *held = g_hash_table_lookup (self->held, &row);
      if (held != NULL)
        {
          g_ptr_array_add (page->records, g_object_ref (held->record));
          continue;
        }
      MadangRecord *record = fetched != NULL ? g_ptr_array_index (fetched, n_fetched++) : NULL;
      if (record != NULL)
        hold (self, row, record);
      g_ptr_array_add (page->records,
                       record != NULL ? g_object_ref (record) : make_tombstone (self));
    }
}

/* --- GListModel --------------------------------------------------------------------------- */

static GType
madang_record_list_get_item_type (GListModel *model)
{
  return MADANG_TYPE_RECORD;
}

static guint
madang_record_list_get_n_items (GListModel *model)
{
  return MADANG_RECORD_LIST (model)->rows->len;
}

static gpointer
madang_record_list_get_item (GListModel *model, guint position)
{
  MadangRecordList *self = MADANG_RECORD_LIST (model);

  if (position >= self->rows->len)
    return NULL;

  Page *page = choose_page (self, position / PAGE_ROWS);
  if (page->records == NULL)
    fill_page (self, page);
  page->used = ++self->clock;
  return g_object_ref (g_ptr_array_index (page->records, position % PAGE_ROWS));
}

static void
madang_record_list_init_model (GListModelInterface *iface)
{
  iface->get_item_type = madang_record_list_get_item_type;
  iface->get_n_items = madang_record_list_get_n_items;
  iface->get_item = madang_record_list_get_item;
}

/* --- telling what changed ----------------------------------------------------------------- */

/* The rows of held records with these ids. They are let go, so that they are read anew. */
static GHashTable *
let_go (MadangRecordList *self, const char *const *ids)
{
  GHashTable *changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value = NULL;

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_hash_table_add (wanted, (gpointer)ids[i]);
  g_hash_table_iter_init (&iter, self->held);
  while (g_hash_table_size (wanted) > 0 && g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Held *held = value;
      if (!g_hash_table_contains (wanted, madang_record_get_id (held->record)))
        continue;
      g_hash_table_add (changed, g_memdup2 (&held->row, sizeof held->row));
      g_hash_table_iter_remove (&iter);
    }
  return changed;
}

static void
clear_pages_with (MadangRecordList *self, GHashTable *changed)
{
  for (guint i = 0; i < N_PAGES; i++)
    {
      Page *page = &self->pages[i];
      for (guint j = 0; page->records != NULL && j < page->records->len; j++)
        {
          gint64 row = g_array_index (self->rows, gint64, page->number * PAGE_ROWS + j);
          if (g_hash_table_contains (changed, &row))
            clear_page (page);
        }
    }
}

static void
remove_rows (MadangRecordList *self, guint position, guint removed)
{
  clear_pages_from (self, position);
  g_array_remove_range (self->rows, position, removed);
}

static void
insert_rows (MadangRecordList *self, const MadangRowHunk *hunk, const GArray *after)
{
  clear_pages_from (self, hunk->position);
  g_array_insert_vals (self->rows, hunk->position, &g_array_index (after, gint64, hunk->position),
                       hunk->added);
}

/* The list is what the signal says at each signal. */
static void
apply_hunk (MadangRecordList *self, const MadangRowHunk *hunk, const GArray *after)
{
  GListModel *model = G_LIST_MODEL (self);
  gboolean in_one = MAX (hunk->removed, hunk->added) <= MAX_REPLACED;

  if (hunk->removed > 0)
    remove_rows (self, hunk->position, hunk->removed);
  if (hunk->removed > 0 && !in_one)
    g_list_model_items_changed (model, hunk->position, hunk->removed, 0);
  if (hunk->added > 0)
    insert_rows (self, hunk, after);
  if (in_one)
    g_list_model_items_changed (model, hunk->position, hunk->removed, hunk->added);
  else if (hunk->added > 0)
    g_list_model_items_changed (model, hunk->position, 0, hunk->added);
}

static gboolean
is_in_hunk (const GArray *hunks, guint position)
{
  for (guint i = 0; i < hunks->len; i++)
    {
      const MadangRowHunk *hunk = &g_array_index (hunks, MadangRowHunk, i);
      if (position >= hunk->position && position - hunk->position < hunk->added)
        return TRUE;
    }
  return FALSE;
}

/* Those in a hunk have been told already. */
static void
tell_changed (MadangRecordList *self, GHashTable *changed, const GArray *hunks)
{
  guint left = g_hash_table_size (changed);

  for (guint i = 0; left > 0 && i < self->rows->len; i++)
    {
      if (!g_hash_table_contains (changed, &g_array_index (self->rows, gint64, i)))
        continue;
      left--;
      if (!is_in_hunk (hunks, i))
        g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
    }
}

static void
update_rows (MadangRecordList *self, GArray *after, const char *const *ids)
{
  g_return_if_fail (!self->telling);

  g_autoptr (GArray) hunks = madang_row_diff ((const gint64 *)self->rows->data, self->rows->len,
                                              (const gint64 *)after->data, after->len);
  g_autoptr (GHashTable) changed = let_go (self, ids);

  g_object_ref (self);
  self->telling = TRUE;
  clear_pages_with (self, changed);
  for (guint i = 0; i < hunks->len; i++)
    apply_hunk (self, &g_array_index (hunks, MadangRowHunk, i), after);
  tell_changed (self, changed, hunks);
  self->telling = FALSE;
  g_object_unref (self);
}

/* --- loading -------------------------------------------------------------------------------- */

static void
stop_loading (MadangRecordList *self)
{
  g_clear_handle_id (&self->stepping, g_source_remove);
  g_clear_pointer (&self->search, madang_row_search_free);
}

/* While more is being found, the list grows by its own length: a view counts and lays out anew
 * each time. It never shrinks before all is known, but when the query is another. */
static gboolean
is_worth_showing (MadangRecordList *self, const GArray *found)
{
  if (madang_row_search_is_done (self->search))
    return TRUE;
  return self->fresh ? found->len > 0 : found->len / 2 >= MAX (self->rows->len, 1);
}

/* TRUE: there is more to do. */
static gboolean
step (MadangRecordList *self)
{
  g_autoptr (GError) error = NULL;
  GArray *found = madang_row_search_get_found (self->search);

  if (!madang_row_search_step (self->search, STEP, &error))
    {
      g_debug ("a search cannot go on: %s", error->message);
      return FALSE;
    }
  self->settled = madang_row_search_is_done (self->search);
  if (is_worth_showing (self, found))
    {
      self->fresh = FALSE;
      update_rows (self, found, NULL);
    }
  return !self->settled;
}

static gboolean
step_cb (gpointer user_data)
{
  MadangRecordList *self = user_data;
  g_autoptr (MadangRecordList) kept = g_object_ref (self);

  if (step (self))
    return G_SOURCE_CONTINUE;
  self->stepping = 0;
  stop_loading (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  return G_SOURCE_REMOVE;
}

/* Of the records with these ids, those that are shown and not there any more. */
static GHashTable *
find_gone (MadangRecordList *self, const char *const *ids)
{
  GHashTable *gone = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->held);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Held *held = value;
      if (!g_strv_contains (ids, madang_record_get_id (held->record)))
        continue;
      g_autoptr (GPtrArray) found = madang_record_store_get_rows (self->store, &held->row, 1, NULL);
      if (found != NULL && g_ptr_array_index (found, 0) == NULL)
        g_hash_table_add (gone, g_memdup2 (&held->row, sizeof held->row));
    }
  return gone;
}

/* What is shown tells of changes at once, though the search has to begin anew. */
static void
tell_meanwhile (MadangRecordList *self, const char *const *ids)
{
  if (ids == NULL || ids[0] == NULL)
    return;

  g_autoptr (GHashTable) gone = find_gone (self, ids);
  g_autoptr (GArray) after = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->rows->len);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const gint64 row = g_array_index (self->rows, gint64, i);
      if (!g_hash_table_contains (gone, &row))
        g_array_append_val (after, row);
    }
  update_rows (self, after, ids);
}

static gboolean
read_ordered (MadangRecordList *self, GError **error)
{
  if (self->ordered != NULL)
    return TRUE;

  g_autoptr (MadangQuery) all = madang_query_copy_all (self->query);
  self->ordered = madang_record_store_find_rows (self->store, all, error);
  return self->ordered != NULL;
}

static gboolean
load_in_steps (MadangRecordList *self, const char *const *ids, GError **error)
{
  if (!read_ordered (self, error))
    return FALSE;

  self->search = madang_row_search_new (self->store, madang_query_get_search (self->query),
                                        self->ordered, madang_query_get_limit (self->query));
  tell_meanwhile (self, ids);
  if (step (self))
    self->stepping = g_idle_add (step_cb, self);
  else
    stop_loading (self);
  return TRUE;
}

static gboolean
load_at_once (MadangRecordList *self, const char *const *ids, GError **error)
{
  g_autoptr (GArray) after = madang_record_store_find_rows (self->store, self->query, error);

  if (after == NULL)
    return FALSE;
  self->settled = TRUE;
  self->fresh = FALSE;
  update_rows (self, after, ids);
  return TRUE;
}

/* The few rows of a rare word are quicker sorted than looked up among all. */
static gboolean
load (MadangRecordList *self, const char *const *ids, GError **error)
{
  const char *pattern = madang_query_get_search (self->query);
  gboolean few = TRUE;

  if (pattern != NULL && madang_record_store_get_search_index (self->store) != NULL
      && !madang_row_search_finds_few (self->store, pattern, &few, error))
    return FALSE;
  return few ? load_at_once (self, ids, error) : load_in_steps (self, ids, error);
}

static void
start_loading (MadangRecordList *self, const char *const *ids)
{
  const gboolean was_loading = self->stepping != 0;
  g_autoptr (MadangRecordList) kept = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  stop_loading (self);
  self->settled = FALSE;
  if (!load (self, ids, &error))
    g_debug ("a list cannot be read: %s", error->message);
  if (was_loading != (self->stepping != 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* The rows of a list without a search are what one chooses from, as long as only the search is
 * another. */
static void
keep_ordered (MadangRecordList *self, const MadangQuery *query)
{
  g_autoptr (GArray) former = g_steal_pointer (&self->ordered);

  if (self->query == NULL || !madang_query_is_about_same (self->query, query))
    return;
  if (former != NULL)
    self->ordered = g_steal_pointer (&former);
  else if (self->settled && !madang_query_is_search (self->query)
           && madang_query_get_limit (self->query) < 0)
    self->ordered = g_array_copy (self->rows);
}

/* --- class -------------------------------------------------------------------------------- */

static void
madang_record_list_dispose (GObject *object)
{
  MadangRecordList *self = MADANG_RECORD_LIST (object);

  stop_loading (self);
  clear_pages_from (self, 0);
  g_hash_table_remove_all (self->held);

  G_OBJECT_CLASS (madang_record_list_parent_class)->dispose (object);
}

static void
madang_record_list_finalize (GObject *object)
{
  MadangRecordList *self = MADANG_RECORD_LIST (object);

  g_hash_table_unref (self->held);
  g_array_unref (self->rows);
  g_clear_pointer (&self->ordered, g_array_unref);
  g_clear_pointer (&self->query, madang_query_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (madang_record_list_parent_class)->finalize (object);
}

static void
madang_record_list_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  switch ((MadangRecordListProperty)property)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, madang_record_list_get_loading (MADANG_RECORD_LIST (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
madang_record_list_class_init (MadangRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = madang_record_list_get_property;
  object_class->dispose = madang_record_list_dispose;
  object_class->finalize = madang_record_list_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
madang_record_list_init (MadangRecordList *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->held = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)free_held);
}

/* --- public ------------------------------------------------------------------------------- */

MadangRecordList *
madang_record_list_new (MadangRecordStore *store, const MadangQuery *query)
{
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (store), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  MadangRecordList *self = g_object_new (MADANG_TYPE_RECORD_LIST, NULL);
  self->store = g_object_ref (store);
  madang_record_list_set_query (self, query);
  return self;
}

/* Copies the query. */
void
madang_record_list_set_query (MadangRecordList *self, const MadangQuery *query)
{
  g_return_if_fail (MADANG_IS_RECORD_LIST (self));
  g_return_if_fail (query != NULL);

  keep_ordered (self, query);
  g_autoptr (MadangQuery) former = self->query;
  self->query = madang_query_copy (query);
  self->fresh = TRUE;
  start_loading (self, NULL);
}

/* When the rows cannot be read, the list stays as it is. Not from a handler of its own signal. */
void
madang_record_list_reload (MadangRecordList *self, const char *const *ids)
{
  g_return_if_fail (MADANG_IS_RECORD_LIST (self));

  g_clear_pointer (&self->ordered, g_array_unref);
  start_loading (self, ids);
}

gboolean
madang_record_list_get_loading (MadangRecordList *self)
{
  g_return_val_if_fail (MADANG_IS_RECORD_LIST (self), FALSE);

  return self->stepping != 0;
}
