/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-entry-row.h"

G_BEGIN_DECLS

/* A row for MADANG_FIELD_MONTH: takes "2020. 8.", "2020-08", "20.8". */
#define MADANG_TYPE_MONTH_ROW (madang_month_row_get_type ())
G_DECLARE_FINAL_TYPE (MadangMonthRow, madang_month_row, MADANG, MONTH_ROW, MadangEntryRow)

G_END_DECLS
