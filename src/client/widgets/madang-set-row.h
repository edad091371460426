/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-field-row.h"

G_BEGIN_DECLS

/* A row for MADANG_FIELD_SET_OF. */
#define MADANG_TYPE_SET_ROW (madang_set_row_get_type ())
G_DECLARE_FINAL_TYPE (MadangSetRow, madang_set_row, MADANG, SET_ROW, MadangFieldRow)

G_END_DECLS
