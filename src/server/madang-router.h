/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/* The table of endpoints: nothing else answers. */

/* NULL: *reply says why. */
const MadangEndpoint *
madang_router_find (const char *method, const char *path, MadangReply **reply);
/* Ended by a NULL method; for the test that walks all of them. */
const MadangEndpoint *madang_router_list (void);

/* The two stages of an exchange. The first gives a reply, or NULL when the writer has to. Both
 * look up session and rights anew in the database that they are given. */
MadangReply *madang_router_answer (MadangExchange *exchange, MadangStorage *reader, GError **error);
MadangReply *madang_router_commit (MadangExchange *exchange, MadangWrite *write, GError **error);

G_END_DECLS
