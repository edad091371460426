/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangConflictCard:
 *
 * One conflict: the field, what this person wrote, what the other one wrote and when; keep mine,
 * keep theirs, or write a third. Signals: "resolved" (GVariant, nullable: unset the field).
 */
#define MADANG_TYPE_CONFLICT_CARD (madang_conflict_card_get_type ())
G_DECLARE_FINAL_TYPE (MadangConflictCard, madang_conflict_card, MADANG, CONFLICT_CARD, GtkWidget)

GtkWidget *madang_conflict_card_new (MadangRecord *conflict, const char *own_account);
MadangRecord *madang_conflict_card_get_conflict (MadangConflictCard *self);
/* A choice is under way: no second one. */
void madang_conflict_card_set_busy (MadangConflictCard *self, gboolean busy);
/* The person has begun to write a third version. */
gboolean madang_conflict_card_get_editing (MadangConflictCard *self);

G_END_DECLS
