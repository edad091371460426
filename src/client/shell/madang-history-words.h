/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-history-line.h"
#include "madang-record-store.h"

G_BEGIN_DECLS

/* A line of history in words; all newly allocated but the field of the filter. */

char *madang_history_dup_who (const MadangHistoryLine *line);
char *madang_history_dup_time (const MadangHistoryLine *line);
char *madang_history_dup_event (const MadangHistoryLine *line, const MadangKind *kind);
/* "Contact number", "State", "Reason", "Scanned papers: File name". */
char *madang_history_dup_label (const MadangHistoryLine *line, const MadangKind *kind);
/* before: what stood before, else what stood after. */
char *madang_history_dup_value (const MadangHistoryLine *line,
                                const MadangKind *kind,
                                MadangRecordStore *records,
                                gboolean before);
/* The field of the kind by which the line can be found; NULL: it is about the state or a step. */
const MadangField *madang_history_find_top (const MadangHistoryLine *line, const MadangKind *kind);

G_END_DECLS
