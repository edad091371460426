/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-client.h"

G_BEGIN_DECLS

/* The server's feeds hold what its records say. */
void sim_check_server (SimServer *server);
/* The client, with nothing waiting and nothing refused, holds exactly what its person may read, as
 * the server has it, and its scopes have the server's digests. */
void sim_check_client (SimServer *server, SimClient *client);

G_END_DECLS
