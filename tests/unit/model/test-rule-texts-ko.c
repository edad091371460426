/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-rule-texts.h"
#include "madang-verdict.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

/* Labels that end with a vowel and with a consonant: 연락처, 요청사항. */
#define VOWEL_FIELD "phone"
#define CONSONANT_FIELD "link_needs"

/* An argument of every shape, and the words of it that stand in the sentence. */
static const struct
{
  char shape;
  const char *argument;
  const char *korean;
} samples[] = {
  { MADANG_SHAPE_FIELD, VOWEL_FIELD, "연락처" },
  { MADANG_SHAPE_FIELDS, VOWEL_FIELD, "연락처" },
  { MADANG_SHAPE_PATTERN, VOWEL_FIELD, "02-120" },
  { MADANG_SHAPE_DAY, "2020-03-13", "2020. 3. 13.(금)" },
  { MADANG_SHAPE_DEADLINE, "2020-03-13", "2020. 3. 13.(금) 24:00" },
  { MADANG_SHAPE_INSTANT, "1583715600000", "2020. 3. 9.(월) 10:00" },
  { MADANG_SHAPE_NUMBER, "1200", "1200" },
  { MADANG_SHAPE_STATE, "submitted", "제출됨" },
  { MADANG_SHAPE_EVENT, "submit", "제출" },
  { MADANG_SHAPE_KIND, "application", "신청서" },
  { MADANG_SHAPE_ROLE, "reviewer", "심사위원" },
  { MADANG_SHAPE_TEXT, "something", "something" },
};

/* The particles as translators write them, and as they are said. */
static const struct
{
  const char *written;
  const char *after_vowel;
  const char *after_consonant;
} particles[] = {
  { "은(는)", "는", "은" }, { "이(가)", "가", "이" },   { "을(를)", "를", "을" },
  { "과(와)", "와", "과" }, { "(으)로", "로", "으로" },
};

static guint
find_sample (char shape)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    if (samples[i].shape == shape)
      return i;
  g_error ("No sample of the shape %c", shape);
}

static const char *
translate (const MadangRuleText *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text->sentence);
}

/* field: what stands for every field of the sentence, NULL for the sample. */
static char *
dup_sentence (const MadangRuleText *text, const char *field)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (MadangVerdict) verdict = NULL;

  for (const char *shape = text->shapes; *shape != '\0'; shape++)
    if (field != NULL && (*shape == MADANG_SHAPE_FIELD || *shape == MADANG_SHAPE_FIELDS))
      g_ptr_array_add (arguments, (gpointer)field);
    else
      g_ptr_array_add (arguments, (gpointer)samples[find_sample (*shape)].argument);
  g_ptr_array_add (arguments, NULL);
  verdict = madang_verdict_new_no_strv (text->code, (const char *const *)arguments->pdata);
  return madang_verdict_dup_text (verdict, "application");
}

static gboolean
has_hangul (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HANGUL)
      return TRUE;
  return FALSE;
}

/* --- each code ------------------------------------------------------------------------------- */

static void
test_code (gconstpointer data)
{
  const MadangRuleText *text = data;
  g_autofree char *sentence = dup_sentence (text, NULL);

  g_test_message ("%s", sentence);
  g_assert_cmpstr (translate (text), !=, text->sentence);
  g_assert_true (has_hangul (translate (text)));
  for (guint i = 0; text->shapes[i] != '\0'; i++)
    {
      g_autofree char *place = g_strdup_printf ("%%%u$s", i + 1);

      g_assert_nonnull (strstr (translate (text), place));
      g_assert_nonnull (strstr (sentence, samples[find_sample (text->shapes[i])].korean));
    }
  g_assert_null (strchr (sentence, '%'));
  for (guint i = 0; i < G_N_ELEMENTS (particles); i++)
    g_assert_null (strstr (sentence, particles[i].written));
  /* A polite sentence, or the example of a good entry. */
  g_assert_true (g_str_has_suffix (sentence, "다.") || g_str_has_suffix (sentence, "요.")
                 || g_str_has_suffix (sentence, "02-120"));
}

/* What follows a field in the translation, as it must be said after each of the two. Counts. */
static guint
check_particles_after (const MadangRuleText *text, guint place)
{
  g_autofree char *after_vowel = dup_sentence (text, VOWEL_FIELD);
  g_autofree char *after_consonant = dup_sentence (text, CONSONANT_FIELD);

  for (guint i = 0; i < G_N_ELEMENTS (particles); i++)
    {
      g_autofree char *written = g_strdup_printf ("‘%%%u$s’%s", place, particles[i].written);
      g_autofree char *vowel = g_strconcat ("‘연락처’", particles[i].after_vowel, NULL);
      g_autofree char *consonant = g_strconcat ("‘요청사항’", particles[i].after_consonant, NULL);

      if (strstr (translate (text), written) == NULL)
        continue;
      g_test_message ("%s / %s", after_vowel, after_consonant);
      g_assert_nonnull (strstr (after_vowel, vowel));
      g_assert_nonnull (strstr (after_consonant, consonant));
      return 1;
    }
  return 0;
}

static void
test_particles_after_fields (void)
{
  guint n_checked = 0;

  for (const MadangRuleText *text = madang_rule_text_list (); text->code != NULL; text++)
    for (guint i = 0; text->shapes[i] != '\0'; i++)
      if (text->shapes[i] == MADANG_SHAPE_FIELD)
        n_checked += check_particles_after (text, i + 1);
  g_assert_cmpuint (n_checked, >=, 15);
}

/* --- whole sentences ------------------------------------------------------------------------- */

static void
assert_text (MadangVerdict *verdict, const char *expected)
{
  g_autoptr (MadangVerdict) owned = verdict;
  g_autofree char *text = madang_verdict_dup_text (owned, "application");

  g_assert_cmpstr (text, ==, expected);
}

static void
test_sentences (void)
{
  assert_text (madang_verdict_new_no ("field.too-long", VOWEL_FIELD, "1200", "1201", NULL),
               "‘연락처’는 1200자까지인데 1201자입니다. 줄여 주세요.");
  assert_text (madang_verdict_new_no ("field.too-long", CONSONANT_FIELD, "1000", "1001", NULL),
               "‘요청사항’은 1000자까지인데 1001자입니다. 줄여 주세요.");
  assert_text (
      madang_verdict_new_no ("state.event", "withdraw", "selected", NULL),
      "상태가 ‘선정’일 때는 ‘철회’를 할 수 없습니다. 새로 고쳐 지금 할 수 있는 일을 확인해 "
      "주세요.");
  assert_text (madang_verdict_new_no ("grant.scope", "reviewer", "office", NULL),
               "역할 ‘심사위원’은 ‘office’에 줄 수 없습니다. 다른 범위를 골라 주세요.");
  assert_text (madang_verdict_new_unknown ("R-A2.duplicate"),
               "이 기기에는 판단에 필요한 자료가 모두 있지 않습니다. 서버가 확인합니다.");
}

int
main (int argc, char *argv[])
{
  g_autofree char *translations = NULL;

  g_assert_nonnull (setlocale (LC_ALL, "ko_KR.UTF-8"));
  g_test_init (&argc, &argv, NULL);
  translations = g_test_build_filename (G_TEST_BUILT, "..", "po", NULL);
  g_assert_nonnull (bindtextdomain (GETTEXT_PACKAGE, translations));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  for (const MadangRuleText *text = madang_rule_text_list (); text->code != NULL; text++)
    {
      g_autofree char *path = g_strconcat ("/rule-texts-ko/code/", text->code, NULL);

      g_test_add_data_func (path, text, test_code);
    }
  g_test_add_func ("/rule-texts-ko/particles-after-fields", test_particles_after_fields);
  g_test_add_func ("/rule-texts-ko/sentences", test_sentences);

  return g_test_run ();
}
