/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The list of all keys that somebody with these roles can use, read from where they are declared. */

/* Its own toplevel, like any window. */
GtkWindow *madang_keys_window_new (GtkWindow *parent, guint roles);

/* What stands in it, group by group. */
typedef struct
{
  char *group;
  char *title;
  char *keys; /* accelerators, parted by spaces */
} MadangKeysLine;

/* (transfer full) (element-type MadangKeysLine). */
GPtrArray *madang_keys_list (guint roles);

G_END_DECLS
