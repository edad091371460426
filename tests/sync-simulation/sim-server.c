/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sim-server.h"

#include "sim-world.h"

#include "madang-access.h"
#include "madang-account-book.h"
#include "madang-accounts.h"
#include "madang-id.h"
#include "madang-record-text.h"
#include "madang-reference-data.h"
#include "madang-settings.h"

#include <glib/gstdio.h>

#define NOW "2020-03-09T10:00:00+09:00"
#define DATABASE "central.db"

static const struct
{
  const char *login;
  const char *role;
  const char *agency;
} people[] = {
  { "first", "agency_officer", "금천구" },
  { "second", "agency_officer", "금천구" },
  { "other", "agency_officer", "은평구" },
  { "coordinator", "city_coordinator", NULL },
};

/* --- the database -------------------------------------------------------------------------- */

static gboolean
fill (MadangWrite *write, gpointer data, GError **error)
{
  g_autofree char *programme = NULL;
  MadangSave save = { .write = write, .now = madang_record_text_read_time (NOW, NULL) };

  g_assert_true (madang_settings_ensure (write->storage, error));
  g_assert_true (madang_reference_data_add_agencies (&save, error));
  g_assert_true (madang_reference_data_add_programme (&save, &programme, error));
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      MadangNewAccount account = { .login = people[i].login,
                                   .name = people[i].login,
                                   .password = SIM_PASSWORD,
                                   .role = people[i].role,
                                   .agency = people[i].agency,
                                   .valid_from = "2020-01-01",
                                   .valid_to = "2020-12-31" };

      madang_account_book_add (&save, &account, error);
      g_assert_no_error (*error);
    }
  return TRUE;
}

static void
ignore_moves (GHashTable *scopes, guint64 generation, gpointer user_data)
{
}

void
sim_server_make_template (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, DATABASE, NULL);
  g_autoptr (GError) error = NULL;
  MadangWriter *writer;

  sim_world_start (0);
  writer = madang_writer_new (path, ignore_moves, NULL, &error);
  g_assert_no_error (error);
  madang_writer_call (writer, fill, NULL, &error);
  g_assert_no_error (error);
  madang_writer_free (writer);
  sim_world_end ();
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* --- up and down --------------------------------------------------------------------------- */

typedef struct
{
  GHashTable *scopes;
  guint64 generation;
} Move;

static void
free_move (gpointer data)
{
  Move *move = data;

  g_hash_table_unref (move->scopes);
  g_free (move);
}

/* On the writer's thread. */
static void
scopes_moved (GHashTable *scopes, guint64 generation, gpointer user_data)
{
  SimServer *self = user_data;
  Move *move;

  if (g_hash_table_size (scopes) == 0)
    return;
  move = g_new0 (Move, 1);
  move->scopes = g_hash_table_ref (scopes);
  move->generation = generation;
  g_async_queue_push (self->moves, move);
}

static gboolean
read_settings (MadangWrite *write, gpointer data, GError **error)
{
  SimServer *self = data;

  g_free (self->service.epoch);
  self->service.epoch = madang_settings_dup_epoch (write->storage);
  return TRUE;
}

static void
start (SimServer *self)
{
  g_autoptr (GError) error = NULL;

  self->held = madang_held_polls_new ();
  self->moves = g_async_queue_new_full (free_move);
  self->service.writer = madang_writer_new (self->path, scopes_moved, self, &error);
  g_assert_no_error (error);
  sim_server_write (self, read_settings, self);
  self->reader = madang_sqlite_storage_open (self->path, MADANG_DATABASE_READ, &error);
  g_assert_no_error (error);
}

static void
stop (SimServer *self)
{
  g_clear_object (&self->reader);
  g_clear_pointer (&self->service.writer, madang_writer_free);
  g_clear_pointer (&self->moves, g_async_queue_unref);
  g_clear_pointer (&self->held, madang_held_polls_free);
}

static gboolean
find_agencies (MadangWrite *write, gpointer data, GError **error)
{
  SimServer *self = data;

  self->agencies[0] = madang_account_book_find_agency (write->storage, "금천구", error);
  self->agencies[1] = madang_account_book_find_agency (write->storage, "은평구", error);
  return self->agencies[0] != NULL && self->agencies[1] != NULL;
}

SimServer *
sim_server_new (const char *directory, const char *template_directory)
{
  SimServer *self = g_new0 (SimServer, 1);
  g_autofree char *template = g_build_filename (template_directory, DATABASE, NULL);
  gint64 now = madang_record_text_read_time (NOW, NULL);

  self->directory = g_strdup (directory);
  self->path = g_build_filename (directory, DATABASE, NULL);
  self->backup = g_build_filename (directory, "backup.db", NULL);
  copy_file (template, self->path);
  self->clock = madang_clock_new_manual (now);
  madang_clock_set_programme_now (self->clock, now);
  self->service.clock = self->clock;
  self->service.nobody = g_strdup ("nobody");
  start (self);
  sim_server_write (self, find_agencies, self);
  return self;
}

void
sim_server_free (SimServer *self)
{
  stop (self);
  g_object_unref (self->clock);
  g_free (self->service.epoch);
  g_free (self->service.nobody);
  g_free (self->agencies[0]);
  g_free (self->agencies[1]);
  g_free (self->directory);
  g_free (self->path);
  g_free (self->backup);
  g_free (self);
}

void
sim_server_restart (SimServer *self)
{
  stop (self);
  start (self);
}

void
sim_server_back_up (SimServer *self)
{
  g_autoptr (GError) error = NULL;

  g_unlink (self->backup);
  madang_database_backup (madang_record_store_get_database (sim_server_get_records (self)),
                          self->backup, &error);
  g_assert_no_error (error);
  self->has_backup = TRUE;
}

static gboolean
renew_epoch (MadangWrite *write, gpointer data, GError **error)
{
  return madang_settings_renew_epoch (write->storage, error) && read_settings (write, data, error);
}

void
sim_server_restore (SimServer *self)
{
  g_assert_true (self->has_backup);
  stop (self);
  copy_file (self->backup, self->path);
  start (self);
  sim_server_write (self, renew_epoch, self);
  self->restored++;
}

/* --- requests ------------------------------------------------------------------------------ */

void
sim_server_write (SimServer *self, MadangWriteFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  madang_writer_call (self->service.writer, func, data, &error);
  g_assert_no_error (error);
}

static gboolean
commit_exchange (MadangWrite *write, gpointer data, GError **error)
{
  MadangExchange *exchange = data;
  MadangReply *reply = madang_router_commit (exchange, write, error);

  if (reply != NULL)
    madang_exchange_take_reply (exchange, reply);
  return reply != NULL;
}

MadangReply *
sim_server_ask (SimServer *self, MadangExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  MadangReply *reply;

  exchange->generation = madang_writer_get_generation (self->service.writer);
  reply = madang_router_answer (exchange, self->reader, &error);
  if (error == NULL && reply == NULL)
    {
      madang_writer_call (self->service.writer, commit_exchange, exchange, &error);
      reply = g_steal_pointer (&exchange->reply);
    }
  if (error != NULL)
    g_error ("the server fails: %s", error->message);
  return reply;
}

void
sim_server_tell_moves (SimServer *self)
{
  for (Move *move; (move = g_async_queue_try_pop (self->moves)) != NULL;)
    {
      madang_held_polls_move (self->held, move->scopes, move->generation);
      free_move (move);
    }
}

MadangRecordStore *
sim_server_get_records (SimServer *self)
{
  return madang_storage_get_records (self->reader);
}

/* --- rights -------------------------------------------------------------------------------- */

static MadangRecord *
find_one (MadangRecordStore *records,
          const MadangKind *kind,
          const char *field,
          const char *text,
          const char *state)
{
  const char *states[] = { state, NULL };
  g_autoptr (MadangQuery) query = madang_query_new (kind->name);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  madang_query_add_equal (query, field, g_variant_new_string (text));
  madang_query_add_states (query, states);
  found = madang_record_store_find (records, query, &error);
  g_assert_no_error (error);
  return found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

static MadangRecord *
find_account (MadangRecordStore *records, const char *login)
{
  return find_one (records, &madang_account_kind, "login", login, "active");
}

static MadangRecord *
find_grant (MadangRecordStore *records, const char *login, const char *state)
{
  g_autoptr (MadangRecord) account = find_account (records, login);

  return find_one (records, &madang_role_grant_kind, "account", madang_record_get_id (account),
                   state);
}

typedef struct
{
  SimServer *server;
  const char *login;
} Change;

static MadangSave
make_save (const Change *change, MadangWrite *write, const char *event)
{
  return (MadangSave){ .write = write,
                       .event = event,
                       .now = madang_clock_get_programme_now (change->server->clock) };
}

static gboolean
revoke_role (MadangWrite *write, gpointer data, GError **error)
{
  const Change *change = data;
  MadangSave save = make_save (change, write, "revoke");
  g_autoptr (MadangRecord) grant
      = find_grant (madang_storage_get_records (write->storage), change->login, "active");
  g_autoptr (MadangRecord) after = NULL;

  if (grant == NULL)
    return TRUE;
  after = madang_record_dup (grant);
  madang_record_set_state (after, "revoked");
  return madang_save_record (&save, grant, after, error);
}

static gboolean
grant_role (MadangWrite *write, gpointer data, GError **error)
{
  static const char *const names[] = { "account", "role", "scope", "valid_from", "valid_to" };
  const Change *change = data;
  MadangSave save = make_save (change, write, "create");
  g_autoptr (MadangRecord) old
      = find_grant (madang_storage_get_records (write->storage), change->login, "revoked");
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangRecord) grant = madang_record_new (&madang_role_grant_kind, id);

  g_assert_nonnull (old);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    madang_record_set (grant, names[i], madang_record_get (old, names[i]), NULL);
  madang_record_set_scope (grant, "server");
  return madang_save_record (&save, NULL, grant, error);
}

static gboolean
end_sessions (MadangWrite *write, gpointer data, GError **error)
{
  const Change *change = data;
  g_autoptr (MadangRecord) account
      = find_account (madang_storage_get_records (write->storage), change->login);

  return madang_storage_end_sessions_of (write->storage, madang_record_get_id (account), error);
}

void
sim_server_revoke (SimServer *self, const char *login)
{
  sim_server_write (self, revoke_role, &(Change){ self, login });
}

void
sim_server_grant (SimServer *self, const char *login)
{
  sim_server_write (self, grant_role, &(Change){ self, login });
}

gboolean
sim_server_has_grant (SimServer *self, const char *login)
{
  g_autoptr (MadangRecord) grant = find_grant (sim_server_get_records (self), login, "active");

  return grant != NULL;
}

void
sim_server_end_sessions (SimServer *self, const char *login)
{
  sim_server_write (self, end_sessions, &(Change){ self, login });
}

MadangActor *
sim_server_load_actor (SimServer *self, const char *login)
{
  g_autoptr (MadangRecord) account = find_account (sim_server_get_records (self), login);
  g_autoptr (GError) error = NULL;
  MadangActor *actor
      = madang_access_load_actor (self->reader, madang_record_get_id (account),
                                  madang_clock_get_programme_now (self->clock), &error);

  g_assert_no_error (error);
  return actor;
}
