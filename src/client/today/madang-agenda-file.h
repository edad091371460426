/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

#define MADANG_AGENDA_FILE_MOST 2000 /* days in a file */

/* Asks where to, and saves the days that are due for this person from the first day to the last, for
 * other calendars. The page tells how it went. */
void madang_agenda_file_save (MadangPage *page, const char *first, const char *last);

G_END_DECLS
