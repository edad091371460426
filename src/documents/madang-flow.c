/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-flow.h"

#define TOLERANCE 0.01 /* points */

static void
clear_line (gpointer data)
{
  MadangFlowLine *line = data;

  g_clear_pointer (&line->shape, madang_shape_unref);
}

/* No single line of a paragraph stands alone on either side of a break. */
static gboolean
may_start_with (const MadangFlow *self, const MadangShape *shape, guint line)
{
  const MadangFlowLine *above;

  if (line > 0)
    return line >= 2 && shape->lines->len - line >= 2;
  if (self->len == 0)
    return TRUE;
  above = &g_array_index (self, MadangFlowLine, self->len - 1);
  return !above->paragraph->style.keep_with_next;
}

MadangFlow *
madang_flow_new (void)
{
  MadangFlow *self = g_array_new (FALSE, TRUE, sizeof (MadangFlowLine));

  g_array_set_clear_func (self, clear_line);
  return self;
}

void
madang_flow_append (MadangFlow *self, MadangParagraph *paragraph, MadangShape *shape)
{
  double gap = paragraph->style.before;

  if (self->len > 0)
    gap += g_array_index (self, MadangFlowLine, self->len - 1).paragraph->style.after;
  for (guint i = 0; i < shape->lines->len; i++)
    {
      MadangFlowLine line = {
        .shape = madang_shape_ref (shape),
        .paragraph = paragraph,
        .line = i,
        .gap = i == 0 ? gap * MADANG_POINTS_PER_MILLIMETRE : 0,
        .height = g_array_index (shape->lines, MadangShapedLine, i).height,
        .may_start = may_start_with (self, shape, i),
      };

      g_array_append_val (self, line);
    }
}

double
madang_flow_measure (const MadangFlow *self, guint first, guint n_lines)
{
  double height = 0;

  for (guint i = first; i < first + n_lines; i++)
    {
      const MadangFlowLine *line = &g_array_index (self, MadangFlowLine, i);

      height += line->height + (i == first ? 0 : line->gap);
    }
  return height;
}

guint
madang_flow_fit (const MadangFlow *self, guint first, double height, gboolean force)
{
  double used = 0;
  guint greedy = 0;
  guint n;

  for (guint i = first; i < self->len; i++)
    {
      const MadangFlowLine *line = &g_array_index (self, MadangFlowLine, i);

      used += line->height + (i == first ? 0 : line->gap);
      if (used > height + TOLERANCE)
        break;
      greedy++;
    }
  if (first + greedy >= self->len)
    return self->len - MIN (first, self->len);
  for (n = greedy; n > 0; n--)
    if (g_array_index (self, MadangFlowLine, first + n).may_start)
      return n;
  return force ? MAX (greedy, 1) : 0;
}
