/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-record-store.h"

G_BEGIN_DECLS

/**
 * MadangAgencyChoice:
 *
 * One of the agencies that may apply, from a list that narrows as one types.
 *
 * Signal "chosen": another agency is chosen, or none any more.
 */
#define MADANG_TYPE_AGENCY_CHOICE (madang_agency_choice_get_type ())
G_DECLARE_FINAL_TYPE (MadangAgencyChoice, madang_agency_choice, MADANG, AGENCY_CHOICE, GtkWidget)

void madang_agency_choice_set_records (MadangAgencyChoice *self, MadangRecordStore *records);
/* The id; NULL: none is chosen. */
const char *madang_agency_choice_get_agency (MadangAgencyChoice *self);

G_END_DECLS
