/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/**
 * MadangWriter:
 *
 * The one thread that writes. Jobs that wait together are committed together, since a commit
 * costs far more than the work in it. Every function may be called from any thread.
 */
typedef struct _MadangWriter MadangWriter;

/* Runs on the writer's thread inside a transaction; FALSE undoes this job alone. May run again,
 * so it changes nothing but the database and its own data. */
typedef gboolean (*MadangWriteFunc) (MadangWrite *write, gpointer data, GError **error);
/* Runs on the writer's thread when the job is durable (error NULL) or undone. Owns data. */
typedef void (*MadangWrittenFunc) (gpointer data, const GError *error);
/* Runs on the writer's thread after a commit, before the written functions of its jobs. */
typedef void (*MadangMovedFunc) (GHashTable *scopes, guint64 generation, gpointer user_data);

/* Opens (and makes) the database and starts the thread. */
MadangWriter *
madang_writer_new (const char *path, MadangMovedFunc moved, gpointer user_data, GError **error);
/* Finishes the jobs that wait, closes the database and ends the thread. */
void madang_writer_free (MadangWriter *self);

/* Jobs of callers that wait at most; an answer that comes later helps nobody. */
#define MADANG_WRITER_MOST 1024

/* For what the server does by itself. */
void madang_writer_push (MadangWriter *self,
                         MadangWriteFunc func,
                         MadangWrittenFunc written,
                         gpointer data);
/* For what comes from outside. FALSE: as much waits as may wait; data stays the caller's. */
gboolean madang_writer_offer (MadangWriter *self,
                              MadangWriteFunc func,
                              MadangWrittenFunc written,
                              gpointer data);
/* Waits until the job is durable. Never on the main loop nor on the writer. */
gboolean
madang_writer_call (MadangWriter *self, MadangWriteFunc func, gpointer data, GError **error);
/* Rises with every commit. Read it before taking a snapshot to learn what may be missed in it. */
guint64 madang_writer_get_generation (MadangWriter *self);

/* For a program that does one thing and ends: opens the database, runs the job in a transaction of
 * its own and closes. */
gboolean madang_write_once (const char *path, MadangWriteFunc func, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangWriter, madang_writer_free)

G_END_DECLS
