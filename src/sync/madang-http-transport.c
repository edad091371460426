/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-http-transport.h"

#include "madang-error.h"
#include "madang-wire-limits.h"

#include <libsoup/soup.h>

/* GnuTLS: AEAD ciphers with ephemeral keys over TLS 1.2 and 1.3, nothing else. */
#define TLS_PRIORITY                                                                               \
  "NONE:+VERS-TLS1.3:+VERS-TLS1.2:+ECDHE-ECDSA:+ECDHE-RSA:+AES-256-GCM:+AES-128-GCM:"              \
  "+CHACHA20-POLY1305:+AEAD:+GROUP-ALL:+SIGN-ALL:-SIGN-RSA-SHA1:-SIGN-ECDSA-SHA1:+CTYPE-X509:"     \
  "+COMP-NULL"

#define GRACE 15          /* seconds over what the server may hold */
#define WHOLE_DEADLINE 60 /* seconds for an answer that is read whole */
#define MAX_CONNECTIONS 4 /* a held poll, a push, signing out, one to spare */
#define CHUNK (32 * 1024)

struct _MadangHttpTransport
{
  GObject parent_instance;

  char *server;         /* (owned): without the ending slash */
  SoupSession *session; /* (owned) (nullable): made on the thread that sends */
};

static void transport_iface_init (MadangTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MadangHttpTransport,
                               madang_http_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MADANG_TYPE_TRANSPORT, transport_iface_init))

/* One request on its way. */
typedef struct
{
  SoupMessage *message; /* (owned) */
  gsize body_limit;
  MadangTransportReply *reply; /* (owned) (nullable) */
  GInputStream *stream;        /* (owned) (nullable) */
  GByteArray *body;            /* (owned) (nullable) */
  GCancellable *cancellable;   /* (owned): ours, for the deadline */
  GCancellable *caller;        /* (owned) (nullable) */
  gulong caller_handler;
  GSource *deadline; /* (owned) (nullable) */
  gboolean late;
} Exchange;

static void
stop_deadline (Exchange *exchange)
{
  if (exchange->deadline == NULL)
    return;
  g_source_destroy (exchange->deadline);
  g_clear_pointer (&exchange->deadline, g_source_unref);
}

static void
exchange_free (Exchange *exchange)
{
  stop_deadline (exchange);
  if (exchange->caller != NULL)
    g_cancellable_disconnect (exchange->caller, exchange->caller_handler);
  g_clear_object (&exchange->caller);
  g_clear_object (&exchange->cancellable);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_pointer (&exchange->reply, madang_transport_reply_free);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange);
}

/* --- errors -------------------------------------------------------------------------------- */

static void
return_error (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) owned = error;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !exchange->late)
    g_task_return_error (task, g_steal_pointer (&owned));
  else if (error->domain == G_TLS_ERROR)
    g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_NOT_OUR_SERVER, "TLS: %s",
                             error->message);
  else if (error->domain == MADANG_ERROR)
    g_task_return_error (task, g_steal_pointer (&owned));
  else
    g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_OFFLINE, "no answer: %s",
                             exchange->late ? "too late" : error->message);
  g_object_unref (task);
}

static gboolean
deadline_passed_cb (gpointer data)
{
  Exchange *exchange = data;

  exchange->late = TRUE;
  g_cancellable_cancel (exchange->cancellable);
  return G_SOURCE_REMOVE;
}

static void
start_deadline (Exchange *exchange, guint seconds)
{
  exchange->deadline = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (exchange->deadline, deadline_passed_cb, exchange, NULL);
  g_source_attach (exchange->deadline, g_main_context_get_thread_default ());
}

/* --- the answer ---------------------------------------------------------------------------- */

static guint
read_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  guint64 seconds;

  /* Only the form in seconds: our server and its proxy send no other. A day is long enough. */
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, 24 * 3600, &seconds, NULL))
    return 0;
  return seconds;
}

static MadangTransportReply *
read_head (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  MadangTransportReply *reply
      = madang_transport_reply_new (soup_message_get_status (message),
                                    soup_message_headers_get_one (headers, "Madang-Protocol")
                                        != NULL);

  reply->epoch = g_strdup (soup_message_headers_get_one (headers, "Madang-Epoch"));
  reply->rights = g_strdup (soup_message_headers_get_one (headers, "Madang-Rights"));
  reply->retry_after = read_retry_after (headers);
  return reply;
}

static void
finish (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  stop_deadline (exchange);
  g_task_return_pointer (task, g_steal_pointer (&exchange->reply),
                         (GDestroyNotify)madang_transport_reply_free);
  g_object_unref (task);
}

static void read_more (GTask *task);

static void
chunk_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    {
      return_error (task, g_steal_pointer (&error));
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      exchange->reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
      finish (task);
      return;
    }
  if (exchange->body->len + g_bytes_get_size (chunk) > exchange->body_limit)
    {
      return_error (task, g_error_new (MADANG_ERROR, MADANG_ERROR_TOO_LARGE,
                                       "answer of more than %" G_GSIZE_FORMAT " bytes",
                                       exchange->body_limit));
      return;
    }
  g_byte_array_append (exchange->body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
  read_more (task);
}

static void
read_more (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (exchange->stream, CHUNK, G_PRIORITY_DEFAULT,
                                   exchange->cancellable, chunk_read_cb, task);
}

static void
head_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    {
      return_error (task, g_steal_pointer (&error));
      return;
    }
  exchange->reply = read_head (exchange->message);
  if (exchange->body_limit == 0 && exchange->reply->ours && exchange->reply->status == 200)
    {
      exchange->reply->lines = g_steal_pointer (&exchange->stream);
      finish (task);
      return;
    }
  if (exchange->body_limit == 0)
    exchange->body_limit = MADANG_TRANSPORT_BODY_LIMIT;
  exchange->body = g_byte_array_new ();
  read_more (task);
}

/* --- the request --------------------------------------------------------------------------- */

static void
add_headers (SoupMessage *message, const MadangTransportRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *protocol = g_strdup_printf ("%d", MADANG_WIRE_PROTOCOL);
  g_autofree char *schema = g_strdup_printf ("%d", MADANG_WIRE_SCHEMA);

  soup_message_headers_replace (headers, "Madang-Protocol", protocol);
  soup_message_headers_replace (headers, "Madang-Schema", schema);
  if (request->device != NULL)
    soup_message_headers_replace (headers, "Madang-Device", request->device);
  if (request->token != NULL)
    {
      g_autofree char *bearer = g_strdup_printf ("Bearer %s", request->token);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  if (request->wait > 0)
    {
      g_autofree char *prefer = g_strdup_printf ("wait=%u", request->wait);

      soup_message_headers_replace (headers, "Prefer", prefer);
    }
}

static SoupMessage *
build_message (MadangHttpTransport *self, const MadangTransportRequest *request)
{
  g_autofree char *uri = g_strconcat (self->server, request->path, NULL);
  SoupMessage *message = soup_message_new (request->method, uri);

  g_assert (message != NULL);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* Also a push may be repeated by itself on a kept connection that had just ended: the server
   * knows a mutation that it has seen. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  add_headers (message, request);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);
  return message;
}

static void
ensure_session (MadangHttpTransport *self)
{
  if (self->session != NULL)
    return;
  self->session
      = g_object_new (SOUP_TYPE_SESSION, "max-conns", MAX_CONNECTIONS, "max-conns-per-host",
                      MAX_CONNECTIONS, "timeout", MADANG_WIRE_MAX_WAIT + GRACE, "user-agent",
                      "Madang/" PACKAGE_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  /* What is not encrypted does not leave this machine, whatever proxy is set in it. */
  if (g_str_has_prefix (self->server, "http:"))
    soup_session_set_proxy_resolver (self->session, NULL);
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
http_transport_send_async (MadangTransport *transport,
                           const MadangTransportRequest *request,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  MadangHttpTransport *self = MADANG_HTTP_TRANSPORT (transport);
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  ensure_session (self);
  g_task_set_source_tag (task, http_transport_send_async);
  g_task_set_task_data (task, exchange, (GDestroyNotify)exchange_free);
  exchange->message = build_message (self, request);
  exchange->body_limit = request->body_limit;
  exchange->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      exchange->caller = g_object_ref (cancellable);
      exchange->caller_handler
          = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                                   g_object_ref (exchange->cancellable), g_object_unref);
    }
  start_deadline (exchange, request->wait > 0 ? request->wait + GRACE : WHOLE_DEADLINE);
  soup_session_send_async (self->session, exchange->message, G_PRIORITY_DEFAULT,
                           exchange->cancellable, head_read_cb, task);
}

static MadangTransportReply *
http_transport_send_finish (MadangTransport *transport, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
transport_iface_init (MadangTransportInterface *iface)
{
  iface->send_async = http_transport_send_async;
  iface->send_finish = http_transport_send_finish;
}

static void
madang_http_transport_finalize (GObject *object)
{
  MadangHttpTransport *self = MADANG_HTTP_TRANSPORT (object);

  g_clear_object (&self->session);
  g_free (self->server);

  G_OBJECT_CLASS (madang_http_transport_parent_class)->finalize (object);
}

static void
madang_http_transport_class_init (MadangHttpTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_http_transport_finalize;
}

static void
madang_http_transport_init (MadangHttpTransport *self)
{
}

void
madang_http_transport_harden_tls (void)
{
  g_setenv ("G_TLS_GNUTLS_PRIORITY", TLS_PRIORITY, TRUE);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address == NULL)
    return g_ascii_strcasecmp (host, "localhost") == 0;
  return g_inet_address_get_is_loopback (address);
}

gboolean
madang_http_transport_accepts (const char *server, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  g_return_val_if_fail (server != NULL, FALSE);

  uri = g_uri_parse (server, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "not a server address");
      return FALSE;
    }
  scheme = g_uri_get_scheme (uri);
  if (g_str_equal (scheme, "https")
      || (g_str_equal (scheme, "http") && is_loopback (g_uri_get_host (uri))))
    return TRUE;
  g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID,
                       "without TLS only this machine itself may be the server");
  return FALSE;
}

MadangTransport *
madang_http_transport_new (const char *server)
{
  MadangHttpTransport *self;
  gsize length;

  g_return_val_if_fail (madang_http_transport_accepts (server, NULL), NULL);

  self = g_object_new (MADANG_TYPE_HTTP_TRANSPORT, NULL);
  length = strlen (server);
  while (length > 0 && server[length - 1] == '/')
    length--;
  self->server = g_strndup (server, length);
  return MADANG_TRANSPORT (self);
}
