/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/* GET /sync/v1/hello: who one is here, what may be followed, what time it is for the rules. */
MadangReply *madang_hello_answer (MadangExchange *exchange, MadangStorage *reader, GError **error);

G_END_DECLS
