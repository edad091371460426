/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangIntakeRemind:
 *
 * One reminder to all agencies that have not applied, after a question that names them. Who that
 * is is counted when it is asked for, not taken from what was counted last.
 *
 * Command of the page: "remind". Signal "count": that somebody calls
 * madang_intake_remind_set_agencies() soon, with what is known then.
 */
#define MADANG_TYPE_INTAKE_REMIND (madang_intake_remind_get_type ())
G_DECLARE_FINAL_TYPE (MadangIntakeRemind, madang_intake_remind, MADANG, INTAKE_REMIND, GObject)

/* page outlives it. Adds the command. */
MadangIntakeRemind *madang_intake_remind_new (MadangPage *page, GtkButton *button);
/* programme (nullable): there is none. agencies (nullable) (element-type MadangRecord): not known
 * here. */
void madang_intake_remind_set_agencies (MadangIntakeRemind *self,
                                        MadangRecord *programme,
                                        GPtrArray *agencies);
/* Whether somebody can be reminded at all. */
gboolean madang_intake_remind_is_relevant (MadangIntakeRemind *self);

G_END_DECLS
