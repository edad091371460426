/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangIntakeColumns:
 *
 * The columns of the coordinator's list of applications, and the names of agencies as they are
 * shown there.
 */
typedef struct _MadangIntakeColumns MadangIntakeColumns;

/* Appends them to the view of a page, which outlives them. On a narrow window the rows still say
 * who, what state and which number. */
MadangIntakeColumns *madang_intake_columns_new (MadangPage *page, GtkColumnView *view);
void madang_intake_columns_free (MadangIntakeColumns *self);
/* Agencies may have changed. */
void madang_intake_columns_forget_names (MadangIntakeColumns *self);
/* "" while it is not known. Borrowed until the names are forgotten. */
const char *madang_intake_columns_get_agency (MadangIntakeColumns *self, MadangRecord *application);

G_END_DECLS
