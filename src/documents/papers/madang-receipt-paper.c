/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-receipt-paper.h"

#include "madang-day.h"
#include "madang-office-letter.h"
#include "madang-paper-origin.h"

#define TITLE "접 수 증"

static const MadangParagraphStyle title_style = {
  .size = 24, .bold = TRUE, .sans = TRUE, .align = MADANG_ALIGN_CENTRE, .before = 10, .after = 12
};
static const MadangParagraphStyle label_style
    = { .size = 11.5, .bold = TRUE, .sans = TRUE, .align = MADANG_ALIGN_CENTRE };
static const MadangParagraphStyle entry_style = { .size = 11.5 };
static const MadangParagraphStyle sentence_style
    = { .size = 13, .align = MADANG_ALIGN_CENTRE, .before = 16 };
static const MadangParagraphStyle addressee_style
    = { .size = 14, .bold = TRUE, .sans = TRUE, .align = MADANG_ALIGN_CENTRE, .before = 14 };

static const MadangCellStyle label_cell = { .shaded = TRUE, .middle = TRUE };
static const MadangCellStyle entry_cell = { .middle = TRUE, .minimum_height = 13 };

static void
add_row (MadangDocument *document, const char *label, const char *text, const char *anchor)
{
  madang_document_begin_row (document);
  madang_document_begin_cell (document, &label_cell, NULL);
  madang_document_add_paragraph (document, label, &label_style, NULL);
  madang_document_end_cell (document);
  madang_document_begin_cell (document, &entry_cell, anchor);
  madang_document_add_paragraph (document, text, &entry_style, anchor);
  madang_document_end_cell (document);
  madang_document_end_row (document);
}

/* How it came in; paper counts from the day on which it arrived. */
static char *
dup_way (MadangRecord *application)
{
  g_autofree char *arrived = NULL;

  if (!madang_record_get_flag (application, "late"))
    return g_strdup ("전자 제출");
  arrived = madang_record_dup_display (application, "arrived_on");
  return g_strdup_printf ("종이 신청서 (%s 도착)", arrived);
}

static void
add_table (MadangDocument *document,
           MadangRecord *application,
           MadangRecord *programme,
           const char *agency_name)
{
  const MadangColumn columns[] = { { 45 }, { 125 } };
  g_autofree char *submitted = madang_record_dup_display (application, "submitted_at");
  g_autofree char *received = madang_record_dup_display (application, "received_at");
  g_autofree char *way = dup_way (application);

  madang_document_begin_table (document, columns, G_N_ELEMENTS (columns));
  add_row (document, "접수번호", madang_record_get_text (application, "receipt_number"),
           "receipt_number");
  add_row (document, "접수일시", received, "received_at");
  add_row (document, "사업명", madang_office_letter_get_programme_title (programme), "programme");
  add_row (document, "신청기관", agency_name, "agency");
  add_row (document, "신청부서", madang_record_get_text (application, "dept_name"), "dept_name");
  add_row (document, "제출일시", submitted, "submitted_at");
  add_row (document, "제출방법", way, "late");
  madang_document_end_table (document);
}

MadangDocument *
madang_receipt_paper_new (MadangRecord *application, MadangRecord *programme, MadangRecord *agency)
{
  MadangDocument *document;
  const char *agency_name;
  g_autofree char *day = NULL;
  g_autofree char *addressee = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD (application), NULL);
  g_return_val_if_fail (madang_record_is_set (application, "receipt_number"), NULL);

  agency_name = agency != NULL ? madang_record_get_text (agency, "name_ko")
                               : madang_record_get_text (application, "signer");
  day = madang_day_from_instant (madang_record_get_number (application, "received_at", 0));
  addressee = g_strdup_printf ("%s 귀하", agency_name);
  document = madang_document_new ("접수증");
  madang_paper_set_origin (document, application);
  madang_document_set_margins (document, 25, 20, 20, 20);
  madang_document_add_paragraph (document, TITLE, &title_style, NULL);
  add_table (document, application, programme, agency_name);
  madang_document_add_paragraph (document, "위와 같이 지원 신청서를 접수하였음을 증명합니다.",
                                 &sentence_style, NULL);
  madang_office_letter_add_close (document, day);
  madang_document_add_paragraph (document, addressee, &addressee_style, NULL);
  madang_document_close (document);
  return document;
}
