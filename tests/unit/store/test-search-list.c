/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-id.h"
#include "madang-record-list.h"
#include "madang-statement.h"
#include "main-loop.h"

/* So many that no machine finds them all within the first step. */
#define MANY 8000
#define FREQUENT "견본부"  /* in every record: known from its text only */
#define NOWHERE "부서견본" /* though each of its pairs is in every record */

static const MadangField fields[] = {
  { .name = "name", .type = MADANG_FIELD_LINE, .label = "Name", .max = 200, .searched = TRUE },
  { .name = "number", .type = MADANG_FIELD_INTEGER, .label = "Number", .indexed = TRUE },
  { .name = NULL },
};
static const MadangState states[]
    = { { "draft", "Draft" }, { "submitted", "Submitted" }, { NULL } };
static const MadangEvent events[] = { { .name = NULL } };
static const MadangRight rights[] = { { .roles = 0 } };

static char *
find_home_scope (const MadangRecord *record)
{
  return g_strdup ("agency:a");
}

static void
collect_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  g_ptr_array_add (scopes, g_strdup ("agency:a"));
}

static const MadangKind kind = { .name = "booklet",
                                 .label = "Sample",
                                 .fields = fields,
                                 .states = states,
                                 .events = events,
                                 .rights = rights,
                                 .home_scope = find_home_scope,
                                 .audience = collect_audience,
                                 .title_field = "name" };

typedef struct
{
  MadangDatabase *database;
  MadangRecordStore *store;
  GPtrArray *ids; /* of the records, as they arrived */
  MadangRecordList *list;
  guint n_items; /* as the signals say */
  guint n_signals;
  guint n_removed;
  guint n_inside; /* signals that told of more than rows at the end */
} Fixture;

static void
set_value (MadangRecord *record, const char *field, GVariant *value)
{
  g_autoptr (GError) error = NULL;

  madang_record_set (record, field, value, &error);
  g_assert_no_error (error);
}

static void
put (Fixture *fixture, const char *id, const char *name, int number)
{
  g_autoptr (MadangRecord) record = madang_record_new (&kind, id);
  g_autoptr (GError) error = NULL;

  set_value (record, "name", g_variant_new_string (name));
  set_value (record, "number", g_variant_new_int64 (number));
  madang_record_store_put (fixture->store, record, &error);
  g_assert_no_error (error);
}

static void
catch_up (Fixture *fixture)
{
  gboolean more = TRUE;

  while (more)
    g_assert_true (madang_record_store_index_some (fixture->store, 1000, &more, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->database
      = madang_database_open (":memory:", MADANG_DATABASE_CLIENT, MADANG_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  fixture->store = madang_record_store_new (fixture->database, &error);
  g_assert_no_error (error);
  fixture->ids = g_ptr_array_new_with_free_func (g_free);
  g_assert_true (madang_database_begin (fixture->database, NULL));
  for (int i = 0; i < MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("견본 부서 %d 서견", i);
      g_ptr_array_add (fixture->ids, madang_id_new ());
      put (fixture, fixture->ids->pdata[i], name, g_test_rand_int_range (0, MANY / 4));
    }
  g_assert_true (madang_database_commit (fixture->database, NULL));
  catch_up (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->list);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->database);
  g_ptr_array_unref (fixture->ids);
}

static MadangQuery *
new_query (const char *text)
{
  MadangQuery *query = madang_query_new ("booklet");

  madang_query_set_order (query, "number", MADANG_QUERY_DESCENDING);
  madang_query_set_search (query, text, 0);
  return query;
}

static guint
count_items (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

static MadangRecord *
get_item (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->list), position);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->n_signals++;
  fixture->n_removed += removed;
  if (removed > 0 || position < fixture->n_items)
    fixture->n_inside++;
  fixture->n_items = fixture->n_items - removed + added;
  g_assert_cmpuint (fixture->n_items, ==, g_list_model_get_n_items (model));
}

static void
forget_signals (Fixture *fixture)
{
  fixture->n_signals = 0;
  fixture->n_removed = 0;
  fixture->n_inside = 0;
}

static void
make_list (Fixture *fixture, const char *text)
{
  g_autoptr (MadangQuery) query = new_query (text);

  fixture->list = madang_record_list_new (fixture->store, query);
  fixture->n_items = count_items (fixture);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
search (Fixture *fixture, const char *text)
{
  g_autoptr (MadangQuery) query = new_query (text);

  forget_signals (fixture);
  madang_record_list_set_query (fixture->list, query);
}

static gboolean
is_loading (Fixture *fixture)
{
  return madang_record_list_get_loading (fixture->list);
}

/* As far as it is loaded: what one statement finds and sorts. */
static void
assert_begins (Fixture *fixture, const char *text)
{
  g_autoptr (MadangQuery) query = new_query (text);
  g_autoptr (GPtrArray) expected = madang_record_store_find (fixture->store, query, NULL);

  g_assert_nonnull (expected);
  g_assert_cmpuint (count_items (fixture), <=, expected->len);
  for (guint i = 0; i < count_items (fixture); i++)
    {
      g_autoptr (MadangRecord) record = get_item (fixture, i);
      g_assert_cmpstr (madang_record_get_id (record), ==,
                       madang_record_get_id (expected->pdata[i]));
    }
  if (!is_loading (fixture))
    g_assert_cmpuint (count_items (fixture), ==, expected->len);
}

static void
finish (Fixture *fixture)
{
  run_until (!is_loading (fixture));
}

/* --- from the first rows to all --------------------------------------------------------------- */

static void
note_cb (MadangRecordList *list, GParamSpec *pspec, guint *n_notes)
{
  (*n_notes)++;
}

static void
test_grows (Fixture *fixture, gconstpointer data)
{
  guint n_notes = 0;

  make_list (fixture, FREQUENT);
  g_assert_true (is_loading (fixture));
  g_assert_cmpuint (count_items (fixture), >, 0);
  g_assert_cmpuint (count_items (fixture), <, MANY);
  assert_begins (fixture, FREQUENT);
  g_signal_connect (fixture->list, "notify::loading", G_CALLBACK (note_cb), &n_notes);
  g_autoptr (MadangRecord) held = get_item (fixture, 7);

  finish (fixture);
  g_assert_cmpuint (n_notes, ==, 1);
  g_assert_cmpuint (count_items (fixture), ==, MANY);
  g_assert_cmpuint (fixture->n_signals, >, 0);
  g_assert_cmpuint (fixture->n_signals, <, 10);
  g_assert_cmpuint (fixture->n_inside, ==, 0);
  assert_begins (fixture, FREQUENT);
  g_autoptr (MadangRecord) same = get_item (fixture, 7);
  g_assert_true (same == held);
}

/* Found by the index alone, and in a list that was already there. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[]
      = { "견본", "ㄱㅂㅂ", "7", "77", "견본 7", "견본부서 123", "ㅅㄱ", "서견 1", "없음", NULL };

  make_list (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      search (fixture, texts[i]);
      finish (fixture);
      assert_begins (fixture, texts[i]);
    }
  g_assert_cmpuint (count_items (fixture), ==, MANY);
}

/* "Nothing found" is said when it is known. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  make_list (fixture, NULL);
  search (fixture, NOWHERE);
  g_assert_true (is_loading (fixture));
  while (is_loading (fixture))
    {
      g_assert_cmpuint (count_items (fixture), ==, MANY);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (count_items (fixture), ==, 0);
  g_assert_cmpuint (fixture->n_signals, ==, 1);
}

static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangQuery) query = new_query (FREQUENT);

  make_list (fixture, FREQUENT);
  finish (fixture);
  madang_query_set_limit (query, 300);
  madang_record_list_set_query (fixture->list, query);
  finish (fixture);
  g_assert_cmpuint (count_items (fixture), ==, 300);

  /* What was limited is not what the next one chooses from. */
  madang_query_set_search (query, NULL, 0);
  madang_record_list_set_query (fixture->list, query);
  search (fixture, FREQUENT);
  finish (fixture);
  assert_begins (fixture, FREQUENT);
  g_assert_cmpuint (count_items (fixture), ==, MANY);
}

/* --- giving up -------------------------------------------------------------------------------- */

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  make_list (fixture, FREQUENT);
  g_assert_true (is_loading (fixture));
  search (fixture, "1234");
  g_assert_false (is_loading (fixture));
  assert_begins (fixture, "1234");

  forget_signals (fixture);
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->n_signals, ==, 0);

  search (fixture, FREQUENT);
  g_main_context_iteration (NULL, FALSE);
  search (fixture, NULL);
  g_assert_false (is_loading (fixture));
  assert_begins (fixture, NULL);
}

static void
test_disposed (Fixture *fixture, gconstpointer data)
{
  make_list (fixture, FREQUENT);
  g_assert_true (is_loading (fixture));
  g_clear_object (&fixture->list);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* --- changes ---------------------------------------------------------------------------------- */

/* The record at that position becomes another. */
static char *
change_item (Fixture *fixture, guint position, const char *name, int number)
{
  g_autoptr (MadangRecord) record = get_item (fixture, position);
  char *id = g_strdup (madang_record_get_id (record));

  put (fixture, id, name, number);
  return id;
}

static void
test_changes_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *added = madang_id_new ();

  make_list (fixture, FREQUENT);
  g_assert_true (is_loading (fixture));
  const guint n_before = count_items (fixture);
  g_autofree char *removed = change_item (fixture, 0, "견본 부서", 0);
  g_autofree char *lost = change_item (fixture, 3, "다른 이름", MANY);
  g_autofree char *renamed = change_item (fixture, 5, "견본 부서 새 이름", MANY);
  g_assert_true (madang_record_store_remove (fixture->store, removed, NULL));
  put (fixture, added, "견본 부서 처음", 2 * MANY);

  madang_record_list_reload (fixture->list,
                             (const char *const[]){ removed, lost, renamed, added, NULL });
  g_assert_true (is_loading (fixture));
  g_assert_cmpuint (count_items (fixture), >=, n_before - 1);
  for (guint i = 0; i < count_items (fixture); i++)
    {
      g_autoptr (MadangRecord) record = get_item (fixture, i);
      g_assert_false (madang_record_get_deleted (record));
    }
  finish (fixture);
  assert_begins (fixture, FREQUENT);
  g_autoptr (MadangRecord) first = get_item (fixture, 0);
  g_autoptr (MadangRecord) second = get_item (fixture, 1);
  g_assert_cmpstr (madang_record_get_id (first), ==, added);
  g_assert_cmpstr (madang_record_get_text (second, "name"), ==, "견본 부서 새 이름");
}

/* What is shown stays while all is looked through again. */
static void
test_changes_afterwards (Fixture *fixture, gconstpointer data)
{
  make_list (fixture, FREQUENT);
  finish (fixture);
  g_autoptr (MadangRecord) held = get_item (fixture, 100);
  g_autofree char *lost = change_item (fixture, 50, "다른 이름", 0);
  forget_signals (fixture);
  madang_record_list_reload (fixture->list, (const char *const[]){ lost, NULL });
  g_assert_true (is_loading (fixture));
  g_assert_cmpuint (count_items (fixture), ==, MANY);

  finish (fixture);
  g_assert_cmpuint (fixture->n_removed, ==, 2); /* as it was told to be another, and as it went */
  g_assert_cmpuint (fixture->n_signals, ==, 2);
  g_autoptr (MadangRecord) same = get_item (fixture, 99);
  g_assert_true (same == held);
  assert_begins (fixture, FREQUENT);
}

/* --- removals --------------------------------------------------------------------------------- */

static gint64
count_blocks (Fixture *fixture)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (fixture->database, "SELECT count (*) FROM search_data", NULL);

  g_assert_true (madang_statement_step (statement, NULL));
  return madang_statement_get_number (statement, 0);
}

static void
come_and_go (Fixture *fixture)
{
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *id = madang_id_new ();
      g_autofree char *name = g_strdup_printf ("견본 %u", g_test_rand_int ());
      put (fixture, id, name, i);
      g_assert_true (madang_record_store_remove (fixture->store, id, NULL));
    }
}

/* What was removed stays in the index until that is merged, which happens by itself. */
static void
test_removals_are_bounded (Fixture *fixture, gconstpointer data)
{
  const gint64 first = count_blocks (fixture);
  gint64 most = 0;

  for (guint round = 0; round < 40; round++)
    {
      come_and_go (fixture);
      most = MAX (most, count_blocks (fixture));
    }
  g_test_message ("%d blocks at first, %d at most", (int)first, (int)most);
  g_assert_cmpint (most, <=, 2 * first);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  madang_kind_register (&kind);

#define ADD(path, function)                                                                        \
  g_test_add ("/search-list/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("grows", test_grows);
  ADD ("words", test_words);
  ADD ("nothing", test_nothing);
  ADD ("limit", test_limit);
  ADD ("cancel", test_cancel);
  ADD ("disposed", test_disposed);
  ADD ("changes-meanwhile", test_changes_meanwhile);
  ADD ("changes-afterwards", test_changes_afterwards);
  ADD ("removals-are-bounded", test_removals_are_bounded);
  return g_test_run ();
}
