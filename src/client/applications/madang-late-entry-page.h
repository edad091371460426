/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangLateEntryPage:
 *
 * Where the city enters a form that arrived on paper: whose it is, then the same form beside the
 * paper, then it waits for an approver. An entry that was begun can be gone on with. Commands:
 * "begin", "resume" (id), "enter_late", "discard_late", "next".
 */
#define MADANG_TYPE_LATE_ENTRY_PAGE (madang_late_entry_page_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangLateEntryPage, madang_late_entry_page, MADANG, LATE_ENTRY_PAGE, MadangPage)

/* application (nullable): the id of an entry that was begun, to go on with it; NULL: asks whose form
 * it is. */
MadangPage *madang_late_entry_page_new (MadangSync *sync, const char *application);

G_END_DECLS
