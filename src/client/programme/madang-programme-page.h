/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangProgrammePage:
 *
 * The year at a glance, to read: dates, money, steps, and the agencies that this person may see.
 */
#define MADANG_TYPE_PROGRAMME_PAGE (madang_programme_page_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangProgrammePage, madang_programme_page, MADANG, PROGRAMME_PAGE, MadangPage)

MadangPage *madang_programme_page_new (MadangSync *sync);

G_END_DECLS
