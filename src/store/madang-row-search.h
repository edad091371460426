/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-store.h"

G_BEGIN_DECLS

/**
 * MadangRowSearch:
 *
 * What a pattern finds among the rows of an ordered list, in that order, a step at a time: so that
 * a frequent word keeps nobody waiting. The rows at the top come in the first step. Between two
 * steps nothing is open in the database. Private to this folder.
 */
typedef struct _MadangRowSearch MadangRowSearch;

/* Takes a reference of the rows, which nobody may change any more. most: negative for all. */
MadangRowSearch *
madang_row_search_new (MadangRecordStore *store, const char *pattern, GArray *ordered, gint64 most);
void madang_row_search_free (MadangRowSearch *self);
/* Goes on for about so many microseconds. */
gboolean madang_row_search_step (MadangRowSearch *self, gint64 microseconds, GError **error);
gboolean madang_row_search_is_done (const MadangRowSearch *self);
/* (transfer none) (element-type gint64): so far. */
GArray *madang_row_search_get_found (MadangRowSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangRowSearch, madang_row_search_free)

/* Whether so few rows may match that they are found, read and sorted at once. */
gboolean madang_row_search_finds_few (MadangRecordStore *store,
                                      const char *pattern,
                                      gboolean *few,
                                      GError **error);

G_END_DECLS
