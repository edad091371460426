/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-paper-page.h"

#define OUTLINE_WIDTH 0.7
#define CELL_LINE_WIDTH 0.4
#define SHADE 0.93
#define SEAL_GREY 0.62
#define SEAL_LINE_WIDTH 0.5

static void
add_rectangle (cairo_t *cr, const MadangRectangle *area)
{
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
}

static void
draw_cells (const MadangPaperPage *self, cairo_t *cr)
{
  cairo_set_source_rgb (cr, SHADE, SHADE, SHADE);
  for (guint i = 0; i < self->cells->len; i++)
    if (g_array_index (self->cells, MadangPlacedCell, i).shaded)
      add_rectangle (cr, &g_array_index (self->cells, MadangPlacedCell, i).area);
  cairo_fill (cr);

  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, CELL_LINE_WIDTH);
  for (guint i = 0; i < self->cells->len; i++)
    add_rectangle (cr, &g_array_index (self->cells, MadangPlacedCell, i).area);
  cairo_stroke (cr);

  cairo_set_line_width (cr, OUTLINE_WIDTH);
  for (guint i = 0; i < self->tables->len; i++)
    add_rectangle (cr, &g_array_index (self->tables, MadangRectangle, i));
  cairo_stroke (cr);
}

static void
draw_seals (const MadangPaperPage *self, cairo_t *cr)
{
  const double dashes[] = { 2.0, 2.0 };

  cairo_set_source_rgb (cr, SEAL_GREY, SEAL_GREY, SEAL_GREY);
  cairo_set_line_width (cr, SEAL_LINE_WIDTH);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (guint i = 0; i < self->seals->len; i++)
    add_rectangle (cr, &g_array_index (self->seals, MadangRectangle, i));
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_text (const MadangPlacedText *text, cairo_t *cr)
{
  double y = text->y;

  for (guint i = text->first; i < text->first + text->n_lines; i++)
    {
      const MadangShapedLine *line = &g_array_index (text->shape->lines, MadangShapedLine, i);

      cairo_move_to (cr, text->x + line->x, y + line->baseline);
      pango_cairo_show_layout_line (cr, line->line);
      y += line->height;
    }
}

void
madang_paper_page_draw (const MadangPaperPage *self, cairo_t *cr)
{
  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  draw_cells (self, cr);
  draw_seals (self, cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < self->texts->len; i++)
    draw_text (&g_array_index (self->texts, MadangPlacedText, i), cr);
  cairo_restore (cr);
}
