/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "madang-sheet.h"

G_BEGIN_DECLS

/**
 * madang_sheet_write_csv:
 *
 * Writes the sheet as CSV by RFC 4180: UTF-8 with a byte-order mark, by which spreadsheet programs
 * know Hangul; lines end with CR LF; the first has the headings. Days and times (in Seoul) are ISO,
 * numbers and amounts plain digits. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it. A local file is replaced only when the new one is complete on the disk.
 * Blocks; any thread.
 *
 * Errors: G_IO_ERROR_CANCELLED, those of madang_sheet_check() and madang_replace_file().
 */
gboolean madang_sheet_write_csv (const MadangSheet *sheet,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GError **error);
/* What stands behind such an apostrophe; the text itself where there is none. Borrowed. */
const char *madang_sheet_csv_skip_apostrophe (const char *text);

G_END_DECLS
