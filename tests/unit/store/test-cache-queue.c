/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-cache-private.h"
#include "madang-error.h"
#include "madang-id.h"
#include "madang-wire-limits.h"

#define A "0190a000-0000-7000-8000-00000000000a"
#define B "0190a000-0000-7000-8000-00000000000b"

/* The only mutation of the record that waits, taken apart again. */
static MadangMutation *
read_only_mutation (CacheFixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = madang_cache_list_outbox_of (fixture->cache, id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  const MadangOutboxRow *row = g_ptr_array_index (rows, 0);
  MadangMutation *mutation = madang_mutation_from_bytes (row->body, &error);
  g_assert_no_error (error);
  return mutation;
}

static void
assert_edit (
    const MadangMutation *mutation, guint index, const char *path, const char *from, const char *to)
{
  g_assert_cmpuint (mutation->edits->len, >, index);
  const MadangEdit *edit = g_ptr_array_index (mutation->edits, index);
  g_autofree char *from_text = edit->from != NULL ? g_variant_print (edit->from, FALSE) : NULL;
  g_autofree char *to_text = edit->to != NULL ? g_variant_print (edit->to, FALSE) : NULL;

  g_assert_cmpstr (edit->path, ==, path);
  g_assert_cmpstr (from_text, ==, from);
  g_assert_cmpstr (to_text, ==, to);
}

static void
assert_refused (CacheFixture *fixture, MadangMutation *mutation, MadangErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangMutation) owned = mutation;

  g_assert_false (madang_cache_queue (fixture->cache, owned, fixture->key, CACHE_NOW, &error));
  g_assert_error (error, MADANG_ERROR, (int)code);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM outbox"), ==, 0);
}

static GVariant *
new_row (gint64 pos, const char *text)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "pos", g_variant_new_int64 (pos));
  g_variant_builder_add (&builder, "{sv}", "text", g_variant_new_string (text));
  return g_variant_builder_end (&builder);
}

/* --- what a person sees at once ------------------------------------------------------------ */

static void
test_create (CacheFixture *fixture, gconstpointer data)
{
  const char *mid = cache_create (fixture, A, "first");
  g_autoptr (MadangMutation) mutation = read_only_mutation (fixture, A);

  cache_assert_text (fixture, A, "title", "first");
  cache_assert_state (fixture, A, "draft", 1, FALSE);
  g_autoptr (MadangRecord) record = cache_get (fixture, A);
  g_assert_cmpstr (madang_record_get_scope (record), ==, "agency:a");
  g_assert_true (madang_record_has_part (record, MADANG_PART_PERSONAL));
  g_assert_cmpstr (mutation->mid, ==, mid);
  g_assert_cmpint (mutation->at, ==, CACHE_NOW);
  g_assert_cmpint (mutation->schema, ==, MADANG_WIRE_SCHEMA);
  g_assert_cmpint (mutation->base[MADANG_PART_MAIN], ==, 0);
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 1);
  g_assert_cmpuint (madang_cache_count_troubled (fixture->cache), ==, 0);
}

static void
test_create_without_scope (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangMutation) mutation = madang_mutation_new (MADANG_OPERATION_CREATE, "leaflet", A);

  cache_queue (fixture, mutation);
  g_autoptr (MadangRecord) record = cache_get (fixture, A);
  g_assert_cmpstr (madang_record_get_scope (record), ==, "agency:a");
}

static void
test_patch (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  cache_patch (fixture, A, "title", "old", "new");
  g_autoptr (MadangMutation) mutation = read_only_mutation (fixture, A);

  cache_assert_text (fixture, A, "title", "new");
  cache_assert_text (fixture, A, "note", "n");
  cache_assert_state (fixture, A, "draft", 1, FALSE);
  assert_edit (mutation, 0, "title", "'old'", "'new'");
  g_assert_cmpint (mutation->base[MADANG_PART_MAIN], ==, 3);
  g_assert_cmpint (mutation->base[MADANG_PART_PERSONAL], ==, 0);
}

static void
test_event (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  cache_event (fixture, A, "submit");
  cache_assert_state (fixture, A, "submitted", 1, FALSE);
  /* From the state that the first one leads to. */
  cache_event (fixture, A, "receive");
  cache_assert_state (fixture, A, "received", 2, FALSE);
}

static void
test_delete (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangMutation) mutation = madang_mutation_new (MADANG_OPERATION_DELETE, "leaflet", A);

  cache_pull_old (fixture, A);
  cache_queue (fixture, mutation);
  g_assert_false (cache_has (fixture, A));
  g_assert_cmpint (mutation->base[MADANG_PART_MAIN], ==, 3);
  cache_answer_rejected (fixture, mutation->mid, "right.none");
  cache_assert_state (fixture, A, "draft", 0, TRUE);
}

static void
test_reopened (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  cache_patch (fixture, A, "title", "old", "new");
  cache_create (fixture, B, "other");
  cache_close (fixture);
  cache_open (fixture, FALSE);
  cache_assert_text (fixture, A, "title", "new");
  cache_assert_text (fixture, B, "title", "other");
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 2);
}

static void
test_signature (CacheFixture *fixture, gconstpointer data)
{
  cache_create (fixture, A, "first");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  const MadangPushItem *item = g_ptr_array_index (request->items, 0);
  g_autofree char *public_key = madang_signing_key_dup_public (fixture->key);
  gsize length = 0;
  gconstpointer bytes = g_bytes_get_data (item->body, &length);

  g_assert_true (madang_signature_verify (public_key, item->signature, bytes, length));
  g_assert_false (madang_signature_verify (public_key, item->signature, bytes, length - 1));
}

/* --- what is refused ----------------------------------------------------------------------- */

static void
test_limits (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  assert_refused (fixture,
                  cache_new_patch (A, "title", g_variant_new_string ("old"),
                                   g_variant_new_string ("longer than twenty characters")),
                  MADANG_ERROR_INVALID);
  assert_refused (fixture, cache_new_patch (A, "title", NULL, g_variant_new_int64 (1)),
                  MADANG_ERROR_INVALID);
  assert_refused (fixture, cache_new_patch (A, "nothing", NULL, g_variant_new_string ("x")),
                  MADANG_ERROR_INVALID);
  assert_refused (fixture, cache_new_patch (A, "number", NULL, g_variant_new_string ("x")),
                  MADANG_ERROR_INVALID);
  assert_refused (fixture, cache_new_patch (A, "rows/r1", NULL, g_variant_new_string ("x")),
                  MADANG_ERROR_INVALID);
  assert_refused (fixture, cache_new_patch (B, "title", NULL, g_variant_new_string ("x")),
                  MADANG_ERROR_NOT_FOUND);
  assert_refused (fixture, madang_mutation_new (MADANG_OPERATION_CREATE, "leaflet", A),
                  MADANG_ERROR_CONFLICT);
  assert_refused (fixture, madang_mutation_new (MADANG_OPERATION_CREATE, "nothing", B),
                  MADANG_ERROR_INVALID);
  assert_refused (fixture, madang_mutation_new (MADANG_OPERATION_CREATE, "leaflet", "id"),
                  MADANG_ERROR_INVALID);
  assert_refused (fixture, madang_mutation_new (MADANG_OPERATION_VOID, "leaflet", A),
                  MADANG_ERROR_INVALID);
  assert_refused (fixture, madang_mutation_new (MADANG_OPERATION_EVENT, "leaflet", A),
                  MADANG_ERROR_INVALID);
  cache_assert_text (fixture, A, "title", "old");
}

static void
test_long_row_is_refused (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (101, 'x');

  cache_pull_old (fixture, A);
  assert_refused (fixture, cache_new_patch (A, "rows/r1", NULL, new_row (1, text)),
                  MADANG_ERROR_INVALID);
}

/* A part that the person may not see has no place for values. */
static void
test_absent_part (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  assert_refused (fixture, cache_new_patch (A, "phone", NULL, g_variant_new_string ("02-120")),
                  MADANG_ERROR_INVALID);
}

static void
test_nothing_changed (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  cache_patch (fixture, A, "title", "old", "old");
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 0);
  cache_assert_state (fixture, A, "draft", 0, FALSE);
}

/* --- a full disk ---------------------------------------------------------------------------- */

static void
test_disk_full (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *note = g_strnfill (19000, 'x');
  g_autoptr (GError) error = NULL;

  cache_pull_old (fixture, A);
  gint64 pages = cache_read_number (fixture, "PRAGMA page_count");
  g_autofree char *limit = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, pages + 2);
  g_assert_cmpint (cache_read_number (fixture, limit), ==, pages + 2);

  assert_refused (
      fixture, cache_new_patch (A, "note", g_variant_new_string ("n"), g_variant_new_string (note)),
      MADANG_ERROR_NO_SPACE);
  cache_assert_text (fixture, A, "note", "n");
  cache_assert_state (fixture, A, "draft", 0, FALSE);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM shadow"), ==, 0);

  cache_read_number (fixture, "PRAGMA max_page_count = 100000");
  cache_patch (fixture, A, "note", "n", note);
  cache_assert_text (fixture, A, "note", note);
}

static void
test_salvage_full (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "unsent.log", NULL);
  g_autoptr (GError) error = NULL;

  cache_pull_old (fixture, A);
  madang_salvage_free (fixture->cache->salvage);
  fixture->cache->salvage = madang_salvage_open ("/dev/full", &error);
  g_assert_no_error (error);
  assert_refused (
      fixture, cache_new_patch (A, "note", g_variant_new_string ("n"), g_variant_new_string ("m")),
      MADANG_ERROR_NO_SPACE);
  cache_assert_text (fixture, A, "note", "n");

  madang_salvage_free (fixture->cache->salvage);
  fixture->cache->salvage = madang_salvage_open (path, &error);
  g_assert_no_error (error);
  cache_patch (fixture, A, "note", "n", "m");
  cache_assert_text (fixture, A, "note", "m");
}

/* The log is written before the commit; when that fails, it does not keep what never happened. */
static void
test_commit_fails (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  cache_run (fixture, "CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;"
                      "CREATE TABLE child (parent INTEGER"
                      " REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED) STRICT;"
                      "CREATE TRIGGER fails AFTER INSERT ON outbox BEGIN"
                      " INSERT INTO child (parent) VALUES (1); END;");
  gint64 size = madang_salvage_get_size (fixture->cache->salvage);
  assert_refused (
      fixture, cache_new_patch (A, "note", g_variant_new_string ("n"), g_variant_new_string ("m")),
      MADANG_ERROR_FAILED);
  cache_assert_text (fixture, A, "note", "n");
  g_assert_cmpint (madang_salvage_get_size (fixture->cache->salvage), ==, size);

  cache_run (fixture, "DROP TRIGGER fails; DROP TABLE child; DROP TABLE parent;");
  cache_patch (fixture, A, "note", "n", "m");
  cache_assert_text (fixture, A, "note", "m");
}

/* --- coalescing ---------------------------------------------------------------------------- */

static void
test_merged (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "new");
  g_assert_cmpstr (cache_patch (fixture, A, "title", "new", "newer"), ==, mid);
  g_assert_cmpstr (cache_patch (fixture, A, "note", "n", "m"), ==, mid);
  g_autoptr (MadangMutation) mutation = read_only_mutation (fixture, A);

  g_assert_cmpuint (mutation->edits->len, ==, 2);
  assert_edit (mutation, 0, "title", "'old'", "'newer'");
  assert_edit (mutation, 1, "note", "'n'", "'m'");
  cache_assert_text (fixture, A, "title", "newer");
  cache_assert_text (fixture, A, "note", "m");
  cache_assert_state (fixture, A, "draft", 1, FALSE);
}

/* The versions that the first edit was based on stay, so that nothing is overwritten unseen. */
static void
test_merged_keeps_base (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  cache_patch (fixture, A, "title", "old", "new");
  cache_pull_one (fixture, "agency:a", A, 4, NULL, "{\"note\":\"theirs\",\"title\":\"old\"}");
  cache_patch (fixture, A, "title", "new", "newer");
  g_autoptr (MadangMutation) mutation = read_only_mutation (fixture, A);

  g_assert_cmpint (mutation->base[MADANG_PART_MAIN], ==, 3);
  cache_assert_text (fixture, A, "note", "theirs");
}

static void
test_vanishes (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  cache_patch (fixture, A, "title", "old", "new");
  cache_patch (fixture, A, "title", "new", "old");
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 0);
  cache_assert_text (fixture, A, "title", "old");
  cache_assert_state (fixture, A, "draft", 0, FALSE);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM shadow"), ==, 0);

  /* Nor does the salvage log bring it back. */
  cache_close (fixture);
  cache_open (fixture, FALSE);
  cache_assert_text (fixture, A, "title", "old");
}

/* What was seen of a long text is kept as a digest only. */
static void
test_long_text_vanishes (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *note = g_strnfill (500, 'x');
  g_autofree char *doc = g_strdup_printf ("{\"note\":\"%s\"}", note);

  cache_follow (fixture, "agency:a", NULL);
  cache_pull_one (fixture, "agency:a", A, 1, NULL, doc);
  cache_patch (fixture, A, "note", note, "short");
  cache_patch (fixture, A, "note", "short", note);
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 0);
  cache_assert_text (fixture, A, "note", note);
}

static void
test_not_over_an_event (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  cache_patch (fixture, A, "title", "old", "new");
  cache_event (fixture, A, "submit");
  cache_patch (fixture, A, "title", "new", "newer");
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 3);
  cache_assert_text (fixture, A, "title", "newer");
}

static void
test_not_into_sealed (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "new");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  const MadangPushItem *item = g_ptr_array_index (request->items, 0);

  g_assert_cmpstr (cache_patch (fixture, A, "title", "new", "newer"), !=, mid);
  g_autoptr (MadangOutboxRow) row = madang_cache_find_outbox (fixture->cache, mid, NULL);
  g_assert_true (g_bytes_equal (row->body, item->body));
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 2);
}

/* Of another record or not: what the record itself waits with decides. */
static void
test_other_records_between (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  cache_patch (fixture, A, "title", "old", "new");
  cache_create (fixture, B, "other");
  cache_patch (fixture, A, "title", "new", "newer");
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 2);
}

static void
queue_edit (CacheFixture *fixture, const char *path, GVariant *from, GVariant *to)
{
  g_autoptr (MadangMutation) mutation = cache_new_patch (A, path, from, to);

  cache_queue (fixture, mutation);
}

static void
test_rows_fold (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  queue_edit (fixture, "rows/r1", NULL, new_row (1, "one"));
  queue_edit (fixture, "rows/r1/text", g_variant_new_string ("one"), g_variant_new_string ("uno"));
  queue_edit (fixture, "rows/r1/text", g_variant_new_string ("uno"), g_variant_new_string ("eins"));
  g_autoptr (MadangMutation) mutation = read_only_mutation (fixture, A);
  g_assert_cmpuint (mutation->edits->len, ==, 2);
  assert_edit (mutation, 1, "rows/r1/text", "'one'", "'eins'");
  g_autoptr (MadangRecord) record = cache_get (fixture, A);
  g_autofree char *text
      = g_strdup (g_variant_get_string (madang_record_get (record, "rows/r1/text"), NULL));
  g_assert_cmpstr (text, ==, "eins");

  /* The row goes again, and with it what was done inside. */
  queue_edit (fixture, "rows/r1", new_row (1, "eins"), NULL);
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 0);
}

static void
test_row_removed_after_edit (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, "agency:a", NULL);
  cache_pull_one (fixture, "agency:a", A, 1, NULL,
                  "{\"rows\":{\"r1\":{\"pos\":1,\"text\":\"one\"}}}");
  queue_edit (fixture, "rows/r1/text", g_variant_new_string ("one"), g_variant_new_string ("uno"));
  queue_edit (fixture, "rows/r1", new_row (1, "uno"), NULL);
  g_autoptr (MadangMutation) mutation = read_only_mutation (fixture, A);
  g_autoptr (MadangRecord) record = cache_get (fixture, A);

  g_assert_cmpuint (mutation->edits->len, ==, 2);
  assert_edit (mutation, 0, "rows/r1/text", "'one'", "'uno'");
  g_assert_null (madang_record_get (record, "rows/r1"));
}

static void
test_long_text (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_strdup ("n");

  cache_pull_old (fixture, A);
  /* However often it is saved, it is sent once. */
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *note = g_strnfill (19000, 'a' + i);
      cache_patch (fixture, A, "note", before, note);
      g_free (before);
      before = g_steal_pointer (&note);
    }
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 1);
  cache_assert_text (fixture, A, "note", before);
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);

#define ADD(path, function)                                                                        \
  g_test_add (path, CacheFixture, NULL, cache_set_up, function, cache_tear_down)
  ADD ("/cache/queue/create", test_create);
  ADD ("/cache/queue/create/without-scope", test_create_without_scope);
  ADD ("/cache/queue/patch", test_patch);
  ADD ("/cache/queue/event", test_event);
  ADD ("/cache/queue/delete", test_delete);
  ADD ("/cache/queue/reopened", test_reopened);
  ADD ("/cache/queue/signature", test_signature);
  ADD ("/cache/queue/limits", test_limits);
  ADD ("/cache/queue/limits/row", test_long_row_is_refused);
  ADD ("/cache/queue/absent-part", test_absent_part);
  ADD ("/cache/queue/nothing-changed", test_nothing_changed);
  ADD ("/cache/queue/disk-full", test_disk_full);
  ADD ("/cache/queue/salvage-full", test_salvage_full);
  ADD ("/cache/queue/commit-fails", test_commit_fails);
  ADD ("/cache/merge/same-field", test_merged);
  ADD ("/cache/merge/base", test_merged_keeps_base);
  ADD ("/cache/merge/vanishes", test_vanishes);
  ADD ("/cache/merge/vanishes/long", test_long_text_vanishes);
  ADD ("/cache/merge/not-over-an-event", test_not_over_an_event);
  ADD ("/cache/merge/not-into-sealed", test_not_into_sealed);
  ADD ("/cache/merge/other-records-between", test_other_records_between);
  ADD ("/cache/merge/rows", test_rows_fold);
  ADD ("/cache/merge/rows/removed", test_row_removed_after_edit);
  ADD ("/cache/merge/long", test_long_text);
  return g_test_run ();
}
