/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-server"
#include "config.h"

#include "madang-http-server.h"

#include "madang-held-polls.h"
#include "madang-listener.h"
#include "madang-request-head.h"
#include "madang-router.h"
#include "madang-service.h"
#include "madang-wire-limits.h"

/* All request bodies that are being read, together. */
#define MOST_BODY_BYTES (64 * 1024 * 1024)
/* The body of a request that nobody answers: whoever sends a little is told so. */
#define MOST_UNKNOWN_BYTES 4096
/* All answers that are being taken, together. */
#define MOST_ANSWER_BYTES (128 * 1024 * 1024)

struct _MadangHttpServer
{
  MadangService *service;       /* (unowned) */
  MadangDispatcher *dispatcher; /* (unowned) */
  SoupServer *soup;             /* (owned) */
  MadangListener *listener;     /* (owned) */
  MadangHeldPolls *held;        /* (owned) */
  GHashTable *tickets;          /* (owned): set of MadangTicket whose answer is still to come */
  gsize body_bytes;
  gsize answer_bytes;
  gboolean closing;
};

/* A request that is being read. */
typedef struct
{
  MadangHttpServer *server;
  GByteArray *body; /* (owned) */
  gsize most;       /* bytes of it */
  gsize answer;     /* bytes */
  gboolean refused; /* answered already, on the bare socket */
} MadangIntake;

/* A request that is being answered. */
typedef struct
{
  MadangHttpServer *server;
  SoupServerMessage *message; /* (owned) */
  MadangExchange *exchange;   /* (owned) (nullable): it is on its way */
  gint64 until;               /* monotonic time to hold it to */
  gboolean gone;              /* the message ended without our answer */
} MadangTicket;

static void answer_ticket (MadangTicket *ticket);

static void
free_intake (MadangIntake *intake)
{
  intake->server->body_bytes -= intake->body->len;
  intake->server->answer_bytes -= intake->answer;
  g_byte_array_unref (intake->body);
  g_free (intake);
}

static void
free_ticket (MadangTicket *ticket)
{
  g_signal_handlers_disconnect_by_data (ticket->message, ticket);
  g_clear_pointer (&ticket->exchange, madang_exchange_free);
  g_object_unref (ticket->message);
  g_free (ticket);
}

static MadangIntake *
find_intake (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), "madang-intake");
}

/* --- Answers ------------------------------------------------------------------------------- */

static void
set_fixed_headers (MadangHttpServer *self, SoupMessageHeaders *headers)
{
  g_autofree char *schema
      = g_strdup_printf ("%d; min=%d", MADANG_WIRE_SCHEMA, MADANG_WIRE_SCHEMA_MIN);

  soup_message_headers_replace (headers, "Madang-Protocol", G_STRINGIFY (MADANG_WIRE_PROTOCOL));
  soup_message_headers_replace (headers, "Madang-Schema", schema);
  soup_message_headers_replace (headers, "Madang-Epoch", self->service->epoch);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
}

static void
write_reply (MadangHttpServer *self, SoupServerMessage *message, const MadangReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  MadangConnection *connection = madang_connection_find (message);

  set_fixed_headers (self, headers);
  soup_server_message_set_status (message, reply->status, NULL);
  if (reply->content_type != NULL)
    soup_message_headers_set_content_type (headers, reply->content_type, NULL);
  if (reply->packed)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  if (reply->rights != NULL)
    soup_message_headers_replace (headers, "Madang-Rights", reply->rights);
  if (reply->retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", reply->retry_after);

      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  if (reply->body != NULL)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), reply->body);
  if (connection != NULL)
    madang_connection_await_answer (connection);
}

/* A client that takes its answer slowly makes us keep it. */
static gboolean
reserve_answer (MadangHttpServer *self, SoupServerMessage *message, const MadangReply *reply)
{
  gsize size = reply->body != NULL ? g_bytes_get_size (reply->body) : 0;

  if (size > MOST_ANSWER_BYTES - self->answer_bytes)
    return FALSE;
  find_intake (message)->answer = size;
  self->answer_bytes += size;
  return TRUE;
}

static void
send_reply (MadangHttpServer *self, SoupServerMessage *message, const MadangReply *reply)
{
  if (reserve_answer (self, message, reply))
    {
      write_reply (self, message, reply);
    }
  else
    {
      g_autoptr (MadangReply) busy = madang_reply_new_busy (503);

      write_reply (self, message, busy);
    }
}

static void
finish_ticket (MadangTicket *ticket)
{
  MadangHttpServer *self = ticket->server;

  if (!ticket->gone)
    {
      send_reply (self, ticket->message, ticket->exchange->reply);
      soup_server_message_unpause (ticket->message);
    }
  g_hash_table_remove (self->tickets, ticket);
}

static void
hold_ended_cb (MadangHoldEnd end, gpointer data)
{
  MadangTicket *ticket = data;

  if (end == MADANG_HOLD_MOVED)
    answer_ticket (ticket);
  else
    finish_ticket (ticket);
}

static void
hold_ticket (MadangTicket *ticket)
{
  MadangHttpServer *self = ticket->server;
  MadangConnection *connection = madang_connection_find (ticket->message);
  MadangReply *reply = ticket->exchange->reply;

  madang_held_polls_add (self->held, (const char *const *)reply->held_for,
                         ticket->exchange->generation, ticket->until,
                         connection != NULL ? madang_connection_get_socket (connection) : NULL,
                         hold_ended_cb, ticket);
}

static void
dispatched_cb (MadangExchange *exchange, gpointer data)
{
  MadangTicket *ticket = data;

  ticket->exchange = exchange;
  if (!ticket->gone && !ticket->server->closing && exchange->reply->held_for != NULL
      && g_get_monotonic_time () < ticket->until)
    hold_ticket (ticket);
  else
    finish_ticket (ticket);
}

static void
answer_ticket (MadangTicket *ticket)
{
  madang_dispatcher_push (ticket->server->dispatcher, g_steal_pointer (&ticket->exchange),
                          dispatched_cb, ticket);
}

static void
message_ended_cb (SoupServerMessage *message, gpointer data)
{
  MadangTicket *ticket = data;

  ticket->gone = TRUE;
}

/* --- Requests ------------------------------------------------------------------------------ */

static void
refuse (SoupServerMessage *message, MadangIntake *intake, guint status)
{
  MadangConnection *connection = madang_connection_find (message);

  intake->refused = TRUE;
  if (connection != NULL)
    madang_connection_refuse (connection, status);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  MadangIntake *intake = data;
  MadangHttpServer *self = intake->server;
  MadangConnection *connection = madang_connection_find (message);
  gsize size = g_bytes_get_size (chunk);

  if (intake->refused)
    return;
  if (intake->body->len + size > intake->most)
    {
      refuse (message, intake, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
      return;
    }
  if (self->body_bytes + size > MOST_BODY_BYTES)
    {
      refuse (message, intake, SOUP_STATUS_SERVICE_UNAVAILABLE);
      return;
    }
  self->body_bytes += size;
  g_byte_array_append (intake->body, g_bytes_get_data (chunk, NULL), (guint)size);
  if (connection != NULL)
    madang_connection_note_progress (connection);
}

static void
wrote_data_cb (SoupServerMessage *message, guint size, gpointer data)
{
  MadangConnection *connection = madang_connection_find (message);

  if (connection != NULL)
    madang_connection_note_progress (connection);
}

static void
request_started_cb (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  MadangIntake *intake = g_new0 (MadangIntake, 1);

  intake->server = data;
  intake->body = g_byte_array_new ();
  g_object_set_data_full (G_OBJECT (message), "madang-intake", intake, (GDestroyNotify)free_intake);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), intake);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_data_cb), NULL);
}

/* What the body may hold. */
static gsize
find_limit (SoupServerMessage *message, const char *path)
{
  MadangReply *refusal = NULL;
  const MadangEndpoint *endpoint
      = madang_router_find (soup_server_message_get_method (message), path, &refusal);

  g_clear_pointer (&refusal, madang_reply_free);
  return endpoint != NULL ? endpoint->most : MOST_UNKNOWN_BYTES;
}

static void
head_read_cb (SoupServer *soup,
              SoupServerMessage *message,
              const char *path,
              GHashTable *query,
              gpointer data)
{
  MadangIntake *intake = find_intake (message);
  MadangConnection *connection = madang_connection_find (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  guint status;

  intake->most = find_limit (message, path);
  status = madang_request_head_check (soup_server_message_get_method (message), path, headers);
  if (status == 0 && soup_message_headers_get_content_length (headers) > (goffset)intake->most)
    status = SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
  if (status != 0)
    refuse (message, intake, status);
  else if (connection != NULL)
    madang_connection_note_progress (connection);
}

static MadangExchange *
new_exchange (MadangHttpServer *self, SoupServerMessage *message, MadangIntake *intake)
{
  MadangConnection *connection = madang_connection_find (message);
  MadangExchange *exchange = madang_exchange_new (self->service);

  exchange->source
      = g_strdup (connection != NULL ? madang_connection_get_source (connection) : "unknown");
  self->body_bytes -= intake->body->len;
  exchange->body = g_byte_array_free_to_bytes (intake->body);
  intake->body = g_byte_array_new ();
  return exchange;
}

static void
request_read_cb (SoupServer *soup,
                 SoupServerMessage *message,
                 const char *path,
                 GHashTable *query,
                 gpointer data)
{
  MadangHttpServer *self = data;
  MadangIntake *intake = find_intake (message);
  MadangConnection *connection = madang_connection_find (message);
  g_autoptr (MadangExchange) exchange = NULL;
  MadangReply *refusal = NULL;
  MadangTicket *ticket;

  if (intake->refused || self->closing)
    {
      soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
      return;
    }
  if (connection != NULL)
    madang_connection_stop_deadline (connection);
  exchange = new_exchange (self, message, intake);
  exchange->endpoint
      = madang_router_find (soup_server_message_get_method (message), path, &refusal);
  if (refusal == NULL)
    refusal
        = madang_request_head_read (soup_server_message_get_request_headers (message), exchange);
  if (refusal != NULL)
    {
      madang_exchange_take_reply (exchange, refusal);
      send_reply (self, message, refusal);
      return;
    }
  ticket = g_new0 (MadangTicket, 1);
  ticket->server = self;
  ticket->message = g_object_ref (message);
  ticket->until = g_get_monotonic_time () + exchange->wait * G_TIME_SPAN_SECOND;
  ticket->exchange = g_steal_pointer (&exchange);
  g_hash_table_add (self->tickets, ticket);
  g_signal_connect (message, "finished", G_CALLBACK (message_ended_cb), ticket);
  soup_server_message_pause (message);
  answer_ticket (ticket);
}

MadangHttpServer *
madang_http_server_new (MadangService *service,
                        MadangDispatcher *dispatcher,
                        const char *address,
                        const MadangConnectionLimits *limits,
                        GError **error)
{
  g_autoptr (MadangHttpServer) self = g_new0 (MadangHttpServer, 1);

  self->service = service;
  self->dispatcher = dispatcher;
  self->held = madang_held_polls_new ();
  self->tickets = g_hash_table_new_full (NULL, NULL, (GDestroyNotify)free_ticket, NULL);
  self->soup = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_early_handler (self->soup, NULL, head_read_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, request_read_cb, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), self);
  self->listener = madang_listener_new (self->soup, address, limits, error);
  if (self->listener == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
madang_http_server_close (MadangHttpServer *self)
{
  self->closing = TRUE;
  madang_held_polls_end (self->held);
}

void
madang_http_server_free (MadangHttpServer *self)
{
  g_clear_pointer (&self->held, madang_held_polls_free);
  g_clear_pointer (&self->listener, madang_listener_free);
  g_clear_pointer (&self->tickets, g_hash_table_unref);
  g_signal_handlers_disconnect_by_data (self->soup, self);
  g_object_unref (self->soup);
  g_free (self);
}

guint16
madang_http_server_get_port (MadangHttpServer *self)
{
  return madang_listener_get_port (self->listener);
}

guint
madang_http_server_get_n_connections (MadangHttpServer *self)
{
  return madang_listener_get_n_connections (self->listener);
}

void
madang_http_server_move (MadangHttpServer *self, GHashTable *scopes, guint64 generation)
{
  madang_held_polls_move (self->held, scopes, generation);
}
