/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-kind.h"
#include "temporary-folder.h"

#include "madang-error.h"
#include "madang-id.h"
#include "madang-record-store.h"
#include "madang-statement.h"

#define LATER_VARIABLE "MADANG_TEST_LATER_BUILD"
#define N_HOSTILE 500

typedef struct
{
  char *directory;
  char *path;
  MadangDatabase *database;
  MadangRecordStore *store;
} Fixture;

static void
open_store (Fixture *fixture, MadangDatabaseSide side, MadangDatabaseFlags flags)
{
  g_autoptr (GError) error = NULL;

  fixture->database = madang_database_open (fixture->path, side, flags, &error);
  g_assert_no_error (error);
  fixture->store = madang_record_store_new (fixture->database, &error);
  g_assert_no_error (error);
}

static void
close_store (Fixture *fixture)
{
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->database);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = temporary_folder_new ();
  fixture->path = g_build_filename (fixture->directory, "test.sqlite", NULL);
  open_store (fixture, MADANG_DATABASE_SERVER, MADANG_DATABASE_WRITE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_store (fixture);
  temporary_folder_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
put (Fixture *fixture, MadangRecord *record)
{
  g_autoptr (GError) error = NULL;

  madang_record_store_put (fixture->store, record, &error);
  g_assert_no_error (error);
}

static MadangRecord *
get_back (Fixture *fixture, MadangRecord *record)
{
  g_autoptr (GError) error = NULL;
  MadangRecord *back
      = madang_record_store_get (fixture->store, madang_record_get_id (record), &error);

  g_assert_no_error (error);
  g_assert_nonnull (back);
  return back;
}

static gint64
read_number (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStatement) statement = madang_database_prepare (fixture->database, sql, &error);

  g_assert_no_error (error);
  g_assert_true (madang_statement_step (statement, &error));
  g_assert_no_error (error);
  return madang_statement_get_number (statement, 0);
}

/* The titles that a query finds, with blanks between them. */
static char *
find_titles (Fixture *fixture, const MadangQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = madang_record_store_find (fixture->store, query, &error);
  g_autoptr (GString) titles = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? " " : "",
                            madang_record_get_text (g_ptr_array_index (found, i), "title"));
  return g_string_free (g_steal_pointer (&titles), FALSE);
}

#define assert_titles(fixture, query, expected)                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_titles_ = find_titles (fixture, query);                                 \
    g_assert_cmpstr (found_titles_, ==, expected);                                                 \
  }                                                                                                \
  G_STMT_END

/* --- round trips -------------------------------------------------------------------------- */

static MadangRecord *
make_full_record (void)
{
  MadangRecord *record = sample_new ("11010", "제목");
  g_autoptr (GVariant) ways
      = g_variant_ref_sink (g_variant_new_strv ((const char *[]){ "post", "visit" }, 2));
  g_autoptr (GVariant) row
      = g_variant_ref_sink (g_variant_new_parsed ("{'pos': <int64 1>, 'text': <'첫째'>}"));
  g_autoptr (GError) error = NULL;

  sample_set_text (record, "note", "첫 줄\n둘째 줄");
  sample_set_text (record, "code", "A-1");
  sample_set_text (record, "day", "2020-03-13");
  sample_set_text (record, "month", "2020-08");
  sample_set_number (record, "time", G_GINT64_CONSTANT (1583712000000));
  sample_set_number (record, "cost", 15000000);
  sample_set_number (record, "visits", 3);
  sample_set_number (record, "share", 1250);
  madang_record_set (record, "urgent", g_variant_new_boolean (TRUE), &error);
  g_assert_no_error (error);
  sample_set_text (record, "way", "visit");
  madang_record_set (record, "ways", ways, &error);
  g_assert_no_error (error);
  madang_record_set (record, "rows/r1", row, &error);
  g_assert_no_error (error);
  sample_set_text (record, "phone", "02-0000-0000");
  return record;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = make_full_record ();
  g_autofree char *digest = madang_record_dup_digest (record);

  madang_record_set_version (record, MADANG_PART_MAIN, 7);
  madang_record_set_version (record, MADANG_PART_PERSONAL, 3);
  madang_record_set_waiting (record, 2);
  madang_record_set_troubled (record, TRUE);
  put (fixture, record);

  g_autoptr (MadangRecord) back = get_back (fixture, record);
  g_autofree char *digest_back = madang_record_dup_digest (back);
  g_assert_true (back != record);
  g_assert_cmpstr (digest_back, ==, digest);
  g_assert_cmpstr (madang_record_get_scope (back), ==, "agency:11010");
  g_assert_cmpstr (madang_record_get_state (back), ==, "draft");
  g_assert_cmpint (madang_record_get_version (back, MADANG_PART_MAIN), ==, 7);
  g_assert_cmpint (madang_record_get_version (back, MADANG_PART_PERSONAL), ==, 3);
  g_assert_cmpuint (madang_record_get_waiting (back), ==, 2);
  g_assert_true (madang_record_get_troubled (back));
  g_assert_cmpstr (madang_record_get_text (back, "phone"), ==, "02-0000-0000");
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "처음");
  g_autoptr (MadangQuery) query = madang_query_new ("sample");

  put (fixture, record);
  gint64 row = read_number (fixture, "SELECT rowid FROM record");
  sample_set_text (record, "title", "나중");
  madang_record_set_state (record, "submitted");
  put (fixture, record);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM record"), ==, 1);
  g_assert_cmpint (read_number (fixture, "SELECT rowid FROM record"), ==, row);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM k_sample"), ==, 1);
  madang_query_add_equal (query, "title", g_variant_new_string ("나중"));
  assert_titles (fixture, query, "나중");
}

static void
test_absent_part (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = make_full_record ();

  put (fixture, record);
  madang_record_set_has_part (record, MADANG_PART_PERSONAL, FALSE);
  put (fixture, record);
  g_autoptr (MadangRecord) back = get_back (fixture, record);
  g_assert_true (madang_record_has_part (back, MADANG_PART_MAIN));
  g_assert_false (madang_record_has_part (back, MADANG_PART_PERSONAL));
  g_assert_cmpint (read_number (fixture, "SELECT personal IS NULL FROM record"), ==, 1);
}

static void
test_tombstone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = make_full_record ();
  g_autoptr (MadangQuery) query = madang_query_new ("sample");
  g_autoptr (GError) error = NULL;

  put (fixture, record);
  madang_record_set_deleted (record, TRUE);
  put (fixture, record);
  g_assert_null (madang_record_store_get (fixture->store, madang_record_get_id (record), &error));
  g_assert_no_error (error);
  g_autoptr (MadangRecord) tombstone
      = madang_record_store_get_any (fixture->store, madang_record_get_id (record), &error);
  g_assert_nonnull (tombstone);
  g_assert_true (madang_record_get_deleted (tombstone));
  g_assert_false (madang_record_is_set (tombstone, "title"));
  assert_titles (fixture, query, "");
  g_assert_cmpint (read_number (fixture, "SELECT main IS NULL AND personal IS NULL FROM record"),
                   ==, 1);
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "지울 것");
  g_autoptr (MadangRecord) other = sample_new ("11010", "남을 것");
  g_autoptr (GError) error = NULL;

  put (fixture, record);
  gint64 row = read_number (fixture, "SELECT rowid FROM record");
  madang_record_store_remove (fixture->store, madang_record_get_id (record), &error);
  g_assert_no_error (error);
  madang_record_store_remove (fixture->store, madang_record_get_id (record), &error);
  g_assert_no_error (error);
  g_assert_null (
      madang_record_store_get_any (fixture->store, madang_record_get_id (record), &error));
  g_assert_no_error (error);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM k_sample"), ==, 0);

  put (fixture, other);
  g_assert_cmpint (read_number (fixture, "SELECT rowid FROM record"), >, row);
}

/* Anything that a person, a forged request or a broken program may put into a text. */
static char *
make_hostile_text (GRand *random, guint number)
{
  static const char *const pieces[] = {
    "'",
    "\"",
    "\\",
    "';--",
    "\"); DROP TABLE record; --",
    "%s%n%x",
    "?1",
    "$(reboot)",
    "`id`",
    "<script>alert(1)</script>",
    "&amp;",
    "{\"a\":1}",
    "[]",
    "null",
    "NULL",
    "\\u0000",
    "\\n",
    "\xef\xbc\x87",
    "가",
    "힣",
    "ㄱ",
    "🏳️‍🌈",
    "é",
    "漢",
    "*",
    "NEAR(",
    "a OR b",
    "--",
    "/*",
    "../../etc/passwd",
    "1e400",
    "-0",
    "9223372036854775808",
    "true",
    "x'00'",
    "||",
    "%25",
    ";",
  };
  GString *text = g_string_new (NULL);
  int n_pieces = g_rand_int_range (random, 1, 12);

  g_string_append_printf (text, "%u", number);
  for (int i = 0; i < n_pieces; i++)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  g_string_append_printf (text, "%u", number);
  return g_string_free (text, FALSE);
}

static void
test_hostile_texts (Fixture *fixture, gconstpointer data)
{
  static const char *const text_fields[] = { "agency", "title", "note", "code", "phone" };
  g_autoptr (GRand) random = g_rand_new_with_seed (2020);

  for (guint i = 0; i < N_HOSTILE; i++)
    {
      g_autofree char *text = make_hostile_text (random, i);
      g_autoptr (MadangRecord) record = sample_new ("11010", NULL);
      g_autoptr (MadangQuery) query = madang_query_new ("sample");
      g_autoptr (GVariant) row = g_variant_ref_sink (g_variant_new_parsed ("{'text': <%s>}", text));
      for (guint j = 0; j < G_N_ELEMENTS (text_fields); j++)
        sample_set_text (record, text_fields[j], text);
      g_assert_true (madang_record_set (record, "rows/r1", row, NULL));
      madang_record_set_scope (record, text);
      put (fixture, record);

      g_autoptr (MadangRecord) back = get_back (fixture, record);
      for (guint j = 0; j < G_N_ELEMENTS (text_fields); j++)
        g_assert_cmpstr (madang_record_get_text (back, text_fields[j]), ==, text);
      GVariant *member = madang_record_get (back, "rows/r1/text");
      g_assert_cmpstr (g_variant_get_string (member, NULL), ==, text);
      g_assert_cmpstr (madang_record_get_scope (back), ==, text);
      madang_query_add_equal (query, "title", g_variant_new_string (text));
      assert_titles (fixture, query, text);
    }
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM record"), ==, N_HOSTILE);
}

/* --- unique fields, other kinds ----------------------------------------------------------- */

static void
assert_put_conflicts (Fixture *fixture, MadangRecord *record)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_record_store_put (fixture->store, record, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_CONFLICT);
}

static void
test_unique (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) first = sample_new ("11010", "처음");
  g_autoptr (MadangRecord) second = sample_new ("11020", "둘째");
  g_autoptr (MadangRecord) third = sample_new ("11030", "셋째");
  g_autoptr (MadangRecord) fourth = sample_new ("11040", "넷째");

  sample_set_text (first, "code", "A-1");
  sample_set_text (second, "code", "A-1");
  put (fixture, first);
  put (fixture, first);
  put (fixture, third);
  put (fixture, fourth);

  g_assert_true (madang_database_begin (fixture->database, NULL));
  assert_put_conflicts (fixture, second);
  sample_set_text (third, "title", "그 다음 것");
  put (fixture, third);
  g_assert_true (madang_database_commit (fixture->database, NULL));
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM record"), ==, 3);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM k_sample"), ==, 3);
  g_autoptr (MadangRecord) back = get_back (fixture, third);
  g_assert_cmpstr (madang_record_get_text (back, "title"), ==, "그 다음 것");

  madang_record_set_deleted (first, TRUE);
  put (fixture, first);
  put (fixture, second);
}

/* A client may hold its own record beside the one that came first. */
static void
test_unique_on_client (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) database
      = madang_database_open (":memory:", MADANG_DATABASE_CLIENT, MADANG_DATABASE_WRITE, NULL);
  g_autoptr (MadangRecordStore) store = madang_record_store_new (database, NULL);
  g_autoptr (MadangRecord) first = sample_new ("11010", "처음");
  g_autoptr (MadangRecord) second = sample_new ("11020", "둘째");

  sample_set_text (first, "code", "A-1");
  sample_set_text (second, "code", "A-1");
  g_assert_true (madang_record_store_put (store, first, NULL));
  g_assert_true (madang_record_store_put (store, second, NULL));
}

static void
test_kind_of_id_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "처음");
  g_autoptr (MadangRecord) other
      = madang_record_new (madang_kind_find ("agency"), madang_record_get_id (record));

  put (fixture, record);
  assert_put_conflicts (fixture, other);
  g_autoptr (MadangRecord) back = get_back (fixture, record);
  g_assert_cmpstr (madang_record_get_text (back, "title"), ==, "처음");
}

static void
test_unknown_kind (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (GError) error = NULL;
  const char *doc = "{\"colour\":\"파랑\",\"n\":[1,2]}";

  g_assert_true (madang_record_store_put_raw (fixture->store, "balloon", id, "office", "flying",
                                              MADANG_PART_MAIN, 4, doc, &error));
  g_assert_true (madang_record_store_put_raw (fixture->store, "balloon", id, "office", "landed",
                                              MADANG_PART_PERSONAL, 2, "{}", &error));
  g_assert_no_error (error);
  g_assert_null (madang_record_store_get (fixture->store, id, &error));
  g_assert_no_error (error);
  g_assert_null (madang_record_store_get_any (fixture->store, id, &error));
  g_assert_no_error (error);

  g_autoptr (MadangStatement) row = madang_database_prepare (
      fixture->database, "SELECT main, personal, v, pv, state, scope FROM record WHERE id = ?1",
      &error);
  madang_statement_bind_id (row, 1, id);
  g_assert_true (madang_statement_step (row, NULL));
  g_assert_cmpstr (madang_statement_get_text (row, 0), ==, doc);
  g_assert_cmpstr (madang_statement_get_text (row, 1), ==, "{}");
  g_assert_cmpint (madang_statement_get_number (row, 2), ==, 4);
  g_assert_cmpint (madang_statement_get_number (row, 3), ==, 2);
  g_assert_cmpstr (madang_statement_get_text (row, 4), ==, "landed");
  g_assert_cmpstr (madang_statement_get_text (row, 5), ==, "office");
}

static void
test_bad_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (madang_record_store_get (fixture->store, "' OR 1 --", &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
}

/* --- queries ------------------------------------------------------------------------------ */

static void
put_samples (Fixture *fixture)
{
  static const struct
  {
    const char *agency;
    const char *title;
    const char *state;
    const char *day;
    gint64 cost;
  } samples[] = {
    { "11010", "a", "draft", "2020-03-09", 300 },
    { "11010", "b", "submitted", "2020-03-11", 100 },
    { "11020", "c", "submitted", "2020-03-10", 200 },
    { "11020", "d", "draft", NULL, 100 },
    { "11020", "e", "submitted", "2020-03-11", 500 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (MadangRecord) record = sample_new (samples[i].agency, samples[i].title);
      madang_record_set_state (record, samples[i].state);
      if (samples[i].day != NULL)
        sample_set_text (record, "day", samples[i].day);
      sample_set_number (record, "cost", samples[i].cost);
      put (fixture, record);
    }
}

static void
test_query_conditions (Fixture *fixture, gconstpointer data)
{
  const char *const submitted[] = { "submitted", NULL };
  const char *const both[] = { "submitted", "draft", NULL };
  const char *const none[] = { NULL };
  put_samples (fixture);

  g_autoptr (MadangQuery) every = madang_query_new ("sample");
  assert_titles (fixture, every, "a b c d e");

  g_autoptr (MadangQuery) by_agency = madang_query_new ("sample");
  madang_query_add_equal (by_agency, "agency", g_variant_new_string ("11020"));
  assert_titles (fixture, by_agency, "c d e");
  madang_query_add_states (by_agency, submitted);
  assert_titles (fixture, by_agency, "c e");
  madang_query_add_states (by_agency, both);
  assert_titles (fixture, by_agency, "c d e");
  madang_query_add_states (by_agency, none);
  assert_titles (fixture, by_agency, "");

  g_autoptr (MadangQuery) unset = madang_query_new ("sample");
  madang_query_add_equal (unset, "day", NULL);
  assert_titles (fixture, unset, "d");

  g_autoptr (MadangQuery) range = madang_query_new ("sample");
  madang_query_set_range (range, "cost", g_variant_new_int64 (100), g_variant_new_int64 (300));
  assert_titles (fixture, range, "a b c d");
  madang_query_set_range (range, "cost", g_variant_new_int64 (101), NULL);
  assert_titles (fixture, range, "a c e");
  madang_query_set_range (range, "day", NULL, g_variant_new_string ("2020-03-10"));
  assert_titles (fixture, range, "a c");

  g_autoptr (MadangQuery) by_state = madang_query_new ("sample");
  madang_query_add_equal (by_state, "state", g_variant_new_string ("draft"));
  assert_titles (fixture, by_state, "a d");
}

static void
test_query_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangQuery) query = madang_query_new ("sample");
  g_autoptr (GError) error = NULL;

  put_samples (fixture);
  madang_query_set_order (query, NULL, MADANG_QUERY_DESCENDING);
  assert_titles (fixture, query, "e d c b a");
  madang_query_set_order (query, "day", 0);
  assert_titles (fixture, query, "d a c b e");
  madang_query_set_order (query, "day", MADANG_QUERY_DESCENDING);
  assert_titles (fixture, query, "e b c a d");
  madang_query_set_order (query, "cost", 0);
  assert_titles (fixture, query, "b d c a e");
  madang_query_set_limit (query, 2);
  assert_titles (fixture, query, "b d");
  g_assert_cmpint (madang_record_store_count (fixture->store, query, &error), ==, 2);
  madang_query_set_limit (query, 100);
  g_assert_cmpint (madang_record_store_count (fixture->store, query, &error), ==, 5);
  madang_query_set_limit (query, 0);
  assert_titles (fixture, query, "");

  g_autoptr (MadangQuery) copy = madang_query_copy (query);
  madang_query_set_limit (copy, -1);
  madang_query_add_equal (copy, "agency", g_variant_new_string ("11010"));
  assert_titles (fixture, copy, "b a");
  assert_titles (fixture, query, "");
}

/* Puts a record with this text in a field and gives its id. */
static char *
put_with (Fixture *fixture, const char *kind, const char *field, const char *text)
{
  char *id = madang_id_new ();
  g_autoptr (MadangRecord) record = madang_record_new (madang_kind_find (kind), id);

  g_assert_true (madang_record_set (record, field, g_variant_new_string (text), NULL));
  put (fixture, record);
  return id;
}

/* Of one agency or all (NULL). expected: numbers of the applications, in their order. */
static void
assert_order (
    Fixture *fixture, GPtrArray *ids, const char *agency, guint flags, const char *expected)
{
  g_autoptr (MadangQuery) query = madang_query_new ("application");
  g_autoptr (GPtrArray) found = NULL;

  madang_query_set_order (query, "agency", flags);
  if (agency != NULL)
    madang_query_add_equal (query, "agency", g_variant_new_string (agency));
  found = madang_record_store_find (fixture->store, query, NULL);
  g_assert_cmpuint (found->len, ==, strlen (expected));
  g_assert_cmpint (madang_record_store_count (fixture->store, query, NULL), ==, found->len);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (madang_record_get_id (found->pdata[i]), ==, ids->pdata[expected[i] - '0']);
}

/* A reference puts in the order of the titles, not of the ids; what refers to nothing that is here
 * stays among the others. */
static void
test_query_title_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = put_with (fixture, "agency", "name_ko", "하구");
  g_autofree char *first = put_with (fixture, "agency", "name_ko", "가구");
  g_autofree char *middle = put_with (fixture, "agency", "name_ko", "나구");
  g_autofree char *nowhere = madang_id_new ();
  const char *const agencies[] = { last, first, nowhere, middle, first };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MadangRecord) renamed = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (agencies); i++)
    g_ptr_array_add (ids, put_with (fixture, "application", "agency", agencies[i]));
  assert_order (fixture, ids, NULL, 0, "21430");
  assert_order (fixture, ids, NULL, MADANG_QUERY_DESCENDING, "03412");
  assert_order (fixture, ids, first, MADANG_QUERY_DESCENDING, "41");
  renamed = madang_record_store_get (fixture->store, first, NULL);
  madang_record_set (renamed, "name_ko", g_variant_new_string ("힣구"), NULL);
  put (fixture, renamed);
  assert_order (fixture, ids, NULL, 0, "23014");
}

static void
assert_query_is_invalid (Fixture *fixture, MadangQuery *query)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (madang_record_store_find (fixture->store, query, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
}

static void
test_query_invalid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangQuery) not_indexed = madang_query_new ("sample");
  g_autoptr (MadangQuery) personal = madang_query_new ("sample");
  g_autoptr (MadangQuery) injection = madang_query_new ("sample");
  g_autoptr (MadangQuery) kind = madang_query_new ("sample\"; DROP TABLE record; --");

  madang_query_add_equal (not_indexed, "note", g_variant_new_string ("x"));
  assert_query_is_invalid (fixture, not_indexed);
  madang_query_add_equal (personal, "phone", g_variant_new_string ("x"));
  assert_query_is_invalid (fixture, personal);
  madang_query_set_order (injection, "day\"; DROP TABLE record; --", 0);
  assert_query_is_invalid (fixture, injection);
  assert_query_is_invalid (fixture, kind);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangQuery) query = madang_query_new ("sample");
  g_autoptr (GError) error = NULL;

  put_samples (fixture);
  madang_query_set_order (query, "cost", 0);
  g_autoptr (GArray) rows = madang_record_store_find_rows (fixture->store, query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 5);
  g_autoptr (GPtrArray) all = madang_record_store_find (fixture->store, query, &error);
  g_assert_true (madang_record_store_remove (
      fixture->store, madang_record_get_id (g_ptr_array_index (all, 1)), &error));

  g_autoptr (GPtrArray) records
      = madang_record_store_get_rows (fixture->store, (const gint64 *)rows->data, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 5);
  g_assert_null (g_ptr_array_index (records, 1));
  for (guint i = 0; i < 5; i++)
    if (i != 1)
      g_assert_cmpstr (madang_record_get_id (g_ptr_array_index (records, i)), ==,
                       madang_record_get_id (g_ptr_array_index (all, i)));
}

/* --- MadangLookup ------------------------------------------------------------------------- */

static gboolean
collect_title (MadangRecord *record, gpointer user_data)
{
  g_string_append (user_data, madang_record_get_text (record, "title"));
  return TRUE;
}

static gboolean
collect_first_title (MadangRecord *record, gpointer user_data)
{
  g_string_append (user_data, madang_record_get_text (record, "title"));
  return FALSE;
}

static void
test_lookup (Fixture *fixture, gconstpointer data)
{
  MadangLookup *lookup = MADANG_LOOKUP (fixture->store);
  g_autoptr (MadangRecord) record = sample_new ("11030", "x");
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autoptr (GVariant) agency = g_variant_ref_sink (g_variant_new_string ("11020"));
  gint64 sum = -1;

  put_samples (fixture);
  put (fixture, record);
  g_assert_true (madang_lookup_each (lookup, "sample", "agency", agency, "agency:11020",
                                     collect_title, titles));
  g_assert_cmpstr (titles->str, ==, "cde");
  g_string_truncate (titles, 0);
  g_assert_true (
      madang_lookup_each (lookup, "sample", NULL, NULL, "office", collect_first_title, titles));
  g_assert_cmpstr (titles->str, ==, "a");
  g_assert_true (madang_lookup_sum (lookup, "sample", "agency", agency, "office", "cost", &sum));
  g_assert_cmpint (sum, ==, 800);
  g_assert_true (madang_lookup_sum (lookup, "sample", NULL, NULL, "office", "cost", &sum));
  g_assert_cmpint (sum, ==, 1200);

  g_autoptr (MadangRecord) found
      = madang_lookup_get (lookup, "sample", madang_record_get_id (record));
  g_assert_nonnull (found);
  g_assert_null (madang_lookup_get (lookup, "agency", madang_record_get_id (record)));
  g_assert_null (madang_lookup_get (lookup, "sample", "no id"));
}

static void
test_lookup_overflow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) large = sample_new ("11010", "a");
  g_autoptr (MadangRecord) small = sample_new ("11010", "b");
  gint64 sum = -1;

  sample_set_number (large, "cost", G_MAXINT64);
  sample_set_number (small, "cost", 1);
  put (fixture, large);
  put (fixture, small);
  g_assert_false (madang_lookup_sum (MADANG_LOOKUP (fixture->store), "sample", NULL, NULL, "office",
                                     "cost", &sum));
  g_assert_cmpint (sum, ==, -1);
}

/* A client answers only for what it holds completely. */
static void
test_lookup_on_client (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDatabase) database
      = madang_database_open (":memory:", MADANG_DATABASE_CLIENT, MADANG_DATABASE_WRITE, NULL);
  g_autoptr (MadangRecordStore) store = madang_record_store_new (database, NULL);
  g_autoptr (MadangRecord) record = sample_new ("11010", "a");
  MadangLookup *lookup = MADANG_LOOKUP (store);
  gint64 sum = -1;

  sample_set_number (record, "cost", 5);
  g_assert_true (madang_record_store_put (store, record, NULL));
  g_assert_false (madang_lookup_sum (lookup, "sample", NULL, NULL, "office", "cost", &sum));
  g_assert_true (madang_database_run (
      database, "INSERT INTO scope (name, complete) VALUES ('office', 0), ('dept:1', 1)", NULL));
  g_assert_false (madang_lookup_sum (lookup, "sample", NULL, NULL, "office", "cost", &sum));
  g_assert_cmpint (sum, ==, -1);
  g_assert_true (madang_lookup_sum (lookup, "sample", NULL, NULL, "dept:1", "cost", &sum));
  g_assert_cmpint (sum, ==, 5);
}

/* --- the index ---------------------------------------------------------------------------- */

/* Run in a process of its own, whose build declares the kind in another way. */
static void
use_later_build (void)
{
  Fixture fixture = { .path = (char *)g_getenv (LATER_VARIABLE) };
  g_autoptr (MadangQuery) by_note = madang_query_new ("sample");
  g_autoptr (MadangQuery) by_title = madang_query_new ("sample");
  g_autoptr (GError) error = NULL;

  g_autoptr (MadangDatabase) reader
      = madang_database_open (fixture.path, MADANG_DATABASE_SERVER, MADANG_DATABASE_READ, &error);
  g_assert_null (madang_record_store_new (reader, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);

  open_store (&fixture, MADANG_DATABASE_SERVER, MADANG_DATABASE_WRITE);
  madang_query_add_equal (by_note, "note", g_variant_new_string ("찾을 말"));
  assert_titles (&fixture, by_note, "노트");
  madang_query_add_equal (by_title, "title", g_variant_new_string ("노트"));
  assert_query_is_invalid (&fixture, by_title);
  g_clear_error (&error);
  g_autoptr (MadangRecordStore) now = madang_record_store_new (reader, &error);
  g_assert_no_error (error);

  g_autoptr (MadangRecord) record = sample_new ("11010", "나중");
  sample_set_text (record, "note", "다른 말");
  put (&fixture, record);
  close_store (&fixture);
}

static void
test_rebuild (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "노트");
  g_autoptr (MadangRecord) deleted = sample_new ("11010", "지운 것");
  g_autoptr (MadangQuery) query = madang_query_new ("sample");

  if (g_test_subprocess ())
    {
      use_later_build ();
      return;
    }

  sample_set_text (record, "note", "찾을 말");
  put (fixture, record);
  madang_record_set_deleted (deleted, TRUE);
  put (fixture, deleted);
  close_store (fixture);
  g_setenv (LATER_VARIABLE, fixture->path, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_unsetenv (LATER_VARIABLE);
  g_test_trap_assert_passed ();

  /* And back again, as when a person starts the older build once more. */
  open_store (fixture, MADANG_DATABASE_SERVER, MADANG_DATABASE_WRITE);
  madang_query_set_order (query, "title", 0);
  assert_titles (fixture, query, "나중 노트");
}

static void
test_unknown_index_is_dropped (Fixture *fixture, gconstpointer data)
{
  g_assert_true (madang_database_run (fixture->database,
                                      "CREATE TABLE k_balloon (record INTEGER PRIMARY KEY);"
                                      "INSERT INTO index_shape VALUES ('balloon', 'old')",
                                      NULL));
  close_store (fixture);
  open_store (fixture, MADANG_DATABASE_SERVER, MADANG_DATABASE_WRITE);
  g_assert_cmpint (
      read_number (fixture, "SELECT count (*) FROM index_shape WHERE kind = 'balloon'"), ==, 0);
  g_assert_cmpint (
      read_number (fixture, "SELECT count (*) FROM sqlite_schema WHERE name = 'k_balloon'"), ==, 0);
}

/* A second opening has nothing to do. */
static void
test_index_stays (Fixture *fixture, gconstpointer data)
{
  gint64 version = read_number (fixture, "PRAGMA schema_version");

  close_store (fixture);
  open_store (fixture, MADANG_DATABASE_SERVER, MADANG_DATABASE_WRITE);
  g_assert_cmpint (read_number (fixture, "PRAGMA schema_version"), ==, version);
  g_autoptr (MadangDatabase) database
      = madang_database_open (fixture->path, MADANG_DATABASE_SERVER, MADANG_DATABASE_READ, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangRecordStore) reader = madang_record_store_new (database, &error);
  g_assert_no_error (error);
}

/* Nothing personal is a column or declared to be one, in any kind of the product. */
static void
test_personal_is_never_indexed (Fixture *fixture, gconstpointer data)
{
  const MadangKind *const *kinds = madang_kind_list ();
  guint n_personal = 0;

  for (guint i = 0; kinds[i] != NULL; i++)
    for (const MadangField *field = kinds[i]->fields; field->name != NULL; field++)
      {
        g_autofree char *sql = g_strdup_printf (
            "SELECT count (*) FROM pragma_table_info ('k_%s') WHERE name = 'f_%s'", kinds[i]->name,
            field->name);
        if (!field->personal)
          continue;
        n_personal++;
        g_assert_cmpint (read_number (fixture, sql), ==, 0);
        if (kinds[i] == &sample_kind)
          continue;
        g_assert_false (field->indexed);
        g_assert_false (field->unique);
        g_assert_cmpstr (field->name, !=, kinds[i]->sort_field);
      }
  g_assert_cmpuint (n_personal, >, 1);
}

/* What a kind is sorted by, looked up by or made due by must be one value. */
static void
test_indexed_fields_are_columns (Fixture *fixture, gconstpointer data)
{
  const MadangKind *const *kinds = madang_kind_list ();

  for (guint i = 0; kinds[i] != NULL; i++)
    for (const MadangField *field = kinds[i]->fields; field->name != NULL; field++)
      {
        g_autofree char *sql = g_strdup_printf (
            "SELECT count (*) FROM pragma_table_info ('k_%s') WHERE name = 'f_%s'", kinds[i]->name,
            field->name);
        if (field->personal)
          continue;
        if (field->indexed || field->unique || g_strcmp0 (kinds[i]->sort_field, field->name) == 0)
          g_assert_cmpint (read_number (fixture, sql), ==, 1);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv (LATER_VARIABLE) != NULL)
    madang_kind_register (&later_sample_kind);
  else
    sample_kind_register ();

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/record-store/round-trip", test_round_trip);
  ADD ("/record-store/replace", test_replace);
  ADD ("/record-store/absent-part", test_absent_part);
  ADD ("/record-store/tombstone", test_tombstone);
  ADD ("/record-store/remove", test_remove);
  ADD ("/record-store/hostile-texts", test_hostile_texts);
  ADD ("/record-store/unique", test_unique);
  ADD ("/record-store/unique/client", test_unique_on_client);
  ADD ("/record-store/kind-of-id-stays", test_kind_of_id_stays);
  ADD ("/record-store/unknown-kind", test_unknown_kind);
  ADD ("/record-store/bad-id", test_bad_id);
  ADD ("/record-store/rows", test_rows);
  ADD ("/query/conditions", test_query_conditions);
  ADD ("/query/order", test_query_order);
  ADD ("/query/order/title", test_query_title_order);
  ADD ("/query/invalid", test_query_invalid);
  ADD ("/lookup/answers", test_lookup);
  ADD ("/lookup/overflow", test_lookup_overflow);
  ADD ("/lookup/client", test_lookup_on_client);
  ADD ("/index/rebuild", test_rebuild);
  ADD ("/index/unknown-is-dropped", test_unknown_index_is_dropped);
  ADD ("/index/stays", test_index_stays);
  ADD ("/index/never-personal", test_personal_is_never_indexed);
  ADD ("/index/columns", test_indexed_fields_are_columns);
  return g_test_run ();
}
