/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/* POST /sync/v1/history: who changed what in a record, as far as the caller may know. */
MadangReply *
madang_history_answer (MadangExchange *exchange, MadangStorage *reader, GError **error);

G_END_DECLS
