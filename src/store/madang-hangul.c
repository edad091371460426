/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-hangul.h"

#define FIRST_SYLLABLE 0xac00
#define LAST_SYLLABLE 0xd7a3
#define N_FINALS 28 /* with none */
#define N_MEDIALS 21

#define FIRST_JOINING_INITIAL 0x1100
#define FIRST_JOINING_FINAL 0x11a7 /* stands for none */
#define FIRST_LETTER 0x3131
#define LAST_CONSONANT 0x314e

/* In the order in which Unicode composes syllables. */
static const gunichar initials[] = {
  0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141, 0x3142, 0x3143, 0x3145,
  0x3146, 0x3147, 0x3148, 0x3149, 0x314a, 0x314b, 0x314c, 0x314d, 0x314e,
};

/* The same of the final consonants: ㄳ is ㄱ and ㅅ. */
static const gunichar finals_of[N_FINALS][2] = {
  { 0, 0 },           { 0x3131, 0 },      { 0x3132, 0 },      { 0x3131, 0x3145 },
  { 0x3134, 0 },      { 0x3134, 0x3148 }, { 0x3134, 0x314e }, { 0x3137, 0 },
  { 0x3139, 0 },      { 0x3139, 0x3131 }, { 0x3139, 0x3141 }, { 0x3139, 0x3142 },
  { 0x3139, 0x3145 }, { 0x3139, 0x314c }, { 0x3139, 0x314d }, { 0x3139, 0x314e },
  { 0x3141, 0 },      { 0x3142, 0 },      { 0x3142, 0x3145 }, { 0x3145, 0 },
  { 0x3146, 0 },      { 0x3147, 0 },      { 0x3148, 0 },      { 0x314a, 0 },
  { 0x314b, 0 },      { 0x314c, 0 },      { 0x314d, 0 },      { 0x314e, 0 },
};

/* The letters ㄱ to ㅎ that are written as two; the others begin syllables. */
static const struct
{
  gunichar letter;
  gunichar parts[2];
} doubles[] = {
  { 0x3133, { 0x3131, 0x3145 } }, { 0x3135, { 0x3134, 0x3148 } }, { 0x3136, { 0x3134, 0x314e } },
  { 0x313a, { 0x3139, 0x3131 } }, { 0x313b, { 0x3139, 0x3141 } }, { 0x313c, { 0x3139, 0x3142 } },
  { 0x313d, { 0x3139, 0x3145 } }, { 0x313e, { 0x3139, 0x314c } }, { 0x313f, { 0x3139, 0x314d } },
  { 0x3140, { 0x3139, 0x314e } }, { 0x3144, { 0x3142, 0x3145 } },
};

static guint
get_final (gunichar syllable)
{
  return (syllable - FIRST_SYLLABLE) % N_FINALS;
}

gboolean
madang_hangul_is_syllable (gunichar c)
{
  return c >= FIRST_SYLLABLE && c <= LAST_SYLLABLE;
}

static gboolean
is_double (gunichar c, gunichar parts[2])
{
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    if (doubles[i].letter == c)
      {
        parts[0] = doubles[i].parts[0];
        parts[1] = doubles[i].parts[1];
        return TRUE;
      }
  return FALSE;
}

gboolean
madang_hangul_is_initial (gunichar c)
{
  gunichar parts[2];

  return c >= FIRST_LETTER && c <= LAST_CONSONANT && !is_double (c, parts);
}

gunichar
madang_hangul_get_initial (gunichar c)
{
  return madang_hangul_is_syllable (c) ? initials[(c - FIRST_SYLLABLE) / (N_MEDIALS * N_FINALS)]
                                       : c;
}

gunichar
madang_hangul_get_open (gunichar syllable)
{
  return syllable - get_final (syllable);
}

gboolean
madang_hangul_is_open (gunichar syllable)
{
  return get_final (syllable) == 0;
}

void
madang_hangul_get_finals (gunichar syllable, gunichar finals[2])
{
  finals[0] = finals_of[get_final (syllable)][0];
  finals[1] = finals_of[get_final (syllable)][1];
}

gunichar
madang_hangul_drop_last (gunichar syllable)
{
  const gunichar *finals = finals_of[get_final (syllable)];
  guint rest = 0;

  for (guint i = 1; finals[1] != 0 && i < N_FINALS; i++)
    if (finals_of[i][0] == finals[0] && finals_of[i][1] == 0)
      rest = i;
  return madang_hangul_get_open (syllable) + rest;
}

gboolean
madang_hangul_split_consonant (gunichar c, gunichar parts[2])
{
  parts[1] = 0;
  if (is_double (c, parts))
    return TRUE;
  if (c >= FIRST_JOINING_INITIAL && c < FIRST_JOINING_INITIAL + G_N_ELEMENTS (initials))
    parts[0] = initials[c - FIRST_JOINING_INITIAL];
  else if (c > FIRST_JOINING_FINAL && c < FIRST_JOINING_FINAL + N_FINALS)
    {
      parts[0] = finals_of[c - FIRST_JOINING_FINAL][0];
      parts[1] = finals_of[c - FIRST_JOINING_FINAL][1];
    }
  else
    return FALSE;
  return TRUE;
}

gboolean
madang_hangul_gains_final (gunichar a, gunichar b)
{
  const gunichar *before = finals_of[get_final (a)];
  const gunichar *after = finals_of[get_final (b)];

  return madang_hangul_get_open (a) == madang_hangul_get_open (b) && before[1] == 0
         && after[0] == before[0] && after[1] != 0;
}
