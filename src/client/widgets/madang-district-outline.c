/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-district-outline.h"

#include <gio/gio.h>
#include <math.h>

#include "madang-csv.h"

#define RESOURCE "/kr/madang/Madang/reference/seoul_districts.csv"
/* The file counts hundred-thousandths of a degree from its south-western corner. */
#define WEST 458.0
#define NORTH 28130.0
#define EAST 42313.0
/* A degree of longitude is that much shorter than one of latitude. */
#define NARROWING 0.79266
#define SIDEWAYS_COST 2.0f /* how much worse it is to stray than to go far */

static void
project (double east, double north, graphene_point_t *point)
{
  const double width = (EAST - WEST) * NARROWING;

  point->x = (float)((east - WEST) * NARROWING / width);
  point->y = (float)((NORTH - north) / width);
}

/* (transfer full): of graphene_point_t. The file is our own. */
static GArray *
read_points (const char *text)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  const char *at = text;

  while (*at != '\0')
    {
      char *end;
      const gint64 east = g_ascii_strtoll (at, &end, 10);
      const gint64 north = g_ascii_strtoll (end, &end, 10);
      graphene_point_t point;

      g_assert (end != at);
      project ((double)east, (double)north, &point);
      g_array_append_val (points, point);
      at = end;
    }
  return points;
}

static void
find_bounds (MadangDistrictOutline *outline)
{
  graphene_rect_init (&outline->bounds, outline->points[0].x, outline->points[0].y, 0, 0);
  for (guint i = 1; i < outline->n_points; i++)
    graphene_rect_expand (&outline->bounds, &outline->points[i], &outline->bounds);
}

static void
read_outline (const MadangCsv *table, guint row, GArray *outlines)
{
  g_autoptr (GArray) label = read_points (madang_csv_get (table, row, "label"));
  GArray *ring = read_points (madang_csv_get (table, row, "ring"));
  MadangDistrictOutline outline = {
    .code = g_intern_string (madang_csv_get (table, row, "code")),
    .name = g_intern_string (madang_csv_get (table, row, "name_ko")),
    .label = g_array_index (label, graphene_point_t, 0),
    .n_points = ring->len,
  };

  outline.points = (graphene_point_t *)(gpointer)g_array_free (ring, FALSE);
  find_bounds (&outline);
  g_array_append_val (outlines, outline);
}

const MadangDistrictOutline *
madang_district_outline_list (guint *n_outlines)
{
  static GArray *outlines; /* (owned), for the life of the program */
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MadangCsv) table = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (n_outlines != NULL, NULL);

  if (outlines == NULL)
    {
      outlines = g_array_new (FALSE, FALSE, sizeof (MadangDistrictOutline));
      bytes = g_resources_lookup_data (RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      if (bytes != NULL)
        table = madang_csv_new_from_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                          &error);
      if (table == NULL)
        g_critical ("%s: %s", RESOURCE, error->message);
      for (guint row = 0; table != NULL && row < madang_csv_get_n_rows (table); row++)
        read_outline (table, row, outlines);
    }
  *n_outlines = outlines->len;
  return (const MadangDistrictOutline *)(gpointer)outlines->data;
}

gboolean
madang_district_outline_contains (const MadangDistrictOutline *self, float x, float y)
{
  gboolean inside = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0, j = self->n_points - 1; i < self->n_points; j = i++)
    {
      const graphene_point_t *a = &self->points[i];
      const graphene_point_t *b = &self->points[j];

      if ((a->y > y) != (b->y > y) && x < (b->x - a->x) * (y - a->y) / (b->y - a->y) + a->x)
        inside = !inside;
    }
  return inside;
}

const MadangDistrictOutline *
madang_district_outline_find_next (const MadangDistrictOutline *self, int right, int down)
{
  guint n_outlines;
  const MadangDistrictOutline *outlines = madang_district_outline_list (&n_outlines);
  const MadangDistrictOutline *best = NULL;
  float least = INFINITY;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((right == 0) != (down == 0), NULL);

  for (guint i = 0; i < n_outlines; i++)
    {
      const float x = outlines[i].label.x - self->label.x;
      const float y = outlines[i].label.y - self->label.y;
      const float along = right != 0 ? x * (float)right : y * (float)down;
      const float aside = fabsf (right != 0 ? y : x);
      const float cost = along + SIDEWAYS_COST * aside;

      if (along > 0 && cost < least)
        {
          least = cost;
          best = &outlines[i];
        }
    }
  return best;
}
