/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-form.h"

G_BEGIN_DECLS

/**
 * MadangBackgroundCard:
 *
 * What is known of the proposal systems of the agency whose application a form shows, folded up
 * where the form is written; there it offers to fill the fields that are empty, and to take that
 * back.
 */
#define MADANG_TYPE_BACKGROUND_CARD (madang_background_card_get_type ())
G_DECLARE_FINAL_TYPE (MadangBackgroundCard, madang_background_card, MADANG, BACKGROUND_CARD, AdwBin)

/* Once, before the form's first record. */
void madang_background_card_set_up (MadangBackgroundCard *self,
                                    MadangForm *form,
                                    MadangRecordStore *records,
                                    gboolean writable);

G_END_DECLS
