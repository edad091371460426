/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync.h"

G_BEGIN_DECLS

/* The programme that work is about: that of the latest year. */

/* (transfer full) (nullable): none has come yet */
MadangRecord *madang_current_programme_find (MadangSync *sync);
/* In words, for whoever shows where one works; "" while none has come. */
void madang_current_programme_describe (MadangSync *sync, char **year, char **title);

G_END_DECLS
