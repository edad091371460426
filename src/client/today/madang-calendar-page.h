/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/* The days that are due for this person, by month, by week or as a list; with Korean holidays. */
#define MADANG_TYPE_CALENDAR_PAGE (madang_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangCalendarPage, madang_calendar_page, MADANG, CALENDAR_PAGE, MadangPage)

MadangPage *madang_calendar_page_new (MadangSync *sync);

G_END_DECLS
