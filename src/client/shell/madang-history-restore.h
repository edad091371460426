/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-history-line.h"
#include "madang-merge.h"

G_BEGIN_DECLS

/* Putting back what stood before a change: an ordinary edit of the record as it is now. */

/* Whether an earlier value stood there that this person was told. */
gboolean madang_history_restore_is_offered (const MadangHistoryLine *line);
/* Why it cannot be put back now: a sentence, or NULL when it can. */
char *madang_history_restore_dup_obstacle (MadangRecord *record,
                                           const MadangActor *actor,
                                           const MadangHistoryLine *line);
/* (transfer full) */
MadangEdit *madang_history_restore_new_edit (MadangRecord *record, const MadangHistoryLine *line);

G_END_DECLS
