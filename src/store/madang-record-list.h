/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "madang-record-store.h"

G_BEGIN_DECLS

/**
 * MadangRecordList:
 *
 * A lazy GListModel of the MadangRecords that a query finds: it holds the row ids and a few
 * pages of records, so memory is flat at a million rows. reload() emits only what changed and
 * never as one "everything replaced" when rows were merely added or altered. On the thread of
 * the store's database (the main thread, over the reading connection).
 *
 * A search that finds many rows is loaded in steps from idle: the first rows are there at once, the
 * number of items grows, "loading" (read-only, notified) is TRUE meanwhile. What was shown before
 * stays until something is found or nothing can be.
 */
#define MADANG_TYPE_RECORD_LIST (madang_record_list_get_type ())
G_DECLARE_FINAL_TYPE (MadangRecordList, madang_record_list, MADANG, RECORD_LIST, GObject)

MadangRecordList *madang_record_list_new (MadangRecordStore *store, const MadangQuery *query);
/* Copies the query, and gives up what is still being loaded for the former. */
void madang_record_list_set_query (MadangRecordList *self, const MadangQuery *query);
/* ids (nullable): records that changed; their items are replaced. Returns by itself quickly. */
void madang_record_list_reload (MadangRecordList *self, const char *const *ids);
/* Whether there may be more items in a moment. */
gboolean madang_record_list_get_loading (MadangRecordList *self);

G_END_DECLS
