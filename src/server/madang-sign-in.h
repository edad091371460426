/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/* After this many wrong passwords for a name from one place, that pair has to wait. */
#define MADANG_SIGN_IN_FAILURES 5
/* The same for a name from all places together, for devices that never signed in with it. */
#define MADANG_SIGN_IN_FAILURES_EVERYWHERE 100
#define MADANG_SIGN_IN_WINDOW (15 * 60 * 1000)      /* milliseconds */
#define MADANG_SESSION_LENGTH (12 * 60 * 60 * 1000) /* milliseconds */

/* POST /sync/v1/sessions */
MadangReply *
madang_sign_in_answer (MadangExchange *exchange, MadangStorage *reader, GError **error);
/* DELETE /sync/v1/sessions/current */
MadangReply *madang_sign_out_commit (MadangExchange *exchange, MadangWrite *write, GError **error);

G_END_DECLS
