/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-document-layout.h"

#include "madang-document-layout-private.h"

#define PAGE_WIDTH (210.0 * MADANG_POINTS_PER_MILLIMETRE)
#define PAGE_HEIGHT (297.0 * MADANG_POINTS_PER_MILLIMETRE)
#define FOOTER_SIZE 7.5
#define FOOTER_GAP (3.0 * MADANG_POINTS_PER_MILLIMETRE)
#define TOLERANCE 0.01

struct _MadangDocumentLayout
{
  GObject parent_instance;

  MadangDocument *document; /* (owned) (nullable) */
  MadangShaper *shaper;     /* (owned) */
  GPtrArray *pages;         /* (owned) of MadangPaperPage */
};

G_DEFINE_FINAL_TYPE (MadangDocumentLayout, madang_document_layout, G_TYPE_OBJECT)

static MadangPaginator
create_paginator (MadangDocumentLayout *self)
{
  const MadangMargins *margins = madang_document_get_margins (self->document);
  MadangPaginator paginator = { .shaper = self->shaper, .pages = self->pages };

  paginator.left = margins->left * MADANG_POINTS_PER_MILLIMETRE;
  paginator.width = PAGE_WIDTH - paginator.left - margins->right * MADANG_POINTS_PER_MILLIMETRE;
  paginator.top = margins->top * MADANG_POINTS_PER_MILLIMETRE;
  paginator.bottom = PAGE_HEIGHT - margins->bottom * MADANG_POINTS_PER_MILLIMETRE;
  madang_paginator_break (&paginator);
  return paginator;
}

static void
place_flow (MadangPaginator *paginator, const MadangFlow *flow)
{
  guint next = 0;

  while (next < flow->len)
    {
      guint n = madang_flow_fit (flow, next, paginator->bottom - paginator->y,
                                 madang_paginator_is_at_top (paginator));
      MadangRectangle area = { paginator->left, paginator->y, paginator->width, 0 };

      area.height = madang_flow_measure (flow, next, n);
      madang_paper_page_place (paginator->page, flow, next, n, paginator->y, &area,
                               paginator->order);
      paginator->y += area.height;
      next += n;
      if (next < flow->len)
        madang_paginator_break (paginator);
    }
  paginator->order++;
}

/* Paragraphs outside tables, up to the next table. Returns the first block that is none. */
static guint
place_paragraphs (MadangPaginator *paginator, const GPtrArray *blocks, guint first)
{
  g_autoptr (GArray) flow = madang_flow_new ();
  const MadangParagraph *last = NULL;
  guint i;

  for (i = first; i < blocks->len; i++)
    {
      const MadangBlock *block = g_ptr_array_index (blocks, i);

      if (block->paragraph == NULL)
        break;
      last = block->paragraph;
      madang_flow_append (flow, block->paragraph,
                          madang_shaper_shape (paginator->shaper, block->paragraph,
                                               paginator->width));
    }
  if (!madang_paginator_is_at_top (paginator))
    paginator->y += g_array_index (flow, MadangFlowLine, 0).gap;
  place_flow (paginator, flow);
  paginator->y += last->style.after * MADANG_POINTS_PER_MILLIMETRE;
  return i;
}

static void
place_blocks (MadangPaginator *paginator, const GPtrArray *blocks)
{
  guint i = 0;

  while (i < blocks->len)
    {
      const MadangBlock *block = g_ptr_array_index (blocks, i);

      if (block->table == NULL)
        i = place_paragraphs (paginator, blocks, i);
      else
        {
          madang_paginator_place_table (paginator, block->table);
          i++;
        }
    }
}

static void
place_footer_text (MadangPaginator *paginator,
                   MadangPaperPage *page,
                   const char *text,
                   MadangAlign align)
{
  const MadangParagraphStyle style = { .size = FOOTER_SIZE, .faint = TRUE, .align = align };
  MadangSpan span = { .text = text };
  g_autoptr (MadangParagraph) paragraph = madang_paragraph_new (&span, 1, &style, NULL);
  MadangShape *shape = madang_shaper_shape (paginator->shaper, paragraph, paginator->width);
  MadangPlacedText placed = { .n_lines = 1, .x = paginator->left };

  placed.shape = madang_shape_ref (shape);
  placed.y = paginator->bottom + FOOTER_GAP;
  placed.order = paginator->order++;
  g_array_append_val (page->texts, placed);
}

static void
place_footers (MadangPaginator *paginator, MadangDocument *document)
{
  const char *start = madang_document_get_footer_start (document);
  const char *end = madang_document_get_footer_end (document);

  for (guint i = 0; i < paginator->pages->len; i++)
    {
      MadangPaperPage *page = g_ptr_array_index (paginator->pages, i);
      g_autofree char *number = g_strdup_printf ("%u / %u", i + 1, paginator->pages->len);

      if (start != NULL)
        place_footer_text (paginator, page, start, MADANG_ALIGN_START);
      place_footer_text (paginator, page, number, MADANG_ALIGN_CENTRE);
      if (end != NULL)
        place_footer_text (paginator, page, end, MADANG_ALIGN_END);
      madang_paper_page_sort (page);
    }
}

static MadangPaperPage *
find_page (MadangDocumentLayout *self, guint page)
{
  return page < self->pages->len ? g_ptr_array_index (self->pages, page) : NULL;
}

static gboolean
contains (const MadangRectangle *area, double x, double y)
{
  return x >= area->x && x < area->x + area->width && y >= area->y && y < area->y + area->height;
}

static void
unite (MadangRectangle *area, const MadangRectangle *other)
{
  double right = MAX (area->x + area->width, other->x + other->width);
  double bottom = MAX (area->y + area->height, other->y + other->height);

  area->x = MIN (area->x, other->x);
  area->y = MIN (area->y, other->y);
  area->width = right - area->x;
  area->height = bottom - area->y;
}

/* The words themselves rather than the line or cell around them, where both lead to the field. */
static gboolean
find_on_page (const MadangPaperPage *page, const char *anchor, MadangRectangle *area)
{
  const MadangPlacedAnchor *found = NULL;

  for (guint i = 0; i < page->anchors->len; i++)
    {
      const MadangPlacedAnchor *placed = &g_array_index (page->anchors, MadangPlacedAnchor, i);

      if (strcmp (placed->anchor, anchor) != 0 || (found != NULL && placed->level < found->level))
        continue;
      if (found != NULL && placed->level == found->level)
        unite (area, &placed->area);
      else
        *area = placed->area;
      found = placed;
    }
  return found != NULL;
}

static void
madang_document_layout_dispose (GObject *object)
{
  MadangDocumentLayout *self = MADANG_DOCUMENT_LAYOUT (object);

  g_ptr_array_set_size (self->pages, 0);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (madang_document_layout_parent_class)->dispose (object);
}

static void
madang_document_layout_finalize (GObject *object)
{
  MadangDocumentLayout *self = MADANG_DOCUMENT_LAYOUT (object);

  g_ptr_array_unref (self->pages);
  madang_shaper_free (self->shaper);
  G_OBJECT_CLASS (madang_document_layout_parent_class)->finalize (object);
}

static void
madang_document_layout_class_init (MadangDocumentLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = madang_document_layout_dispose;
  object_class->finalize = madang_document_layout_finalize;
}

static void
madang_document_layout_init (MadangDocumentLayout *self)
{
  self->shaper = madang_shaper_new ();
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_paper_page_free);
}

MadangDocumentLayout *
madang_document_layout_new (void)
{
  return g_object_new (MADANG_TYPE_DOCUMENT_LAYOUT, NULL);
}

void
madang_document_layout_set_document (MadangDocumentLayout *self, MadangDocument *document)
{
  MadangPaginator paginator;

  g_return_if_fail (MADANG_IS_DOCUMENT_LAYOUT (self));
  g_return_if_fail (document == NULL || madang_document_is_closed (document));

  g_ptr_array_set_size (self->pages, 0);
  g_set_object (&self->document, document);
  if (document == NULL)
    return;
  madang_shaper_begin (self->shaper);
  paginator = create_paginator (self);
  place_blocks (&paginator, madang_document_get_blocks (document));
  place_footers (&paginator, document);
  madang_shaper_end (self->shaper);
}

MadangDocument *
madang_document_layout_get_document (MadangDocumentLayout *self)
{
  g_return_val_if_fail (MADANG_IS_DOCUMENT_LAYOUT (self), NULL);

  return self->document;
}

guint
madang_document_layout_get_n_pages (MadangDocumentLayout *self)
{
  g_return_val_if_fail (MADANG_IS_DOCUMENT_LAYOUT (self), 0);

  return self->pages->len;
}

void
madang_document_layout_get_page_size (MadangDocumentLayout *self, double *width, double *height)
{
  g_return_if_fail (MADANG_IS_DOCUMENT_LAYOUT (self));

  if (width != NULL)
    *width = PAGE_WIDTH;
  if (height != NULL)
    *height = PAGE_HEIGHT;
}

void
madang_document_layout_draw (MadangDocumentLayout *self, cairo_t *cr, guint page)
{
  g_return_if_fail (MADANG_IS_DOCUMENT_LAYOUT (self) && cr != NULL);
  g_return_if_fail (page < self->pages->len);

  madang_paper_page_draw (find_page (self, page), cr);
}

/* Areas lie in each other: words within a line within a cell. The innermost is meant. */
const char *
madang_document_layout_pick (MadangDocumentLayout *self, guint page, double x, double y)
{
  const MadangPaperPage *placed;
  const MadangPlacedAnchor *picked = NULL;

  g_return_val_if_fail (MADANG_IS_DOCUMENT_LAYOUT (self), NULL);

  placed = find_page (self, page);
  for (guint i = 0; placed != NULL && i < placed->anchors->len; i++)
    {
      const MadangPlacedAnchor *candidate = &g_array_index (placed->anchors, MadangPlacedAnchor, i);

      if (contains (&candidate->area, x, y)
          && (picked == NULL || candidate->level >= picked->level))
        picked = candidate;
    }
  return picked != NULL ? picked->anchor : NULL;
}

gboolean
madang_document_layout_find (MadangDocumentLayout *self,
                             const char *anchor,
                             guint *page,
                             double *x,
                             double *y,
                             double *width,
                             double *height)
{
  g_return_val_if_fail (MADANG_IS_DOCUMENT_LAYOUT (self) && anchor != NULL, FALSE);

  for (guint i = 0; i < self->pages->len; i++)
    {
      MadangRectangle area;

      if (!find_on_page (find_page (self, i), anchor, &area))
        continue;
      if (page != NULL)
        *page = i;
      if (x != NULL)
        *x = area.x;
      if (y != NULL)
        *y = area.y;
      if (width != NULL)
        *width = area.width;
      if (height != NULL)
        *height = area.height;
      return TRUE;
    }
  return FALSE;
}

char *
madang_document_layout_dup_text (MadangDocumentLayout *self, guint page)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const MadangPaperPage *placed;

  g_return_val_if_fail (MADANG_IS_DOCUMENT_LAYOUT (self), NULL);

  placed = find_page (self, page);
  for (guint i = 0; placed != NULL && i < placed->texts->len; i++)
    {
      const MadangPlacedText *run = &g_array_index (placed->texts, MadangPlacedText, i);
      g_autofree char *lines = madang_shape_dup_text (run->shape, run->first, run->n_lines);

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, lines);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const MadangPaperPage *
madang_document_layout_get_page (MadangDocumentLayout *self, guint page)
{
  return find_page (self, page);
}

guint
madang_document_layout_get_n_shaped (MadangDocumentLayout *self)
{
  return madang_shaper_get_n_shaped (self->shaper);
}

guint
madang_document_layout_get_n_kept (MadangDocumentLayout *self)
{
  return madang_shaper_get_n_kept (self->shaper);
}

void
madang_paginator_break (MadangPaginator *self)
{
  self->page = madang_paper_page_new ();
  g_ptr_array_add (self->pages, self->page);
  self->y = self->top;
}

gboolean
madang_paginator_is_at_top (const MadangPaginator *self)
{
  return self->y <= self->top + TOLERANCE;
}
