/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-kind.h"

G_BEGIN_DECLS

/**
 * MadangPath:
 *
 * Where a value stands: "field", "field/row" or "field/row/member". Private to the model.
 */
typedef struct
{
  const MadangField *field;
  char row[MADANG_ROW_LENGTH + 1]; /* "": the whole field */
  const MadangField *member;       /* (nullable): the whole row, when there is one */
} MadangPath;

gboolean madang_path_parse (const MadangKind *kind, const char *text, MadangPath *path);
gboolean madang_row_id_is_valid (const char *row);

/* The field that says the type of what stands at the path; for a row the type is "a{sv}". */
const MadangField *madang_path_get_innermost (const MadangPath *path);
gboolean madang_path_is_row (const MadangPath *path);

G_END_DECLS
