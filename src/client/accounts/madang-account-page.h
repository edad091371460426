/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangAccountPage:
 *
 * One account: its state, the roles that it holds and held, and what may be done with them.
 */
#define MADANG_TYPE_ACCOUNT_PAGE (madang_account_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangAccountPage, madang_account_page, MADANG, ACCOUNT_PAGE, MadangPage)

MadangPage *madang_account_page_new (MadangSync *sync, const char *account); /* floating */

G_END_DECLS
