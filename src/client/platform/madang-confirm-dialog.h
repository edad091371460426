/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MadangConfirmDialog:
 *
 * A question with one sentence of consequence, a way back and a way on, and, when asked for, a
 * line or two of reason without which there is no way on. AdwAlertDialog takes over when the
 * floor is libadwaita 1.5.
 *
 * Signal "confirmed" (reason, NULL unless asked for).
 */
#define MADANG_TYPE_CONFIRM_DIALOG (madang_confirm_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MadangConfirmDialog, madang_confirm_dialog, MADANG, CONFIRM_DIALOG, AdwWindow)

MadangConfirmDialog *madang_confirm_dialog_new (GtkWindow *parent,
                                                const char *heading,
                                                const char *body,
                                                const char *confirm_label);
/* Asks for a reason under this label, of at most so many characters. */
void
madang_confirm_dialog_ask_reason (MadangConfirmDialog *self, const char *label, guint max_length);
/* Going on loses something: the button says so by its colour. */
void madang_confirm_dialog_set_destructive (MadangConfirmDialog *self);

G_END_DECLS
