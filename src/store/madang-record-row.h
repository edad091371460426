/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"
#include "madang-statement.h"

G_BEGIN_DECLS

/* Rows of the table of records; private to this folder. */

/* What a statement selects for madang_record_row_read(); "r" is the table. One more column, which
 * is MADANG_RECORD_ROW_NUMBER then, may follow. */
#define MADANG_RECORD_ROW_COLUMNS                                                                  \
  "r.id, r.kind, r.scope, r.state, r.v, r.pv, r.main, r.personal, r.deleted, r.waiting, "          \
  "r.troubled"
#define MADANG_RECORD_ROW_NUMBER 11

/* (transfer full) (nullable): NULL without error: the kind is unknown to this build. */
MadangRecord *madang_record_row_read (MadangStatement *row, GError **error);
/* Steps, then reads; NULL without error also when there is no row. */
MadangRecord *madang_record_row_read_next (MadangStatement *statement, GError **error);

G_END_DECLS
