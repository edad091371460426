/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-record.h"

G_BEGIN_DECLS

/**
 * MadangRemindDialog:
 *
 * Shows who has not applied yet before all of them are reminded at once, with a message if one
 * wants.
 *
 * Signal "confirmed" (GVariant arguments): of the programme's event "remind".
 */
#define MADANG_TYPE_REMIND_DIALOG (madang_remind_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MadangRemindDialog, madang_remind_dialog, MADANG, REMIND_DIALOG, AdwWindow)

/* agencies: (element-type MadangRecord), at least one. */
MadangRemindDialog *madang_remind_dialog_new (GtkWindow *parent, GPtrArray *agencies);

G_END_DECLS
