/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-palette-match.h"

#include "madang-hangul.h"

#define N_MEDIALS 21
#define N_FINALS 28
#define SYLLABLE_FIRST 0xAC00

enum
{
  RANK_WHOLE,
  RANK_START,
  RANK_WORD,
  RANK_INSIDE,
  RANKS_LOOSE /* added when consonants or an unfinished syllable made it fit */
};

/* Medials that grow into the next ones: ㅗ, ㅜ, ㅡ. */
static const guint growing_medials[][2] = { { 8, 3 }, { 13, 3 }, { 18, 1 } };

static guint
get_medial (gunichar syllable)
{
  return (syllable - SYLLABLE_FIRST) / N_FINALS % N_MEDIALS;
}

static gboolean
medial_becomes (guint medial, guint wanted)
{
  if (medial == wanted)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (growing_medials); i++)
    if (medial == growing_medials[i][0])
      return wanted > medial && wanted <= medial + growing_medials[i][1];
  return FALSE;
}

/* Whether the syllable, as far as it is composed, can become the text; next: what follows. */
static gboolean
syllable_becomes (gunichar typed, gunichar wanted, gunichar next)
{
  gunichar finals[2];

  if (!madang_hangul_is_syllable (wanted)
      || madang_hangul_get_initial (typed) != madang_hangul_get_initial (wanted))
    return FALSE;
  if (madang_hangul_is_open (typed))
    return medial_becomes (get_medial (typed), get_medial (wanted));
  if (madang_hangul_gains_final (typed, wanted))
    return TRUE;
  /* The last consonant may yet begin the next syllable. */
  madang_hangul_get_finals (typed, finals);
  return wanted == madang_hangul_drop_last (typed) && madang_hangul_is_syllable (next)
         && madang_hangul_get_initial (next) == (finals[1] != 0 ? finals[1] : finals[0]);
}

static gboolean
fits_at (const GArray *typed, const gunichar *text, gboolean last, gboolean *loose)
{
  for (guint i = 0; i < typed->len; i++)
    {
      const gunichar c = g_array_index (typed, gunichar, i);

      if (c == text[i])
        continue;
      *loose = TRUE;
      if (madang_hangul_is_syllable (text[i]) && madang_hangul_get_initial (text[i]) == c)
        continue;
      if (!last || i + 1 < typed->len || !madang_hangul_is_syllable (c)
          || !syllable_becomes (c, text[i], text[i + 1]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
begins_word (const gunichar *text, glong i)
{
  return i == 0 || !g_unichar_isalnum (text[i - 1]);
}

static int
match_word (const GArray *typed, const gunichar *text, glong length, gboolean last)
{
  int best = -1;

  for (glong i = 0; i + (glong)typed->len <= length; i++)
    {
      gboolean loose = FALSE;
      int rank = RANK_INSIDE;

      if (!fits_at (typed, text + i, last, &loose))
        continue;
      if (begins_word (text, i))
        rank = RANK_WORD;
      if (i == 0)
        rank = (glong)typed->len == length ? RANK_WHOLE : RANK_START;
      if (loose)
        rank += RANKS_LOOSE;
      if (best < 0 || rank < best)
        best = rank;
    }
  return best;
}

/* Letters of a word, with compounds taken apart: somebody who types ㄳ means ㄱ and ㅅ. */
static GArray *
spell (const char *word)
{
  GArray *letters = g_array_new (TRUE, FALSE, sizeof (gunichar));

  for (const char *c = word; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar parts[2] = { 0, 0 };

      if (!madang_hangul_split_consonant (g_utf8_get_char (c), parts))
        parts[0] = g_utf8_get_char (c);
      g_array_append_val (letters, parts[0]);
      if (parts[1] != 0)
        g_array_append_val (letters, parts[1]);
    }
  return letters;
}

static char *
dup_comparable (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  return g_utf8_casefold (composed != NULL ? composed : "", -1);
}

int
madang_palette_match (const char *typed, const char *text)
{
  g_autofree char *wanted = NULL;
  g_autofree char *where = NULL;
  g_autofree gunichar *letters = NULL;
  g_auto (GStrv) words = NULL;
  glong length;
  int worst = 0;

  g_return_val_if_fail (typed != NULL && text != NULL, -1);

  wanted = dup_comparable (typed);
  where = dup_comparable (text);
  letters = g_utf8_to_ucs4_fast (where, -1, &length);
  words = g_strsplit_set (wanted, " \t\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GArray) word = spell (words[i]);
      int rank;

      if (word->len == 0)
        continue;
      rank = match_word (word, letters, length, words[i + 1] == NULL);
      if (rank < 0)
        return -1;
      worst = MAX (worst, rank);
    }
  return worst;
}
