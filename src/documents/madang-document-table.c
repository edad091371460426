/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-document-layout-private.h"

/* As Hangul word processors set them. */
#define PADDING_X (1.8 * MADANG_POINTS_PER_MILLIMETRE)
#define PADDING_Y (1.1 * MADANG_POINTS_PER_MILLIMETRE)
#define EMPTY_ROW (5.0 * MADANG_POINTS_PER_MILLIMETRE)
#define SHORT_ROW (30.0 * MADANG_POINTS_PER_MILLIMETRE)
#define TOLERANCE 0.01

/* A cell on its way through the pages. */
typedef struct
{
  const MadangCell *cell;
  MadangFlow *flow; /* (owned) */
  double x;
  double width;
  double minimum_height;
  gboolean repeated;
  guint order;
  double top;     /* of its part on this page */
  guint next;     /* line that is placed next */
  guint n_chosen; /* lines for the part that ends now */
  gboolean open;
} PlacedCell;

typedef struct
{
  MadangPaginator *paginator;
  const MadangTable *table;
  GArray *cells; /* (owned) of PlacedCell */
  double left;
  double width;
  double top; /* of the part on this page */
} TablePlacer;

static void
clear_cell (gpointer data)
{
  PlacedCell *cell = data;

  g_clear_pointer (&cell->flow, g_array_unref);
}

static guint
last_row (const PlacedCell *self)
{
  return self->cell->row + self->cell->style.rows - 1;
}

/* Height that it takes from its top to hold what is left of it. */
static double
measure_rest (const PlacedCell *self)
{
  guint first = self->repeated ? 0 : self->next;

  return madang_flow_measure (self->flow, first, self->flow->len - first) + 2 * PADDING_Y;
}

static gboolean
has_rest (const PlacedCell *self)
{
  return !self->repeated && self->next < self->flow->len;
}

/* Columns that are too wide together are narrowed in proportion. */
static double *
measure_columns (const TablePlacer *self, double *total)
{
  const GArray *columns = self->table->columns;
  double *edges = g_new0 (double, columns->len + 1);

  for (guint i = 0; i < columns->len; i++)
    edges[i + 1]
        = edges[i] + g_array_index (columns, MadangColumn, i).width * MADANG_POINTS_PER_MILLIMETRE;
  *total = edges[columns->len];
  if (*total > self->paginator->width)
    {
      for (guint i = 0; i <= columns->len; i++)
        edges[i] *= self->paginator->width / *total;
      *total = self->paginator->width;
    }
  return edges;
}

static void
prepare_cell (TablePlacer *self, const MadangCell *cell, const double *edges)
{
  MadangPaginator *paginator = self->paginator;
  double page_height = paginator->bottom - paginator->top;
  PlacedCell placed = { .cell = cell, .flow = madang_flow_new (), .order = paginator->order++ };

  placed.x = self->left + edges[cell->column];
  placed.width = edges[cell->column + cell->style.columns] - edges[cell->column];
  for (guint i = 0; i < cell->paragraphs->len; i++)
    {
      MadangParagraph *paragraph = g_ptr_array_index (cell->paragraphs, i);
      double width = MAX (placed.width - 2 * PADDING_X, 1);

      madang_flow_append (placed.flow, paragraph,
                          madang_shaper_shape (paginator->shaper, paragraph, width));
    }
  placed.minimum_height
      = MIN (cell->style.minimum_height * MADANG_POINTS_PER_MILLIMETRE, page_height);
  placed.repeated = cell->style.repeated
                    && madang_flow_measure (placed.flow, 0, placed.flow->len) < page_height / 2;
  g_array_append_val (self->cells, placed);
}

static void
prepare_cells (TablePlacer *self)
{
  g_autofree double *edges = NULL;

  edges = measure_columns (self, &self->width);
  self->left = self->paginator->left + (self->paginator->width - self->width) / 2;
  self->cells = g_array_sized_new (FALSE, TRUE, sizeof (PlacedCell), self->table->cells->len);
  g_array_set_clear_func (self->cells, clear_cell);
  for (guint i = 0; i < self->table->cells->len; i++)
    prepare_cell (self, g_ptr_array_index (self->table->cells, i), edges);
}

/* Puts the chosen lines of a cell on the page, between its top and the bottom. */
static void
place_part (TablePlacer *self, PlacedCell *cell, double bottom)
{
  MadangPaperPage *page = self->paginator->page;
  MadangPlacedCell placed
      = { { cell->x, cell->top, cell->width, bottom - cell->top }, cell->cell->style.shaded };
  guint first = cell->repeated ? 0 : cell->next;
  double height = madang_flow_measure (cell->flow, first, cell->n_chosen);
  double y = cell->top + PADDING_Y;
  MadangRectangle area = placed.area;

  if (cell->cell->style.middle)
    y = cell->top + MAX (placed.area.height - height, 2 * PADDING_Y) / 2;
  g_array_append_val (page->cells, placed);
  madang_paper_page_add_anchor (page, cell->cell->anchor, MADANG_ANCHOR_CELL, &placed.area);
  area.x += PADDING_X;
  area.width -= 2 * PADDING_X;
  madang_paper_page_place (page, cell->flow, first, cell->n_chosen, y, &area, cell->order);
  cell->next = first + cell->n_chosen;
}

static void
place_outline (TablePlacer *self)
{
  MadangPaginator *paginator = self->paginator;
  MadangRectangle outline = { self->left, self->top, self->width, paginator->y - self->top };

  if (outline.height > 0)
    g_array_append_val (paginator->page->tables, outline);
}

/* Ends the page here. What is open goes on at the top of the next one. */
static void
break_page (TablePlacer *self)
{
  MadangPaginator *paginator = self->paginator;

  for (guint i = 0; i < self->cells->len; i++)
    {
      PlacedCell *cell = &g_array_index (self->cells, PlacedCell, i);

      if (cell->open && paginator->y - cell->top > TOLERANCE)
        place_part (self, cell, paginator->y);
    }
  place_outline (self);
  madang_paginator_break (paginator);
  self->top = paginator->y;
  for (guint i = 0; i < self->cells->len; i++)
    if (g_array_index (self->cells, PlacedCell, i).open)
      g_array_index (self->cells, PlacedCell, i).top = self->top;
}

/* How many lines of each open cell fit into its part if that ends at bottom. FALSE when a cell
 * that has something left would get none. Cells that go on below this row need not get any. */
static gboolean
choose_lines (TablePlacer *self, guint row, double bottom, gboolean force)
{
  gboolean all = TRUE;

  for (guint i = 0; i < self->cells->len; i++)
    {
      PlacedCell *cell = &g_array_index (self->cells, PlacedCell, i);
      double room = bottom - cell->top - 2 * PADDING_Y;
      gboolean ends = last_row (cell) == row;

      if (!cell->open)
        continue;
      cell->n_chosen
          = madang_flow_fit (cell->flow, cell->repeated ? 0 : cell->next, room, force && ends);
      if (cell->repeated && cell->n_chosen < cell->flow->len)
        {
          cell->n_chosen = 0;
          all = all && !ends;
        }
      else if (ends && has_rest (cell) && cell->n_chosen == 0)
        all = FALSE;
    }
  return all;
}

/* Where a part with the chosen lines ends. */
static double
find_part_bottom (const TablePlacer *self)
{
  double bottom = self->paginator->y;

  for (guint i = 0; i < self->cells->len; i++)
    {
      const PlacedCell *cell = &g_array_index (self->cells, PlacedCell, i);
      guint first = cell->repeated ? 0 : cell->next;
      double height;

      if (!cell->open || cell->n_chosen == 0)
        continue;
      height = madang_flow_measure (cell->flow, first, cell->n_chosen) + 2 * PADDING_Y;
      bottom = MAX (bottom, cell->top + height);
    }
  return bottom;
}

static void
open_cells (TablePlacer *self, guint row)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      PlacedCell *cell = &g_array_index (self->cells, PlacedCell, i);

      if (cell->cell->row != row)
        continue;
      cell->open = TRUE;
      cell->top = self->paginator->y;
    }
}

/* What the row needs for the rest of the cells that end in it. */
static double
measure_row (const TablePlacer *self, guint row)
{
  double height = 0;
  gboolean ends = FALSE;

  for (guint i = 0; i < self->cells->len; i++)
    {
      const PlacedCell *cell = &g_array_index (self->cells, PlacedCell, i);
      double above = cell->open ? self->paginator->y - cell->top : 0;

      if (last_row (cell) != row)
        continue;
      height = MAX (height, measure_rest (cell) - above);
      ends = TRUE;
    }
  return ends ? height : EMPTY_ROW;
}

/* What the row would like to have, in cells that begin on this page. */
static double
measure_wish (const TablePlacer *self, guint row)
{
  double height = 0;

  for (guint i = 0; i < self->cells->len; i++)
    {
      const PlacedCell *cell = &g_array_index (self->cells, PlacedCell, i);

      if (cell->open && last_row (cell) == row && cell->next == 0)
        height = MAX (height, cell->minimum_height - (self->paginator->y - cell->top));
    }
  return height;
}

/* Together with the rows that it must not be parted from. */
static double
measure_kept_rows (const TablePlacer *self, guint row)
{
  double height = measure_row (self, row);
  gboolean kept = FALSE;

  for (guint i = 0; i < self->cells->len; i++)
    {
      const PlacedCell *cell = &g_array_index (self->cells, PlacedCell, i);

      kept = kept || (cell->cell->row == row && cell->cell->style.keep_with_next);
    }
  if (kept && row + 1 < self->table->n_rows)
    height += measure_kept_rows (self, row + 1);
  return height;
}

/* A short row reads better whole, too. */
static gboolean
row_may_part (const TablePlacer *self, guint row)
{
  if (measure_row (self, row) < SHORT_ROW)
    return FALSE;
  for (guint i = 0; i < self->cells->len; i++)
    {
      const PlacedCell *cell = &g_array_index (self->cells, PlacedCell, i);

      if (cell->open && last_row (cell) == row && cell->cell->style.together)
        return FALSE;
    }
  return TRUE;
}

/* Empty room is given up where it alone would take the row, or those that it is kept with, to
 * another page. */
static void
finish_row (TablePlacer *self, guint row)
{
  MadangPaginator *paginator = self->paginator;
  double height = measure_row (self, row);
  double kept = measure_kept_rows (self, row) - height;
  double wish = MIN (measure_wish (self, row), paginator->bottom - paginator->y - kept);

  paginator->y += MAX (height, wish);
  for (guint i = 0; i < self->cells->len; i++)
    {
      PlacedCell *cell = &g_array_index (self->cells, PlacedCell, i);

      if (!cell->open || last_row (cell) != row)
        continue;
      cell->n_chosen = cell->flow->len - (cell->repeated ? 0 : cell->next);
      place_part (self, cell, paginator->y);
      cell->open = FALSE;
    }
}

/* Parts a row that is too tall for what is left of the page, or takes it to the next page. */
static void
part_row (TablePlacer *self, guint row)
{
  MadangPaginator *paginator = self->paginator;
  gboolean at_top = madang_paginator_is_at_top (paginator);

  if (at_top || (row_may_part (self, row) && choose_lines (self, row, paginator->bottom, FALSE)))
    {
      if (at_top)
        choose_lines (self, row, paginator->bottom, TRUE);
      paginator->y = find_part_bottom (self);
    }
  else
    choose_lines (self, row, paginator->y, FALSE);
  break_page (self);
}

/* Whether the row should go to the next page for the sake of the rows that it is kept with. */
static gboolean
is_drawn_to_next_page (const TablePlacer *self, guint row)
{
  const MadangPaginator *paginator = self->paginator;
  double kept = measure_kept_rows (self, row);

  return !madang_paginator_is_at_top (paginator) && kept > measure_row (self, row)
         && kept <= paginator->bottom - paginator->top
         && paginator->y + kept > paginator->bottom + TOLERANCE;
}

static void
place_row (TablePlacer *self, guint row)
{
  MadangPaginator *paginator = self->paginator;

  if (is_drawn_to_next_page (self, row))
    {
      choose_lines (self, row, paginator->y, FALSE);
      break_page (self);
    }
  open_cells (self, row);
  while (paginator->y + measure_row (self, row) > paginator->bottom + TOLERANCE)
    part_row (self, row);
  finish_row (self, row);
}

void
madang_paginator_place_table (MadangPaginator *self, const MadangTable *table)
{
  TablePlacer placer = { .paginator = self, .table = table, .top = self->y };

  prepare_cells (&placer);
  for (guint row = 0; row < table->n_rows; row++)
    place_row (&placer, row);
  place_outline (&placer);
  g_array_unref (placer.cells);
}
