/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

#include "leaflet.h"
#include "madang-error.h"
#include "madang-id.h"
#include "madang-wire-messages.h"

#include <string.h>

/* --- pulling --------------------------------------------------------------------------------- */

#define OPEN "{\"t\":\"open\",\"epoch\":\"first\",\"schema\":1}\n"
#define END "{\"t\":\"end\",\"more\":false}\n"

static void
append_put (GString *lines, const char *id, const char *title)
{
  g_string_append_printf (lines,
                          "{\"t\":\"put\",\"scope\":\"agency:a\",\"kind\":\"leaflet\","
                          "\"id\":\"%s\",\"part\":\"main\",\"v\":1,\"seq\":7,\"state\":\"draft\","
                          "\"home\":\"agency:a\",\"doc\":{\"title\":\"%s\"}}\n",
                          id, title);
}

static void
append_mark (GString *lines, const char *cursor)
{
  g_string_append_printf (lines, "{\"t\":\"mark\",\"scope\":\"agency:a\",\"cursor\":\"%s\"}\n",
                          cursor);
}

static char *
dup_cursor (SyncFixture *fixture, guint pull)
{
  g_autoptr (MadangPullRequest) request
      = madang_pull_request_from_bytes (fake_transport_get (fixture->server, PULL, pull)->body,
                                        NULL);

  g_assert_nonnull (request);
  return g_strdup (g_hash_table_lookup (request->cursors, "agency:a"));
}

static void
test_pull (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (GString) lines = g_string_new (OPEN);
  g_autofree char *cursor = NULL;

  sync_sign_in (fixture);
  append_put (lines, id, "pulled");
  append_mark (lines, "first.7");
  g_string_append (lines, END);
  fake_transport_end_poll (fixture->server, lines->str);
  run_until (g_hash_table_contains (fixture->changed, id));
  sync_assert_title (fixture, id, "pulled");
  run_until (fake_transport_is_polling (fixture->server));
  cursor = dup_cursor (fixture, 2);
  g_assert_cmpstr (cursor, ==, "first.7");
}

static gint64
count_found (SyncFixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 count = madang_record_store_count_search (madang_sync_get_records (fixture->sync), NULL,
                                                   text, 0, 1000, &error);

  g_assert_no_error (error);
  return count;
}

static void
count_change_cb (guint *n_changes)
{
  (*n_changes)++;
}

/* More than is indexed in one transaction: the rest follows by itself. */
static void
test_pull_is_searched (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) lines = g_string_new (OPEN);
  guint n_changes = 0;

  sync_sign_in (fixture);
  g_signal_connect_swapped (fixture->sync, "notify::indexing", G_CALLBACK (count_change_cb),
                            &n_changes);
  for (guint i = 0; i < 450; i++)
    {
      g_autofree char *id = madang_id_new ();
      append_put (lines, id, "금천");
    }
  append_mark (lines, "first.7");
  g_string_append (lines, END);
  fake_transport_end_poll (fixture->server, lines->str);
  run_until (count_found (fixture, "ㄱㅊ") == 450);
  run_until (!madang_sync_get_indexing (fixture->sync) && n_changes == 2);
}

/* Cut off before "end": what was marked stays, the rest is asked for again. */
static void
test_pull_cut_off (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *marked = madang_id_new ();
  g_autofree char *unmarked = madang_id_new ();
  g_autoptr (GString) lines = g_string_new (OPEN);
  g_autoptr (MadangRecord) record = NULL;
  g_autofree char *cursor = NULL;

  sync_sign_in (fixture);
  append_put (lines, marked, "marked");
  append_mark (lines, "first.7");
  append_put (lines, unmarked, "unmarked");
  fake_transport_end_poll (fixture->server, lines->str);
  run_until (g_hash_table_contains (fixture->changed, marked));
  run_until (fake_transport_count (fixture->server, PULL) >= 3);
  sync_assert_title (fixture, marked, "marked");
  record = madang_record_store_get (madang_sync_get_records (fixture->sync), unmarked, NULL);
  g_assert_null (record);
  cursor = dup_cursor (fixture, 2);
  g_assert_cmpstr (cursor, ==, "first.7");
}

static void
test_pull_rubbish (SyncFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "rubbish\n",
    END,
    OPEN OPEN END,
    OPEN END "{\"t\":\"mark\",\"scope\":\"agency:a\",\"cursor\":\"first.99\"}\n",
    OPEN "{\"t\":\"mark\",\"scope\":\"agency:a\"}\n" END,
    "",
  };

  sync_sign_in (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *cursor = NULL;
      guint pulls = fake_transport_count (fixture->server, PULL);

      fake_transport_end_poll (fixture->server, texts[i]);
      run_until (fake_transport_count (fixture->server, PULL) > pulls);
      cursor = dup_cursor (fixture, pulls);
      g_assert_cmpstr (cursor, ==, "first.1");
      run_until (fake_transport_is_polling (fixture->server));
    }
}

/* The server came back from a backup: everything comes anew, and what was sent is sent again. */
static void
test_new_epoch (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autofree char *cursor = NULL;
  guint pulls;

  sync_sign_in (fixture);
  record = sync_create (fixture, "kept");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_count (fixture->server, PUSH), ==, 1);
  pulls = fake_transport_count (fixture->server, PULL);
  fake_transport_set_epoch (fixture->server, "second");
  fake_transport_end_poll (fixture->server,
                           "{\"t\":\"open\",\"epoch\":\"second\",\"schema\":1}\n" END);
  run_until (fake_transport_count (fixture->server, PUSH) == 2);
  run_until (fake_transport_is_polling (fixture->server));
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  cursor = dup_cursor (fixture, pulls);
  g_assert_cmpstr (cursor, ==, "");
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 1);
  sync_assert_title (fixture, madang_record_get_id (record), "kept");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  leaflet_register ();
#define ADD(path, func)                                                                            \
  g_test_add ("/sync/pull/" path, SyncFixture, NULL, sync_set_up, func, sync_tear_down)
  ADD ("pull", test_pull);
  ADD ("pull-is-searched", test_pull_is_searched);
  ADD ("pull-cut-off", test_pull_cut_off);
  ADD ("pull-rubbish", test_pull_rubbish);
  ADD ("new-epoch", test_new_epoch);
#undef ADD
  return g_test_run ();
}
