/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "busy-time.h"

G_BEGIN_DECLS

/* A frame of a list that is scrolled, against one of a list over a few strings that never change,
 * in another window and by turns. */

/* Of a GtkScrollable. */
GtkAdjustment *scroll_frames_get_adjustment (GtkWidget *view);
/* To that value, until it is painted. */
void scroll_frames_step (GtkWidget *view, double value, Times *times);
/* So many frames as a wheel turns, down and up again where there is an end. FALSE: too slow. */
gboolean
scroll_frames_measure (const char *what, GtkWidget *view, GtkWidget *floor, guint n_frames);

G_END_DECLS
