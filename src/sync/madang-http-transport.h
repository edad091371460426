/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-transport.h"

G_BEGIN_DECLS

/**
 * MadangHttpTransport:
 *
 * HTTP by libsoup: TLS 1.2 or newer with forward secrecy, certificates checked, no redirects, no
 * cookies, bodies bounded while they are read. Made on any thread, used on one.
 */
#define MADANG_TYPE_HTTP_TRANSPORT (madang_http_transport_get_type ())
G_DECLARE_FINAL_TYPE (MadangHttpTransport, madang_http_transport, MADANG, HTTP_TRANSPORT, GObject)

/* Sets what TLS may agree on, for the whole process. Before the first thread. */
void madang_http_transport_harden_tls (void);
/* Whether tokens may be sent to this address: https, or http to this machine itself. */
gboolean madang_http_transport_accepts (const char *server, GError **error);

/* server: an accepted address such as "https://madang.example.kr". */
MadangTransport *madang_http_transport_new (const char *server);

G_END_DECLS
