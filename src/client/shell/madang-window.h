/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-page.h"
#include "madang-session.h"

G_BEGIN_DECLS

/**
 * MadangWindow:
 *
 * The one window: the sign-in page, or sidebar and pages of the person who works. All commands
 * are actions of its map ("win.area", "win.submit", …); those of the page in view come and go
 * with it.
 */
#define MADANG_TYPE_WINDOW (madang_window_get_type ())
G_DECLARE_FINAL_TYPE (MadangWindow, madang_window, MADANG, WINDOW, AdwApplicationWindow)

MadangWindow *
madang_window_new (GtkApplication *application, MadangSession *session, GSettings *settings);
/* Opens the remembered person's work, or asks to sign in. server and login (nullable). */
void madang_window_start (MadangWindow *self, const char *server, const char *login);
/* The page in view (nullable). */
MadangPage *madang_window_get_page (MadangWindow *self);
/* Shows a record where the areas say; a way back leads to the page in view. Also as the action
 * "win.open-record" with both names. Somebody who has no area for the kind, or a record that is
 * gone, gets a sentence. */
void madang_window_open_record (MadangWindow *self, const char *kind, const char *id);

G_END_DECLS
