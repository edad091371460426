/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-text.h"

G_BEGIN_DECLS

/* Makes a GtkText or GtkTextView insert clean text only: no formatting, no control characters,
 * Hangul as whole syllables, whatever the clipboard holds. */
void madang_clean_paste_install (GtkWidget *widget, MadangTextShape shape);

G_END_DECLS
