/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-office-letter.h"

#include "madang-day.h"
#include "madang-paper-file-name.h"
#include "madang-paper-text.h"

#define OFFICE "서울특별시"
#define SENDER "서울특별시장"

static const MadangParagraphStyle office_style
    = { .size = 20, .bold = TRUE, .sans = TRUE, .align = MADANG_ALIGN_CENTRE, .after = 7 };
static const MadangParagraphStyle head_style = { .size = 11.5, .spacing = 1.5 };
static const MadangParagraphStyle head_label_style
    = { .size = 11.5, .bold = TRUE, .sans = TRUE, .spacing = 1.5 };
static const MadangParagraphStyle item_style
    = { .size = 11.5, .align = MADANG_ALIGN_FILL, .before = 2, .spacing = 1.7 };
static const MadangParagraphStyle sub_item_style
    = { .size = 11.5, .align = MADANG_ALIGN_FILL, .before = 1, .indent = 5, .spacing = 1.6 };
static const MadangParagraphStyle lines_style
    = { .size = 11.5, .align = MADANG_ALIGN_FILL, .indent = 12, .spacing = 1.6 };
static const MadangParagraphStyle day_style
    = { .size = 12, .align = MADANG_ALIGN_CENTRE, .before = 14, .keep_with_next = TRUE };
static const MadangParagraphStyle sender_style
    = { .size = 18, .bold = TRUE, .sans = TRUE, .align = MADANG_ALIGN_CENTRE, .before = 8 };

static const MadangCellStyle head_label_cell = { .middle = TRUE, .shaded = TRUE };
static const MadangCellStyle head_cell = { .middle = TRUE, .minimum_height = 9 };

char *
madang_office_letter_dup_head_of_agency (MadangRecord *agency)
{
  const char *name = agency != NULL ? madang_record_get_text (agency, "name_ko") : "";
  const char *title = agency != NULL ? madang_record_get_text (agency, "head_title") : "";

  if (*name == '\0')
    return g_strdup ("신청기관의 장");
  /* 금천구 and 구청장 make 금천구청장. */
  if (g_str_equal (title, "구청장") && g_str_has_suffix (name, "구"))
    return g_strconcat (name, "청장", NULL);
  return g_strconcat (name, *title != '\0' ? " " : "", title, NULL);
}

const char *
madang_office_letter_get_programme_title (MadangRecord *programme)
{
  const char *title = programme != NULL ? madang_record_get_text (programme, "title") : "";

  return *title != '\0' ? title : "민주주의 서울 기관협력 사업";
}

char *
madang_office_letter_dup_file_name (MadangRecord *programme,
                                    MadangRecord *agency,
                                    const char *paper,
                                    const char *suffix)
{
  const char *name = agency != NULL ? madang_record_get_text (agency, "name_ko") : "";
  g_autofree char *year = NULL;
  g_autofree char *whole = NULL;

  g_return_val_if_fail (paper != NULL && suffix != NULL, NULL);

  if (programme != NULL && madang_record_is_set (programme, "year"))
    year = g_strdup_printf ("%" G_GINT64_FORMAT "_",
                            madang_record_get_number (programme, "year", 0));
  whole = g_strdup_printf ("%s민주주의서울_기관협력_%s_%s", year != NULL ? year : "", paper,
                           *name != '\0' ? name : "기관");
  return madang_paper_make_file_name (whole, suffix);
}

static void
add_head_row (MadangDocument *document, const char *label, const char *text)
{
  madang_document_begin_row (document);
  madang_document_begin_cell (document, &head_label_cell, NULL);
  madang_document_add_paragraph (document, label, &head_label_style, NULL);
  madang_document_end_cell (document);
  madang_document_begin_cell (document, &head_cell, NULL);
  madang_document_add_paragraph (document, text, &head_style, NULL);
  madang_document_end_cell (document);
  madang_document_end_row (document);
}

void
madang_office_letter_add_head (MadangDocument *document, const char *recipient, const char *subject)
{
  const MadangColumn columns[] = { { 22 }, { 148 } };

  g_return_if_fail (MADANG_IS_DOCUMENT (document));

  madang_document_add_paragraph (document, OFFICE, &office_style, NULL);
  madang_document_begin_table (document, columns, G_N_ELEMENTS (columns));
  add_head_row (document, "수신", recipient);
  add_head_row (document, "(경유)", "");
  add_head_row (document, "제목", subject);
  madang_document_end_table (document);
}

void
madang_office_letter_add_item (
    MadangDocument *document, guint depth, const char *mark, const char *text, const char *anchor)
{
  const MadangSpan spans[] = {
    { .text = mark, .marker = TRUE },
    { .text = text },
  };

  g_return_if_fail (MADANG_IS_DOCUMENT (document));

  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans),
                             depth == 0 ? &item_style : &sub_item_style, anchor);
}

void
madang_office_letter_add_lines (MadangDocument *document, const char *text, const char *anchor)
{
  g_return_if_fail (MADANG_IS_DOCUMENT (document));

  madang_paper_add_text (document, text, "- ", &lines_style, anchor);
}

void
madang_office_letter_add_close (MadangDocument *document, const char *day)
{
  g_autofree char *written = NULL;
  const MadangSpan spans[] = {
    { .text = SENDER },
    { .text = "   " },
    { .text = "(직인)", .seal = 18 },
  };

  g_return_if_fail (MADANG_IS_DOCUMENT (document));
  g_return_if_fail (madang_day_is_valid (day));

  written = madang_day_format_letter (day);
  madang_document_add_paragraph (document, written, &day_style, NULL);
  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), &sender_style, NULL);
}
