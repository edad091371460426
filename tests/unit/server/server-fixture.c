/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-agencies.h"
#include "madang-entry.h"
#include "madang-applications.h"
#include "madang-id.h"
#include "madang-record-text.h"
#include "madang-reference-data.h"
#include "madang-settings.h"
#include "madang-timers.h"
#include "madang-wire-messages.h"
#include "temporary-folder.h"

#define HOURS_SIGNED_IN G_GINT64_CONSTANT (14400000) /* fewer than a token lasts */

static const struct
{
  const char *login;
  const char *role;
  const char *agency;
} people[] = {
  { "geumcheon", "agency_officer", "금천구" },
  { "eunpyeong", "agency_officer", "은평구" },
  { "coordinator", "city_coordinator", NULL },
  { "approver", "city_approver", NULL },
  { "auditor", "auditor", NULL },
  { "admin", "system_admin", NULL },
};

static gboolean
fill_database (MadangWrite *write, gpointer data, GError **error)
{
  ServerFixture *self = data;
  MadangSave save = { .write = write, .now = madang_clock_get_programme_now (self->clock) };

  g_assert_true (madang_settings_ensure (write->storage, error));
  g_assert_true (madang_reference_data_add_agencies (&save, error));
  g_assert_true (madang_reference_data_add_programme (&save, &self->programme, error));
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      MadangNewAccount account = { .login = people[i].login,
                                   .name = people[i].login,
                                   .password = FIXTURE_PASSWORD,
                                   .role = people[i].role,
                                   .agency = people[i].agency,
                                   .valid_from = "2020-01-01",
                                   .valid_to = "2020-12-31" };

      madang_account_book_add (&save, &account, error);
      g_assert_no_error (*error);
    }
  self->geumcheon = madang_account_book_find_agency (write->storage, "금천구", error);
  self->eunpyeong = madang_account_book_find_agency (write->storage, "은평구", error);
  self->service.epoch = madang_settings_dup_epoch (write->storage);
  return TRUE;
}

static void
moved_cb (GHashTable *scopes, guint64 generation, gpointer user_data)
{
}

void
server_fixture_set_up (ServerFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 now = madang_record_text_read_time (FIXTURE_NOW, NULL);

  g_assert_true (madang_crypto_init (NULL));
  self->directory = temporary_folder_new ();
  self->path = g_build_filename (self->directory, "central.db", NULL);
  self->clock = madang_clock_new_manual (now);
  madang_clock_set_programme_now (self->clock, now);
  self->service.clock = self->clock;
  self->service.nobody = madang_password_hash ("nobody's password", &error);
  self->service.writer = madang_writer_new (self->path, moved_cb, NULL, &error);
  g_assert_no_error (error);
  server_fixture_write (self, fill_database, self);
  self->reader = madang_sqlite_storage_open (self->path, MADANG_DATABASE_READ, &error);
  g_assert_no_error (error);
}

void
server_fixture_tear_down (ServerFixture *self, gconstpointer data)
{
  g_object_unref (self->reader);
  madang_writer_free (self->service.writer);
  temporary_folder_remove (self->directory);
  g_free (self->service.epoch);
  g_free (self->service.nobody);
  g_object_unref (self->clock);
  g_free (self->directory);
  g_free (self->path);
  g_free (self->programme);
  g_free (self->geumcheon);
  g_free (self->eunpyeong);
}

void
server_fixture_write (ServerFixture *self, MadangWriteFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  madang_writer_call (self->service.writer, func, data, &error);
  g_assert_no_error (error);
}

void
server_fixture_move_clock (ServerFixture *self, gint64 milliseconds)
{
  madang_clock_advance (self->clock, milliseconds);
}

void
server_fixture_move_clock_to (ServerFixture *self, gint64 instant)
{
  gint64 now = madang_clock_get_programme_now (self->clock);

  g_assert_cmpint (instant, >=, now);
  madang_clock_advance (self->clock, instant - now);
}

typedef struct
{
  gint64 now;
  guint fired;
} Round;

static gboolean
run_timers (MadangWrite *write, gpointer data, GError **error)
{
  Round *timers = data;

  return madang_timers_run (write, timers->now, &timers->fired, error);
}

guint
server_fixture_run_timers (ServerFixture *self)
{
  Round timers = { madang_clock_get_programme_now (self->clock), 0 };

  server_fixture_write (self, run_timers, &timers);
  return timers.fired;
}

static gboolean
commit_exchange (MadangWrite *write, gpointer data, GError **error)
{
  MadangExchange *exchange = data;

  madang_exchange_take_reply (exchange, madang_router_commit (exchange, write, error));
  return exchange->reply != NULL;
}

MadangReply *
server_fixture_ask (ServerFixture *self,
                    const char *token,
                    const char *device,
                    const char *method,
                    const char *path,
                    GBytes *body)
{
  g_autoptr (MadangExchange) exchange = madang_exchange_new (&self->service);
  g_autoptr (GError) error = NULL;
  MadangReply *reply = NULL;

  exchange->endpoint = madang_router_find (method, path, &reply);
  if (exchange->endpoint == NULL)
    return reply;
  exchange->body = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("", 0);
  exchange->token = g_strdup (token);
  exchange->device = g_strdup (device);
  exchange->source = g_strdup ("192.0.2.1");
  reply = madang_router_answer (exchange, self->reader, &error);
  if (error != NULL)
    return madang_reply_new_error (error);
  if (reply != NULL)
    return reply;
  if (!madang_writer_call (self->service.writer, commit_exchange, exchange, &error))
    return madang_reply_new_error (error);
  return g_steal_pointer (&exchange->reply);
}

/* --- People -------------------------------------------------------------------------------- */

static void
sign_in (Person *self)
{
  g_autoptr (MadangSignInRequest) request = madang_sign_in_request_new ();
  g_autoptr (MadangSignInReply) answer = NULL;
  g_autoptr (MadangReply) reply = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  request->login = g_strdup (self->login);
  request->password = g_strdup (FIXTURE_PASSWORD);
  request->device = g_strdup (self->device);
  request->public_key = madang_signing_key_dup_public (self->key);
  body = madang_sign_in_request_to_bytes (request);
  reply = server_fixture_ask (self->fixture, NULL, NULL, "POST", "/sync/v1/sessions", body);
  g_assert_cmpuint (reply->status, ==, 201);
  answer = madang_sign_in_reply_from_bytes (reply->body, &error);
  g_assert_no_error (error);
  g_free (self->token);
  self->token = g_strdup (answer->token);
  g_free (self->account);
  self->account = g_strdup (answer->account);
  self->signed_in = madang_clock_get_real_now (self->fixture->clock);
}

Person *
person_new (ServerFixture *fixture, const char *login)
{
  Person *self = g_new0 (Person, 1);

  self->fixture = fixture;
  self->login = login;
  self->device = madang_id_new ();
  self->key = madang_signing_key_new ();
  sign_in (self);
  return self;
}

void
person_stay_signed_in (Person *self)
{
  if (madang_clock_get_real_now (self->fixture->clock) - self->signed_in > HOURS_SIGNED_IN)
    sign_in (self);
}

void
person_free (Person *self)
{
  g_free (self->account);
  g_free (self->device);
  madang_signing_key_free (self->key);
  g_free (self->token);
  g_free (self);
}

MadangReply *
person_ask (Person *self, const char *method, const char *path, GBytes *body)
{
  return server_fixture_ask (self->fixture, self->token, self->device, method, path, body);
}

MadangReply *
person_push_raw (Person *self, MadangMutation *mutation)
{
  g_autoptr (MadangPushRequest) request = madang_push_request_new ();
  g_autoptr (GBytes) bytes = madang_mutation_to_bytes (mutation);
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  g_autofree char *signature = madang_signing_key_sign (self->key, data, length);
  g_autoptr (GBytes) body = NULL;

  request->device = g_strdup (self->device);
  g_ptr_array_add (request->items, madang_push_item_new (++self->number, signature, bytes));
  body = madang_push_request_to_bytes (request);
  return person_ask (self, "POST", "/sync/v1/push", body);
}

MadangPushResult *
person_push (Person *self, MadangMutation *mutation)
{
  g_autoptr (MadangReply) reply = person_push_raw (self, mutation);
  g_autoptr (MadangPushReply) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  answer = madang_push_reply_from_bytes (reply->body, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->results->len, ==, 1);
  g_assert_cmpint (answer->acknowledged, ==, self->number);
  return g_ptr_array_steal_index (answer->results, 0);
}

static GStrv
list_scopes (Person *self)
{
  g_autoptr (MadangReply) reply = person_ask (self, "GET", "/sync/v1/hello", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangHello) hello = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  hello = madang_hello_from_bytes (reply->body, &error);
  g_assert_no_error (error);
  return g_strdupv (hello->scopes);
}

char *
person_pull (Person *self)
{
  g_auto (GStrv) scopes = list_scopes (self);
  g_autoptr (MadangPullRequest) request = madang_pull_request_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (MadangReply) reply = NULL;

  for (guint i = 0; scopes[i] != NULL; i++)
    g_hash_table_insert (request->cursors, g_strdup (scopes[i]), g_strdup (""));
  request->page = 1000;
  body = madang_pull_request_to_bytes (request);
  reply = person_ask (self, "POST", "/sync/v1/pull", body);
  g_assert_cmpuint (reply->status, ==, 200);
  return g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
}

typedef struct
{
  const char *id;
  MadangRecord *record;
} Reading;

static gboolean
read_record (MadangWrite *write, gpointer data, GError **error)
{
  Reading *reading = data;

  g_clear_object (&reading->record);
  reading->record = madang_record_store_get_any (madang_storage_get_records (write->storage),
                                                 reading->id, error);
  return *error == NULL;
}

MadangRecord *
server_fixture_read (ServerFixture *self, const char *id)
{
  Reading reading = { .id = id };

  server_fixture_write (self, read_record, &reading);
  return reading.record;
}

/* --- Mutations ----------------------------------------------------------------------------- */

void
mutation_add_text (MadangMutation *mutation, const char *path, const char *from, const char *to)
{
  g_ptr_array_add (mutation->edits,
                   madang_edit_new (path, from != NULL ? g_variant_new_string (from) : NULL,
                                    to != NULL ? g_variant_new_string (to) : NULL));
}

MadangMutation *
mutation_new_application (const char *programme, const char *agency)
{
  g_autofree char *id = madang_id_new ();
  MadangMutation *mutation
      = madang_mutation_new (MADANG_OPERATION_CREATE, madang_application_kind.name, id);

  mutation_add_text (mutation, "programme", NULL, programme);
  mutation_add_text (mutation, "agency", NULL, agency);
  return mutation;
}

void
mutation_complete_application (MadangMutation *mutation)
{
  static const char *const texts[][2] = {
    { "dept_name", "마을자치과" },
    { "officer_name", "견본 김담당" },
    { "phone", "02-000-0101" },
    { "email", "sample@example.com" },
    { "direction", "[견본] 발전방향" },
    { "op_and_use", "[견본] 운영 내용" },
    { "plan", "[견본] 운영계획" },
    { "page_request", "yes" },
    { "link_request", "no" },
    { "head_pledge", "yes" },
    { "dedicated_staff", "yes" },
    { "signed_on", "2020-03-09" },
    { "signer", "금천구" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mutation_add_text (mutation, texts[i][0], NULL, texts[i][1]);
}

MadangMutation *
mutation_new_patch (MadangRecord *seen, const char *path, const char *to)
{
  MadangMutation *mutation
      = madang_mutation_new (MADANG_OPERATION_PATCH, madang_record_get_kind (seen)->name,
                             madang_record_get_id (seen));
  GVariant *from = madang_record_get (seen, path);

  mutation_add_text (mutation, path, from != NULL ? g_variant_get_string (from, NULL) : NULL, to);
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    mutation->base[part] = madang_record_get_version (seen, part);
  return mutation;
}

MadangMutation *
mutation_new_event (MadangRecord *seen, const char *event)
{
  MadangMutation *mutation
      = madang_mutation_new (MADANG_OPERATION_EVENT, madang_record_get_kind (seen)->name,
                             madang_record_get_id (seen));

  mutation->event = g_strdup (event);
  mutation->seen = madang_record_dup_digest (seen);
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    mutation->base[part] = madang_record_get_version (seen, part);
  return mutation;
}

void
assert_problem (MadangReply *reply, guint status, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangProblem) problem = NULL;

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (reply->content_type, ==, "application/problem+json");
  problem = madang_problem_from_bytes (reply->body, &error);
  g_assert_no_error (error);
  g_assert_cmpint (problem->status, ==, status);
  g_assert_cmpstr (problem->code, ==, code);
}

MadangRecord *
person_create_application (Person *person, const char *agency, gboolean complete)
{
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (person->fixture->programme, agency);
  g_autoptr (MadangPushResult) result = NULL;

  if (complete)
    mutation_complete_application (mutation);
  result = person_push (person, mutation);
  g_assert_cmpstr (result->code, ==, NULL);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_APPLIED);
  return server_fixture_read (person->fixture, mutation->id);
}

void
assert_rejected (Person *person, MadangMutation *mutation, const char *code)
{
  g_autoptr (MadangPushResult) result = person_push (person, mutation);

  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_REJECTED);
  g_assert_cmpstr (result->code, ==, code);
}

static gboolean
add_long_records (MadangWrite *write, gpointer data, GError **error)
{
  MadangSave save = { .write = write };
  g_autofree char *text = g_strnfill (60 * 1024, 'x');
  g_autofree char *extra = g_strdup_printf ("{\"later\":\"%s\"}", text);

  for (guint i = 0; i < FIXTURE_LONG_RECORDS; i++)
    {
      g_autofree char *id = madang_id_new ();
      g_autoptr (MadangRecord) person = madang_record_new (&madang_person_kind, id);

      madang_record_set (person, "agency", g_variant_new_string (data), NULL);
      madang_record_set (person, "kind", g_variant_new_string ("staff"), NULL);
      madang_record_set (person, "name", g_variant_new_string ("견본"), NULL);
      madang_record_set_extra (person, MADANG_PART_MAIN, extra);
      if (!madang_entry_create (&save, person, error))
        return FALSE;
    }
  return TRUE;
}

void
server_fixture_add_long_records (ServerFixture *self)
{
  server_fixture_write (self, add_long_records, self->geumcheon);
}
