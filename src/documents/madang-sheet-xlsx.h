/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "madang-sheet.h"

G_BEGIN_DECLS

/**
 * madang_sheet_write_xlsx:
 *
 * Writes the sheet as a workbook of one sheet: a table with filters under a heading row that stays
 * in sight. Days, times (in Seoul), numbers and amounts are real ones, so that they sort and add up;
 * every text is a string cell, whatever it starts with, and stays one when it is edited. A local
 * file is replaced only when the new one is complete on the disk. Blocks; any thread.
 *
 * Errors: G_IO_ERROR_CANCELLED, those of madang_sheet_check() and madang_replace_file().
 */
gboolean madang_sheet_write_xlsx (const MadangSheet *sheet,
                                  GFile *file,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
