/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-kind.h"

#include "madang-id.h"
#include "madang-record-list.h"
#include "madang-statement.h"

#define MANY 100000
#define N_ROUNDS 150

/* What a view sees of a list: it applies each signal, and asks for every item when it checks. */
typedef struct
{
  MadangDatabase *database;
  MadangRecordStore *store;
  MadangRecordList *list;
  GString *signals; /* "position-removed+added" */
  GPtrArray *shown; /* ids, as the signals say */
  gboolean follows; /* keep "shown" up */
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  g_string_append_printf (fixture->signals, "%s%u-%u+%u", fixture->signals->len > 0 ? " " : "",
                          position, removed, added);
  if (!fixture->follows)
    return;

  g_assert_cmpuint (fixture->shown->len - removed + added, ==, g_list_model_get_n_items (model));
  if (removed > 0)
    g_ptr_array_remove_range (fixture->shown, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (MadangRecord) record = g_list_model_get_item (model, position + i);
      g_ptr_array_insert (fixture->shown, position + i, g_strdup (madang_record_get_id (record)));
    }
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
  fixture->signals = g_string_new (NULL);
  fixture->shown = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->list);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->database);
  g_string_free (fixture->signals, TRUE);
  g_ptr_array_unref (fixture->shown);
}

static void
put (Fixture *fixture, MadangRecord *record)
{
  g_autoptr (GError) error = NULL;

  madang_record_store_put (fixture->store, record, &error);
  g_assert_no_error (error);
}

static MadangRecord *
add_record (Fixture *fixture, const char *title)
{
  MadangRecord *record = sample_new ("11010", title);

  put (fixture, record);
  return record;
}

static void
add_titles (Fixture *fixture, const char *titles)
{
  g_auto (GStrv) parts = g_strsplit (titles, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_object_unref (add_record (fixture, parts[i]));
}

static void
make_list (Fixture *fixture, const char *order)
{
  g_autoptr (MadangQuery) query = madang_query_new ("sample");

  madang_query_set_order (query, order, 0);
  fixture->list = madang_record_list_new (fixture->store, query);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
reload (Fixture *fixture, const char *id)
{
  const char *const ids[] = { id, NULL };

  g_string_truncate (fixture->signals, 0);
  madang_record_list_reload (fixture->list, ids);
}

static MadangRecord *
get_item (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->list), position);
}

static char *
join_titles (Fixture *fixture)
{
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->list)); i++)
    {
      g_autoptr (MadangRecord) record = get_item (fixture, i);
      g_string_append_printf (titles, "%s%s", i > 0 ? " " : "",
                              madang_record_get_text (record, "title"));
    }
  return g_string_free (titles, FALSE);
}

static void
assert_titles (Fixture *fixture, const char *expected)
{
  g_autofree char *titles = join_titles (fixture);

  g_assert_cmpstr (titles, ==, expected);
}

/* --- signals ------------------------------------------------------------------------------ */

static void
test_signals (Fixture *fixture, gconstpointer data)
{
  add_titles (fixture, "b d f");
  make_list (fixture, "title");
  assert_titles (fixture, "b d f");

  g_autoptr (MadangRecord) c = add_record (fixture, "c");
  reload (fixture, madang_record_get_id (c));
  g_assert_cmpstr (fixture->signals->str, ==, "1-0+1");
  assert_titles (fixture, "b c d f");

  add_titles (fixture, "a e g");
  reload (fixture, NULL);
  g_assert_cmpstr (fixture->signals->str, ==, "0-0+1 4-0+1 6-0+1");
  assert_titles (fixture, "a b c d e f g");

  sample_set_text (c, "note", "다른 글");
  put (fixture, c);
  reload (fixture, madang_record_get_id (c));
  g_assert_cmpstr (fixture->signals->str, ==, "2-1+1");
  g_autoptr (MadangRecord) changed = get_item (fixture, 2);
  g_assert_cmpstr (madang_record_get_text (changed, "note"), ==, "다른 글");

  sample_set_text (c, "title", "z");
  put (fixture, c);
  reload (fixture, madang_record_get_id (c));
  g_assert_cmpstr (fixture->signals->str, ==, "2-1+0 6-0+1");
  assert_titles (fixture, "a b d e f g z");

  madang_record_set_deleted (c, TRUE);
  put (fixture, c);
  reload (fixture, madang_record_get_id (c));
  g_assert_cmpstr (fixture->signals->str, ==, "6-1+0");
  reload (fixture, NULL);
  g_assert_cmpstr (fixture->signals->str, ==, "");
  assert_titles (fixture, "a b d e f g");
}

/* A record that nobody looks at is read when somebody does; there is nothing to tell. */
static void
test_change_of_unseen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = add_record (fixture, "a");

  make_list (fixture, "title");
  sample_set_text (record, "note", "새 글");
  put (fixture, record);
  reload (fixture, madang_record_get_id (record));
  g_assert_cmpstr (fixture->signals->str, ==, "");
  g_autoptr (MadangRecord) item = get_item (fixture, 0);
  g_assert_cmpstr (madang_record_get_text (item, "note"), ==, "새 글");
}

static void
test_set_query (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangQuery) query = madang_query_new ("sample");

  add_titles (fixture, "a b c");
  make_list (fixture, "title");
  madang_query_add_equal (query, "title", g_variant_new_string ("b"));
  madang_record_list_set_query (fixture->list, query);
  g_assert_cmpstr (fixture->signals->str, ==, "0-1+0 1-1+0");
  assert_titles (fixture, "b");
  g_assert_null (get_item (fixture, 1));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->list)) == MADANG_TYPE_RECORD);
}

static void
add_of_agency (Fixture *fixture, const char *agency, int n_records)
{
  for (int i = 0; i < n_records; i++)
    {
      g_autoptr (MadangRecord) record = sample_new (agency, "a");
      put (fixture, record);
    }
}

static void
show_agency (Fixture *fixture, const char *agency)
{
  g_autoptr (MadangQuery) query = madang_query_new ("sample");

  madang_query_add_equal (query, "agency", g_variant_new_string (agency));
  g_string_truncate (fixture->signals, 0);
  madang_record_list_set_query (fixture->list, query);
}

/* A view reads all that one signal adds while it removes, so larger replacements are two. */
static void
test_large_replacement (Fixture *fixture, gconstpointer data)
{
  add_of_agency (fixture, "11010", 128);
  add_of_agency (fixture, "11020", 100);
  add_of_agency (fixture, "11030", 129);
  make_list (fixture, NULL);
  show_agency (fixture, "11010");
  show_agency (fixture, "11020");
  g_assert_cmpstr (fixture->signals->str, ==, "0-128+100");
  show_agency (fixture, "11030");
  g_assert_cmpstr (fixture->signals->str, ==, "0-100+0 0-0+129");
}

/* When the list cannot be read, what is shown stays. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangQuery) query = madang_query_new ("sample");

  add_titles (fixture, "a b");
  make_list (fixture, "title");
  madang_query_set_order (query, "note", 0);
  madang_record_list_set_query (fixture->list, query);
  g_assert_cmpstr (fixture->signals->str, ==, "");
  assert_titles (fixture, "a b");
}

/* --- identity ----------------------------------------------------------------------------- */

static void
test_identity (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = add_record (fixture, "m");
  make_list (fixture, "title");
  g_autoptr (MadangRecord) held = get_item (fixture, 0);

  for (int i = 0; i < 5000; i++)
    {
      g_autofree char *title = g_strdup_printf ("%s%d", i % 2 == 0 ? "a" : "z", i);
      g_object_unref (add_record (fixture, title));
    }
  reload (fixture, NULL);
  g_assert_cmpstr (fixture->signals->str, ==, "0-0+2500 2501-0+2500");
  for (guint i = 0; i < 5001; i += 100)
    g_object_unref (get_item (fixture, i));
  g_autoptr (MadangRecord) same = get_item (fixture, 2500);
  g_assert_true (same == held);

  reload (fixture, madang_record_get_id (record));
  g_assert_cmpstr (fixture->signals->str, ==, "2500-1+1");
  g_autoptr (MadangRecord) fresh = get_item (fixture, 2500);
  g_assert_true (fresh != held);
  g_assert_cmpstr (madang_record_get_id (fresh), ==, madang_record_get_id (held));
}

/* A row that went before the list was told: a view must still get something. */
static void
test_row_gone_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = add_record (fixture, "a");

  add_titles (fixture, "b");
  make_list (fixture, "title");
  g_assert_true (madang_record_store_remove (fixture->store, madang_record_get_id (record), NULL));
  g_autoptr (MadangRecord) tombstone = get_item (fixture, 0);
  g_autoptr (MadangRecord) other = get_item (fixture, 1);
  g_assert_true (madang_record_get_deleted (tombstone));
  g_assert_cmpstr (madang_record_get_text (other, "title"), ==, "b");
  reload (fixture, madang_record_get_id (record));
  g_assert_cmpstr (fixture->signals->str, ==, "0-1+0");
  assert_titles (fixture, "b");
}

static void
test_outlives_nothing (Fixture *fixture, gconstpointer data)
{
  add_titles (fixture, "a b");
  make_list (fixture, "title");
  g_autoptr (MadangRecord) held = get_item (fixture, 0);
  g_clear_object (&fixture->list);
  g_assert_cmpstr (madang_record_get_text (held, "title"), ==, "a");
}

/* --- many records ------------------------------------------------------------------------- */

static guint n_alive;

static void
item_gone_cb (gpointer user_data, GObject *item)
{
  n_alive--;
}

/* Gets an item, counts it while it lives, lets it go. */
static void
visit (Fixture *fixture, guint position)
{
  g_autoptr (MadangRecord) record = get_item (fixture, position);

  if (g_object_get_data (G_OBJECT (record), "visited") != NULL)
    return;
  g_object_set_data (G_OBJECT (record), "visited", fixture);
  g_object_weak_ref (G_OBJECT (record), item_gone_cb, NULL);
  n_alive++;
}

static void
add_many (Fixture *fixture)
{
  g_assert_true (madang_database_begin (fixture->database, NULL));
  for (int i = 0; i < MANY; i++)
    {
      g_autofree char *title = g_strdup_printf ("%06d", i);
      g_object_unref (add_record (fixture, title));
    }
  g_assert_true (madang_database_commit (fixture->database, NULL));
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  guint most = 0;

  add_many (fixture);
  make_list (fixture, "title");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, MANY);
  n_alive = 0;
  for (guint i = 0; i < MANY; i++)
    {
      visit (fixture, i);
      most = MAX (most, n_alive);
    }
  g_assert_cmpuint (most, ==, 16 * 128);

  g_autoptr (MadangRecord) record = get_item (fixture, 77777);
  g_assert_cmpstr (madang_record_get_text (record, "title"), ==, "077777");
  g_autoptr (MadangRecord) added = add_record (fixture, "0500005");
  reload (fixture, madang_record_get_id (added));
  g_assert_cmpstr (fixture->signals->str, ==, "50001-0+1");

  /* Turned round: all but one row moves. */
  g_autoptr (MadangQuery) query = madang_query_new ("sample");
  madang_query_set_order (query, "title", MADANG_QUERY_DESCENDING);
  g_string_truncate (fixture->signals, 0);
  madang_record_list_set_query (fixture->list, query);
  g_assert_cmpstr (fixture->signals->str, ==, "0-0+100000 100001-100000+0");
  g_autoptr (MadangRecord) first = get_item (fixture, 0);
  g_assert_cmpstr (madang_record_get_text (first, "title"), ==, "099999");
  g_clear_object (&fixture->list);
  g_clear_object (&first);
  g_clear_object (&record);
  g_assert_cmpuint (n_alive, ==, 0);
}

/* --- against a plain model ---------------------------------------------------------------- */

typedef struct
{
  GPtrArray *records; /* every live one */
  const char *order;
  MadangQueryFlags flags;
  const char *agency; /* (nullable): all */
} Naive;

static int
compare_naive (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Naive *naive = user_data;
  MadangRecord *first = *(MadangRecord *const *)a;
  MadangRecord *second = *(MadangRecord *const *)b;
  int result = 0;

  if (g_str_equal (naive->order, "title"))
    result = strcmp (madang_record_get_text (first, "title"),
                     madang_record_get_text (second, "title"));
  else
    result
        = madang_record_get_number (first, "cost", 0) < madang_record_get_number (second, "cost", 0)
              ? -1
              : madang_record_get_number (first, "cost", 0)
                    > madang_record_get_number (second, "cost", 0);
  /* Arrival decides the rest: "visits" counts it. */
  if (result == 0)
    result = madang_record_get_number (first, "visits", 0)
                     < madang_record_get_number (second, "visits", 0)
                 ? -1
                 : 1;
  return (naive->flags & MADANG_QUERY_DESCENDING) != 0 ? -result : result;
}

static GPtrArray *
list_naive (const Naive *naive)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < naive->records->len; i++)
    {
      MadangRecord *record = g_ptr_array_index (naive->records, i);
      if (naive->agency == NULL
          || g_str_equal (madang_record_get_text (record, "agency"), naive->agency))
        g_ptr_array_add (found, record);
    }
  g_ptr_array_sort_with_data (found, compare_naive, (gpointer)naive);
  return found;
}

static void
randomize (MadangRecord *record)
{
  static const char *const agencies[] = { "11010", "11020", "11030" };
  g_autofree char *title = g_strdup_printf ("%03d", g_test_rand_int_range (0, 300));
  g_autofree char *note = g_strdup_printf ("note %d", g_test_rand_int ());

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      sample_set_text (record, "title", title);
      break;
    case 1:
      sample_set_number (record, "cost", g_test_rand_int_range (0, 20));
      break;
    case 2:
      sample_set_text (record, "agency", agencies[g_test_rand_int_range (0, 3)]);
      break;
    default:
      sample_set_text (record, "note", note);
      break;
    }
}

static void
change_one (Fixture *fixture, Naive *naive, gint64 *arrivals, GPtrArray *ids)
{
  int choice = g_test_rand_int_range (0, 10);

  if (choice < 4 || naive->records->len == 0)
    {
      MadangRecord *record = sample_new ("11010", "000");
      sample_set_number (record, "visits", ++*arrivals);
      sample_set_number (record, "cost", g_test_rand_int_range (0, 20));
      randomize (record);
      put (fixture, record);
      g_ptr_array_add (naive->records, record);
      g_ptr_array_add (ids, g_strdup (madang_record_get_id (record)));
      return;
    }

  guint position = g_test_rand_int_range (0, naive->records->len);
  MadangRecord *record = g_ptr_array_index (naive->records, position);
  g_ptr_array_add (ids, g_strdup (madang_record_get_id (record)));
  if (choice < 6)
    {
      g_assert_true (
          madang_record_store_remove (fixture->store, madang_record_get_id (record), NULL));
      g_ptr_array_remove_index_fast (naive->records, position);
      return;
    }
  randomize (record);
  put (fixture, record);
}

static void
change_query (Fixture *fixture, Naive *naive)
{
  static const char *const agencies[] = { NULL, "11010", "11020" };
  g_autoptr (MadangQuery) query = madang_query_new ("sample");

  naive->order = g_test_rand_bit () ? "title" : "cost";
  naive->flags = g_test_rand_bit () ? MADANG_QUERY_DESCENDING : 0;
  naive->agency = agencies[g_test_rand_int_range (0, 3)];
  madang_query_set_order (query, naive->order, naive->flags);
  if (naive->agency != NULL)
    madang_query_add_equal (query, "agency", g_variant_new_string (naive->agency));
  madang_record_list_set_query (fixture->list, query);
}

static void
assert_same_as_naive (Fixture *fixture, const Naive *naive)
{
  g_autoptr (GPtrArray) expected = list_naive (naive);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, expected->len);
  g_assert_cmpuint (fixture->shown->len, ==, expected->len);
  for (guint i = 0; i < expected->len; i++)
    {
      MadangRecord *wanted = g_ptr_array_index (expected, i);
      g_autoptr (MadangRecord) item = get_item (fixture, i);
      g_autofree char *digest = madang_record_dup_digest (wanted);
      g_autofree char *found = madang_record_dup_digest (item);
      g_assert_cmpstr (g_ptr_array_index (fixture->shown, i), ==, madang_record_get_id (wanted));
      g_assert_cmpstr (found, ==, digest);
    }
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  Naive naive = { .records = g_ptr_array_new_with_free_func (g_object_unref), .order = "title" };
  gint64 arrivals = 0;

  make_list (fixture, "title");
  fixture->follows = TRUE;
  for (int round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
      int n_changes = g_test_rand_int_range (1, round % 20 == 0 ? 200 : 6);
      for (int i = 0; i < n_changes; i++)
        change_one (fixture, &naive, &arrivals, ids);
      g_ptr_array_add (ids, NULL);
      madang_record_list_reload (fixture->list, (const char *const *)ids->pdata);
      assert_same_as_naive (fixture, &naive);
      if (round % 5 == 0)
        {
          change_query (fixture, &naive);
          assert_same_as_naive (fixture, &naive);
        }
    }
  g_assert_cmpuint (naive.records->len, >, 128);
  g_ptr_array_unref (naive.records);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sample_kind_register ();

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/record-list/signals", test_signals);
  ADD ("/record-list/change-of-unseen", test_change_of_unseen);
  ADD ("/record-list/set-query", test_set_query);
  ADD ("/record-list/large-replacement", test_large_replacement);
  ADD ("/record-list/unreadable", test_unreadable);
  ADD ("/record-list/identity", test_identity);
  ADD ("/record-list/row-gone-meanwhile", test_row_gone_meanwhile);
  ADD ("/record-list/disposed-before-its-items", test_outlives_nothing);
  ADD ("/record-list/many", test_many);
  ADD ("/record-list/random", test_random);
  return g_test_run ();
}
