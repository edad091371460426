/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "madang-csv.h"

G_BEGIN_DECLS

#define MADANG_TABLE_FILE_MOST (8 * 1024 * 1024) /* bytes */

/* Reads a CSV file that somebody brings, in a thread of its own: UTF-8, or the code page that
 * Korean spreadsheets write. Uneven rows are kept. */
void madang_table_file_load_async (GFile *file,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* MADANG_ERROR_INVALID and TOO_LARGE with a message for people, and those of GIO. */
MadangCsv *madang_table_file_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
