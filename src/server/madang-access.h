/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/* Who asks and what they may, from the database at this moment. */

/* Fills session and actor of the exchange. NULL without error: the caller is known. */
MadangReply *madang_access_check (MadangExchange *exchange, MadangStorage *storage, GError **error);
/* The account with the roles that are in force at the instant (programme clock). */
MadangActor *
madang_access_load_actor (MadangStorage *storage, const char *account, gint64 now, GError **error);
/* The same with every role that was ever held: what the account once knew. */
MadangActor *
madang_access_load_former_actor (MadangStorage *storage, const char *account, GError **error);
/* (transfer container) of MadangRecord: the grants of an account that are in force. */
GPtrArray *
madang_access_list_grants (MadangStorage *storage, const char *account, gint64 now, GError **error);
/* The account record when it may sign in; NULL without error when not. */
MadangRecord *
madang_access_find_account (MadangStorage *storage, const char *account, GError **error);

G_END_DECLS
