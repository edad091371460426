/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangNoticePage:
 *
 * A notice that carries a list, such as that of the work that was handed over. Each entry opens
 * its record.
 */
#define MADANG_TYPE_NOTICE_PAGE (madang_notice_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangNoticePage, madang_notice_page, MADANG, NOTICE_PAGE, MadangPage)

MadangPage *madang_notice_page_new (MadangSync *sync, const char *notice); /* floating */

G_END_DECLS
