/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file name that every file system, archive and shell carries: at most 255 bytes, NFC, no
 * separators, blanks, quotes or control characters; each run of those becomes one "_".
 * suffix: with or without its dot. */
char *madang_paper_make_file_name (const char *name, const char *suffix);

G_END_DECLS
