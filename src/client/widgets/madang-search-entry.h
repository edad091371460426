/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-record-store.h"

G_BEGIN_DECLS

/**
 * MadangSearchEntry:
 *
 * An entry to search a list with: what an input method is composing counts as typed, so that a
 * word is found while its last syllable grows. Escape clears it, Return goes on to what was found.
 *
 * Properties: "label" (what a screen reader calls it), "placeholder".
 *
 * Signal "changed": another text is looked for; some keys that come at once are one change.
 * Signal "entered": Return was pressed; the text was told before.
 *
 * A page makes it reachable by Ctrl+F with
 * madang_page_add_action (page, "search", G_CALLBACK (madang_search_entry_begin), entry).
 */
#define MADANG_TYPE_SEARCH_ENTRY (madang_search_entry_get_type ())
G_DECLARE_FINAL_TYPE (MadangSearchEntry, madang_search_entry, MADANG, SEARCH_ENTRY, GtkWidget)

GtkWidget *madang_search_entry_new (const char *label, const char *placeholder);
/* What was last told by "changed"; "" when nothing is looked for. Borrowed until the next. */
const char *madang_search_entry_get_text (MadangSearchEntry *self);
MadangSearchFlags madang_search_entry_get_flags (MadangSearchEntry *self);
/* Restricts the query to what is looked for. */
void madang_search_entry_apply (MadangSearchEntry *self, MadangQuery *query);
/* Takes the focus, with all of the text selected. */
void madang_search_entry_begin (MadangSearchEntry *self);
/* Tells the change at once. */
void madang_search_entry_clear (MadangSearchEntry *self);

G_END_DECLS
