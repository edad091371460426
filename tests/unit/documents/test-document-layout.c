/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-document-layout.h"

#include <math.h>

#include "madang-document-layout-private.h"

#define MARGIN (20 * MADANG_POINTS_PER_MILLIMETRE)
#define A4_HEIGHT (297 * MADANG_POINTS_PER_MILLIMETRE)
#define A4_WIDTH (210 * MADANG_POINTS_PER_MILLIMETRE)
#define NEAR 0.05

static const MadangParagraphStyle body = { .size = 10 };

static MadangDocumentLayout *
lay_out (MadangDocument *document)
{
  MadangDocumentLayout *layout = madang_document_layout_new ();

  madang_document_close (document);
  madang_document_layout_set_document (layout, document);
  return layout;
}

static void
add_cell (MadangDocument *document, const char *text, const char *anchor, MadangCellStyle style)
{
  madang_document_begin_cell (document, &style, anchor);
  if (text != NULL)
    madang_document_add_paragraph (document, text, &body, NULL);
  madang_document_end_cell (document);
}

static char *
repeat (const char *text, guint n)
{
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (result, text);
  return g_string_free (result, FALSE);
}

static MadangRectangle
find (MadangDocumentLayout *layout, const char *anchor)
{
  MadangRectangle area = { 0 };
  guint page = G_MAXUINT;

  g_assert_true (madang_document_layout_find (layout, anchor, &page, &area.x, &area.y, &area.width,
                                              &area.height));
  g_assert_cmpuint (page, ==, 0);
  return area;
}

static void
assert_area (MadangRectangle area, double x, double y, double width, double height)
{
  g_assert_cmpfloat_with_epsilon (area.x, x, NEAR);
  g_assert_cmpfloat_with_epsilon (area.y, y, NEAR);
  g_assert_cmpfloat_with_epsilon (area.width, width, NEAR);
  g_assert_cmpfloat_with_epsilon (area.height, height, NEAR);
}

/* What holds for every page of every document: all inside the margins, cells within the outline
 * of a table and apart from each other, texts within cells. */
static void
assert_sound (const MadangPage *page)
{
  double bottom = A4_HEIGHT - MARGIN + NEAR;

  for (guint i = 0; i < page->cells->len; i++)
    {
      const MadangRectangle *one = &g_array_index (page->cells, MadangPlacedCell, i).area;
      gboolean inside = FALSE;

      g_assert_cmpfloat (one->x, >=, MARGIN - NEAR);
      g_assert_cmpfloat (one->x + one->width, <=, A4_WIDTH - MARGIN + NEAR);
      g_assert_cmpfloat (one->y, >=, MARGIN - NEAR);
      g_assert_cmpfloat (one->y + one->height, <=, bottom);
      g_assert_cmpfloat (one->height, >, 0);
      for (guint j = 0; j < page->tables->len; j++)
        {
          const MadangRectangle *table = &g_array_index (page->tables, MadangRectangle, j);

          inside = inside
                   || (one->y >= table->y - NEAR && one->x >= table->x - NEAR
                       && one->y + one->height <= table->y + table->height + NEAR
                       && one->x + one->width <= table->x + table->width + NEAR);
        }
      g_assert_true (inside);
      for (guint j = 0; j < i; j++)
        {
          const MadangRectangle *other = &g_array_index (page->cells, MadangPlacedCell, j).area;

          g_assert_true (one->x + one->width <= other->x + NEAR
                         || other->x + other->width <= one->x + NEAR
                         || one->y + one->height <= other->y + NEAR
                         || other->y + other->height <= one->y + NEAR);
        }
    }
}

static double
measure_text (const MadangPlacedText *text)
{
  double height = 0;

  for (guint i = text->first; i < text->first + text->n_lines; i++)
    height += g_array_index (text->shape->lines, MadangShapedLine, i).height;
  return height;
}

/* The cell (or none) that a text begins in holds all of it. */
static void
assert_texts_fit (const MadangPage *page)
{
  for (guint i = 0; i < page->texts->len; i++)
    {
      const MadangPlacedText *text = &g_array_index (page->texts, MadangPlacedText, i);
      double end = text->y + measure_text (text);

      for (guint j = 0; j < page->cells->len; j++)
        {
          const MadangRectangle *cell = &g_array_index (page->cells, MadangPlacedCell, j).area;

          if (text->x > cell->x && text->x < cell->x + cell->width && text->y >= cell->y - NEAR
              && text->y < cell->y + cell->height - NEAR)
            g_assert_cmpfloat (end, <=, cell->y + cell->height + NEAR);
        }
    }
}

/* Areas of the cells of a table make up its outline: no hole, no open border. */
static void
assert_tables_filled (const MadangPage *page)
{
  double cells = 0;
  double tables = 0;

  for (guint i = 0; i < page->cells->len; i++)
    {
      const MadangRectangle *area = &g_array_index (page->cells, MadangPlacedCell, i).area;

      cells += area->width * area->height;
    }
  for (guint i = 0; i < page->tables->len; i++)
    {
      const MadangRectangle *area = &g_array_index (page->tables, MadangRectangle, i);

      tables += area->width * area->height;
    }
  g_assert_cmpfloat_with_epsilon (cells, tables, 1.0);
}

static void
assert_all_sound (MadangDocumentLayout *layout)
{
  for (guint i = 0; i < madang_document_layout_get_n_pages (layout); i++)
    {
      const MadangPage *page = madang_document_layout_get_page (layout, i);

      assert_sound (page);
      assert_texts_fit (page);
      assert_tables_filled (page);
    }
}

static char *
dup_all_text (MadangDocumentLayout *layout)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < madang_document_layout_get_n_pages (layout); i++)
    {
      g_autofree char *page = madang_document_layout_dup_text (layout, i);

      g_string_append (text, page);
    }
  return g_string_free (text, FALSE);
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *next = strstr (text, word); next != NULL; next = strstr (next + 1, word))
    n++;
  return n;
}

static void
test_empty (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("제목");
  g_autoptr (MadangDocumentLayout) layout = lay_out (document);
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
  madang_document_add_paragraph (document, "가\n나", &body, NULL);
  madang_document_begin_table (document, columns, 2);
  madang_document_begin_row (document);
  add_cell (document, "다", NULL, (MadangCellStyle){ .rows = 2 });
  add_cell (document, "라", NULL, (MadangCellStyle){ 0 });
  madang_document_end_row (document);
  madang_document_begin_row (document);
  add_cell (document, "마", NULL, (MadangCellStyle){ 0 });
  madang_document_end_row (document);
  madang_document_end_table (document);
  madang_document_add_paragraph (document, "바", &body, NULL);
  layout = lay_out (document);
  text = madang_document_layout_dup_text (layout, 0);
  g_assert_cmpstr (text, ==, "가\n나\n다\n라\n마\n바\n처음\n1 / 1\n끝");
}

static void
test_spans (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("칸");
  const MadangColumn columns[] = { { 30 }, { 40 }, { 50 } };
  g_autoptr (MadangDocumentLayout) layout = NULL;
  double mm = MADANG_POINTS_PER_MILLIMETRE;
  double left = (A4_WIDTH - 120 * mm) / 2;

  madang_document_begin_table (document, columns, 3);
  madang_document_begin_row (document);
  add_cell (document, NULL, "tall", (MadangCellStyle){ .rows = 2, .minimum_height = 50 });
  add_cell (document, NULL, "wide", (MadangCellStyle){ .columns = 2, .minimum_height = 20 });
  madang_document_end_row (document);
  madang_document_begin_row (document);
  add_cell (document, NULL, "middle", (MadangCellStyle){ .minimum_height = 10 });
  add_cell (document, NULL, "corner", (MadangCellStyle){ 0 });
  madang_document_end_row (document);
  madang_document_begin_row (document);
  add_cell (document, NULL, "whole",
            (MadangCellStyle){ .columns = 9, .rows = 9, .minimum_height = 8 });
  madang_document_end_row (document);
  madang_document_end_table (document);
  layout = lay_out (document);
  assert_area (find (layout, "tall"), left, MARGIN, 30 * mm, 50 * mm);
  assert_area (find (layout, "wide"), left + 30 * mm, MARGIN, 90 * mm, 20 * mm);
  assert_area (find (layout, "middle"), left + 30 * mm, MARGIN + 20 * mm, 40 * mm, 30 * mm);
  assert_area (find (layout, "corner"), left + 70 * mm, MARGIN + 20 * mm, 50 * mm, 30 * mm);
  assert_area (find (layout, "whole"), left, MARGIN + 50 * mm, 120 * mm, 8 * mm);
  g_assert_cmpstr (madang_document_layout_pick (layout, 0, left + 31 * mm, MARGIN + 21 * mm), ==,
                   "middle");
  g_assert_null (madang_document_layout_pick (layout, 0, left - 1, MARGIN + 1));
  assert_all_sound (layout);
}

static void
test_too_wide (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("넓은 표");
  const MadangColumn columns[] = { { 300 }, { 100 } };
  g_autoptr (MadangDocumentLayout) layout = NULL;
  double mm = MADANG_POINTS_PER_MILLIMETRE;

  madang_document_begin_table (document, columns, 2);
  madang_document_begin_row (document);
  add_cell (document, NULL, "a", (MadangCellStyle){ .minimum_height = 10 });
  add_cell (document, NULL, "b", (MadangCellStyle){ 0 });
  madang_document_end_row (document);
  madang_document_end_table (document);
  layout = lay_out (document);
  assert_area (find (layout, "a"), MARGIN, MARGIN, 127.5 * mm, 10 * mm);
  assert_area (find (layout, "b"), MARGIN + 127.5 * mm, MARGIN, 42.5 * mm, 10 * mm);
}

static void
test_vertical_centre (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("가운데");
  const MadangColumn columns[] = { { 100 } };
  g_autoptr (MadangDocumentLayout) layout = NULL;
  const MadangPlacedText *text;

  madang_document_begin_table (document, columns, 1);
  madang_document_begin_row (document);
  add_cell (document, "가", NULL, (MadangCellStyle){ .middle = TRUE, .minimum_height = 40 });
  madang_document_end_row (document);
  madang_document_end_table (document);
  layout = lay_out (document);
  text = &g_array_index (madang_document_layout_get_page (layout, 0)->texts, MadangPlacedText, 0);
  g_assert_cmpfloat_with_epsilon (text->y + measure_text (text) / 2,
                                  MARGIN + 20 * MADANG_POINTS_PER_MILLIMETRE, NEAR);
}

static void
test_long_cell (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("긴 칸");
  const MadangColumn columns[] = { { 30 }, { 140 } };
  g_autofree char *words = repeat ("가나다라 ", 1200);
  g_autoptr (MadangDocumentLayout) layout = NULL;
  g_autofree char *text = NULL;
  guint n_pages;

  madang_document_begin_table (document, columns, 2);
  madang_document_begin_row (document);
  add_cell (document, "이름표", NULL,
            (MadangCellStyle){ .middle = TRUE, .repeated = TRUE, .shaded = TRUE });
  add_cell (document, words, NULL, (MadangCellStyle){ 0 });
  madang_document_end_row (document);
  madang_document_begin_row (document);
  add_cell (document, "다음 줄", NULL, (MadangCellStyle){ .columns = 2 });
  madang_document_end_row (document);
  madang_document_end_table (document);
  layout = lay_out (document);
  n_pages = madang_document_layout_get_n_pages (layout);
  text = dup_all_text (layout);
  g_assert_cmpuint (n_pages, ==, 3);
  g_assert_cmpuint (count (text, "이름표"), ==, n_pages);
  g_assert_cmpuint (count (text, "다음 줄"), ==, 1);
  for (const char *syllable = "가나다라"; *syllable != '\0'; syllable = g_utf8_next_char (syllable))
    {
      g_autofree char *one = g_strndup (syllable, 3);

      g_assert_cmpuint (count (text, one), ==, 1200 + (strcmp (one, "다") == 0 ? 1 : 0));
    }
  assert_all_sound (layout);
  for (guint i = 0; i + 1 < n_pages; i++)
    {
      const MadangPage *page = madang_document_layout_get_page (layout, i);
      const MadangRectangle *table = &g_array_index (page->tables, MadangRectangle, 0);

      /* The page is used to within two lines. */
      g_assert_cmpuint (page->tables->len, ==, 1);
      g_assert_cmpfloat (table->y + table->height, >, A4_HEIGHT - MARGIN - 2 * 16);
    }
}

static void
test_tall_span_over_pages (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("긴 이름표");
  const MadangColumn columns[] = { { 30 }, { 140 } };
  g_autoptr (MadangDocumentLayout) layout = NULL;
  g_autofree char *text = NULL;

  madang_document_begin_table (document, columns, 2);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *row = g_strdup_printf ("줄%u.", i);

      madang_document_begin_row (document);
      if (i == 0)
        add_cell (document, "이름표", NULL,
                  (MadangCellStyle){ .rows = 30, .middle = TRUE, .repeated = TRUE });
      add_cell (document, row, NULL, (MadangCellStyle){ .minimum_height = 15 });
      madang_document_end_row (document);
    }
  madang_document_end_table (document);
  layout = lay_out (document);
  text = dup_all_text (layout);
  g_assert_cmpuint (madang_document_layout_get_n_pages (layout), ==, 2);
  g_assert_cmpuint (count (text, "이름표"), ==, 2);
  g_assert_cmpuint (count (text, "줄"), ==, 30);
  assert_all_sound (layout);
}

static void
test_keeps_lines_together (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("외톨이");
  g_autoptr (MadangDocumentLayout) layout = NULL;
  guint n_runs = 0;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *paragraph = repeat ("가나다라마바사아자차 ", 20 + i);

      madang_document_add_paragraph (document, paragraph, &body, NULL);
    }
  layout = lay_out (document);
  g_assert_cmpuint (madang_document_layout_get_n_pages (layout), >, 3);
  for (guint i = 0; i < madang_document_layout_get_n_pages (layout); i++)
    {
      const MadangPage *page = madang_document_layout_get_page (layout, i);

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
        madang_document_add_paragraph (document, "줄", &body, NULL);
      madang_document_add_paragraph (document, "머리말", &heading, NULL);
      madang_document_add_paragraph (document, "내용", &body, NULL);
      layout = lay_out (document);
      first = madang_document_layout_dup_text (layout, 0);
      g_assert_cmpuint (count (first, "머리말"), ==, count (first, "내용"));
    }
}

/* A row that must not be parted, and one that follows it on the same page. */
static void
test_kept_rows (void)
{
  const MadangColumn columns[] = { { 170 } };
  guint n_moved = 0;

  for (guint n = 1; n < 20; n++)
    {
      g_autoptr (MadangDocument) document = madang_document_new ("맺음");
      g_autoptr (MadangDocumentLayout) layout = NULL;
      g_autofree char *text = NULL;

      madang_document_begin_table (document, columns, 1);
      for (guint i = 0; i < n; i++)
        {
          madang_document_begin_row (document);
          add_cell (document, "줄", NULL, (MadangCellStyle){ .minimum_height = 20 });
          madang_document_end_row (document);
        }
      madang_document_begin_row (document);
      add_cell (document, "위와 같이\n신청합니다", NULL,
                (MadangCellStyle){ .together = TRUE, .keep_with_next = TRUE });
      madang_document_end_row (document);
      madang_document_begin_row (document);
      add_cell (document, "귀하", NULL, (MadangCellStyle){ .together = TRUE });
      madang_document_end_row (document);
      madang_document_end_table (document);
      layout = lay_out (document);
      text = madang_document_layout_dup_text (layout, 0);
      g_assert_cmpuint (count (text, "위와"), ==, count (text, "신청합니다"));
      g_assert_cmpuint (count (text, "위와"), ==, count (text, "귀하"));
      n_moved += 1 - count (text, "귀하");
      assert_all_sound (layout);
    }
  g_assert_cmpuint (n_moved, ==, 8);
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

  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), &body, "line");
  layout = lay_out (document);
  officer = find (layout, "officer");
  rank = find (layout, "rank");
  line = find (layout, "line");
  assert_area (line, MARGIN, MARGIN, A4_WIDTH - 2 * MARGIN, 16);
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
  g_autofree char *words = repeat ("가나다라마바사아자차 ", 10);
  MadangSpan spans[] = { { .text = "- ", .marker = TRUE }, { .text = words } };
  g_autoptr (MadangDocumentLayout) layout = NULL;
  const MadangShape *shape;
  double x;
  double width;

  madang_document_add_spans (document, spans, 2, &body, NULL);
  layout = lay_out (document);
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

  madang_document_add_paragraph (document, "첫째 줄\n둘째 줄", &body, "a");
  madang_document_add_paragraph (document, third, &body, anchor);
  madang_document_add_paragraph (document, "넷째 줄", &body, "c");
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
  layout = lay_out (document);
  g_assert_cmpuint (madang_document_layout_get_n_shaped (layout) - 2, ==,
                    G_N_ELEMENTS (styles) * G_N_ELEMENTS (spans));
}

static void
test_invalid_text (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("\xff");
  g_autoptr (MadangDocumentLayout) layout = NULL;
  g_autofree char *text = NULL;

  madang_document_add_paragraph (document, "가\xff<b>&amp;</b>", &body, NULL);
  layout = lay_out (document);
  text = madang_document_layout_dup_text (layout, 0);
  g_assert_cmpstr (text, ==, "가\xef\xbf\xbd<b>&amp;</b>\n1 / 1");
}

/* A table of random cells: each word must come out once, on sound pages, in order of reading. */
static void
test_random_tables (void)
{
  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (MadangDocument) document = madang_document_new ("표");
      MadangColumn columns[5];
      guint n_columns = (guint)g_test_rand_int_range (1, 6);
      guint n_rows = (guint)g_test_rand_int_range (1, 12);
      g_autoptr (GArray) covered = g_array_new (FALSE, TRUE, sizeof (guint));
      g_autoptr (MadangDocumentLayout) layout = NULL;
      g_autofree char *text = NULL;
      guint n_words = 0;

      for (guint i = 0; i < n_columns; i++)
        columns[i].width = 170.0 / n_columns;
      g_array_set_size (covered, n_columns);
      madang_document_begin_table (document, columns, n_columns);
      for (guint row = 0; row < n_rows; row++)
        {
          guint column = 0;

          madang_document_begin_row (document);
          while (column < n_columns)
            {
              guint width = 1;
              guint rows = (guint)g_test_rand_int_range (1, 4);
              GString *words = g_string_new (NULL);

              if (g_array_index (covered, guint, column) > 0)
                {
                  column++;
                  continue;
                }
              if (column + 1 < n_columns && g_array_index (covered, guint, column + 1) == 0)
                width = (guint)g_test_rand_int_range (1, 3);
              for (gint32 i = g_test_rand_int_range (0, g_test_rand_bit () ? 12 : 300); i > 0; i--)
                g_string_append_printf (words, "w%u.%s", n_words++,
                                        g_test_rand_int_range (0, 4) == 0 ? "\n" : " ");
              add_cell (document, words->str, NULL,
                        (MadangCellStyle){ .columns = width,
                                           .rows = rows,
                                           .middle = g_test_rand_bit (),
                                           .minimum_height = g_test_rand_int_range (0, 40),
                                           .together = g_test_rand_int_range (0, 8) == 0,
                                           .keep_with_next = g_test_rand_int_range (0, 8) == 0 });
              g_string_free (words, TRUE);
              for (guint i = 0; i < width; i++)
                g_array_index (covered, guint, column + i) = rows;
              column += width;
            }
          madang_document_end_row (document);
          for (guint i = 0; i < n_columns; i++)
            if (g_array_index (covered, guint, i) > 0)
              g_array_index (covered, guint, i)--;
        }
      madang_document_end_table (document);
      layout = lay_out (document);
      text = dup_all_text (layout);
      assert_all_sound (layout);
      for (guint i = 0; i < n_words; i++)
        {
          g_autofree char *word = g_strdup_printf ("w%u.", i);

          g_assert_cmpuint (count (text, word), ==, 1);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document-layout/empty", test_empty);
  g_test_add_func ("/document-layout/no-document", test_no_document);
  g_test_add_func ("/document-layout/text-order", test_text_order);
  g_test_add_func ("/document-layout/spans", test_spans);
  g_test_add_func ("/document-layout/too-wide", test_too_wide);
  g_test_add_func ("/document-layout/vertical-centre", test_vertical_centre);
  g_test_add_func ("/document-layout/long-cell", test_long_cell);
  g_test_add_func ("/document-layout/tall-span-over-pages", test_tall_span_over_pages);
  g_test_add_func ("/document-layout/keeps-lines-together", test_keeps_lines_together);
  g_test_add_func ("/document-layout/heading-stays-with-text", test_heading_stays_with_text);
  g_test_add_func ("/document-layout/kept-rows", test_kept_rows);
  g_test_add_func ("/document-layout/span-anchors", test_span_anchors);
  g_test_add_func ("/document-layout/marker-hangs", test_marker_hangs);
  g_test_add_func ("/document-layout/cache", test_cache);
  g_test_add_func ("/document-layout/cache-tells-styles-apart", test_cache_tells_styles_apart);
  g_test_add_func ("/document-layout/invalid-text", test_invalid_text);
  g_test_add_func ("/document-layout/random-tables", test_random_tables);
  return g_test_run ();
}
