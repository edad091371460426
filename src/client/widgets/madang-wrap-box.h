/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MadangWrapBox:
 *
 * Children in a line that breaks where there is no more room, as words do. AdwWrapBox takes over
 * when the floor is libadwaita 1.7.
 */
#define MADANG_TYPE_WRAP_BOX (madang_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (MadangWrapBox, madang_wrap_box, MADANG, WRAP_BOX, GtkWidget)

void madang_wrap_box_append (MadangWrapBox *self, GtkWidget *child);
void madang_wrap_box_remove_all (MadangWrapBox *self);

G_END_DECLS
