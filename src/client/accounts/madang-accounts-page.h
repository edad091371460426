/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangAccountsPage:
 *
 * All accounts and the roles that they hold, for whoever keeps them. With a role chosen, each row
 * is one grant of it.
 */
#define MADANG_TYPE_ACCOUNTS_PAGE (madang_accounts_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangAccountsPage, madang_accounts_page, MADANG, ACCOUNTS_PAGE, MadangPage)

MadangPage *madang_accounts_page_new (MadangSync *sync); /* floating */

G_END_DECLS
