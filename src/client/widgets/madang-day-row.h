/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-entry-row.h"

G_BEGIN_DECLS

/* A row for MADANG_FIELD_DAY: takes a date as people write it, or from a calendar. */
#define MADANG_TYPE_DAY_ROW (madang_day_row_get_type ())
G_DECLARE_FINAL_TYPE (MadangDayRow, madang_day_row, MADANG, DAY_ROW, MadangEntryRow)

G_END_DECLS
