/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-database.h"
#include "madang-index-table.h"

G_BEGIN_DECLS

/**
 * MadangRecordIndex:
 *
 * The index tables of all the kinds that this build knows, and the care that they are what the
 * declarations say. Private to this folder.
 */
typedef struct _MadangRecordIndex MadangRecordIndex;

MadangRecordIndex *madang_record_index_new (MadangDatabase *database);
void madang_record_index_free (MadangRecordIndex *self);
/* Makes anew what the declarations do not say any more; one transaction. A reader cannot:
 * MADANG_ERROR_FAILED. */
gboolean madang_record_index_prepare (MadangRecordIndex *self, GError **error);
gboolean madang_record_index_knows (MadangRecordIndex *self, const char *kind);
/* NULL with MADANG_ERROR_INVALID: no such kind. */
const MadangIndexTable *
madang_record_index_find (MadangRecordIndex *self, const char *kind, GError **error);

G_END_DECLS
