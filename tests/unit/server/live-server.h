/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-server.h"
#include "server-fixture.h"

G_BEGIN_DECLS

/* A server on a loopback port, running in a thread of its own, so that a test may use blocking
 * sockets against it. It serves the database of the fixture. */
typedef struct
{
  MadangServer *server;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  guint16 port;
  char *listen; /* what the options said */

  GMutex lock;
  GCond ready;
  gboolean started;
  const MadangServerOptions *options;
} LiveServer;

LiveServer *live_server_start (const MadangServerOptions *options);
void live_server_stop (LiveServer *self);
guint live_server_count_connections (LiveServer *self);

/* A blocking connection whose reads end after ten seconds. */
GSocket *live_server_connect (LiveServer *self);
void socket_send_text (GSocket *socket, const char *text);
/* Reads until the server closes or the reads time out. *closed: which of both. */
char *socket_read_all (GSocket *socket, gboolean *closed);
/* Reads one answer: its head and as much body as it announces. */
char *socket_read_answer (GSocket *socket);
/* The head of a request of ours; more: further header lines, each with CR LF. */
char *make_head (const char *method, const char *path, const char *token, const char *more);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiveServer, live_server_stop)

G_END_DECLS
