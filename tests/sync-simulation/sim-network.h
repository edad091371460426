/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-server.h"

#include "madang-transport.h"

G_BEGIN_DECLS

/**
 * SimNetwork:
 *
 * Everything that is on its way between the clients and the server. Nothing moves by itself: each
 * step of a packet (to the server, into a held poll, back to the client) is taken when the
 * simulation says so, in any order, and may go wrong. A request that its client gave up may still
 * arrive, also much later.
 */
typedef struct _SimNetwork SimNetwork;

/* What the server made of a push, whether or not the client will hear of it. */
typedef void (*SimPushFunc) (GBytes *request, const MadangReply *reply, gpointer user_data);

SimNetwork *sim_network_new (SimServer *server, SimPushFunc pushed, gpointer user_data);
void sim_network_free (SimNetwork *self);
/* How many packets can take a step. Held polls can not. */
guint sim_network_count (SimNetwork *self);
/* Takes the step of one of them. faulty: it may be lost, doubled, cut or answered by another. */
void sim_network_step (SimNetwork *self, guint which, gboolean faulty);
/* The server went away: what it held or was about to say is lost. */
void sim_network_lose_server (SimNetwork *self);

/* One client's line; a MadangTransport. */
#define SIM_TYPE_LINE (sim_line_get_type ())
G_DECLARE_FINAL_TYPE (SimLine, sim_line, SIM, LINE, GObject)

SimLine *sim_line_new (SimNetwork *network, const char *name);
void sim_line_set_down (SimLine *self, gboolean down);
gboolean sim_line_is_down (SimLine *self);

G_END_DECLS
