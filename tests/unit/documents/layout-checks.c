/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout-checks.h"

const MadangParagraphStyle layout_checks_body = { .size = 10 };

MadangDocumentLayout *
layout_checks_lay_out (MadangDocument *document)
{
  MadangDocumentLayout *layout = madang_document_layout_new ();

  madang_document_close (document);
  madang_document_layout_set_document (layout, document);
  return layout;
}

void
layout_checks_add_cell (MadangDocument *document,
                        const char *text,
                        const char *anchor,
                        MadangCellStyle style)
{
  madang_document_begin_cell (document, &style, anchor);
  if (text != NULL)
    madang_document_add_paragraph (document, text, &layout_checks_body, NULL);
  madang_document_end_cell (document);
}

char *
layout_checks_repeat (const char *text, guint n)
{
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (result, text);
  return g_string_free (result, FALSE);
}

MadangRectangle
layout_checks_find (MadangDocumentLayout *layout, const char *anchor)
{
  MadangRectangle area = { 0 };
  guint page = G_MAXUINT;

  g_assert_true (madang_document_layout_find (layout, anchor, &page, &area.x, &area.y, &area.width,
                                              &area.height));
  g_assert_cmpuint (page, ==, 0);
  return area;
}

void
layout_checks_assert_area (MadangRectangle area, double x, double y, double width, double height)
{
  g_assert_cmpfloat_with_epsilon (area.x, x, NEAR);
  g_assert_cmpfloat_with_epsilon (area.y, y, NEAR);
  g_assert_cmpfloat_with_epsilon (area.width, width, NEAR);
  g_assert_cmpfloat_with_epsilon (area.height, height, NEAR);
}

/* What holds for every page of every document: all inside the margins, cells within the outline
 * of a table and apart from each other, texts within cells. */
static void
assert_sound (const MadangPaperPage *page)
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

double
layout_checks_measure_text (const MadangPlacedText *text)
{
  double height = 0;

  for (guint i = text->first; i < text->first + text->n_lines; i++)
    height += g_array_index (text->shape->lines, MadangShapedLine, i).height;
  return height;
}

/* The cell (or none) that a text begins in holds all of it. */
static void
assert_texts_fit (const MadangPaperPage *page)
{
  for (guint i = 0; i < page->texts->len; i++)
    {
      const MadangPlacedText *text = &g_array_index (page->texts, MadangPlacedText, i);
      double end = text->y + layout_checks_measure_text (text);

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
assert_tables_filled (const MadangPaperPage *page)
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

void
layout_checks_assert_sound (MadangDocumentLayout *layout)
{
  for (guint i = 0; i < madang_document_layout_get_n_pages (layout); i++)
    {
      const MadangPaperPage *page = madang_document_layout_get_page (layout, i);

      assert_sound (page);
      assert_texts_fit (page);
      assert_tables_filled (page);
    }
}

char *
layout_checks_dup_text (MadangDocumentLayout *layout)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < madang_document_layout_get_n_pages (layout); i++)
    {
      g_autofree char *page = madang_document_layout_dup_text (layout, i);

      g_string_append (text, page);
    }
  return g_string_free (text, FALSE);
}

guint
layout_checks_count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *next = strstr (text, word); next != NULL; next = strstr (next + 1, word))
    n++;
  return n;
}
