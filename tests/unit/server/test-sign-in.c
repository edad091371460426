/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-id.h"
#include "madang-sign-in.h"
#include "madang-wire-messages.h"

static MadangReply *
sign_in_from (ServerFixture *fixture,
              const char *login,
              const char *password,
              const char *device,
              const char *source)
{
  g_autoptr (MadangExchange) exchange = madang_exchange_new (&fixture->service);
  g_autoptr (MadangSignInRequest) request = madang_sign_in_request_new ();
  g_autoptr (MadangSigningKey) key = madang_signing_key_new ();
  g_autoptr (GError) error = NULL;
  MadangReply *reply = NULL;

  request->login = g_strdup (login);
  request->password = g_strdup (password);
  request->device = device != NULL ? g_strdup (device) : madang_id_new ();
  request->public_key = madang_signing_key_dup_public (key);
  exchange->endpoint = madang_router_find ("POST", "/sync/v1/sessions", &reply);
  exchange->body = madang_sign_in_request_to_bytes (request);
  exchange->source = g_strdup (source);
  reply = madang_router_answer (exchange, fixture->reader, &error);
  g_assert_no_error (error);
  return reply;
}

static guint
try_password (ServerFixture *fixture, const char *password, const char *source)
{
  g_autoptr (MadangReply) reply = sign_in_from (fixture, "geumcheon", password, NULL, source);

  return reply->status;
}

/* detail (nullable): lines of any. */
static guint
count_audit (ServerFixture *fixture, const char *detail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = madang_storage_list_audit (fixture->reader, 0, 1000, &error);
  guint n_lines = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    {
      const MadangAudit *line = g_ptr_array_index (lines, i);

      if (detail == NULL || g_strcmp0 (line->detail, detail) == 0)
        n_lines++;
    }
  return n_lines;
}

static void
test_right_password (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangReply) reply
      = sign_in_from (fixture, " Geumcheon ", FIXTURE_PASSWORD, NULL, "192.0.2.1");
  g_autoptr (MadangSignInReply) answer = NULL;

  g_assert_cmpuint (reply->status, ==, 201);
  answer = madang_sign_in_reply_from_bytes (reply->body, NULL);
  g_assert_cmpstr (answer->login, ==, "geumcheon");
  g_assert_cmpint (answer->expires, ==,
                   madang_clock_get_real_now (fixture->clock) + MADANG_SESSION_LENGTH);
  /* 256 bits as base64url. */
  g_assert_cmpuint (strlen (answer->token), ==, 43);
}

static void
test_wrong_and_unknown_look_the_same (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangReply) wrong
      = sign_in_from (fixture, "geumcheon", "wrong password", NULL, "192.0.2.1");
  g_autoptr (MadangReply) unknown
      = sign_in_from (fixture, "nobody", "wrong password", NULL, "192.0.2.1");

  assert_problem (wrong, 401, "credentials");
  g_assert_cmpuint (unknown->status, ==, 401);
  g_assert_true (g_bytes_equal (wrong->body, unknown->body));
}

/* The median of several, since the machine does other things too. */
static gint64
measure (ServerFixture *fixture, const char *login)
{
  gint64 times[9];

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *source = g_strdup_printf ("%s-%u", login, i);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (MadangReply) reply = sign_in_from (fixture, login, "wrong password", NULL, source);

      times[i] = g_get_monotonic_time () - start;
      for (guint at = i; at > 0 && times[at - 1] > times[at]; at--)
        {
          gint64 later = times[at - 1];

          times[at - 1] = times[at];
          times[at] = later;
        }
    }
  return times[G_N_ELEMENTS (times) / 2];
}

static void
test_unknown_name_costs_the_same (ServerFixture *fixture, gconstpointer data)
{
  gint64 known = measure (fixture, "geumcheon");
  gint64 unknown = measure (fixture, "nobody");

  /* Without the hash the unknown one would be some fifty times faster. */
  g_assert_cmpint (unknown * 3, >, known);
  g_assert_cmpint (known * 3, >, unknown);
}

static void
test_lock_after_five (ServerFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < MADANG_SIGN_IN_FAILURES; i++)
    g_assert_cmpuint (try_password (fixture, "wrong password", "192.0.2.1"), ==, 401);

  g_assert_cmpuint (try_password (fixture, FIXTURE_PASSWORD, "192.0.2.1"), ==, 429);
  /* A colleague elsewhere is not locked out. */
  g_assert_cmpuint (try_password (fixture, FIXTURE_PASSWORD, "192.0.2.2"), ==, 201);

  server_fixture_move_clock (fixture, MADANG_SIGN_IN_WINDOW - 1000);
  g_assert_cmpuint (try_password (fixture, FIXTURE_PASSWORD, "192.0.2.1"), ==, 429);
  server_fixture_move_clock (fixture, 1001);
  g_assert_cmpuint (try_password (fixture, FIXTURE_PASSWORD, "192.0.2.1"), ==, 201);
}

/* Whoever knocks at a locked door must not fill the log that only grows. */
static void
test_lock_is_noted_once (ServerFixture *fixture, gconstpointer data)
{
  guint n_before;

  for (guint i = 0; i < MADANG_SIGN_IN_FAILURES; i++)
    try_password (fixture, "wrong password", "192.0.2.1");
  n_before = count_audit (fixture, NULL);
  g_assert_cmpuint (count_audit (fixture, "locked"), ==, 1);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (try_password (fixture, "wrong password", "192.0.2.1"), ==, 429);
  g_assert_cmpuint (count_audit (fixture, NULL), ==, n_before);

  server_fixture_move_clock (fixture, MADANG_SIGN_IN_WINDOW + 1000);
  for (guint i = 0; i < MADANG_SIGN_IN_FAILURES; i++)
    g_assert_cmpuint (try_password (fixture, "wrong password", "192.0.2.1"), ==, 401);
  g_assert_cmpuint (count_audit (fixture, "locked"), ==, 2);
}

static void
test_success_forgets_failures (ServerFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < MADANG_SIGN_IN_FAILURES - 1; i++)
    g_assert_cmpuint (try_password (fixture, "wrong password", "192.0.2.1"), ==, 401);
  g_assert_cmpuint (try_password (fixture, FIXTURE_PASSWORD, "192.0.2.1"), ==, 201);
  for (guint i = 0; i < MADANG_SIGN_IN_FAILURES; i++)
    g_assert_cmpuint (try_password (fixture, "wrong password", "192.0.2.1"), ==, 401);
  g_assert_cmpuint (try_password (fixture, "wrong password", "192.0.2.1"), ==, 429);
}

typedef struct
{
  ServerFixture *fixture;
  gint right;
  gint tried;
} Guessing;

static gpointer
guess (gpointer data)
{
  Guessing *guessing = data;

  if (try_password (guessing->fixture, "wrong password", "192.0.2.1") == 401)
    g_atomic_int_inc (&guessing->tried);
  return NULL;
}

/* Twelve guesses at once: five are looked at. */
static void
test_guesses_at_once_are_bounded (ServerFixture *fixture, gconstpointer data)
{
  Guessing guessing = { .fixture = fixture };
  GThread *threads[12];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("guess", guess, &guessing);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (guessing.tried, ==, MADANG_SIGN_IN_FAILURES);
}

static gboolean
add_failures_everywhere (MadangWrite *write, gpointer data, GError **error)
{
  ServerFixture *fixture = data;

  for (guint i = 0; i < MADANG_SIGN_IN_FAILURES_EVERYWHERE; i++)
    {
      if (!madang_storage_add_failure (write->storage, "geumcheon", "*",
                                       madang_clock_get_real_now (fixture->clock), error))
        return FALSE;
    }
  return TRUE;
}

/* Guesses from many places stop too, but not for the person's own computer. */
static void
test_lock_everywhere_spares_known_devices (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangReply) known = NULL;

  server_fixture_write (fixture, add_failures_everywhere, fixture);
  g_assert_cmpuint (try_password (fixture, FIXTURE_PASSWORD, "192.0.2.9"), ==, 429);
  known = sign_in_from (fixture, "geumcheon", FIXTURE_PASSWORD, officer->device, "192.0.2.9");
  g_assert_cmpuint (known->status, ==, 201);
}

static guint
say_hello (Person *person)
{
  g_autoptr (MadangReply) reply = person_ask (person, "GET", "/sync/v1/hello", NULL);

  return reply->status;
}

static void
test_session_ends (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");

  server_fixture_move_clock (fixture, MADANG_SESSION_LENGTH - 1);
  g_assert_cmpuint (say_hello (officer), ==, 200);
  server_fixture_move_clock (fixture, 1);
  g_assert_cmpuint (say_hello (officer), ==, 401);
}

static void
test_sign_out (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) same = person_new (fixture, "geumcheon");
  g_autoptr (MadangReply) reply = person_ask (officer, "DELETE", "/sync/v1/sessions/current", NULL);

  g_assert_cmpuint (reply->status, ==, 204);
  g_assert_cmpuint (say_hello (officer), ==, 401);
  g_assert_cmpuint (say_hello (same), ==, 200);
}

static gboolean
close_account (MadangWrite *write, gpointer data, GError **error)
{
  MadangSave save = { .write = write };

  return madang_account_book_close (&save, data, error);
}

static void
test_closed_account (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangReply) reply = NULL;

  server_fixture_write (fixture, close_account, (gpointer) "geumcheon");
  g_assert_cmpuint (say_hello (officer), ==, 401);
  reply = sign_in_from (fixture, "geumcheon", FIXTURE_PASSWORD, NULL, "192.0.2.1");
  assert_problem (reply, 401, "credentials");
}

/* The account of the person, in the state. */
typedef struct
{
  const char *account;
  const char *state;
} AccountMove;

static gboolean
move_account (MadangWrite *write, gpointer data, GError **error)
{
  const AccountMove *move = data;
  MadangSave save = { .write = write, .event = "lock" };
  g_autoptr (MadangRecord) before
      = madang_record_store_get (madang_storage_get_records (write->storage), move->account, error);
  g_autoptr (MadangRecord) after = madang_record_dup (before);

  madang_record_set_state (after, move->state);
  return madang_save_record (&save, before, after, error);
}

/* A token that may be in wrong hands does not come back with the account. */
static void
test_lock_ends_sessions (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  AccountMove lock = { officer->account, "locked" };
  AccountMove unlock = { officer->account, "active" };

  server_fixture_write (fixture, move_account, &lock);
  g_assert_cmpuint (say_hello (officer), ==, 401);
  server_fixture_write (fixture, move_account, &unlock);
  g_assert_cmpuint (say_hello (officer), ==, 401);
  g_assert_cmpuint (say_hello (other), ==, 200);
  g_assert_cmpuint (try_password (fixture, FIXTURE_PASSWORD, "192.0.2.1"), ==, 201);
}

static gboolean
change_password (MadangWrite *write, gpointer data, GError **error)
{
  MadangSave save = { .write = write };

  return madang_account_book_set_password (&save, "geumcheon", data, error);
}

static void
test_new_password_ends_sessions (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");

  server_fixture_write (fixture, change_password, (gpointer) "또 다른 긴 비밀번호입니다");
  g_assert_cmpuint (say_hello (officer), ==, 401);
  g_assert_cmpuint (try_password (fixture, FIXTURE_PASSWORD, "192.0.2.1"), ==, 401);
  g_assert_cmpuint (try_password (fixture, "또 다른 긴 비밀번호입니다", "192.0.2.1"), ==, 201);
}

static void
test_device_of_someone_else (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangReply) reply
      = sign_in_from (fixture, "eunpyeong", FIXTURE_PASSWORD, officer->device, "192.0.2.1");

  assert_problem (reply, 409, "device");
}

static void
test_token_of_another_device (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");

  g_free (officer->device);
  officer->device = madang_id_new ();
  g_assert_cmpuint (say_hello (officer), ==, 401);
}

/* Only hashes are kept: neither password nor token is anywhere in the files. */
static void
test_secrets_are_not_in_the_files (ServerFixture *fixture, gconstpointer data)
{
  static const char *const ends[] = { "", "-wal" };
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, ends[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_assert_null (g_strstr_len (bytes, (gssize)length, FIXTURE_PASSWORD));
      g_assert_null (memmem (bytes, length, FIXTURE_PASSWORD, strlen (FIXTURE_PASSWORD)));
      g_assert_null (memmem (bytes, length, officer->token, strlen (officer->token)));
    }
}

/* People type passwords into the line of the name. */
static void
test_unknown_names_are_not_in_the_files (ServerFixture *fixture, gconstpointer data)
{
  static const char typed[] = "Wrong-line-7-password";
  g_autofree char *kept = g_ascii_strdown (typed, -1);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  const char *const paths[] = { fixture->path, log };

  for (guint i = 0; i < MADANG_SIGN_IN_FAILURES; i++)
    {
      g_autoptr (MadangReply) reply = sign_in_from (fixture, typed, "x", NULL, "192.0.2.1");

      assert_problem (reply, 401, "credentials");
    }
  /* It is counted all the same. */
  g_autoptr (MadangReply) locked = sign_in_from (fixture, typed, "x", NULL, "192.0.2.1");
  assert_problem (locked, 429, "locked");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (paths[i], &bytes, &length, NULL));
      g_assert_null (memmem (bytes, length, typed, strlen (typed)));
      g_assert_null (memmem (bytes, length, kept, strlen (kept)));
    }
}

static void
test_hello (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangReply) reply = person_ask (officer, "GET", "/sync/v1/hello", NULL);
  g_autoptr (MadangHello) hello = madang_hello_from_bytes (reply->body, NULL);
  const MadangWireGrant *grant = g_ptr_array_index (hello->grants, 0);

  g_assert_cmpstr (hello->login, ==, "geumcheon");
  g_assert_cmpint (hello->now, ==, madang_clock_get_programme_now (fixture->clock));
  g_assert_cmpint (hello->last_number, ==, 0);
  g_assert_cmpint (hello->lease, ==, 7 * 24 * 3600);
  g_assert_false (hello->demo);
  g_assert_cmpuint (hello->grants->len, ==, 1);
  g_assert_cmpstr (grant->role, ==, "agency_officer");
  g_assert_cmpstr (grant->agency, ==, fixture->geumcheon);
  g_assert_cmpstr (grant->agency_name, ==, "금천구");
  g_assert_cmpuint (g_strv_length (hello->scopes), ==, 4);
}

/* A role is held to the end of its last day, by the programme clock. */
static void
test_role_ends_with_its_last_day (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangReply) before = NULL;
  g_autoptr (MadangReply) after = NULL;
  g_autoptr (MadangHello) hello_before = NULL;
  g_autoptr (MadangHello) hello_after = NULL;

  madang_clock_set_programme_now (fixture->clock, G_GINT64_CONSTANT (1609426799999));
  before = person_ask (officer, "GET", "/sync/v1/hello", NULL);
  madang_clock_set_programme_now (fixture->clock, G_GINT64_CONSTANT (1609426800000));
  after = person_ask (officer, "GET", "/sync/v1/hello", NULL);
  hello_before = madang_hello_from_bytes (before->body, NULL);
  hello_after = madang_hello_from_bytes (after->body, NULL);

  g_assert_cmpuint (hello_before->grants->len, ==, 1);
  g_assert_cmpuint (hello_after->grants->len, ==, 0);
  g_assert_cmpuint (g_strv_length (hello_after->scopes), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/sign-in/right", test_right_password);
  FIXTURE_TEST ("/sign-in/wrong-and-unknown", test_wrong_and_unknown_look_the_same);
  FIXTURE_TEST ("/sign-in/unknown-costs-the-same", test_unknown_name_costs_the_same);
  FIXTURE_TEST ("/sign-in/lock", test_lock_after_five);
  FIXTURE_TEST ("/sign-in/lock-is-noted-once", test_lock_is_noted_once);
  FIXTURE_TEST ("/sign-in/success-forgets", test_success_forgets_failures);
  FIXTURE_TEST ("/sign-in/at-once", test_guesses_at_once_are_bounded);
  FIXTURE_TEST ("/sign-in/everywhere", test_lock_everywhere_spares_known_devices);
  FIXTURE_TEST ("/sign-in/session-ends", test_session_ends);
  FIXTURE_TEST ("/sign-in/sign-out", test_sign_out);
  FIXTURE_TEST ("/sign-in/closed-account", test_closed_account);
  FIXTURE_TEST ("/sign-in/lock-ends-sessions", test_lock_ends_sessions);
  FIXTURE_TEST ("/sign-in/new-password", test_new_password_ends_sessions);
  FIXTURE_TEST ("/sign-in/foreign-device", test_device_of_someone_else);
  FIXTURE_TEST ("/sign-in/other-device", test_token_of_another_device);
  FIXTURE_TEST ("/sign-in/secrets", test_secrets_are_not_in_the_files);
  FIXTURE_TEST ("/sign-in/unknown-names", test_unknown_names_are_not_in_the_files);
  FIXTURE_TEST ("/hello/officer", test_hello);
  FIXTURE_TEST ("/hello/role-ends", test_role_ends_with_its_last_day);

  return g_test_run ();
}
