/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-server"
#include "config.h"

#include "madang-listener.h"

#include "madang-error.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#define ACCEPTS_PER_TURN 64
#define UNIX_PREFIX "unix:"

struct _MadangListener
{
  SoupServer *server; /* (owned) */
  const MadangConnectionLimits *limits;
  GSocket *socket;         /* (owned) */
  GSource *incoming;       /* (owned) */
  GHashTable *connections; /* (owned): GIOStream (unowned) -> MadangConnection (owned) */
  char *path;              /* (owned) (nullable): of a UNIX socket */
};

static void
connection_dropped_cb (gpointer data, GObject *stream)
{
  MadangListener *self = data;

  g_hash_table_remove (self->connections, stream);
}

static void
serve_socket (MadangListener *self, GSocket *socket)
{
  GSocketConnection *raw = g_socket_connection_factory_create_connection (socket);
  GIOStream *raw_stream = G_IO_STREAM (raw);
  g_autoptr (MadangHeadStream) head
      = madang_head_stream_new (g_io_stream_get_input_stream (raw_stream));
  g_autoptr (GIOStream) stream
      = g_simple_io_stream_new (G_INPUT_STREAM (head), g_io_stream_get_output_stream (raw_stream));
  g_autoptr (GError) error = NULL;
  MadangConnection *connection = madang_connection_new (socket, head, self->limits);
  GSocketAddress *address = madang_connection_get_address (connection);

  /* The socket lives as long as the stream that SoupServer has. */
  g_object_set_data_full (G_OBJECT (stream), "madang-raw-stream", raw, g_object_unref);
  g_hash_table_insert (self->connections, stream, connection);
  g_object_weak_ref (G_OBJECT (stream), connection_dropped_cb, self);
  madang_connection_await_request (connection);
  if (!soup_server_accept_iostream (self->server, stream, address, address, &error))
    g_debug ("connection refused: %s", error->message);
}

static gboolean
incoming_cb (GSocket *socket, GIOCondition condition, gpointer data)
{
  MadangListener *self = data;

  for (guint i = 0; i < ACCEPTS_PER_TURN; i++)
    {
      g_autoptr (GSocket) accepted = g_socket_accept (socket, NULL, NULL);

      if (accepted == NULL)
        break;
      /* Beyond the limit the socket is closed as it goes out of scope. */
      if (g_hash_table_size (self->connections) < self->limits->most)
        {
          g_socket_set_blocking (accepted, FALSE);
          serve_socket (self, accepted);
        }
    }
  return G_SOURCE_CONTINUE;
}

static GSocketAddress *
parse_address (const char *text, GError **error)
{
  g_autofree char *host = NULL;
  const char *colon;
  guint64 port;
  GSocketAddress *address;

  if (g_str_has_prefix (text, UNIX_PREFIX))
    return g_unix_socket_address_new (text + strlen (UNIX_PREFIX));
  colon = strrchr (text, ':');
  if (colon != NULL && g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    {
      host = g_strndup (text, (gsize)(colon - text));
      if (host[0] == '[' && g_str_has_suffix (host, "]"))
        {
          host[strlen (host) - 1] = '\0';
          address = g_inet_socket_address_new_from_string (host + 1, (guint)port);
        }
      else
        address = g_inet_socket_address_new_from_string (host, (guint)port);
      if (address != NULL)
        return address;
    }
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "not an address to listen on: %s", text);
  return NULL;
}

static GSocket *
open_socket (GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) socket
      = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                      G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket == NULL)
    return NULL;
  g_socket_set_listen_backlog (socket, 512);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

/* A socket file that a killed server left behind would make the address "in use" for ever. */
static void
remove_stale_path (const char *path)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket
      = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  GStatBuf status;

  if (g_lstat (path, &status) != 0 || !S_ISSOCK (status.st_mode))
    return;
  if (socket != NULL && !g_socket_connect (socket, address, NULL, NULL))
    g_unlink (path);
}

MadangListener *
madang_listener_new (SoupServer *server,
                     const char *address,
                     const MadangConnectionLimits *limits,
                     GError **error)
{
  g_autoptr (GSocketAddress) parsed = parse_address (address, error);
  g_autoptr (MadangListener) self = NULL;

  if (parsed == NULL)
    return NULL;
  self = g_new0 (MadangListener, 1);
  self->server = g_object_ref (server);
  self->limits = limits;
  self->connections
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)madang_connection_free);
  if (G_IS_UNIX_SOCKET_ADDRESS (parsed))
    {
      self->path = g_strdup (g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (parsed)));
      remove_stale_path (self->path);
    }
  self->socket = open_socket (parsed, error);
  if (self->socket == NULL)
    return NULL;
  self->incoming = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->incoming, G_SOURCE_FUNC (incoming_cb), self, NULL);
  g_source_attach (self->incoming, g_main_context_get_thread_default ());
  return g_steal_pointer (&self);
}

void
madang_listener_free (MadangListener *self)
{
  GHashTableIter iter;
  gpointer stream;

  if (self->incoming != NULL)
    {
      g_source_destroy (self->incoming);
      g_source_unref (self->incoming);
    }
  /* Only a socket that we made has a name that is ours to remove. */
  if (self->path != NULL && self->socket != NULL)
    g_unlink (self->path);
  g_clear_object (&self->socket);
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &stream, NULL))
    g_object_weak_unref (stream, connection_dropped_cb, self);
  soup_server_disconnect (self->server);
  g_hash_table_unref (self->connections);
  g_object_unref (self->server);
  g_free (self->path);
  g_free (self);
}

guint16
madang_listener_get_port (MadangListener *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->socket, NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return 0;
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

guint
madang_listener_get_n_connections (MadangListener *self)
{
  return g_hash_table_size (self->connections);
}

gboolean
madang_listener_address_is_local (const char *address)
{
  g_autoptr (GSocketAddress) parsed = parse_address (address, NULL);

  if (parsed == NULL)
    return FALSE;
  return G_IS_UNIX_SOCKET_ADDRESS (parsed)
         || g_inet_address_get_is_loopback (
             g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (parsed)));
}
