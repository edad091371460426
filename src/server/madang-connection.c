/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-connection.h"

struct _MadangConnection
{
  GSocket *socket;         /* (owned) */
  MadangHeadStream *head;  /* (owned) */
  GSocketAddress *address; /* (owned): stands for the connection in every message of it */
  char *source;            /* (owned) */
  const MadangConnectionLimits *limits;
  GSource *deadline; /* (owned) */
  gint64 latest;     /* monotonic time when the whole has to be over */
};

static GQuark
connection_quark (void)
{
  static GQuark quark;

  if (quark == 0)
    quark = g_quark_from_static_string ("madang-connection");
  return quark;
}

static char *
name_source (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_remote_address (socket, NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("local");
  return g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static void
close_connection (MadangConnection *self)
{
  /* SoupServer reads the end of the stream and drops its side. */
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

static gboolean
deadline_passed_cb (gpointer data)
{
  MadangConnection *self = data;

  g_source_set_ready_time (self->deadline, -1);
  close_connection (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_deadline (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs deadline_funcs = { .dispatch = dispatch_deadline };

static void
start_deadline (MadangConnection *self, guint whole)
{
  self->latest = g_get_monotonic_time () + whole * G_TIME_SPAN_SECOND;
  madang_connection_note_progress (self);
}

static void
head_refused_cb (gpointer user_data)
{
  madang_connection_refuse (user_data, SOUP_STATUS_BAD_REQUEST);
}

MadangConnection *
madang_connection_new (GSocket *socket,
                       MadangHeadStream *head,
                       const MadangConnectionLimits *limits)
{
  MadangConnection *self = g_new0 (MadangConnection, 1);

  self->socket = g_object_ref (socket);
  self->head = g_object_ref (head);
  madang_head_stream_set_refused_func (head, head_refused_cb, self);
  self->limits = limits;
  self->source = name_source (socket);
  /* SoupServer wants an IP address even of a UNIX socket, and shows it nowhere. */
  self->address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_object_set_qdata (G_OBJECT (self->address), connection_quark (), self);
  self->deadline = g_source_new (&deadline_funcs, sizeof (GSource));
  g_source_set_static_name (self->deadline, "madang-connection");
  g_source_set_callback (self->deadline, deadline_passed_cb, self, NULL);
  g_source_attach (self->deadline, g_main_context_get_thread_default ());
  return self;
}

void
madang_connection_free (MadangConnection *self)
{
  g_source_destroy (self->deadline);
  g_source_unref (self->deadline);
  g_object_set_qdata (G_OBJECT (self->address), connection_quark (), NULL);
  g_object_unref (self->address);
  madang_head_stream_set_refused_func (self->head, NULL, NULL);
  g_object_unref (self->head);
  g_object_unref (self->socket);
  g_free (self->source);
  g_free (self);
}

GSocketAddress *
madang_connection_get_address (MadangConnection *self)
{
  return self->address;
}

MadangConnection *
madang_connection_find (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  return address != NULL ? g_object_get_qdata (G_OBJECT (address), connection_quark ()) : NULL;
}

GSocket *
madang_connection_get_socket (MadangConnection *self)
{
  return self->socket;
}

const char *
madang_connection_get_source (MadangConnection *self)
{
  return self->source;
}

void
madang_connection_await_request (MadangConnection *self)
{
  start_deadline (self, self->limits->request);
}

void
madang_connection_note_progress (MadangConnection *self)
{
  gint64 idle = g_get_monotonic_time () + self->limits->idle * G_TIME_SPAN_SECOND;

  g_source_set_ready_time (self->deadline, MIN (idle, self->latest));
}

void
madang_connection_stop_deadline (MadangConnection *self)
{
  g_source_set_ready_time (self->deadline, -1);
}

void
madang_connection_await_answer (MadangConnection *self)
{
  start_deadline (self, self->limits->answer);
}

void
madang_connection_refuse (MadangConnection *self, guint status)
{
  g_autofree char *answer = NULL;

  answer = g_strdup_printf ("HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: 0\r\n"
                            "Cache-Control: no-store\r\nMadang-Protocol: 1\r\n\r\n",
                            status, soup_status_get_phrase (status));
  /* It fits into the empty buffer of the socket; a client that is gone already misses nothing. */
  g_socket_send_with_blocking (self->socket, answer, strlen (answer), FALSE, NULL, NULL);
  close_connection (self);
}
