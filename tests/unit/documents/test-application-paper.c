/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-application-paper.h"

#include <glib/gstdio.h>
#include <locale.h>

#include "madang-application-words.h"
#include "madang-applications.h"
#include "madang-document-layout-private.h"
#include "madang-document-pdf.h"
#include "madang-paper-file-name.h"
#include "madang-paper-text.h"
#include "pdf-reader.h"
#include "sample-application.h"

/* Where the columns of the form stand, in millimetres from the left edge of the page. */
#define LEFT_ENTRY 50, 107
#define RIGHT_ENTRY 135, 190
#define WIDE_ENTRY 50, 190
#define WHOLE_ROW 20, 190

typedef struct
{
  const char *field;
  int left;
  int right;
} Place;

/* By hand, from the annex. */
static const Place places[] = {
  { "dept_name", RIGHT_ENTRY },    { "officer_name", LEFT_ENTRY },   { "rank", LEFT_ENTRY },
  { "position", LEFT_ENTRY },      { "phone", RIGHT_ENTRY },         { "email", RIGHT_ENTRY },
  { "direction", WIDE_ENTRY },     { "op_period", WIDE_ENTRY },      { "op_method", WIDE_ENTRY },
  { "site_name", WIDE_ENTRY },     { "op_and_use", WIDE_ENTRY },     { "plan", WIDE_ENTRY },
  { "suggestions", WIDE_ENTRY },   { "page_no_reason", WIDE_ENTRY }, { "link_needs", WIDE_ENTRY },
  { "other_project", WIDE_ENTRY }, { "signer", WHOLE_ROW },
};

/* Fields whose value stands on the paper in other words, or only in its metadata. */
static const char *const in_other_words[] = {
  "agency",           "page_request", "page_no_reason_kind",
  "planned_open",     "link_request", "head_pledge",
  "dedicated_staff",  "signed_on",    "requested_programmes",
  "requested_amount", NULL,
};
static const char *const not_on_paper[]
    = { "programme", "officer", "scans", "late", "arrived_on", NULL };

static const char empty_text[]
    = "민주주의서울 기관협력 사업 지원 신청서\n"
      "자치구(기관)\n"
      "\n"
      "신청부서\n"
      "\n"
      "담당자\n"
      "(직급/직위)\n"
      "<빈칸>\n"
      "연락처 /\n"
      "E-mail\n"
      "\n"
      "\n"
      "목  표\n"
      "○ 발전방향 (자치구 또는 기관이 구축하고자 하는 시민참여 플랫폼의 발전방향)\n"
      "- \n"
      "현  황\n"
      "및\n"
      "운영계획\n"
      "(자세히)\n"
      "○ 시민제안제도 운영현황 (운영중인 시민참여 사이트나 플랫폼이 없을 경우 "
      "시민제안·참여 관련 사업들을 자세히 기재, 전담조직 및 관련예산 등 표시)\n"
      "- 운영기간 : \n"
      "- 운영방법 : \n"
      "- 제안사이트명 : \n"
      "- 운영 및 시민제안 활용내용\n"
      "\n"
      "○ 시민제안플랫폼 운영계획 (사업 참가시 기관내부 홍보방안 등 "
      "민주주의서울과 협력할 수 있는 부분 포함)\n"
      "- \n"
      "○ 기관연계사업 관련 기타 건의사항\n"
      "- \n"
      "민주주의서울\n"
      "내 기관별\n"
      "페이지 신청\n"
      "○ 신청(   )  미신청(   )\n"
      "○ 미신청 사유\n"
      "- (ex) 별도 시민제안플랫폼 운영 중 / 시민제안플랫폼 구축 진행중으로 "
      "'20.8월 오픈 예정 / 국민신문고(국민생각함) 활용예정'으로 별도 플랫폼 "
      "필요없음\n"
      "기관간\n"
      "사이트 연계\n"
      "신청\n"
      "○ 신청(   )  미신청(   )\n"
      "○ 요청사항\n"
      "- \n"
      "참  고\n"
      "○ 기관장 공약사항 여부 : 가(   ),  부(   )\n"
      "○ 사업 참가시 전담조직 또는 운영인력 확보 여부 : 가(   ),  부(   )\n"
      "위와 같이 '민주주의 서울 기관 협력' 사업을 신청합니다.\n"
      "2020년  3월  \u3000일\n"
      "자치구명   (직인)\n"
      "서울특별시장 귀하\n"
      "확인번호 <지문>\n"
      "1 / 1";

static MadangDocumentLayout *
lay_out (MadangRecord *application, const char *agency_name)
{
  g_autoptr (MadangDocument) document = madang_application_paper_new (application, agency_name);
  MadangDocumentLayout *layout = madang_document_layout_new ();

  madang_document_layout_set_document (layout, document);
  return layout;
}

static char *
dup_text (MadangDocumentLayout *layout)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < madang_document_layout_get_n_pages (layout); i++)
    {
      g_autofree char *page = madang_document_layout_dup_text (layout, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", page);
    }
  return g_string_free (text, FALSE);
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("\"%s\" is missing in:\n%s", part, text);
}

static void
assert_has_not (const char *text, const char *part)
{
  g_assert_null (strstr (text, part));
}

static char *
replace (const char *text, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (text, old, -1);

  return g_strjoinv (new, parts);
}

/* Writes the paper to a file that the caller removes. */
static char *
write_pdf (MadangRecord *application)
{
  g_autoptr (MadangDocument) document = madang_application_paper_new (application, SAMPLE_AGENCY);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  char *path = NULL;
  int descriptor = g_file_open_tmp ("madang-paper-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  g_close (descriptor, NULL);
  file = g_file_new_for_path (path);
  g_assert_true (madang_document_write_pdf (document, file, NULL, &error));
  g_assert_no_error (error);
  return path;
}

/* Without layout, poppler takes hyphens at the ends of lines for those of parted words. */
static char *
squeeze (const char *text, const char *mode)
{
  g_autofree char *squeezed = pdf_reader_squeeze (text);

  return mode != NULL ? g_steal_pointer (&squeezed) : replace (squeezed, "-", "");
}

static void
assert_read_back (MadangRecord *application, const char *path, const char *mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const char *value = madang_record_get_text (application, places[i].field);
      g_autofree char *read = pdf_reader_dup_text (path, mode, places[i].left, places[i].right);
      g_autofree char *squeezed = squeeze (read, mode);
      g_autofree char *wanted = squeeze (value, mode);

      if (strstr (squeezed, wanted) == NULL)
        g_error ("%s (%s) is not read back whole; wanted:\n%s\nread:\n%s", places[i].field,
                 mode != NULL ? mode : "plain", wanted, squeezed);
    }
}

static void
check_read_back (MadangRecord *application)
{
  g_autofree char *path = NULL;

  if (!pdf_reader_is_available ())
    return;
  path = write_pdf (application);
  assert_read_back (application, path, "-layout");
  assert_read_back (application, path, NULL);
  g_unlink (path);
}

/* A field that is added to the kind has to find its place on the paper, or the reason why not. */
static void
test_every_field_has_its_place (void)
{
  for (const MadangField *field = madang_application_kind.fields; field->name != NULL; field++)
    {
      guint n = g_strv_contains (in_other_words, field->name)
                + g_strv_contains (not_on_paper, field->name);

      for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        n += g_str_equal (places[i].field, field->name);
      if (n != (field->merge == MADANG_MERGE_SERVER ? 0 : 1))
        {
          g_test_message ("%s: %u places on the paper", field->name, n);
          g_test_fail ();
        }
    }
}

static void
test_empty (void)
{
  g_autoptr (MadangRecord) application = sample_application_new_empty ();
  g_autoptr (MadangDocumentLayout) layout = lay_out (application, NULL);
  g_autofree char *text = dup_text (layout);
  g_autofree char *fingerprint = madang_record_dup_fingerprint (application);
  g_autofree char *with_blanks
      = replace (empty_text, "<빈칸>",
                 "\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000");
  g_autofree char *expected = replace (with_blanks, "<지문>", fingerprint);

  g_assert_cmpuint (madang_document_layout_get_n_pages (layout), ==, 1);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_typical (void)
{
  g_autoptr (MadangRecord) application = sample_application_new_typical ();
  g_autoptr (MadangDocumentLayout) layout = lay_out (application, SAMPLE_AGENCY);
  g_autofree char *text = dup_text (layout);

  g_assert_cmpuint (madang_document_layout_get_n_pages (layout), ==, 2);
  assert_has (text, "\n자치구(기관)\n금천구\n신청부서\n마을자치과\n담당자\n");
  assert_has (text, "\n견본 김담당 (행정7급 / 주무관)\n");
  assert_has (text, "\nE-mail\n02-120\nsample@example.go.kr\n목  표\n");
  assert_has (text, "\n- 구민이 일상에서");
  assert_has (text, "\n- 운영기간 : 2018. 7. ~ 현재\n- 운영방법 : 온라인 제안 접수 →");
  assert_has (text, "\n○ 신청(   )  미신청( ○ )\n○ 미신청 사유\n"
                    "- 시민제안플랫폼 구축 진행 중 ('20.8월 오픈 예정)\n- 구 누리집과");
  assert_has (text, "\n○ 신청( ○ )  미신청(   )\n○ 요청사항\n- 오픈API로");
  assert_has (text, "\n○ 기관장 공약사항 여부 : 가( ○ ),  부(   )\n");
  assert_has (text, "\n2020년  3월  9일\n서울특별시 금천구   (직인)\n서울특별시장 귀하\n");
  assert_has_not (text, "(ex)");
  assert_has_not (text, "자치구명");
  assert_has_not (text, "신청 금액");
  assert_has_not (text, "시민제안 활성화 사업");
}

static void
test_half_filled (void)
{
  g_autoptr (MadangRecord) application = sample_application_new_empty ();
  g_autoptr (MadangDocumentLayout) layout = NULL;
  g_autofree char *text = NULL;

  sample_application_set (application, "rank", "행정7급");
  sample_application_set (application, "email", "sample@example.go.kr");
  layout = lay_out (application, SAMPLE_AGENCY);
  text = dup_text (layout);
  assert_has (text, "\n\u3000\u3000\u3000\u3000 (행정7급 / \u3000\u3000\u3000\u3000)\n");
  assert_has (text, "\nE-mail\n\nsample@example.go.kr\n");
}

static void
test_wishes (void)
{
  const char *const wanted[] = { "forum", "workshop" };
  g_autoptr (MadangRecord) application = sample_application_new_empty ();
  g_autoptr (MadangDocumentLayout) layout = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  sample_application_set (application, "other_project", "견본 사업");
  g_assert_true (madang_record_set (application, "requested_programmes",
                                    g_variant_new_strv (wanted, 2), &error));
  g_assert_true (madang_record_set (application, "requested_amount",
                                    g_variant_new_int64 (1234567000), &error));
  layout = lay_out (application, SAMPLE_AGENCY);
  text = dup_text (layout);
  assert_has (text,
              "\n○ 기타 민주주의 서울 연계 시민제안 활성화 사업\n- 견본 사업\n민주주의서울\n");
  assert_has (text, "\n○ 신청 사업 : 온·오프라인 공론장, 시민제안발굴워크숍\n"
                    "○ 신청 금액 : 1,234,567천원\n");
  g_assert_true (
      madang_document_layout_find (layout, "requested_amount", NULL, NULL, NULL, NULL, NULL));
}

static void
test_read_back_typical (void)
{
  g_autoptr (MadangRecord) application = sample_application_new_typical ();

  sample_application_set (application, "other_project",
                          "견본 사업: 마을 방송과 함께하는 제안 주간");
  check_read_back (application);
}

static void
test_read_back_pattern (gconstpointer pattern)
{
  g_autoptr (MadangRecord) application = sample_application_new_filled (pattern);

  check_read_back (application);
}

/* No face may hold these, but they must not take away what stands beside them. */
static void
test_emoji (void)
{
  g_autoptr (MadangRecord) application = sample_application_new_filled (
      "좋아요\U0001f44d\U0001f3fd가족\U0001f468\u200d\U0001f469\u200d\U0001f467 ");
  g_autoptr (MadangDocumentLayout) layout = lay_out (application, SAMPLE_AGENCY);
  g_autofree char *text = dup_text (layout);
  g_autofree char *path = NULL;
  g_autofree char *read = NULL;
  guint n_words = 0;

  assert_has (text, "좋아요\U0001f44d\U0001f3fd가족\U0001f468\u200d\U0001f469\u200d\U0001f467 ");
  g_assert_cmpuint (madang_document_layout_get_n_pages (layout), <, 20);
  if (!pdf_reader_is_available ())
    return;
  path = write_pdf (application);
  read = pdf_reader_dup_text (path, "-raw", WIDE_ENTRY);
  for (const char *next = strstr (read, "가족"); next != NULL; next = strstr (next + 1, "가족"))
    n_words++;
  /* 12 characters a time in about 15,600 characters of wide fields; few are parted by lines. */
  g_assert_cmpuint (n_words, >, 1000);
  g_unlink (path);
}

static void
test_page_counts (void)
{
  const struct
  {
    const char *pattern;
    guint least;
    guint most;
  } cases[] = {
    { "가", 9, 13 },
    { "i", 3, 7 },
    { "W", 8, 14 },
    { "가나 다라마 ", 7, 12 },
    { "가나다라마바사\n", 40, 60 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MadangRecord) application = sample_application_new_filled (cases[i].pattern);
      g_autoptr (MadangDocumentLayout) layout = lay_out (application, SAMPLE_AGENCY);
      guint n_pages = madang_document_layout_get_n_pages (layout);

      g_test_message ("%s: %u pages", cases[i].pattern, n_pages);
      g_assert_cmpuint (n_pages, >=, cases[i].least);
      g_assert_cmpuint (n_pages, <=, cases[i].most);
    }
}

static gboolean
is_shown_when_empty (const char *field)
{
  const char *const when_filled[]
      = { "other_project",       "requested_programmes", "requested_amount",
          "page_no_reason_kind", "planned_open",         NULL };

  return !g_strv_contains (not_on_paper, field) && !g_strv_contains (when_filled, field);
}

static void
assert_leads_back (MadangDocumentLayout *layout, const char *field)
{
  MadangRectangle area = { 0 };
  guint page = 0;

  g_assert_true (madang_document_layout_find (layout, field, &page, &area.x, &area.y, &area.width,
                                              &area.height));
  g_assert_cmpfloat (area.width, >=, 10);
  g_assert_cmpfloat (area.height, >=, 10);
  g_assert_cmpstr (madang_document_layout_pick (layout, page, area.x + 1, area.y + 1), ==, field);
  g_assert_cmpstr (madang_document_layout_pick (layout, page, area.x + area.width / 2, area.y + 3),
                   ==, field);
}

/* Words that go on in the next line share their area with their neighbours. */
static void
assert_is_found (MadangDocumentLayout *layout, const char *field)
{
  MadangRectangle area = { 0 };
  guint page = 0;
  guint n_hits = 0;

  g_assert_true (madang_document_layout_find (layout, field, &page, &area.x, &area.y, &area.width,
                                              &area.height));
  for (double y = area.y + 1; y < area.y + area.height; y += 2)
    for (double x = area.x + 1; x < area.x + area.width; x += 2)
      n_hits += g_strcmp0 (madang_document_layout_pick (layout, page, x, y), field) == 0;
  g_assert_cmpuint (n_hits, >=, 25);
}

static void
test_anchors (void)
{
  g_autoptr (MadangRecord) empty = sample_application_new_empty ();
  g_autoptr (MadangRecord) full = sample_application_new_full_length ();
  g_autoptr (MadangDocumentLayout) empty_layout = lay_out (empty, NULL);
  g_autoptr (MadangDocumentLayout) full_layout = lay_out (full, SAMPLE_AGENCY);

  for (const MadangField *field = madang_application_kind.fields; field->name != NULL; field++)
    {
      if (field->merge == MADANG_MERGE_SERVER)
        continue;
      g_test_message ("%s", field->name);
      if (is_shown_when_empty (field->name))
        assert_leads_back (empty_layout, field->name);
      else
        g_assert_false (
            madang_document_layout_find (empty_layout, field->name, NULL, NULL, NULL, NULL, NULL));
      if (!g_strv_contains (not_on_paper, field->name))
        assert_is_found (full_layout, field->name);
    }
}

/* Wherever one clicks in a cell for answers, there is a field. */
static void
test_no_dead_place (void)
{
  g_autoptr (MadangRecord) application = sample_application_new_empty ();
  g_autoptr (MadangDocumentLayout) layout = lay_out (application, NULL);
  const double x = 120 * MADANG_POINTS_PER_MILLIMETRE;
  double top;
  double last;
  guint n_dead = 0;

  g_assert_true (madang_document_layout_find (layout, "direction", NULL, NULL, &top, NULL, NULL));
  g_assert_true (
      madang_document_layout_find (layout, "dedicated_staff", NULL, NULL, &last, NULL, NULL));
  for (double y = top; y < last; y += 1)
    n_dead += madang_document_layout_pick (layout, 0, x, y) == NULL;
  /* The heading of 운영현황 belongs to four fields and leads to none: two lines and the gap. */
  g_assert_cmpuint (n_dead, <, 40);
}

/* A key pressed in one field costs the paragraph that it changes, and the footer. */
static void
test_cache (void)
{
  g_autoptr (MadangRecord) application = sample_application_new_full_length ();
  g_autoptr (MadangDocumentLayout) layout = lay_out (application, SAMPLE_AGENCY);
  guint n_all = madang_document_layout_get_n_shaped (layout);
  g_autofree char *plan = g_strconcat (madang_record_get_text (application, "plan"), NULL);
  g_autoptr (MadangDocument) document = NULL;

  memcpy (plan + strlen (plan) - 1, "!", 1);
  sample_application_set (application, "plan", plan);
  document = madang_application_paper_new (application, SAMPLE_AGENCY);
  madang_document_layout_set_document (layout, document);
  g_assert_cmpuint (madang_document_layout_get_n_shaped (layout), ==, 2);
  g_assert_cmpuint (madang_document_layout_get_n_kept (layout), >=, n_all - 2);
}

static void
test_footer (void)
{
  g_autoptr (MadangRecord) application = sample_application_new_full_length ();
  g_autoptr (MadangDocumentLayout) layout = lay_out (application, SAMPLE_AGENCY);
  g_autofree char *fingerprint = madang_record_dup_fingerprint (application);
  guint n_pages = madang_document_layout_get_n_pages (layout);

  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *text = madang_document_layout_dup_text (layout, i);
      g_autofree char *end
          = g_strdup_printf ("\n확인번호 %s\n%u / %u", fingerprint, i + 1, n_pages);

      g_assert_true (g_str_has_suffix (text, end));
    }
}

/* The words that close the form never stand on two pages. */
static void
test_closing_is_whole (void)
{
  guint n_two = 0;

  for (guint n = 1; n < 40; n++)
    {
      g_autoptr (MadangRecord) application = sample_application_new_typical ();
      g_autofree char *lines = sample_application_repeat ("줄\n", (glong)n * 2);
      g_autoptr (MadangDocumentLayout) layout = NULL;
      g_autofree char *text = NULL;
      guint last;

      sample_application_set (application, "suggestions", lines);
      layout = lay_out (application, SAMPLE_AGENCY);
      last = madang_document_layout_get_n_pages (layout) - 1;
      text = madang_document_layout_dup_text (layout, last);
      assert_has (text, "위와 같이");
      assert_has (text, "(직인)");
      assert_has (text, "귀하");
      n_two += last == 1;
    }
  g_assert_cmpuint (n_two, >, 10);
}

static void
test_amounts (void)
{
  const struct
  {
    gint64 won;
    const char *text;
  } cases[] = {
    { 1000, "1천원" },          { 999000, "999천원" },
    { 20000000, "20,000천원" }, { 1000000000000, "1,000,000,000천원" },
    { 999, "999원" },           { 1500001, "1,500,001원" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = madang_application_words_format_amount (cases[i].won);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_marks (void)
{
  const struct
  {
    const char *line;
    gsize length;
  } cases[] = {
    { "", 0 },         { "-", 0 },      { "- ", 0 },
    { "- 가", 2 },     { "-5도", 0 },   { "○ 가", 4 },
    { "1. 가", 3 },    { "12) 가", 4 }, { "123. 가", 0 },
    { "3.13까지", 0 }, { "가. 나", 5 }, { "갸. 나", 0 },
    { "  나) 다", 7 }, { "① 가", 4 },   { "가나 다", 0 },
    { "·  가", 4 },    { "가.나", 0 },  { "-              가", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("\"%s\"", cases[i].line);
      g_assert_cmpuint (madang_paper_measure_mark (cases[i].line), ==, cases[i].length);
    }
}

static void
test_file_name (void)
{
  const struct
  {
    const char *agency;
    const char *part;
  } cases[] = {
    { "금천구", "금천구" },
    { "서울시설공단", "서울시설공단" },
    { "../../etc/passwd", ".._.._etc_passwd" },
    { "a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j" },
    { "가  나\n다\t라", "가_나_다_라" },
    { "$(rm) `x`; %n", "(rm)_x_n" },
    { "\u1100\u1161", "가" },
    { "a\u202eb", "a_b" },
    { "a\xff", "a\xef\xbf\xbd" },
  };
  g_autoptr (MadangRecord) application = sample_application_new_empty ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name
          = madang_application_paper_dup_file_name (application, cases[i].agency, ".pdf");
      g_autofree char *expected
          = g_strdup_printf ("2020_민주주의서울_기관협력_신청서_%s.pdf", cases[i].part);

      g_assert_cmpstr (name, ==, expected);
    }
}

static void
test_file_name_without_agency (void)
{
  g_autoptr (MadangRecord) application = sample_application_new_empty ();
  g_autofree char *nobody = madang_application_paper_dup_file_name (application, NULL, "pdf");
  g_autofree char *signer = NULL;
  g_autofree char *hidden = madang_paper_make_file_name (".숨김", "pdf");

  g_assert_cmpstr (nobody, ==, "2020_민주주의서울_기관협력_신청서_기관.pdf");
  g_assert_cmpstr (hidden, ==, "_숨김.pdf");
  sample_application_set (application, "signer", "중구");
  signer = madang_application_paper_dup_file_name (application, "", "hwpx");
  g_assert_cmpstr (signer, ==, "2020_민주주의서울_기관협력_신청서_중구.hwpx");
}

static void
test_file_name_length (void)
{
  g_autoptr (MadangRecord) application = sample_application_new_empty ();
  g_autofree char *agency = sample_application_repeat ("\U00020000", 200);
  g_autofree char *name = madang_application_paper_dup_file_name (application, agency, "pdf");

  g_assert_cmpuint (strlen (name), <=, 255);
  g_assert_cmpuint (strlen (name), >, 235);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_true (g_str_has_suffix (name, ".pdf"));
}

static void
add_read_back (const char *name, const char *pattern)
{
  g_autofree char *path = g_strconcat ("/application-paper/read-back/", name, NULL);

  g_test_add_data_func (path, pattern, test_read_back_pattern);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/application-paper/every-field-has-its-place", test_every_field_has_its_place);
  g_test_add_func ("/application-paper/empty", test_empty);
  g_test_add_func ("/application-paper/typical", test_typical);
  g_test_add_func ("/application-paper/half-filled", test_half_filled);
  g_test_add_func ("/application-paper/wishes", test_wishes);
  g_test_add_func ("/application-paper/read-back/typical", test_read_back_typical);
  add_read_back ("no-spaces", "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허");
  add_read_back ("words",
                 "시민제안 발굴 워크숍과 찾아가는 제안 프로그램을 (2020. 4. ~ 12.) 운영함; ");
  add_read_back ("line-breaks", "가나다라마바사\n나\n\n- 다라\n");
  add_read_back ("markup", "<b>&amp;</b> </span> %s%n $(x) \\u0041 '\"`]]> <!-- 가 --> ");
  g_test_add_func ("/application-paper/emoji", test_emoji);
  g_test_add_func ("/application-paper/page-counts", test_page_counts);
  g_test_add_func ("/application-paper/anchors", test_anchors);
  g_test_add_func ("/application-paper/no-dead-place", test_no_dead_place);
  g_test_add_func ("/application-paper/cache", test_cache);
  g_test_add_func ("/application-paper/footer", test_footer);
  g_test_add_func ("/application-paper/closing-is-whole", test_closing_is_whole);
  g_test_add_func ("/application-paper/amounts", test_amounts);
  g_test_add_func ("/application-paper/marks", test_marks);
  g_test_add_func ("/application-paper/file-name", test_file_name);
  g_test_add_func ("/application-paper/file-name/without-agency", test_file_name_without_agency);
  g_test_add_func ("/application-paper/file-name/length", test_file_name_length);
  return g_test_run ();
}
