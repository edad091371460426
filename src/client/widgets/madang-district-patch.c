/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-district-patch.h"

#include "madang-map-palette.h"

#define SMALL_MAP 460.0f  /* pixels: below it names lose their last syllable */
#define LABEL_SHARE 46.0f /* the map's width in sizes of its letters */
#define LEAST_LABEL 9.0f
#define MOST_LABEL 14.0f
#define BLEED 3.0f /* pixels that the border may stand out */

struct _MadangDistrictPatch
{
  GtkWidget parent_instance;

  const MadangDistrictOutline *outline;
  guint category;
  float scale;
};

static guint clicked_signal;

G_DEFINE_FINAL_TYPE (MadangDistrictPatch, madang_district_patch, GTK_TYPE_WIDGET)

/* "강남" for "강남구"; "중구" stays. */
static char *
dup_short_name (MadangDistrictPatch *self)
{
  const glong length = g_utf8_strlen (self->outline->name, -1);

  if (self->scale >= SMALL_MAP || length < 3)
    return g_strdup (self->outline->name);
  return g_utf8_substring (self->outline->name, 0, length - 1);
}

static void
append_name (MadangDistrictPatch *self, GtkSnapshot *snapshot)
{
  g_autofree char *name = dup_short_name (self);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), name);
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (pango_layout_get_context (layout)));
  const float size = CLAMP (self->scale / LABEL_SHARE, LEAST_LABEL, MOST_LABEL);
  GdkRGBA text, ground;
  GskRoundedRect pill;
  int width, height;
  float x, y;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_get_pixel_size (layout, &width, &height);
  x = (self->outline->label.x - self->outline->bounds.origin.x) * self->scale - (float)width / 2;
  y = (self->outline->label.y - self->outline->bounds.origin.y) * self->scale - (float)height / 2;
  madang_map_palette_get_text (&text, &ground);
  gsk_rounded_rect_init_from_rect (&pill,
                                   &GRAPHENE_RECT_INIT (x - 2, y, (float)width + 4, (float)height),
                                   4);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, &ground, &pill.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, &text);
  gtk_snapshot_restore (snapshot);
}

static void
madang_district_patch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadangDistrictPatch *self = MADANG_DISTRICT_PATCH (widget);
  const graphene_rect_t area
      = GRAPHENE_RECT_INIT (-BLEED, -BLEED, (float)gtk_widget_get_width (widget) + 2 * BLEED,
                            (float)gtk_widget_get_height (widget) + 2 * BLEED);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);

  madang_district_patch_trace (self, cr);
  madang_map_palette_fill (cr, self->category);
  madang_map_palette_border (cr);
  cairo_destroy (cr);
  append_name (self, snapshot);
}

static gboolean
madang_district_patch_contains (GtkWidget *widget, double x, double y)
{
  MadangDistrictPatch *self = MADANG_DISTRICT_PATCH (widget);

  if (self->scale <= 0)
    return FALSE;
  return madang_district_outline_contains (self->outline,
                                           self->outline->bounds.origin.x + (float)x / self->scale,
                                           self->outline->bounds.origin.y + (float)y / self->scale);
}

static void
emit_clicked (MadangDistrictPatch *self)
{
  g_signal_emit (self, clicked_signal, 0);
}

static void
released_cb (MadangDistrictPatch *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  emit_clicked (self);
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  emit_clicked (MADANG_DISTRICT_PATCH (widget));
  return TRUE;
}

static void
madang_district_patch_class_init (MadangDistrictPatchClass *klass)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = madang_district_patch_snapshot;
  widget_class->contains = madang_district_patch_contains;
  clicked_signal = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], 0, activate_cb, NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
madang_district_patch_init (MadangDistrictPatch *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
madang_district_patch_new (const MadangDistrictOutline *outline)
{
  MadangDistrictPatch *self;

  g_return_val_if_fail (outline != NULL, NULL);

  self = g_object_new (MADANG_TYPE_DISTRICT_PATCH, NULL);
  self->outline = outline;
  madang_district_patch_set_category (self, 0, NULL);
  return GTK_WIDGET (self);
}

const MadangDistrictOutline *
madang_district_patch_get_outline (MadangDistrictPatch *self)
{
  g_return_val_if_fail (MADANG_IS_DISTRICT_PATCH (self), NULL);
  return self->outline;
}

void
madang_district_patch_set_category (MadangDistrictPatch *self, guint category, const char *text)
{
  g_autofree char *name = NULL;

  g_return_if_fail (MADANG_IS_DISTRICT_PATCH (self));

  if (text != NULL && *text != '\0')
    name = g_strdup_printf ("%s: %s", self->outline->name, text);
  else
    name = g_strdup (self->outline->name);
  self->category = category;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
madang_district_patch_set_scale (MadangDistrictPatch *self, float scale)
{
  g_return_if_fail (MADANG_IS_DISTRICT_PATCH (self));

  if (self->scale == scale)
    return;
  self->scale = scale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
madang_district_patch_trace (MadangDistrictPatch *self, cairo_t *cr)
{
  const graphene_point_t *origin;

  g_return_if_fail (MADANG_IS_DISTRICT_PATCH (self));
  g_return_if_fail (cr != NULL);

  origin = &self->outline->bounds.origin;
  for (guint i = 0; i < self->outline->n_points; i++)
    cairo_line_to (cr, (double)((self->outline->points[i].x - origin->x) * self->scale),
                   (double)((self->outline->points[i].y - origin->y) * self->scale));
  cairo_close_path (cr);
}
