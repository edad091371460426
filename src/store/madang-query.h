/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-index-table.h"
#include "madang-record-store.h"

G_BEGIN_DECLS

/* A query as SQL; private to this folder. */

/* select: the columns. In it "k" is the index table; with join "r" is the table of records. A
 * search reads the client's search index.
 * NULL with MADANG_ERROR_INVALID when the query names a field that is not indexed. */
char *madang_query_build_sql (const MadangQuery *self,
                              const MadangIndexTable *table,
                              const char *select,
                              gboolean join,
                              GError **error);
/* Binds the values of that text from parameter 1 onwards. */
void madang_query_bind (const MadangQuery *self, MadangStatement *statement);
gboolean madang_query_is_search (const MadangQuery *self);
const char *madang_query_get_search (const MadangQuery *self); /* (nullable): a pattern */
/* Without its search and its limit: every row that the search chooses from. */
MadangQuery *madang_query_copy_all (const MadangQuery *self);
/* Whether the copies of that kind find the same rows in the same order. */
gboolean madang_query_is_about_same (const MadangQuery *self, const MadangQuery *other);
gint64 madang_query_get_limit (const MadangQuery *self); /* negative: none */

G_END_DECLS
