/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-error.h"
#include "madang-statement.h"
#include "madang-wire-limits.h"

#define A "0190a000-0000-7000-8000-00000000000a"
#define B "0190a000-0000-7000-8000-00000000000b"
#define C "0190a000-0000-7000-8000-00000000000c"
#define CONFLICT "0190a000-0000-7000-8000-00000000000f"
#define AGENCY "agency:a"
#define OFFICE "office"

/* --- commits ------------------------------------------------------------------------------ */

static void
test_first (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_follow (fixture, AGENCY, OFFICE, NULL);
  g_autoptr (MadangPullRequest) request = madang_cache_build_pull (fixture->cache, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (request->cursors), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (request->cursors, AGENCY), ==, "");
  g_assert_cmpuint (request->page, ==, MADANG_WIRE_PAGE);

  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_put (fixture, AGENCY, A, MADANG_PART_PERSONAL, 2, NULL, "{\"phone\":\"02-120\"}");
  g_assert_false (cache_has (fixture, A));
  g_assert_cmpuint (fixture->changed->len, ==, 0);
  cache_tell_mark (fixture, AGENCY, "e.1");
  g_assert_cmpuint (fixture->changed->len, ==, 2);
  cache_assert_text (fixture, A, "title", "one");
  cache_assert_text (fixture, A, "phone", "02-120");
  cache_assert_state (fixture, A, "draft", 0, FALSE);
  cache_assert_cursor (fixture, AGENCY, "e.1");
  cache_assert_cursor (fixture, OFFICE, "");
  g_autoptr (MadangRecord) record = cache_get (fixture, A);
  g_assert_cmpint (madang_record_get_version (record, MADANG_PART_MAIN), ==, 1);
  g_assert_cmpint (madang_record_get_version (record, MADANG_PART_PERSONAL), ==, 2);
  g_assert_cmpstr (madang_record_get_scope (record), ==, AGENCY);
  g_assert_cmpint (
      cache_read_number (fixture, "SELECT complete FROM scope WHERE name = 'agency:a'"), ==, 0);
  cache_tell_done (fixture, AGENCY, "e.2");
  g_assert_cmpint (
      cache_read_number (fixture, "SELECT complete FROM scope WHERE name = 'agency:a'"), ==, 1);
}

static void
test_cut_off (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_mark (fixture, AGENCY, "e.1");
  cache_tell_title (fixture, AGENCY, B, 1, "two");
  madang_cache_pull_finish (fixture->cache);
  cache_tell_mark (fixture, AGENCY, "e.1");
  g_assert_true (cache_has (fixture, A));
  g_assert_false (cache_has (fixture, B));
  cache_assert_cursor (fixture, AGENCY, "e.1");
}

/* After a commit that failed, a later mark must not take the cursor past its rows. */
static void
test_disk_full (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *title = g_strnfill (30000, 'x');
  g_autoptr (MadangPullLine) mark = madang_pull_line_new ();
  g_autoptr (GError) error = NULL;

  cache_follow (fixture, AGENCY, NULL);
  gint64 pages = cache_read_number (fixture, "PRAGMA page_count");
  g_autofree char *limit = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, pages + 2);
  cache_read_number (fixture, limit);
  cache_tell_title (fixture, AGENCY, A, 1, title);
  mark->type = MADANG_PULL_MARK;
  mark->scope = g_strdup (AGENCY);
  mark->cursor = g_strdup ("e.1");
  g_assert_false (cache_tell (fixture, mark, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_false (cache_tell (fixture, mark, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  madang_cache_pull_finish (fixture->cache);
  cache_assert_cursor (fixture, AGENCY, "");
  g_assert_cmpuint (fixture->changed->len, ==, 0);

  cache_read_number (fixture, "PRAGMA max_page_count = 100000");
  cache_tell_title (fixture, AGENCY, A, 1, title);
  cache_tell_mark (fixture, AGENCY, "e.1");
  cache_assert_text (fixture, A, "title", title);
}

static void
test_endless_page (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();
  g_autoptr (GError) error = NULL;
  guint taken = 0;

  line->type = MADANG_PULL_LEFT;
  line->scope = g_strdup (AGENCY);
  line->kind = g_strdup ("leaflet");
  line->id = g_strdup (A);
  while (taken < 100 * MADANG_WIRE_PAGE && cache_tell (fixture, line, &error))
    taken++;
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE);
  g_assert_cmpuint (taken, ==, 4 * MADANG_WIRE_PAGE);
}

static void
test_heavy_page (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();
  g_autofree char *title = g_strnfill (60 * 1024, 'x');
  g_autoptr (GError) error = NULL;
  guint taken = 0;

  line->type = MADANG_PULL_PUT;
  line->scope = g_strdup (AGENCY);
  line->kind = g_strdup ("leaflet");
  line->id = g_strdup (A);
  line->version = 1;
  line->doc = g_strdup_printf ("{\"title\":\"%s\"}", title);
  while (taken < 4 * MADANG_WIRE_PAGE && cache_tell (fixture, line, &error))
    taken++;
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE);
  g_assert_cmpuint (taken, ==, 64 * 1024 * 1024 / strlen (line->doc));
  /* The next pull begins with nothing. */
  madang_cache_pull_finish (fixture->cache);
  g_clear_error (&error);
  g_assert_true (cache_tell (fixture, line, &error));
  g_assert_no_error (error);
}

static void
test_not_followed (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_tell_title (fixture, OFFICE, A, 1, "one");
  cache_tell_mark (fixture, OFFICE, "e.1");
  g_assert_false (cache_has (fixture, A));
}

static void
test_versions_only_rise (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 5, "submitted", "{\"title\":\"five\"}");
  cache_pull_one (fixture, AGENCY, A, 4, "draft", "{\"title\":\"four\"}");
  cache_assert_text (fixture, A, "title", "five");
  cache_assert_state (fixture, A, "submitted", 0, FALSE);
  cache_pull_one (fixture, AGENCY, A, 5, "submitted", "{\"title\":\"other five\"}");
  cache_assert_text (fixture, A, "title", "five");
  cache_pull_one (fixture, AGENCY, A, 6, "received", "{\"title\":\"six\"}");
  cache_assert_text (fixture, A, "title", "six");
  cache_assert_state (fixture, A, "received", 0, FALSE);
}

/* The state goes with the main part: a late row of the other one does not set it back. */
static void
test_state_of_the_main_part (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 5, "submitted", "{\"title\":\"five\"}");
  cache_tell_put (fixture, AGENCY, A, MADANG_PART_PERSONAL, 2, "draft", "{\"phone\":\"1\"}");
  cache_tell_done (fixture, AGENCY, "e.9");
  cache_assert_state (fixture, A, "submitted", 0, FALSE);
  cache_assert_text (fixture, A, "phone", "1");
}

static void
test_unknown_members (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 1, NULL, "{\"later\":{\"x\":1},\"title\":\"one\"}");
  cache_patch (fixture, A, "title", "one", "two");
  g_autoptr (MadangRecord) record = cache_get (fixture, A);
  g_assert_cmpstr (madang_record_get_extra (record, MADANG_PART_MAIN), ==, "{\"later\":{\"x\":1}}");
}

static void
test_unknown_kind (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_tell_put_kind (fixture, AGENCY, "future", A, 2, "odd", "{\"a\":1}");
  cache_tell_put_kind (fixture, AGENCY, "future", A, 1, "even", "{\"a\":0}");
  cache_tell_put_kind (fixture, AGENCY, "future", B, 1, "odd", "{\"b\":1}");
  cache_tell_done (fixture, AGENCY, "e.1");
  g_assert_false (cache_has (fixture, A));
  g_assert_cmpint (cache_read_number (fixture,
                                      "SELECT count (*) FROM record WHERE kind = 'future'"
                                      " AND v = 2 AND state = 'odd' AND main = '{\"a\":1}'"),
                   ==, 1);
  cache_tell_left (fixture, AGENCY, A, MADANG_PART_MAIN);
  cache_tell_delete_kind (fixture, AGENCY, "future", B, 2);
  cache_tell_done (fixture, AGENCY, "e.2");
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM record"), ==, 0);
}

/* One row that cannot be read stops nothing. */
static void
test_unreadable_row (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_tell_put (fixture, AGENCY, A, MADANG_PART_MAIN, 1, NULL, "{\"count\":\"many\"}");
  cache_tell_title (fixture, AGENCY, B, 1, "two");
  cache_tell_done (fixture, AGENCY, "e.1");
  g_assert_false (cache_has (fixture, A));
  cache_assert_text (fixture, B, "title", "two");
  cache_assert_cursor (fixture, AGENCY, "e.1");
}

static void
test_deleted (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 5, NULL, "{\"title\":\"five\"}");
  cache_tell_delete (fixture, AGENCY, A, MADANG_PART_MAIN, 6);
  cache_tell_done (fixture, AGENCY, "e.7");
  g_assert_false (cache_has (fixture, A));
  g_assert_cmpint (
      cache_read_number (fixture, "SELECT count (*) FROM record WHERE deleted AND main IS NULL"),
      ==, 1);
  /* A row that was under way does not bring it back, restoring does. */
  cache_pull_one (fixture, AGENCY, A, 5, NULL, "{\"title\":\"five\"}");
  g_assert_false (cache_has (fixture, A));
  cache_pull_one (fixture, AGENCY, A, 7, NULL, "{\"title\":\"seven\"}");
  cache_assert_text (fixture, A, "title", "seven");
}

/* --- beside changes that wait --------------------------------------------------------------- */

static void
test_rebased (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 1, NULL, "{\"note\":\"n\",\"title\":\"old\"}");
  cache_patch (fixture, A, "title", "old", "mine");
  cache_pull_one (fixture, AGENCY, A, 2, NULL, "{\"note\":\"theirs\",\"title\":\"old\"}");
  cache_assert_text (fixture, A, "title", "mine");
  cache_assert_text (fixture, A, "note", "theirs");
  cache_assert_state (fixture, A, "draft", 1, FALSE);
  /* Also where the server will say that someone was faster. */
  cache_pull_one (fixture, AGENCY, A, 3, NULL, "{\"note\":\"theirs\",\"title\":\"theirs\"}");
  cache_assert_text (fixture, A, "title", "mine");
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM shadow WHERE v = 3"), ==, 1);
}

static void
test_own_event_told_first (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 1, NULL, "{\"title\":\"old\"}");
  const char *mid = cache_event (fixture, A, "submit");
  cache_pull_one (fixture, AGENCY, A, 2, "received", "{\"number\":\"7\",\"title\":\"old\"}");
  cache_assert_state (fixture, A, "received", 1, FALSE);
  cache_answer_applied (fixture, mid, A, "submitted", 1, "{\"title\":\"old\"}");
  cache_assert_state (fixture, A, "received", 0, FALSE);
  cache_assert_text (fixture, A, "number", "7");
}

static void
test_own_creation_told_first (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  const char *mid = cache_create (fixture, A, "mine");
  cache_pull_one (fixture, AGENCY, A, 2, NULL, "{\"title\":\"already changed\"}");
  cache_assert_text (fixture, A, "title", "already changed");
  cache_answer_applied (fixture, mid, A, "draft", 1, "{\"title\":\"mine\"}");
  cache_assert_text (fixture, A, "title", "already changed");
  cache_assert_state (fixture, A, "draft", 0, FALSE);
}

/* Someone deleted what the person works on: it stays until the server has answered. */
static void
test_deleted_while_waiting (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 1, NULL, "{\"note\":\"n\",\"title\":\"old\"}");
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  cache_tell_delete (fixture, AGENCY, A, MADANG_PART_MAIN, 2);
  cache_tell_done (fixture, AGENCY, "e.5");
  cache_assert_text (fixture, A, "title", "mine");
  cache_assert_text (fixture, A, "note", "n");
  cache_assert_state (fixture, A, "draft", 1, TRUE);

  cache_answer (fixture, cache_new_result (mid, MADANG_OUTCOME_CONFLICT), NULL);
  g_assert_false (cache_has (fixture, A));
  g_assert_cmpint (
      cache_read_number (fixture, "SELECT count (*) FROM record WHERE deleted AND main IS NULL"),
      ==, 1);
}

static void
test_left_while_waiting (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 1, NULL, "{\"title\":\"old\"}");
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  cache_tell_left (fixture, AGENCY, A, MADANG_PART_MAIN);
  cache_tell_done (fixture, AGENCY, "e.5");
  cache_assert_text (fixture, A, "title", "mine");

  cache_answer (fixture, cache_new_result (mid, MADANG_OUTCOME_QUARANTINED), NULL);
  g_assert_false (cache_has (fixture, A));
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM record"), ==, 0);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM shadow"), ==, 0);
}

/* The conflict record may come before the record. */
static void
test_conflict_first (CacheFixture *fixture, gconstpointer data)
{
  const char *doc = "{\"author\":\"" B "\",\"home\":\"agency:a\",\"record\":\"" A
                    "\",\"record_kind\":\"leaflet\"}";

  cache_follow (fixture, AGENCY, NULL);
  cache_tell_put_kind (fixture, AGENCY, "conflict", CONFLICT, 1, "open", doc);
  cache_tell_mark (fixture, AGENCY, "e.1");
  cache_tell_title (fixture, AGENCY, A, 1, "one");
  cache_tell_title (fixture, AGENCY, C, 1, "three");
  cache_tell_done (fixture, AGENCY, "e.2");
  cache_assert_state (fixture, A, "draft", 0, TRUE);
  cache_assert_state (fixture, C, "draft", 0, FALSE);
  g_assert_cmpuint (madang_cache_count_troubled (fixture->cache), ==, 1);
}

/* --- readers ------------------------------------------------------------------------------ */

static void
test_reader (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 1, NULL, "{\"title\":\"one\"}");
  g_autoptr (MadangRecordStore) reader
      = madang_cache_open_reader (madang_cache_get_path (fixture->cache), &error);
  g_assert_no_error (error);
  g_autoptr (MadangRecord) record = madang_record_store_get (reader, A, &error);
  g_assert_cmpstr (madang_record_get_text (record, "title"), ==, "one");
  cache_patch (fixture, A, "title", "one", "two");
  g_autoptr (MadangRecord) later = madang_record_store_get (reader, A, &error);
  g_assert_cmpstr (madang_record_get_text (later, "title"), ==, "two");
  g_assert_cmpuint (madang_record_get_waiting (later), ==, 1);
  g_assert_false (madang_database_run (madang_record_store_get_database (reader),
                                       "DELETE FROM record", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);

#define ADD(path, function)                                                                        \
  g_test_add (path, CacheFixture, NULL, cache_set_up, function, cache_tear_down)
  ADD ("/cache/pull/first", test_first);
  ADD ("/cache/pull/cut-off", test_cut_off);
  ADD ("/cache/pull/disk-full", test_disk_full);
  ADD ("/cache/pull/endless-page", test_endless_page);
  ADD ("/cache/pull/heavy-page", test_heavy_page);
  ADD ("/cache/pull/not-followed", test_not_followed);
  ADD ("/cache/pull/versions", test_versions_only_rise);
  ADD ("/cache/pull/state", test_state_of_the_main_part);
  ADD ("/cache/pull/unknown-members", test_unknown_members);
  ADD ("/cache/pull/unknown-kind", test_unknown_kind);
  ADD ("/cache/pull/unreadable-row", test_unreadable_row);
  ADD ("/cache/pull/deleted", test_deleted);
  ADD ("/cache/rebase/edit", test_rebased);
  ADD ("/cache/rebase/own-event", test_own_event_told_first);
  ADD ("/cache/rebase/own-creation", test_own_creation_told_first);
  ADD ("/cache/rebase/deleted", test_deleted_while_waiting);
  ADD ("/cache/rebase/left", test_left_while_waiting);
  ADD ("/cache/rebase/conflict-first", test_conflict_first);
  ADD ("/cache/reader", test_reader);
  return g_test_run ();
}
