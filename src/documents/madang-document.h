/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MadangDocument:
 *
 * What a paper says, apart from how it is drawn: A4 pages of paragraphs and tables. A paragraph
 * or cell may be anchored to a field of a record, so that the screen can lead from the paper to
 * the form. Built once per state of a record by one thread; immutable after
 * madang_document_close(), and then readable by any thread.
 */
#define MADANG_TYPE_DOCUMENT (madang_document_get_type ())
G_DECLARE_FINAL_TYPE (MadangDocument, madang_document, MADANG, DOCUMENT, GObject)

typedef enum
{
  MADANG_ALIGN_START,
  MADANG_ALIGN_CENTRE,
  MADANG_ALIGN_END,
  MADANG_ALIGN_FILL, /* to both edges, as the text of office papers is */
} MadangAlign;

typedef struct
{
  double size; /* points */
  gboolean bold;
  gboolean sans;  /* the default is a serif face, as on office papers */
  gboolean faint; /* grey: hints, footers */
  MadangAlign align;
  double indent;           /* millimetres, of every line */
  double hanging;          /* millimetres, of lines after the first */
  double before;           /* millimetres above, but not at the top of a page or cell */
  double after;            /* millimetres below */
  double spacing;          /* from baseline to baseline, in sizes; 0 means 1.6 */
  gboolean keep_with_next; /* no page ends below it */
} MadangParagraphStyle;

/* A part of a paragraph that looks or leads elsewhere than the rest. */
typedef struct
{
  const char *text;
  const char *anchor; /* name of a field (nullable): instead of the paragraph's */
  gboolean bold;
  gboolean hint;   /* small and grey */
  gboolean marker; /* later lines of the paragraph stand below the end of this span */
  double seal;     /* millimetres: a faint dashed square round the words, where a seal goes */
} MadangSpan;

typedef struct
{
  double width; /* millimetres */
} MadangColumn;

typedef struct
{
  guint columns; /* how many it spans; 0 means 1 */
  guint rows;
  gboolean shaded;
  gboolean middle;         /* vertically centred */
  gboolean repeated;       /* a label: stands again where the row goes on after a page break */
  gboolean together;       /* its row is not broken between pages */
  gboolean keep_with_next; /* its row stays on one page with the next row */
  double minimum_height;   /* millimetres */
} MadangCellStyle;

MadangDocument *madang_document_new (const char *title);
/* Metadata of the file: record id, version, digest (decision 20). All copied. */
void madang_document_set_origin (MadangDocument *self,
                                 const char *record,
                                 gint64 version,
                                 const char *digest);
/* Small and grey at both ends of every page's foot (both nullable); the page number stands
 * between them. */
void madang_document_set_footer (MadangDocument *self, const char *start, const char *end);
void madang_document_set_margins (
    MadangDocument *self, double top, double right, double bottom, double left); /* millimetres */

/* anchor: name of a field (nullable). Outside a cell, a block of the page. A line break in the
 * text starts a new paragraph of the same style and anchor. Bytes that are not UTF-8 are
 * replaced. */
void madang_document_add_paragraph (MadangDocument *self,
                                    const char *text,
                                    const MadangParagraphStyle *style,
                                    const char *anchor);
/* One paragraph of several spans. */
void madang_document_add_spans (MadangDocument *self,
                                const MadangSpan *spans,
                                guint n_spans,
                                const MadangParagraphStyle *style,
                                const char *anchor);
void
madang_document_begin_table (MadangDocument *self, const MadangColumn *columns, guint n_columns);
void madang_document_begin_row (MadangDocument *self);
/* Takes the first place of the row that no span of an earlier cell covers. */
void
madang_document_begin_cell (MadangDocument *self, const MadangCellStyle *style, const char *anchor);
void madang_document_end_cell (MadangDocument *self);
void madang_document_end_row (MadangDocument *self);
void madang_document_end_table (MadangDocument *self);
void madang_document_close (MadangDocument *self);

const char *madang_document_get_title (MadangDocument *self);

G_END_DECLS
