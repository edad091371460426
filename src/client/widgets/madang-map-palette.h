/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How the parts of a map are filled: each category has a colour and a pattern, so that it can be
 * told apart without seeing colours. They follow light, dark and high contrast. Main thread. */
#define MADANG_MAP_CATEGORIES 8

/* Fills the path of cr, and keeps it. category 0 is plain: nothing is known. */
void madang_map_palette_fill (cairo_t *cr, guint category);
/* Strokes it as a border between parts. */
void madang_map_palette_border (cairo_t *cr);
/* Colours of a name on a part, and of what is laid below it. */
void madang_map_palette_get_text (GdkRGBA *text, GdkRGBA *ground);
void madang_map_palette_get_focus (GdkRGBA *focus);

/* A small sample of a category for a legend. */
GtkWidget *madang_map_palette_sample_new (guint category);

G_END_DECLS
