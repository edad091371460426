/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MadangBanner:
 *
 * A line under the header that says one fact and what to do, with at most one button. AdwBanner
 * takes over when the floor is libadwaita 1.3.
 */
#define MADANG_TYPE_BANNER (madang_banner_get_type ())
G_DECLARE_FINAL_TYPE (MadangBanner, madang_banner, MADANG, BANNER, GtkWidget)

/* title NULL hides the banner. button_label and action_name (nullable): no button. */
void madang_banner_show (MadangBanner *self,
                         const char *title,
                         const char *button_label,
                         const char *action_name);

G_END_DECLS
