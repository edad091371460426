/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangHandOverDialog:
 *
 * Asks to whom a role goes, and says what goes with it and what ends.
 *
 * Signal "chosen" (MadangRecord *grant as the person saw it, GVariant *arguments of its event).
 */
#define MADANG_TYPE_HAND_OVER_DIALOG (madang_hand_over_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangHandOverDialog, madang_hand_over_dialog, MADANG, HAND_OVER_DIALOG, AdwWindow)

MadangHandOverDialog *
madang_hand_over_dialog_new (GtkWindow *parent, MadangSync *sync, MadangRecord *grant);

G_END_DECLS
