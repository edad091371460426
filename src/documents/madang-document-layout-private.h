/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document-layout.h"
#include "madang-paper-page.h"

G_BEGIN_DECLS

/* Fills pages from top to bottom. */
typedef struct
{
  MadangShaper *shaper;  /* borrowed */
  GPtrArray *pages;      /* borrowed, of MadangPaperPage */
  MadangPaperPage *page; /* the last of them */
  double left;
  double top;
  double bottom;
  double width;
  double y;    /* where the next thing stands */
  guint order; /* of reading, of the next thing */
} MadangPaginator;

void madang_paginator_break (MadangPaginator *self);
gboolean madang_paginator_is_at_top (const MadangPaginator *self);
void madang_paginator_place_table (MadangPaginator *self, const MadangTable *table);

/* Borrowed until the next set_document: for tests of the geometry. */
const MadangPaperPage *madang_document_layout_get_page (MadangDocumentLayout *self, guint page);
/* How many paragraphs the latest madang_document_layout_set_document() shaped anew, and how many
 * it found as they were: for tests and benchmarks. */
guint madang_document_layout_get_n_shaped (MadangDocumentLayout *self);
guint madang_document_layout_get_n_kept (MadangDocumentLayout *self);

G_END_DECLS
