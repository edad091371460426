/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-system-entry.h"

G_BEGIN_DECLS

/**
 * MadangSystemFilters:
 *
 * What the table of systems is narrowed down by: a search and choices.
 *
 * Signal "changed".
 */
#define MADANG_TYPE_SYSTEM_FILTERS (madang_system_filters_get_type ())
G_DECLARE_FINAL_TYPE (MadangSystemFilters, madang_system_filters, MADANG, SYSTEM_FILTERS, AdwBin)

gboolean madang_system_filters_admit (MadangSystemFilters *self, const MadangSystemEntry *entry);
gboolean madang_system_filters_are_set (MadangSystemFilters *self);
void madang_system_filters_focus_search (MadangSystemFilters *self);

G_END_DECLS
