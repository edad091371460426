/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync.h"

G_BEGIN_DECLS

/* The programme of the year after the latest one, begun from that: money, criteria and accounts as
 * they were, every day a year later. Its plan is a new one. Main thread; reads from the cache. */

/* Whether this person may begin it. */
gboolean madang_next_programme_may_begin (MadangSync *sync);
/* Writes it with its milestones. The callback gets the id with finish(). */
void madang_next_programme_begin_async (MadangSync *sync,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* (transfer full): the id of the new programme. */
char *madang_next_programme_begin_finish (MadangSync *sync, GAsyncResult *result, GError **error);

G_END_DECLS
