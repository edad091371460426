/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-supplement-letter.h"

#include "madang-day.h"
#include "madang-office-letter.h"
#include "madang-paper-origin.h"

/* "금천구청장(마을자치과장)" */
static char *
dup_recipient (MadangRecord *application, MadangRecord *agency)
{
  const char *department = madang_record_get_text (application, "dept_name");
  g_autofree char *head = madang_office_letter_dup_head_of_agency (agency);

  if (*department == '\0')
    return g_steal_pointer (&head);
  return g_strdup_printf ("%s(%s장)", head, department);
}

/* "서울민주주의담당관-1993(2020. 2. 24.)호", or nothing while the plan has no number. */
static void
add_reference (MadangDocument *document, MadangRecord *programme)
{
  const char *number
      = programme != NULL ? madang_record_get_text (programme, "plan_doc_number") : "";
  const char *approved
      = programme != NULL ? madang_record_get_text (programme, "plan_approved_on") : "";
  g_autofree char *day
      = madang_day_is_valid (approved) ? madang_day_format_letter (approved) : NULL;
  g_autofree char *text = NULL;

  if (*number == '\0')
    text = g_strdup_printf ("관련: 「%s」 추진계획",
                            madang_office_letter_get_programme_title (programme));
  else
    text = g_strdup_printf ("관련: %s%s%s%s 「%s」 추진계획", number, day != NULL ? "(" : "",
                            day != NULL ? day : "", day != NULL ? ")" : "",
                            madang_office_letter_get_programme_title (programme));
  madang_office_letter_add_item (document, 0, "1. ", text, NULL);
}

/* "접수-2020-001 (2020. 3. 9.(월) 10:00)", or that it was submitted. */
static char *
dup_receipt (MadangRecord *application)
{
  const char *number = madang_record_get_text (application, "receipt_number");
  const char *field = *number != '\0' ? "received_at" : "submitted_at";
  g_autofree char *time = madang_record_dup_display (application, field);

  if (*number == '\0')
    return g_strdup_printf ("제출일시: %s", time);
  return g_strdup_printf ("접수번호: %s (%s)", number, time);
}

static void
add_facts (MadangDocument *document, MadangRecord *request, MadangRecord *application)
{
  const char *due = madang_record_get_text (request, "due");
  g_autofree char *receipt = dup_receipt (application);
  g_autofree char *deadline = madang_day_is_valid (due) ? madang_deadline_format (due) : NULL;
  g_autofree char *until = g_strdup_printf ("보완기한: %s까지", deadline != NULL ? deadline : "");

  madang_office_letter_add_item (document, 1, "가. ", receipt, NULL);
  madang_office_letter_add_item (document, 1, "나. ", "보완사항", "items");
  madang_office_letter_add_lines (document, madang_record_get_text (request, "items"), "items");
  madang_office_letter_add_item (document, 1, "다. ", until, "due");
  madang_office_letter_add_item (document, 1, "라. ",
                                 "제출방법: 신청서를 고친 뒤 「보완 제출」을 누릅니다. 처음 받은 "
                                 "접수번호와 접수일시는 그대로 유지됩니다.",
                                 NULL);
}

MadangDocument *
madang_supplement_letter_new (MadangRecord *request,
                              MadangRecord *application,
                              MadangRecord *programme,
                              MadangRecord *agency)
{
  MadangDocument *document;
  g_autofree char *recipient = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *day = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD (request), NULL);
  g_return_val_if_fail (MADANG_IS_RECORD (application), NULL);

  recipient = dup_recipient (application, agency);
  subject = g_strdup_printf ("「%s」 지원 신청서 보완 요청",
                             madang_office_letter_get_programme_title (programme));
  day = madang_day_from_instant (madang_record_get_number (request, "asked_at", 0));
  document = madang_document_new ("보완요청서");
  madang_paper_set_origin (document, request);
  madang_document_set_margins (document, 20, 20, 20, 20);
  madang_office_letter_add_head (document, recipient, subject);
  add_reference (document, programme);
  madang_office_letter_add_item (
      document, 0, "2. ",
      "귀 기관에서 제출하신 지원 신청서를 검토한 결과 보완이 필요하여 "
      "아래와 같이 요청하오니, 기한까지 보완하여 제출하여 주시기 바랍니다.",
      NULL);
  add_facts (document, request, application);
  madang_office_letter_add_item (
      document, 0, "3. ",
      "기한까지 보완하지 않으면 제출된 신청서 그대로 심사하니 유의하시기 바랍니다.", NULL);
  madang_office_letter_add_item (document, 0, "붙임  ", "없음.  끝.", NULL);
  madang_office_letter_add_close (document, day);
  madang_document_close (document);
  return document;
}
