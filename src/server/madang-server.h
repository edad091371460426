/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-clock.h"

G_BEGIN_DECLS

/**
 * MadangServer:
 *
 * The central server, whole: one database, one writer, some readers, HTTP. It belongs to the
 * main context that is the thread's default when it starts, and works while that runs; all its
 * functions are called on that thread.
 */
typedef struct _MadangServer MadangServer;

typedef struct
{
  const char *database; /* path; is made when it is not there */
  /* "127.0.0.1:8020", "[::1]:0", "unix:/run/madang/server.sock"; NULL: 127.0.0.1, any port */
  const char *listen;
  gboolean behind_proxy; /* the header X-Real-IP is to be believed */
  MadangClock *clock;    /* (nullable): the real one */
  guint idle_seconds;    /* of a client that neither sends nor takes; 0: 15 */
  guint request_seconds; /* from the first to the last byte of a request; 0: 60 */
  guint connections;     /* at once; 0: 2000 */
  guint timer_seconds;   /* between two looks at what is due by itself; 0: 30 */
} MadangServerOptions;

MadangServer *madang_server_new (const MadangServerOptions *options);
/* Opens the database and listens. Call it once. */
gboolean madang_server_start (MadangServer *self, GError **error);
guint16 madang_server_get_port (MadangServer *self);
guint madang_server_get_n_connections (MadangServer *self);
/* Finishes what was begun and closes everything. */
void madang_server_stop (MadangServer *self);
void madang_server_free (MadangServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangServer, madang_server_free)

G_END_DECLS
