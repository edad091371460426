/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

#include "leaflet.h"
#include "madang-error.h"
#include "madang-id.h"
#include "madang-wire-messages.h"

#include <string.h>

/* --- signing in ------------------------------------------------------------------------------ */

static void
test_sign_in (SyncFixture *fixture, gconstpointer data)
{
  const MadangIdentity *identity;
  const FakeRequest *session, *hello, *pull;
  g_autoptr (MadangSignInRequest) request = NULL;

  g_assert_null (madang_sync_get_records (fixture->sync));
  g_assert_null (madang_sync_get_identity (fixture->sync));
  sync_sign_in (fixture);
  identity = madang_sync_get_identity (fixture->sync);
  g_assert_cmpstr (identity->account, ==, FAKE_ACCOUNT);
  g_assert_cmpstr (identity->name, ==, "견본 김담당");
  g_assert_cmpstr (identity->role, ==, "agency_officer");
  g_assert_cmpstr (identity->agency_name, ==, "견본구");
  g_assert_true (identity->demo);
  g_assert_true (madang_actor_holds (madang_sync_get_actor (fixture->sync),
                                     MADANG_ROLE_AGENCY_OFFICER, "agency:a"));
  g_assert_nonnull (madang_sync_get_records (fixture->sync));
  g_assert_cmpint (madang_sync_get_last_contact (fixture->sync), ==, REAL_NOW);
  g_assert_cmpint (madang_clock_get_programme_now (fixture->clock), ==, FAKE_NOW);

  /* One request of each, none twice; the password goes to one of them and the token to the
   * others. */
  g_assert_cmpuint (fake_transport_count (fixture->server, SESSIONS), ==, 1);
  g_assert_cmpuint (fake_transport_count (fixture->server, HELLO), ==, 1);
  g_assert_cmpuint (fake_transport_count (fixture->server, PULL), ==, 2);
  g_assert_cmpuint (fake_transport_count (fixture->server, PUSH), ==, 0);
  session = fake_transport_get (fixture->server, SESSIONS, 0);
  hello = fake_transport_get (fixture->server, HELLO, 0);
  pull = fake_transport_get (fixture->server, PULL, 1);
  g_assert_null (session->token);
  request = madang_sign_in_request_from_bytes (session->body, NULL);
  g_assert_cmpstr (request->password, ==, "견본 비밀번호");
  g_assert_cmpstr (hello->token, ==, "token-1-secret");
  g_assert_cmpstr (hello->device, ==, request->device);
  g_assert_cmpuint (pull->wait, ==, 50);
}

static void
test_wrong_password (SyncFixture *fixture, gconstpointer data)
{
  fake_transport_answer_text (fixture->server, SESSIONS, 401, "{\"code\":\"credentials\"}");
  sync_sign_in_as (fixture, "officer", MADANG_ERROR_FORBIDDEN);
  fake_transport_answer (fixture->server, SESSIONS, 429, NULL);
  sync_sign_in_as (fixture, "officer", MADANG_ERROR_TRY_LATER);
  fake_transport_answer (fixture->server, SESSIONS, 426, NULL);
  sync_sign_in_as (fixture, "officer", MADANG_ERROR_UPGRADE_REQUIRED);
  fake_transport_answer_stranger (fixture->server, SESSIONS);
  sync_sign_in_as (fixture, "officer", MADANG_ERROR_NOT_OUR_SERVER);
  fake_transport_answer (fixture->server, SESSIONS, FAKE_SILENCE, NULL);
  sync_sign_in_as (fixture, "officer", MADANG_ERROR_OFFLINE);
  g_assert_cmpint (madang_sync_get_state (fixture->sync), ==, MADANG_SYNC_OFF);
  g_assert_null (madang_sync_get_records (fixture->sync));
  /* Nothing of a failed sign-in is left behind. */
  sync_resume (fixture, "officer", MADANG_ERROR_NOT_FOUND);
  sync_sign_in (fixture);
}

static void
test_hello_lost_at_sign_in (SyncFixture *fixture, gconstpointer data)
{
  fake_transport_answer (fixture->server, HELLO, FAKE_SILENCE, NULL);
  sync_sign_in_as (fixture, "officer", -1);
  g_assert_cmpstr (madang_sync_get_identity (fixture->sync)->name, ==, "견본 김담당");
  sync_run_until_state (fixture, MADANG_SYNC_CONNECTED);
  g_assert_cmpstr (madang_sync_get_identity (fixture->sync)->role, ==, "agency_officer");
}

static gboolean
holds_text (const char *path, const char *text)
{
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return memmem (contents, length, text, strlen (text)) != NULL;
}

static gboolean
folder_holds_text (const char *directory, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  g_assert_nonnull (dir);
  while (!found && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      found = g_file_test (path, G_FILE_TEST_IS_DIR) ? folder_holds_text (path, text)
                                                     : holds_text (path, text);
    }
  return found;
}

static void
test_secrets_are_not_on_disk (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GDir) dir = NULL;

  sync_sign_in (fixture);
  record = sync_create (fixture, "findable");
  sync_stop (fixture);
  g_assert_true (folder_holds_text (fixture->directory, "findable"));
  g_assert_false (folder_holds_text (fixture->directory, "token-1-secret"));
  g_assert_false (folder_holds_text (fixture->directory, "견본 비밀번호"));
  g_assert_false (folder_holds_text (fixture->directory, "ed25519:"));
  /* The name of the folder tells neither server nor login. */
  dir = g_dir_open (fixture->directory, 0, NULL);
  name = g_strdup (g_dir_read_name (dir));
  g_assert_cmpuint (strlen (name), ==, 32);
  g_assert_cmpuint (strspn (name, "0123456789abcdef"), ==, 32);
  g_assert_null (g_dir_read_name (dir));
}

/* --- resuming and signing out ---------------------------------------------------------------- */

static void
test_resume (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  const char *device;

  sync_sign_in (fixture);
  record = sync_create (fixture, "before");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  sync_stop (fixture);

  /* The next start is without a network, with a clock that was not told anything. */
  g_clear_object (&fixture->clock);
  fixture->clock = madang_clock_new_manual (REAL_NOW + 5000);
  fake_transport_set_offline (fixture->server, TRUE);
  sync_start (fixture);
  sync_resume (fixture, "officer", -1);
  sync_run_until_state (fixture, MADANG_SYNC_OFFLINE);
  g_assert_cmpstr (madang_sync_get_identity (fixture->sync)->agency_name, ==, "견본구");
  g_assert_cmpint (madang_sync_get_last_contact (fixture->sync), ==, REAL_NOW);
  g_assert_cmpint (madang_clock_get_programme_now (fixture->clock), ==, FAKE_NOW + 5000);
  sync_assert_title (fixture, madang_record_get_id (record), "before");
  sync_retitle (fixture, record, "before", "after", -1);
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 1);

  /* The same token and the same device, out of the keyring. */
  fake_transport_set_offline (fixture->server, FALSE);
  madang_sync_hint (fixture->sync);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  device = fake_transport_get (fixture->server, PUSH, 0)->device;
  g_assert_cmpstr (fake_transport_get (fixture->server, PUSH, 1)->device, ==, device);
  g_assert_cmpstr (fake_transport_get (fixture->server, PUSH, 1)->token, ==, "token-1-secret");
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 2);
}

static void
test_sign_out (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  guint pushes;

  sync_sign_in (fixture);
  fake_transport_set_offline (fixture->server, TRUE);
  record = sync_create (fixture, "unsent");
  fake_transport_set_offline (fixture->server, FALSE);
  sync_sign_out (fixture);
  sync_run_until_state (fixture, MADANG_SYNC_OFF);
  g_assert_null (madang_sync_get_records (fixture->sync));
  g_assert_null (madang_sync_get_identity (fixture->sync));
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 0);
  g_assert_cmpstr (fake_transport_get (fixture->server, SESSION, 0)->token, ==, "token-1-secret");
  sync_retitle (fixture, record, "unsent", "nobody", MADANG_ERROR_SIGN_IN_REQUIRED);

  /* The token is gone for good; the unsent change is not. */
  pushes = fake_transport_count (fixture->server, PUSH);
  sync_resume (fixture, "officer", -1);
  sync_run_until_state (fixture, MADANG_SYNC_SIGN_IN);
  run_until (madang_sync_get_waiting (fixture->sync) == 1);
  sync_assert_title (fixture, madang_record_get_id (record), "unsent");
  g_assert_cmpuint (fake_transport_count (fixture->server, PUSH), ==, pushes);
  sync_sign_in (fixture);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 1);
}

static void
test_two_accounts (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (MadangRecord) other = NULL;

  sync_sign_in (fixture);
  record = sync_create (fixture, "of the first");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  sync_sign_in_as (fixture, "coordinator", -1);
  sync_run_until_state (fixture, MADANG_SYNC_CONNECTED);
  /* What one saw is not in the other's profile. */
  other = madang_record_store_get (madang_sync_get_records (fixture->sync),
                                   madang_record_get_id (record), NULL);
  g_assert_null (other);
  sync_resume (fixture, "officer", -1);
  sync_assert_title (fixture, madang_record_get_id (record), "of the first");
}

/* Without a keyring every start is a new device, and every sign-in asks for the password. */
static void
test_no_keyring (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  const char *first;
  guint pushes;

  fake_keyring_set_broken (fixture->keyring, TRUE);
  sync_sign_in (fixture);
  first = fake_transport_get (fixture->server, HELLO, 0)->device;
  fake_transport_set_offline (fixture->server, TRUE);
  record = sync_create (fixture, "unsent");
  sync_stop (fixture);
  fake_transport_set_offline (fixture->server, FALSE);

  sync_start (fixture);
  sync_resume (fixture, "officer", -1);
  sync_run_until_state (fixture, MADANG_SYNC_SIGN_IN);
  sync_retitle (fixture, record, "unsent", "offline", -1);
  pushes = fake_transport_count (fixture->server, PUSH);
  sync_sign_in (fixture);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpstr (fake_transport_get (fixture->server, PUSH, pushes)->device, !=, first);
  sync_assert_title (fixture, madang_record_get_id (record), "offline");
  sync_run_until_state (fixture, MADANG_SYNC_CONNECTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  leaflet_register ();
#define ADD(path, func)                                                                            \
  g_test_add ("/sync/sign-in/" path, SyncFixture, NULL, sync_set_up, func, sync_tear_down)
  ADD ("sign-in", test_sign_in);
  ADD ("wrong-password", test_wrong_password);
  ADD ("hello-lost-at-sign-in", test_hello_lost_at_sign_in);
  ADD ("secrets-are-not-on-disk", test_secrets_are_not_on_disk);
  ADD ("resume", test_resume);
  ADD ("sign-out", test_sign_out);
  ADD ("two-accounts", test_two_accounts);
  ADD ("no-keyring", test_no_keyring);
#undef ADD
  return g_test_run ();
}
