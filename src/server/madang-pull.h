/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/* POST /sync/v1/pull: what changed in the scopes that the caller asks for and may follow. */
MadangReply *madang_pull_answer (MadangExchange *exchange, MadangStorage *reader, GError **error);

G_END_DECLS
