/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <locale.h>

#include "madang-agencies.h"
#include "madang-document-layout-private.h"
#include "madang-document-pdf.h"
#include "madang-office-letter.h"
#include "madang-programme.h"
#include "madang-receipt-paper.h"
#include "madang-supplement-letter.h"
#include "madang-supplements.h"
#include "pdf-reader.h"
#include "sample-application.h"

/* The letter that asks for a supplement, and the receipt: what they say, and that it can be read
 * out of the PDF again by another program. */

#define ID "0170bc2f-8e3a-7c4d-9b21-5a6f70c1d2e4"
#define RECEIVED_AT G_GINT64_CONSTANT (1583715600000) /* 2020. 3. 9.(월) 10:00 in Seoul */

#define ITEMS                                                                                      \
  "1. 운영현황에 2020년 예산과 전담인력을 적어 주십시오.\n"                    \
  "2. 기관장의 직인이 빠졌습니다."

typedef struct
{
  MadangRecord *programme;
  MadangRecord *agency;
  MadangRecord *application;
  MadangRecord *request;
} Papers;

static void
set_up (Papers *self, gconstpointer data)
{
  self->programme = madang_record_new (&madang_programme_kind, ID);
  sample_application_set (self->programme, "title", "2020년 민주주의 서울 기관협력 사업");
  sample_application_set (self->programme, "plan_doc_number", "서울민주주의담당관-1993");
  sample_application_set (self->programme, "plan_approved_on", "2020-02-24");
  madang_record_set (self->programme, "year", g_variant_new_int64 (2020), NULL);
  self->agency = madang_record_new (&madang_agency_kind, ID);
  sample_application_set (self->agency, "name_ko", SAMPLE_AGENCY);
  sample_application_set (self->agency, "head_title", "구청장");
  self->application = sample_application_new_typical ();
  sample_application_set (self->application, "receipt_number", "접수-2020-007");
  madang_record_set (self->application, "submitted_at", g_variant_new_int64 (RECEIVED_AT - 60000),
                     NULL);
  madang_record_set (self->application, "received_at", g_variant_new_int64 (RECEIVED_AT), NULL);
  self->request = madang_record_new (&madang_supplement_request_kind, ID);
  sample_application_set (self->request, "items", ITEMS);
  sample_application_set (self->request, "due", "2020-03-16");
  madang_record_set (self->request, "asked_at", g_variant_new_int64 (RECEIVED_AT), NULL);
}

static void
tear_down (Papers *self, gconstpointer data)
{
  g_object_unref (self->programme);
  g_object_unref (self->agency);
  g_object_unref (self->application);
  g_object_unref (self->request);
}

static char *
dup_text (MadangDocument *document, guint n_pages)
{
  g_autoptr (MadangDocumentLayout) layout = madang_document_layout_new ();
  GString *text = g_string_new (NULL);

  madang_document_layout_set_document (layout, document);
  g_assert_cmpuint (madang_document_layout_get_n_pages (layout), ==, n_pages);
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *page = madang_document_layout_dup_text (layout, i);

      g_string_append_printf (text, "%s\n", page);
    }
  return g_string_free (text, FALSE);
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("\"%s\" is missing in:\n%s", part, text);
}

/* --- what they say --------------------------------------------------------------------------- */

static void
test_letter (Papers *self, gconstpointer data)
{
  g_autoptr (MadangDocument) document
      = madang_supplement_letter_new (self->request, self->application, self->programme,
                                      self->agency);
  g_autofree char *fingerprint = madang_record_dup_fingerprint (self->request);
  g_autofree char *text = dup_text (document, 1);
  g_autofree char *expected = g_strdup_printf (
      "서울특별시\n"
      "수신\n금천구청장(마을자치과장)\n"
      "(경유)\n\n"
      "제목\n「2020년 민주주의 서울 기관협력 사업」 지원 신청서 보완 요청\n"
      "1. 관련: 서울민주주의담당관-1993(2020. 2. 24.) 「2020년 민주주의 서울 기관협력 사업」 "
      "추진계획\n"
      "2. 귀 기관에서 제출하신 지원 신청서를 검토한 결과 보완이 필요하여 아래와 같이 요청하오니, "
      "기한까지 보완하여 제출하여 주시기 바랍니다.\n"
      "가. 접수번호: 접수-2020-007 (2020. 3. 9.(월) 10:00)\n"
      "나. 보완사항\n" ITEMS "\n"
      "다. 보완기한: 2020. 3. 16.(월) 24:00까지\n"
      "라. 제출방법: 신청서를 고친 뒤 「보완 제출」을 누릅니다. 처음 받은 접수번호와 접수일시는 "
      "그대로 유지됩니다.\n"
      "3. 기한까지 보완하지 않으면 제출된 신청서 그대로 심사하니 유의하시기 바랍니다.\n"
      "붙임  없음.  끝.\n"
      "2020. 3. 9.\n"
      "서울특별시장   (직인)\n"
      "확인번호 %s\n"
      "1 / 1\n",
      fingerprint);

  g_assert_cmpstr (text, ==, expected);
}

/* Before the first receipt, of an agency and a plan that are not held here. */
static void
test_letter_of_little (Papers *self, gconstpointer data)
{
  g_autoptr (MadangDocument) document = NULL;
  g_autofree char *text = NULL;

  madang_record_set (self->application, "receipt_number", NULL, NULL);
  madang_record_set (self->application, "dept_name", NULL, NULL);
  document = madang_supplement_letter_new (self->request, self->application, NULL, NULL);
  text = dup_text (document, 1);
  assert_has (text, "수신\n신청기관의 장\n");
  assert_has (text, "1. 관련: 「민주주의 서울 기관협력 사업」 추진계획\n");
  assert_has (text, "가. 제출일시: 2020. 3. 9.(월) 09:59\n");
}

static void
test_receipt (Papers *self, gconstpointer data)
{
  g_autoptr (MadangDocument) document
      = madang_receipt_paper_new (self->application, self->programme, self->agency);
  g_autofree char *fingerprint = madang_record_dup_fingerprint (self->application);
  g_autofree char *text = dup_text (document, 1);
  g_autofree char *expected = g_strdup_printf ("접 수 증\n"
                                               "접수번호\n접수-2020-007\n"
                                               "접수일시\n2020. 3. 9.(월) 10:00\n"
                                               "사업명\n2020년 민주주의 서울 기관협력 사업\n"
                                               "신청기관\n금천구\n"
                                               "신청부서\n마을자치과\n"
                                               "제출일시\n2020. 3. 9.(월) 09:59\n"
                                               "제출방법\n전자 제출\n"
                                               "위와 같이 지원 신청서를 접수하였음을 증명합니다.\n"
                                               "2020. 3. 9.\n"
                                               "서울특별시장   (직인)\n"
                                               "금천구 귀하\n"
                                               "확인번호 %s\n"
                                               "1 / 1\n",
                                               fingerprint);

  g_assert_cmpstr (text, ==, expected);
  /* Whoever finds it learns nothing about a person. */
  g_assert_null (strstr (text, "김담당"));
}

static void
test_receipt_of_paper (Papers *self, gconstpointer data)
{
  g_autoptr (MadangDocument) document = NULL;
  g_autofree char *text = NULL;

  madang_record_set (self->application, "late", g_variant_new_boolean (TRUE), NULL);
  sample_application_set (self->application, "arrived_on", "2020-03-06");
  document = madang_receipt_paper_new (self->application, NULL, NULL);
  text = dup_text (document, 1);
  assert_has (text, "제출방법\n종이 신청서 (2020. 3. 6.(금) 도착)\n");
  assert_has (text, "신청기관\n서울특별시 금천구\n");
}

static void
test_heads (Papers *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *title;
    const char *head;
  } heads[] = {
    { "금천구", "구청장", "금천구청장" },
    { "서울시설공단", "이사장", "서울시설공단 이사장" },
    { "서울시설공단", NULL, "서울시설공단" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *head = NULL;

      sample_application_set (self->agency, "name_ko", heads[i].name);
      madang_record_set (self->agency, "head_title",
                         heads[i].title != NULL ? g_variant_new_string (heads[i].title) : NULL,
                         NULL);
      head = madang_office_letter_dup_head_of_agency (self->agency);
      g_assert_cmpstr (head, ==, heads[i].head);
    }
}

static void
test_file_names (Papers *self, gconstpointer data)
{
  g_autofree char *whole
      = madang_office_letter_dup_file_name (self->programme, self->agency, "보완요청서", "pdf");
  g_autofree char *little = madang_office_letter_dup_file_name (NULL, NULL, "접수증", ".pdf");

  g_assert_cmpstr (whole, ==, "2020_민주주의서울_기관협력_보완요청서_금천구.pdf");
  g_assert_cmpstr (little, ==, "민주주의서울_기관협력_접수증_기관.pdf");
}

/* --- read back -------------------------------------------------------------------------------- */

/* The text of the whole file without white space, and what the file says of itself. */
static char *
write_and_read (MadangDocument *document, char **info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  int descriptor = g_file_open_tmp ("madang-letter-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  g_close (descriptor, NULL);
  file = g_file_new_for_path (path);
  g_assert_true (madang_document_write_pdf (document, file, NULL, &error));
  g_assert_no_error (error);
  text = pdf_reader_dup_text (path, "-layout", 0, 0);
  *info = pdf_reader_dup_info (path);
  g_unlink (path);
  return pdf_reader_squeeze (text);
}

static void
assert_read (const char *squeezed, const char *part)
{
  g_autofree char *wanted = pdf_reader_squeeze (part);

  assert_has (squeezed, wanted);
}

static void
assert_lines_in_order (const char *squeezed, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = pdf_reader_squeeze (lines[i]);

      squeezed = strstr (squeezed, line);
      g_assert_nonnull (squeezed);
      squeezed += strlen (line);
    }
}

/* As many items as a request takes, over several pages: none is lost. */
static void
test_letter_read_back (Papers *self, gconstpointer data)
{
  g_autoptr (MadangDocument) document = NULL;
  g_autofree char *items = sample_application_repeat ("- 예산을 다시 적어 주십시오.\n", 1000);
  g_autofree char *digest = NULL;
  g_autofree char *info = NULL;
  g_autofree char *text = NULL;

  if (!pdf_reader_is_available ())
    return;
  sample_application_set (self->request, "items", items);
  document = madang_supplement_letter_new (self->request, self->application, self->programme,
                                           self->agency);
  text = write_and_read (document, &info);
  digest = madang_record_dup_digest (self->request);
  assert_read (text, "금천구청장(마을자치과장)");
  assert_read (text, "보완기한: 2020. 3. 16.(월) 24:00까지");
  assert_read (text, "붙임 없음. 끝.");
  assert_lines_in_order (text, items);
  assert_has (info, "보완요청서");
  assert_has (info, digest);
}

static void
test_receipt_read_back (Papers *self, gconstpointer data)
{
  g_autoptr (MadangDocument) document
      = madang_receipt_paper_new (self->application, self->programme, self->agency);
  g_autofree char *fingerprint = madang_record_dup_fingerprint (self->application);
  g_autofree char *info = NULL;
  g_autofree char *text = NULL;

  if (!pdf_reader_is_available ())
    return;
  text = write_and_read (document, &info);
  assert_read (text, "접수번호 접수-2020-007");
  assert_read (text, "접수일시 2020. 3. 9.(월) 10:00");
  assert_read (text, "금천구 귀하");
  assert_read (text, fingerprint);
  assert_has (info, "접수증");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define PAPERS_TEST(path, func) g_test_add (path, Papers, NULL, set_up, func, tear_down)
  PAPERS_TEST ("/office-papers/letter", test_letter);
  PAPERS_TEST ("/office-papers/letter-of-little", test_letter_of_little);
  PAPERS_TEST ("/office-papers/receipt", test_receipt);
  PAPERS_TEST ("/office-papers/receipt-of-paper", test_receipt_of_paper);
  PAPERS_TEST ("/office-papers/heads", test_heads);
  PAPERS_TEST ("/office-papers/file-names", test_file_names);
  PAPERS_TEST ("/office-papers/letter-read-back", test_letter_read_back);
  PAPERS_TEST ("/office-papers/receipt-read-back", test_receipt_read_back);

  return g_test_run ();
}
