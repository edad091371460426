/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-record.h"

G_BEGIN_DECLS

/**
 * MadangRecordColumn:
 *
 * Columns of a GtkColumnView over MadangRecords: text cells that stay fast in long lists, rows
 * with a name, and headers that say by which field to sort. Sorting itself is the store's.
 */
typedef char *(*MadangCellFunc) (MadangRecord *record, gpointer user_data); /* newly allocated */

/* field: an indexed field or "state" (nullable: this column does not sort). text (nullable): the
 * field's display. */
GtkColumnViewColumn *madang_record_column_new (const char *title,
                                               const char *field,
                                               MadangCellFunc text,
                                               gpointer user_data);
/* How a row is called by a screen reader; on any one column. */
void madang_record_column_set_row_name (GtkColumnViewColumn *column,
                                        MadangCellFunc name,
                                        gpointer user_data);
/* What it is called where its width and place are remembered; else it is the field or the title. */
void madang_record_column_set_id (GtkColumnViewColumn *column, const char *id);
const char *madang_record_column_get_id (GtkColumnViewColumn *column);
/* Its text is a number or a dash: it stands at the end of the cell. Before the first row. */
/* The column is there only while the page's "collapsed" is not set. */
void madang_record_column_hide_when_collapsed (GtkColumnViewColumn *column, GtkWidget *page);
/* The fixed width, also of a column that is hidden meanwhile. */
int madang_record_column_get_width (GtkColumnViewColumn *column);
void madang_record_column_set_width (GtkColumnViewColumn *column, int width);
void madang_record_column_set_number (GtkColumnViewColumn *column);
gboolean madang_record_column_is_number (GtkColumnViewColumn *column);
/* The field whose value is all that the cells show (nullable). */
const char *madang_record_column_get_plain_field (GtkColumnViewColumn *column);
/* What the cell of the record shows; newly allocated. */
char *madang_record_column_dup_text (GtkColumnViewColumn *column, MadangRecord *record);
/* By which field the person wants the rows sorted; NULL: none. */
const char *madang_record_column_get_sort (GtkColumnView *view, gboolean *descending);
/* What the list of the rows is called for those who do not see it. */
void madang_record_column_set_list_name (GtkColumnView *view, const char *name);
/* Takes the focus to the rows, so that the arrow keys and Return work. */
void madang_record_column_focus_rows (GtkColumnView *view);

G_END_DECLS
