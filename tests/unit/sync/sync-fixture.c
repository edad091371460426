/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

#include "leaflet.h"
#include "madang-error.h"
#include "madang-wire-messages.h"
#include "temporary-folder.h"

#define SERVER "https://madang.invalid"

static void
changed_cb (MadangSync *sync, const char *const *ids, gpointer user_data)
{
  SyncFixture *fixture = user_data;

  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (fixture->changed, g_strdup (ids[i]));
}

static void
refused_cb (MadangSync *sync, const char *id, const char *code, GStrv arguments, gpointer user_data)
{
  SyncFixture *fixture = user_data;

  g_ptr_array_add (fixture->refused, g_strdup_printf ("%s %s", id, code));
}

/* Nobody waits for the end of a pause: a hint ends it. */
static gboolean
hint_cb (gpointer data)
{
  SyncFixture *fixture = data;
  MadangSyncState state = madang_sync_get_state (fixture->sync);

  if (state == MADANG_SYNC_OFFLINE || state == MADANG_SYNC_PORTAL)
    madang_sync_hint (fixture->sync);
  return G_SOURCE_CONTINUE;
}

void
sync_start (SyncFixture *fixture)
{
  fixture->sync = madang_sync_new_with (SERVER, fixture->directory, fixture->clock,
                                        MADANG_TRANSPORT (fixture->server),
                                        MADANG_KEYRING (fixture->keyring));
  g_signal_connect (fixture->sync, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->sync, "refused", G_CALLBACK (refused_cb), fixture);
  fixture->hints = g_timeout_add (2, hint_cb, fixture);
}

void
sync_stop (SyncFixture *fixture)
{
  g_clear_handle_id (&fixture->hints, g_source_remove);
  madang_sync_close (fixture->sync);
  g_assert_finalize_object (g_steal_pointer (&fixture->sync));
}

void
sync_set_up (SyncFixture *fixture, gconstpointer data)
{
  fixture->directory = temporary_folder_new ();
  fixture->server = fake_transport_new ();
  fixture->keyring = fake_keyring_new ();
  fixture->clock = madang_clock_new_manual (REAL_NOW);
  fixture->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->refused = g_ptr_array_new_with_free_func (g_free);
  sync_start (fixture);
}

void
sync_tear_down (SyncFixture *fixture, gconstpointer data)
{
  if (fixture->sync != NULL)
    sync_stop (fixture);
  g_object_unref (fixture->server);
  g_object_unref (fixture->keyring);
  g_object_unref (fixture->clock);
  g_hash_table_unref (fixture->changed);
  g_ptr_array_unref (fixture->refused);
  temporary_folder_remove (fixture->directory);
  g_free (fixture->directory);
}

/* --- waiting --------------------------------------------------------------------------------- */

void
sync_run_until_state (SyncFixture *fixture, MadangSyncState state)
{
  run_until (madang_sync_get_state (fixture->sync) == state);
}

static void
assert_result (GAsyncResult *result, GError *error, int code)
{
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, MADANG_ERROR, code);
}

/* code: the error that is expected, or -1. */
void
sync_sign_in_as (SyncFixture *fixture, const char *login, int code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  madang_sync_sign_in_async (fixture->sync, login, "견본 비밀번호", NULL, take_result_cb, &result);
  run_until (result != NULL);
  madang_sync_sign_in_finish (fixture->sync, result, &error);
  assert_result (result, error, code);
}

void
sync_sign_in (SyncFixture *fixture)
{
  sync_sign_in_as (fixture, "officer", -1);
  sync_run_until_state (fixture, MADANG_SYNC_CONNECTED);
  run_until (fake_transport_is_polling (fixture->server));
}

void
sync_resume (SyncFixture *fixture, const char *login, int code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  madang_sync_resume_async (fixture->sync, login, NULL, take_result_cb, &result);
  run_until (result != NULL);
  madang_sync_resume_finish (fixture->sync, result, &error);
  assert_result (result, error, code);
}

void
sync_sign_out (SyncFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  madang_sync_sign_out_async (fixture->sync, take_result_cb, &result);
  run_until (result != NULL);
  madang_sync_sign_out_finish (fixture->sync, result, &error);
  g_assert_no_error (error);
}

void
sync_finish_write (SyncFixture *fixture, GAsyncResult **result, int code)
{
  g_autoptr (GError) error = NULL;

  run_until (*result != NULL);
  madang_sync_write_finish (fixture->sync, *result, &error);
  assert_result (*result, error, code);
  g_clear_object (result);
}

void
sync_write_record (SyncFixture *fixture, MadangRecord *record)
{
  g_autoptr (GAsyncResult) result = NULL;

  madang_sync_create_async (fixture->sync, record, take_result_cb, &result);
  sync_finish_write (fixture, &result, -1);
}

MadangRecord *
sync_create (SyncFixture *fixture, const char *title)
{
  MadangRecord *record = leaflet_new (title);

  sync_write_record (fixture, record);
  return record;
}

void
sync_retitle (
    SyncFixture *fixture, MadangRecord *record, const char *from, const char *to, int code)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (edits, madang_edit_new ("title", g_variant_new_string (from),
                                           g_variant_new_string (to)));
  madang_sync_edit_async (fixture->sync, record, edits, take_result_cb, &result);
  sync_finish_write (fixture, &result, code);
}

void
sync_assert_title (SyncFixture *fixture, const char *id, const char *title)
{
  g_autoptr (MadangRecord) record
      = madang_record_store_get (madang_sync_get_records (fixture->sync), id, NULL);

  g_assert_nonnull (record);
  g_assert_cmpstr (madang_record_get_text (record, "title"), ==, title);
}

MadangMutation *
sync_read_pushed (SyncFixture *fixture, guint push)
{
  g_autoptr (MadangPushRequest) request
      = madang_push_request_from_bytes (fake_transport_get (fixture->server, PUSH, push)->body,
                                        NULL);
  const MadangPushItem *item = g_ptr_array_index (request->items, 0);

  return madang_mutation_from_bytes (item->body, NULL);
}
