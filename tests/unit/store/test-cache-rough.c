/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-rough.h"

#include <string.h>

#define A "0190a000-0000-7000-8000-00000000000a"
#define B "0190a000-0000-7000-8000-00000000000b"
#define DATE "2020. 2. 30."

/* text NULL: there is none any more. */
static void
keep (CacheFixture *fixture, const char *record, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_auto (GVariantBuilder) texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sms}"));
  g_autoptr (GVariant) value = NULL;

  g_variant_builder_add (&texts, "{sms}", field, text);
  value = g_variant_ref_sink (g_variant_builder_end (&texts));
  g_assert_true (madang_rough_keep (fixture->cache, record, value, &error));
  g_assert_no_error (error);
}

static char *
dup_text (CacheFixture *fixture, const char *record, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) texts
      = madang_rough_load (madang_cache_get_records (fixture->cache), record, &error);

  g_assert_no_error (error);
  return g_strdup (g_hash_table_lookup (texts, field));
}

static void
assert_text (CacheFixture *fixture, const char *record, const char *field, const char *expected)
{
  g_autofree char *text = dup_text (fixture, record, field);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_stays (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  keep (fixture, A, "title", "too long");
  keep (fixture, A, "note", DATE);
  keep (fixture, A, "title", "far too long");
  cache_close (fixture);
  cache_open (fixture, FALSE);
  assert_text (fixture, A, "title", "far too long");
  assert_text (fixture, A, "note", DATE);
  keep (fixture, A, "title", NULL);
  assert_text (fixture, A, "title", NULL);
  assert_text (fixture, A, "note", DATE);
}

/* The record knows nothing of it, and nothing of it waits to be sent. */
static void
test_is_no_change (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  keep (fixture, A, "title", "too long");
  cache_assert_text (fixture, A, "title", "old");
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 0);
  g_assert_null (cache_seal (fixture));
  /* What is saved and told meanwhile leaves it alone. */
  cache_patch (fixture, A, "note", "n", "mine");
  cache_pull_one (fixture, "agency:a", A, 4, NULL, CACHE_OLD);
  assert_text (fixture, A, "title", "too long");
}

/* A text of two bytes a character that is too long by far ends between two of them. */
static void
test_is_bounded (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("a");
  g_autofree char *kept = NULL;

  while (text->len <= 2 * MADANG_ROUGH_MOST)
    g_string_append (text, "é");
  cache_pull_old (fixture, A);
  keep (fixture, A, "title", text->str);
  kept = dup_text (fixture, A, "title");
  g_assert_cmpuint (strlen (kept), ==, MADANG_ROUGH_MOST - 1);
  g_assert_true (g_utf8_validate (kept, -1, NULL));
  g_assert_true (g_str_has_prefix (text->str, kept));
}

static void
test_goes_with_record (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  keep (fixture, A, "title", "too long");
  keep (fixture, B, "title", "of no record");
  assert_text (fixture, B, "title", NULL);
  cache_follow (fixture, "programme", NULL);
  g_assert_false (cache_has (fixture, A));
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM rough"), ==, 0);
}

static void
test_goes_with_personal_part (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  cache_tell_put (fixture, "agency:a", A, MADANG_PART_PERSONAL, 1, NULL, "{\"phone\":\"02\"}");
  cache_tell_done (fixture, "agency:a", "e1.2");
  madang_cache_pull_finish (fixture->cache);
  keep (fixture, A, "phone", "02-");
  assert_text (fixture, A, "phone", "02-");
  cache_tell_left (fixture, "agency:a", A, MADANG_PART_PERSONAL);
  cache_tell_done (fixture, "agency:a", "e1.3");
  madang_cache_pull_finish (fixture->cache);
  g_assert_true (cache_has (fixture, A));
  assert_text (fixture, A, "phone", NULL);
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);
#define CACHE_TEST(path, func)                                                                     \
  g_test_add (path, CacheFixture, NULL, cache_set_up, func, cache_tear_down)
  CACHE_TEST ("/cache-rough/stays", test_stays);
  CACHE_TEST ("/cache-rough/is-no-change", test_is_no_change);
  CACHE_TEST ("/cache-rough/is-bounded", test_is_bounded);
  CACHE_TEST ("/cache-rough/goes-with-record", test_goes_with_record);
  CACHE_TEST ("/cache-rough/goes-with-personal-part", test_goes_with_personal_part);
  return g_test_run ();
}
