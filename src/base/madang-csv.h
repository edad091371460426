/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MADANG_CSV_MAX_ROWS 20000
#define MADANG_CSV_MAX_FIELD (64 * 1024) /* bytes */

/**
 * MadangCsv:
 *
 * A table read from CSV by RFC 4180: the first row names the columns, every other row has as
 * many fields. UTF-8, with or without byte-order mark; rows end with LF or CR LF; fields in quotes
 * may hold commas, line breaks and doubled quotes. Empty lines are passed over. Read-only after it
 * was read; then from any thread.
 */
typedef struct _MadangCsv MadangCsv;

typedef enum
{
  MADANG_CSV_UNEVEN = 1 << 0, /* rows with more or fewer fields than columns are no error */
} MadangCsvFlags;

/* Errors: MADANG_ERROR_INVALID and MADANG_ERROR_TOO_LARGE; the message names the line. */
MadangCsv *madang_csv_new_from_data (const char *data, gsize length, GError **error);
MadangCsv *madang_csv_new_from_data_full (const char *data,
                                          gsize length,
                                          MadangCsvFlags flags,
                                          GError **error);
void madang_csv_free (MadangCsv *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangCsv, madang_csv_free)

guint madang_csv_get_n_rows (const MadangCsv *self); /* without the row of names */
const char *const *madang_csv_get_columns (const MadangCsv *self);
gboolean madang_csv_has_column (const MadangCsv *self, const char *column);
guint madang_csv_get_n_fields (const MadangCsv *self, guint row);
/* NULL: there is no such column, or the row ends before it. An empty field is "". */
const char *madang_csv_get (const MadangCsv *self, guint row, const char *column);
/* The line of the file on which the row starts, from 1. */
guint madang_csv_get_line (const MadangCsv *self, guint row);

G_END_DECLS
