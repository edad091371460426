/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-cache-history.h"
#include "madang-history.h"

#define A "0190a000-0000-7000-8000-00000000000a"
#define WHO "견본 김담당"

/* A change of the title, each a moment of its own. */
static void
add_change (MadangHistoryReply *page, gint64 number, MadangPart part, const char *path)
{
  MadangHistoryChange *change = madang_history_change_new ();

  change->number = change->moment = number;
  change->at = CACHE_NOW + number;
  change->who = g_strdup (WHO);
  change->path = g_strdup (path);
  change->part = part;
  change->after = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", number);
  g_ptr_array_add (page->changes, change);
}

/* Titles from one number down to another. */
static MadangHistoryReply *
new_page (gint64 from, gint64 to, gint64 next)
{
  MadangHistoryReply *page = madang_history_reply_new ();

  page->record = g_strdup (A);
  page->next = next;
  for (gint64 number = from; number >= to; number--)
    add_change (page, number, MADANG_PART_MAIN, "title");
  return page;
}

static void
save (CacheFixture *fixture, MadangHistoryReply *page, gint64 before)
{
  g_autoptr (MadangHistoryReply) owned = page;
  g_autoptr (GError) error = NULL;

  madang_cache_save_history (fixture->cache, page, before, CACHE_NOW, &error);
  g_assert_no_error (error);
}

static MadangHistory *
list (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MadangHistory *history = madang_cache_list_history (fixture->cache, A, &error);

  g_assert_no_error (error);
  return history;
}

/* "path after" of each, with a + for what was not sent. */
static void
assert_lines (CacheFixture *fixture, const char *expected, gint64 next)
{
  g_autoptr (MadangHistory) history = list (fixture);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < history->lines->len; i++)
    {
      const MadangHistoryLine *line = g_ptr_array_index (history->lines, i);
      g_autofree char *after = line->after != NULL ? g_variant_print (line->after, FALSE) : NULL;

      g_string_append_printf (text, "%s%s%s %s", i > 0 ? ", " : "", line->waiting ? "+" : "",
                              line->path != NULL ? line->path : "state",
                              after != NULL ? after : "-");
    }
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpint (history->next, ==, next);
}

static void
with_old (CacheFixture *fixture)
{
  madang_cache_set_setting (fixture->cache, "epoch", "e1", NULL);
  cache_follow (fixture, "agency:a", NULL);
  cache_pull_one (fixture, "agency:a", A, 3, NULL, CACHE_OLD);
}

static void
test_pages (CacheFixture *fixture, gconstpointer data)
{
  with_old (fixture);
  assert_lines (fixture, "", 0);
  save (fixture, new_page (9, 8, 8), 0);
  assert_lines (fixture, "title '9', title '8'", 8);
  /* Not where the cache ends: there would be a gap. */
  save (fixture, new_page (5, 4, 4), 6);
  assert_lines (fixture, "title '9', title '8'", 8);
  save (fixture, new_page (7, 6, 0), 8);
  assert_lines (fixture, "title '9', title '8', title '7', title '6'", 0);

  /* A newer page that meets what is here keeps the rest. */
  save (fixture, new_page (11, 9, 9), 0);
  assert_lines (fixture, "title '11', title '10', title '9', title '8', title '7', title '6'", 0);
  /* One that does not meet it takes its place. */
  save (fixture, new_page (20, 19, 19), 0);
  assert_lines (fixture, "title '20', title '19'", 19);
  /* A whole one that says less: what is not told any more is not kept. */
  save (fixture, new_page (20, 20, 0), 0);
  assert_lines (fixture, "title '20'", 0);
}

static void
test_values (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangHistoryReply) page = new_page (9, 9, 0);
  g_autoptr (MadangHistory) history = NULL;
  MadangHistoryChange *change = g_ptr_array_index (page->changes, 0);
  const MadangHistoryLine *line;

  with_old (fixture);
  change->hidden = TRUE;
  change->own = TRUE;
  add_change (page, 8, MADANG_PART_MAIN, "rows/a1");
  change = g_ptr_array_index (page->changes, 1);
  g_free (change->after);
  change->after = g_strdup ("{\"a1\":{\"text\":\"줄\"}}");
  add_change (page, 7, MADANG_PART_MAIN, "never-heard-of");
  add_change (page, 6, MADANG_PART_MAIN, MADANG_HISTORY_REASON);
  save (fixture, g_steal_pointer (&page), 0);
  history = list (fixture);
  /* What a newer program wrote is passed over. */
  g_assert_cmpuint (history->lines->len, ==, 3);
  g_assert_cmpint (history->fetched, ==, CACHE_NOW);
  line = g_ptr_array_index (history->lines, 0);
  g_assert_cmpstr (line->field->name, ==, "title");
  g_assert_cmpstr (line->who, ==, WHO);
  g_assert_true (line->hidden);
  g_assert_true (line->own);
  g_assert_cmpint (line->at, ==, CACHE_NOW + 9);
  line = g_ptr_array_index (history->lines, 1);
  g_assert_true (line->is_row);
  g_assert_true (g_variant_is_of_type (line->after, G_VARIANT_TYPE ("a{sa{sv}}")));
  line = g_ptr_array_index (history->lines, 2);
  g_assert_null (line->field);
  g_assert_cmpstr (g_variant_get_string (line->after, NULL), ==, "6");
}

/* One's own changes stand before the server's, each with what it found. */
static void
test_unsent (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangHistory) history = NULL;
  const MadangHistoryLine *line;

  with_old (fixture);
  save (fixture, new_page (9, 9, 0), 0);
  cache_patch (fixture, A, "title", "old", "mine");
  cache_event (fixture, A, "submit");
  cache_patch (fixture, A, "title", "mine", "later");
  assert_lines (fixture, "+title 'later', +state 'submitted', +title 'mine', title '9'", 0);
  history = list (fixture);
  line = g_ptr_array_index (history->lines, 0);
  g_assert_cmpstr (g_variant_get_string (line->before, NULL), ==, "mine");
  g_assert_true (line->own);
  line = g_ptr_array_index (history->lines, 1);
  g_assert_cmpstr (line->event, ==, "submit");
  g_assert_cmpstr (g_variant_get_string (line->before, NULL), ==, "draft");
  line = g_ptr_array_index (history->lines, 2);
  g_assert_cmpstr (g_variant_get_string (line->before, NULL), ==, "old");
}

static void
test_personal_part_goes (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangHistoryReply) page = new_page (9, 9, 0);
  g_autoptr (MadangHistoryReply) again = new_page (9, 9, 0);

  with_old (fixture);
  cache_tell_put (fixture, "agency:a", A, MADANG_PART_PERSONAL, 1, NULL, "{\"phone\":\"02\"}");
  cache_tell_done (fixture, "agency:a", "e1.2");
  madang_cache_pull_finish (fixture->cache);
  add_change (page, 8, MADANG_PART_PERSONAL, "phone");
  save (fixture, g_steal_pointer (&page), 0);
  assert_lines (fixture, "title '9', phone '8'", 0);
  cache_tell_left (fixture, "agency:a", A, MADANG_PART_PERSONAL);
  cache_tell_done (fixture, "agency:a", "e1.3");
  madang_cache_pull_finish (fixture->cache);
  assert_lines (fixture, "title '9'", 0);
  /* An answer that was on its way brings it back no more. */
  add_change (again, 8, MADANG_PART_PERSONAL, "phone");
  save (fixture, g_steal_pointer (&again), 0);
  assert_lines (fixture, "title '9'", 0);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM history"), ==, 1);
}

static void
test_record_goes (CacheFixture *fixture, gconstpointer data)
{
  with_old (fixture);
  save (fixture, new_page (9, 8, 8), 0);
  cache_follow (fixture, "programme", NULL);
  g_assert_false (cache_has (fixture, A));
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM history"), ==, 0);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM history_reach"), ==, 0);
}

/* Numbers of another epoch may mean other changes. */
static void
test_new_epoch (CacheFixture *fixture, gconstpointer data)
{
  with_old (fixture);
  save (fixture, new_page (9, 8, 8), 0);
  madang_cache_set_setting (fixture->cache, "epoch", "e2", NULL);
  assert_lines (fixture, "", 0);
  save (fixture, new_page (7, 7, 7), 8);
  assert_lines (fixture, "", 0);
  save (fixture, new_page (3, 3, 3), 0);
  assert_lines (fixture, "title '3'", 3);
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);
#define CACHE_TEST(path, func)                                                                     \
  g_test_add (path, CacheFixture, NULL, cache_set_up, func, cache_tear_down)
  CACHE_TEST ("/cache-history/pages", test_pages);
  CACHE_TEST ("/cache-history/values", test_values);
  CACHE_TEST ("/cache-history/unsent", test_unsent);
  CACHE_TEST ("/cache-history/personal-part-goes", test_personal_part_goes);
  CACHE_TEST ("/cache-history/record-goes", test_record_goes);
  CACHE_TEST ("/cache-history/new-epoch", test_new_epoch);
  return g_test_run ();
}
