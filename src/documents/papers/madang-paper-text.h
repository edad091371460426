/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document.h"

G_BEGIN_DECLS

/* How the text of a person stands on an office paper: line by line, with the marks that Korean
 * offices begin their lines with ("- ", "○ ", "1. ", "가. ") hanging in front. */

/* Bytes of the mark that the line begins with, spaces included; 0: none. */
gsize madang_paper_measure_mark (const char *line);
/* The lines of a text below each other. mark: stands before the first line unless that has its own
 * (nullable). An empty text gives one line, so that there is a place to write and to click. */
void madang_paper_add_text (MadangDocument *document,
                            const char *text,
                            const char *mark,
                            const MadangParagraphStyle *style,
                            const char *anchor);
/* Mark, label and the text that follows it in the same line, further lines below. */
void madang_paper_add_labelled_text (MadangDocument *document,
                                     const char *label,
                                     const char *text,
                                     const MadangParagraphStyle *style,
                                     const char *anchor);

G_END_DECLS
