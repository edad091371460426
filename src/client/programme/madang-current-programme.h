/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync.h"

G_BEGIN_DECLS

/* The programme that work is about: the one that this person chose, else that of the latest year
 * whose call was opened, else the latest. Main thread. */

/* (transfer full) (nullable): none has come yet */
MadangRecord *madang_current_programme_find (MadangSync *sync);

/* A year and the state of its programme, as a choice of the year says it. */
char *madang_current_programme_dup_choice (MadangRecord *programme);

/* All programmes, the latest year first. (transfer container) of MadangRecord. */
GPtrArray *madang_current_programme_list (MadangSync *sync);
/* Work is about that one from now on, until this person signs out or chooses anew. Whoever shows
 * the current programme hears of it by the signal "changed" of sync, as if it had changed. */
void madang_current_programme_choose (MadangSync *sync, const char *programme);

G_END_DECLS
