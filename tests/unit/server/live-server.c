/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "live-server.h"

#include <gio/gunixsocketaddress.h>

#define READ_TIMEOUT 10 /* seconds */

static gpointer
run_server (gpointer data)
{
  LiveServer *self = data;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (self->context);
  self->server = madang_server_new (self->options);
  madang_server_start (self->server, &error);
  g_assert_no_error (error);
  self->port = madang_server_get_port (self->server);

  g_mutex_lock (&self->lock);
  self->started = TRUE;
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);

  g_main_loop_run (self->loop);
  madang_server_free (self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

LiveServer *
live_server_start (const MadangServerOptions *options)
{
  LiveServer *self = g_new0 (LiveServer, 1);

  self->options = options;
  self->listen = g_strdup (options->listen);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->thread = g_thread_new ("server", run_server, self);
  g_mutex_lock (&self->lock);
  while (!self->started)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
  return self;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
live_server_stop (LiveServer *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  g_free (self->listen);
  g_free (self);
}

typedef struct
{
  LiveServer *live;
  GAsyncQueue *answers;
} Counting;

static gboolean
count_cb (gpointer data)
{
  Counting *counting = data;

  /* The queue takes no zero. */
  g_async_queue_push (counting->answers,
                      GUINT_TO_POINTER (madang_server_get_n_connections (counting->live->server)
                                        + 1));
  return G_SOURCE_REMOVE;
}

guint
live_server_count_connections (LiveServer *self)
{
  Counting counting = { self, g_async_queue_new () };
  g_autoptr (GSource) source = g_idle_source_new ();
  guint count;

  g_source_set_callback (source, count_cb, &counting, NULL);
  g_source_attach (source, self->context);
  count = GPOINTER_TO_UINT (g_async_queue_pop (counting.answers)) - 1;
  g_async_queue_unref (counting.answers);
  return count;
}

GSocket *
live_server_connect (LiveServer *self)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *socket;

  if (self->listen != NULL && g_str_has_prefix (self->listen, "unix:"))
    address = g_unix_socket_address_new (self->listen + strlen ("unix:"));
  else
    address = g_inet_socket_address_new_from_string ("127.0.0.1", self->port);
  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_assert_no_error (error);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_timeout (socket, READ_TIMEOUT);
  return socket;
}

void
socket_send_text (GSocket *socket, const char *text)
{
  gsize length = strlen (text);
  gsize sent = 0;

  while (sent < length)
    {
      gssize size = g_socket_send (socket, text + sent, length - sent, NULL, NULL);

      if (size < 0)
        return;
      sent += (gsize)size;
    }
}

char *
socket_read_all (GSocket *socket, gboolean *closed)
{
  GString *text = g_string_new (NULL);

  for (;;)
    {
      char bytes[4096];
      g_autoptr (GError) error = NULL;
      gssize size = g_socket_receive (socket, bytes, sizeof bytes, NULL, &error);

      if (size > 0)
        {
          g_string_append_len (text, bytes, size);
          continue;
        }
      /* A reset is a way of closing too. */
      *closed = !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      return g_string_free (text, FALSE);
    }
}

static gboolean
is_complete (const GString *text)
{
  const char *end = strstr (text->str, "\r\n\r\n");
  const char *length = strstr (text->str, "Content-Length: ");
  gsize head;

  if (end == NULL)
    return FALSE;
  head = (gsize)(end - text->str) + 4;
  if (length == NULL || length > end)
    return TRUE;
  return text->len >= head + g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
}

char *
socket_read_answer (GSocket *socket)
{
  GString *text = g_string_new (NULL);

  while (!is_complete (text))
    {
      char bytes[4096];
      gssize size = g_socket_receive (socket, bytes, sizeof bytes, NULL, NULL);

      if (size <= 0)
        break;
      g_string_append_len (text, bytes, size);
    }
  return g_string_free (text, FALSE);
}

char *
make_head (const char *method, const char *path, const char *token, const char *more)
{
  g_autofree char *authorization
      = token != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", token) : g_strdup ("");

  return g_strdup_printf ("%s %s HTTP/1.1\r\nHost: localhost\r\nMadang-Protocol: 1\r\n"
                          "Madang-Schema: 1\r\n%s%s\r\n",
                          method, path, authorization, more);
}
