/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-shape.h"

G_BEGIN_DECLS

/* Paragraphs one below another, seen as lines that a page break may part. */
typedef struct
{
  MadangShape *shape;         /* (owned) */
  MadangParagraph *paragraph; /* borrowed from the document: its anchors are the valid ones */
  guint line;
  double gap; /* above, unless it comes first on its page */
  double height;
  gboolean may_start; /* whether a page may begin with it */
} MadangFlowLine;

/* MadangFlowLine elements. */
typedef GArray MadangFlow;

MadangFlow *madang_flow_new (void);
void madang_flow_append (MadangFlow *self, MadangParagraph *paragraph, MadangShape *shape);
/* Height of some lines, the first of them standing at the top. */
double madang_flow_measure (const MadangFlow *self, guint first, guint n_lines);
/* How many lines from first on fit into height without parting what belongs together. With
 * force, at least one, if there is one, and rather a bad break than none. */
guint madang_flow_fit (const MadangFlow *self, guint first, double height, gboolean force);

G_END_DECLS
