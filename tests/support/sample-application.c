/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-application.h"

#include "madang-applications.h"

#define SAMPLE_ID "0170bc2f-8e3a-7c4d-9b21-5a6f70c1d2e3"

static const char *const typical[][2] = {
  { "dept_name", "마을자치과" },
  { "officer_name", "견본 김담당" },
  { "rank", "행정7급" },
  { "position", "주무관" },
  { "phone", "02-120" },
  { "email", "sample@example.go.kr" },
  { "direction",
    "구민이 일상에서 느끼는 불편과 생각을 손쉽게 제안하고, 이웃과 함께 토론하여 정책으로 "
    "이어지는 열린 시민참여 플랫폼으로 발전시키고자 함\n"
    "- 온라인 제안과 오프라인 공론장을 연결하여 참여의 문턱을 낮춤\n"
    "- 제안의 접수부터 실행까지 전 과정을 공개하여 행정의 신뢰를 높임" },
  { "op_period", "2018. 7. ~ 현재" },
  { "op_method", "온라인 제안 접수 → 20일간 공감 투표 → 소관부서 검토 → 답변" },
  { "site_name", "금천1번가" },
  { "op_and_use",
    "20일간 20표 이상의 공감을 얻은 제안은 실무부서가 검토하여 답변\n"
    "2019년 제안 278건 접수, 42건 부서 검토, 17건 정책 반영\n"
    "1. 골목길 보행 환경 개선: 통학로 3곳에 안전 울타리를 설치하고 일방통행으로 바꿈\n"
    "2. 공유 부엌: 1인 가구가 함께 요리하는 마을 부엌을 동주민센터 두 곳에서 시범 운영\n"
    "※ 전담조직: 마을자치과 주민참여팀 3명, 2020년 예산 45,000천원" },
  { "plan", "- 기관 내부 홍보: 전 부서 회의와 내부 게시판, 구 소식지(매월)로 사업을 알리고 부서별 "
            "담당자를 지정\n"
            "- 시민 홍보: 동주민센터 10곳과 축제 현장에서 찾아가는 제안 창구 운영\n"
            "- 협력 방안\n"
            "  가. 분기마다 시민제안 발굴 워크숍을 공동으로 개최\n"
            "  나. 서울시 공통 의제를 구 사이트 첫 화면에 노출\n"
            "  다. 공론장 결과를 구 정책에 반영하고 그 과정을 공개" },
  { "suggestions", "자치구 담당자가 운영 경험을 나누는 간담회를 상반기에도 열어 주시기 바람" },
  { "page_request", "no" },
  { "page_no_reason", "구 누리집과 통합한 새 플랫폼을 구축하고 있어 별도 페이지는 필요하지 않음" },
  { "page_no_reason_kind", "platform_under_construction" },
  { "planned_open", "2020-08" },
  { "link_request", "yes" },
  { "link_needs", "오픈API로 제안 목록과 공감 수를 주고받고, 통합 검색에 포함되기를 희망함" },
  { "head_pledge", "yes" },
  { "dedicated_staff", "yes" },
  { "signed_on", "2020-03-09" },
  { "signer", "서울특별시 금천구" },
};

static const char *const answers[][2] = {
  { "page_request", "no" },      { "page_no_reason_kind", "platform_under_construction" },
  { "planned_open", "2020-12" }, { "link_request", "yes" },
  { "head_pledge", "no" },       { "dedicated_staff", "no" },
  { "signed_on", "2020-03-13" }, { "phone", "+82-2-1234-5678-9012-3456-7890-1234-5678" },
};

static void
set_value (MadangRecord *self, const char *field, GVariant *value)
{
  g_autoptr (GError) error = NULL;
  gboolean set = madang_record_set (self, field, value, &error);

  g_assert_no_error (error);
  g_assert_true (set);
}

void
sample_application_set (MadangRecord *self, const char *field, const char *text)
{
  set_value (self, field, g_variant_new_string (text));
}

char *
sample_application_repeat (const char *pattern, glong n_characters)
{
  GString *text = g_string_new (NULL);
  const char *next = pattern;

  for (glong i = 0; i < n_characters; i++)
    {
      g_string_append_unichar (text, g_utf8_get_char (next));
      next = g_utf8_next_char (next);
      if (*next == '\0')
        next = pattern;
    }
  /* A text is trimmed, so its last character is none that would be. */
  if (text->len > 0 && g_ascii_isspace (text->str[text->len - 1]))
    text->str[text->len - 1] = '.';
  return g_string_free (text, FALSE);
}

MadangRecord *
sample_application_new_empty (void)
{
  return madang_record_new (&madang_application_kind, SAMPLE_ID);
}

MadangRecord *
sample_application_new_typical (void)
{
  MadangRecord *self = sample_application_new_empty ();

  madang_record_set_version (self, MADANG_PART_MAIN, 12);
  for (guint i = 0; i < G_N_ELEMENTS (typical); i++)
    sample_application_set (self, typical[i][0], typical[i][1]);
  return self;
}

MadangRecord *
sample_application_new_filled (const char *pattern)
{
  const char *const wanted[] = { "forum", "linkage", "other", "outreach", "page", "workshop" };
  g_autofree char *line_pattern = g_strdelimit (g_strdup (pattern), "\n", ' ');
  MadangRecord *self = sample_application_new_empty ();
  g_autofree char *mailbox = sample_application_repeat ("mailbox", 240);
  g_autofree char *email = g_strdup_printf ("%s@example.go.kr", mailbox);

  for (const MadangField *field = madang_application_kind.fields; field->name != NULL; field++)
    {
      g_autofree char *text = NULL;

      if (field->merge == MADANG_MERGE_SERVER || field->pattern != NULL
          || (field->type != MADANG_FIELD_LINE && field->type != MADANG_FIELD_TEXT))
        continue;
      text = sample_application_repeat (field->type == MADANG_FIELD_LINE ? line_pattern : pattern,
                                        field->max);
      sample_application_set (self, field->name, text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    sample_application_set (self, answers[i][0], answers[i][1]);
  sample_application_set (self, "email", email);
  set_value (self, "requested_programmes", g_variant_new_strv (wanted, G_N_ELEMENTS (wanted)));
  set_value (self, "requested_amount", g_variant_new_int64 (20000000));
  return self;
}

MadangRecord *
sample_application_new_full_length (void)
{
  return sample_application_new_filled (
      "- 시민제안 발굴 워크숍과 찾아가는 시민제안 프로그램을 활용하여 의제를 발굴하고, 온라인 "
      "접근성이 낮은 "
      "시민들이 참여할 수 있는 기회를 제공하여 제안 사이트를 활성화하고자 함\n"
      "- 참여기관의 문제에 대해 시민의 관점에서 다양한 제안을 발굴 (2020. 4. ~ 12.)\n");
}
