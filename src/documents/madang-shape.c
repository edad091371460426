/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-shape.h"

#define SERIF_FAMILIES "Noto Serif CJK KR, Nanum Myeongjo, serif"
#define SANS_FAMILIES "Noto Sans CJK KR, Nanum Gothic, sans-serif"
#define DEFAULT_SPACING 1.6 /* what Hangul word processors set */
#define HINT_SCALE 0.8
#define GREY 0x6b6b

struct _MadangShaper
{
  PangoContext *context; /* (owned) */
  GHashTable *shapes;    /* (owned) set of MadangShape: of this round */
  GHashTable *previous;  /* (owned) (nullable): of the round before, while one runs */
  guint n_shaped;
  guint n_kept;
};

static guint
hash_shape (gconstpointer data)
{
  const MadangShape *self = data;

  return self->paragraph->hash ^ g_double_hash (&self->width);
}

static gboolean
shapes_equal (gconstpointer one, gconstpointer other)
{
  const MadangShape *a = one;
  const MadangShape *b = other;

  return a->width == b->width && madang_paragraph_looks_like (a->paragraph, b->paragraph);
}

static GHashTable *
create_set (void)
{
  return g_hash_table_new_full (hash_shape, shapes_equal, (GDestroyNotify)madang_shape_unref, NULL);
}

static PangoFontDescription *
create_font (const MadangParagraphStyle *style)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, style->sans ? SANS_FAMILIES : SERIF_FAMILIES);
  pango_font_description_set_size (font, pango_units_from_double (style->size));
  pango_font_description_set_weight (font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return font;
}

static void
insert_attribute (PangoAttrList *list, PangoAttribute *attribute, gsize start, gsize end)
{
  attribute->start_index = (guint)start;
  attribute->end_index = (guint)end;
  pango_attr_list_insert (list, attribute);
}

static PangoAttrList *
create_attributes (const MadangParagraph *paragraph)
{
  PangoAttrList *list = pango_attr_list_new ();

  /* A hyphen at the end of a line would be read as a part of an address. */
  pango_attr_list_insert (list, pango_attr_insert_hyphens_new (FALSE));
  if (paragraph->style.faint)
    pango_attr_list_insert (list, pango_attr_foreground_new (GREY, GREY, GREY));
  for (guint i = 0; i < paragraph->spans->len; i++)
    {
      const MadangDocumentSpan *span = &g_array_index (paragraph->spans, MadangDocumentSpan, i);

      if (span->bold)
        insert_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), span->start, span->end);
      if (!span->hint)
        continue;
      insert_attribute (list, pango_attr_foreground_new (GREY, GREY, GREY), span->start, span->end);
      insert_attribute (
          list, pango_attr_size_new (pango_units_from_double (paragraph->style.size * HINT_SCALE)),
          span->start, span->end);
    }
  return list;
}

/* In Pango units: how far the paragraph's last marker reaches. What follows it counts, since a
 * blank is as wide as the script around it has it. */
static int
measure_marker (PangoLayout *layout, const MadangParagraph *paragraph)
{
  PangoRectangle position;
  const char *next;
  gsize end = 0;

  for (guint i = 0; i < paragraph->spans->len; i++)
    {
      const MadangDocumentSpan *span = &g_array_index (paragraph->spans, MadangDocumentSpan, i);

      if (span->marker)
        end = span->end;
    }
  if (end == 0)
    return 0;
  next = paragraph->text + end;
  if (*next != '\0')
    next = g_utf8_next_char (next);
  pango_layout_set_text (layout, paragraph->text, (int)(next - paragraph->text));
  pango_layout_index_to_pos (layout, (int)end, &position);
  return position.x;
}

static PangoLayout *
create_layout (PangoContext *context, const MadangParagraph *paragraph, double width)
{
  PangoLayout *layout = pango_layout_new (context);
  const MadangParagraphStyle *style = &paragraph->style;
  PangoFontDescription *font = create_font (style);
  PangoAttrList *attributes = create_attributes (paragraph);
  int hanging;

  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  hanging = measure_marker (layout, paragraph);
  hanging += pango_units_from_double (style->hanging * MADANG_POINTS_PER_MILLIMETRE);
  pango_layout_set_indent (layout, -hanging);
  pango_layout_set_width (layout, pango_units_from_double (width));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_justify (layout, style->align == MADANG_ALIGN_FILL);
  if (style->align == MADANG_ALIGN_CENTRE)
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  else if (style->align == MADANG_ALIGN_END)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  pango_layout_set_text (layout, paragraph->text, -1);
  pango_font_description_free (font);
  pango_attr_list_unref (attributes);
  return layout;
}

/* Lines stand at equal distances, whatever face a glyph was found in, unless it is too tall. */
static GArray *
measure_lines (PangoLayout *layout, const MadangParagraphStyle *style)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (MadangShapedLine));
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double pitch = style->size * (style->spacing > 0 ? style->spacing : DEFAULT_SPACING);
  double indent = style->indent * MADANG_POINTS_PER_MILLIMETRE;

  do
    {
      PangoRectangle logical;
      double height;
      double ascent;
      MadangShapedLine line;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      height = pango_units_to_double (logical.height);
      ascent = pango_units_to_double (pango_layout_iter_get_baseline (iter) - logical.y);
      line.line = pango_layout_iter_get_line_readonly (iter);
      line.x = indent + pango_units_to_double (logical.x);
      line.height = MAX (pitch, height);
      line.baseline = (line.height - height) / 2 + ascent;
      g_array_append_val (lines, line);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  return lines;
}

static MadangShape *
create_shape (MadangShaper *self, MadangParagraph *paragraph, double width)
{
  MadangShape *shape = g_rc_box_new0 (MadangShape);
  double indent = paragraph->style.indent * MADANG_POINTS_PER_MILLIMETRE;

  shape->paragraph = madang_paragraph_ref (paragraph);
  shape->width = width;
  shape->layout = create_layout (self->context, paragraph, MAX (width - indent, 1));
  shape->lines = measure_lines (shape->layout, &paragraph->style);
  return shape;
}

static void
clear_shape (MadangShape *self)
{
  g_array_unref (self->lines);
  g_object_unref (self->layout);
  madang_paragraph_unref (self->paragraph);
}

MadangShape *
madang_shape_ref (MadangShape *self)
{
  return g_rc_box_acquire (self);
}

void
madang_shape_unref (MadangShape *self)
{
  g_rc_box_release_full (self, (GDestroyNotify)clear_shape);
}

gboolean
madang_shape_get_range (
    const MadangShape *self, guint line, gsize start, gsize end, double *x, double *width)
{
  const MadangShapedLine *shaped = &g_array_index (self->lines, MadangShapedLine, line);
  gsize line_start = (gsize)shaped->line->start_index;
  gsize line_end = line_start + (gsize)shaped->line->length;
  int x0;
  int x1;

  start = MAX (start, line_start);
  end = MIN (end, line_end);
  if (start >= end)
    return FALSE;
  pango_layout_line_index_to_x (shaped->line, (int)start, FALSE, &x0);
  pango_layout_line_index_to_x (shaped->line, (int)end, FALSE, &x1);
  *x = shaped->x + pango_units_to_double (MIN (x0, x1));
  *width = pango_units_to_double (ABS (x1 - x0));
  return TRUE;
}

char *
madang_shape_dup_text (const MadangShape *self, guint first, guint n_lines)
{
  const MadangShapedLine *start = &g_array_index (self->lines, MadangShapedLine, first);
  const MadangShapedLine *last
      = &g_array_index (self->lines, MadangShapedLine, first + n_lines - 1);
  gsize offset = (gsize)start->line->start_index;

  return g_strndup (self->paragraph->text + offset,
                    (gsize)last->line->start_index + (gsize)last->line->length - offset);
}

/* Measures are those of the paper, not of a screen: no hinting, fractions of a point kept. */
MadangShaper *
madang_shaper_new (void)
{
  MadangShaper *self = g_new0 (MadangShaper, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_resolution (self->context, 72);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_context_set_language (self->context, pango_language_from_string ("ko"));
  pango_context_set_base_dir (self->context, PANGO_DIRECTION_LTR);
  cairo_font_options_destroy (options);
  self->shapes = create_set ();
  return self;
}

void
madang_shaper_free (MadangShaper *self)
{
  g_clear_pointer (&self->previous, g_hash_table_unref);
  g_hash_table_unref (self->shapes);
  g_object_unref (self->context);
  g_free (self);
}

void
madang_shaper_begin (MadangShaper *self)
{
  g_assert (self->previous == NULL);

  self->previous = g_steal_pointer (&self->shapes);
  self->shapes = create_set ();
  self->n_shaped = 0;
  self->n_kept = 0;
}

void
madang_shaper_end (MadangShaper *self)
{
  g_clear_pointer (&self->previous, g_hash_table_unref);
}

MadangShape *
madang_shaper_shape (MadangShaper *self, MadangParagraph *paragraph, double width)
{
  MadangShape key = { .paragraph = paragraph, .width = width };
  MadangShape *shape = g_hash_table_lookup (self->shapes, &key);

  g_assert (self->previous != NULL);

  if (shape != NULL)
    return shape;
  if (g_hash_table_steal_extended (self->previous, &key, (gpointer *)&shape, NULL))
    self->n_kept++;
  else
    {
      shape = create_shape (self, paragraph, width);
      self->n_shaped++;
    }
  g_hash_table_add (self->shapes, shape);
  return shape;
}

guint
madang_shaper_get_n_shaped (const MadangShaper *self)
{
  return self->n_shaped;
}

guint
madang_shaper_get_n_kept (const MadangShaper *self)
{
  return self->n_kept;
}
