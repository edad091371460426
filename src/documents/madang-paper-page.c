/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-paper-page.h"

static void
clear_text (gpointer data)
{
  MadangPlacedText *text = data;

  g_clear_pointer (&text->shape, madang_shape_unref);
}

static void
place_seal (MadangPaperPage *self, const MadangPlacedText *text, const MadangDocumentSpan *span)
{
  double side = span->seal * MADANG_POINTS_PER_MILLIMETRE;
  double y = text->y;

  for (guint i = text->first; i < text->first + text->n_lines; i++)
    {
      double height = g_array_index (text->shape->lines, MadangShapedLine, i).height;
      double x;
      double width;

      if (madang_shape_get_range (text->shape, i, span->start, span->end, &x, &width))
        {
          MadangRectangle seal
              = { text->x + x + (width - side) / 2, y + (height - side) / 2, side, side };

          g_array_append_val (self->seals, seal);
          return;
        }
      y += height;
    }
}

static void
place_span_anchor (MadangPaperPage *self,
                   const MadangPlacedText *text,
                   const MadangDocumentSpan *span)
{
  double y = text->y;

  for (guint i = text->first; i < text->first + text->n_lines; i++)
    {
      MadangRectangle area = { .y = y };

      area.height = g_array_index (text->shape->lines, MadangShapedLine, i).height;
      if (madang_shape_get_range (text->shape, i, span->start, span->end, &area.x, &area.width))
        {
          area.x += text->x;
          madang_paper_page_add_anchor (self, span->anchor, MADANG_ANCHOR_SPAN, &area);
        }
      y += area.height;
    }
}

static void
place_spans (MadangPaperPage *self, const MadangPlacedText *text, const MadangParagraph *paragraph)
{
  for (guint i = 0; i < paragraph->spans->len; i++)
    {
      const MadangDocumentSpan *span = &g_array_index (paragraph->spans, MadangDocumentSpan, i);

      if (span->seal > 0)
        place_seal (self, text, span);
      if (span->anchor != NULL)
        place_span_anchor (self, text, span);
    }
}

/* Takes lines as long as they are of one paragraph; advances position and height. */
static MadangPlacedText
collect_text (const MadangFlow *flow, guint *position, guint end, double *y, gboolean at_top)
{
  const MadangFlowLine *line = &g_array_index (flow, MadangFlowLine, *position);
  MadangPlacedText text = { .first = line->line };

  if (!at_top)
    *y += line->gap;
  text.y = *y;
  text.shape = madang_shape_ref (line->shape);
  do
    {
      *y += line->height;
      text.n_lines++;
      (*position)++;
      line++;
    }
  while (*position < end && line->line > 0);
  return text;
}

static int
compare_texts (gconstpointer one, gconstpointer other)
{
  const MadangPlacedText *a = one;
  const MadangPlacedText *b = other;

  if (a->order != b->order)
    return a->order < b->order ? -1 : 1;
  return (a->y > b->y) - (a->y < b->y);
}

MadangPaperPage *
madang_paper_page_new (void)
{
  MadangPaperPage *self = g_new0 (MadangPaperPage, 1);

  self->texts = g_array_new (FALSE, FALSE, sizeof (MadangPlacedText));
  g_array_set_clear_func (self->texts, clear_text);
  self->cells = g_array_new (FALSE, FALSE, sizeof (MadangPlacedCell));
  self->tables = g_array_new (FALSE, FALSE, sizeof (MadangRectangle));
  self->seals = g_array_new (FALSE, FALSE, sizeof (MadangRectangle));
  self->anchors = g_array_new (FALSE, FALSE, sizeof (MadangPlacedAnchor));
  return self;
}

void
madang_paper_page_free (MadangPaperPage *self)
{
  g_array_unref (self->texts);
  g_array_unref (self->cells);
  g_array_unref (self->tables);
  g_array_unref (self->seals);
  g_array_unref (self->anchors);
  g_free (self);
}

void
madang_paper_page_place (MadangPaperPage *self,
                         const MadangFlow *flow,
                         guint first,
                         guint n_lines,
                         double y,
                         const MadangRectangle *area,
                         guint order)
{
  guint position = first;
  guint end = first + n_lines;
  double top = area->y;

  while (position < end)
    {
      const MadangParagraph *paragraph = g_array_index (flow, MadangFlowLine, position).paragraph;
      MadangPlacedText text = collect_text (flow, &position, end, &y, position == first);
      double bottom = area->y + area->height;

      text.x = area->x;
      text.order = order;
      g_array_append_val (self->texts, text);
      place_spans (self, &text, paragraph);
      if (position < end)
        bottom = y + g_array_index (flow, MadangFlowLine, position).gap;
      madang_paper_page_add_anchor (self, paragraph->anchor, MADANG_ANCHOR_PARAGRAPH,
                                    &(MadangRectangle){ area->x, top, area->width, bottom - top });
      top = bottom;
    }
}

void
madang_paper_page_add_anchor (MadangPaperPage *self,
                              const char *anchor,
                              MadangAnchorLevel level,
                              const MadangRectangle *area)
{
  MadangPlacedAnchor placed = { anchor, level, *area };

  if (anchor != NULL)
    g_array_append_val (self->anchors, placed);
}

void
madang_paper_page_sort (MadangPaperPage *self)
{
  g_array_sort (self->texts, compare_texts);
}
