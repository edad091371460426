/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangAgenciesPage:
 *
 * The agencies and their proposal systems as a table and as a map: what was observed last, when
 * and by whom. Opens a system with its history; a coordinator imports observations.
 */
#define MADANG_TYPE_AGENCIES_PAGE (madang_agencies_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangAgenciesPage, madang_agencies_page, MADANG, AGENCIES_PAGE, MadangPage)

MadangPage *madang_agencies_page_new (MadangSync *sync);

G_END_DECLS
