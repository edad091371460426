/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MadangCommand:
 *
 * How a command is called and which keys it has, declared once: the palette, the list of keys and
 * the help of a page read it. The action itself says whether it can run, and why not.
 */
typedef struct
{
  /* Without prefix, detailed where one action stands for several commands: "print",
   * "view('month')". */
  const char *action;
  const char *label; /* msgid; NULL: the action is an event of .kind, or every page's of the name */
  const char *kind;  /* (nullable) */
  const char *keys[3]; /* accelerators; none: those that the name has on every page */
  gboolean keys_only;  /* its keys are worth listing, but nobody looks for it by name */
} MadangCommand;

/* Translated; borrowed. NULL: it has no name of its own. */
const char *madang_command_get_label (const MadangCommand *self);
/* "Ctrl+N", as it stands beside a command; newly allocated. NULL: no key. */
char *madang_command_dup_keys_text (const char *const *keys);
/* "Submit…" and "_Print" as they are found by typing; newly allocated. */
char *madang_command_dup_plain_label (const char *label);

/* Why the action cannot run now: a sentence, or NULL when it can. It is enabled accordingly. */
void madang_command_set_obstacle (GSimpleAction *action, const char *obstacle);
/* A sentence about an action that is switched by other means, such as an event's. */
void madang_command_set_reason (GAction *action, const char *reason);
const char *madang_command_get_reason (GAction *action); /* (nullable) */

G_END_DECLS
