/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CannedServer:
 *
 * Answers every connection on the loopback with the same bytes, whatever it asks, and closes. Its
 * threads are its own.
 */
typedef struct _CannedServer CannedServer;

/* bytes is taken. */
CannedServer *canned_server_new (GBytes *bytes);
CannedServer *canned_server_new_text (const char *text);
/* certificate (nullable): speaks TLS. */
CannedServer *canned_server_new_full (GBytes *bytes, GTlsCertificate *certificate);
/* Goes on sending the bytes until the client has enough. */
void canned_server_set_endless (CannedServer *self);
/* Sends the bytes without waiting for a request. */
void canned_server_say_at_once (CannedServer *self);
void canned_server_free (CannedServer *self);
guint16 canned_server_get_port (CannedServer *self);
/* The requests so far, one after the other; (transfer full). */
char *canned_server_dup_requests (CannedServer *self);
guint canned_server_get_n_requests (CannedServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CannedServer, canned_server_free)

G_END_DECLS
