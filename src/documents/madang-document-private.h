/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document.h"

G_BEGIN_DECLS

/* What the layout and the writers of files read of a document. */

/* Bytes of a paragraph's text and how they differ from the rest. */
typedef struct
{
  gsize start;
  gsize end;
  char *anchor; /* (owned) (nullable) */
  gboolean bold;
  gboolean hint;
  gboolean marker;
  double seal;
} MadangDocumentSpan;

/* Immutable and reference counted across threads: the layout's cache outlives the document. */
typedef struct
{
  char *text; /* (owned) */
  MadangParagraphStyle style;
  GArray *spans; /* (owned) of MadangDocumentSpan */
  char *anchor;  /* (owned) (nullable) */
  guint hash;    /* of text, style and spans, not of anchors */
} MadangParagraph;

MadangParagraph *madang_paragraph_new (const MadangSpan *spans,
                                       guint n_spans,
                                       const MadangParagraphStyle *style,
                                       const char *anchor);
MadangParagraph *madang_paragraph_ref (MadangParagraph *self);
void madang_paragraph_unref (MadangParagraph *self);
/* Whether both are shaped alike, wherever they are anchored. */
gboolean madang_paragraph_looks_like (const MadangParagraph *self, const MadangParagraph *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangParagraph, madang_paragraph_unref)

typedef struct
{
  guint row;
  guint column;
  MadangCellStyle style; /* .columns and .rows are at least 1 and stay within the table */
  char *anchor;          /* (owned) (nullable) */
  GPtrArray *paragraphs; /* (owned) of MadangParagraph */
} MadangCell;

typedef struct
{
  GArray *columns;  /* (owned) of MadangColumn */
  GPtrArray *cells; /* (owned) of MadangCell, by row, then column */
  guint n_rows;
} MadangTable;

/* One of the two. */
typedef struct
{
  MadangParagraph *paragraph; /* (owned) (nullable) */
  MadangTable *table;         /* (owned) (nullable) */
} MadangBlock;

typedef struct
{
  double top;
  double right;
  double bottom;
  double left;
} MadangMargins;

GPtrArray *madang_document_get_blocks (MadangDocument *self); /* of MadangBlock */
const MadangMargins *madang_document_get_margins (MadangDocument *self);
const char *madang_document_get_footer_start (MadangDocument *self);
const char *madang_document_get_footer_end (MadangDocument *self);
const char *madang_document_get_origin_record (MadangDocument *self); /* (nullable) */
gint64 madang_document_get_origin_version (MadangDocument *self);
const char *madang_document_get_origin_digest (MadangDocument *self); /* (nullable) */
gboolean madang_document_is_closed (MadangDocument *self);

G_END_DECLS
