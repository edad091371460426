/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bare-wire.h"

#include "bare-database.h"
#include "madang-crypto.h"
#include "madang-id.h"
#include "madang-wire-limits.h"
#include "madang-wire-messages.h"
#include "temporary-folder.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>

#define INSERT_SQL "INSERT OR REPLACE INTO line VALUES (?1, ?2, ?3)"
#define ROWS_A_COMMIT 1000 /* as the server marks */

struct _BareWire
{
  char *directory;
  GPtrArray *bodies; /* (element-type GBytes): one HTTP body each */
  char *public_key;  /* (nullable): of the outbox's device */
  GThread *thread;   /* (nullable): it listens */
  GMainContext *context;
  GMainLoop *loop;
  BareDatabase *central; /* of the listening side */
  sqlite3_stmt *insert;
  char *url;
};

/* --- the listening side ---------------------------------------------------------------------- */

/* The least that a receiver must do with a line: read it as JSON and find the row by its id. */
static void
store_line (sqlite3_stmt *insert, const char *line, gsize size)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object;

  if (!json_parser_load_from_data (parser, line, (gssize)size, NULL))
    g_error ("a line is no JSON");
  object = json_node_get_object (json_parser_get_root (parser));
  sqlite3_bind_text (insert, 1, json_object_get_string_member_with_default (object, "id", ""), -1,
                     SQLITE_TRANSIENT);
  sqlite3_bind_text (insert, 2, json_object_get_string_member_with_default (object, "part", ""), -1,
                     SQLITE_TRANSIENT);
  sqlite3_bind_blob (insert, 3, line, (int)size, SQLITE_STATIC);
  bare_statement_run (insert);
}

/* A body of a push: a line of the signature, and a line of the change. */
static void
store_changes (BareWire *self, BareDatabase *database, sqlite3_stmt *insert, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end = data + size;

  bare_database_run (database, "BEGIN IMMEDIATE");
  for (const char *line = data; line < end;)
    {
      const char *body = (const char *)memchr (line, '\n', end - line) + 1;
      const char *next = memchr (body, '\n', end - body);
      g_autofree char *signature = g_strndup (line, body - 1 - line);

      if (!madang_signature_verify (self->public_key, signature, body, next - body))
        g_error ("a signature is wrong");
      store_line (insert, body, next - body);
      line = next + 1;
    }
  bare_database_run (database, "COMMIT");
}

/* Out of the queue of the sender, into its journal. */
static void
note_sent (BareDatabase *database, sqlite3_stmt *insert, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end = data + size;

  bare_database_run (database, "BEGIN IMMEDIATE");
  for (const char *line = data; line < end;)
    {
      const char *body = (const char *)memchr (line, '\n', end - line) + 1;
      const char *next = memchr (body, '\n', end - body);

      store_line (insert, body, next - body);
      line = next + 1;
    }
  bare_database_run (database, "COMMIT");
}

/* "/N": the answer of that number. Else what was sent is stored. */
static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  BareWire *self = user_data;
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (message));

  soup_server_message_set_status (message, 200, NULL);
  if (self->public_key == NULL)
    {
      GBytes *bytes = g_ptr_array_index (self->bodies, atoi (path + 1));

      soup_message_body_append_bytes (soup_server_message_get_response_body (message), bytes);
      return;
    }
  store_changes (self, self->central, self->insert, body);
}

static gpointer
listen_thread (gpointer data)
{
  BareWire *self = data;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, answer_cb, self, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("%s", error->message);
  uris = soup_server_get_uris (server);
  g_atomic_pointer_set (&self->url, g_uri_to_string (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  g_main_loop_run (self->loop);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static BareDatabase *
open_database (BareWire *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  BareDatabase *database = bare_database_open (path);

  bare_database_run (database, "CREATE TABLE IF NOT EXISTS line (id TEXT, part TEXT, text BLOB, "
                               "PRIMARY KEY (id, part)); DELETE FROM line");
  return database;
}

static BareWire *
new_empty (void)
{
  BareWire *self = g_new0 (BareWire, 1);

  self->directory = temporary_folder_new ();
  self->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->central = open_database (self, "central.db");
  self->insert = bare_database_prepare (self->central, INSERT_SQL);
  return self;
}

static void
start_listening (BareWire *self)
{
  self->thread = g_thread_new ("bare-wire", listen_thread, self);
  while (g_atomic_pointer_get (&self->url) == NULL)
    g_usleep (1000);
}

void
bare_wire_free (BareWire *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  sqlite3_finalize (self->insert);
  bare_database_close (self->central);
  g_ptr_array_unref (self->bodies);
  temporary_folder_remove (self->directory);
  g_free (self->directory);
  g_free (self->public_key);
  g_free (self->url);
  g_free (self);
}

/* --- pull ----------------------------------------------------------------------------------- */

/* From top to bottom as it comes, a commit each thousand lines. */
static void
store_stream (BareDatabase *database, sqlite3_stmt *insert, GInputStream *stream)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  guint n_lines = 0;

  g_buffered_input_stream_set_buffer_size (G_BUFFERED_INPUT_STREAM (lines), 64 * 1024);
  bare_database_run (database, "BEGIN IMMEDIATE");
  while (TRUE)
    {
      gsize size;
      g_autofree char *line = g_data_input_stream_read_line (lines, &size, NULL, NULL);

      if (line == NULL)
        break;
      store_line (insert, line, size);
      if (++n_lines % ROWS_A_COMMIT == 0)
        bare_database_run (database, "COMMIT; BEGIN IMMEDIATE");
    }
  bare_database_run (database, "COMMIT");
}

double
bare_wire_pull (BareWire *self)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (BareDatabase) database = open_database (self, "cache.db");
  g_autoptr (sqlite3_stmt) insert = bare_database_prepare (database, INSERT_SQL);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < self->bodies->len; i++)
    {
      g_autofree char *url = g_strdup_printf ("%s%u", self->url, i);
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
      g_autoptr (GError) error = NULL;
      g_autoptr (GInputStream) stream = soup_session_send (session, message, NULL, &error);

      if (stream == NULL)
        g_error ("%s", error->message);
      store_stream (database, insert, stream);
    }
  return (double)(g_get_monotonic_time () - start) / 1000;
}

/* --- recording ------------------------------------------------------------------------------ */

typedef struct
{
  SoupSession *session;
  const char *url;
  char *device;
  char *token; /* (nullable) */
} Caller;

static GBytes *
call (Caller *self, const char *method, const char *path, GBytes *body)
{
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *schema = g_strdup_printf ("%d", MADANG_WIRE_SCHEMA);
  g_autofree char *authorization = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *answer;

  soup_message_headers_append (headers, "Madang-Protocol", "1");
  soup_message_headers_append (headers, "Madang-Schema", schema);
  soup_message_headers_append (headers, "Madang-Device", self->device);
  if (self->token != NULL)
    {
      authorization = g_strconcat ("Bearer ", self->token, NULL);
      soup_message_headers_append (headers, "Authorization", authorization);
    }
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  if (answer == NULL || soup_message_get_status (message) >= 300)
    g_error ("%s: %u", path, soup_message_get_status (message));
  return answer;
}

static void
sign_in (Caller *self, CentralServer *server, const char *login)
{
  g_autoptr (MadangSigningKey) key = madang_signing_key_new ();
  g_autoptr (MadangSignInRequest) request = madang_sign_in_request_new ();
  g_autoptr (MadangSignInReply) reply = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;

  request->login = g_strdup (login);
  request->password = central_server_dup_password (server, login);
  request->device = g_strdup (self->device);
  request->public_key = madang_signing_key_dup_public (key);
  body = madang_sign_in_request_to_bytes (request);
  answer = call (self, "POST", "/sync/v1/sessions", body);
  reply = madang_sign_in_reply_from_bytes (answer, NULL);
  self->token = g_strdup (reply->token);
}

/* Moves on to the cursors that the answer tells. TRUE: there is more. */
static gboolean
follow (MadangPullRequest *request, GBytes *answer)
{
  g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (answer, NULL), "\n", 0);
  gboolean more = FALSE;

  for (guint i = 0; lines[i] != NULL && lines[i][0] == '{'; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (lines[i], strlen (lines[i]));
      g_autoptr (MadangPullLine) line = NULL;

      if (g_str_has_prefix (lines[i], "{\"t\":\"put\""))
        continue;
      line = madang_pull_line_from_bytes (bytes, NULL);
      if (line->cursor != NULL)
        g_hash_table_insert (request->cursors, g_strdup (line->scope), g_strdup (line->cursor));
      more = line->type == MADANG_PULL_END && line->more;
    }
  return more;
}

static void
record_pull (BareWire *self, Caller *caller)
{
  g_autoptr (GBytes) answer = call (caller, "GET", "/sync/v1/hello", NULL);
  g_autoptr (MadangHello) hello = madang_hello_from_bytes (answer, NULL);
  g_autoptr (MadangPullRequest) request = madang_pull_request_new ();
  gboolean more = TRUE;

  request->page = 1000;
  for (guint i = 0; hello->scopes[i] != NULL; i++)
    g_hash_table_insert (request->cursors, g_strdup (hello->scopes[i]), g_strdup (""));
  while (more)
    {
      g_autoptr (GBytes) body = madang_pull_request_to_bytes (request);
      GBytes *page = call (caller, "POST", "/sync/v1/pull", body);

      g_ptr_array_add (self->bodies, page);
      more = follow (request, page);
    }
}

BareWire *
bare_wire_new_recorded (CentralServer *server, const char *login)
{
  BareWire *self = new_empty ();
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *device = madang_id_new ();
  Caller caller = { .session = session, .url = server->url, .device = device };

  sign_in (&caller, server, login);
  record_pull (self, &caller);
  g_free (caller.token);
  start_listening (self);
  return self;
}

/* --- push ----------------------------------------------------------------------------------- */

/* As many a body as the wire allows: a line of the signature, and a line of the change. */
static void
read_outbox (BareWire *self, BareDatabase *database)
{
  g_autoptr (sqlite3_stmt) rows
      = bare_database_prepare (database, "SELECT body FROM outbox ORDER BY place");
  g_autoptr (MadangSigningKey) key = madang_signing_key_new ();
  GString *body = g_string_new (NULL);
  guint n_rows = 0;

  self->public_key = madang_signing_key_dup_public (key);
  while (sqlite3_step (rows) == SQLITE_ROW)
    {
      const char *data = sqlite3_column_blob (rows, 0);
      const gsize size = (gsize)sqlite3_column_bytes (rows, 0);
      g_autofree char *signature = madang_signing_key_sign (key, data, size);

      g_string_append_printf (body, "%s\n%.*s\n", signature, (int)size, data);
      if (++n_rows % MADANG_WIRE_MAX_MUTATIONS > 0)
        continue;
      g_ptr_array_add (self->bodies, g_string_free_to_bytes (body));
      body = g_string_new (NULL);
    }
  g_ptr_array_add (self->bodies, g_string_free_to_bytes (body));
}

static char *
find_database (const char *data_directory)
{
  g_autoptr (GDir) folder = g_dir_open (data_directory, 0, NULL);

  return g_build_filename (data_directory, g_dir_read_name (folder), "madang.db", NULL);
}

BareWire *
bare_wire_new_of_outbox (const char *data_directory)
{
  BareWire *self = new_empty ();
  g_autofree char *path = find_database (data_directory);
  g_autoptr (BareDatabase) database = bare_database_open (path);

  read_outbox (self, database);
  start_listening (self);
  return self;
}

double
bare_wire_push (BareWire *self)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (BareDatabase) database = open_database (self, "cache.db");
  g_autoptr (sqlite3_stmt) insert = bare_database_prepare (database, INSERT_SQL);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < self->bodies->len; i++)
    {
      GBytes *body = g_ptr_array_index (self->bodies, i);
      g_autoptr (SoupMessage) message = soup_message_new ("POST", self->url);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) answer = NULL;

      soup_message_set_request_body_from_bytes (message, "application/x-ndjson", body);
      answer = soup_session_send_and_read (session, message, NULL, &error);
      if (answer == NULL)
        g_error ("%s", error->message);
      note_sent (database, insert, body);
    }
  return (double)(g_get_monotonic_time () - start) / 1000;
}
