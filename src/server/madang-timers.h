/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/**
 * MadangTimers:
 *
 * What the kinds declare to happen by itself (MadangKind.timers), on the programme clock. It looks
 * at every record that may be due, a few at a time, so that no person's change waits for it.
 */
typedef struct _MadangTimers MadangTimers;

/* Looks once at once and then every so many seconds, on the thread's default main context, until
 * it is stopped. service: outlives it. */
MadangTimers *madang_timers_new (MadangService *service, guint seconds);
/* No round begins any more, and a running one ends with the slice that it is at. Before the
 * writer's end. */
void madang_timers_stop (MadangTimers *self);
/* After the writer's end. */
void madang_timers_free (MadangTimers *self);

/* One whole round in the caller's transaction. *fired: how many events happened. */
gboolean madang_timers_run (MadangWrite *write, gint64 now, guint *fired, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangTimers, madang_timers_free)

G_END_DECLS
