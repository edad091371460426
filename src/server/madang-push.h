/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/* POST /sync/v1/push: mutations of a device, in its order, each exactly once. */

/* Reads the request, finds the device and checks its signatures; NULL: to the writer. */
MadangReply *madang_push_answer (MadangExchange *exchange, MadangStorage *reader, GError **error);
MadangReply *madang_push_commit (MadangExchange *exchange, MadangWrite *write, GError **error);

G_END_DECLS
