/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangPalette:
 *
 * One entry at the top of the window and below it whatever fits: commands of the page in view,
 * areas, records, commands of the window. It lies over the window's content and is hidden until
 * open(). The focus stays in the entry and returns to where it was.
 */
#define MADANG_TYPE_PALETTE (madang_palette_get_type ())
G_DECLARE_FINAL_TYPE (MadangPalette, madang_palette, MADANG, PALETTE, GtkWidget)

/* page: the one in view. */
void madang_palette_open (MadangPalette *self, MadangPage *page);
void madang_palette_close (MadangPalette *self);
gboolean madang_palette_is_open (MadangPalette *self);

G_END_DECLS
