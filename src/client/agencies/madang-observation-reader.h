/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-csv.h"
#include "madang-record-store.h"

G_BEGIN_DECLS

/**
 * MadangObservationReader:
 *
 * Makes observations of the rows of a table that somebody brings, or says in words why a row is
 * none. It writes nothing. Columns are called as the fields are, in the program's words or by
 * name; order does not matter. Main thread.
 */
typedef struct _MadangObservationReader MadangObservationReader;

/* actor: who brings it; now: the programme's clock. NULL with MADANG_ERROR_INVALID when a column
 * that is needed is missing; the message is for people. */
MadangObservationReader *madang_observation_reader_new (const MadangCsv *table,
                                                        MadangRecordStore *records,
                                                        MadangActor *actor,
                                                        gint64 now,
                                                        GError **error);
void madang_observation_reader_free (MadangObservationReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangObservationReader, madang_observation_reader_free)

/* The columns of which nothing is read, as a list for people. Newly allocated; NULL: none. */
char *madang_observation_reader_dup_passed_over (MadangObservationReader *self);
/* (transfer full): a new record in its scope. NULL: *reason (newly allocated) says why not. Of rows
 * about one system, day and source the first good one counts; what is there already is refused. */
MadangRecord *
madang_observation_reader_read (MadangObservationReader *self, guint row, char **reason);
/* Agency and system as the row has them, in a line for a list. Newly allocated. */
char *madang_observation_reader_dup_title (MadangObservationReader *self, guint row);

G_END_DECLS
