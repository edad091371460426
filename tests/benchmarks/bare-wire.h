/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "central-server.h"

G_BEGIN_DECLS

/* The floor of sync: the bytes of a real exchange over libsoup from one thread to another, each
 * line read by json-glib and put into a row of bare SQLite, and nothing is understood or checked
 * but signatures. */
typedef struct _BareWire BareWire;

/* The answers that this account gets from the server when it pulls everything. */
BareWire *bare_wire_new_recorded (CentralServer *server, const char *login);
/* The unsent changes of the one profile below the folder. */
BareWire *bare_wire_new_of_outbox (const char *data_directory);
void bare_wire_free (BareWire *self);
/* Milliseconds until everything is durable on the receiving side; at a push on both. */
double bare_wire_pull (BareWire *self);
double bare_wire_push (BareWire *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BareWire, bare_wire_free)

G_END_DECLS
