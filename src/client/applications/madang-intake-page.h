/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangIntakePage:
 *
 * The city office's list of applications: what came in, from whom, in which state, with its
 * receipt number, and who has not applied. New ones appear by themselves; Return opens one; several
 * are received at once. Commands: "open" (id), "filter" (name), "receive-selected", "remind",
 * "enter-late", "export-xlsx", "export-csv", "search".
 */
#define MADANG_TYPE_INTAKE_PAGE (madang_intake_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangIntakePage, madang_intake_page, MADANG, INTAKE_PAGE, MadangPage)

MadangPage *madang_intake_page_new (MadangSync *sync);
/* Whether the application is among the rows. */
gboolean madang_intake_page_lists (MadangIntakePage *self, const char *application);

G_END_DECLS
