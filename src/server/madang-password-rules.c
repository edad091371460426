/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-password-rules.h"

#include "madang-error.h"

#include <string.h>

#define LEAST_DIFFERENT 5

/* What guessers try first; digits and signs around it do not help. Some are Korean words as an
 * English keyboard types them. */
static const char *const common[] = {
  "password",      "passw0rd",   "p@ssw0rd",      "qwerty",       "qwertyuiop",   "asdfghjkl",
  "zxcvbnm",       "1q2w3e4r5t", "1q2w3e4r5t6y",  "q1w2e3r4t5",   "q1w2e3r4t5y6", "1qaz2wsx3edc",
  "qazwsxedc",     "admin",      "administrator", "root",         "welcome",      "letmein",
  "iloveyou",      "changeme",   "seoul",         "seoulcity",    "democracy",    "democracyseoul",
  "madang",        "korea",      "dkssudgktpdy",  "tkfkdgo",      "qlalfqjsgh",   "alswnwndml",
  "tjdnfxmrquftl", "비밀번호",   "안녕하세요",    "민주주의서울", "서울특별시",   NULL,
};

static gboolean
has_few_characters (const gunichar *text, glong length)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (glong i = 0; i < length; i++)
    g_hash_table_add (seen, GUINT_TO_POINTER (text[i]));
  return g_hash_table_size (seen) < LEAST_DIFFERENT;
}

/* "abcdefghijkl", "987654321098", "aabbccddeeff": most characters follow from the one before. */
static gboolean
is_walk (const gunichar *text, glong length)
{
  glong n_near = 0;

  for (glong i = 1; i < length; i++)
    {
      gint64 step = (gint64)text[i] - text[i - 1];

      if (ABS (step) <= 1 || (ABS (step) == 9 && g_unichar_isdigit (text[i])))
        n_near++;
    }
  return n_near * 4 >= (length - 1) * 3;
}

/* A shorter text, written again and again. */
static gboolean
is_repetition (const gunichar *text, glong length)
{
  for (glong period = 1; period <= length / 2; period++)
    {
      if (memcmp (text, text + period, (gsize)(length - period) * sizeof *text) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_common (const char *folded)
{
  const char *start = folded;
  const char *end = folded + strlen (folded);
  g_autofree char *core = NULL;

  while (*start != '\0' && !g_unichar_isalpha (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && !g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  core = g_strndup (start, (gsize)(end - start));
  return g_strv_contains (common, core) || g_strv_contains (common, folded);
}

static gboolean
is_easy (const char *folded)
{
  glong length;
  g_autofree gunichar *text = g_utf8_to_ucs4_fast (folded, -1, &length);

  return has_few_characters (text, length) || is_walk (text, length) || is_repetition (text, length)
         || is_common (folded);
}

gboolean
madang_password_check (const char *login, const char *password, GError **error)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (login != NULL && password != NULL, FALSE);

  if (!g_utf8_validate (password, -1, NULL) || g_utf8_strlen (password, -1) < MADANG_PASSWORD_LEAST)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID,
                   "a password has at least %d characters", MADANG_PASSWORD_LEAST);
      return FALSE;
    }
  folded = g_utf8_casefold (password, -1);
  if (strstr (folded, login) != NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID,
                           "a password must not contain the sign-in name");
      return FALSE;
    }
  if (!is_easy (folded))
    return TRUE;
  g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID,
                       "this password is easy to guess; take several words that do not belong "
                       "together");
  return FALSE;
}
