/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-document.h"

#include "madang-document-private.h"

#define DEFAULT_MARGIN 20.0
#define MAXIMUM_MARGINS 150.0 /* both sides: something must be left of A4 */

struct _MadangDocument
{
  GObject parent_instance;

  char *title;       /* (owned) */
  GPtrArray *blocks; /* (owned) of MadangBlock */
  MadangMargins margins;
  char *footer_start; /* (owned) (nullable) */
  char *footer_end;   /* (owned) (nullable) */
  char *record;       /* (owned) (nullable) */
  gint64 version;
  char *digest; /* (owned) (nullable) */
  gboolean closed;

  /* While it is built. */
  MadangTable *table; /* (nullable), owned by its block */
  MadangCell *cell;   /* (nullable), owned by the table */
  gboolean in_row;
  GArray *covered; /* (owned) (nullable) of guint: rows from this one on, per column, that are
                        * covered by cells that stand already */
};

G_DEFINE_FINAL_TYPE (MadangDocument, madang_document, G_TYPE_OBJECT)

static void
free_cell (gpointer data)
{
  MadangCell *cell = data;

  g_free (cell->anchor);
  g_ptr_array_unref (cell->paragraphs);
  g_free (cell);
}

static void
free_table (MadangTable *table)
{
  g_array_unref (table->columns);
  g_ptr_array_unref (table->cells);
  g_free (table);
}

static void
free_block (gpointer data)
{
  MadangBlock *block = data;

  g_clear_pointer (&block->paragraph, madang_paragraph_unref);
  g_clear_pointer (&block->table, free_table);
  g_free (block);
}

static void
take_paragraph (MadangDocument *self, MadangParagraph *paragraph)
{
  MadangBlock *block;

  if (self->cell != NULL)
    {
      g_ptr_array_add (self->cell->paragraphs, paragraph);
      return;
    }
  block = g_new0 (MadangBlock, 1);
  block->paragraph = paragraph;
  g_ptr_array_add (self->blocks, block);
}

/* The first column from which as many columns as wanted are free in this row, or the first free
 * one with what is left of it. */
static guint
find_place (const GArray *covered, guint wanted, guint *n_columns)
{
  guint column = 0;
  guint n = 0;

  while (column < covered->len && g_array_index (covered, guint, column) > 0)
    column++;
  while (n < wanted && column + n < covered->len && g_array_index (covered, guint, column + n) == 0)
    n++;
  *n_columns = n;
  return column;
}

/* A span that the rows never came for ends with the table. */
static void
trim_row_spans (MadangTable *table)
{
  for (guint i = 0; i < table->cells->len; i++)
    {
      MadangCell *cell = g_ptr_array_index (table->cells, i);

      cell->style.rows = MIN (cell->style.rows, table->n_rows - cell->row);
    }
}

static void
madang_document_finalize (GObject *object)
{
  MadangDocument *self = MADANG_DOCUMENT (object);

  g_free (self->title);
  g_ptr_array_unref (self->blocks);
  g_free (self->footer_start);
  g_free (self->footer_end);
  g_free (self->record);
  g_free (self->digest);
  g_clear_pointer (&self->covered, g_array_unref);
  G_OBJECT_CLASS (madang_document_parent_class)->finalize (object);
}

static void
madang_document_class_init (MadangDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_document_finalize;
}

static void
madang_document_init (MadangDocument *self)
{
  self->blocks = g_ptr_array_new_with_free_func (free_block);
  self->margins = (MadangMargins){ DEFAULT_MARGIN, DEFAULT_MARGIN, DEFAULT_MARGIN, DEFAULT_MARGIN };
}

MadangDocument *
madang_document_new (const char *title)
{
  MadangDocument *self = g_object_new (MADANG_TYPE_DOCUMENT, NULL);

  self->title = g_utf8_make_valid (title != NULL ? title : "", -1);
  return self;
}

void
madang_document_set_origin (MadangDocument *self,
                            const char *record,
                            gint64 version,
                            const char *digest)
{
  g_return_if_fail (MADANG_IS_DOCUMENT (self) && !self->closed);

  g_free (self->record);
  self->record = g_strdup (record);
  self->version = version;
  g_free (self->digest);
  self->digest = g_strdup (digest);
}

void
madang_document_set_footer (MadangDocument *self, const char *start, const char *end)
{
  g_return_if_fail (MADANG_IS_DOCUMENT (self) && !self->closed);

  g_free (self->footer_start);
  self->footer_start = g_strdup (start);
  g_free (self->footer_end);
  self->footer_end = g_strdup (end);
}

void
madang_document_set_margins (
    MadangDocument *self, double top, double right, double bottom, double left)
{
  g_return_if_fail (MADANG_IS_DOCUMENT (self) && !self->closed);
  g_return_if_fail (top >= 0 && bottom >= 0 && top + bottom <= MAXIMUM_MARGINS);
  g_return_if_fail (left >= 0 && right >= 0 && left + right <= MAXIMUM_MARGINS);

  self->margins = (MadangMargins){ top, right, bottom, left };
}

void
madang_document_add_paragraph (MadangDocument *self,
                               const char *text,
                               const MadangParagraphStyle *style,
                               const char *anchor)
{
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (MADANG_IS_DOCUMENT (self) && !self->closed);
  g_return_if_fail (text != NULL && style != NULL && style->size > 0);
  g_return_if_fail (self->table == NULL || self->cell != NULL);

  lines = g_strsplit (text, "\n", -1);
  if (lines[0] == NULL)
    {
      take_paragraph (self, madang_paragraph_new (NULL, 0, style, anchor));
      return;
    }
  for (guint i = 0; lines[i] != NULL; i++)
    {
      MadangSpan span = { .text = lines[i] };
      MadangParagraphStyle line_style = *style;

      line_style.before = i == 0 ? style->before : 0;
      line_style.after = lines[i + 1] == NULL ? style->after : 0;
      take_paragraph (self, madang_paragraph_new (&span, 1, &line_style, anchor));
    }
}

void
madang_document_add_spans (MadangDocument *self,
                           const MadangSpan *spans,
                           guint n_spans,
                           const MadangParagraphStyle *style,
                           const char *anchor)
{
  g_return_if_fail (MADANG_IS_DOCUMENT (self) && !self->closed);
  g_return_if_fail ((spans != NULL || n_spans == 0) && style != NULL && style->size > 0);
  g_return_if_fail (self->table == NULL || self->cell != NULL);

  take_paragraph (self, madang_paragraph_new (spans, n_spans, style, anchor));
}

void
madang_document_begin_table (MadangDocument *self, const MadangColumn *columns, guint n_columns)
{
  MadangBlock *block;

  g_return_if_fail (MADANG_IS_DOCUMENT (self) && !self->closed);
  g_return_if_fail (self->table == NULL && columns != NULL && n_columns > 0);

  self->table = g_new0 (MadangTable, 1);
  self->table->columns = g_array_new (FALSE, FALSE, sizeof (MadangColumn));
  g_array_append_vals (self->table->columns, columns, n_columns);
  self->table->cells = g_ptr_array_new_with_free_func (free_cell);
  block = g_new0 (MadangBlock, 1);
  block->table = self->table;
  g_ptr_array_add (self->blocks, block);
  self->covered = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (self->covered, n_columns);
}

void
madang_document_begin_row (MadangDocument *self)
{
  g_return_if_fail (MADANG_IS_DOCUMENT (self) && self->table != NULL && !self->in_row);

  self->in_row = TRUE;
}

void
madang_document_begin_cell (MadangDocument *self, const MadangCellStyle *style, const char *anchor)
{
  MadangCell *cell;
  guint n_columns = 0;
  guint column;

  g_return_if_fail (MADANG_IS_DOCUMENT (self) && self->in_row && self->cell == NULL);
  g_return_if_fail (style != NULL);

  column = find_place (self->covered, MAX (style->columns, 1), &n_columns);
  g_return_if_fail (n_columns > 0);
  cell = g_new0 (MadangCell, 1);
  cell->row = self->table->n_rows;
  cell->column = column;
  cell->style = *style;
  cell->style.columns = n_columns;
  cell->style.rows = MAX (style->rows, 1);
  cell->anchor = g_strdup (anchor);
  cell->paragraphs = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_paragraph_unref);
  g_ptr_array_add (self->table->cells, cell);
  for (guint i = 0; i < n_columns; i++)
    g_array_index (self->covered, guint, column + i) = cell->style.rows;
  self->cell = cell;
}

void
madang_document_end_cell (MadangDocument *self)
{
  g_return_if_fail (MADANG_IS_DOCUMENT (self) && self->cell != NULL);

  self->cell = NULL;
}

void
madang_document_end_row (MadangDocument *self)
{
  g_return_if_fail (MADANG_IS_DOCUMENT (self) && self->in_row && self->cell == NULL);

  for (guint i = 0; i < self->covered->len; i++)
    if (g_array_index (self->covered, guint, i) > 0)
      g_array_index (self->covered, guint, i)--;
  self->table->n_rows++;
  self->in_row = FALSE;
}

void
madang_document_end_table (MadangDocument *self)
{
  g_return_if_fail (MADANG_IS_DOCUMENT (self) && self->table != NULL && !self->in_row);

  trim_row_spans (self->table);
  self->table = NULL;
  g_clear_pointer (&self->covered, g_array_unref);
}

void
madang_document_close (MadangDocument *self)
{
  g_return_if_fail (MADANG_IS_DOCUMENT (self) && self->table == NULL);

  self->closed = TRUE;
}

const char *
madang_document_get_title (MadangDocument *self)
{
  g_return_val_if_fail (MADANG_IS_DOCUMENT (self), NULL);

  return self->title;
}

GPtrArray *
madang_document_get_blocks (MadangDocument *self)
{
  return self->blocks;
}

const MadangMargins *
madang_document_get_margins (MadangDocument *self)
{
  return &self->margins;
}

const char *
madang_document_get_footer_start (MadangDocument *self)
{
  return self->footer_start;
}

const char *
madang_document_get_footer_end (MadangDocument *self)
{
  return self->footer_end;
}

const char *
madang_document_get_origin_record (MadangDocument *self)
{
  return self->record;
}

gint64
madang_document_get_origin_version (MadangDocument *self)
{
  return self->version;
}

const char *
madang_document_get_origin_digest (MadangDocument *self)
{
  return self->digest;
}

gboolean
madang_document_is_closed (MadangDocument *self)
{
  return self->closed;
}
