/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MadangLongText:
 *
 * A text that can be selected and copied. Of a long one the first lines are shown, and a button
 * shows the rest.
 */
#define MADANG_TYPE_LONG_TEXT (madang_long_text_get_type ())
G_DECLARE_FINAL_TYPE (MadangLongText, madang_long_text, MADANG, LONG_TEXT, GtkWidget)

GtkWidget *madang_long_text_new (void);
/* subject: what the text is of, for those who hear the button. */
void madang_long_text_set_text (MadangLongText *self, const char *text, const char *subject);

G_END_DECLS
