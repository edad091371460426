/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-text.h"

#include <string.h>

#define HANGUL_FIRST 0xAC00
#define HANGUL_LAST 0xD7A3
#define HANGUL_FINALS 28
#define FINAL_RIEUL 8

#define LINE_SEPARATOR 0x2028
#define PARAGRAPH_SEPARATOR 0x2029

/* Marks that nobody sees but that make two equal looking texts differ or turn their direction.
 * The joiner U+200D and the variation selectors are not among them: emoji are made with them. */
static gboolean
is_invisible (gunichar c)
{
  switch (c)
    {
    case 0x00AD: /* soft hyphen */
    case 0x061C: /* Arabic letter mark */
    case 0x200B: /* zero-width space */
    case 0x200C: /* zero-width non-joiner */
    case 0x200E: /* left-to-right mark */
    case 0x200F: /* right-to-left mark */
    case 0x2060: /* word joiner */
    case 0xFEFF: /* byte-order mark */
      return TRUE;
    default:
      return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}

static gboolean
is_control (gunichar c)
{
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

static gboolean
is_line_break (gunichar c)
{
  return c == '\n' || c == '\r' || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
}

/* Characters that stay as they are and join with nothing beside them: what Korean forms are written
 * with. A text of such alone is clean but for its ends. */
static gboolean
is_plain (gunichar c, MadangTextShape shape)
{
  return (c >= 0x20 && c < 0x7F) || (c >= HANGUL_FIRST && c <= HANGUL_LAST)
         || (c == '\n' && shape == MADANG_TEXT_BLOCK) || c == 0x00B7 /* · */
         || (c >= 0x2010 && c <= 0x2027) || c == 0x203B              /* ※ */
         || (c >= 0x2190 && c <= 0x2199)                             /* arrows */
         || (c >= 0x25A0 && c <= 0x25CF)                             /* bullets */
         || (c >= 0x3000 && c <= 0x3029) || (c >= 0x4E00 && c <= 0x9FA5);
}

/* Also FALSE for what is not UTF-8. */
static gboolean
is_plain_text (const char *text, MadangTextShape shape)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      const gunichar c = (guchar)*at < 0x80 ? (guchar)*at : g_utf8_get_char_validated (at, -1);

      if (!is_plain (c, shape))
        return FALSE;
    }
  return TRUE;
}

static char *
filter (const char *text, MadangTextShape shape)
{
  GString *kept = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\r' && at[1] == '\n')
        continue;
      if (is_line_break (c))
        g_string_append_c (kept, shape == MADANG_TEXT_LINE ? ' ' : '\n');
      else if (c == '\t')
        g_string_append_c (kept, ' ');
      else if (!is_control (c) && !is_invisible (c))
        g_string_append_unichar (kept, c);
    }
  return g_string_free (kept, FALSE);
}

static char *
trim (const char *text)
{
  const char *start = text;
  const char *end = text + strlen (text);

  while (start < end && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start)
    {
      const char *last = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      end = last;
    }
  return g_strndup (start, end - start);
}

/* A zero byte is a control character like the others; bytes that are no UTF-8 become U+FFFD. */
static char *
make_string (const char *input, gssize length)
{
  g_autofree char *bytes = NULL;
  gsize n = 0;

  if (length < 0)
    return g_utf8_make_valid (input, -1);
  bytes = g_malloc (length + 1);
  for (gssize i = 0; i < length; i++)
    {
      if (input[i] != '\0')
        bytes[n++] = input[i];
    }
  return g_utf8_make_valid (bytes, n);
}

/**
 * madang_text_clean:
 * @input: any bytes
 * @length: how many, or -1 when they end with a zero
 * @shape: whether line breaks stay
 *
 * Cleaning cleaned text changes nothing.
 *
 * Returns: (transfer full): the text as we keep it
 */
char *
madang_text_clean (const char *input, gssize length, MadangTextShape shape)
{
  g_autofree char *valid = NULL;
  g_autofree char *filtered = NULL;
  g_autofree char *composed = NULL;

  g_return_val_if_fail (input != NULL, NULL);

  /* A form asks for this on every key. */
  if (length < 0 && is_plain_text (input, shape))
    return trim (input);
  valid = make_string (input, length);
  filtered = filter (valid, shape);
  composed = g_utf8_normalize (filtered, -1, G_NORMALIZE_NFC);
  return trim (composed);
}

/**
 * madang_text_is_clean:
 * @text: any text that ends with a zero
 * @shape: whether it may have line breaks
 *
 * Returns: whether cleaning would leave it as it is
 */
gboolean
madang_text_is_clean (const char *text, MadangTextShape shape)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  clean = madang_text_clean (text, -1, shape);
  return strcmp (clean, text) == 0;
}

/**
 * madang_text_count:
 * @text: UTF-8
 *
 * Returns: the number of characters as Korean forms count them, spaces included
 */
glong
madang_text_count (const char *text)
{
  g_return_val_if_fail (text != NULL, 0);

  return g_utf8_strlen (text, -1);
}

/* --- particles ----------------------------------------------------------------------------- */

typedef enum
{
  ENDING_VOWEL,
  ENDING_RIEUL, /* a consonant, but "(으)로" takes it for a vowel */
  ENDING_CONSONANT,
} Ending;

static Ending
get_syllable_ending (gunichar c)
{
  guint final = (c - HANGUL_FIRST) % HANGUL_FINALS;

  if (final == 0)
    return ENDING_VOWEL;
  return final == FINAL_RIEUL ? ENDING_RIEUL : ENDING_CONSONANT;
}

/* 영 일 이 삼 사 오 육 칠 팔 구; a number that ends with zeros ends with 십, 백, 천 or 만, which
 * have a final consonant as 영 has. */
static Ending
get_digit_ending (guint digit)
{
  static const Ending endings[] = {
    ENDING_CONSONANT, ENDING_RIEUL,     ENDING_VOWEL, ENDING_CONSONANT, ENDING_VOWEL,
    ENDING_VOWEL,     ENDING_CONSONANT, ENDING_RIEUL, ENDING_RIEUL,     ENDING_VOWEL,
  };

  return endings[digit];
}

/* Capitals are read by the letter's name (엘, 엠, 엔, 알), a word by its sound as written in
 * Hangul (웹, 북, 시스템). */
static Ending
get_latin_ending (char letter)
{
  if (letter == 'L' || letter == 'R' || letter == 'l')
    return ENDING_RIEUL;
  if (letter == 'M' || letter == 'N')
    return ENDING_CONSONANT;
  return letter != '\0' && strchr ("bckmnpt", letter) != NULL ? ENDING_CONSONANT : ENDING_VOWEL;
}

static gboolean
is_silent (gunichar c)
{
  return g_unichar_ispunct (c) || g_unichar_isspace (c);
}

static Ending
get_ending (const char *word)
{
  const char *at = word + strlen (word);
  gunichar c = 0;

  while (at > word)
    {
      at = g_utf8_prev_char (at);
      c = g_utf8_get_char (at);
      if (!is_silent (c))
        break;
    }
  if (c >= HANGUL_FIRST && c <= HANGUL_LAST)
    return get_syllable_ending (c);
  if (c < 0x80 && g_ascii_isdigit (c))
    return get_digit_ending (c - '0');
  if (c == 'g' && at > word && at[-1] == 'n')
    return ENDING_CONSONANT;
  if (c < 0x80 && g_ascii_isalpha (c))
    return get_latin_ending (c);
  return ENDING_VOWEL;
}

/**
 * madang_text_particle:
 * @word: UTF-8; closing marks at its end are passed over
 * @after_consonant: the particle after a final consonant, e.g. "은"
 * @after_vowel: the particle after a vowel, e.g. "는"
 *
 * Returns: (transfer none): the one of the two that follows the word
 */
const char *
madang_text_particle (const char *word, const char *after_consonant, const char *after_vowel)
{
  g_return_val_if_fail (word != NULL, after_vowel);

  switch (get_ending (word))
    {
    case ENDING_CONSONANT:
      return after_consonant;
    case ENDING_RIEUL:
      return g_str_has_prefix (after_consonant, "으") ? after_vowel : after_consonant;
    case ENDING_VOWEL:
    default:
      return after_vowel;
    }
}

/* The pairs as translators write them, where the word before is put in by the program. */
static const struct
{
  const char *written;
  const char *after_consonant;
  const char *after_vowel;
} particles[] = {
  { "은(는)", "은", "는" }, { "이(가)", "이", "가" },   { "을(를)", "을", "를" },
  { "과(와)", "과", "와" }, { "(으)로", "으로", "로" },
};

/**
 * madang_text_settle_particles:
 * @text: UTF-8, a sentence whose words are all in place
 *
 * Puts the one that fits the word before it in the place of every "은(는)", "이(가)", "을(를)",
 * "과(와)" and "(으)로".
 *
 * Returns: (transfer full): the sentence as one would say it
 */
char *
madang_text_settle_particles (const char *text)
{
  GString *settled;

  g_return_val_if_fail (text != NULL, NULL);

  settled = g_string_sized_new (strlen (text));
  while (*text != '\0')
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (particles) && !g_str_has_prefix (text, particles[i].written))
        i++;
      if (i == G_N_ELEMENTS (particles))
        {
          g_string_append_c (settled, *text++);
          continue;
        }
      g_string_append (settled, madang_text_particle (settled->str, particles[i].after_consonant,
                                                      particles[i].after_vowel));
      text += strlen (particles[i].written);
    }
  return g_string_free (settled, FALSE);
}
