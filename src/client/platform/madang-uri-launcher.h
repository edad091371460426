/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens an address or a file in the program that the desktop has for it. Nothing happens when
 * there is none. */
void madang_uri_launcher_launch (GtkWindow *parent, const char *uri);

G_END_DECLS
