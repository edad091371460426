/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-field-row.h"

G_BEGIN_DECLS

/* A row for MADANG_FIELD_ONE_OF and MADANG_FIELD_YES_NO: one of a few marks, as on paper. */
#define MADANG_TYPE_CHOICE_ROW (madang_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (MadangChoiceRow, madang_choice_row, MADANG, CHOICE_ROW, MadangFieldRow)

/* As if the person had made the mark. Nothing happens for a choice that there is not. */
void madang_choice_row_choose (MadangChoiceRow *self, const char *choice);

G_END_DECLS
