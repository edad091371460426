/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sheet.h"

G_BEGIN_DECLS

/* The day in Seoul (newly allocated) and the second of that day. */
char *madang_sheet_split_time (gint64 instant, guint *second);

G_END_DECLS
