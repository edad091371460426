/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-flow.h"

G_BEGIN_DECLS

/* What stands where on a page; points from its top left corner. */

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} MadangRectangle;

/* Consecutive lines of one paragraph. */
typedef struct
{
  MadangShape *shape; /* (owned) */
  guint first;
  guint n_lines;
  double x;
  double y;
  guint order; /* of reading, within the page */
} MadangPlacedText;

/* The part of a cell that is on the page. */
typedef struct
{
  MadangRectangle area;
  gboolean shaded;
} MadangPlacedCell;

/* From the outside in. */
typedef enum
{
  MADANG_ANCHOR_CELL,
  MADANG_ANCHOR_PARAGRAPH,
  MADANG_ANCHOR_SPAN,
} MadangAnchorLevel;

typedef struct
{
  const char *anchor; /* borrowed from the document */
  MadangAnchorLevel level;
  MadangRectangle area;
} MadangPlacedAnchor;

typedef struct
{
  GArray *texts;   /* (owned) of MadangPlacedText, in the order of reading once sorted */
  GArray *cells;   /* (owned) of MadangPlacedCell */
  GArray *tables;  /* (owned) of MadangRectangle: outlines */
  GArray *seals;   /* (owned) of MadangRectangle */
  GArray *anchors; /* (owned) of MadangPlacedAnchor */
} MadangPaperPage;

MadangPaperPage *madang_paper_page_new (void);
void madang_paper_page_free (MadangPaperPage *self);
/* Places lines of a flow below each other, with their seals and anchors; the anchors of the
 * paragraphs share out the whole area from its top to its bottom. */
void madang_paper_page_place (MadangPaperPage *self,
                              const MadangFlow *flow,
                              guint first,
                              guint n_lines,
                              double y,
                              const MadangRectangle *area,
                              guint order);
/* Nothing is added for an anchor of NULL. */
void madang_paper_page_add_anchor (MadangPaperPage *self,
                                   const char *anchor,
                                   MadangAnchorLevel level,
                                   const MadangRectangle *area);
void madang_paper_page_sort (MadangPaperPage *self);
void madang_paper_page_draw (const MadangPaperPage *self, cairo_t *cr);

G_END_DECLS
