/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <graphene.h>

G_BEGIN_DECLS

/* The districts of Seoul as drawn on a map whose width is 1; north is up. Good for a picture, not
 * for measuring. Main thread. */
#define MADANG_DISTRICT_MAP_HEIGHT 0.8227f

typedef struct
{
  const char *code; /* legal-dong code */
  const char *name;
  graphene_point_t label; /* well inside */
  graphene_rect_t bounds;
  const graphene_point_t *points; /* one ring, not repeated at its end */
  guint n_points;
} MadangDistrictOutline;

/* All of them in the order of their codes, for the life of the program. */
const MadangDistrictOutline *madang_district_outline_list (guint *n_outlines);
gboolean madang_district_outline_contains (const MadangDistrictOutline *self, float x, float y);
/* The district that comes next to the right (1, 0), downwards (0, 1) and so on. (nullable) */
const MadangDistrictOutline *
madang_district_outline_find_next (const MadangDistrictOutline *self, int right, int down);

G_END_DECLS
