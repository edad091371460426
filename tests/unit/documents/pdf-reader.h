/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Reads PDFs with poppler's programs, which share no code with the writer. */

/* Skips the running test when they are not installed. */
gboolean pdf_reader_is_available (void);
/* mode: "-layout", "-raw" or NULL. The stripe from left to right and top to bottom, in
 * millimetres, of all pages; right 0 means whole pages. */
char *pdf_reader_dup_text (const char *path, const char *mode, int left, int right);
char *pdf_reader_dup_info (const char *path);
/* Without any white space, so that line breaks do not count. */
char *pdf_reader_squeeze (const char *text);
