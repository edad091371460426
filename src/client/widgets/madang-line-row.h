/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-entry-row.h"

G_BEGIN_DECLS

/* A row for MADANG_FIELD_LINE. */
#define MADANG_TYPE_LINE_ROW (madang_line_row_get_type ())
G_DECLARE_FINAL_TYPE (MadangLineRow, madang_line_row, MADANG, LINE_ROW, MadangEntryRow)

G_END_DECLS
