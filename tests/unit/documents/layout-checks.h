/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document-layout-private.h"

#define MARGIN (20 * MADANG_POINTS_PER_MILLIMETRE)
#define A4_HEIGHT (297 * MADANG_POINTS_PER_MILLIMETRE)
#define A4_WIDTH (210 * MADANG_POINTS_PER_MILLIMETRE)
#define NEAR 0.05

/* What tests of layouts share. */

extern const MadangParagraphStyle layout_checks_body;

/* Closes the document. */
MadangDocumentLayout *layout_checks_lay_out (MadangDocument *document);
void layout_checks_add_cell (MadangDocument *document,
                             const char *text,
                             const char *anchor,
                             MadangCellStyle style);
char *layout_checks_repeat (const char *text, guint n);
/* Where an anchor stands, on the first page. */
MadangRectangle layout_checks_find (MadangDocumentLayout *layout, const char *anchor);
void
layout_checks_assert_area (MadangRectangle area, double x, double y, double width, double height);
double layout_checks_measure_text (const MadangPlacedText *text);
/* What holds for every page of every document. */
void layout_checks_assert_sound (MadangDocumentLayout *layout);
char *layout_checks_dup_text (MadangDocumentLayout *layout);
guint layout_checks_count (const char *text, const char *word);
