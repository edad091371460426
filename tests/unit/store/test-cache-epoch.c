/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-error.h"

#define A "0190a000-0000-7000-8000-00000000000a"
#define B "0190a000-0000-7000-8000-00000000000b"
#define AGENCY "agency:a"
#define OFFICE "office"

/* A server that was restored from a backup. */

static void
test_other_epoch (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();
  g_autoptr (GError) error = NULL;

  line->type = MADANG_PULL_OPEN;
  line->epoch = g_strdup ("second");
  g_assert_true (cache_tell (fixture, line, &error));
  g_assert_true (madang_cache_set_setting (fixture->cache, "epoch", "first", NULL));
  g_assert_false (cache_tell (fixture, line, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_CONFLICT);
  madang_cache_pull_finish (fixture->cache);
}

static void
test_new_epoch (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_follow (fixture, AGENCY, OFFICE, NULL);
  cache_tell_title (fixture, AGENCY, A, 5, "five");
  cache_tell_title (fixture, OFFICE, A, 5, "five");
  cache_tell_title (fixture, AGENCY, B, 5, "five");
  cache_tell_done (fixture, AGENCY, "e.1");
  cache_tell_done (fixture, OFFICE, "e.1");
  g_assert_true (madang_cache_reset_cursors (fixture->cache, &error));
  cache_assert_cursor (fixture, AGENCY, "");
  g_assert_true (cache_has (fixture, B));

  /* The backup was older: its versions are lower, and count. */
  g_hash_table_remove_all (fixture->told);
  cache_tell_title (fixture, AGENCY, A, 3, "three");
  cache_tell_mark (fixture, AGENCY, "f.1");
  cache_assert_text (fixture, A, "title", "three");
  /* From there on versions rise again. */
  cache_tell_title (fixture, OFFICE, A, 2, "late");
  cache_tell_mark (fixture, OFFICE, "f.1");
  cache_assert_text (fixture, A, "title", "three");
  cache_tell_title (fixture, OFFICE, A, 4, "four");
  cache_tell_done (fixture, OFFICE, "f.2");
  cache_assert_text (fixture, A, "title", "four");
  cache_tell_title (fixture, AGENCY, A, 4, "four");
  cache_tell_done (fixture, AGENCY, "f.2");
  g_assert_false (cache_has (fixture, B));
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM renewed"), ==, 0);
  cache_tell_title (fixture, AGENCY, A, 3, "three");
  cache_tell_mark (fixture, AGENCY, "f.3");
  cache_assert_text (fixture, A, "title", "four");
}

/* A change that was sent again brings back what the backup did not have: its versions count from
 * one, whatever was known of it before. */
static void
test_new_epoch_forgets (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_follow (fixture, AGENCY, NULL);
  cache_tell_title (fixture, AGENCY, A, 4, "four");
  cache_tell_title (fixture, AGENCY, B, 4, "four");
  cache_tell_done (fixture, AGENCY, "e.1");
  cache_tell_delete (fixture, AGENCY, A, MADANG_PART_MAIN, 5);
  cache_tell_done (fixture, AGENCY, "e.2");
  const char *mid = cache_patch (fixture, B, "title", "four", "mine");

  g_assert_true (madang_cache_reset_cursors (fixture->cache, &error));
  g_hash_table_remove_all (fixture->told);
  cache_tell_done (fixture, AGENCY, "f.1");
  cache_assert_text (fixture, B, "title", "mine");

  cache_tell_title (fixture, AGENCY, A, 1, "again");
  cache_tell_title (fixture, AGENCY, B, 1, "again");
  cache_tell_done (fixture, AGENCY, "f.2");
  cache_assert_text (fixture, A, "title", "again");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_nonnull (request);
  cache_answer_applied (fixture, mid, B, "draft", 2, "{\"title\":\"mine\"}");
  cache_assert_state (fixture, B, "draft", 0, FALSE);
  cache_assert_text (fixture, B, "title", "mine");
}

static void
test_new_epoch_undeletes (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_follow (fixture, AGENCY, NULL);
  cache_tell_delete (fixture, AGENCY, A, MADANG_PART_MAIN, 3);
  cache_tell_delete (fixture, AGENCY, A, MADANG_PART_PERSONAL, 2);
  cache_tell_done (fixture, AGENCY, "e.1");

  g_assert_true (madang_cache_reset_cursors (fixture->cache, &error));
  g_hash_table_remove_all (fixture->told);
  cache_tell_put (fixture, AGENCY, A, MADANG_PART_PERSONAL, 1, NULL, "{\"phone\":\"02-120\"}");
  cache_tell_title (fixture, AGENCY, A, 2, "alive");
  cache_tell_done (fixture, AGENCY, "f.1");
  cache_assert_text (fixture, A, "title", "alive");
  cache_assert_text (fixture, A, "phone", "02-120");
}

/* What only the answer to a push told was on the server of before. */
static void
test_new_epoch_drops_answers (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_follow (fixture, AGENCY, NULL);
  cache_tell_done (fixture, AGENCY, "e.1");
  const char *mid = cache_create (fixture, A, "made");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_nonnull (request);
  cache_answer_applied (fixture, mid, A, "draft", 1, "{\"title\":\"made\"}");
  g_assert_true (cache_has (fixture, A));

  g_assert_true (madang_cache_reset_cursors (fixture->cache, &error));
  cache_tell_done (fixture, AGENCY, "f.1");
  g_assert_false (cache_has (fixture, A));
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);

#define ADD(path, function)                                                                        \
  g_test_add (path, CacheFixture, NULL, cache_set_up, function, cache_tear_down)
  ADD ("/cache/epoch/other", test_other_epoch);
  ADD ("/cache/epoch/new", test_new_epoch);
  ADD ("/cache/epoch/new/forgets", test_new_epoch_forgets);
  ADD ("/cache/epoch/new/undeletes", test_new_epoch_undeletes);
  ADD ("/cache/epoch/new/answers", test_new_epoch_drops_answers);
  return g_test_run ();
}
