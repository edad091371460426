/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-text.h"

#include <string.h>

static void
assert_clean (const char *input, gssize length, MadangTextShape shape, const char *expected)
{
  g_autofree char *once = madang_text_clean (input, length, shape);
  g_autofree char *twice = madang_text_clean (once, -1, shape);

  g_assert_cmpstr (once, ==, expected);
  g_assert_cmpstr (twice, ==, expected);
  g_assert_true (madang_text_is_clean (expected, shape));
}

static void
test_line (void)
{
  assert_clean ("", -1, MADANG_TEXT_LINE, "");
  assert_clean ("  민주주의 서울\t", -1, MADANG_TEXT_LINE, "민주주의 서울");
  assert_clean ("가\r\n나\n다\r라\t마", -1, MADANG_TEXT_LINE, "가 나 다 라 마");
  assert_clean ("가\u2028나\u2029다", -1, MADANG_TEXT_LINE, "가 나 다");
  assert_clean ("\u3000가\u00a0", -1, MADANG_TEXT_LINE, "가");
  assert_clean ("a\x01\x1f\x7f\xC2\x80\xC2\x9F"
                "b",
                -1, MADANG_TEXT_LINE, "ab");
  assert_clean ("a\0b", 3, MADANG_TEXT_LINE, "ab");
  assert_clean ("a\xff", 2, MADANG_TEXT_LINE, "a\uFFFD");
}

static void
test_block (void)
{
  assert_clean ("\n하나\r\n둘\r셋\u2028넷\u2029다섯\n\n", -1, MADANG_TEXT_BLOCK,
                "하나\n둘\n셋\n넷\n다섯");
  assert_clean ("가\t나", -1, MADANG_TEXT_BLOCK, "가 나");
  g_assert_false (madang_text_is_clean ("가\n나", MADANG_TEXT_LINE));
  g_assert_true (madang_text_is_clean ("가\n나", MADANG_TEXT_BLOCK));
}

static void
test_invisible (void)
{
  assert_clean ("\uFEFF가\u200B나\u200E다\u200F라\u202A마\u202E바\u2066사\u2069아", -1,
                MADANG_TEXT_LINE, "가나다라마바사아");
  assert_clean ("👨\u200D👩\u200D👧 ❤\uFE0F", -1, MADANG_TEXT_LINE, "👨\u200D👩\u200D👧 ❤\uFE0F");
  g_assert_false (madang_text_is_clean ("가\u202E나", MADANG_TEXT_LINE));
}

static void
test_composition (void)
{
  /* Single letters, as another system's file names and clipboards carry them. */
  assert_clean ("\u1106\u1161\u1103\u1161\u11BC", -1, MADANG_TEXT_LINE, "마당");
  /* A mark between two letters must not keep them apart. */
  assert_clean ("\u1106\u200B\u1161", -1, MADANG_TEXT_LINE, "마");
  assert_clean ("e\u0301", -1, MADANG_TEXT_LINE, "é");
  g_assert_false (madang_text_is_clean ("\u1106\u1161", MADANG_TEXT_LINE));
}

static void
test_count (void)
{
  g_assert_cmpint (madang_text_count (""), ==, 0);
  g_assert_cmpint (madang_text_count ("민주주의 서울"), ==, 7);
  g_assert_cmpint (madang_text_count ("🙂a"), ==, 2);
}

static void
test_particle (void)
{
  static const struct
  {
    const char *word;
    const char *expected;
  } cases[] = {
    { "서울", "은" },   { "자치구", "는" },     { "제목", "은" },    { "2020", "은" },
    { "1", "은" },      { "2", "는" },          { "9", "는" },       { "SQL", "은" },
    { "PDF", "는" },    { "HWPX", "는" },       { "web", "은" },     { "Seoul", "은" },
    { "forum", "은" },  { "page", "는" },       { "meeting", "은" }, { "‘제목’", "은" },
    { "구(區)", "는" }, { "서류(원본)", "은" }, { "", "는" },        { "…", "는" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (madang_text_particle (cases[i].word, "은", "는"), ==, cases[i].expected);
  g_assert_cmpstr (madang_text_particle ("서울", "으로", "로"), ==, "로");
  g_assert_cmpstr (madang_text_particle ("구청", "으로", "로"), ==, "으로");
  g_assert_cmpstr (madang_text_particle ("자치구", "으로", "로"), ==, "로");
  g_assert_cmpstr (madang_text_particle ("7", "으로", "로"), ==, "로");
}

static void
test_settle_particles (void)
{
  static const struct
  {
    const char *written;
    const char *expected;
  } cases[] = {
    { "‘제목’은(는) 짧습니다.", "‘제목’은 짧습니다." },
    { "‘자치구’은(는) 짧습니다.", "‘자치구’는 짧습니다." },
    { "“담당자”이(가) 없습니다.", "“담당자”가 없습니다." },
    { "'부서명'이(가) 없습니다.", "'부서명'이 없습니다." },
    { "\"SQL\"을(를) 고칩니다.", "\"SQL\"을 고칩니다." },
    { "PDF을(를) 고칩니다.", "PDF를 고칩니다." },
    { "2020을(를) 2025과(와) 3과(와) 견줍니다.", "2020을 2025와 3과 견줍니다." },
    { "서류(원본)과(와) 구(사본2)과(와)", "서류(원본)과 구(사본2)와" },
    { "‘서울’(으)로 ‘구청’(으)로 ‘자치구’(으)로 7(으)로 6(으)로",
      "‘서울’로 ‘구청’으로 ‘자치구’로 7로 6으로" },
    { "은(는)", "는" },
    { "은(는", "은(는" },
    { "참가(이)가 아닌 은(은)", "참가(이)가 아닌 은(은)" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *settled = madang_text_settle_particles (cases[i].written);

      g_assert_cmpstr (settled, ==, cases[i].expected);
    }
}

/* The short way for plain characters gives what the long way gives; a length takes the long way. */
static void
test_clean_plain (void)
{
  for (gunichar c = 1; c < 0x30000; c++)
    {
      char text[32] = "가";
      g_autofree char *fast = NULL;
      g_autofree char *slow = NULL;

      if (!g_unichar_validate (c))
        continue;
      text[strlen ("가") + g_unichar_to_utf8 (c, text + strlen ("가"))] = '\0';
      g_strlcat (text, "나 ", sizeof text);
      for (int shape = MADANG_TEXT_LINE; shape <= MADANG_TEXT_BLOCK; shape++)
        {
          g_clear_pointer (&fast, g_free);
          g_clear_pointer (&slow, g_free);
          fast = madang_text_clean (text, -1, shape);
          slow = madang_text_clean (text, (gssize)strlen (text), shape);
          g_assert_cmpstr (fast, ==, slow);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/line", test_line);
  g_test_add_func ("/base/text/plain", test_clean_plain);
  g_test_add_func ("/base/text/block", test_block);
  g_test_add_func ("/base/text/invisible", test_invisible);
  g_test_add_func ("/base/text/composition", test_composition);
  g_test_add_func ("/base/text/count", test_count);
  g_test_add_func ("/base/text/particle", test_particle);
  g_test_add_func ("/base/text/settle-particles", test_settle_particles);
  return g_test_run ();
}
