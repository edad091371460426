/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MadangSideLayout:
 *
 * Of a widget with two children: what people work on, and a sheet that may be shown at its end.
 * Where both do not fit beside each other the sheet takes the whole place. Hiding and showing
 * the sheet is its "visible".
 */
#define MADANG_TYPE_SIDE_LAYOUT (madang_side_layout_get_type ())
G_DECLARE_FINAL_TYPE (MadangSideLayout, madang_side_layout, MADANG, SIDE_LAYOUT, GtkLayoutManager)

G_END_DECLS
