/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sheet.h"

G_BEGIN_DECLS

/* The rows of the table as they are shown, to be written as a file; a file that is so written can
 * be imported again. shown: (element-type MadangSystemEntry). (transfer full) */
MadangSheet *madang_system_sheet_new (GPtrArray *shown);

G_END_DECLS
