/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-application-paper.h"

#include "madang-application-words.h"
#include "madang-day.h"
#include "madang-paper-file-name.h"
#include "madang-paper-origin.h"
#include "madang-paper-text.h"

#define TITLE "민주주의서울 기관협력 사업 지원 신청서"
#define BLANK "\u3000\u3000\u3000\u3000" /* a place to write in, and to click */

static const MadangParagraphStyle title_style
    = { .size = 18, .bold = TRUE, .sans = TRUE, .align = MADANG_ALIGN_CENTRE, .after = 5 };
static const MadangParagraphStyle label_style
    = { .size = 10, .bold = TRUE, .sans = TRUE, .align = MADANG_ALIGN_CENTRE, .spacing = 1.45 };
static const MadangParagraphStyle entry_style = { .size = 10.5, .spacing = 1.4 };
static const MadangParagraphStyle heading_style
    = { .size = 10.5, .align = MADANG_ALIGN_FILL, .before = 0.8, .keep_with_next = TRUE };
static const MadangParagraphStyle line_style
    = { .size = 10.5, .align = MADANG_ALIGN_FILL, .indent = 3 };
static const MadangParagraphStyle text_style
    = { .size = 10.5, .align = MADANG_ALIGN_FILL, .indent = 6 };
static const MadangParagraphStyle choice_style
    = { .size = 10.5, .align = MADANG_ALIGN_FILL, .before = 0.8 };
static const MadangParagraphStyle closing_style
    = { .size = 11.5, .align = MADANG_ALIGN_CENTRE, .before = 3, .after = 1 };
static const MadangParagraphStyle signer_style = {
  .size = 12.5, .bold = TRUE, .sans = TRUE, .align = MADANG_ALIGN_CENTRE, .before = 5, .after = 5
};
static const MadangParagraphStyle addressee_style
    = { .size = 15, .bold = TRUE, .sans = TRUE, .align = MADANG_ALIGN_CENTRE };

static const MadangCellStyle label_cell = { .shaded = TRUE, .middle = TRUE, .repeated = TRUE };
static const MadangCellStyle entry_cell = { .middle = TRUE, .minimum_height = 12 };

static void
add_label (MadangDocument *document, const char *text)
{
  madang_document_begin_cell (document, &label_cell, NULL);
  madang_document_add_paragraph (document, text, &label_style, NULL);
  madang_document_end_cell (document);
}

static void
add_entry (MadangDocument *document, const char *text, const char *anchor)
{
  madang_document_begin_cell (document, &entry_cell, anchor);
  madang_document_add_paragraph (document, text, &entry_style, anchor);
  madang_document_end_cell (document);
}

/* A row of one label and a wide cell that is left open. */
static void
begin_wide_row (MadangDocument *document, const char *label, double minimum_height)
{
  MadangCellStyle style = { .columns = 3, .minimum_height = minimum_height };

  madang_document_begin_row (document);
  add_label (document, label);
  madang_document_begin_cell (document, &style, NULL);
}

static void
end_wide_row (MadangDocument *document)
{
  madang_document_end_cell (document);
  madang_document_end_row (document);
}

static void
add_heading (MadangDocument *document, const char *text, const char *hint, const char *anchor)
{
  MadangSpan spans[] = {
    { .text = "○ ", .marker = TRUE },
    { .text = text },
    { .text = hint, .hint = TRUE },
  };

  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), &heading_style, anchor);
}

/* "○ 신청( ○ )   미신청(   )": one place is marked, or none while nothing is decided. */
static void
add_choice (MadangDocument *document,
            MadangRecord *application,
            const char *field,
            const char *yes,
            const char *no)
{
  const char *answer = madang_record_get_text (application, field);
  MadangSpan spans[] = {
    { .text = "○ ", .marker = TRUE },
    { .text = yes },
    { .text = strcmp (answer, "yes") == 0 ? "( ○ )" : "(   )" },
    { .text = no },
    { .text = strcmp (answer, "no") == 0 ? "( ○ )" : "(   )" },
  };

  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), &choice_style, field);
}

/* Shows what is filled and leaves room for what is not, as on half-filled paper. */
static const char *
or_blank (const char *text)
{
  return *text != '\0' ? text : BLANK;
}

/* "이름 (직급 / 직위)"; nothing but blanks while nobody is named. */
static void
add_officer (MadangDocument *document, MadangRecord *application)
{
  const char *name = madang_record_get_text (application, "officer_name");
  const char *rank = madang_record_get_text (application, "rank");
  const char *position = madang_record_get_text (application, "position");
  gboolean named = *name != '\0' || *rank != '\0' || *position != '\0';
  MadangSpan spans[] = {
    { .text = or_blank (name), .anchor = "officer_name" }, { .text = named ? " (" : "" },
    { .text = or_blank (rank), .anchor = "rank" },         { .text = named ? " / " : "" },
    { .text = or_blank (position), .anchor = "position" }, { .text = named ? ")" : "" },
  };

  madang_document_begin_cell (document, &entry_cell, "officer_name");
  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), &entry_style, NULL);
  madang_document_end_cell (document);
}

static void
add_contact (MadangDocument *document, MadangRecord *application)
{
  madang_document_begin_cell (document, &entry_cell, NULL);
  madang_document_add_paragraph (document, madang_record_get_text (application, "phone"),
                                 &entry_style, "phone");
  madang_document_add_paragraph (document, madang_record_get_text (application, "email"),
                                 &entry_style, "email");
  madang_document_end_cell (document);
}

static void
add_applicant (MadangDocument *document, MadangRecord *application, const char *agency_name)
{
  madang_document_begin_row (document);
  add_label (document, "자치구(기관)");
  add_entry (document, agency_name != NULL ? agency_name : "", "agency");
  add_label (document, "신청부서");
  add_entry (document, madang_record_get_text (application, "dept_name"), "dept_name");
  madang_document_end_row (document);

  madang_document_begin_row (document);
  add_label (document, "담당자\n(직급/직위)");
  add_officer (document, application);
  add_label (document, "연락처 /\nE-mail");
  add_contact (document, application);
  madang_document_end_row (document);
}

static void
add_direction (MadangDocument *document, MadangRecord *application)
{
  begin_wide_row (document, "목  표", 24);
  add_heading (document, "발전방향 ",
               "(자치구 또는 기관이 구축하고자 하는 시민참여 플랫폼의 발전방향)", "direction");
  madang_paper_add_text (document, madang_record_get_text (application, "direction"), "- ",
                         &line_style, "direction");
  end_wide_row (document);
}

static void
add_operation (MadangDocument *document, MadangRecord *application)
{
  MadangSpan use[] = {
    { .text = "- ", .marker = TRUE },
    { .text = "운영 및 시민제안 활용내용" },
  };
  MadangParagraphStyle use_style = line_style;

  use_style.keep_with_next = TRUE;
  add_heading (document, "시민제안제도 운영현황 ",
               "(운영중인 시민참여 사이트나 플랫폼이 없을 경우 시민제안·참여 관련 사업들을 자세히 "
               "기재, 전담조직 및 관련예산 등 표시)",
               NULL);
  madang_paper_add_labelled_text (document,
                                  "운영기간 : ", madang_record_get_text (application, "op_period"),
                                  &line_style, "op_period");
  madang_paper_add_labelled_text (document,
                                  "운영방법 : ", madang_record_get_text (application, "op_method"),
                                  &line_style, "op_method");
  madang_paper_add_labelled_text (document, "제안사이트명 : ",
                                  madang_record_get_text (application, "site_name"), &line_style,
                                  "site_name");
  madang_document_add_spans (document, use, G_N_ELEMENTS (use), &use_style, "op_and_use");
  madang_paper_add_text (document, madang_record_get_text (application, "op_and_use"), NULL,
                         &text_style, "op_and_use");
}

static void
add_plan (MadangDocument *document, MadangRecord *application)
{
  const char *other_project = madang_record_get_text (application, "other_project");

  begin_wide_row (document, "현  황\n및\n운영계획\n(자세히)", 76);
  add_operation (document, application);
  add_heading (document, "시민제안플랫폼 운영계획 ",
               "(사업 참가시 기관내부 홍보방안 등 민주주의서울과 협력할 수 있는 부분 포함)",
               "plan");
  madang_paper_add_text (document, madang_record_get_text (application, "plan"), "- ", &line_style,
                         "plan");
  add_heading (document, "기관연계사업 관련 기타 건의사항", NULL, "suggestions");
  madang_paper_add_text (document, madang_record_get_text (application, "suggestions"), "- ",
                         &line_style, "suggestions");
  if (*other_project != '\0')
    {
      add_heading (document, "기타 민주주의 서울 연계 시민제안 활성화 사업", NULL, "other_project");
      madang_paper_add_text (document, other_project, "- ", &line_style, "other_project");
    }
  end_wide_row (document);
}

static void
add_reason_kind (MadangDocument *document, MadangRecord *application)
{
  const char *kind = madang_record_get_text (application, "page_no_reason_kind");
  const char *month = madang_record_get_text (application, "planned_open");
  g_autofree char *opening = NULL;
  MadangSpan spans[] = {
    { .text = "- ", .marker = TRUE },
    { .text = madang_application_words_get_reason (kind) },
    { .anchor = "planned_open" },
  };

  if (*kind == '\0' && *month == '\0')
    return;
  if (madang_month_is_valid (month))
    opening = g_strdup_printf ("%s('%.2s.%d월 오픈 예정)", *kind != '\0' ? " " : "", month + 2,
                               atoi (month + 5));
  spans[2].text = opening;
  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), &line_style,
                             "page_no_reason_kind");
}

static void
add_no_reason (MadangDocument *document, MadangRecord *application)
{
  const char *reason = madang_record_get_text (application, "page_no_reason");
  MadangSpan example[] = {
    { .text = "- ", .marker = TRUE },
    { .text
      = "(ex) 별도 시민제안플랫폼 운영 중 / 시민제안플랫폼 구축 진행중으로 '20.8월 오픈 예정 / "
        "국민신문고(국민생각함) 활용예정'으로 별도 플랫폼 필요없음",
      .hint = TRUE },
  };

  add_heading (document, "미신청 사유", NULL, "page_no_reason");
  add_reason_kind (document, application);
  if (*reason == '\0')
    madang_document_add_spans (document, example, G_N_ELEMENTS (example), &line_style,
                               "page_no_reason");
  else
    madang_paper_add_text (document, reason, "- ", &line_style, "page_no_reason");
}

static void
add_requests (MadangDocument *document, MadangRecord *application)
{
  begin_wide_row (document, "민주주의서울\n내 기관별\n페이지 신청", 0);
  add_choice (document, application, "page_request", "신청", "  미신청");
  add_no_reason (document, application);
  end_wide_row (document);

  begin_wide_row (document, "기관간\n사이트 연계\n신청", 0);
  add_choice (document, application, "link_request", "신청", "  미신청");
  add_heading (document, "요청사항", NULL, "link_needs");
  madang_paper_add_text (document, madang_record_get_text (application, "link_needs"), "- ",
                         &line_style, "link_needs");
  end_wide_row (document);
}

/* The annex has no place for these two; they are shown only when somebody filled them. */
static void
add_wishes (MadangDocument *document, MadangRecord *application)
{
  GVariant *wanted = madang_record_get (application, "requested_programmes");
  g_autofree char *requested = madang_application_words_format_programmes (wanted);
  gint64 won = madang_record_get_number (application, "requested_amount", 0);
  g_autofree char *amount = won > 0 ? madang_application_words_format_amount (won) : NULL;
  MadangSpan spans[] = { { .text = "○ ", .marker = TRUE }, { .text = NULL }, { .text = NULL } };

  if (requested != NULL)
    {
      spans[1].text = "신청 사업 : ";
      spans[2].text = requested;
      madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), &choice_style,
                                 "requested_programmes");
    }
  if (amount != NULL)
    {
      spans[1].text = "신청 금액 : ";
      spans[2].text = amount;
      madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), &choice_style,
                                 "requested_amount");
    }
}

static void
add_remarks (MadangDocument *document, MadangRecord *application)
{
  begin_wide_row (document, "참  고", 0);
  add_choice (document, application, "head_pledge", "기관장 공약사항 여부 : 가", ",  부");
  add_choice (document, application, "dedicated_staff",
              "사업 참가시 전담조직 또는 운영인력 확보 여부 : 가", ",  부");
  add_wishes (document, application);
  end_wide_row (document);
}

/* The annex leaves only the day to be written. */
static char *
format_signing_day (const char *day)
{
  if (!madang_day_is_valid (day))
    return g_strdup ("2020년  3월  \u3000일");
  return g_strdup_printf ("%.4s년  %d월  %d일", day, atoi (day + 5), atoi (day + 8));
}

static void
add_closing (MadangDocument *document, MadangRecord *application)
{
  const MadangCellStyle closing_cell = {
    .columns = 4, .middle = TRUE, .together = TRUE, .keep_with_next = TRUE, .minimum_height = 50
  };
  const MadangCellStyle addressee_cell
      = { .columns = 4, .middle = TRUE, .together = TRUE, .minimum_height = 14 };
  const char *signer = madang_record_get_text (application, "signer");
  g_autofree char *day = format_signing_day (madang_record_get_text (application, "signed_on"));
  MadangSpan spans[] = {
    { .text = *signer != '\0' ? signer : "자치구명" },
    { .text = "   " },
    { .text = "(직인)", .seal = 16 },
  };

  madang_document_begin_row (document);
  madang_document_begin_cell (document, &closing_cell, NULL);
  madang_document_add_paragraph (document, "위와 같이 '민주주의 서울 기관 협력' 사업을 신청합니다.",
                                 &closing_style, NULL);
  madang_document_add_paragraph (document, day, &closing_style, "signed_on");
  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), &signer_style, "signer");
  madang_document_end_cell (document);
  madang_document_end_row (document);

  madang_document_begin_row (document);
  madang_document_begin_cell (document, &addressee_cell, NULL);
  madang_document_add_paragraph (document, "서울특별시장 귀하", &addressee_style, NULL);
  madang_document_end_cell (document);
  madang_document_end_row (document);
}

MadangDocument *
madang_application_paper_new (MadangRecord *application, const char *agency_name)
{
  const MadangColumn columns[] = { { 30 }, { 57 }, { 28 }, { 55 } };
  MadangDocument *document;

  g_return_val_if_fail (application != NULL, NULL);

  document = madang_document_new (TITLE);
  madang_paper_set_origin (document, application);
  madang_document_set_margins (document, 17, 20, 17, 20);
  madang_document_add_paragraph (document, TITLE, &title_style, NULL);
  madang_document_begin_table (document, columns, G_N_ELEMENTS (columns));
  add_applicant (document, application, agency_name);
  add_direction (document, application);
  add_plan (document, application);
  add_requests (document, application);
  add_remarks (document, application);
  add_closing (document, application);
  madang_document_end_table (document);
  madang_document_close (document);
  return document;
}

char *
madang_application_paper_dup_file_name (MadangRecord *application,
                                        const char *agency_name,
                                        const char *suffix)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (application != NULL && suffix != NULL, NULL);

  if (agency_name == NULL || *agency_name == '\0')
    agency_name = madang_record_get_text (application, "signer");
  name = g_strdup_printf ("2020_민주주의서울_기관협력_신청서_%s",
                          *agency_name != '\0' ? agency_name : "기관");
  return madang_paper_make_file_name (name, suffix);
}
