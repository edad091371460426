/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-error.h"
#include "madang-id.h"
#include "madang-record-list.h"
#include "madang-statement.h"

#include <string.h>

#define N_ROUNDS 6
#define N_RANDOM 120 /* records of a round */
#define N_QUERIES 400

/* --- kinds: a street, houses in it, and a note about a house, whose title is that street -------- */

static const MadangField street_fields[] = {
  { .name = "name", .type = MADANG_FIELD_LINE, .label = "Name", .max = 200, .searched = TRUE },
  { .name = NULL },
};

static const MadangField house_fields[] = {
  { .name = "name", .type = MADANG_FIELD_LINE, .label = "Name", .max = 200, .searched = TRUE },
  { .name = "story", .type = MADANG_FIELD_TEXT, .label = "Story", .max = 4000, .searched = TRUE },
  { .name = "street",
    .type = MADANG_FIELD_REFERENCE,
    .label = "Street",
    .reference = "street",
    .indexed = TRUE,
    .searched = TRUE },
  { .name = "number", .type = MADANG_FIELD_INTEGER, .label = "Number", .indexed = TRUE },
  { .name = "colour", .type = MADANG_FIELD_LINE, .label = "Colour", .max = 200 },
  /* What a mistaken declaration must not do. */
  { .name = "owner",
    .type = MADANG_FIELD_LINE,
    .label = "Owner",
    .max = 200,
    .personal = TRUE,
    .searched = TRUE },
  { .name = NULL },
};

static const MadangField letter_fields[] = {
  { .name = "house",
    .type = MADANG_FIELD_REFERENCE,
    .label = "House",
    .reference = "house",
    .indexed = TRUE,
    .searched = TRUE },
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

#define KIND(variable, name_, title)                                                               \
  static const MadangKind variable##_kind = { .name = name_,                                       \
                                              .label = "Sample",                                   \
                                              .fields = variable##_fields,                         \
                                              .states = states,                                    \
                                              .events = events,                                    \
                                              .rights = rights,                                    \
                                              .home_scope = find_home_scope,                       \
                                              .audience = collect_audience,                        \
                                              .title_field = title }
KIND (street, "street", "name");
KIND (house, "house", "street");
KIND (letter, "letter", "house");

/* --- fixture ---------------------------------------------------------------------------------- */

typedef struct
{
  MadangDatabase *database;
  MadangRecordStore *store;
} Fixture;

static void
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = madang_record_store_new (fixture->database, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->database
      = madang_database_open (":memory:", MADANG_DATABASE_CLIENT, MADANG_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  open_store (fixture);
}

static void
run (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  madang_database_run (fixture->database, sql, &error);
  g_assert_no_error (error);
}

/* FTS5 compares every token with the texts. */
static void
assert_in_step (Fixture *fixture)
{
  run (fixture, "INSERT INTO search (search) VALUES ('integrity-check')");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  assert_in_step (fixture);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->database);
}

static void
set_text (MadangRecord *record, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;

  madang_record_set (record, field, text != NULL ? g_variant_new_string (text) : NULL, &error);
  g_assert_no_error (error);
}

static void
put (Fixture *fixture, MadangRecord *record)
{
  g_autoptr (GError) error = NULL;

  madang_record_store_put (fixture->store, record, &error);
  g_assert_no_error (error);
}

static MadangRecord *
new_record (const MadangKind *kind)
{
  g_autofree char *id = madang_id_new ();

  return madang_record_new (kind, id);
}

static MadangRecord *
add_street (Fixture *fixture, const char *name)
{
  MadangRecord *record = new_record (&street_kind);

  set_text (record, "name", name);
  put (fixture, record);
  return record;
}

/* name, story, street: nullable. */
static MadangRecord *
add_house (Fixture *fixture, const char *name, const char *story, MadangRecord *street)
{
  MadangRecord *record = new_record (&house_kind);

  if (name != NULL)
    set_text (record, "name", name);
  if (story != NULL)
    set_text (record, "story", story);
  if (street != NULL)
    set_text (record, "street", madang_record_get_id (street));
  put (fixture, record);
  return record;
}

static void
catch_up (Fixture *fixture)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GError) error = NULL;
      madang_record_store_index_some (fixture->store, 64, &more, &error);
      g_assert_no_error (error);
    }
  g_assert_false (madang_record_store_is_indexing (fixture->store));
}

static gint64
count (Fixture *fixture, const char *kind, const char *text, MadangSearchFlags flags)
{
  const char *const kinds[] = { kind, NULL };
  g_autoptr (GError) error = NULL;
  gint64 number = madang_record_store_count_search (fixture->store, kind != NULL ? kinds : NULL,
                                                    text, flags, 1000, &error);

  g_assert_no_error (error);
  return number;
}

static gboolean
finds (Fixture *fixture, const char *text)
{
  return count (fixture, NULL, text, 0) > 0;
}

static gboolean
finds_composing (Fixture *fixture, const char *text)
{
  return count (fixture, NULL, text, MADANG_SEARCH_COMPOSING) > 0;
}

/* --- what is found ------------------------------------------------------------------------------ */

static void
test_syllables (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) house = add_house (fixture, "금천구청 주민자치과", NULL, NULL);

  g_assert_true (finds (fixture, "금천"));
  g_assert_true (finds (fixture, "천구"));
  g_assert_true (finds (fixture, "과"));
  g_assert_true (finds (fixture, "주민자치과"));
  g_assert_true (finds (fixture, "구청 자치"));
  g_assert_true (finds (fixture, "자치   구청"));
  g_assert_true (finds (fixture, "구청주민"));
  g_assert_false (finds (fixture, "은평"));
  g_assert_false (finds (fixture, "금천 은평"));
  /* All its pairs are there, but not one after the other. */
  g_assert_false (finds (fixture, "천구주"));
  g_assert_false (finds (fixture, "금구"));
  g_assert_false (finds (fixture, "그천"));
}

static void
test_initials (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) house = add_house (fixture, "금천구 쌀집 2호 ㅋㅋ", NULL, NULL);

  g_assert_true (finds (fixture, "ㄱㅊ"));
  g_assert_true (finds (fixture, "ㄱ"));
  g_assert_true (finds (fixture, "ㄱㅊㄱ"));
  g_assert_true (finds (fixture, "금ㅊ"));
  g_assert_true (finds (fixture, "ㄱ천"));
  g_assert_true (finds (fixture, "금ㅊ구"));
  g_assert_true (finds (fixture, "ㅆㅈ2ㅎ"));
  g_assert_true (finds (fixture, "ㅋㅋ"));
  g_assert_true (finds (fixture, "\341\204\200\341\204\216")); /* as joining letters */
  g_assert_false (finds (fixture, "ㄱㅅ"));
  g_assert_false (finds (fixture, "ㅅㅈ"));
  g_assert_false (finds (fixture, "은ㅊ"));
  g_assert_false (finds (fixture, "ㄱㅊㅎ"));
}

/* What a keyboard writes on the way to 금천, 삶, 사람 and 닭이. */
static void
test_composing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) house = add_house (fixture, "금천 사람의 삶과 닭고기", NULL, NULL);
  const char *const ways[] = { "ㄱ",   "그",   "금", "금ㅊ", "금처", "금천", "ㅅ",   "사",  "살",
                               "사라", "사람", "삶", "다",   "달",   "닭",   "닭ㄱ", "닭고" };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (!finds_composing (fixture, ways[i]))
      g_error ("%s is not found", ways[i]);
  g_assert_true (finds_composing (fixture, "닭곡"));
  g_assert_false (finds (fixture, "금처"));
  g_assert_false (finds (fixture, "살"));
  g_assert_false (finds_composing (fixture, "처금"));
  g_assert_false (finds_composing (fixture, "산"));
  /* Only the last one may grow. */
  g_assert_false (finds_composing (fixture, "그천"));
}

static void
test_spelling (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) house = add_house (fixture, "접수-2020-001 (서울) ABC ２호", NULL, NULL);
  g_autofree char *decomposed = g_utf8_normalize ("접수 서울", -1, G_NORMALIZE_NFD);

  g_assert_true (finds (fixture, decomposed));
  g_assert_true (finds (fixture, "접수-2020-001"));
  g_assert_true (finds (fixture, "2020001"));
  g_assert_true (finds (fixture, "abc"));
  g_assert_true (finds (fixture, "(서울)"));
  g_assert_true (finds (fixture, "2호"));
  g_assert_false (finds (fixture, "2020-002"));
}

/* Words of SQL and of FTS5 are text, whatever stands around them. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) house = add_house (fixture, "나무 AND NEAR OR", NULL, NULL);
  const char *const texts[] = {
    "\"",        "\"\"",
    "'",         "*",
    "나무*",     "나무\"",
    "(나무",     "나무)",
    "^나무",     "-나무",
    "text:나무", "나무;--",
    "{나무}",    "나무 + 나무",
    "%나무_",    "나무\\",
    "NEAR(나무", "\001나무",
    "나무\003",  "\002",
    "\xff나무",  "AND",
    "OR",        "NOT",
    "NEAR",      "AND AND",
    "나무 AND",  "OR 나무",
    "🌳",         "\342\200\213",
    "a\314\201", "' OR 1=1 --",
    "NEAR(a b)", "\"a\" OR \"b\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (count (fixture, NULL, texts[i], MADANG_SEARCH_COMPOSING), >=, 0);
  g_assert_true (finds (fixture, "near"));
  g_assert_true (finds (fixture, "나무 AND"));
  g_assert_true (finds (fixture, "나무*"));
  g_assert_false (finds (fixture, "NOT"));
  g_assert_false (finds (fixture, "text:나무"));
  g_assert_false (finds (fixture, "' OR 1=1 --"));
}

static void
test_no_restriction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) house = add_house (fixture, "나무", NULL, NULL);
  g_autoptr (MadangRecord) street = add_street (fixture, "길");

  g_assert_cmpint (count (fixture, NULL, "", 0), ==, 2);
  g_assert_cmpint (count (fixture, NULL, " -!", 0), ==, 2);
  g_assert_cmpint (count (fixture, "house", "", 0), ==, 1);
  g_assert_cmpint (count (fixture, "no-such-kind", "", 0), ==, 0);
}

static void
test_long_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) house = add_house (fixture, NULL, "가로등을 고칩니다 ㄱㄴ", NULL);

  g_assert_true (finds (fixture, "가로등"));
  g_assert_true (finds_composing (fixture, "가로등"));
  g_assert_true (finds (fixture, "ㄱㄴ"));
  g_assert_false (finds (fixture, "ㄱㄹㄷ"));
  g_assert_false (finds (fixture, "가ㄹ"));
}

/* The end of one field and the beginning of the next are no word. */
static void
test_borders (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) street = add_street (fixture, "라마");
  g_autoptr (MadangRecord) house = add_house (fixture, "가나", "다", street);

  g_assert_true (finds (fixture, "가나 다 라마"));
  g_assert_false (finds (fixture, "나다"));
  g_assert_false (finds (fixture, "다라"));
}

static void
test_not_searched (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) house = new_record (&house_kind);

  set_text (house, "name", "나무");
  set_text (house, "colour", "하늘색");
  set_text (house, "owner", "홍길동");
  put (fixture, house);
  g_assert_true (finds (fixture, "나무"));
  g_assert_false (finds (fixture, "하늘"));
  g_assert_false (finds (fixture, "홍길동"));
  g_assert_false (finds (fixture, "ㅎㄱㄷ"));
}

/* --- what belongs together ---------------------------------------------------------------------- */

static void
test_references (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) street = add_street (fixture, "은행나무길");
  g_autoptr (MadangRecord) house = add_house (fixture, "집", NULL, street);
  g_autoptr (MadangRecord) letter = new_record (&letter_kind);
  g_autoptr (GError) error = NULL;

  set_text (letter, "house", madang_record_get_id (house));
  put (fixture, letter);
  g_assert_cmpint (count (fixture, "house", "은행", 0), ==, 1);
  g_assert_cmpint (count (fixture, "letter", "은행", 0), ==, 1);

  set_text (street, "name", "벚나무길");
  put (fixture, street);
  g_assert_cmpint (count (fixture, NULL, "은행", 0), ==, 0);
  g_assert_cmpint (count (fixture, NULL, "벚나무", 0), ==, 3);

  madang_record_store_remove (fixture->store, madang_record_get_id (street), &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, NULL, "벚나무", 0), ==, 0);
}

/* The title comes after what refers to it, and goes as a tombstone. */
static void
test_late_title (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) street = new_record (&street_kind);
  g_autoptr (MadangRecord) house = add_house (fixture, "집", NULL, street);

  g_assert_false (finds (fixture, "느티"));
  set_text (street, "name", "느티나무길");
  put (fixture, street);
  g_assert_cmpint (count (fixture, "house", "느티", 0), ==, 1);
  madang_record_set_deleted (street, TRUE);
  put (fixture, street);
  g_assert_false (finds (fixture, "느티"));
}

static void
test_many_references (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) street = add_street (fixture, "은행나무길");

  for (guint i = 0; i < 150; i++)
    g_object_unref (add_house (fixture, "집", NULL, street));
  g_assert_false (madang_record_store_is_indexing (fixture->store));
  set_text (street, "name", "벚나무길");
  put (fixture, street);
  g_assert_true (madang_record_store_is_indexing (fixture->store));
  catch_up (fixture);
  g_assert_cmpint (count (fixture, "house", "벚나무", 0), ==, 150);
  g_assert_cmpint (count (fixture, "house", "은행", 0), ==, 0);
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) house = add_house (fixture, "옛집", NULL, NULL);
  g_autoptr (GError) error = NULL;

  set_text (house, "name", "새집");
  put (fixture, house);
  g_assert_false (finds (fixture, "옛집"));
  g_assert_true (finds (fixture, "새집"));

  madang_database_begin (fixture->database, &error);
  set_text (house, "name", "헛집");
  put (fixture, house);
  g_assert_true (finds (fixture, "헛집"));
  madang_database_rollback (fixture->database);
  g_assert_false (finds (fixture, "헛집"));
  g_assert_true (finds (fixture, "새집"));

  madang_record_set_has_part (house, MADANG_PART_MAIN, FALSE);
  put (fixture, house);
  g_assert_false (finds (fixture, "새집"));
}

/* --- slices --------------------------------------------------------------------------------------- */

static void
test_slices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) street = NULL;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  madang_database_begin (fixture->database, &error);
  for (guint i = 0; i < 250; i++)
    g_object_unref (add_house (fixture, "집", NULL, NULL));
  street = add_street (fixture, "마지막길");
  madang_database_commit (fixture->database, &error);
  g_assert_no_error (error);
  g_assert_true (madang_record_store_is_indexing (fixture->store));
  g_assert_cmpint (count (fixture, NULL, "집", 0), ==, 100);
  g_assert_false (finds (fixture, "마지막"));

  /* Titles come first, then the newest. */
  madang_record_store_index_some (fixture->store, 10, &more, &error);
  g_assert_no_error (error);
  g_assert_true (more);
  g_assert_true (finds (fixture, "마지막"));
  catch_up (fixture);
  g_assert_cmpint (count (fixture, NULL, "집", 0), ==, 250);
}

/* A removed one leaves at once, however much there is to do. */
static void
test_removed_in_bulk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) houses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 150; i++)
    g_ptr_array_add (houses, add_house (fixture, "집", NULL, NULL));
  madang_database_begin (fixture->database, &error);
  for (guint i = 0; i < houses->len; i++)
    madang_record_store_remove (fixture->store, madang_record_get_id (houses->pdata[i]), &error);
  madang_database_commit (fixture->database, &error);
  g_assert_no_error (error);
  g_assert_false (finds (fixture, "집"));
}

static void
test_laid_anew (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) street = add_street (fixture, "은행나무길");
  g_autoptr (MadangRecord) house = add_house (fixture, "집", NULL, street);

  g_clear_object (&fixture->store);
  run (fixture, "UPDATE setting SET value = 'old' WHERE name = 'search-shape'");
  open_store (fixture);
  g_assert_true (madang_record_store_is_indexing (fixture->store));
  g_assert_false (finds (fixture, "은행"));
  catch_up (fixture);
  g_assert_cmpint (count (fixture, NULL, "은행", 0), ==, 2);

  /* The same shape is left alone. */
  g_clear_object (&fixture->store);
  open_store (fixture);
  g_assert_false (madang_record_store_is_indexing (fixture->store));
}

static gint64
count_tokens (Fixture *fixture, const char *token)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (fixture->database,
                                 "SELECT count (*) FROM temp.word WHERE term = ?1", NULL);

  madang_statement_bind_text (statement, 1, token);
  g_assert_true (madang_statement_step (statement, NULL));
  return madang_statement_get_number (statement, 0);
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) stays = add_house (fixture, "나무", NULL, NULL);
  g_autoptr (MadangRecord) goes = add_house (fixture, "비밀", NULL, NULL);
  g_autoptr (GError) error = NULL;

  run (fixture, "CREATE VIRTUAL TABLE temp.word USING fts5vocab (main, search, row)");
  g_assert_cmpint (count_tokens (fixture, "비밀"), ==, 1);
  madang_record_store_remove (fixture->store, madang_record_get_id (goes), &error);
  g_assert_no_error (error);
  madang_record_store_forget_removed (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_tokens (fixture, "비밀"), ==, 0);
  g_assert_cmpint (count_tokens (fixture, "ㅂㅁ"), ==, 0);
  g_assert_cmpint (count_tokens (fixture, "나무"), ==, 1);
}

/* --- lists ------------------------------------------------------------------------------------------ */

static MadangQuery *
new_query (const char *text)
{
  MadangQuery *query = madang_query_new ("house");

  madang_query_set_search (query, text, 0);
  return query;
}

static char *
join_names (Fixture *fixture, const MadangQuery *query)
{
  g_autoptr (MadangRecordList) list = madang_record_list_new (fixture->store, query);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (MadangRecord) record = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                              madang_record_get_text (record, "name"));
    }
  return g_string_free (names, FALSE);
}

static void
assert_names (Fixture *fixture, const MadangQuery *query, const char *expected)
{
  g_autofree char *names = join_names (fixture, query);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = g_strsplit (expected, " ", -1);

  g_assert_cmpstr (names, ==, expected);
  g_assert_cmpint (madang_record_store_count (fixture->store, query, &error), ==,
                   *expected != '\0' ? g_strv_length (parts) : 0);
  g_assert_no_error (error);
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  const char *const names[] = { "나무가", "나무다", "돌", "나무나" };
  g_autoptr (MadangQuery) query = new_query ("나무");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (MadangRecord) house = new_record (&house_kind);
      set_text (house, "name", names[i]);
      madang_record_set (house, "number", g_variant_new_int64 (10 - i), NULL);
      madang_record_set_state (house, i % 2 == 0 ? "draft" : "submitted");
      put (fixture, house);
    }
  assert_names (fixture, query, "나무가 나무다 나무나");
  madang_query_set_order (query, NULL, MADANG_QUERY_DESCENDING);
  assert_names (fixture, query, "나무나 나무다 나무가");
  madang_query_set_order (query, "number", 0);
  assert_names (fixture, query, "나무나 나무다 나무가");
  madang_query_add_states (query, (const char *[]){ "submitted", NULL });
  assert_names (fixture, query, "나무나 나무다");
  madang_query_set_range (query, "number", g_variant_new_int64 (8), NULL);
  assert_names (fixture, query, "나무다");
  madang_query_set_search (query, "ㄴㅁㄱ", 0);
  assert_names (fixture, query, "");
  madang_query_set_search (query, "..", 0);
  assert_names (fixture, query, "나무다");
}

static void
test_newest_first (Fixture *fixture, gconstpointer data)
{
  const char *const kinds[] = { "house", "street", NULL };
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("나무 %u", i);
      g_object_unref (i % 2 == 0 ? add_house (fixture, name, NULL, NULL)
                                 : add_street (fixture, name));
    }
  found = madang_record_store_search (fixture->store, kinds, "나무", 0, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 4);
  g_assert_cmpstr (madang_record_get_text (found->pdata[0], "name"), ==, "나무 9");
  g_assert_cmpstr (madang_record_get_text (found->pdata[3], "name"), ==, "나무 6");
  g_assert_cmpint (madang_record_store_count_search (fixture->store, kinds, "나무", 0, 7, &error),
                   ==, 7);
}

static void
test_server (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangDatabase) database
      = madang_database_open (":memory:", MADANG_DATABASE_SERVER, MADANG_DATABASE_WRITE, &error);
  g_autoptr (MadangRecordStore) store = madang_record_store_new (database, &error);
  g_autoptr (MadangQuery) query = new_query ("나무");

  g_assert_no_error (error);
  g_assert_null (madang_record_store_search (store, NULL, "나무", 0, 1, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (madang_record_store_find (store, query, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
  g_assert_false (madang_record_store_is_indexing (store));
}

/* --- against a scan that looks at every character ---------------------------------------------- */

/* A syllable as its letters, found by Unicode's own arithmetic of decomposition. */
static guint
take_apart (gunichar c, gunichar letters[3])
{
  gsize length = g_unichar_fully_decompose (c, FALSE, letters, 3);

  return (guint)length;
}

static gboolean
is_syllable (gunichar c)
{
  return c >= 0xac00 && c <= 0xd7a3;
}

/* ㄱ of 가; the letters of both alphabets in one order. */
static gboolean
begins_with (gunichar syllable, gunichar consonant)
{
  static const char order[] = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
  gunichar letters[3];

  if (!is_syllable (syllable))
    return FALSE;
  take_apart (syllable, letters);
  return g_utf8_get_char (g_utf8_offset_to_pointer (order, letters[0] - 0x1100)) == consonant;
}

static gboolean
scan_matches_at (const gunichar *text, const gunichar *word, gboolean deep)
{
  for (guint i = 0; word[i] != 0; i++)
    if (text[i] == 0 || (text[i] != word[i] && !(deep && begins_with (text[i], word[i]))))
      return FALSE;
  return TRUE;
}

/* Only what the random texts are made of is taken away. */
static gunichar *
squeeze (const char *text)
{
  g_autoptr (GString) letters = g_string_new (NULL);
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_autofree char *small = g_utf8_strdown (composed, -1);

  for (const char *p = small; *p != '\0'; p = g_utf8_next_char (p))
    if (strchr (" -\"'*()%^:", *p) == NULL)
      g_string_append_unichar (letters, g_utf8_get_char (p));
  return g_utf8_to_ucs4_fast (letters->str, -1, NULL);
}

static gboolean
scan_value (const char *value, const gunichar *word, gboolean deep)
{
  g_autofree gunichar *text = squeeze (value);

  for (const gunichar *p = text; *p != 0; p++)
    if (scan_matches_at (p, word, deep))
      return TRUE;
  return FALSE;
}

static gboolean
scan (MadangRecord *record, const char *query)
{
  g_auto (GStrv) words = g_strsplit (query, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree gunichar *word = squeeze (words[i]);
      if (*word != 0 && !scan_value (madang_record_get_text (record, "name"), word, TRUE)
          && !scan_value (madang_record_get_text (record, "story"), word, FALSE))
        return FALSE;
    }
  return TRUE;
}

/* Few different characters, so that much is found. */
static char *
make_random_text (guint most)
{
  static const char *const pieces[]
      = { "가", "각", "간", "금", "천", "처", "ㄱ", "ㅊ", "ㄲ", "까", "a", "B",  "1",
          "2",  " ",  "-",  "\"", "'",  "*",  "(",  ")",  "%",  "^",  ":", "공", "원" };
  GString *text = g_string_new (NULL);

  for (guint length = (guint)g_test_rand_int_range (0, (gint32)most + 1); length > 0; length--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

/* The same in another form of Unicode, sometimes. */
static char *
make_random_query (void)
{
  char *text = make_random_text (5);

  if (g_test_rand_bit ())
    return text;
  g_autofree char *composed = text;
  return g_utf8_normalize (composed, -1, G_NORMALIZE_NFD);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (madang_record_get_id (*(MadangRecord **)a),
                 madang_record_get_id (*(MadangRecord **)b));
}

static char *
join_ids (GPtrArray *records)
{
  GString *ids = g_string_new (NULL);

  g_ptr_array_sort (records, compare_names);
  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (ids, "%s\n", madang_record_get_id (records->pdata[i]));
  return g_string_free (ids, FALSE);
}

static void
compare_with_scan (Fixture *fixture, GPtrArray *all, const char *query)
{
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  g_autoptr (MadangQuery) search = new_query (query);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = madang_record_store_find (fixture->store, search, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    if (scan (all->pdata[i], query))
      g_ptr_array_add (expected, all->pdata[i]);

  g_autofree char *expected_ids = join_ids (expected);
  g_autofree char *found_ids = join_ids (found);
  if (!g_str_equal (expected_ids, found_ids))
    g_error ("\"%s\": %u expected, %u found", query, expected->len, found->len);
}

static void
change_at_random (Fixture *fixture, GPtrArray *all)
{
  guint index = (guint)g_test_rand_int_range (0, (gint32)all->len);
  MadangRecord *record = all->pdata[index];
  g_autofree char *name = make_random_text (8);

  if (g_test_rand_int_range (0, 4) == 0)
    {
      g_assert_true (
          madang_record_store_remove (fixture->store, madang_record_get_id (record), NULL));
      g_ptr_array_remove_index (all, index);
      return;
    }
  set_text (record, "name", *name != '\0' ? name : NULL);
  put (fixture, record);
}

static void
test_against_scan (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

      run (fixture, "BEGIN");
      for (guint i = 0; i < N_RANDOM; i++)
        {
          g_autofree char *name = make_random_text (8);
          g_autofree char *story = make_random_text (12);
          g_ptr_array_add (all, add_house (fixture, name, story, NULL));
        }
      run (fixture, "COMMIT");
      catch_up (fixture);
      for (guint i = 0; i < N_QUERIES; i++)
        {
          g_autofree char *query = make_random_query ();
          if (i % 10 == 0)
            change_at_random (fixture, all);
          compare_with_scan (fixture, all, query);
        }
      assert_in_step (fixture);
      for (guint i = 0; i < all->len; i++)
        madang_record_store_remove (fixture->store, madang_record_get_id (all->pdata[i]), NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  madang_kind_register (&street_kind);
  madang_kind_register (&house_kind);
  madang_kind_register (&letter_kind);

#define ADD(path, function) g_test_add ("/search/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("syllables", test_syllables);
  ADD ("initials", test_initials);
  ADD ("composing", test_composing);
  ADD ("spelling", test_spelling);
  ADD ("hostile", test_hostile);
  ADD ("no-restriction", test_no_restriction);
  ADD ("long-text", test_long_text);
  ADD ("borders", test_borders);
  ADD ("not-searched", test_not_searched);
  ADD ("references", test_references);
  ADD ("late-title", test_late_title);
  ADD ("many-references", test_many_references);
  ADD ("changes", test_changes);
  ADD ("slices", test_slices);
  ADD ("removed-in-bulk", test_removed_in_bulk);
  ADD ("laid-anew", test_laid_anew);
  ADD ("forgotten", test_forgotten);
  ADD ("lists", test_lists);
  ADD ("newest-first", test_newest_first);
  ADD ("against-scan", test_against_scan);
  g_test_add_func ("/search/server", test_server);
  return g_test_run ();
}
