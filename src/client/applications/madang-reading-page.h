/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangReadingPage:
 *
 * One application as the city office reads it: fields beside the paper, its receipt, what was asked
 * of the agency, and whether a paper form is accepted. Commands: "receive", "request_supplement",
 * "accept_late", "refuse_late", "receipt", "print", "export-pdf".
 */
#define MADANG_TYPE_READING_PAGE (madang_reading_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangReadingPage, madang_reading_page, MADANG, READING_PAGE, MadangPage)

MadangPage *madang_reading_page_new (MadangSync *sync, const char *application);
/* Shows another one in its place: much sooner there than a new page. */
void madang_reading_page_set_application (MadangReadingPage *self, const char *application);

G_END_DECLS
