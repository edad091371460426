/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-event-command.h"
#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangCallCommands:
 *
 * The events of a programme's call as commands of a page: open it, close it, extend it, remind those
 * who have not applied. Each asks what it needs before it is sent.
 *
 * Signal "done": an event was written or failed; the page reads anew.
 */
#define MADANG_TYPE_CALL_COMMANDS (madang_call_commands_get_type ())
G_DECLARE_FINAL_TYPE (MadangCallCommands, madang_call_commands, MADANG, CALL_COMMANDS, GObject)

/* Adds the actions to the page, which must outlive it. */
MadangCallCommands *madang_call_commands_new (MadangPage *page);
/* programme (nullable). */
void madang_call_commands_set_programme (MadangCallCommands *self, MadangRecord *programme);
/* event: of the programme. (transfer none) */
MadangEventCommand *madang_call_commands_get (MadangCallCommands *self, const char *event);
gboolean madang_call_commands_is_relevant (MadangCallCommands *self, const char *event);

G_END_DECLS
