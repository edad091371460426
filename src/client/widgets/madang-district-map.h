/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MadangDistrictMap:
 *
 * The 25 districts of Seoul, each filled by category. Tab enters the map where it was left and
 * leaves it; the arrow keys go from district to district. A screen reader gets each district as a
 * button whose name says what its colour says.
 *
 * Signal "picked" (code): a district was clicked or pressed.
 */
#define MADANG_TYPE_DISTRICT_MAP (madang_district_map_get_type ())
G_DECLARE_FINAL_TYPE (MadangDistrictMap, madang_district_map, MADANG, DISTRICT_MAP, GtkWidget)

/* category: see madang-map-palette.h; text (nullable): what it means, in words. A code that is none
 * of a district is passed over. */
void madang_district_map_set_district (MadangDistrictMap *self,
                                       const char *code,
                                       guint category,
                                       const char *text);
/* A faint district is there, but the others are meant. */
void madang_district_map_set_faint (MadangDistrictMap *self, const char *code, gboolean faint);
/* What the map as a whole says, in words. */
void madang_district_map_set_summary (MadangDistrictMap *self, const char *summary);

G_END_DECLS
