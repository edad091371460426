/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-index.h"

G_BEGIN_DECLS

/**
 * MadangSearchIndex:
 *
 * The full-text index of a client's cache: the table search_text has what is searched of each live
 * record, "search" is the FTS5 index over it, search_due lists what is not in step yet. Made from
 * the kinds' declarations and their searched fields, disposable; personal fields never get in.
 * What a transaction changes is indexed in it, up to MADANG_SEARCH_INLINE rows; the rest is left
 * to madang_search_index_catch_up(). Removed records leave at once. Private to this folder.
 */
typedef struct _MadangSearchIndex MadangSearchIndex;

#define MADANG_SEARCH_INLINE 100

/* index: of the same database; it must outlive this one. */
MadangSearchIndex *madang_search_index_new (MadangDatabase *database, MadangRecordIndex *index);
void madang_search_index_free (MadangSearchIndex *self);
/* Lays the tables anew when they are not what the declarations say; everything is due then. A
 * reader cannot: MADANG_ERROR_FAILED. */
gboolean madang_search_index_prepare (MadangSearchIndex *self, GError **error);
/* Inside the transaction that writes the row of the record; after its table of the index. */
gboolean
madang_search_index_put (MadangSearchIndex *self, MadangRecord *record, gint64 row, GError **error);
/* Before the row of the record is deleted, or when it became a tombstone. */
gboolean madang_search_index_remove (MadangSearchIndex *self, const char *id, GError **error);
/* Up to so many due rows, in one transaction; *more: some are left. */
gboolean madang_search_index_catch_up (MadangSearchIndex *self,
                                       guint n_rows,
                                       gboolean *more,
                                       GError **error);
gboolean madang_search_index_is_due (MadangSearchIndex *self, gboolean *due, GError **error);
/* Catches up, then writes the index anew without what was removed: FTS5 only marks that. */
gboolean madang_search_index_forget (MadangSearchIndex *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangSearchIndex, madang_search_index_free)

G_END_DECLS
