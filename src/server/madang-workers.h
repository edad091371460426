/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/**
 * MadangWorkers:
 *
 * Threads that answer from the database, each with a reading connection of its own.
 */
typedef struct _MadangWorkers MadangWorkers;

/* Runs on a worker, with its connection. Owns data. */
typedef void (*MadangWorkFunc) (MadangStorage *reader, gpointer data);

/* The database must exist. */
MadangWorkers *madang_workers_new (const char *path, guint n_threads, GError **error);
/* Finishes the work that waits. */
void madang_workers_free (MadangWorkers *self);
/* Any thread. FALSE: as much waits as may wait; data stays the caller's. */
gboolean madang_workers_push (MadangWorkers *self, MadangWorkFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangWorkers, madang_workers_free)

G_END_DECLS
