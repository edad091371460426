/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-window.h"

G_BEGIN_DECLS

/**
 * MadangTour:
 *
 * Plays the main job of the demonstration through the window's own commands, and saves a
 * numbered picture of each step: fill in, submit, receive, see the receipt number.
 *
 * Signal "done" (gboolean: every step was reached).
 */
#define MADANG_TYPE_TOUR (madang_tour_get_type ())
G_DECLARE_FINAL_TYPE (MadangTour, madang_tour, MADANG, TOUR, GObject)

MadangTour *madang_tour_new (MadangWindow *window, MadangSession *session, const char *directory);
void madang_tour_start (MadangTour *self);

G_END_DECLS
