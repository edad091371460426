/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-search-text.h"

#include "madang-hangul.h"

#include <string.h>

/* What stands in front of each value, and behind a syllable that is being typed. None of them is
 * a letter or a digit, so no folded text has them. */
#define LINE_MARK '\001'
#define TEXT_MARK '\002'
#define GROWING_MARK '\003'

#define FULL_WIDTH_FIRST 0xff01
#define FULL_WIDTH_LAST 0xff5e
#define FULL_WIDTH_DISTANCE 0xfee0

/* --- folding ------------------------------------------------------------------------------ */

static gunichar
narrow (gunichar c)
{
  return c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST ? c - FULL_WIDTH_DISTANCE : c;
}

static char *
normalize (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autoptr (GString) narrowed = g_string_new (NULL);

  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (narrowed, narrow (g_utf8_get_char (p)));

  g_autofree char *folded = g_utf8_casefold (narrowed->str, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

char *
madang_search_fold (const char *text)
{
  g_autofree char *normal = normalize (text);
  GString *folded = g_string_new (NULL);

  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gunichar parts[2];
      if (madang_hangul_split_consonant (c, parts))
        {
          g_string_append_unichar (folded, parts[0]);
          if (parts[1] != 0)
            g_string_append_unichar (folded, parts[1]);
        }
      else if (g_unichar_isalnum (c))
        g_string_append_unichar (folded, c);
    }
  return g_string_free (folded, FALSE);
}

void
madang_search_append (GString *searched, const char *value, MadangSearchDepth depth)
{
  g_autofree char *folded = madang_search_fold (value);

  if (*folded == '\0')
    return;
  g_string_append_c (searched, depth == MADANG_SEARCH_LINE ? LINE_MARK : TEXT_MARK);
  g_string_append (searched, folded);
}

/* --- tokens ------------------------------------------------------------------------------- */

/* A token is one or two characters. Where an initial consonant stands for a syllable it is the
 * letter itself: a text that has that letter is to be found by it as well. */
typedef struct
{
  MadangSearchTokenFunc func;
  gpointer user_data;
} Sink;

static int
emit (const Sink *sink, gunichar first, gunichar second)
{
  char token[12];
  int length = g_unichar_to_utf8 (first, token);

  if (second != 0)
    length += g_unichar_to_utf8 (second, token + length);
  return sink->func (sink->user_data, token, length);
}

static int
emit_character (const Sink *sink, gunichar c, gboolean deep)
{
  int code = emit (sink, c, 0);

  if (code != 0 || !deep || !madang_hangul_is_syllable (c))
    return code;
  code = emit (sink, madang_hangul_get_initial (c), 0);
  return code != 0 ? code : emit (sink, madang_hangul_get_open (c), GROWING_MARK);
}

static int
emit_pair (const Sink *sink, gunichar a, gunichar b, gboolean deep)
{
  const gunichar a_initial = madang_hangul_get_initial (a);
  const gunichar b_initial = madang_hangul_get_initial (b);
  int code = emit (sink, a, b);

  if (code == 0 && deep && b_initial != b)
    code = emit (sink, a, b_initial);
  if (code == 0 && deep && a_initial != a)
    code = emit (sink, a_initial, b_initial);
  return code;
}

int
madang_search_tokenize (const char *searched,
                        int length,
                        MadangSearchTokenFunc func,
                        gpointer user_data)
{
  const Sink sink = { func, user_data };
  const char *end = searched + length;
  gboolean deep = TRUE;
  gunichar before = 0;
  int code = 0;

  for (const char *p = searched; code == 0 && p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == LINE_MARK || c == TEXT_MARK)
        {
          deep = c == LINE_MARK;
          before = 0;
          continue;
        }
      if (before != 0)
        code = emit_pair (&sink, before, c, deep);
      if (code == 0)
        code = emit_character (&sink, c, deep);
      before = c;
    }
  return code;
}

/* --- patterns ----------------------------------------------------------------------------- */

typedef struct
{
  gunichar *units;  /* (owned), ended by 0 */
  gboolean growing; /* the last one is a syllable that is being typed */
} Word;

static void
clear_word (gpointer data)
{
  g_free (((Word *)data)->units);
}

static GArray *
read_words (const char *pattern)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_auto (GStrv) parts = g_strsplit (pattern, " ", -1);

  g_array_set_clear_func (words, clear_word);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      Word word = { .growing = strchr (parts[i], GROWING_MARK) != NULL };
      if (word.growing)
        *strchr (parts[i], GROWING_MARK) = '\0';
      word.units = g_utf8_to_ucs4_fast (parts[i], -1, NULL);
      g_array_append_val (words, word);
    }
  return words;
}

static gboolean
is_word_break (const char *p)
{
  return g_unichar_isspace (g_utf8_get_char (p));
}

static void
append_word (GString *pattern, const char *start, const char *end)
{
  g_autofree char *typed = g_strndup (start, end - start);
  g_autofree char *folded = madang_search_fold (typed);

  if (*folded == '\0')
    return;
  if (pattern->len > 0)
    g_string_append_c (pattern, ' ');
  g_string_append (pattern, folded);
}

char *
madang_search_pattern_new (const char *typed, MadangSearchFlags flags)
{
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  g_autoptr (GString) pattern = g_string_new (NULL);
  const char *start = valid;
  const char *p;

  for (p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (is_word_break (p))
      {
        append_word (pattern, start, p);
        start = g_utf8_next_char (p);
      }
  append_word (pattern, start, p);
  if (pattern->len == 0)
    return NULL;

  const char *last = g_utf8_find_prev_char (pattern->str, pattern->str + pattern->len);
  if ((flags & MADANG_SEARCH_COMPOSING) != 0 && madang_hangul_is_syllable (g_utf8_get_char (last)))
    g_string_append_c (pattern, GROWING_MARK);
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

static void
append_term (GString *terms, gunichar first, gunichar second)
{
  g_string_append (terms, terms->len > 0 ? " AND \"" : "\"");
  g_string_append_unichar (terms, first);
  if (second != 0)
    g_string_append_unichar (terms, second);
  g_string_append_c (terms, '"');
}

/* As it stands: how a long text has it. */
static char *
dup_plain_terms (const Word *word)
{
  GString *terms = g_string_new (NULL);

  if (word->units[1] == 0)
    append_term (terms, word->units[0], 0);
  for (guint i = 0; word->units[i + 1] != 0; i++)
    append_term (terms, word->units[i], word->units[i + 1]);
  return g_string_free (terms, FALSE);
}

static gboolean
is_growing (const Word *word, guint i)
{
  return word->growing && word->units[i + 1] == 0;
}

static void
append_deep_pair (GString *terms, const Word *word, guint i)
{
  const gunichar a = word->units[i];
  const gunichar b = word->units[i + 1];
  const gunichar b_initial = madang_hangul_get_initial (b);
  const gboolean growing = is_growing (word, i + 1);

  if (!madang_hangul_is_initial (a))
    {
      append_term (terms, a, growing ? b_initial : b);
      return;
    }
  append_term (terms, a, b_initial);
  if (b != b_initial && !growing)
    append_term (terms, b, 0);
}

/* With initials for syllables: how a line has it. */
static char *
dup_deep_terms (const Word *word)
{
  GString *terms = g_string_new (NULL);
  guint last = 0;

  while (word->units[last + 1] != 0)
    append_deep_pair (terms, word, last++);
  if (word->growing)
    append_term (terms, madang_hangul_get_open (word->units[last]), GROWING_MARK);
  else if (last == 0)
    append_term (terms, word->units[0], 0);
  return g_string_free (terms, FALSE);
}

char *
madang_search_pattern_dup_expression (const char *pattern)
{
  g_autoptr (GArray) words = read_words (pattern);
  GString *expression = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const Word *word = &g_array_index (words, Word, i);
      g_autofree char *plain = dup_plain_terms (word);
      g_autofree char *deep = dup_deep_terms (word);
      g_string_append_printf (expression, "%s((%s)", i > 0 ? " AND " : "", plain);
      if (!g_str_equal (plain, deep))
        g_string_append_printf (expression, " OR (%s)", deep);
      g_string_append_c (expression, ')');
    }
  return g_string_free (expression, FALSE);
}

static gboolean
is_exact (const Word *word)
{
  const gunichar *units = word->units;

  if (units[1] == 0)
    return !word->growing || madang_hangul_is_open (units[0]);
  return units[2] == 0 && !word->growing
         && (!madang_hangul_is_initial (units[0]) || !madang_hangul_is_syllable (units[1]));
}

gboolean
madang_search_pattern_is_exact (const char *pattern)
{
  g_autoptr (GArray) words = read_words (pattern);

  for (guint i = 0; i < words->len; i++)
    if (!is_exact (&g_array_index (words, Word, i)))
      return FALSE;
  return TRUE;
}

/* --- matching ----------------------------------------------------------------------------- */

struct _MadangSearchMatcher
{
  GArray *words; /* (owned): Word */
};

MadangSearchMatcher *
madang_search_matcher_new (const char *pattern)
{
  MadangSearchMatcher *self = g_new0 (MadangSearchMatcher, 1);

  self->words = read_words (pattern);
  return self;
}

void
madang_search_matcher_free (MadangSearchMatcher *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->words);
  g_free (self);
}

/* Whether the syllable in the text, with what comes after it, may be what becomes of the one that
 * is being typed: 처 of 천, 살 of 삶, and 살 of 사람, where its last consonant moves on. */
static gboolean
grows_into (gunichar typed, const char *text)
{
  const gunichar c = g_utf8_get_char (text);
  gunichar finals[2];

  if (!madang_hangul_is_syllable (c))
    return FALSE;
  if (madang_hangul_is_open (typed))
    return madang_hangul_get_open (c) == typed;
  if (madang_hangul_gains_final (typed, c))
    return TRUE;
  madang_hangul_get_finals (typed, finals);
  const gunichar next = g_utf8_get_char (g_utf8_next_char (text));
  return c == madang_hangul_drop_last (typed) && madang_hangul_is_syllable (next)
         && madang_hangul_get_initial (next) == (finals[1] != 0 ? finals[1] : finals[0]);
}

static gboolean
finds_at (const Word *word, const char *text, gboolean deep)
{
  for (guint i = 0; word->units[i] != 0; i++, text = g_utf8_next_char (text))
    {
      const gunichar unit = word->units[i];
      const gunichar c = g_utf8_get_char (text);
      if (c == unit)
        continue;
      if (!deep || c == 0)
        return FALSE;
      if (madang_hangul_is_initial (unit) ? madang_hangul_get_initial (c) != unit
                                          : !is_growing (word, i) || !grows_into (unit, text))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finds_word (const Word *word, const char *searched)
{
  gboolean deep = TRUE;

  for (const char *p = searched; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == LINE_MARK || *p == TEXT_MARK)
      deep = *p == LINE_MARK;
    else if (finds_at (word, p, deep))
      return TRUE;
  return FALSE;
}

gboolean
madang_search_matcher_finds (const MadangSearchMatcher *self, const char *searched)
{
  for (guint i = 0; i < self->words->len; i++)
    if (!finds_word (&g_array_index (self->words, Word, i), searched))
      return FALSE;
  return TRUE;
}
