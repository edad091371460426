/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-map-palette.h"

#include <adwaita.h>

#define SAMPLE_WIDTH 28
#define SAMPLE_HEIGHT 16
#define PITCH 7.0 /* pixels from line to line of a pattern */

typedef enum
{
  PATTERN_NONE,
  PATTERN_RISING,
  PATTERN_DOTS,
  PATTERN_LEVEL,
  PATTERN_FALLING,
  PATTERN_UPRIGHT,
  PATTERN_LATTICE,
  PATTERN_GRID,
} Pattern;

typedef struct
{
  const char *light;
  const char *dark;
  Pattern pattern;
} Style;

/* Hues that those who see no red or no green tell apart too, and of different lightness. */
static const Style styles[MADANG_MAP_CATEGORIES] = {
  { "#f1f1f0", "#3a3a3c", PATTERN_NONE },    { "#7cb3e6", "#1f5fa0", PATTERN_RISING },
  { "#f2c14e", "#8a6412", PATTERN_DOTS },    { "#7fc8a9", "#1d6b50", PATTERN_LEVEL },
  { "#e59a8f", "#8f3a30", PATTERN_FALLING }, { "#c3a6e0", "#5f3f8c", PATTERN_UPRIGHT },
  { "#b9c56a", "#5c6618", PATTERN_LATTICE }, { "#d8d0c4", "#5a5146", PATTERN_GRID },
};

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static gboolean
is_high_contrast (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

static void
set_ink (cairo_t *cr, double alpha)
{
  const double tone = is_dark () ? 1 : 0;

  cairo_set_source_rgba (cr, tone, tone, tone, alpha);
}

static void
draw_lines (cairo_t *cr, double left, double top, double right, double bottom, Pattern pattern)
{
  const double height = bottom - top;

  if (pattern == PATTERN_LEVEL || pattern == PATTERN_GRID)
    for (double y = top; y < bottom; y += PITCH)
      {
        cairo_move_to (cr, left, y + 0.5);
        cairo_line_to (cr, right, y + 0.5);
      }
  if (pattern == PATTERN_UPRIGHT || pattern == PATTERN_GRID)
    for (double x = left; x < right; x += PITCH)
      {
        cairo_move_to (cr, x + 0.5, top);
        cairo_line_to (cr, x + 0.5, bottom);
      }
  for (double x = left - height; x < right; x += PITCH)
    {
      if (pattern == PATTERN_RISING || pattern == PATTERN_LATTICE)
        {
          cairo_move_to (cr, x, bottom);
          cairo_line_to (cr, x + height, top);
        }
      if (pattern == PATTERN_FALLING || pattern == PATTERN_LATTICE)
        {
          cairo_move_to (cr, x, top);
          cairo_line_to (cr, x + height, bottom);
        }
    }
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_dots (cairo_t *cr, double left, double top, double right, double bottom)
{
  for (double y = top; y < bottom; y += PITCH)
    for (double x = left; x < right; x += PITCH)
      {
        cairo_new_sub_path (cr);
        cairo_arc (cr, x, y, 1.2, 0, 2 * G_PI);
      }
  cairo_fill (cr);
}

void
madang_map_palette_fill (cairo_t *cr, guint category)
{
  const Style *style = &styles[category % MADANG_MAP_CATEGORIES];
  double left, top, right, bottom;
  GdkRGBA colour;
  cairo_path_t *path;

  g_return_if_fail (cr != NULL);

  gdk_rgba_parse (&colour, is_dark () ? style->dark : style->light);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_fill_preserve (cr);
  cairo_path_extents (cr, &left, &top, &right, &bottom);
  path = cairo_copy_path (cr);
  cairo_save (cr);
  cairo_clip (cr);
  set_ink (cr, is_high_contrast () ? 0.7 : 0.28);
  if (style->pattern == PATTERN_DOTS)
    draw_dots (cr, left, top, right, bottom);
  else if (style->pattern != PATTERN_NONE)
    draw_lines (cr, left, top, right, bottom, style->pattern);
  cairo_restore (cr);
  cairo_new_path (cr);
  cairo_append_path (cr, path);
  cairo_path_destroy (path);
}

void
madang_map_palette_border (cairo_t *cr)
{
  g_return_if_fail (cr != NULL);

  set_ink (cr, is_high_contrast () ? 1 : 0.45);
  cairo_set_line_width (cr, is_high_contrast () ? 2 : 1);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke_preserve (cr);
}

void
madang_map_palette_get_text (GdkRGBA *text, GdkRGBA *ground)
{
  const float tone = is_dark () ? 1 : 0;

  g_return_if_fail (text != NULL && ground != NULL);

  *text = (GdkRGBA){ tone, tone, tone, 1 };
  *ground = (GdkRGBA){ 1 - tone, 1 - tone, 1 - tone, is_high_contrast () ? 1 : 0.6f };
}

void
madang_map_palette_get_focus (GdkRGBA *focus)
{
  g_return_if_fail (focus != NULL);

  gdk_rgba_parse (focus, is_dark () ? "#78aeed" : "#1c71d8");
  if (is_high_contrast ())
    madang_map_palette_get_text (focus, &(GdkRGBA){ 0 });
}

/* --- the sample ---------------------------------------------------------------------------- */

static void
draw_sample_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer category)
{
  cairo_rectangle (cr, 0.5, 0.5, width - 1, height - 1);
  madang_map_palette_fill (cr, GPOINTER_TO_UINT (category));
  madang_map_palette_border (cr);
}

GtkWidget *
madang_map_palette_sample_new (guint category)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkWidget *sample
      = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                      "valign", GTK_ALIGN_CENTER, NULL);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (sample), SAMPLE_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (sample), SAMPLE_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (sample), draw_sample_cb,
                                  GUINT_TO_POINTER (category), NULL);
  g_signal_connect_object (style, "notify", G_CALLBACK (gtk_widget_queue_draw), sample,
                           G_CONNECT_SWAPPED);
  return sample;
}
