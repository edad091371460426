/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangSupplementDialog:
 *
 * What the city asks for and until when, or what the agency supplemented. It says while one writes
 * whether the rules take it, and to which day a day off moves.
 *
 * Signal "confirmed" (arguments, a GVariant of "a{sv}"): the arguments of the event.
 */
#define MADANG_TYPE_SUPPLEMENT_DIALOG (madang_supplement_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangSupplementDialog, madang_supplement_dialog, MADANG, SUPPLEMENT_DIALOG, AdwWindow)

/* event: "request_supplement" or "answer_supplement". application: as the person has it. */
MadangSupplementDialog *madang_supplement_dialog_new (GtkWindow *parent,
                                                      MadangSync *sync,
                                                      MadangRecord *application,
                                                      const char *event);

G_END_DECLS
