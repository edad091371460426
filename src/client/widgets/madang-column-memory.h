/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives the columns of a view, made by madang_record_column_new(), the widths and places that they
 * were left in at the last time, and remembers what the person changes. Once, when all columns are
 * there. list: what the list is called in the settings, for good. */
void madang_column_memory_install (GtkColumnView *view, const char *list);

G_END_DECLS
