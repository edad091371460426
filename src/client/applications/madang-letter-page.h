/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document.h"
#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangLetterPage:
 *
 * One paper of the office as it will print, such as a letter or a receipt. Commands: "print",
 * "export-pdf".
 */
#define MADANG_TYPE_LETTER_PAGE (madang_letter_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangLetterPage, madang_letter_page, MADANG, LETTER_PAGE, MadangPage)

/* file_name: as the office names the PDF. */
MadangPage *
madang_letter_page_new (MadangSync *sync, MadangDocument *document, const char *file_name);

/* Each puts the paper above the page. */
void madang_letter_page_open_request (MadangPage *page,
                                      MadangRecord *application,
                                      MadangRecord *request);
/* The application must have its receipt number. */
void madang_letter_page_open_receipt (MadangPage *page, MadangRecord *application);

G_END_DECLS
