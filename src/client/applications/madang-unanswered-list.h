/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangUnansweredList:
 *
 * The agencies that may apply and have not, with whom one can ask where that is known here: the
 * officer of an application that was taken back, else the department that runs the agency's
 * proposal system.
 *
 * Signal "activated" (const char *): the id of an agency.
 */
#define MADANG_TYPE_UNANSWERED_LIST (madang_unanswered_list_get_type ())
G_DECLARE_FINAL_TYPE (MadangUnansweredList, madang_unanswered_list, MADANG, UNANSWERED_LIST, AdwBin)

void madang_unanswered_list_set_sync (MadangUnansweredList *self, MadangSync *sync);
/* agencies (nullable) (element-type MadangRecord): not known here. Kept, and put in order. */
void madang_unanswered_list_set_agencies (MadangUnansweredList *self, GPtrArray *agencies);
/* (element-type MadangRecord) (nullable): not known here. Those that the search leaves are shown. */
GPtrArray *madang_unanswered_list_get_agencies (MadangUnansweredList *self);
/* Only those with the text in their names; also by initial consonants. */
void madang_unanswered_list_search (MadangUnansweredList *self, const char *text);
guint madang_unanswered_list_count_shown (MadangUnansweredList *self);
GtkColumnView *madang_unanswered_list_get_view (MadangUnansweredList *self);
/* What is shown now, in its order. (transfer full): of MadangRecord */
GListModel *madang_unanswered_list_dup_shown (MadangUnansweredList *self);

G_END_DECLS
