/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "storage-conformance-private.h"

void
storage_fixture_set_up (StorageFixture *fixture, gconstpointer data)
{
  const StorageMaker *maker = data;

  fixture->place = maker->make_place ();
  fixture->storage = maker->open (fixture->place, MADANG_DATABASE_WRITE);
}

void
storage_fixture_tear_down (StorageFixture *fixture, gconstpointer data)
{
  const StorageMaker *maker = data;

  g_clear_object (&fixture->storage);
  maker->remove_place (fixture->place);
}

void
storage_fixture_write (StorageFixture *fixture, MadangRecord *record, guint changed)
{
  g_autoptr (GError) error = NULL;

  madang_storage_begin (fixture->storage, &error);
  g_assert_no_error (error);
  madang_storage_write_record (fixture->storage, record, changed, &error);
  g_assert_no_error (error);
  madang_storage_commit (fixture->storage, &error);
  g_assert_no_error (error);
}

static gboolean
describe_line (const MadangPullLine *line, gpointer user_data)
{
  GString *text = user_data;
  const char *part = line->part == MADANG_PART_MAIN ? "main" : "personal";

  g_string_append_printf (text, "%s%" G_GINT64_FORMAT " ", text->len > 0 ? ", " : "", line->seq);
  if (line->type == MADANG_PULL_PUT)
    g_string_append_printf (text, "put %s v%" G_GINT64_FORMAT " %s", part, line->version,
                            line->state);
  else if (line->type == MADANG_PULL_DELETE)
    g_string_append_printf (text, "del %s v%" G_GINT64_FORMAT, part, line->version);
  else
    g_string_append_printf (text, "left %s", part);
  return TRUE;
}

char *
storage_fixture_dup_feed (MadangStorage *storage, const char *scope, gint64 after, guint limit)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  madang_storage_read_feed (storage, scope, after, limit, describe_line, text, &error);
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static void
add_tests (const char *prefix, const StorageMaker *maker, const StorageTest *tests)
{
  for (const StorageTest *test = tests; test->name != NULL; test++)
    {
      g_autofree char *path = g_strconcat (prefix, "/", test->name, NULL);
      g_test_add_vtable (path, sizeof (StorageFixture), maker,
                         (GTestFixtureFunc)storage_fixture_set_up, (GTestFixtureFunc)test->function,
                         (GTestFixtureFunc)storage_fixture_tear_down);
    }
}

void
storage_conformance_add_tests (const char *prefix, const StorageMaker *maker)
{
  add_tests (prefix, maker, storage_feed_tests);
  add_tests (prefix, maker, storage_table_tests);
}
