/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-path.h"

#include <string.h>

gboolean
madang_row_id_is_valid (const char *row)
{
  gsize length = strlen (row);

  return length > 0 && length <= MADANG_ROW_LENGTH
         && strspn (row, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

gboolean
madang_path_parse (const MadangKind *kind, const char *text, MadangPath *path)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 4);
  guint n_parts = g_strv_length (parts);

  memset (path, 0, sizeof *path);
  if (n_parts < 1 || n_parts > 3)
    return FALSE;

  path->field = madang_kind_find_field (kind, parts[0]);
  if (path->field == NULL)
    return FALSE;
  if (n_parts == 1)
    return TRUE;

  if (path->field->type != MADANG_FIELD_ROWS || !madang_row_id_is_valid (parts[1]))
    return FALSE;
  g_strlcpy (path->row, parts[1], sizeof path->row);
  if (n_parts == 2)
    return TRUE;

  path->member = madang_field_find_member (path->field, parts[2]);
  return path->member != NULL;
}

const MadangField *
madang_path_get_innermost (const MadangPath *path)
{
  return path->member != NULL ? path->member : path->field;
}

gboolean
madang_path_is_row (const MadangPath *path)
{
  return path->row[0] != '\0' && path->member == NULL;
}
