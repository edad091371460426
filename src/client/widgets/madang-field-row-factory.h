/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-field-row.h"

G_BEGIN_DECLS

/* A row that fits the type of the field; floating. NULL: this type has no control of its own. */
GtkWidget *madang_field_row_new_for (const MadangField *field);
/* Makes the classes known that templates name. */
void madang_field_row_ensure_types (void);

G_END_DECLS
