/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-intake-columns.h"
#include "madang-page.h"
#include "madang-task-bar.h"

G_BEGIN_DECLS

/**
 * MadangIntakeReceive:
 *
 * Receiving what is selected in the coordinator's list: one at once, several after a question that
 * says how many. What was refused is told in one sentence with the names, in the banner of the
 * page.
 *
 * Commands of the page: "receive-selected", "stop-telling" (of the banner).
 */
#define MADANG_TYPE_INTAKE_RECEIVE (madang_intake_receive_get_type ())
G_DECLARE_FINAL_TYPE (MadangIntakeReceive, madang_intake_receive, MADANG, INTAKE_RECEIVE, GObject)

/* page and columns outlive it. Adds the commands. */
MadangIntakeReceive *madang_intake_receive_new (MadangPage *page,
                                                MadangIntakeColumns *columns,
                                                MadangTaskBar *bar,
                                                GtkSelectionModel *selection);
/* The selection is not in sight: the command is off. */
void madang_intake_receive_set_hidden (MadangIntakeReceive *self, gboolean hidden);

G_END_DECLS
