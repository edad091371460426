/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-server.h"

#include "madang-mutation.h"

G_BEGIN_DECLS

/**
 * SimLedger:
 *
 * What was acknowledged to people and what the server made of it, written down apart from both
 * sides. Every text that a person types holds a token that occurs nowhere else.
 */
typedef struct _SimLedger SimLedger;

SimLedger *sim_ledger_new (SimServer *server);
void sim_ledger_free (SimLedger *self);

/* A text that nobody typed before. */
char *sim_ledger_new_text (SimLedger *self, const char *person);
/* The client said that this is saved. seen: the record as the person had it (nullable). */
void sim_ledger_note_write (SimLedger *self,
                            const char *client,
                            const MadangMutation *mutation,
                            MadangRecord *seen);
/* The person gave up everything of this record that is not on the server. */
void sim_ledger_note_discard (SimLedger *self, const char *client, const char *record);
/* A SimPushFunc. Fails the test when the server says two things about one mutation. */
void sim_ledger_note_push (GBytes *request, const MadangReply *reply, gpointer user_data);

/* Whether something of a client is still there: find (token, data). */
typedef gboolean (*SimFindFunc) (const char *client,
                                 const char *record,
                                 const char *token,
                                 gpointer user_data);

/* Nothing that was acknowledged is lost: it was applied, or is in a conflict, or find() has it. */
void sim_ledger_check_kept (SimLedger *self, SimFindFunc find, gpointer user_data);
/* Each mutation had one effect, on the values that its person saw. */
void sim_ledger_check_history (SimLedger *self);

G_END_DECLS
