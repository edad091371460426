/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"
#include "madang-paper-view.h"

G_BEGIN_DECLS

/* How the office names the file of the paper in view; newly allocated. */
typedef char *(*MadangFileNameFunc) (MadangPage *page);

/* Gives a page the commands "print" and "export-pdf" for the paper that the view shows. */
void
madang_paper_commands_add (MadangPage *page, MadangPaperView *view, MadangFileNameFunc file_name);

G_END_DECLS
