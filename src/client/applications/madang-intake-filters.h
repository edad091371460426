/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-record-store.h"

G_BEGIN_DECLS

#define MADANG_INTAKE_ALL "all"
#define MADANG_INTAKE_UNANSWERED "unanswered"

/**
 * MadangIntakeFilters:
 *
 * What the coordinator's list can be narrowed down to, each with the number of what is in it. The
 * buttons set the state of the page's action "filter".
 */
#define MADANG_TYPE_INTAKE_FILTERS (madang_intake_filters_get_type ())
G_DECLARE_FINAL_TYPE (MadangIntakeFilters, madang_intake_filters, MADANG, INTAKE_FILTERS, AdwBin)

gboolean madang_intake_filter_is_known (const char *filter);
/* The applications in a filter. programme (nullable): of this one only. (transfer full) */
MadangQuery *madang_intake_filter_new_query (const char *filter, const char *programme);
/* (transfer full) (element-type gint64): how many are in each, for madang_intake_filters_show(). Takes
 * a while; on any thread. */
GArray *madang_intake_filters_count (MadangRecordStore *records, const char *programme);
/* n_unanswered: negative while it is not known. */
void madang_intake_filters_show (MadangIntakeFilters *self, GArray *numbers, int n_unanswered);

G_END_DECLS
