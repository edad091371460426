/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-document.h"

G_BEGIN_DECLS

/**
 * MadangPaperView:
 *
 * A paper on the screen, page below page, as wide as its place allows: the same layout as print
 * and PDF. Belongs in a GtkScrolledWindow.
 *
 * Signal "picked" (field): the person clicked the place of a field.
 */
#define MADANG_TYPE_PAPER_VIEW (madang_paper_view_get_type ())
G_DECLARE_FINAL_TYPE (MadangPaperView, madang_paper_view, MADANG, PAPER_VIEW, GtkWidget)

void madang_paper_view_set_document (MadangPaperView *self, MadangDocument *document);
MadangDocument *madang_paper_view_get_document (MadangPaperView *self); /* (nullable) */
/* Marks the place of a field and brings it into view; NULL: none. */
void madang_paper_view_highlight (MadangPaperView *self, const char *field);

G_END_DECLS
