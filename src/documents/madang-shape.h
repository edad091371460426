/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "madang-document-private.h"

G_BEGIN_DECLS

#define MADANG_POINTS_PER_MILLIMETRE (72.0 / 25.4)

/* A line of a shaped paragraph; points, from the paragraph's left edge and the line's top. */
typedef struct
{
  PangoLayoutLine *line; /* borrowed from the layout */
  double x;
  double baseline;
  double height;
} MadangShapedLine;

/* A paragraph broken into lines of one width. Immutable. */
typedef struct
{
  MadangParagraph *paragraph; /* (owned) that it was made of: perhaps of an earlier document */
  double width;
  PangoLayout *layout; /* (owned) */
  GArray *lines;       /* (owned) of MadangShapedLine, at least one */
} MadangShape;

MadangShape *madang_shape_ref (MadangShape *self);
void madang_shape_unref (MadangShape *self);
/* The horizontal range of some bytes on one line, from the paragraph's left edge. FALSE when the
 * line holds none of them. */
gboolean madang_shape_get_range (
    const MadangShape *self, guint line, gsize start, gsize end, double *x, double *width);
/* The text of some lines. */
char *madang_shape_dup_text (const MadangShape *self, guint first, guint n_lines);

/* Shapes each paragraph once as long as documents go on showing it. Confined to one thread. */
typedef struct _MadangShaper MadangShaper;

MadangShaper *madang_shaper_new (void);
void madang_shaper_free (MadangShaper *self);
/* Between the two, everything that the document shows is asked for; the rest is forgotten. */
void madang_shaper_begin (MadangShaper *self);
void madang_shaper_end (MadangShaper *self);
/* Borrowed; lives at least until the end of the round after this one. */
MadangShape *madang_shaper_shape (MadangShaper *self, MadangParagraph *paragraph, double width);
/* In the latest round: paragraphs shaped anew and found as they were. */
guint madang_shaper_get_n_shaped (const MadangShaper *self);
guint madang_shaper_get_n_kept (const MadangShaper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangShape, madang_shape_unref)

G_END_DECLS
