/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MadangSplitView:
 *
 * Two panes side by side, or one at a time when there is no room. Its properties have the names
 * of AdwNavigationSplitView, which takes over when the floor is libadwaita 1.4: "sidebar",
 * "content", "collapsed" (read-only), "show-content", "sidebar-width-fraction",
 * "min-sidebar-width", "max-sidebar-width"; "collapse-width" stands for a breakpoint.
 */
#define MADANG_TYPE_SPLIT_VIEW (madang_split_view_get_type ())
G_DECLARE_FINAL_TYPE (MadangSplitView, madang_split_view, MADANG, SPLIT_VIEW, GtkWidget)

gboolean madang_split_view_get_collapsed (MadangSplitView *self);
void madang_split_view_set_show_content (MadangSplitView *self, gboolean show_content);
void madang_split_view_set_sidebar (MadangSplitView *self, GtkWidget *sidebar);
void madang_split_view_set_content (MadangSplitView *self, GtkWidget *content);

G_END_DECLS
