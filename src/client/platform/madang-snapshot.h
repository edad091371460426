/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Saves what the window shows now as PNG, without asking the display for it. Popovers and dialogs
 * are surfaces of their own and not in it. */
gboolean madang_snapshot_save (GtkWindow *window, const char *path, GError **error);

G_END_DECLS
