/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-paper-file-name.h"

#define LONGEST_NAME 240 /* bytes, of the 255 that file systems take: the suffix needs some */

static gboolean
is_hostile (gunichar character)
{
  return g_unichar_iscntrl (character) || g_unichar_isspace (character)
         || g_unichar_type (character) == G_UNICODE_FORMAT
         || (character < 0x80 && strchr ("/\\:*?\"<>|%$`'&;~", (int)character) != NULL);
}

static char *
make_stem (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) stem = g_string_new (NULL);

  for (const char *next = composed; *next != '\0'; next = g_utf8_next_char (next))
    {
      gunichar character = g_utf8_get_char (next);
      gboolean leading_dot = *next == '.' && stem->len == 0;

      if (stem->len + (gsize)(g_utf8_next_char (next) - next) > LONGEST_NAME)
        break;
      if (!leading_dot && !is_hostile (character))
        g_string_append_unichar (stem, character);
      else if (stem->len == 0 || stem->str[stem->len - 1] != '_')
        g_string_append_c (stem, '_');
    }
  return g_string_free (g_steal_pointer (&stem), FALSE);
}

char *
madang_paper_make_file_name (const char *name, const char *suffix)
{
  g_autofree char *stem = NULL;

  g_return_val_if_fail (name != NULL && suffix != NULL, NULL);

  stem = make_stem (name);
  return g_strdup_printf ("%s.%s", stem, *suffix == '.' ? suffix + 1 : suffix);
}
