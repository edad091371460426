/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

#include "leaflet.h"
#include "madang-error.h"
#include "madang-id.h"
#include "madang-wire-messages.h"

#include <string.h>

/* --- writing --------------------------------------------------------------------------------- */

static void
test_write (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MadangRecord) seen = NULL;
  g_autoptr (MadangMutation) submit = NULL;
  g_autofree char *digest = NULL;

  sync_sign_in (fixture);
  record = sync_create (fixture, "one");
  g_assert_true (g_hash_table_contains (fixture->changed, madang_record_get_id (record)));
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_true (fake_transport_is_polling (fixture->server));
  sync_retitle (fixture, record, "one", "two", -1);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  sync_retitle (fixture, record, "two", "far longer than twenty letters", MADANG_ERROR_INVALID);
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 0);

  seen = madang_record_store_get (madang_sync_get_records (fixture->sync),
                                  madang_record_get_id (record), NULL);
  madang_sync_event_async (fixture->sync, seen, "submit", NULL, take_result_cb, &result);
  sync_finish_write (fixture, &result, -1);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 3);
  submit = sync_read_pushed (fixture, fake_transport_count (fixture->server, PUSH) - 1);
  digest = madang_record_dup_digest (seen);
  g_assert_cmpstr (submit->event, ==, "submit");
  g_assert_cmpstr (submit->seen, ==, digest);
  g_clear_object (&seen);
  seen = madang_record_store_get (madang_sync_get_records (fixture->sync),
                                  madang_record_get_id (record), NULL);
  g_assert_cmpstr (madang_record_get_state (seen), ==, "submitted");
}

/* What is created goes out as one mutation, a list row by row. */
static void
test_creation (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = leaflet_new ("with rows");
  g_autoptr (MadangMutation) mutation = NULL;
  const MadangEdit *edit;

  madang_record_set (record, "rows/a1",
                     g_variant_new_parsed ("{'pos': <int64 1>, 'text': <'first'>}"), NULL);
  sync_sign_in (fixture);
  sync_write_record (fixture, record);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  mutation = sync_read_pushed (fixture, 0);
  g_assert_cmpint (mutation->operation, ==, MADANG_OPERATION_CREATE);
  g_assert_cmpstr (mutation->scope, ==, "agency:a");
  g_assert_cmpint (mutation->at, ==, REAL_NOW);
  g_assert_cmpuint (mutation->edits->len, ==, 2);
  edit = g_ptr_array_index (mutation->edits, 1);
  g_assert_cmpstr (edit->path, ==, "rows/a1");
  g_assert_null (edit->from);
}

static void
test_lost_reply (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;

  sync_sign_in (fixture);
  fake_transport_lose_reply (fixture->server, PUSH);
  record = sync_create (fixture, "once");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_count (fixture->server, PUSH), ==, 2);
  g_assert_true (g_bytes_equal (fake_transport_get (fixture->server, PUSH, 0)->body,
                                fake_transport_get (fixture->server, PUSH, 1)->body));
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 1);
  sync_run_until_state (fixture, MADANG_SYNC_CONNECTED);
}

static void
test_offline (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;

  sync_sign_in (fixture);
  fake_transport_set_offline (fixture->server, TRUE);
  sync_run_until_state (fixture, MADANG_SYNC_OFFLINE);
  record = sync_create (fixture, "a");
  sync_retitle (fixture, record, "a", "b", -1);
  sync_retitle (fixture, record, "b", "c", -1);
  sync_assert_title (fixture, madang_record_get_id (record), "c");
  g_assert_cmpint (madang_sync_get_waiting (fixture->sync), >, 0);
  fake_transport_set_offline (fixture->server, FALSE);
  madang_sync_hint (fixture->sync);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  sync_run_until_state (fixture, MADANG_SYNC_CONNECTED);
  sync_assert_title (fixture, madang_record_get_id (record), "c");
}

static void
test_token_ended (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  const char *device;

  sync_sign_in (fixture);
  device = fake_transport_get (fixture->server, HELLO, 0)->device;
  fake_transport_answer (fixture->server, PUSH, 401, NULL);
  record = sync_create (fixture, "kept");
  sync_run_until_state (fixture, MADANG_SYNC_SIGN_IN);
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 1);
  sync_retitle (fixture, record, "kept", "still kept", -1);
  sync_sign_in (fixture);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 2);
  g_assert_cmpstr (fake_transport_get (fixture->server, PUSH, 1)->token, ==, "token-2-secret");
  g_assert_cmpstr (fake_transport_get (fixture->server, PUSH, 1)->device, ==, device);
}

static void
test_portal (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;

  sync_sign_in (fixture);
  fake_transport_answer_stranger (fixture->server, PUSH);
  fake_transport_answer_stranger (fixture->server, HELLO);
  record = sync_create (fixture, "kept");
  sync_run_until_state (fixture, MADANG_SYNC_PORTAL);
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 1);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 1);
}

/* The database is a copy of another one, as the server sees it. */
static void
test_rotation (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  const char *device;

  sync_sign_in (fixture);
  device = fake_transport_get (fixture->server, HELLO, 0)->device;
  fake_transport_answer_text (fixture->server, PUSH, 422, "{\"code\":\"mid-reused\"}");
  record = sync_create (fixture, "copied");
  sync_run_until_state (fixture, MADANG_SYNC_SIGN_IN);
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 1);
  sync_sign_in (fixture);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpstr (fake_transport_get (fixture->server, PUSH, 1)->device, !=, device);
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 1);
}

static GBytes *
build_rejection (const FakeRequest *push)
{
  g_autoptr (MadangPushRequest) request = madang_push_request_from_bytes (push->body, NULL);
  const MadangPushItem *item = g_ptr_array_index (request->items, 0);
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (item->body, NULL);
  g_autoptr (MadangPushReply) reply = madang_push_reply_new ();
  MadangPushResult *result = madang_push_result_new ();

  result->number = item->number;
  result->mid = g_strdup (mutation->mid);
  result->outcome = MADANG_OUTCOME_REJECTED;
  result->code = g_strdup ("R-A1");
  result->kind = g_strdup (mutation->kind);
  result->id = g_strdup (mutation->id);
  g_ptr_array_add (reply->results, result);
  reply->acknowledged = item->number;
  return madang_push_reply_to_bytes (reply);
}

static GPtrArray *
list_waiting (SyncFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *waiting;

  madang_sync_list_waiting_async (fixture->sync, take_result_cb, &result);
  run_until (result != NULL);
  waiting = madang_sync_list_waiting_finish (fixture->sync, result, &error);
  g_assert_no_error (error);
  return waiting;
}

static void
test_refusal (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *told = NULL;
  const MadangWaiting *change;

  sync_sign_in (fixture);
  /* The first push gets no answer, so that its refusal can be written before the second. */
  fake_transport_answer (fixture->server, PUSH, 503, NULL);
  fake_transport_answer (fixture->server, HELLO, 503, NULL);
  record = sync_create (fixture, "refused");
  run_until (fake_transport_count (fixture->server, PUSH) == 1);
  fake_transport_answer (fixture->server, PUSH, 200,
                         build_rejection (fake_transport_get (fixture->server, PUSH, 0)));
  run_until (fixture->refused->len > 0);
  told = g_strdup_printf ("%s R-A1", madang_record_get_id (record));
  g_assert_cmpstr (g_ptr_array_index (fixture->refused, 0), ==, told);
  run_until (madang_sync_get_troubled (fixture->sync) == 1);

  waiting = list_waiting (fixture);
  g_assert_cmpuint (waiting->len, ==, 1);
  change = g_ptr_array_index (waiting, 0);
  g_assert_true (change->refused);
  g_assert_cmpstr (change->code, ==, "R-A1");
  madang_sync_discard_async (fixture->sync, change->mid, take_result_cb, &result);
  sync_finish_write (fixture, &result, -1);
  run_until (madang_sync_get_troubled (fixture->sync) == 0);
  madang_sync_discard_async (fixture->sync, change->mid, take_result_cb, &result);
  sync_finish_write (fixture, &result, MADANG_ERROR_NOT_FOUND);
}

/* A command given without a network is as if it had not been, when it is taken back. */
static void
test_recall (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  const MadangWaiting *change;

  sync_sign_in (fixture);
  record = sync_create (fixture, "a");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  sync_run_until_state (fixture, MADANG_SYNC_CONNECTED);
  fake_transport_set_offline (fixture->server, TRUE);
  sync_run_until_state (fixture, MADANG_SYNC_OFFLINE);
  madang_sync_event_async (fixture->sync, record, "submit", NULL, take_result_cb, &result);
  sync_finish_write (fixture, &result, -1);
  run_until (madang_sync_get_waiting (fixture->sync) == 1);

  waiting = list_waiting (fixture);
  g_assert_cmpuint (waiting->len, ==, 1);
  change = g_ptr_array_index (waiting, 0);
  g_assert_true (change->recallable);
  madang_sync_discard_async (fixture->sync, change->mid, take_result_cb, &result);
  sync_finish_write (fixture, &result, -1);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  madang_sync_discard_async (fixture->sync, change->mid, take_result_cb, &result);
  sync_finish_write (fixture, &result, MADANG_ERROR_NOT_FOUND);

  fake_transport_set_offline (fixture->server, FALSE);
  madang_sync_hint (fixture->sync);
  sync_run_until_state (fixture, MADANG_SYNC_CONNECTED);
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 1);
}

static gboolean
hint_cb (gpointer data)
{
  madang_sync_hint (data);
  return G_SOURCE_CONTINUE;
}

/* The server fails on one change for ever: it gives its number up and stays as refused, and what
 * comes behind it goes on. */
static void
test_undigested (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (MadangRecord) next = NULL;
  g_autoptr (MadangMutation) stand_in = NULL;
  g_autofree char *told = NULL;
  guint hints;

  sync_sign_in (fixture);
  for (guint i = 0; i < 5; i++)
    fake_transport_answer (fixture->server, PUSH, 500, NULL);
  record = sync_create (fixture, "indigestible");
  hints = g_timeout_add (5, hint_cb, fixture->sync);
  run_until (fixture->refused->len == 1);
  told = g_strdup_printf ("%s undigested", madang_record_get_id (record));
  g_assert_cmpstr (g_ptr_array_index (fixture->refused, 0), ==, told);
  run_until (fake_transport_count (fixture->server, PUSH) >= 6);
  stand_in = sync_read_pushed (fixture, 5);
  g_assert_cmpint (stand_in->operation, ==, MADANG_OPERATION_VOID);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_source_remove (hints);
  g_assert_cmpuint (madang_sync_get_troubled (fixture->sync), ==, 1);
  sync_assert_title (fixture, madang_record_get_id (record), "indigestible");

  next = sync_create (fixture, "next");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (madang_sync_get_troubled (fixture->sync), ==, 1);
}

/* --- conflicts ------------------------------------------------------------------------------- */

static MadangRecord *
new_conflict (const char *field, const char *theirs, const char *mine)
{
  g_autofree char *id = madang_id_new ();
  MadangRecord *conflict = madang_record_new (madang_kind_find ("conflict"), id);

  leaflet_set_text (conflict, "record_kind", "leaflet");
  leaflet_set_text (conflict, "record", FAKE_ACCOUNT);
  leaflet_set_text (conflict, "field", field);
  leaflet_set_text (conflict, "theirs", theirs);
  leaflet_set_text (conflict, "mine", mine);
  return conflict;
}

static void
test_read_conflict (void)
{
  g_autoptr (MadangRecord) conflict = new_conflict ("title", "\"theirs\"", "");
  g_autoptr (MadangRecord) strange = new_conflict ("nowhere", "\"a\"", "\"b\"");
  g_autoptr (MadangRecord) wrong = new_conflict ("count", "\"a\"", "1");
  g_autoptr (GVariant) theirs = NULL;
  g_autoptr (GVariant) mine = NULL;
  const MadangField *field = NULL;

  g_assert_true (madang_sync_read_conflict (conflict, &field, &theirs, &mine));
  g_assert_cmpstr (field->name, ==, "title");
  g_assert_cmpstr (g_variant_get_string (theirs, NULL), ==, "theirs");
  g_assert_null (mine);
  g_clear_pointer (&theirs, g_variant_unref);
  g_assert_false (madang_sync_read_conflict (strange, &field, &theirs, &mine));
  g_assert_false (madang_sync_read_conflict (wrong, &field, &theirs, &mine));
  g_assert_null (theirs);
}

static MadangMutation *
push_resolution (SyncFixture *fixture, MadangRecord *record, const char *value)
{
  g_autoptr (MadangRecord) conflict = new_conflict ("title", "\"theirs\"", "\"mine\"");
  g_autoptr (GAsyncResult) result = NULL;
  guint pushes = fake_transport_count (fixture->server, PUSH);
  MadangMutation *mutation;

  leaflet_set_text (conflict, "record", madang_record_get_id (record));
  madang_sync_resolve_async (fixture->sync, conflict, g_variant_new_string (value), take_result_cb,
                             &result);
  sync_finish_write (fixture, &result, -1);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  mutation = sync_read_pushed (fixture, pushes);
  g_assert_cmpint (mutation->operation, ==, MADANG_OPERATION_RESOLVE);
  g_assert_cmpstr (mutation->conflict, ==, madang_record_get_id (conflict));
  g_assert_cmpstr (mutation->id, ==, madang_record_get_id (record));
  return mutation;
}

static void
test_resolve (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (MadangMutation) mine = NULL;
  g_autoptr (MadangMutation) theirs = NULL;
  const MadangEdit *edit;

  sync_sign_in (fixture);
  record = sync_create (fixture, "theirs");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  mine = push_resolution (fixture, record, "mine");
  g_assert_cmpuint (mine->edits->len, ==, 1);
  edit = g_ptr_array_index (mine->edits, 0);
  g_assert_cmpstr (edit->path, ==, "title");
  g_assert_cmpstr (g_variant_get_string (edit->from, NULL), ==, "theirs");
  g_assert_cmpstr (g_variant_get_string (edit->to, NULL), ==, "mine");
  theirs = push_resolution (fixture, record, "theirs");
  g_assert_cmpuint (theirs->edits->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  leaflet_register ();
#define ADD(path, func)                                                                            \
  g_test_add ("/sync/writes/" path, SyncFixture, NULL, sync_set_up, func, sync_tear_down)
  ADD ("write", test_write);
  ADD ("creation", test_creation);
  ADD ("lost-reply", test_lost_reply);
  ADD ("offline", test_offline);
  ADD ("token-ended", test_token_ended);
  ADD ("portal", test_portal);
  ADD ("rotation", test_rotation);
  ADD ("refusal", test_refusal);
  ADD ("recall", test_recall);
  ADD ("undigested", test_undigested);
  ADD ("resolve", test_resolve);
#undef ADD
  g_test_add_func ("/sync/writes/read-conflict", test_read_conflict);
  return g_test_run ();
}
