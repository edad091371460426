/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canned-server.h"

#include <string.h>

struct _CannedServer
{
  GSocketService *service;      /* (owned) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  GBytes *bytes;                /* (owned) */
  guint16 port;

  GMutex lock;       /* guards all below */
  GString *requests; /* (owned) */
  guint n_requests;
  gboolean endless;
  gboolean hasty;
};

/* Reads a head, and a body as long as it says. */
static gboolean
read_request (CannedServer *self, GInputStream *stream)
{
  g_autoptr (GString) request = g_string_new (NULL);
  gsize missing = G_MAXSIZE;
  char byte;

  while (missing > 0 && g_input_stream_read (stream, &byte, 1, NULL, NULL) == 1)
    {
      g_string_append_c (request, byte);
      if (missing != G_MAXSIZE)
        {
          missing--;
        }
      else if (g_str_has_suffix (request->str, "\r\n\r\n"))
        {
          const char *length = strstr (request->str, "Content-Length: ");

          missing = length != NULL ? strtoul (length + strlen ("Content-Length: "), NULL, 10) : 0;
        }
    }
  if (missing > 0)
    return FALSE;
  g_mutex_lock (&self->lock);
  g_string_append (self->requests, request->str);
  self->n_requests++;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static gboolean
read_flag (CannedServer *self, const gboolean *flag)
{
  gboolean value;

  g_mutex_lock (&self->lock);
  value = *flag;
  g_mutex_unlock (&self->lock);
  return value;
}

static void
set_flag (CannedServer *self, gboolean *flag)
{
  g_mutex_lock (&self->lock);
  *flag = TRUE;
  g_mutex_unlock (&self->lock);
}

static void
answer (CannedServer *self, GIOStream *stream)
{
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  gsize length;
  const char *data = g_bytes_get_data (self->bytes, &length);

  if (!read_flag (self, &self->hasty)
      && !read_request (self, g_io_stream_get_input_stream (stream)))
    return;
  while (g_output_stream_write_all (output, data, length, NULL, NULL, NULL)
         && read_flag (self, &self->endless))
    continue;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  CannedServer *self = user_data;
  g_autoptr (GIOStream) tls = NULL;

  if (self->certificate == NULL)
    {
      answer (self, G_IO_STREAM (connection));
    }
  else
    {
      tls = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
      if (tls != NULL && g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
        answer (self, tls);
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

CannedServer *
canned_server_new_full (GBytes *bytes, GTlsCertificate *certificate)
{
  CannedServer *self = g_new0 (CannedServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  self->bytes = bytes;
  self->requests = g_string_new (NULL);
  g_set_object (&self->certificate, certificate);
  self->service = g_threaded_socket_service_new (4);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  return self;
}

CannedServer *
canned_server_new (GBytes *bytes)
{
  return canned_server_new_full (bytes, NULL);
}

CannedServer *
canned_server_new_text (const char *text)
{
  return canned_server_new (g_bytes_new (text, strlen (text)));
}

void
canned_server_set_endless (CannedServer *self)
{
  set_flag (self, &self->endless);
}

void
canned_server_say_at_once (CannedServer *self)
{
  set_flag (self, &self->hasty);
}

void
canned_server_free (CannedServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  /* The threads of the service hold it while they work. */
  while (G_OBJECT (self->service)->ref_count > 1)
    g_main_context_iteration (NULL, FALSE);
  g_object_unref (self->service);
  g_clear_object (&self->certificate);
  g_bytes_unref (self->bytes);
  g_string_free (self->requests, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint16
canned_server_get_port (CannedServer *self)
{
  return self->port;
}

char *
canned_server_dup_requests (CannedServer *self)
{
  char *requests;

  g_mutex_lock (&self->lock);
  requests = g_strdup (self->requests->str);
  g_mutex_unlock (&self->lock);
  return requests;
}

guint
canned_server_get_n_requests (CannedServer *self)
{
  guint n_requests;

  g_mutex_lock (&self->lock);
  n_requests = self->n_requests;
  g_mutex_unlock (&self->lock);
  return n_requests;
}
