/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-field-row.h"

G_BEGIN_DECLS

/* A row for MADANG_FIELD_REFERENCE and for what only the server writes: shows the text that
 * MadangForm gives it, typing is elsewhere. */
#define MADANG_TYPE_REFERENCE_ROW (madang_reference_row_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangReferenceRow, madang_reference_row, MADANG, REFERENCE_ROW, MadangFieldRow)

G_END_DECLS
