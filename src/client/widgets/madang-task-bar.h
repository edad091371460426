/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MadangTaskBar:
 *
 * What takes a while, at the foot of a page: what is done, how far it is, and a button that stops
 * it. Hidden while nothing is done; work of a moment never shows it.
 */
#define MADANG_TYPE_TASK_BAR (madang_task_bar_get_type ())
G_DECLARE_FINAL_TYPE (MadangTaskBar, madang_task_bar, MADANG, TASK_BAR, AdwBin)

/* Whatever was done before has ended. cancellable: the button cancels it. */
void madang_task_bar_begin (MadangTaskBar *self, const char *title, GCancellable *cancellable);
gboolean madang_task_bar_is_busy (MadangTaskBar *self);
void madang_task_bar_set_progress (MadangTaskBar *self, guint n_done, guint n_total);
void madang_task_bar_end (MadangTaskBar *self);

G_END_DECLS
