/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-palette-match.h"

#define SYLLABLE_FIRST 0xAC00
#define SYLLABLE_LAST 0xD7A3
#define N_MEDIALS 21
#define N_FINALS 28

enum
{
  RANK_WHOLE,
  RANK_START,
  RANK_WORD,
  RANK_INSIDE,
  RANKS_LOOSE /* added when consonants or an unfinished syllable made it fit */
};

static const gunichar initials[]
    = { 0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141, 0x3142, 0x3143, 0x3145,
        0x3146, 0x3147, 0x3148, 0x3149, 0x314A, 0x314B, 0x314C, 0x314D, 0x314E };
/* The first is no final at all. */
static const gunichar finals[N_FINALS]
    = { 0,      0x3131, 0x3132, 0x3133, 0x3134, 0x3135, 0x3136, 0x3137, 0x3139, 0x313A,
        0x313B, 0x313C, 0x313D, 0x313E, 0x313F, 0x3140, 0x3141, 0x3142, 0x3144, 0x3145,
        0x3146, 0x3147, 0x3148, 0x314A, 0x314B, 0x314C, 0x314D, 0x314E };
/* Two consonants that are typed one after the other become one letter. */
static const gunichar compounds[][3] = {
  { 0x3133, 0x3131, 0x3145 }, { 0x3135, 0x3134, 0x3148 }, { 0x3136, 0x3134, 0x314E },
  { 0x313A, 0x3139, 0x3131 }, { 0x313B, 0x3139, 0x3141 }, { 0x313C, 0x3139, 0x3142 },
  { 0x313D, 0x3139, 0x3145 }, { 0x313E, 0x3139, 0x314C }, { 0x313F, 0x3139, 0x314D },
  { 0x3140, 0x3139, 0x314E }, { 0x3144, 0x3142, 0x3145 },
};
/* Medials that grow into the next ones: ㅗ, ㅜ, ㅡ. */
static const guint growing_medials[][2] = { { 8, 3 }, { 13, 3 }, { 18, 1 } };

static gboolean
is_syllable (gunichar c)
{
  return c >= SYLLABLE_FIRST && c <= SYLLABLE_LAST;
}

static gunichar
get_initial (gunichar syllable)
{
  return initials[(syllable - SYLLABLE_FIRST) / (N_MEDIALS * N_FINALS)];
}

static guint
get_medial (gunichar syllable)
{
  return (syllable - SYLLABLE_FIRST) / N_FINALS % N_MEDIALS;
}

static gunichar
get_final (gunichar syllable)
{
  return finals[(syllable - SYLLABLE_FIRST) % N_FINALS];
}

/* The two parts of a compound; the second is 0 for a single consonant. */
static void
split_consonant (gunichar consonant, gunichar *first, gunichar *second)
{
  *first = consonant;
  *second = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (compounds); i++)
    if (compounds[i][0] == consonant)
      {
        *first = compounds[i][1];
        *second = compounds[i][2];
      }
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
  const gunichar final = get_final (typed);
  gunichar first, second, wanted_first, wanted_second;

  if (!is_syllable (wanted) || get_initial (typed) != get_initial (wanted))
    return FALSE;
  if (final == 0)
    return medial_becomes (get_medial (typed), get_medial (wanted));
  if (get_medial (typed) != get_medial (wanted))
    return FALSE;
  split_consonant (final, &first, &second);
  split_consonant (get_final (wanted), &wanted_first, &wanted_second);
  if (final == wanted_first)
    return TRUE;
  /* The last consonant may yet begin the next syllable. */
  if (!is_syllable (next))
    return FALSE;
  if (second == 0)
    return get_final (wanted) == 0 && get_initial (next) == final;
  return get_final (wanted) == first && get_initial (next) == second;
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
      if (is_syllable (text[i]) && get_initial (text[i]) == c)
        continue;
      if (!last || i + 1 < typed->len || !is_syllable (c)
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
      gunichar first, second;

      split_consonant (g_utf8_get_char (c), &first, &second);
      g_array_append_val (letters, first);
      if (second != 0)
        g_array_append_val (letters, second);
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
