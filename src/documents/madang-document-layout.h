/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "madang-document.h"

G_BEGIN_DECLS

/**
 * MadangDocumentLayout:
 *
 * A document broken into pages: the same for screen, print and PDF. Units are points (1/72
 * inch), origin at the top left of a page. Keeps the shaped paragraphs of the document that it
 * laid out before, so that one changed word costs one paragraph. Confined to one thread.
 */
#define MADANG_TYPE_DOCUMENT_LAYOUT (madang_document_layout_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangDocumentLayout, madang_document_layout, MADANG, DOCUMENT_LAYOUT, GObject)

MadangDocumentLayout *madang_document_layout_new (void);
/* Lays out a closed document (nullable) at once. */
void madang_document_layout_set_document (MadangDocumentLayout *self, MadangDocument *document);
MadangDocument *madang_document_layout_get_document (MadangDocumentLayout *self);
guint madang_document_layout_get_n_pages (MadangDocumentLayout *self);
void
madang_document_layout_get_page_size (MadangDocumentLayout *self, double *width, double *height);
/* Draws what stands on the page, counted from 0; the paper itself is the caller's to paint. */
void madang_document_layout_draw (MadangDocumentLayout *self, cairo_t *cr, guint page);
/* The field at a point, borrowed until the next set_document, or NULL. An empty field has its
 * place, too. */
const char *
madang_document_layout_pick (MadangDocumentLayout *self, guint page, double x, double y);
/* Where a field stands on the first page that shows it, heading and all. FALSE when the paper does
 * not show it. Out parameters are nullable. */
gboolean madang_document_layout_find (MadangDocumentLayout *self,
                                      const char *anchor,
                                      guint *page,
                                      double *x,
                                      double *y,
                                      double *width,
                                      double *height);
/* All text of a page in reading order, a line a paragraph: for tests and the accessibility tree. */
char *madang_document_layout_dup_text (MadangDocumentLayout *self, guint page);

G_END_DECLS
