/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-district-map.h"

#include <adwaita.h>

#include "madang-district-patch.h"
#include "madang-map-palette.h"

#define LEAST_WIDTH 260
#define USUAL_WIDTH 560
#define FOCUS_WIDTH 3.0
#define FAINT 0.3
#define MARGIN 4 /* pixels that the focus needs at the edge */

struct _MadangDistrictMap
{
  GtkWidget parent_instance;

  GPtrArray *patches; /* (element-type MadangDistrictPatch), children */
  GtkWidget *current; /* the patch that has the focus or had it last */
};

static guint picked_signal;

G_DEFINE_FINAL_TYPE (MadangDistrictMap, madang_district_map, GTK_TYPE_WIDGET)

static GtkWidget *
find_patch (MadangDistrictMap *self, const char *code)
{
  for (guint i = 0; i < self->patches->len; i++)
    if (g_strcmp0 (madang_district_patch_get_outline (self->patches->pdata[i])->code, code) == 0)
      return self->patches->pdata[i];
  return NULL;
}

/* --- size and place ------------------------------------------------------------------------- */

static void
madang_district_map_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  const float share = orientation == GTK_ORIENTATION_VERTICAL ? MADANG_DISTRICT_MAP_HEIGHT : 1;

  *minimum = (int)(LEAST_WIDTH * share) + 2 * MARGIN;
  *natural = (int)(USUAL_WIDTH * share) + 2 * MARGIN;
}

static void
place (MadangDistrictPatch *patch, float scale, float left, float top)
{
  const graphene_rect_t *bounds = &madang_district_patch_get_outline (patch)->bounds;
  GskTransform *transform = gsk_transform_translate (
      NULL, &GRAPHENE_POINT_INIT (left + bounds->origin.x * scale, top + bounds->origin.y * scale));
  int least;

  madang_district_patch_set_scale (patch, scale);
  /* GTK wants to be asked before it is told. */
  gtk_widget_measure (GTK_WIDGET (patch), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (patch), MAX (least, (int)(bounds->size.width * scale) + 1),
                       (int)(bounds->size.height * scale) + 1, -1, transform);
}

static void
madang_district_map_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MadangDistrictMap *self = MADANG_DISTRICT_MAP (widget);
  const float scale = MIN ((float)(width - 2 * MARGIN),
                           (float)(height - 2 * MARGIN) / MADANG_DISTRICT_MAP_HEIGHT);
  const float left = ((float)width - scale) / 2;
  const float top = ((float)height - scale * MADANG_DISTRICT_MAP_HEIGHT) / 2;

  for (guint i = 0; i < self->patches->len; i++)
    place (self->patches->pdata[i], scale, left, top);
}

/* --- drawing -------------------------------------------------------------------------------- */

/* Above all districts, so that none of them covers it. */
static void
append_focus (MadangDistrictMap *self, GtkSnapshot *snapshot)
{
  const graphene_rect_t area
      = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (GTK_WIDGET (self)),
                            (float)gtk_widget_get_height (GTK_WIDGET (self)));
  graphene_point_t origin;
  GdkRGBA colour;
  cairo_t *cr;

  if (!gtk_widget_compute_point (self->current, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (0, 0),
                                 &origin))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_translate (cr, (double)origin.x, (double)origin.y);
  madang_district_patch_trace (MADANG_DISTRICT_PATCH (self->current), cr);
  madang_map_palette_get_focus (&colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, FOCUS_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
madang_district_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadangDistrictMap *self = MADANG_DISTRICT_MAP (widget);

  GTK_WIDGET_CLASS (madang_district_map_parent_class)->snapshot (widget, snapshot);
  if (gtk_widget_has_focus (self->current))
    append_focus (self, snapshot);
}

/* --- focus ---------------------------------------------------------------------------------- */

static gboolean
madang_district_map_focus (GtkWidget *widget, GtkDirectionType direction)
{
  MadangDistrictMap *self = MADANG_DISTRICT_MAP (widget);
  /* A child is remembered as the one of the focus also while that is elsewhere. */
  const gboolean inside = gtk_widget_is_focus (self->current);
  const MadangDistrictOutline *next;
  int right = 0, down = 0;

  if (!inside)
    return gtk_widget_grab_focus (self->current);
  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    return FALSE;
  if (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT)
    right = direction == GTK_DIR_RIGHT ? 1 : -1;
  else
    down = direction == GTK_DIR_DOWN ? 1 : -1;
  next = madang_district_outline_find_next (
      madang_district_patch_get_outline (MADANG_DISTRICT_PATCH (self->current)), right, down);
  if (next != NULL)
    gtk_widget_grab_focus (find_patch (self, next->code));
  /* At the edge of the city one stays. */
  return TRUE;
}

static void
focus_entered_cb (GtkEventController *controller, MadangDistrictMap *self)
{
  self->current = gtk_event_controller_get_widget (controller);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
clicked_cb (MadangDistrictMap *self, MadangDistrictPatch *patch)
{
  g_signal_emit (self, picked_signal, 0, madang_district_patch_get_outline (patch)->code);
}

static void
redraw_all (MadangDistrictMap *self)
{
  for (guint i = 0; i < self->patches->len; i++)
    gtk_widget_queue_draw (self->patches->pdata[i]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
add_patch (MadangDistrictMap *self, const MadangDistrictOutline *outline)
{
  GtkWidget *patch = madang_district_patch_new (outline);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (focus_entered_cb), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (patch, focus);
  g_signal_connect_object (patch, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (patch, GTK_WIDGET (self));
  g_ptr_array_add (self->patches, patch);
}

static void
madang_district_map_dispose (GObject *object)
{
  MadangDistrictMap *self = MADANG_DISTRICT_MAP (object);

  for (guint i = 0; i < self->patches->len; i++)
    gtk_widget_unparent (self->patches->pdata[i]);
  g_ptr_array_set_size (self->patches, 0);

  G_OBJECT_CLASS (madang_district_map_parent_class)->dispose (object);
}

static void
madang_district_map_finalize (GObject *object)
{
  g_ptr_array_unref (MADANG_DISTRICT_MAP (object)->patches);

  G_OBJECT_CLASS (madang_district_map_parent_class)->finalize (object);
}

static void
madang_district_map_class_init (MadangDistrictMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_district_map_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_district_map_finalize;
  widget_class->measure = madang_district_map_measure;
  widget_class->size_allocate = madang_district_map_size_allocate;
  widget_class->snapshot = madang_district_map_snapshot;
  widget_class->focus = madang_district_map_focus;
  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_district_map_init (MadangDistrictMap *self)
{
  guint n_outlines;
  const MadangDistrictOutline *outlines = madang_district_outline_list (&n_outlines);

  self->patches = g_ptr_array_new ();
  for (guint i = 0; i < n_outlines; i++)
    add_patch (self, &outlines[i]);
  self->current = self->patches->pdata[0];
  g_signal_connect_object (adw_style_manager_get_default (), "notify", G_CALLBACK (redraw_all),
                           self, G_CONNECT_SWAPPED);
}

void
madang_district_map_set_district (MadangDistrictMap *self,
                                  const char *code,
                                  guint category,
                                  const char *text)
{
  GtkWidget *patch;

  g_return_if_fail (MADANG_IS_DISTRICT_MAP (self));

  patch = find_patch (self, code);
  if (patch != NULL)
    madang_district_patch_set_category (MADANG_DISTRICT_PATCH (patch), category, text);
}

void
madang_district_map_set_faint (MadangDistrictMap *self, const char *code, gboolean faint)
{
  GtkWidget *patch;

  g_return_if_fail (MADANG_IS_DISTRICT_MAP (self));

  patch = find_patch (self, code);
  if (patch != NULL)
    gtk_widget_set_opacity (patch, faint ? FAINT : 1);
}

void
madang_district_map_set_summary (MadangDistrictMap *self, const char *summary)
{
  g_return_if_fail (MADANG_IS_DISTRICT_MAP (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary,
                                  -1);
}
