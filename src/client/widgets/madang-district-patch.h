/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-district-outline.h"

G_BEGIN_DECLS

/**
 * MadangDistrictPatch:
 *
 * One district on the map: drawn in the colour and pattern of its category, with its name; can
 * have the focus and is pressed like a button.
 *
 * Signal "clicked".
 */
#define MADANG_TYPE_DISTRICT_PATCH (madang_district_patch_get_type ())
G_DECLARE_FINAL_TYPE (MadangDistrictPatch, madang_district_patch, MADANG, DISTRICT_PATCH, GtkWidget)

GtkWidget *madang_district_patch_new (const MadangDistrictOutline *outline);
const MadangDistrictOutline *madang_district_patch_get_outline (MadangDistrictPatch *self);
/* text: what the colour says, in words. */
void
madang_district_patch_set_category (MadangDistrictPatch *self, guint category, const char *text);
/* Pixels that the width of the map has. */
void madang_district_patch_set_scale (MadangDistrictPatch *self, float scale);
/* Adds the outline to cr, whose origin is that of the patch. */
void madang_district_patch_trace (MadangDistrictPatch *self, cairo_t *cr);

G_END_DECLS
