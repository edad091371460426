/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-entry-row.h"

G_BEGIN_DECLS

/* A row for MADANG_FIELD_WON and MADANG_FIELD_INTEGER, with thousands separators. */
#define MADANG_TYPE_WON_ROW (madang_won_row_get_type ())
G_DECLARE_FINAL_TYPE (MadangWonRow, madang_won_row, MADANG, WON_ROW, MadangEntryRow)

G_END_DECLS
