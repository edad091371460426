/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangEventCommand:
 *
 * An event of a record's kind ("submit", "receive") as a command of the interface: a GAction of
 * the event's name that is off while the rule says no, and the rule's sentence as the reason.
 *
 * Property "reason" (string, nullable): why it is off, or what the server still has to say.
 *
 * Signals: "activated": the person asks for it; the page then calls run(). "done" (event name),
 * "failed" (sentence).
 */
#define MADANG_TYPE_EVENT_COMMAND (madang_event_command_get_type ())
G_DECLARE_FINAL_TYPE (MadangEventCommand, madang_event_command, MADANG, EVENT_COMMAND, GObject)

MadangEventCommand *
madang_event_command_new (MadangSync *sync, const MadangKind *kind, const char *event);
GAction *madang_event_command_get_action (MadangEventCommand *self);
const MadangEvent *madang_event_command_get_event (MadangEventCommand *self);
/* Asks the rules again, for the record as it stands (NULL: there is none). obstacle (nullable): a
 * sentence about why the page itself cannot let it happen, which the rules cannot know. */
void
madang_event_command_update (MadangEventCommand *self, MadangRecord *record, const char *obstacle);
const char *madang_event_command_get_reason (MadangEventCommand *self);
/* Whether the event belongs to this record's state and this person at all; otherwise a button
 * for it is out of place rather than off. */
gboolean madang_event_command_is_relevant (MadangEventCommand *self, MadangRecord *record);
/* seen: the record as the person has it in view. reason (nullable): argument of events that ask
 * for one. */
void madang_event_command_run (MadangEventCommand *self, MadangRecord *seen, const char *reason);
/* With what the event asks for: "a{sv}" (nullable), a floating reference is taken. */
void
madang_event_command_run_with (MadangEventCommand *self, MadangRecord *seen, GVariant *arguments);
/* The button shows the event's label, runs the action and carries the reason. */
void madang_event_command_bind_button (MadangEventCommand *self, GtkButton *button);

G_END_DECLS
