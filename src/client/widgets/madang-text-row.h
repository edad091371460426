/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-field-row.h"

G_BEGIN_DECLS

/* A row for MADANG_FIELD_TEXT: several lines, with a counter. */
#define MADANG_TYPE_TEXT_ROW (madang_text_row_get_type ())
G_DECLARE_FINAL_TYPE (MadangTextRow, madang_text_row, MADANG, TEXT_ROW, MadangFieldRow)

G_END_DECLS
