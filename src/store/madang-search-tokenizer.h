/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Teaches a connection the tokenizer "madang" of FTS5 and the function madang_search_matches
 * (searched, pattern). Private to this folder. Returns a code of SQLite. */
int madang_search_tokenizer_register (sqlite3 *handle, fts5_api *api);

G_END_DECLS
