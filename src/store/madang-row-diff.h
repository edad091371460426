/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How one list of rows became another; private to this folder. */

/* Applied from the first to the last; position counts in the list as it is by then. */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} MadangRowHunk;

#define MADANG_ROW_DIFF_MAX_HUNKS 64

/* The fewest rows removed and added again (a row that moved is both). Each row stands in a list
 * once. Where that takes more than MADANG_ROW_DIFF_MAX_HUNKS, one hunk covers them all.
 * (transfer full) (element-type MadangRowHunk) */
GArray *madang_row_diff (const gint64 *before, guint n_before, const gint64 *after, guint n_after);

G_END_DECLS
