/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangApplicationPage:
 *
 * The agency officer's application: written, submitted, followed to its receipt number.
 * Commands: "create", "submit", "withdraw", "print", "export-pdf".
 */
#define MADANG_TYPE_APPLICATION_PAGE (madang_application_page_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangApplicationPage, madang_application_page, MADANG, APPLICATION_PAGE, MadangPage)

MadangPage *madang_application_page_new (MadangSync *sync);

G_END_DECLS
