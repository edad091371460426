/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout-checks.h"

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
  layout_checks_add_cell (document, NULL, "tall",
                          (MadangCellStyle){ .rows = 2, .minimum_height = 50 });
  layout_checks_add_cell (document, NULL, "wide",
                          (MadangCellStyle){ .columns = 2, .minimum_height = 20 });
  madang_document_end_row (document);
  madang_document_begin_row (document);
  layout_checks_add_cell (document, NULL, "middle", (MadangCellStyle){ .minimum_height = 10 });
  layout_checks_add_cell (document, NULL, "corner", (MadangCellStyle){ 0 });
  madang_document_end_row (document);
  madang_document_begin_row (document);
  layout_checks_add_cell (document, NULL, "whole",
                          (MadangCellStyle){ .columns = 9, .rows = 9, .minimum_height = 8 });
  madang_document_end_row (document);
  madang_document_end_table (document);
  layout = layout_checks_lay_out (document);
  layout_checks_assert_area (layout_checks_find (layout, "tall"), left, MARGIN, 30 * mm, 50 * mm);
  layout_checks_assert_area (layout_checks_find (layout, "wide"), left + 30 * mm, MARGIN, 90 * mm,
                             20 * mm);
  layout_checks_assert_area (layout_checks_find (layout, "middle"), left + 30 * mm,
                             MARGIN + 20 * mm, 40 * mm, 30 * mm);
  layout_checks_assert_area (layout_checks_find (layout, "corner"), left + 70 * mm,
                             MARGIN + 20 * mm, 50 * mm, 30 * mm);
  layout_checks_assert_area (layout_checks_find (layout, "whole"), left, MARGIN + 50 * mm, 120 * mm,
                             8 * mm);
  g_assert_cmpstr (madang_document_layout_pick (layout, 0, left + 31 * mm, MARGIN + 21 * mm), ==,
                   "middle");
  g_assert_null (madang_document_layout_pick (layout, 0, left - 1, MARGIN + 1));
  layout_checks_assert_sound (layout);
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
  layout_checks_add_cell (document, NULL, "a", (MadangCellStyle){ .minimum_height = 10 });
  layout_checks_add_cell (document, NULL, "b", (MadangCellStyle){ 0 });
  madang_document_end_row (document);
  madang_document_end_table (document);
  layout = layout_checks_lay_out (document);
  layout_checks_assert_area (layout_checks_find (layout, "a"), MARGIN, MARGIN, 127.5 * mm, 10 * mm);
  layout_checks_assert_area (layout_checks_find (layout, "b"), MARGIN + 127.5 * mm, MARGIN,
                             42.5 * mm, 10 * mm);
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
  layout_checks_add_cell (document, "가", NULL,
                          (MadangCellStyle){ .middle = TRUE, .minimum_height = 40 });
  madang_document_end_row (document);
  madang_document_end_table (document);
  layout = layout_checks_lay_out (document);
  text = &g_array_index (madang_document_layout_get_page (layout, 0)->texts, MadangPlacedText, 0);
  g_assert_cmpfloat_with_epsilon (text->y + layout_checks_measure_text (text) / 2,
                                  MARGIN + 20 * MADANG_POINTS_PER_MILLIMETRE, NEAR);
}

static void
test_long_cell (void)
{
  g_autoptr (MadangDocument) document = madang_document_new ("긴 칸");
  const MadangColumn columns[] = { { 30 }, { 140 } };
  g_autofree char *words = layout_checks_repeat ("가나다라 ", 1200);
  g_autoptr (MadangDocumentLayout) layout = NULL;
  g_autofree char *text = NULL;
  guint n_pages;

  madang_document_begin_table (document, columns, 2);
  madang_document_begin_row (document);
  layout_checks_add_cell (document, "이름표", NULL,
                          (MadangCellStyle){ .middle = TRUE, .repeated = TRUE, .shaded = TRUE });
  layout_checks_add_cell (document, words, NULL, (MadangCellStyle){ 0 });
  madang_document_end_row (document);
  madang_document_begin_row (document);
  layout_checks_add_cell (document, "다음 줄", NULL, (MadangCellStyle){ .columns = 2 });
  madang_document_end_row (document);
  madang_document_end_table (document);
  layout = layout_checks_lay_out (document);
  n_pages = madang_document_layout_get_n_pages (layout);
  text = layout_checks_dup_text (layout);
  g_assert_cmpuint (n_pages, ==, 3);
  g_assert_cmpuint (layout_checks_count (text, "이름표"), ==, n_pages);
  g_assert_cmpuint (layout_checks_count (text, "다음 줄"), ==, 1);
  for (const char *syllable = "가나다라"; *syllable != '\0'; syllable = g_utf8_next_char (syllable))
    {
      g_autofree char *one = g_strndup (syllable, 3);

      g_assert_cmpuint (layout_checks_count (text, one), ==,
                        1200 + (strcmp (one, "다") == 0 ? 1 : 0));
    }
  layout_checks_assert_sound (layout);
  for (guint i = 0; i + 1 < n_pages; i++)
    {
      const MadangPaperPage *page = madang_document_layout_get_page (layout, i);
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
        layout_checks_add_cell (document, "이름표", NULL,
                                (MadangCellStyle){ .rows = 30, .middle = TRUE, .repeated = TRUE });
      layout_checks_add_cell (document, row, NULL, (MadangCellStyle){ .minimum_height = 15 });
      madang_document_end_row (document);
    }
  madang_document_end_table (document);
  layout = layout_checks_lay_out (document);
  text = layout_checks_dup_text (layout);
  g_assert_cmpuint (madang_document_layout_get_n_pages (layout), ==, 2);
  g_assert_cmpuint (layout_checks_count (text, "이름표"), ==, 2);
  g_assert_cmpuint (layout_checks_count (text, "줄"), ==, 30);
  layout_checks_assert_sound (layout);
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
          layout_checks_add_cell (document, "줄", NULL, (MadangCellStyle){ .minimum_height = 20 });
          madang_document_end_row (document);
        }
      madang_document_begin_row (document);
      layout_checks_add_cell (document, "위와 같이\n신청합니다", NULL,
                              (MadangCellStyle){ .together = TRUE, .keep_with_next = TRUE });
      madang_document_end_row (document);
      madang_document_begin_row (document);
      layout_checks_add_cell (document, "귀하", NULL, (MadangCellStyle){ .together = TRUE });
      madang_document_end_row (document);
      madang_document_end_table (document);
      layout = layout_checks_lay_out (document);
      text = madang_document_layout_dup_text (layout, 0);
      g_assert_cmpuint (layout_checks_count (text, "위와"), ==,
                        layout_checks_count (text, "신청합니다"));
      g_assert_cmpuint (layout_checks_count (text, "위와"), ==, layout_checks_count (text, "귀하"));
      n_moved += 1 - layout_checks_count (text, "귀하");
      layout_checks_assert_sound (layout);
    }
  g_assert_cmpuint (n_moved, ==, 8);
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
              g_autoptr (GString) words = g_string_new (NULL);

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
              layout_checks_add_cell (document, words->str, NULL,
                                      (MadangCellStyle){
                                          .columns = width,
                                          .rows = rows,
                                          .middle = g_test_rand_bit (),
                                          .minimum_height = g_test_rand_int_range (0, 40),
                                          .together = g_test_rand_int_range (0, 8) == 0,
                                          .keep_with_next = g_test_rand_int_range (0, 8) == 0 });
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
      layout = layout_checks_lay_out (document);
      text = layout_checks_dup_text (layout);
      layout_checks_assert_sound (layout);
      for (guint i = 0; i < n_words; i++)
        {
          g_autofree char *word = g_strdup_printf ("w%u.", i);

          g_assert_cmpuint (layout_checks_count (text, word), ==, 1);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document-table/spans", test_spans);
  g_test_add_func ("/document-table/too-wide", test_too_wide);
  g_test_add_func ("/document-table/vertical-centre", test_vertical_centre);
  g_test_add_func ("/document-table/long-cell", test_long_cell);
  g_test_add_func ("/document-table/tall-span-over-pages", test_tall_span_over_pages);
  g_test_add_func ("/document-table/kept-rows", test_kept_rows);
  g_test_add_func ("/document-table/random-tables", test_random_tables);
  return g_test_run ();
}
