/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-connection.h"

G_BEGIN_DECLS

/**
 * MadangListener:
 *
 * Accepts connections for a SoupServer, many in one turn of the loop and no more than the limit.
 * SoupServer's own accepting knows neither deadlines before the first byte nor a limit.
 *
 * A connection serves one request. Without a listener of its own SoupServer closes behind the
 * answer, and that is what we want: libsoup 3.2 never closes a kept connection whose client has
 * left, and loses its file descriptor. The proxy in front keeps the clients' connections.
 * Main loop only.
 */
typedef struct _MadangListener MadangListener;

/* address: "127.0.0.1:8020", "[::1]:0", "unix:/run/madang/server.sock". limits outlive it. */
MadangListener *madang_listener_new (SoupServer *server,
                                     const char *address,
                                     const MadangConnectionLimits *limits,
                                     GError **error);
/* Closes every connection. */
void madang_listener_free (MadangListener *self);
/* The port that the system gave; 0 on a UNIX socket. */
guint16 madang_listener_get_port (MadangListener *self);
guint madang_listener_get_n_connections (MadangListener *self);
/* Whether only this machine can reach the address. */
gboolean madang_listener_address_is_local (const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangListener, madang_listener_free)

G_END_DECLS
