/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangSystemPage:
 *
 * One proposal system of an agency, or an agency that has none: what is known of it, its own data,
 * and the history of what was observed.
 */
#define MADANG_TYPE_SYSTEM_PAGE (madang_system_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangSystemPage, madang_system_page, MADANG, SYSTEM_PAGE, MadangPage)

/* Ids; NULL for the latter takes the agency's first, if it has one. */
MadangPage *madang_system_page_new (MadangSync *sync, const char *agency, const char *system);

G_END_DECLS
