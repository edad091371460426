/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MadangWidthFirstLayout:
 *
 * Lays one child over the whole widget, and never asks it how wide it is at a height. Boxes ask
 * that of every child, and a label that wraps answers by laying out its text a dozen times.
 */
#define MADANG_TYPE_WIDTH_FIRST_LAYOUT (madang_width_first_layout_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangWidthFirstLayout, madang_width_first_layout, MADANG, WIDTH_FIRST_LAYOUT, GtkLayoutManager)

G_END_DECLS
