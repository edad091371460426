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

/* (transfer full): a new record in its scope. NULL: *reason (newly allocated) says why not; a row
 * that says what an earlier row or a record that is there says already is refused as well. */
MadangRecord *
madang_observation_reader_read (MadangObservationReader *self, guint row, char **reason);
/* As it stands in the row, for a list; "" when the column is missing. Borrowed. */
const char *madang_observation_reader_get_agency (MadangObservationReader *self, guint row);
const char *madang_observation_reader_get_system (MadangObservationReader *self, guint row);

G_END_DECLS
