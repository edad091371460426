/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

#include "leaflet.h"
#include "madang-wire-messages.h"

#define HISTORY "/sync/v1/history"

static MadangHistory *
fetch (SyncFixture *fixture, const char *id, gint64 before)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MadangHistory *history;

  madang_sync_fetch_history_async (fixture->sync, id, before, take_result_cb, &result);
  run_until (result != NULL);
  history = madang_sync_fetch_history_finish (fixture->sync, result, &error);
  g_assert_no_error (error);
  return history;
}

static MadangRecord *
create_confirmed (SyncFixture *fixture)
{
  MadangRecord *record;

  sync_sign_in (fixture);
  record = sync_create (fixture, "one");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  return record;
}

static void
answer_page (SyncFixture *fixture, const char *id, gint64 number, gint64 next)
{
  g_autofree char *text = g_strdup_printf (
      "{\"record\":\"%s\",\"changes\":[{\"n\":%" G_GINT64_FORMAT ",\"moment\":%" G_GINT64_FORMAT
      ",\"at\":1583712000000,\"who\":\"견본\",\"path\":\"title\",\"part\":\"main\","
      "\"after\":\"t\"}],\"next\":%" G_GINT64_FORMAT "}",
      id, number, number, next);

  fake_transport_answer_text (fixture->server, HISTORY, 200, text);
}

static void
test_pages (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = create_confirmed (fixture);
  const char *id = madang_record_get_id (record);
  g_autoptr (MadangHistory) first = NULL;
  g_autoptr (MadangHistory) second = NULL;
  g_autoptr (MadangHistoryRequest) request = NULL;

  answer_page (fixture, id, 9, 9);
  first = fetch (fixture, id, 0);
  g_assert_true (first->reached);
  g_assert_false (first->refused);
  g_assert_cmpuint (first->lines->len, ==, 1);
  g_assert_cmpint (first->next, ==, 9);
  answer_page (fixture, id, 5, 0);
  second = fetch (fixture, id, first->next);
  g_assert_cmpuint (second->lines->len, ==, 2);
  g_assert_cmpint (second->next, ==, 0);
  request
      = madang_history_request_from_bytes (fake_transport_get (fixture->server, HISTORY, 1)->body,
                                           NULL);
  g_assert_cmpstr (request->record, ==, id);
  g_assert_cmpint (request->before, ==, 9);
}

/* Without an answer there is what was fetched, and what the person did since. */
static void
test_offline (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = create_confirmed (fixture);
  const char *id = madang_record_get_id (record);
  g_autoptr (MadangHistory) history = NULL;
  const MadangHistoryLine *line;

  answer_page (fixture, id, 9, 0);
  madang_history_free (fetch (fixture, id, 0));
  fake_transport_set_offline (fixture->server, TRUE);
  sync_retitle (fixture, record, "one", "two", -1);
  history = fetch (fixture, id, 0);
  g_assert_false (history->reached);
  g_assert_false (history->refused);
  g_assert_cmpuint (history->lines->len, ==, 2);
  line = g_ptr_array_index (history->lines, 0);
  g_assert_true (line->waiting);
  g_assert_cmpstr (g_variant_get_string (line->before, NULL), ==, "one");
  g_assert_cmpint (line->at, ==, madang_clock_get_programme_now (fixture->clock));
  g_assert_cmpint (history->fetched, ==, REAL_NOW);
}

static void
test_bad_answers (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = create_confirmed (fixture);
  const char *id = madang_record_get_id (record);

  answer_page (fixture, id, 9, 0);
  madang_history_free (fetch (fixture, id, 0));
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (MadangHistory) history = NULL;

      if (i == 0)
        fake_transport_answer_text (fixture->server, HISTORY, 200, "{");
      else if (i == 1)
        answer_page (fixture, FAKE_ACCOUNT, 20, 0);
      else if (i == 2)
        fake_transport_answer_stranger (fixture->server, HISTORY);
      else
        fake_transport_answer_text (fixture->server, HISTORY, 500, "{}");
      history = fetch (fixture, id, 0);
      g_assert_false (history->reached);
      g_assert_cmpuint (history->lines->len, ==, 1);
    }
}

/* The right has ended: nothing of what was fetched stays. */
static void
test_refused (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = create_confirmed (fixture);
  const char *id = madang_record_get_id (record);
  g_autoptr (MadangHistory) history = NULL;

  answer_page (fixture, id, 9, 0);
  madang_history_free (fetch (fixture, id, 0));
  fake_transport_answer_text (fixture->server, HISTORY, 404, "{}");
  history = fetch (fixture, id, 0);
  g_assert_true (history->reached);
  g_assert_true (history->refused);
  g_assert_cmpuint (history->lines->len, ==, 0);
}

/* What the server has never heard of is not asked for. */
static void
test_unsent_record (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (MadangHistory) history = NULL;
  const MadangHistoryLine *birth;

  sync_sign_in (fixture);
  fake_transport_set_offline (fixture->server, TRUE);
  record = sync_create (fixture, "new");
  history = fetch (fixture, madang_record_get_id (record), 0);
  g_assert_cmpuint (fake_transport_count (fixture->server, HISTORY), ==, 0);
  g_assert_cmpuint (history->lines->len, ==, 2);
  birth = g_ptr_array_index (history->lines, 1);
  g_assert_cmpstr (birth->event, ==, "create");
  g_assert_null (birth->path);
}

static void
test_signed_out (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  madang_sync_fetch_history_async (fixture->sync, FAKE_ACCOUNT, 0, take_result_cb, &result);
  run_until (result != NULL);
  g_assert_null (madang_sync_fetch_history_finish (fixture->sync, result, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  leaflet_register ();
#define SYNC_TEST(path, func)                                                                      \
  g_test_add (path, SyncFixture, NULL, sync_set_up, func, sync_tear_down)
  SYNC_TEST ("/sync-history/pages", test_pages);
  SYNC_TEST ("/sync-history/offline", test_offline);
  SYNC_TEST ("/sync-history/bad-answers", test_bad_answers);
  SYNC_TEST ("/sync-history/refused", test_refused);
  SYNC_TEST ("/sync-history/unsent-record", test_unsent_record);
  SYNC_TEST ("/sync-history/signed-out", test_signed_out);
  return g_test_run ();
}
