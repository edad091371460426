/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-error.h"

#define A "0190a000-0000-7000-8000-00000000000a"

static void
with_old (CacheFixture *fixture)
{
  cache_follow (fixture, "agency:a", NULL);
  cache_pull_one (fixture, "agency:a", A, 3, NULL,
                  "{\"count\":1,\"note\":\"n\",\"title\":\"old\"}");
}

static void
recall (CacheFixture *fixture, const char *mid)
{
  g_autoptr (GError) error = NULL;

  madang_cache_discard (fixture->cache, mid, &error);
  g_assert_no_error (error);
}

static gboolean
is_first_recallable (CacheFixture *fixture)
{
  g_autoptr (GPtrArray) waiting = madang_cache_list_waiting (fixture->cache, NULL);
  const MadangWaiting *first = g_ptr_array_index (waiting, 0);

  return first->recallable;
}

static void
assert_stays (CacheFixture *fixture, const char *mid)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_cache_discard (fixture->cache, mid, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND);
}

static void
test_recalled_event (CacheFixture *fixture, gconstpointer data)
{
  with_old (fixture);
  const char *mid = cache_event (fixture, A, "submit");

  cache_assert_state (fixture, A, "submitted", 1, FALSE);
  g_assert_true (is_first_recallable (fixture));
  recall (fixture, mid);
  cache_assert_state (fixture, A, "draft", 0, FALSE);
  cache_assert_text (fixture, A, "title", "old");
  g_autoptr (MadangPushRequest) none = cache_seal (fixture);
  g_assert_null (none);

  /* The same command may be given again. */
  cache_event (fixture, A, "submit");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_cmpuint (request->items->len, ==, 1);
}

/* What is sealed may be with the server already, also when the answer was lost. */
static void
test_sealed_event_stays (CacheFixture *fixture, gconstpointer data)
{
  with_old (fixture);
  const char *mid = cache_event (fixture, A, "submit");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);

  g_assert_false (is_first_recallable (fixture));
  assert_stays (fixture, mid);
  cache_assert_state (fixture, A, "submitted", 1, FALSE);
}

/* A later change of the record was made on top of the event. */
static void
test_event_beneath_stays (CacheFixture *fixture, gconstpointer data)
{
  with_old (fixture);
  const char *mid = cache_event (fixture, A, "submit");

  cache_patch (fixture, A, "note", "n", "m");
  g_assert_false (is_first_recallable (fixture));
  assert_stays (fixture, mid);
  cache_assert_state (fixture, A, "submitted", 2, FALSE);
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);

#define ADD(path, function)                                                                        \
  g_test_add (path, CacheFixture, NULL, cache_set_up, function, cache_tear_down)
  ADD ("/cache/recall/event", test_recalled_event);
  ADD ("/cache/recall/sealed", test_sealed_event_stays);
  ADD ("/cache/recall/beneath", test_event_beneath_stays);
  return g_test_run ();
}
