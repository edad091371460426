/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-sync-private.h"

#include "fake-keyring.h"
#include "fake-transport.h"
#include "leaflet.h"
#include "madang-error.h"
#include "madang-id.h"
#include "madang-wire-messages.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define SERVER "https://madang.invalid"
#define HELLO "/sync/v1/hello"
#define PULL "/sync/v1/pull"
#define PUSH "/sync/v1/push"
#define SESSIONS "/sync/v1/sessions"
#define SESSION "/sync/v1/sessions/current"
#define REAL_NOW G_GINT64_CONSTANT (1767225600000)
#define DEADLINE 20 /* seconds; only a failing test waits so long */

typedef struct
{
  char *directory;
  FakeTransport *server;
  FakeKeyring *keyring;
  MadangClock *clock;
  MadangSync *sync;
  GHashTable *changed; /* every id that was told */
  GPtrArray *refused;  /* "id code" */
} Fixture;

static void
changed_cb (MadangSync *sync, const char *const *ids, gpointer user_data)
{
  Fixture *fixture = user_data;

  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (fixture->changed, g_strdup (ids[i]));
}

static void
refused_cb (MadangSync *sync, const char *id, const char *code, GStrv arguments, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->refused, g_strdup_printf ("%s %s", id, code));
}

static void
start (Fixture *fixture)
{
  fixture->sync = madang_sync_new_with (SERVER, fixture->directory, fixture->clock,
                                        MADANG_TRANSPORT (fixture->server),
                                        MADANG_KEYRING (fixture->keyring));
  g_signal_connect (fixture->sync, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->sync, "refused", G_CALLBACK (refused_cb), fixture);
}

static void
stop (Fixture *fixture)
{
  madang_sync_close (fixture->sync);
  g_assert_finalize_object (g_steal_pointer (&fixture->sync));
}

/* --- folders --------------------------------------------------------------------------------- */

static void
remove_folder (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_assert_no_errno (g_unlink (path));
    }
  g_assert_no_errno (g_rmdir (directory));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("madang-sync-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->server = fake_transport_new ();
  fixture->keyring = fake_keyring_new ();
  fixture->clock = madang_clock_new_manual (REAL_NOW);
  fixture->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->refused = g_ptr_array_new_with_free_func (g_free);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->sync != NULL)
    stop (fixture);
  g_object_unref (fixture->server);
  g_object_unref (fixture->keyring);
  g_object_unref (fixture->clock);
  g_hash_table_unref (fixture->changed);
  g_ptr_array_unref (fixture->refused);
  remove_folder (fixture->directory);
  g_free (fixture->directory);
}

/* --- waiting --------------------------------------------------------------------------------- */

static gboolean
too_late_cb (gpointer data)
{
  g_test_fail_printf ("what is waited for does not come");
  abort ();
}

/* What only the other thread sees does not wake this one; and nobody waits for the end of a
 * pause: a hint ends it. */
static gboolean
tick_cb (gpointer data)
{
  Fixture *fixture = data;
  MadangSyncState state = madang_sync_get_state (fixture->sync);

  if (state == MADANG_SYNC_OFFLINE || state == MADANG_SYNC_PORTAL)
    madang_sync_hint (fixture->sync);
  return G_SOURCE_CONTINUE;
}

#define run_until(condition)                                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint tick_ = g_timeout_add (2, tick_cb, fixture);                                             \
    guint deadline_ = g_timeout_add_seconds (DEADLINE, too_late_cb, NULL);                         \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (deadline_);                                                                   \
    g_source_remove (tick_);                                                                       \
  }                                                                                                \
  G_STMT_END

static void
run_until_state (Fixture *fixture, MadangSyncState state)
{
  run_until (madang_sync_get_state (fixture->sync) == state);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
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
static void
sign_in_as (Fixture *fixture, const char *login, int code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  madang_sync_sign_in_async (fixture->sync, login, "견본 비밀번호", NULL, take_result_cb, &result);
  run_until (result != NULL);
  madang_sync_sign_in_finish (fixture->sync, result, &error);
  assert_result (result, error, code);
}

static void
sign_in (Fixture *fixture)
{
  sign_in_as (fixture, "officer", -1);
  run_until_state (fixture, MADANG_SYNC_CONNECTED);
  run_until (fake_transport_is_polling (fixture->server));
}

static void
resume (Fixture *fixture, const char *login, int code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  madang_sync_resume_async (fixture->sync, login, NULL, take_result_cb, &result);
  run_until (result != NULL);
  madang_sync_resume_finish (fixture->sync, result, &error);
  assert_result (result, error, code);
}

static void
sign_out (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  madang_sync_sign_out_async (fixture->sync, take_result_cb, &result);
  run_until (result != NULL);
  madang_sync_sign_out_finish (fixture->sync, result, &error);
  g_assert_no_error (error);
}

static void
finish_write (Fixture *fixture, GAsyncResult **result, int code)
{
  g_autoptr (GError) error = NULL;

  run_until (*result != NULL);
  madang_sync_write_finish (fixture->sync, *result, &error);
  assert_result (*result, error, code);
  g_clear_object (result);
}

static void
write_record (Fixture *fixture, MadangRecord *record)
{
  g_autoptr (GAsyncResult) result = NULL;

  madang_sync_create_async (fixture->sync, record, take_result_cb, &result);
  finish_write (fixture, &result, -1);
}

static MadangRecord *
create (Fixture *fixture, const char *title)
{
  MadangRecord *record = leaflet_new (title);

  write_record (fixture, record);
  return record;
}

static void
retitle (Fixture *fixture, MadangRecord *record, const char *from, const char *to, int code)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (edits, madang_edit_new ("title", g_variant_new_string (from),
                                           g_variant_new_string (to)));
  madang_sync_edit_async (fixture->sync, record, edits, take_result_cb, &result);
  finish_write (fixture, &result, code);
}

static void
assert_title (Fixture *fixture, const char *id, const char *title)
{
  g_autoptr (MadangRecord) record
      = madang_record_store_get (madang_sync_get_records (fixture->sync), id, NULL);

  g_assert_nonnull (record);
  g_assert_cmpstr (madang_record_get_text (record, "title"), ==, title);
}

/* --- signing in ------------------------------------------------------------------------------ */

static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  const MadangIdentity *identity;
  const FakeRequest *session, *hello, *pull;
  g_autoptr (MadangSignInRequest) request = NULL;

  g_assert_null (madang_sync_get_records (fixture->sync));
  g_assert_null (madang_sync_get_identity (fixture->sync));
  sign_in (fixture);
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
test_wrong_password (Fixture *fixture, gconstpointer data)
{
  fake_transport_answer_text (fixture->server, SESSIONS, 401, "{\"code\":\"credentials\"}");
  sign_in_as (fixture, "officer", MADANG_ERROR_FORBIDDEN);
  fake_transport_answer (fixture->server, SESSIONS, 429, NULL);
  sign_in_as (fixture, "officer", MADANG_ERROR_TRY_LATER);
  fake_transport_answer (fixture->server, SESSIONS, 426, NULL);
  sign_in_as (fixture, "officer", MADANG_ERROR_UPGRADE_REQUIRED);
  fake_transport_answer_stranger (fixture->server, SESSIONS);
  sign_in_as (fixture, "officer", MADANG_ERROR_NOT_OUR_SERVER);
  fake_transport_answer (fixture->server, SESSIONS, FAKE_SILENCE, NULL);
  sign_in_as (fixture, "officer", MADANG_ERROR_OFFLINE);
  g_assert_cmpint (madang_sync_get_state (fixture->sync), ==, MADANG_SYNC_OFF);
  g_assert_null (madang_sync_get_records (fixture->sync));
  /* Nothing of a failed sign-in is left behind. */
  resume (fixture, "officer", MADANG_ERROR_NOT_FOUND);
  sign_in (fixture);
}

static void
test_hello_lost_at_sign_in (Fixture *fixture, gconstpointer data)
{
  fake_transport_answer (fixture->server, HELLO, FAKE_SILENCE, NULL);
  sign_in_as (fixture, "officer", -1);
  g_assert_cmpstr (madang_sync_get_identity (fixture->sync)->name, ==, "견본 김담당");
  run_until_state (fixture, MADANG_SYNC_CONNECTED);
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
test_secrets_are_not_on_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GDir) dir = NULL;

  sign_in (fixture);
  record = create (fixture, "findable");
  stop (fixture);
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
test_resume (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  const char *device;

  sign_in (fixture);
  record = create (fixture, "before");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  stop (fixture);

  /* The next start is without a network, with a clock that was not told anything. */
  g_clear_object (&fixture->clock);
  fixture->clock = madang_clock_new_manual (REAL_NOW + 5000);
  fake_transport_set_offline (fixture->server, TRUE);
  start (fixture);
  resume (fixture, "officer", -1);
  run_until_state (fixture, MADANG_SYNC_OFFLINE);
  g_assert_cmpstr (madang_sync_get_identity (fixture->sync)->agency_name, ==, "견본구");
  g_assert_cmpint (madang_sync_get_last_contact (fixture->sync), ==, REAL_NOW);
  g_assert_cmpint (madang_clock_get_programme_now (fixture->clock), ==, FAKE_NOW + 5000);
  assert_title (fixture, madang_record_get_id (record), "before");
  retitle (fixture, record, "before", "after", -1);
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
test_sign_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  guint pushes;

  sign_in (fixture);
  fake_transport_set_offline (fixture->server, TRUE);
  record = create (fixture, "unsent");
  fake_transport_set_offline (fixture->server, FALSE);
  sign_out (fixture);
  run_until_state (fixture, MADANG_SYNC_OFF);
  g_assert_null (madang_sync_get_records (fixture->sync));
  g_assert_null (madang_sync_get_identity (fixture->sync));
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 0);
  g_assert_cmpstr (fake_transport_get (fixture->server, SESSION, 0)->token, ==, "token-1-secret");
  retitle (fixture, record, "unsent", "nobody", MADANG_ERROR_SIGN_IN_REQUIRED);

  /* The token is gone for good; the unsent change is not. */
  pushes = fake_transport_count (fixture->server, PUSH);
  resume (fixture, "officer", -1);
  run_until_state (fixture, MADANG_SYNC_SIGN_IN);
  run_until (madang_sync_get_waiting (fixture->sync) == 1);
  assert_title (fixture, madang_record_get_id (record), "unsent");
  g_assert_cmpuint (fake_transport_count (fixture->server, PUSH), ==, pushes);
  sign_in (fixture);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 1);
}

static void
test_two_accounts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (MadangRecord) other = NULL;

  sign_in (fixture);
  record = create (fixture, "of the first");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  sign_in_as (fixture, "coordinator", -1);
  run_until_state (fixture, MADANG_SYNC_CONNECTED);
  /* What one saw is not in the other's profile. */
  other = madang_record_store_get (madang_sync_get_records (fixture->sync),
                                   madang_record_get_id (record), NULL);
  g_assert_null (other);
  resume (fixture, "officer", -1);
  assert_title (fixture, madang_record_get_id (record), "of the first");
}

/* Without a keyring every start is a new device, and every sign-in asks for the password. */
static void
test_no_keyring (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  const char *first;
  guint pushes;

  fake_keyring_set_broken (fixture->keyring, TRUE);
  sign_in (fixture);
  first = fake_transport_get (fixture->server, HELLO, 0)->device;
  fake_transport_set_offline (fixture->server, TRUE);
  record = create (fixture, "unsent");
  stop (fixture);
  fake_transport_set_offline (fixture->server, FALSE);

  start (fixture);
  resume (fixture, "officer", -1);
  run_until_state (fixture, MADANG_SYNC_SIGN_IN);
  retitle (fixture, record, "unsent", "offline", -1);
  pushes = fake_transport_count (fixture->server, PUSH);
  sign_in (fixture);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpstr (fake_transport_get (fixture->server, PUSH, pushes)->device, !=, first);
  assert_title (fixture, madang_record_get_id (record), "offline");
  run_until_state (fixture, MADANG_SYNC_CONNECTED);
}

/* --- writing --------------------------------------------------------------------------------- */

static MadangMutation *
read_pushed (Fixture *fixture, guint push)
{
  g_autoptr (MadangPushRequest) request
      = madang_push_request_from_bytes (fake_transport_get (fixture->server, PUSH, push)->body,
                                        NULL);
  const MadangPushItem *item = g_ptr_array_index (request->items, 0);

  return madang_mutation_from_bytes (item->body, NULL);
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MadangRecord) seen = NULL;
  g_autoptr (MadangMutation) submit = NULL;
  g_autofree char *digest = NULL;

  sign_in (fixture);
  record = create (fixture, "one");
  g_assert_true (g_hash_table_contains (fixture->changed, madang_record_get_id (record)));
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_true (fake_transport_is_polling (fixture->server));
  retitle (fixture, record, "one", "two", -1);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  retitle (fixture, record, "two", "far longer than twenty letters", MADANG_ERROR_INVALID);
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 0);

  seen = madang_record_store_get (madang_sync_get_records (fixture->sync),
                                  madang_record_get_id (record), NULL);
  madang_sync_event_async (fixture->sync, seen, "submit", NULL, take_result_cb, &result);
  finish_write (fixture, &result, -1);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 3);
  submit = read_pushed (fixture, fake_transport_count (fixture->server, PUSH) - 1);
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
test_creation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = leaflet_new ("with rows");
  g_autoptr (MadangMutation) mutation = NULL;
  const MadangEdit *edit;

  madang_record_set (record, "rows/a1",
                     g_variant_new_parsed ("{'pos': <int64 1>, 'text': <'first'>}"), NULL);
  sign_in (fixture);
  write_record (fixture, record);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  mutation = read_pushed (fixture, 0);
  g_assert_cmpint (mutation->operation, ==, MADANG_OPERATION_CREATE);
  g_assert_cmpstr (mutation->scope, ==, "agency:a");
  g_assert_cmpint (mutation->at, ==, REAL_NOW);
  g_assert_cmpuint (mutation->edits->len, ==, 2);
  edit = g_ptr_array_index (mutation->edits, 1);
  g_assert_cmpstr (edit->path, ==, "rows/a1");
  g_assert_null (edit->from);
}

static void
test_lost_reply (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;

  sign_in (fixture);
  fake_transport_lose_reply (fixture->server, PUSH);
  record = create (fixture, "once");
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_count (fixture->server, PUSH), ==, 2);
  g_assert_true (g_bytes_equal (fake_transport_get (fixture->server, PUSH, 0)->body,
                                fake_transport_get (fixture->server, PUSH, 1)->body));
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 1);
  run_until_state (fixture, MADANG_SYNC_CONNECTED);
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;

  sign_in (fixture);
  fake_transport_set_offline (fixture->server, TRUE);
  run_until_state (fixture, MADANG_SYNC_OFFLINE);
  record = create (fixture, "a");
  retitle (fixture, record, "a", "b", -1);
  retitle (fixture, record, "b", "c", -1);
  assert_title (fixture, madang_record_get_id (record), "c");
  g_assert_cmpint (madang_sync_get_waiting (fixture->sync), >, 0);
  fake_transport_set_offline (fixture->server, FALSE);
  madang_sync_hint (fixture->sync);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  run_until_state (fixture, MADANG_SYNC_CONNECTED);
  assert_title (fixture, madang_record_get_id (record), "c");
}

static void
test_token_ended (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  const char *device;

  sign_in (fixture);
  device = fake_transport_get (fixture->server, HELLO, 0)->device;
  fake_transport_answer (fixture->server, PUSH, 401, NULL);
  record = create (fixture, "kept");
  run_until_state (fixture, MADANG_SYNC_SIGN_IN);
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 1);
  retitle (fixture, record, "kept", "still kept", -1);
  sign_in (fixture);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 2);
  g_assert_cmpstr (fake_transport_get (fixture->server, PUSH, 1)->token, ==, "token-2-secret");
  g_assert_cmpstr (fake_transport_get (fixture->server, PUSH, 1)->device, ==, device);
}

static void
test_portal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;

  sign_in (fixture);
  fake_transport_answer_stranger (fixture->server, PUSH);
  fake_transport_answer_stranger (fixture->server, HELLO);
  record = create (fixture, "kept");
  run_until_state (fixture, MADANG_SYNC_PORTAL);
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 1);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  g_assert_cmpuint (fake_transport_get_effects (fixture->server), ==, 1);
}

/* The database is a copy of another one, as the server sees it. */
static void
test_rotation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  const char *device;

  sign_in (fixture);
  device = fake_transport_get (fixture->server, HELLO, 0)->device;
  fake_transport_answer_text (fixture->server, PUSH, 422, "{\"code\":\"mid-reused\"}");
  record = create (fixture, "copied");
  run_until_state (fixture, MADANG_SYNC_SIGN_IN);
  g_assert_cmpuint (madang_sync_get_waiting (fixture->sync), ==, 1);
  sign_in (fixture);
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
list_waiting (Fixture *fixture)
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
test_refusal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *told = NULL;
  const MadangWaiting *change;

  sign_in (fixture);
  /* The first push gets no answer, so that its refusal can be written before the second. */
  fake_transport_answer (fixture->server, PUSH, 503, NULL);
  fake_transport_answer (fixture->server, HELLO, 503, NULL);
  record = create (fixture, "refused");
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
  finish_write (fixture, &result, -1);
  run_until (madang_sync_get_troubled (fixture->sync) == 0);
  madang_sync_discard_async (fixture->sync, change->mid, take_result_cb, &result);
  finish_write (fixture, &result, MADANG_ERROR_NOT_FOUND);
}

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
dup_cursor (Fixture *fixture, guint pull)
{
  g_autoptr (MadangPullRequest) request
      = madang_pull_request_from_bytes (fake_transport_get (fixture->server, PULL, pull)->body,
                                        NULL);

  g_assert_nonnull (request);
  return g_strdup (g_hash_table_lookup (request->cursors, "agency:a"));
}

static void
test_pull (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (GString) lines = g_string_new (OPEN);
  g_autofree char *cursor = NULL;

  sign_in (fixture);
  append_put (lines, id, "pulled");
  append_mark (lines, "first.7");
  g_string_append (lines, END);
  fake_transport_end_poll (fixture->server, lines->str);
  run_until (g_hash_table_contains (fixture->changed, id));
  assert_title (fixture, id, "pulled");
  run_until (fake_transport_is_polling (fixture->server));
  cursor = dup_cursor (fixture, 2);
  g_assert_cmpstr (cursor, ==, "first.7");
}

/* Cut off before "end": what was marked stays, the rest is asked for again. */
static void
test_pull_cut_off (Fixture *fixture, gconstpointer data)
{
  g_autofree char *marked = madang_id_new ();
  g_autofree char *unmarked = madang_id_new ();
  g_autoptr (GString) lines = g_string_new (OPEN);
  g_autoptr (MadangRecord) record = NULL;
  g_autofree char *cursor = NULL;

  sign_in (fixture);
  append_put (lines, marked, "marked");
  append_mark (lines, "first.7");
  append_put (lines, unmarked, "unmarked");
  fake_transport_end_poll (fixture->server, lines->str);
  run_until (g_hash_table_contains (fixture->changed, marked));
  run_until (fake_transport_count (fixture->server, PULL) >= 3);
  assert_title (fixture, marked, "marked");
  record = madang_record_store_get (madang_sync_get_records (fixture->sync), unmarked, NULL);
  g_assert_null (record);
  cursor = dup_cursor (fixture, 2);
  g_assert_cmpstr (cursor, ==, "first.7");
}

static void
test_pull_rubbish (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "rubbish\n",
    END,
    OPEN OPEN END,
    OPEN END "{\"t\":\"mark\",\"scope\":\"agency:a\",\"cursor\":\"first.99\"}\n",
    OPEN "{\"t\":\"mark\",\"scope\":\"agency:a\"}\n" END,
    "",
  };

  sign_in (fixture);
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
test_new_epoch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autofree char *cursor = NULL;
  guint pulls;

  sign_in (fixture);
  record = create (fixture, "kept");
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
  assert_title (fixture, madang_record_get_id (record), "kept");
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
push_resolution (Fixture *fixture, MadangRecord *record, const char *value)
{
  g_autoptr (MadangRecord) conflict = new_conflict ("title", "\"theirs\"", "\"mine\"");
  g_autoptr (GAsyncResult) result = NULL;
  guint pushes = fake_transport_count (fixture->server, PUSH);
  MadangMutation *mutation;

  leaflet_set_text (conflict, "record", madang_record_get_id (record));
  madang_sync_resolve_async (fixture->sync, conflict, g_variant_new_string (value), take_result_cb,
                             &result);
  finish_write (fixture, &result, -1);
  run_until (madang_sync_get_waiting (fixture->sync) == 0);
  mutation = read_pushed (fixture, pushes);
  g_assert_cmpint (mutation->operation, ==, MADANG_OPERATION_RESOLVE);
  g_assert_cmpstr (mutation->conflict, ==, madang_record_get_id (conflict));
  g_assert_cmpstr (mutation->id, ==, madang_record_get_id (record));
  return mutation;
}

static void
test_resolve (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (MadangMutation) mine = NULL;
  g_autoptr (MadangMutation) theirs = NULL;
  const MadangEdit *edit;

  sign_in (fixture);
  record = create (fixture, "theirs");
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
#define ADD(path, func) g_test_add ("/sync/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("sign-in", test_sign_in);
  ADD ("wrong-password", test_wrong_password);
  ADD ("hello-lost-at-sign-in", test_hello_lost_at_sign_in);
  ADD ("secrets-are-not-on-disk", test_secrets_are_not_on_disk);
  ADD ("resume", test_resume);
  ADD ("sign-out", test_sign_out);
  ADD ("two-accounts", test_two_accounts);
  ADD ("no-keyring", test_no_keyring);
  ADD ("write", test_write);
  ADD ("creation", test_creation);
  ADD ("lost-reply", test_lost_reply);
  ADD ("offline", test_offline);
  ADD ("token-ended", test_token_ended);
  ADD ("portal", test_portal);
  ADD ("rotation", test_rotation);
  ADD ("refusal", test_refusal);
  ADD ("pull", test_pull);
  ADD ("pull-cut-off", test_pull_cut_off);
  ADD ("pull-rubbish", test_pull_rubbish);
  ADD ("new-epoch", test_new_epoch);
  ADD ("resolve", test_resolve);
#undef ADD
  g_test_add_func ("/sync/read-conflict", test_read_conflict);
  return g_test_run ();
}
