/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The floor of every list: a column view in a scrolled window over so many rows, whose cells show
 * strings that are there already. Its columns are those of the list of applications. */
GtkWidget *static_list_new (guint n_rows);

G_END_DECLS
