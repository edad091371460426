/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangHelpSheet:
 *
 * What a page is for, its task in steps and its keys, beside the page: from the declarations of
 * its class. Hidden until asked for; its button and Escape activate "win.help".
 */
#define MADANG_TYPE_HELP_SHEET (madang_help_sheet_get_type ())
G_DECLARE_FINAL_TYPE (MadangHelpSheet, madang_help_sheet, MADANG, HELP_SHEET, GtkWidget)

void madang_help_sheet_set_page (MadangHelpSheet *self, MadangPage *page);

G_END_DECLS
