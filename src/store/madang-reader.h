/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-store.h"

G_BEGIN_DECLS

/**
 * MadangReader:
 *
 * A thread with a reading connection of its own, for what may take longer than a frame: what is
 * asked of it is read in the order in which it was asked, each from what was last committed then.
 * Belongs to one thread, which is told there.
 */
typedef struct _MadangReader MadangReader;

/* What is to be read. */
typedef struct
{
  /* On the reader's thread. NULL without an error is an answer too. */
  gpointer (*read) (MadangRecordStore *records, gpointer argument, GError **error);
  gpointer argument; /* (nullable): is taken */
  GDestroyNotify argument_free;
  GDestroyNotify result_free;
  GCancellable *cancellable; /* (nullable): what was cancelled before its turn is not read */
} MadangReading;

/* The connection is opened by the thread: what hinders it is the error of each reading. */
MadangReader *madang_reader_new (const char *database_path);
/* Waits for what is being read. What was not begun is answered with MADANG_ERROR_FAILED. */
void madang_reader_free (MadangReader *self);
/* The callback comes in the main context of the caller; source (nullable) is its first argument.
 * Argument and result are freed there too. */
void madang_reader_read_async (MadangReader *self,
                               gpointer source,
                               const MadangReading *reading,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* (transfer full) (nullable) */
gpointer madang_reader_read_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangReader, madang_reader_free)

G_END_DECLS
