/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MadangSystemMap:
 *
 * The table of systems as a map of the 25 districts, coloured by what the person chooses, with a
 * legend that counts. Districts that the table does not show are faint.
 *
 * Signal "picked" (id of an agency).
 */
#define MADANG_TYPE_SYSTEM_MAP (madang_system_map_get_type ())
G_DECLARE_FINAL_TYPE (MadangSystemMap, madang_system_map, MADANG, SYSTEM_MAP, AdwBin)

/* all, shown: (element-type MadangSystemEntry); shown are some of all. Both are kept. */
void madang_system_map_set_entries (MadangSystemMap *self, GPtrArray *all, GPtrArray *shown);
/* Takes the focus to the district that had it last. */
void madang_system_map_focus_district (MadangSystemMap *self);

G_END_DECLS
