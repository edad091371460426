/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangHistoryPage:
 *
 * Who changed what in one record, newest first, with what stood before and after; an earlier value
 * can be put back where this person may write the field now. Of any kind.
 */
#define MADANG_TYPE_HISTORY_PAGE (madang_history_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangHistoryPage, madang_history_page, MADANG, HISTORY_PAGE, MadangPage)

MadangPage *madang_history_page_new (MadangSync *sync, const char *record);

/* (transfer none) (nullable): what the page shows. */
typedef MadangRecord *(*MadangHistoryRecordFunc) (MadangPage *page);
/* Adds the command "history" to a page that shows a record: for its menu, "win.history". */
void madang_history_page_add_command (MadangPage *page, MadangHistoryRecordFunc get_record);

G_END_DECLS
