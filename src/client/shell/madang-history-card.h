/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-history-line.h"
#include "madang-record-store.h"

G_BEGIN_DECLS

/**
 * MadangHistoryMoment:
 *
 * What one step changed in a record, as an item of a list. Its lines are borrowed: the list is
 * emptied before the history goes.
 */
#define MADANG_TYPE_HISTORY_MOMENT (madang_history_moment_get_type ())
G_DECLARE_FINAL_TYPE (MadangHistoryMoment, madang_history_moment, MADANG, HISTORY_MOMENT, GObject)

MadangHistoryMoment *madang_history_moment_new (void);
void madang_history_moment_prepend (MadangHistoryMoment *self, const MadangHistoryLine *line);

/**
 * MadangHistoryCard:
 *
 * A moment: who did what when, and each value before and after with the button that puts it back.
 *
 * Signal "restore" (gpointer MadangHistoryLine).
 */
#define MADANG_TYPE_HISTORY_CARD (madang_history_card_get_type ())
G_DECLARE_FINAL_TYPE (MadangHistoryCard, madang_history_card, MADANG, HISTORY_CARD, GtkWidget)

GtkWidget *madang_history_card_new (void);
/* record: as it is now; actor and records may be NULL when nobody is signed in. */
void madang_history_card_show (MadangHistoryCard *self,
                               MadangHistoryMoment *moment,
                               MadangRecord *record,
                               const MadangActor *actor,
                               MadangRecordStore *records);
/* "2020. 3. 9.(월) 10:00, 견본 김담당, 바뀜": borrowed. */
const char *madang_history_card_get_name (MadangHistoryCard *self);

G_END_DECLS
