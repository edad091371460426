/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-table-export.h"

#include <glib/gi18n.h>

#include "madang-error-text.h"
#include "madang-file-picker.h"
#include "madang-record-column.h"
#include "madang-record-list.h"
#include "madang-sheet-csv.h"
#include "madang-sheet-xlsx.h"
#include "madang-uri-launcher.h"

#define SOME_ROWS 64 /* between two frames */

typedef struct
{
  MadangPage *page;          /* (owned) */
  MadangTaskBar *bar;        /* (owned) */
  GPtrArray *columns;        /* (owned) (element-type GtkColumnViewColumn): as they stood */
  GListModel *rows;          /* (owned) (nullable): still to be read into the sheet */
  MadangSheet *sheet;        /* (owned) */
  GFile *file;               /* (owned) (nullable) until chosen */
  GCancellable *cancellable; /* (owned) */
  MadangTableExportFormat format;
  guint n_read;
} TableExport;

static void
free_export (TableExport *self)
{
  g_object_unref (self->page);
  g_object_unref (self->bar);
  g_ptr_array_unref (self->columns);
  g_clear_object (&self->rows);
  madang_sheet_free (self->sheet);
  g_clear_object (&self->file);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TableExport, free_export)

static GtkWindow *
get_window (MadangPage *page)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
}

/* --- telling ---------------------------------------------------------------------------------- */

static void
open_clicked_cb (AdwToast *toast, MadangPage *page)
{
  madang_uri_launcher_launch (get_window (page), g_object_get_data (G_OBJECT (toast), "uri"));
}

static void
tell_written (TableExport *self)
{
  g_autofree char *name = g_file_get_basename (self->file);
  const guint n = madang_sheet_get_n_rows (self->sheet);
  /* Translators: %1$s is the name of a file, %2$u the number of rows in it */
  g_autofree char *title
      = g_strdup_printf (ngettext ("Saved “%1$s” with %2$u row", "Saved “%1$s” with %2$u rows", n),
                         name, n);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, _ ("Open"));
  g_object_set_data_full (G_OBJECT (toast), "uri", g_file_get_uri (self->file), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (open_clicked_cb), self->page, 0);
  madang_page_add_toast (self->page, toast);
}

static void
tell_error (TableExport *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup (_ ("Stopped. No file was written."));
  else
    text = madang_error_dup_text (error);
  madang_page_toast (self->page, text);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const TableExport *self = task_data;
  GError *error = NULL;
  gboolean written = self->format == MADANG_TABLE_EXPORT_XLSX
                         ? madang_sheet_write_xlsx (self->sheet, self->file, cancellable, &error)
                         : madang_sheet_write_csv (self->sheet, self->file, cancellable, &error);

  if (written)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TableExport *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  madang_task_bar_end (self->bar);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    tell_written (self);
  else
    tell_error (self, error);
}

static void
write_sheet (TableExport *self)
{
  g_autoptr (GTask) task = g_task_new (self->page, self->cancellable, written_cb, NULL);

  g_task_set_source_tag (task, write_sheet);
  g_task_set_task_data (task, self, (GDestroyNotify)free_export);
  g_task_run_in_thread (task, write_in_thread);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void
put_cell (TableExport *self, guint i, MadangRecord *record)
{
  GtkColumnViewColumn *column = self->columns->pdata[i];
  const char *name = madang_record_column_get_plain_field (column);
  const MadangField *field
      = name != NULL ? madang_kind_find_field (madang_record_get_kind (record), name) : NULL;
  g_autofree char *text = NULL;
  char *end = NULL;
  gint64 number;

  if (field != NULL)
    {
      madang_sheet_put_field (self->sheet, i, field, madang_record_get (record, name));
      return;
    }
  text = madang_record_column_dup_text (column, record);
  number = g_ascii_strtoll (text, &end, 10);
  if (madang_record_column_is_number (column) && end != text && *end == '\0')
    madang_sheet_put_number (self->sheet, i, (double)number);
  else
    madang_sheet_put_text (self->sheet, i, text);
}

static void
put_row (TableExport *self)
{
  g_autoptr (MadangRecord) record = g_list_model_get_item (self->rows, self->n_read++);

  /* It went while it was being read. */
  if (madang_record_get_deleted (record))
    return;
  madang_sheet_add_row (self->sheet);
  for (guint i = 0; i < self->columns->len; i++)
    put_cell (self, i, record);
}

static void
add_columns (TableExport *self)
{
  g_autoptr (MadangRecord) first = g_list_model_get_item (self->rows, 0);
  const MadangKind *kind = madang_record_get_kind (first);

  for (guint i = 0; i < self->columns->len; i++)
    {
      GtkColumnViewColumn *column = self->columns->pdata[i];
      const char *name = madang_record_column_get_plain_field (column);
      const MadangField *field = name != NULL ? madang_kind_find_field (kind, name) : NULL;

      if (field != NULL)
        madang_sheet_add_field_column (self->sheet, field);
      else
        madang_sheet_add_column (self->sheet, gtk_column_view_column_get_title (column),
                                 madang_record_column_is_number (column) ? MADANG_SHEET_NUMBER
                                                                         : MADANG_SHEET_TEXT);
    }
}

/* Rows that a search has not found yet. */
static gboolean
is_growing (TableExport *self)
{
  return MADANG_IS_RECORD_LIST (self->rows)
         && madang_record_list_get_loading (MADANG_RECORD_LIST (self->rows));
}

static gboolean
read_some_cb (gpointer data)
{
  TableExport *self = data;
  const guint n_rows = g_list_model_get_n_items (self->rows);

  if (self->n_read == 0 && n_rows > 0)
    add_columns (self);
  for (guint i = 0; i < SOME_ROWS && self->n_read < n_rows; i++)
    put_row (self);
  madang_task_bar_set_progress (self->bar, self->n_read, n_rows);
  if ((self->n_read < n_rows || is_growing (self))
      && !g_cancellable_is_cancelled (self->cancellable))
    return G_SOURCE_CONTINUE;
  /* The thread is asked also when it was stopped: there is one place that tells. */
  write_sheet (self);
  return G_SOURCE_REMOVE;
}

/* FALSE: there is nothing to read any more. */
static gboolean
begin_reading (TableExport *self)
{
  if (g_list_model_get_n_items (self->rows) == 0 && !is_growing (self))
    return FALSE;
  madang_task_bar_begin (self->bar, _ ("Saving the Table"), self->cancellable);
  g_idle_add_full (G_PRIORITY_LOW, read_some_cb, self, NULL);
  return TRUE;
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TableExport) self = user_data;
  g_autoptr (GError) error = NULL;

  self->file = madang_file_picker_save_finish (result, &error);
  if (self->file == NULL)
    return;
  if (madang_task_bar_is_busy (self->bar))
    {
      madang_page_toast (self->page, _ ("Something else is still being done. Try again then."));
      return;
    }
  if (self->rows == NULL)
    {
      madang_task_bar_begin (self->bar, _ ("Saving the Table"), self->cancellable);
      write_sheet (g_steal_pointer (&self));
    }
  else if (begin_reading (self))
    {
      g_steal_pointer (&self);
    }
}

/* --- public ----------------------------------------------------------------------------------- */

static void
take_columns (TableExport *self, GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_visible (column))
        g_ptr_array_add (self->columns, g_steal_pointer (&column));
    }
}

/* sheet: (transfer full) */
static TableExport *
new_export (MadangPage *page,
            MadangTaskBar *bar,
            MadangSheet *sheet,
            MadangTableExportFormat format)
{
  TableExport *self = g_new0 (TableExport, 1);

  self->page = g_object_ref (page);
  self->bar = g_object_ref (bar);
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->sheet = sheet;
  self->cancellable = g_cancellable_new ();
  self->format = format;
  return self;
}

/* Takes self. */
static void
ask_for_file (TableExport *self, const char *file_name)
{
  const gboolean workbook = self->format == MADANG_TABLE_EXPORT_XLSX;
  g_autofree char *name = g_strconcat (file_name, workbook ? ".xlsx" : ".csv", NULL);

  madang_file_picker_save_async (get_window (self->page),
                                 workbook ? _ ("Save as XLSX") : _ ("Save as CSV"), name, NULL,
                                 file_chosen_cb, self);
}

void
madang_table_export_run (MadangPage *page,
                         MadangTaskBar *bar,
                         GtkColumnView *view,
                         GListModel *rows,
                         const char *file_name,
                         MadangTableExportFormat format)
{
  g_autofree char *title = NULL;
  TableExport *self;

  g_return_if_fail (MADANG_IS_PAGE (page));
  g_return_if_fail (G_IS_LIST_MODEL (rows));

  g_object_get (page, "title", &title, NULL);
  self = new_export (page, bar, madang_sheet_new (title), format);
  self->rows = rows;
  take_columns (self, view);
  ask_for_file (self, file_name);
}

void
madang_table_export_run_sheet (MadangPage *page,
                               MadangTaskBar *bar,
                               MadangSheet *sheet,
                               const char *file_name,
                               MadangTableExportFormat format)
{
  g_return_if_fail (MADANG_IS_PAGE (page));
  g_return_if_fail (sheet != NULL);

  ask_for_file (new_export (page, bar, sheet, format), file_name);
}
