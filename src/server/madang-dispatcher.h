/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/**
 * MadangDispatcher:
 *
 * Carries an exchange through its stages: a worker, perhaps the writer, and back to the main
 * context of the dispatcher's maker.
 */
typedef struct _MadangDispatcher MadangDispatcher;

/* Runs in the main context; the exchange has its reply and is the callee's. */
typedef void (*MadangDispatchedFunc) (MadangExchange *exchange, gpointer data);

/* service outlives it and has its writer. */
MadangDispatcher *madang_dispatcher_new (MadangService *service, const char *path, GError **error);
/* Finishes what was pushed, as far as the workers do it. Nothing may be pushed any more. */
void madang_dispatcher_stop (MadangDispatcher *self);
/* Gives back what is finished. After the writer has ended, which may still have exchanges. */
void madang_dispatcher_free (MadangDispatcher *self);
/* Takes exchange. */
void madang_dispatcher_push (MadangDispatcher *self,
                             MadangExchange *exchange,
                             MadangDispatchedFunc func,
                             gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangDispatcher, madang_dispatcher_free)

G_END_DECLS
