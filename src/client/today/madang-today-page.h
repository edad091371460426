/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/* What is due, overdue, waiting for this person, sent and not yet received: of every kind, by what
 * the kinds declare. */
#define MADANG_TYPE_TODAY_PAGE (madang_today_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangTodayPage, madang_today_page, MADANG, TODAY_PAGE, MadangPage)

MadangPage *madang_today_page_new (MadangSync *sync);

G_END_DECLS
