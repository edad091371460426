/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-cache.h"
#include "madang-history-line.h"

G_BEGIN_DECLS

/* The cached history of records. It goes when the record or its part goes, and is not shown again
 * after a new epoch. */

/* Keeps a page that was asked for with this before (0: the newest). What is older stays as long as
 * no gap lies between. A page that does not go on where the cache ends is passed over, and so are
 * parts that the record has not here. at: the real clock. */
gboolean madang_cache_save_history (
    MadangCache *self, const MadangHistoryReply *page, gint64 before, gint64 at, GError **error);
gboolean madang_cache_forget_history (MadangCache *self, const char *record, GError **error);
/* What is cached, behind the person's own changes that the server does not know yet. */
MadangHistory *madang_cache_list_history (MadangCache *self, const char *record, GError **error);

G_END_DECLS
