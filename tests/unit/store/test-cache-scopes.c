/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-error.h"
#include "madang-id.h"

#include <string.h>

#define A "0190a000-0000-7000-8000-00000000000a"
#define B "0190a000-0000-7000-8000-00000000000b"
#define C "0190a000-0000-7000-8000-00000000000c"
#define AGENCY "agency:a"
#define OFFICE "office"

/* --- scopes ------------------------------------------------------------------------------- */

static void
test_two_scopes (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, OFFICE, NULL);
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_title (fixture, OFFICE, A, 1, "one");
  cache_tell_title (fixture, AGENCY, B, 1, "two");
  cache_tell_done (fixture, AGENCY, "e.1");
  cache_tell_done (fixture, OFFICE, "e.1");
  cache_tell_left (fixture, AGENCY, A, MADANG_PART_MAIN);
  cache_tell_left (fixture, AGENCY, B, MADANG_PART_MAIN);
  cache_tell_done (fixture, AGENCY, "e.2");
  cache_assert_text (fixture, A, "title", "one");
  g_assert_false (cache_has (fixture, B));
  cache_tell_left (fixture, OFFICE, A, MADANG_PART_MAIN);
  cache_tell_done (fixture, OFFICE, "e.2");
  g_assert_false (cache_has (fixture, A));

  /* Come back, it is news again. */
  cache_tell_title (fixture, OFFICE, A, 1, "one");
  cache_tell_done (fixture, OFFICE, "e.3");
  cache_assert_text (fixture, A, "title", "one");
}

static void
test_part_left (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, "office-personal", NULL);
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_put (fixture, "office-personal", A, MADANG_PART_PERSONAL, 1, NULL,
                  "{\"phone\":\"02-120\"}");
  cache_tell_done (fixture, AGENCY, "e.1");
  cache_tell_done (fixture, "office-personal", "e.1");
  cache_tell_left (fixture, "office-personal", A, MADANG_PART_PERSONAL);
  cache_tell_done (fixture, "office-personal", "e.2");
  g_autoptr (MadangRecord) record = cache_get (fixture, A);
  g_assert_false (madang_record_has_part (record, MADANG_PART_PERSONAL));
  g_assert_cmpint (madang_record_get_version (record, MADANG_PART_PERSONAL), ==, 0);
  g_assert_cmpstr (madang_record_get_text (record, "title"), ==, "one");
  g_assert_cmpint (cache_read_number (fixture,
                                      "SELECT count (*) FROM record WHERE personal IS NOT NULL"),
                   ==, 0);
}

static void
test_scope_gone (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, OFFICE, NULL);
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_title (fixture, OFFICE, A, 1, "one");
  cache_tell_title (fixture, OFFICE, B, 1, "two");
  cache_tell_done (fixture, AGENCY, "e.1");
  cache_tell_done (fixture, OFFICE, "e.1");
  g_ptr_array_set_size (fixture->changed, 0);
  cache_follow (fixture, AGENCY, NULL);
  g_assert_true (cache_has (fixture, A));
  g_assert_false (cache_has (fixture, B));
  g_assert_cmpuint (fixture->changed->len, ==, 2);
  cache_assert_cursor (fixture, OFFICE, NULL);
  cache_assert_cursor (fixture, AGENCY, "e.1");

  /* Followed again, it starts from the beginning. */
  cache_follow (fixture, AGENCY, OFFICE, NULL);
  cache_assert_cursor (fixture, OFFICE, "");
}

static void
tell_revoked (CacheFixture *fixture, const char *scope)
{
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();
  g_autoptr (GError) error = NULL;

  line->type = MADANG_PULL_REVOKE;
  line->scope = g_strdup (scope);
  line->why = g_strdup ("cut");
  cache_tell (fixture, line, &error);
  g_assert_no_error (error);
}

static void
test_revoked (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, OFFICE, NULL);
  cache_tell_title (fixture, OFFICE, A, 1, "one");
  cache_tell_title (fixture, OFFICE, B, 1, "two");
  cache_tell_done (fixture, OFFICE, "e.1");
  const char *mid = cache_patch (fixture, A, "title", "one", "mine");
  tell_revoked (fixture, OFFICE);
  /* What waits is still sent, so it stays until it has an outcome. */
  g_assert_false (cache_has (fixture, B));
  cache_assert_text (fixture, A, "title", "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_cmpuint (request->items->len, ==, 1);
  cache_answer_rejected (fixture, mid, "right.none");
  /* The content of the scope is gone; what the person did is kept for the person. */
  g_assert_false (cache_has (fixture, A));
  g_autoptr (GPtrArray) list = madang_cache_list_waiting (fixture->cache, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpuint (madang_cache_count_troubled (fixture->cache), ==, 1);
}

/* FALSE: no file of the folder has the marker in it. */
static gboolean
find_bytes (CacheFixture *fixture, const char *marker)
{
  GDir *dir = g_dir_open (fixture->directory, 0, NULL);
  const char *name = NULL;
  gboolean found = FALSE;

  g_assert_nonnull (dir);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
      g_autofree char *content = NULL;
      gsize length = 0;
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      found |= memmem (content, length, marker, strlen (marker)) != NULL;
    }
  g_dir_close (dir);
  return found;
}

static void
test_purged_bytes (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, OFFICE, NULL);
  /* Something of another scope goes on waiting, so that no log empties by itself. */
  cache_create (fixture, B, "waits");
  cache_pull_one (fixture, OFFICE, A, 1, NULL, "{\"title\":\"marker-one\"}");
  const char *mid = cache_patch (fixture, A, "title", "marker-one", "marker-two");
  cache_answer_applied (fixture, mid, A, "draft", 2, "{\"title\":\"marker-two\"}");
  cache_pull_one (fixture, OFFICE, A, 3, NULL, "{\"title\":\"marker-three\"}");
  g_assert_true (find_bytes (fixture, "marker-three"));
  /* What is searched has no punctuation. */
  g_assert_true (find_bytes (fixture, "markerthree"));
  tell_revoked (fixture, OFFICE);
  g_assert_false (find_bytes (fixture, "markerone"));
  g_assert_false (find_bytes (fixture, "markerthree"));
  g_assert_false (find_bytes (fixture, "marker-one"));
  g_assert_false (find_bytes (fixture, "marker-two"));
  g_assert_false (find_bytes (fixture, "marker-three"));
  /* In the log of unsent changes values are in base64. */
  g_assert_false (find_bytes (fixture, mid));
}

/* What the answer to a push brought goes as well, though no feed told of it. */
static void
test_purged_answers (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, OFFICE, NULL);
  const char *mid = cache_create (fixture, A, "mine");
  cache_answer_applied (fixture, mid, A, "draft", 1, "{\"title\":\"mine\"}");
  g_assert_true (cache_has (fixture, A));
  cache_follow (fixture, AGENCY, NULL);
  g_assert_false (cache_has (fixture, A));
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM member"), ==, 0);
}

static void
test_purge_goes_on (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, OFFICE, NULL);
  for (guint i = 0; i < 450; i++)
    {
      g_autofree char *id = madang_id_new ();
      cache_tell_title (fixture, OFFICE, id, 1, "many");
    }
  cache_tell_done (fixture, OFFICE, "e.1");
  /* Killed in the middle of a purge. */
  cache_run (fixture, "UPDATE scope SET purging = 1 WHERE name = 'office'");
  cache_close (fixture);
  cache_open (fixture, FALSE);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM record"), ==, 0);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM member"), ==, 0);
  cache_assert_cursor (fixture, OFFICE, NULL);
}

/* --- answers that come late ----------------------------------------------------------------- */

/* A whole pull, from the request to its end. */
static void
pull_nothing (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPullRequest) request = madang_cache_build_pull (fixture->cache, &error);
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();

  g_assert_no_error (error);
  line->type = MADANG_PULL_END;
  cache_tell (fixture, line, &error);
  g_assert_no_error (error);
  madang_cache_pull_finish (fixture->cache);
}

/* The feed told that the record left; then came an answer from before that. */
static void
test_answer_after_left (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, OFFICE, NULL);
  cache_tell_title (fixture, OFFICE, A, 1, "one");
  cache_tell_done (fixture, OFFICE, "e.1");
  const char *mid = cache_patch (fixture, A, "title", "one", "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_nonnull (request);
  cache_tell_left (fixture, OFFICE, A, MADANG_PART_MAIN);
  cache_tell_done (fixture, OFFICE, "e.2");
  cache_answer_applied (fixture, mid, A, "submitted", 2, "{\"title\":\"mine\"}");
  pull_nothing (fixture);
  g_assert_false (cache_has (fixture, A));
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM member"), ==, 0);
}

static void
test_answer_after_revoked (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, OFFICE, NULL);
  const char *mid = cache_create (fixture, A, "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_nonnull (request);
  tell_revoked (fixture, AGENCY);
  cache_answer_applied (fixture, mid, A, "draft", 1, "{\"title\":\"mine\"}");
  cache_close (fixture);
  cache_open (fixture, FALSE);
  pull_nothing (fixture);
  g_assert_false (cache_has (fixture, A));
}

/* An answer that comes during a pull may tell of what the pull does not have yet. */
static void
test_answer_during_pull (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_follow (fixture, AGENCY, NULL);
  const char *mid = cache_create (fixture, A, "mine");
  g_autoptr (MadangPullRequest) request = madang_cache_build_pull (fixture->cache, &error);
  g_assert_no_error (error);
  cache_answer_applied (fixture, mid, A, "draft", 1, "{\"title\":\"mine\"}");
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();
  line->type = MADANG_PULL_END;
  cache_tell (fixture, line, &error);
  g_assert_no_error (error);
  g_assert_true (cache_has (fixture, A));

  /* One that says that there is more has not told all yet. */
  g_autoptr (MadangPullRequest) next = madang_cache_build_pull (fixture->cache, &error);
  line->more = TRUE;
  cache_tell (fixture, line, &error);
  g_assert_true (cache_has (fixture, A));
  cache_tell_title (fixture, AGENCY, A, 1, "mine");
  cache_tell_done (fixture, AGENCY, "e.1");
  pull_nothing (fixture);
  g_assert_true (cache_has (fixture, A));
}

/* --- snapshots ---------------------------------------------------------------------------- */

static void
test_reset_sweeps (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, OFFICE, NULL);
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_title (fixture, AGENCY, B, 1, "two");
  cache_tell_title (fixture, AGENCY, C, 1, "three");
  cache_tell_title (fixture, OFFICE, C, 1, "three");
  cache_tell_done (fixture, AGENCY, "e.1");
  cache_tell_done (fixture, OFFICE, "e.1");
  cache_patch (fixture, B, "title", "two", "mine");

  cache_tell_reset (fixture, AGENCY);
  cache_tell_title (fixture, AGENCY, A, 1, "one again");
  cache_tell_mark (fixture, AGENCY, "e.2");
  /* Until it is complete, everything is still there. */
  cache_assert_text (fixture, A, "title", "one again");
  g_assert_true (cache_has (fixture, B));
  g_assert_true (cache_has (fixture, C));
  cache_tell_done (fixture, AGENCY, "e.3");
  cache_assert_text (fixture, B, "title", "mine");
  g_assert_true (cache_has (fixture, C));
  cache_assert_cursor (fixture, AGENCY, "e.3");

  cache_tell_reset (fixture, OFFICE);
  cache_tell_done (fixture, OFFICE, "e.3");
  g_assert_false (cache_has (fixture, C));
  g_assert_true (cache_has (fixture, A));
  g_assert_true (cache_has (fixture, B));
}

/* Cut off in the middle, it goes on from its mark and sweeps all the same. */
static void
test_reset_interrupted (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_title (fixture, AGENCY, B, 1, "two");
  cache_tell_title (fixture, AGENCY, C, 1, "three");
  cache_tell_done (fixture, AGENCY, "e.1");
  cache_tell_reset (fixture, AGENCY);
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_mark (fixture, AGENCY, "e.2");
  madang_cache_pull_finish (fixture->cache);
  cache_close (fixture);
  cache_open (fixture, FALSE);
  cache_tell_title (fixture, AGENCY, B, 1, "two");
  cache_tell_done (fixture, AGENCY, "e.3");
  g_assert_true (cache_has (fixture, A));
  g_assert_true (cache_has (fixture, B));
  g_assert_false (cache_has (fixture, C));
}

static void
test_digest_differs (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_title (fixture, AGENCY, B, 1, "two");
  cache_tell_done (fixture, AGENCY, "e.1");

  /* The feed lost something: the next digest tells. */
  cache_tell_wrong_done (fixture, AGENCY, "e.2");
  cache_assert_cursor (fixture, AGENCY, "");
  g_assert_true (cache_has (fixture, B));

  /* The new snapshot repairs it, also where the version is the known one. */
  g_hash_table_remove_all (fixture->told);
  cache_tell_title (fixture, AGENCY, A, 1, "repaired");
  cache_tell_done (fixture, AGENCY, "e.3");
  cache_assert_cursor (fixture, AGENCY, "e.3");
  cache_assert_text (fixture, A, "title", "repaired");
  g_assert_false (cache_has (fixture, B));
}

/* A server that counts wrongly costs one snapshot, not one after the other. */
static void
test_digest_differs_again (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_wrong_done (fixture, AGENCY, "e.1");
  cache_assert_cursor (fixture, AGENCY, "");
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_wrong_done (fixture, AGENCY, "e.1");
  cache_assert_cursor (fixture, AGENCY, "e.1");
  /* With the next news it is asked again. */
  cache_tell_title (fixture, AGENCY, B, 1, "two");
  cache_tell_wrong_done (fixture, AGENCY, "e.2");
  cache_assert_cursor (fixture, AGENCY, "");
}

static void
test_digest_follows_changes (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_put (fixture, AGENCY, A, MADANG_PART_PERSONAL, 1, NULL, "{}");
  cache_tell_title (fixture, AGENCY, B, 1, "two");
  cache_tell_done (fixture, AGENCY, "e.1");
  cache_tell_title (fixture, AGENCY, A, 2, "one");
  cache_tell_delete (fixture, AGENCY, B, MADANG_PART_MAIN, 2);
  cache_tell_left (fixture, AGENCY, A, MADANG_PART_PERSONAL);
  /* Told twice, left twice. */
  cache_tell_title (fixture, AGENCY, A, 2, "one");
  cache_tell_left (fixture, AGENCY, A, MADANG_PART_PERSONAL);
  cache_tell_done (fixture, AGENCY, "e.2");
  cache_assert_cursor (fixture, AGENCY, "e.2");
  g_assert_cmpint (cache_read_number (fixture, "SELECT count FROM scope"), ==, 1);
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);

#define ADD(path, function)                                                                        \
  g_test_add (path, CacheFixture, NULL, cache_set_up, function, cache_tear_down)
  ADD ("/cache/scopes/two", test_two_scopes);
  ADD ("/cache/scopes/part-left", test_part_left);
  ADD ("/cache/scopes/gone", test_scope_gone);
  ADD ("/cache/scopes/revoked", test_revoked);
  ADD ("/cache/scopes/purged-bytes", test_purged_bytes);
  ADD ("/cache/scopes/purged-answers", test_purged_answers);
  ADD ("/cache/scopes/purge-goes-on", test_purge_goes_on);
  ADD ("/cache/answers/after-left", test_answer_after_left);
  ADD ("/cache/answers/after-revoked", test_answer_after_revoked);
  ADD ("/cache/answers/during-pull", test_answer_during_pull);
  ADD ("/cache/snapshot/sweeps", test_reset_sweeps);
  ADD ("/cache/snapshot/interrupted", test_reset_interrupted);
  ADD ("/cache/snapshot/digest", test_digest_differs);
  ADD ("/cache/snapshot/digest-again", test_digest_differs_again);
  ADD ("/cache/snapshot/digest-follows", test_digest_follows_changes);
  return g_test_run ();
}
