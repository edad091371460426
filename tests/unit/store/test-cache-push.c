/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-error.h"
#include "madang-id.h"
#include "madang-wire-limits.h"

#define A "0190a000-0000-7000-8000-00000000000a"
#define B "0190a000-0000-7000-8000-00000000000b"
#define OTHER_DEVICE "0190a000-0000-7000-8000-000000000002"

static void
assert_same_request (const MadangPushRequest *a, const MadangPushRequest *b)
{
  g_autoptr (GBytes) one = madang_push_request_to_bytes (a);
  g_autoptr (GBytes) other = madang_push_request_to_bytes (b);

  g_assert_true (g_bytes_equal (one, other));
}

/* A request was made; its reply is what matters. */
static void
seal_and_forget (CacheFixture *fixture)
{
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);

  g_assert_nonnull (request);
}

/* --- sealing ------------------------------------------------------------------------------ */

static void
test_seal (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangPushRequest) none = cache_seal (fixture);
  g_assert_null (none);

  cache_pull_old (fixture, A);
  cache_patch (fixture, A, "title", "old", "new");
  cache_create (fixture, B, "other");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_cmpuint (request->items->len, ==, 2);
  g_assert_cmpstr (request->device, ==, CACHE_DEVICE);
  g_assert_cmpint (request->seen, ==, 0);
  g_assert_cmpint (cache_get_item (request, 0)->number, ==, 1);
  g_assert_cmpint (cache_get_item (request, 1)->number, ==, 2);

  /* The reply was lost; so was the program. */
  cache_close (fixture);
  cache_open (fixture, FALSE);
  g_autoptr (MadangPushRequest) again = cache_seal (fixture);
  assert_same_request (request, again);
}

static void
test_seal_later (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "new");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  cache_patch (fixture, A, "title", "new", "newer");
  g_autoptr (MadangPushRequest) longer = cache_seal (fixture);

  g_assert_cmpuint (longer->items->len, ==, 2);
  g_assert_true (
      g_bytes_equal (cache_get_item (request, 0)->body, cache_get_item (longer, 0)->body));
  g_assert_cmpstr (cache_get_item (request, 0)->signature, ==,
                   cache_get_item (longer, 0)->signature);
  g_assert_cmpint (cache_get_item (longer, 1)->number, ==, 2);

  cache_answer_applied (fixture, mid, A, "draft", 4, "{\"title\":\"new\"}");
  g_autoptr (MadangPushRequest) rest = cache_seal (fixture);
  g_assert_cmpuint (rest->items->len, ==, 1);
  g_assert_cmpint (cache_get_item (rest, 0)->number, ==, 2);
  g_assert_cmpint (rest->seen, ==, 1);
}

/* The answer to a refused change may be asked for again, so the server must not forget it. */
static void
test_seal_keeps_refusals (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  seal_and_forget (fixture);
  cache_answer_rejected (fixture, mid, "field.pattern");
  cache_create (fixture, B, "other");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_cmpint (cache_get_item (request, 0)->number, ==, 2);
  g_assert_cmpint (request->seen, ==, 0);

  cache_discard (fixture, mid);
  g_autoptr (MadangPushRequest) again = cache_seal (fixture);
  g_assert_cmpint (again->seen, ==, 1);
}

static void
test_seal_limits (CacheFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < MADANG_WIRE_MAX_MUTATIONS + 5; i++)
    {
      g_autofree char *id = madang_id_new ();
      cache_create (fixture, id, "one of many");
    }
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_autoptr (MadangPushRequest) again = cache_seal (fixture);

  g_assert_cmpuint (request->items->len, ==, MADANG_WIRE_MAX_MUTATIONS);
  assert_same_request (request, again);
  g_assert_cmpint (cache_read_number (fixture, "SELECT max (number) FROM outbox"), ==,
                   MADANG_WIRE_MAX_MUTATIONS);
}

static void
test_seal_bytes (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *note = g_strnfill (19900, 'x');

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = madang_id_new ();
      g_autoptr (MadangMutation) mutation
          = madang_mutation_new (MADANG_OPERATION_CREATE, "leaflet", id);
      g_ptr_array_add (mutation->edits,
                       madang_edit_new ("note", NULL, g_variant_new_string (note)));
      cache_queue (fixture, mutation);
    }
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_autoptr (GBytes) bytes = madang_push_request_to_bytes (request);

  g_assert_cmpuint (g_bytes_get_size (bytes), <=, MADANG_WIRE_MAX_REQUEST);
  g_assert_cmpuint (request->items->len, >, 40);
  g_assert_cmpuint (request->items->len, <, 60);
}

static void
test_no_device (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (madang_cache_set_setting (fixture->cache, "device", NULL, NULL));
  cache_create (fixture, A, "first");
  g_assert_null (madang_cache_seal (fixture->cache, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
}

/* --- numbers that do not fit ---------------------------------------------------------------- */

static void
test_rotate (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSigningKey) key = madang_signing_key_new ();
  g_autofree char *public_key = madang_signing_key_dup_public (key);
  g_autoptr (GError) error = NULL;

  cache_pull_old (fixture, A);
  const char *done = cache_patch (fixture, A, "title", "old", "new");
  seal_and_forget (fixture);
  cache_answer_applied (fixture, done, A, "draft", 4, "{\"title\":\"new\"}");
  const char *mid = cache_patch (fixture, A, "title", "new", "newer");
  g_autoptr (MadangPushRequest) before = cache_seal (fixture);
  g_assert_cmpint (cache_get_item (before, 0)->number, ==, 2);

  madang_cache_rotate_device (fixture->cache, OTHER_DEVICE, key, &error);
  g_assert_no_error (error);
  /* Once in a request, a mutation does not grow any more, whatever its number is. */
  g_assert_cmpstr (cache_patch (fixture, A, "title", "newer", "newest"), !=, mid);
  g_autoptr (MadangPushRequest) after = cache_seal (fixture);
  gsize length = 0;
  gconstpointer bytes = g_bytes_get_data (cache_get_item (after, 0)->body, &length);
  g_assert_cmpstr (after->device, ==, OTHER_DEVICE);
  g_assert_cmpint (after->seen, ==, 0);
  g_assert_cmpint (cache_get_item (after, 0)->number, ==, 1);
  g_assert_true (g_bytes_equal (cache_get_item (before, 0)->body, cache_get_item (after, 0)->body));
  g_assert_true (
      madang_signature_verify (public_key, cache_get_item (after, 0)->signature, bytes, length));
}

static void
push_patches (CacheFixture *fixture, guint n_patches)
{
  for (guint i = 0; i < n_patches; i++)
    {
      g_autofree char *doc = g_strdup_printf ("{\"count\":%u}", i + 2);
      const char *mid = cache_patch_number (fixture, A, "count", i + 1, i + 2);
      g_autoptr (MadangPushRequest) request = cache_seal (fixture);
      cache_answer_applied (fixture, mid, A, "draft", 4 + i, doc);
    }
}

static void
test_resend (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_pull_old (fixture, A);
  push_patches (fixture, 3);
  cache_patch (fixture, A, "note", NULL, "m");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_cmpint (cache_get_item (request, 0)->number, ==, 4);

  g_assert_true (madang_cache_resend_from (fixture->cache, 4, &error));
  g_assert_no_error (error);
  g_assert_true (madang_cache_resend_from (fixture->cache, 2, &error));
  g_assert_no_error (error);
  g_autoptr (MadangPushRequest) longer = cache_seal (fixture);
  g_assert_cmpuint (longer->items->len, ==, 3);
  g_assert_cmpint (longer->seen, ==, 1);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (cache_get_item (longer, i)->number, ==, 2 + i);
  g_assert_true (
      g_bytes_equal (cache_get_item (request, 0)->body, cache_get_item (longer, 2)->body));
  /* What is only repeated does not change what the person sees. */
  g_autoptr (MadangRecord) record = cache_get (fixture, A);
  g_assert_cmpint (madang_record_get_number (record, "count", 0), ==, 4);
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 3);
}

static void
assert_needs_rotation (CacheFixture *fixture, gint64 number)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_cache_resend_from (fixture->cache, number, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_CONFLICT);
}

static void
test_resend_is_not_enough (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  push_patches (fixture, 3);
  /* Someone has used our numbers. */
  assert_needs_rotation (fixture, 5);
  assert_needs_rotation (fixture, 0);
  /* The journal has a gap. */
  cache_run (fixture, "DELETE FROM sent WHERE number = 2");
  assert_needs_rotation (fixture, 1);
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 0);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM sent"), ==, 2);
}

/* What the person gave up took a number, and is not sent after all. */
static void
test_resend_leaves_discarded (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  seal_and_forget (fixture);
  cache_answer_rejected (fixture, mid, "field.pattern");
  cache_discard (fixture, mid);
  assert_needs_rotation (fixture, 1);
  g_autoptr (MadangPushRequest) none = cache_seal (fixture);
  g_assert_null (none);
}

static void
test_resend_asks_about_refused (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  seal_and_forget (fixture);
  cache_answer_rejected (fixture, mid, "field.pattern");
  g_assert_true (madang_cache_resend_from (fixture->cache, 1, &error));
  g_assert_no_error (error);
  cache_assert_state (fixture, A, "draft", 1, FALSE);
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_cmpint (cache_get_item (request, 0)->number, ==, 1);
}

static void
test_replay_journal (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_pull_old (fixture, A);
  push_patches (fixture, 3);
  cache_patch (fixture, A, "note", NULL, "m");
  g_assert_true (madang_cache_reset_cursors (fixture->cache, &error));
  g_assert_true (madang_cache_replay_journal (fixture->cache, &error));
  g_assert_no_error (error);
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_cmpuint (request->items->len, ==, 4);
  g_assert_cmpint (request->seen, ==, 0);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (cache_get_item (request, i)->number, ==, 1 + i);
  g_autoptr (MadangRecord) record = cache_get (fixture, A);
  g_assert_cmpint (madang_record_get_number (record, "count", 0), ==, 4);

  /* The restored server still had the first two; its versions are lower than those known here. */
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *mid = cache_dup_item_mid (request, i);
      g_autofree char *doc = g_strdup_printf ("{\"count\":%u}", i + 2);
      cache_answer_applied (fixture, mid, A, "draft", 2 + i, doc);
    }
  g_autoptr (MadangRecord) later = cache_get (fixture, A);
  g_assert_cmpint (madang_record_get_version (later, MADANG_PART_MAIN), ==, 4);
  g_assert_cmpint (madang_record_get_number (later, "count", 0), ==, 4);
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 1);
}

/* What the person gave up is not sent after all. */
static void
test_replay_leaves_discarded (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  seal_and_forget (fixture);
  cache_answer_rejected (fixture, mid, "field.pattern");
  cache_discard (fixture, mid);
  g_assert_true (madang_cache_replay_journal (fixture->cache, &error));
  g_autoptr (MadangPushRequest) none = cache_seal (fixture);
  g_assert_null (none);
}

/* After a rotation the numbers of the journal are gone: all are counted anew, in their order. */
static void
test_replay_after_rotation (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSigningKey) key = madang_signing_key_new ();
  g_autofree char *public_key = madang_signing_key_dup_public (key);
  g_autoptr (GError) error = NULL;

  cache_pull_old (fixture, A);
  push_patches (fixture, 2);
  g_assert_true (madang_cache_rotate_device (fixture->cache, OTHER_DEVICE, key, &error));
  cache_patch (fixture, A, "note", NULL, "m");
  g_autoptr (MadangPushRequest) before = cache_seal (fixture);
  g_assert_true (madang_cache_replay_journal (fixture->cache, &error));
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);

  g_assert_cmpuint (request->items->len, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      gsize length = 0;
      gconstpointer bytes = g_bytes_get_data (cache_get_item (request, i)->body, &length);
      g_assert_true (madang_signature_verify (public_key, cache_get_item (request, i)->signature,
                                              bytes, length));
    }
  g_assert_true (
      g_bytes_equal (cache_get_item (before, 0)->body, cache_get_item (request, 2)->body));
  g_assert_cmpint (cache_get_item (request, 2)->number, >, cache_get_item (request, 1)->number);
}

static void
test_void (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *public_key = madang_signing_key_dup_public (fixture->key);
  g_autoptr (GError) error = NULL;

  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  cache_create (fixture, B, "other");
  g_autoptr (MadangPushRequest) before = cache_seal (fixture);
  madang_cache_void_mutation (fixture->cache, mid, fixture->key, CACHE_NOW, &error);
  g_assert_no_error (error);

  cache_assert_text (fixture, A, "title", "mine");
  cache_assert_state (fixture, A, "draft", 0, TRUE);
  g_autoptr (GPtrArray) list = cache_list_waiting (fixture);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (cache_get_waiting (list, 0)->code, ==, "undigested");
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 1);

  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_autoptr (MadangMutation) mutation
      = madang_mutation_from_bytes (cache_get_item (request, 0)->body, &error);
  gsize length = 0;
  gconstpointer bytes = g_bytes_get_data (cache_get_item (request, 0)->body, &length);
  g_assert_no_error (error);
  g_assert_cmpint (mutation->operation, ==, MADANG_OPERATION_VOID);
  g_assert_cmpint (cache_get_item (request, 0)->number, ==, 1);
  g_assert_true (
      madang_signature_verify (public_key, cache_get_item (request, 0)->signature, bytes, length));
  g_assert_true (
      g_bytes_equal (cache_get_item (before, 1)->body, cache_get_item (request, 1)->body));

  cache_answer (fixture, cache_new_result (mutation->mid, MADANG_OUTCOME_REJECTED), NULL);
  g_autoptr (MadangPushRequest) rest = cache_seal (fixture);
  g_assert_cmpuint (rest->items->len, ==, 1);
  g_assert_false (
      madang_cache_void_mutation (fixture->cache, mid, fixture->key, CACHE_NOW, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);

#define ADD(path, function)                                                                        \
  g_test_add (path, CacheFixture, NULL, cache_set_up, function, cache_tear_down)
  ADD ("/cache/seal", test_seal);
  ADD ("/cache/seal/later", test_seal_later);
  ADD ("/cache/seal/refused", test_seal_keeps_refusals);
  ADD ("/cache/seal/limits", test_seal_limits);
  ADD ("/cache/seal/bytes", test_seal_bytes);
  ADD ("/cache/seal/no-device", test_no_device);
  ADD ("/cache/numbers/rotate", test_rotate);
  ADD ("/cache/numbers/resend", test_resend);
  ADD ("/cache/numbers/resend/not-enough", test_resend_is_not_enough);
  ADD ("/cache/numbers/resend/refused", test_resend_asks_about_refused);
  ADD ("/cache/numbers/resend/discarded", test_resend_leaves_discarded);
  ADD ("/cache/numbers/replay", test_replay_journal);
  ADD ("/cache/numbers/replay/discarded", test_replay_leaves_discarded);
  ADD ("/cache/numbers/replay/rotated", test_replay_after_rotation);
  ADD ("/cache/numbers/void", test_void);
  return g_test_run ();
}
