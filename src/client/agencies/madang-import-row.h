/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/**
 * MadangImportRow:
 *
 * A row of a file that somebody brings: what it would become, or why it will not. Property "words"
 * (read-only, with notify): see madang_import_row_get_words().
 */
#define MADANG_TYPE_IMPORT_ROW (madang_import_row_get_type ())
G_DECLARE_FINAL_TYPE (MadangImportRow, madang_import_row, MADANG, IMPORT_ROW, GObject)

/* record: NULL when it is refused; reason: why (nullable otherwise). */
MadangImportRow *
madang_import_row_new (guint line, const char *title, MadangRecord *record, const char *reason);
guint madang_import_row_get_line (MadangImportRow *self);
const char *madang_import_row_get_title (MadangImportRow *self);
MadangRecord *madang_import_row_get_record (MadangImportRow *self); /* (nullable) */
/* What is to be said of it: that it is good or was taken over, with its values; or why not. */
const char *madang_import_row_get_words (MadangImportRow *self);
/* It was written. */
void madang_import_row_set_taken (MadangImportRow *self);
gboolean madang_import_row_is_taken (MadangImportRow *self);

G_END_DECLS
