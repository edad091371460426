/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives a GtkLabel, GtkInscription or GtkEntry a tooltip with its whole text, shown only while the
 * text does not fit. Nothing is laid out before the pointer rests on it. */
void madang_overflow_tip_install (GtkWidget *widget);

G_END_DECLS
