/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-connection.h"
#include "madang-dispatcher.h"

G_BEGIN_DECLS

/**
 * MadangHttpServer:
 *
 * HTTP on the main loop: takes requests within limits, gives them to the dispatcher, holds long
 * polls, sends the answers. Belongs to the thread-default main context of its maker.
 */
typedef struct _MadangHttpServer MadangHttpServer;

/* service, dispatcher and limits outlive it. */
MadangHttpServer *madang_http_server_new (MadangService *service,
                                          MadangDispatcher *dispatcher,
                                          const char *address,
                                          const MadangConnectionLimits *limits,
                                          GError **error);
/* Takes no more requests and ends the held polls. The dispatcher may still give back others. */
void madang_http_server_close (MadangHttpServer *self);
void madang_http_server_free (MadangHttpServer *self);
guint16 madang_http_server_get_port (MadangHttpServer *self);
guint madang_http_server_get_n_connections (MadangHttpServer *self);
/* The heads of these scopes moved: wakes held polls. */
void madang_http_server_move (MadangHttpServer *self, GHashTable *scopes, guint64 generation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangHttpServer, madang_http_server_free)

G_END_DECLS
