/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout-checks.h"

static void
test_empty (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("제목");
  g_autoptr (MadangDocumentLayout) layout = layout_checks_lay_out (document);
  g_autofree char *text = madang_document_layout_dup_text (layout, 0);
  double width;
  double height;

  g_assert_cmpuint (madang_document_layout_get_n_pages (layout), ==, 1);
  g_assert_cmpstr (text, ==, "1 / 1");
  madang_document_layout_get_page_size (layout, &width, &height);
  g_assert_cmpfloat_with_epsilon (width, 595.276, 0.001);
  g_assert_cmpfloat_with_epsilon (height, 841.890, 0.001);
  g_assert_null (madang_document_layout_pick (layout, 0, 100, 100));
  g_assert_null (madang_document_layout_pick (layout, 7, 100, 100));
  g_assert_false (madang_document_layout_find (layout, "direction", NULL, NULL, NULL, NULL, NULL));
}

static void
test_no_document (void)
{
  g_autoptr (MadangDocumentLayout) layout = madang_document_layout_new ();
  g_autofree char *text = madang_document_layout_dup_text (layout, 0);

  g_assert_cmpuint (madang_document_layout_get_n_pages (layout), ==, 0);
  g_assert_cmpstr (text, ==, "");
  g_assert_null (madang_document_layout_pick (layout, 0, 100, 100));
}

static void
test_text_order (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("순서");
  const MadangColumn columns[] = { { 40 }, { 40 } };
  g_autoptr (MadangDocumentLayout) layout = NULL;
  g_autofree char *text = NULL;

  madang_document_set_footer (document, "처음", "끝");
  madang_document_add_paragraph (document, "가\n나", &layout_checks_body, NULL);
  madang_document_begin_table (document, columns, 2);
  madang_document_begin_row (document);
  layout_checks_add_cell (document, "다", NULL, (MadangCellStyle){ .rows = 2 });
  layout_checks_add_cell (document, "라", NULL, (MadangCellStyle){ 0 });
  madang_document_end_row (document);
  madang_document_begin_row (document);
  layout_checks_add_cell (document, "마", NULL, (MadangCellStyle){ 0 });
  madang_document_end_row (document);
  madang_document_end_table (document);
  madang_document_add_paragraph (document, "바", &layout_checks_body, NULL);
  layout = layout_checks_lay_out (document);
  text = madang_document_layout_dup_text (layout, 0);
  g_assert_cmpstr (text, ==, "가\n나\n다\n라\n마\n바\n처음\n1 / 1\n끝");
}

static void
test_keeps_lines_together (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("외톨이");
  g_autoptr (MadangDocumentLayout) layout = NULL;
  guint n_runs = 0;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *paragraph = layout_checks_repeat ("가나다라마바사아자차 ", 20 + i);

      madang_document_add_paragraph (document, paragraph, &layout_checks_body, NULL);
    }
  layout = layout_checks_lay_out (document);
  g_assert_cmpuint (madang_document_layout_get_n_pages (layout), >, 3);
  for (guint i = 0; i < madang_document_layout_get_n_pages (layout); i++)
    {
      const MadangPaperPage *page = madang_document_layout_get_page (layout, i);

      /* The last text is the page number. */
      for (guint j = 0; j + 1 < page->texts->len; j++)
        {
          g_assert_cmpuint (g_array_index (page->texts, MadangPlacedText, j).n_lines, >=, 2);
          n_runs++;
        }
    }
  g_assert_cmpuint (n_runs, >, 40);
}

static void
test_heading_stays_with_text (void)
{
  const MadangParagraphStyle heading = { .size = 10, .keep_with_next = TRUE };

  for (guint n = 40; n < 60; n++)
    {
      g_autoptr (MadangDocument) document = madang_document_new ("머리");
      g_autoptr (MadangDocumentLayout) layout = NULL;
      g_autofree char *first = NULL;

      for (guint i = 0; i < n; i++)
        madang_document_add_paragraph (document, "줄", &layout_checks_body, NULL);
      madang_document_add_paragraph (document, "머리말", &heading, NULL);
      madang_document_add_paragraph (document, "내용", &layout_checks_body, NULL);
      layout = layout_checks_lay_out (document);
      first = madang_document_layout_dup_text (layout, 0);
      g_assert_cmpuint (layout_checks_count (first, "머리말"), ==,
                        layout_checks_count (first, "내용"));
    }
}

static void
test_span_anchors (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("이름");
  MadangSpan spans[] = {
    { .text = "\xea\xb0\x80\xeb\x82\x98", .anchor = "officer" },
    { .text = " (" },
    { .text = "\xe3\x80\x80\xe3\x80\x80", .anchor = "rank" },
    { .text = ")" },
  };
  g_autoptr (MadangDocumentLayout) layout = NULL;
  MadangRectangle officer;
  MadangRectangle rank;
  MadangRectangle line;

  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), &layout_checks_body, "line");
  layout = layout_checks_lay_out (document);
  officer = layout_checks_find (layout, "officer");
  rank = layout_checks_find (layout, "rank");
  line = layout_checks_find (layout, "line");
  layout_checks_assert_area (line, MARGIN, MARGIN, A4_WIDTH - 2 * MARGIN, 16);
  g_assert_cmpfloat_with_epsilon (officer.x, MARGIN, NEAR);
  g_assert_cmpfloat (officer.width, >, 15);
  g_assert_cmpfloat (rank.width, >, 15);
  g_assert_cmpfloat (rank.x, >, officer.x + officer.width);
  g_assert_cmpstr (madang_document_layout_pick (layout, 0, rank.x + 5, rank.y + 5), ==, "rank");
  g_assert_cmpstr (madang_document_layout_pick (layout, 0, officer.x + 5, rank.y + 5), ==,
                   "officer");
  g_assert_cmpstr (madang_document_layout_pick (layout, 0, MARGIN + 300, rank.y + 5), ==, "line");
}

static void
test_marker_hangs (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("표시");
  g_autofree char *words = layout_checks_repeat ("가나다라마바사아자차 ", 10);
  MadangSpan spans[] = { { .text = "- ", .marker = TRUE }, { .text = words } };
  g_autoptr (MadangDocumentLayout) layout = NULL;
  const MadangShape *shape;
  double x;
  double width;

  madang_document_add_spans (document, spans, 2, &layout_checks_body, NULL);
  layout = layout_checks_lay_out (document);
  shape = g_array_index (madang_document_layout_get_page (layout, 0)->texts, MadangPlacedText, 0)
              .shape;
  g_assert_cmpuint (shape->lines->len, >, 1);
  g_assert_true (madang_shape_get_range (shape, 0, 2, 5, &x, &width));
  g_assert_cmpfloat_with_epsilon (g_array_index (shape->lines, MadangShapedLine, 0).x, 0, NEAR);
  g_assert_cmpfloat_with_epsilon (g_array_index (shape->lines, MadangShapedLine, 1).x, x, NEAR);
}

static MadangDocument *
create_letter (const char *third, const char *anchor)
{
  MadangDocument *document = madang_document_new ("편지");

  madang_document_add_paragraph (document, "첫째 줄\n둘째 줄", &layout_checks_body, "a");
  madang_document_add_paragraph (document, third, &layout_checks_body, anchor);
  madang_document_add_paragraph (document, "넷째 줄", &layout_checks_body, "c");
  madang_document_close (document);
  return document;
}

static void
test_cache (void)
{
  g_autoptr (MadangDocumentLayout) layout = madang_document_layout_new ();
  g_autoptr (MadangDocument) one = create_letter ("셋째 줄", "b");
  g_autoptr (MadangDocument) same = create_letter ("셋째 줄", "x");
  g_autoptr (MadangDocument) other = create_letter ("셋째 줄을 고침", "b");
  double y;

  madang_document_layout_set_document (layout, one);
  g_assert_cmpuint (madang_document_layout_get_n_shaped (layout), ==, 5); /* and the page number */
  g_assert_cmpuint (madang_document_layout_get_n_kept (layout), ==, 0);
  madang_document_layout_set_document (layout, same);
  g_assert_cmpuint (madang_document_layout_get_n_shaped (layout), ==, 0);
  g_assert_cmpuint (madang_document_layout_get_n_kept (layout), ==, 5);
  /* Anchors are those of the new document although the shapes are the old ones. */
  g_assert_false (madang_document_layout_find (layout, "b", NULL, NULL, NULL, NULL, NULL));
  g_assert_true (madang_document_layout_find (layout, "x", NULL, NULL, &y, NULL, NULL));
  g_assert_cmpstr (madang_document_layout_pick (layout, 0, MARGIN + 5, y + 5), ==, "x");
  madang_document_layout_set_document (layout, other);
  g_assert_cmpuint (madang_document_layout_get_n_shaped (layout), ==, 1);
  g_assert_cmpuint (madang_document_layout_get_n_kept (layout), ==, 4);
  /* What no document shows any more is not kept for ever. */
  madang_document_layout_set_document (layout, one);
  g_assert_cmpuint (madang_document_layout_get_n_shaped (layout), ==, 1);
}

/* Every part of what a paragraph looks like counts. */
static void
test_cache_tells_styles_apart (void)
{
  const MadangParagraphStyle styles[] = {
    { .size = 10 },
    { .size = 11 },
    { .size = 10, .bold = TRUE },
    { .size = 10, .sans = TRUE },
    { .size = 10, .faint = TRUE },
    { .size = 10, .align = MADANG_ALIGN_END },
    { .size = 10, .indent = 1 },
    { .size = 10, .hanging = 1 },
    { .size = 10, .spacing = 2 },
  };
  const MadangSpan spans[] = {
    { .text = "가" },
    { .text = "가", .bold = TRUE },
    { .text = "가", .hint = TRUE },
    { .text = "가", .marker = TRUE },
  };
  g_autoptr (MadangDocument) document = madang_document_new ("모양");
  g_autoptr (MadangDocumentLayout) layout = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    for (guint j = 0; j < G_N_ELEMENTS (spans); j++)
      for (guint again = 0; again < 2; again++)
        madang_document_add_spans (document, &spans[j], 1, &styles[i], NULL);
  layout = layout_checks_lay_out (document);
  g_assert_cmpuint (madang_document_layout_get_n_shaped (layout) - 2, ==,
                    G_N_ELEMENTS (styles) * G_N_ELEMENTS (spans));
}

static void
test_invalid_text (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("\xff");
  g_autoptr (MadangDocumentLayout) layout = NULL;
  g_autofree char *text = NULL;

  madang_document_add_paragraph (document, "가\xff<b>&amp;</b>", &layout_checks_body, NULL);
  layout = layout_checks_lay_out (document);
  text = madang_document_layout_dup_text (layout, 0);
  g_assert_cmpstr (text, ==, "가\xef\xbf\xbd<b>&amp;</b>\n1 / 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document-layout/empty", test_empty);
  g_test_add_func ("/document-layout/no-document", test_no_document);
  g_test_add_func ("/document-layout/text-order", test_text_order);
  g_test_add_func ("/document-layout/keeps-lines-together", test_keeps_lines_together);
  g_test_add_func ("/document-layout/heading-stays-with-text", test_heading_stays_with_text);
  g_test_add_func ("/document-layout/span-anchors", test_span_anchors);
  g_test_add_func ("/document-layout/marker-hangs", test_marker_hangs);
  g_test_add_func ("/document-layout/cache", test_cache);
  g_test_add_func ("/document-layout/cache-tells-styles-apart", test_cache_tells_styles_apart);
  g_test_add_func ("/document-layout/invalid-text", test_invalid_text);
  return g_test_run ();
}
