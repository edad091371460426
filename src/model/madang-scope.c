/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-scope.h"

#include <string.h>

char *
madang_scope_complete (const char *beginning, const char *id)
{
  g_return_val_if_fail (beginning != NULL && madang_scope_is_beginning (beginning), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_strconcat (beginning, id, NULL);
}

char *
madang_scope_for_office (MadangPart part)
{
  return g_strdup (part == MADANG_PART_PERSONAL ? MADANG_SCOPE_OFFICE_PERSONAL
                                                : MADANG_SCOPE_OFFICE);
}

gboolean
madang_scope_is_beginning (const char *scope)
{
  g_return_val_if_fail (scope != NULL, FALSE);

  return g_str_has_suffix (scope, ":");
}

gboolean
madang_scope_fits (const char *scope, const char *wanted)
{
  g_return_val_if_fail (scope != NULL && wanted != NULL, FALSE);

  if (!madang_scope_is_beginning (wanted))
    return g_str_equal (scope, wanted);
  return g_str_has_prefix (scope, wanted) && scope[strlen (wanted)] != '\0';
}

const char *
madang_scope_get_agency (const char *scope)
{
  g_return_val_if_fail (scope != NULL, NULL);

  return g_str_has_prefix (scope, MADANG_SCOPE_OF_AGENCY) ? scope + strlen (MADANG_SCOPE_OF_AGENCY)
                                                          : NULL;
}
