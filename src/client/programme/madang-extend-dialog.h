/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangExtendDialog:
 *
 * Asks until when the call goes on, for all agencies or for one, and why. What stands there is held
 * against the programme's own rules while it is typed; they say in words what is wrong.
 *
 * Signal "confirmed" (event, GVariant arguments): the event of the programme to run, and with what.
 */
#define MADANG_TYPE_EXTEND_DIALOG (madang_extend_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MadangExtendDialog, madang_extend_dialog, MADANG, EXTEND_DIALOG, AdwWindow)

/* for_one: begins with the choice of an agency. */
MadangExtendDialog *madang_extend_dialog_new (GtkWindow *parent,
                                              MadangSync *sync,
                                              MadangRecord *programme,
                                              gboolean for_one);

G_END_DECLS
