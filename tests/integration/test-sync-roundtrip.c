/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-sync-private.h"

#include "fake-keyring.h"
#include "lossy-transport.h"
#include "madang-demo.h"
#include "madang-error.h"
#include "madang-http-transport.h"
#include "madang-id.h"
#include "madang-server.h"
#include "main-loop.h"
#include "temporary-folder.h"

#include <string.h>

#define PUSH "/sync/v1/push"
#define YEAR (G_GINT64_CONSTANT (365) * 24 * 3600 * 1000)

/* One installation of the program. */
typedef struct
{
  MadangClock *clock;
  LossyTransport *line;
  FakeKeyring *keyring;
  MadangSync *sync;
  char *login;
  char *password;
  GPtrArray *refused; /* codes */
} Client;

typedef struct
{
  char *directory;
  MadangClock *clock;
  MadangServer *server;
  char *address;
  GKeyFile *accounts;
  guint n_clients;
} Fixture;

/* --- the server ------------------------------------------------------------------------------ */

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *database = NULL;
  g_autofree char *accounts = NULL;
  MadangServerOptions options = { NULL };

  fixture->directory = temporary_folder_new ();
  fixture->clock = madang_clock_new ();
  database = madang_demo_prepare (fixture->directory, fixture->clock, &error);
  g_assert_no_error (error);
  accounts = g_build_filename (fixture->directory, "accounts.ini", NULL);
  fixture->accounts = g_key_file_new ();
  g_key_file_load_from_file (fixture->accounts, accounts, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  options.database = database;
  options.clock = fixture->clock;
  fixture->server = madang_server_new (&options);
  madang_server_start (fixture->server, &error);
  g_assert_no_error (error);
  fixture->address
      = g_strdup_printf ("http://127.0.0.1:%u", madang_server_get_port (fixture->server));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  madang_server_stop (fixture->server);
  madang_server_free (fixture->server);
  g_key_file_unref (fixture->accounts);
  g_object_unref (fixture->clock);
  temporary_folder_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->address);
}

/* --- clients --------------------------------------------------------------------------------- */

static void
refused_cb (MadangSync *sync, const char *id, const char *code, GStrv arguments, gpointer user_data)
{
  Client *client = user_data;

  g_ptr_array_add (client->refused, g_strdup (code));
}

/* The clock of each is wrong by years: the server's is the one that counts. */
static Client *
client_new (Fixture *fixture, const char *login)
{
  Client *client = g_new0 (Client, 1);
  g_autofree char *directory
      = g_strdup_printf ("%s/client-%u", fixture->directory, fixture->n_clients++);
  g_autoptr (MadangTransport) http = madang_http_transport_new (fixture->address);

  client->clock = madang_clock_new_manual (g_get_real_time () / 1000 + 10 * YEAR);
  client->line = lossy_transport_new (http);
  client->keyring = fake_keyring_new ();
  client->login = g_strdup (login);
  client->password = g_key_file_get_string (fixture->accounts, login, "password", NULL);
  client->refused = g_ptr_array_new_with_free_func (g_free);
  client->sync
      = madang_sync_new_with (fixture->address, directory, client->clock,
                              MADANG_TRANSPORT (client->line), MADANG_KEYRING (client->keyring));
  g_signal_connect (client->sync, "refused", G_CALLBACK (refused_cb), client);
  return client;
}

static void
client_free (Client *client)
{
  madang_sync_close (client->sync);
  g_assert_finalize_object (client->sync);
  g_object_unref (client->line);
  g_object_unref (client->keyring);
  g_object_unref (client->clock);
  g_ptr_array_unref (client->refused);
  g_free (client->login);
  g_free (client->password);
  g_free (client);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

static void
finish_write (Client *client, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  madang_sync_write_finish (client->sync, result, &error);
  g_assert_no_error (error);
}

static void
sign_in (Client *client)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  madang_sync_sign_in_async (client->sync, client->login, client->password, NULL, take_result_cb,
                             &result);
  run_until (result != NULL);
  madang_sync_sign_in_finish (client->sync, result, &error);
  g_assert_no_error (error);
  run_until (madang_sync_get_state (client->sync) == MADANG_SYNC_CONNECTED);
}

static void
cut (Client *client)
{
  lossy_transport_cut (client->line, TRUE);
  run_until (madang_sync_get_state (client->sync) == MADANG_SYNC_OFFLINE);
}

static void
reconnect (Client *client)
{
  lossy_transport_cut (client->line, FALSE);
  madang_sync_hint (client->sync);
  run_until (madang_sync_get_state (client->sync) == MADANG_SYNC_CONNECTED
             && madang_sync_get_waiting (client->sync) == 0);
}

/* --- records --------------------------------------------------------------------------------- */

static MadangRecord *
get (Client *client, const char *id)
{
  g_autoptr (GError) error = NULL;
  MadangRecord *record
      = madang_record_store_get (madang_sync_get_records (client->sync), id, &error);

  g_assert_no_error (error);
  return record;
}

static GPtrArray *
find (Client *client, const char *kind)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind);
  g_autoptr (GError) error = NULL;
  GPtrArray *records
      = madang_record_store_find (madang_sync_get_records (client->sync), query, &error);

  g_assert_no_error (error);
  return records;
}

static char *
dup_text (Client *client, const char *id, const char *field)
{
  g_autoptr (MadangRecord) record = get (client, id);

  return record != NULL ? g_strdup (madang_record_get_text (record, field)) : NULL;
}

static gboolean
has_text (Client *client, const char *id, const char *field, const char *text)
{
  g_autofree char *seen = dup_text (client, id, field);

  return g_strcmp0 (seen, text) == 0;
}

static gboolean
has_state (Client *client, const char *id, const char *state)
{
  g_autoptr (MadangRecord) record = get (client, id);

  return record != NULL && g_str_equal (madang_record_get_state (record), state);
}

static gint64
get_version (Client *client, const char *id)
{
  g_autoptr (MadangRecord) record = get (client, id);

  return madang_record_get_version (record, MADANG_PART_MAIN);
}

static char *
create_application (Client *client)
{
  g_autoptr (GPtrArray) programmes = find (client, "programme");
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangRecord) record = madang_record_new (madang_kind_find ("application"), id);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_cmpuint (programmes->len, ==, 1);
  madang_record_set (
      record, "programme",
      g_variant_new_string (madang_record_get_id (g_ptr_array_index (programmes, 0))), NULL);
  madang_record_set (record, "agency",
                     g_variant_new_string (madang_sync_get_identity (client->sync)->agency), NULL);
  madang_sync_create_async (client->sync, record, take_result_cb, &result);
  run_until (result != NULL);
  finish_write (client, result);
  return g_steal_pointer (&id);
}

static void
edit (Client *client, const char *id, const char *field, const char *text)
{
  g_autoptr (MadangRecord) record = get (client, id);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (edits, madang_edit_new (field, madang_record_get (record, field),
                                           g_variant_new_string (text)));
  madang_sync_edit_async (client->sync, record, edits, take_result_cb, &result);
  run_until (result != NULL);
  finish_write (client, result);
}

static void
fill_in (Client *client, const char *id)
{
  static const char *const values[][2] = {
    { "dept_name", "견본과" },
    { "officer_name", "견본 이담당" },
    { "phone", "02-000-0199" },
    { "email", "sample@example.com" },
    { "direction", "[견본] 발전방향" },
    { "op_and_use", "[견본] 운영" },
    { "plan", "[견본] 계획" },
    { "page_request", "yes" },
    { "link_request", "no" },
    { "head_pledge", "no" },
    { "dedicated_staff", "yes" },
    { "signed_on", "2020-03-09" },
    { "signer", "은평구" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    edit (client, id, values[i][0], values[i][1]);
}

static void
run_event (Client *client, const char *id, const char *event)
{
  g_autoptr (MadangRecord) record = get (client, id);
  g_autoptr (GAsyncResult) result = NULL;

  madang_sync_event_async (client->sync, record, event, NULL, take_result_cb, &result);
  run_until (result != NULL);
  finish_write (client, result);
}

/* --- tests ----------------------------------------------------------------------------------- */

/* A draft without a network, then submitted; the coordinator sees it by itself and receives it;
 * the officer gets the number. */
static void
test_submit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) officer = client_new (fixture, "eunpyeong");
  g_autoptr (Client) coordinator = client_new (fixture, "coordinator");
  g_autofree char *id = NULL;
  g_autofree char *number = NULL;
  gint64 drift;

  sign_in (coordinator);
  sign_in (officer);
  g_assert_cmpstr (madang_sync_get_identity (officer->sync)->agency_name, ==, "은평구");
  drift = madang_clock_get_programme_now (officer->clock)
          - madang_clock_get_programme_now (fixture->clock);
  g_assert_cmpint (ABS (drift), <, 10 * 1000);

  cut (officer);
  id = create_application (officer);
  fill_in (officer, id);
  g_assert_true (has_text (officer, id, "plan", "[견본] 계획"));
  g_assert_cmpuint (madang_sync_get_waiting (officer->sync), >, 0);
  reconnect (officer);
  g_assert_cmpint (get_version (officer, id), >, 0);
  g_assert_true (has_text (officer, id, "phone", "02-000-0199"));
  /* A draft is the agency's own. */
  g_assert_null (get (coordinator, id));

  run_event (officer, id, "submit");
  run_until (madang_sync_get_waiting (officer->sync) == 0);
  g_assert_true (has_state (officer, id, "submitted"));
  run_until (has_state (coordinator, id, "submitted"));
  g_assert_true (has_text (coordinator, id, "direction", "[견본] 발전방향"));
  run_event (coordinator, id, "receive");
  run_until (has_state (officer, id, "received"));
  number = dup_text (officer, id, "receipt_number");
  g_assert_true (g_str_has_prefix (number, "접수-2020-"));
  g_assert_cmpuint (officer->refused->len, ==, 0);
  g_assert_cmpuint (coordinator->refused->len, ==, 0);
}

/* The server took the push, the client never learns: the repeat has no second effect. */
static void
test_lost_reply (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) officer = client_new (fixture, "eunpyeong");
  g_autofree char *id = NULL;
  gint64 version;

  sign_in (officer);
  id = create_application (officer);
  run_until (madang_sync_get_waiting (officer->sync) == 0);
  version = get_version (officer, id);
  lossy_transport_lose_reply (officer->line, PUSH);
  edit (officer, id, "plan", "[견본] 한 번");
  run_until (lossy_transport_count_lost (officer->line) == 1);
  run_until (madang_sync_get_waiting (officer->sync) == 0);
  g_assert_cmpint (get_version (officer, id), ==, version + 1);
  g_assert_true (has_text (officer, id, "plan", "[견본] 한 번"));
  g_assert_cmpuint (madang_sync_get_troubled (officer->sync), ==, 0);
}

static MadangRecord *
find_open_conflict (Client *client)
{
  g_autoptr (GPtrArray) conflicts = find (client, "conflict");

  for (guint i = 0; i < conflicts->len; i++)
    {
      MadangRecord *conflict = g_ptr_array_index (conflicts, i);

      if (g_str_equal (madang_record_get_state (conflict), "open"))
        return g_object_ref (conflict);
    }
  return NULL;
}

static gboolean
has_open_conflict (Client *client)
{
  g_autoptr (MadangRecord) conflict = find_open_conflict (client);

  return conflict != NULL;
}

/* Two computers of one person change the same field; another field merges; the person settles. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) office = client_new (fixture, "eunpyeong");
  g_autoptr (Client) laptop = client_new (fixture, "eunpyeong");
  g_autoptr (MadangRecord) conflict = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) theirs = NULL;
  g_autoptr (GVariant) mine = NULL;
  const MadangField *field = NULL;
  g_autofree char *id = NULL;

  sign_in (office);
  sign_in (laptop);
  id = create_application (office);
  edit (office, id, "plan", "[견본] 처음");
  run_until (has_text (laptop, id, "plan", "[견본] 처음"));

  cut (laptop);
  edit (laptop, id, "plan", "[견본] 노트북");
  edit (laptop, id, "site_name", "[견본] 누리집");
  edit (office, id, "plan", "[견본] 사무실");
  run_until (madang_sync_get_waiting (office->sync) == 0);
  lossy_transport_cut (laptop->line, FALSE);
  madang_sync_hint (laptop->sync);
  run_until (laptop->refused->len == 1 && has_open_conflict (laptop));
  g_assert_cmpstr (g_ptr_array_index (laptop->refused, 0), ==, "conflict");
  run_until (has_text (office, id, "site_name", "[견본] 누리집"));
  g_assert_true (has_text (office, id, "plan", "[견본] 사무실"));
  run_until (madang_sync_get_troubled (laptop->sync) == 1);

  conflict = find_open_conflict (laptop);
  g_assert_true (madang_sync_read_conflict (conflict, &field, &theirs, &mine));
  g_assert_cmpstr (field->name, ==, "plan");
  g_assert_cmpstr (g_variant_get_string (theirs, NULL), ==, "[견본] 사무실");
  g_assert_cmpstr (g_variant_get_string (mine, NULL), ==, "[견본] 노트북");
  madang_sync_resolve_async (laptop->sync, conflict, mine, take_result_cb, &result);
  run_until (result != NULL);
  finish_write (laptop, result);
  run_until (has_text (office, id, "plan", "[견본] 노트북"));
  run_until (!has_open_conflict (laptop) && !has_open_conflict (office));
  run_until (madang_sync_get_troubled (laptop->sync) == 0);
}

static void
test_wrong_password (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = client_new (fixture, "eunpyeong");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  madang_sync_sign_in_async (client->sync, "eunpyeong", "견본: 틀린 비밀번호", NULL, take_result_cb,
                             &result);
  run_until (result != NULL);
  g_assert_false (madang_sync_sign_in_finish (client->sync, result, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FORBIDDEN);
  sign_in (client);
}

/* The token ends on the server while the client works on. */
static void
test_signed_out_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = client_new (fixture, "eunpyeong");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  sign_in (client);
  id = create_application (client);
  run_until (madang_sync_get_waiting (client->sync) == 0);
  madang_sync_sign_out_async (client->sync, take_result_cb, &result);
  run_until (result != NULL);
  madang_sync_sign_out_finish (client->sync, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  madang_sync_resume_async (client->sync, "eunpyeong", NULL, take_result_cb, &result);
  run_until (result != NULL);
  g_assert_true (madang_sync_resume_finish (client->sync, result, &error));
  run_until (madang_sync_get_state (client->sync) == MADANG_SYNC_SIGN_IN);
  edit (client, id, "plan", "[견본] 토큰 없이");
  g_assert_cmpuint (madang_sync_get_waiting (client->sync), ==, 1);
  sign_in (client);
  run_until (madang_sync_get_waiting (client->sync) == 0);
  g_assert_true (has_text (client, id, "plan", "[견본] 토큰 없이"));
}

static MadangHistory *
fetch_history (Client *client, const char *id, gint64 before)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MadangHistory *history;

  madang_sync_fetch_history_async (client->sync, id, before, take_result_cb, &result);
  run_until (result != NULL);
  history = madang_sync_fetch_history_finish (client->sync, result, &error);
  g_assert_no_error (error);
  return history;
}

static const MadangHistoryLine *
find_line (const MadangHistory *history, const char *path)
{
  for (guint i = 0; i < history->lines->len; i++)
    {
      const MadangHistoryLine *line = g_ptr_array_index (history->lines, i);

      if (g_strcmp0 (line->path, path) == 0)
        return line;
    }
  return NULL;
}

/* The officer sees all that was done, without the network too; the office what was submitted. */
static void
test_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) officer = client_new (fixture, "eunpyeong");
  g_autoptr (Client) coordinator = client_new (fixture, "coordinator");
  g_autoptr (MadangHistory) whole = NULL;
  g_autoptr (MadangHistory) offline = NULL;
  g_autoptr (MadangHistory) office = NULL;
  g_autofree char *id = NULL;
  const MadangHistoryLine *line;

  sign_in (coordinator);
  sign_in (officer);
  id = create_application (officer);
  fill_in (officer, id);
  edit (officer, id, "plan", "[견본] 고친 계획");
  run_until (madang_sync_get_waiting (officer->sync) == 0);
  run_event (officer, id, "submit");
  run_until (madang_sync_get_waiting (officer->sync) == 0);
  run_until (has_state (coordinator, id, "submitted"));

  whole = fetch_history (officer, id, 0);
  g_assert_true (whole->reached);
  g_assert_cmpint (whole->next, ==, 0);
  line = find_line (whole, "phone");
  g_assert_true (line->own);
  g_assert_cmpstr (g_variant_get_string (line->after, NULL), ==, "02-000-0199");
  g_assert_nonnull (find_line (whole, "dept_name"));

  office = fetch_history (coordinator, id, 0);
  g_assert_true (office->reached);
  g_assert_cmpuint (office->lines->len, >, 0);
  for (guint i = 0; i < office->lines->len; i++)
    {
      line = g_ptr_array_index (office->lines, i);
      g_assert_cmpstr (line->event, ==, "submit");
      g_assert_true (line->hidden);
      g_assert_nonnull (line->who);
      g_assert_false (line->own);
    }
  g_assert_null (find_line (office, "plan"));

  cut (officer);
  offline = fetch_history (officer, id, 0);
  g_assert_false (offline->reached);
  g_assert_cmpuint (offline->lines->len, ==, whole->lines->len);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/sync-roundtrip/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("submit", test_submit);
  ADD ("lost-reply", test_lost_reply);
  ADD ("conflict", test_conflict);
  ADD ("wrong-password", test_wrong_password);
  ADD ("signed-out", test_signed_out_elsewhere);
  ADD ("history", test_history);
#undef ADD
  return g_test_run ();
}
