/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-wire-forms.h"

#include "madang-kind.h"

#include <string.h>

/* One to most letters, digits and characters of others. */
static gboolean
consists_of (const char *text, const char *others, gsize most)
{
  gsize length = 0;

  for (; text[length] != '\0'; length++)
    if (length == most
        || (!g_ascii_isalnum (text[length]) && strchr (others, text[length]) == NULL))
      return FALSE;
  return length > 0;
}

static gboolean
is_hexadecimal (const char *text, gsize length)
{
  return strspn (text, "0123456789abcdef") == length && text[length] == '\0';
}

gboolean
madang_wire_is_scope (const char *text)
{
  return consists_of (text, ":-", 100);
}

gboolean
madang_wire_is_name (const char *text)
{
  return consists_of (text, "-_", 64);
}

/* Codes of rules have their part behind a dot: "R-A1.late". */
gboolean
madang_wire_is_code (const char *text)
{
  return consists_of (text, "-_.", 64);
}

gboolean
madang_wire_is_row (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return length > 0 && length <= MADANG_ROW_LENGTH && text[length] == '\0';
}

gboolean
madang_wire_is_path (const char *text)
{
  g_auto (GStrv) steps = NULL;
  guint count;

  if (strnlen (text, 200) == 200)
    return FALSE;
  steps = g_strsplit (text, "/", 4);
  count = g_strv_length (steps);
  if (count < 1 || count > 3 || !madang_wire_is_name (steps[0]))
    return FALSE;
  if (count > 1 && !madang_wire_is_row (steps[1]))
    return FALSE;
  return count < 3 || madang_wire_is_name (steps[2]);
}

gboolean
madang_wire_is_opaque (const char *text)
{
  gsize length = 0;

  for (; text[length] != '\0'; length++)
    if (length == 256 || !g_ascii_isgraph (text[length]))
      return FALSE;
  return length > 0;
}

gboolean
madang_wire_is_cursor (const char *text)
{
  return *text == '\0' || madang_wire_is_opaque (text);
}

gboolean
madang_wire_is_sum (const char *text)
{
  return is_hexadecimal (text, 16);
}

gboolean
madang_wire_is_digest (const char *text)
{
  return is_hexadecimal (text, 64);
}

gboolean
madang_wire_is_signature (const char *text)
{
  return is_hexadecimal (text, 128);
}

gboolean
madang_wire_is_short (const char *text)
{
  gsize length = strnlen (text, 1025);

  return length > 0 && length <= 1024;
}

gboolean
madang_wire_is_text (const char *text)
{
  return TRUE;
}
