/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangBulkEvent:
 *
 * One event of many records, each as if it had been asked for by itself: one after the other, so
 * that it can be stopped, and what is refused stops nothing.
 *
 * Signals: "progress" (done, total). "written": all that was asked for is durable here, or it was
 * stopped. "settled": the server has answered all of it; without a network that is later, or never
 * while this lives.
 */
#define MADANG_TYPE_BULK_EVENT (madang_bulk_event_get_type ())
G_DECLARE_FINAL_TYPE (MadangBulkEvent, madang_bulk_event, MADANG, BULK_EVENT, GObject)

MadangBulkEvent *
madang_bulk_event_new (MadangSync *sync, const MadangKind *kind, const char *event);
/* Whether the rules, as they are known here, let it happen to the record. */
gboolean madang_bulk_event_admits (MadangBulkEvent *self, MadangRecord *record);
/* Once. ids: (transfer full) (element-type utf8). What is not admitted any more by then counts as
 * refused. */
void madang_bulk_event_run (MadangBulkEvent *self, GPtrArray *ids, GCancellable *cancellable);

/* Of how many it was written and not refused. */
guint madang_bulk_event_count_done (MadangBulkEvent *self);
/* Of how many the server has not answered yet. */
guint madang_bulk_event_count_waiting (MadangBulkEvent *self);
/* (element-type utf8): ids, in the order in which they were refused. */
GPtrArray *madang_bulk_event_get_refused (MadangBulkEvent *self);
/* Why the first was; a sentence (nullable): none was. */
const char *madang_bulk_event_get_reason (MadangBulkEvent *self);

G_END_DECLS
