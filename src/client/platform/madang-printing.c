/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-printing.h"

#include "madang-document-layout.h"

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  MadangDocumentLayout *layout = user_data;
  cairo_t *cr = gtk_print_context_get_cairo_context (context);

  madang_document_layout_draw (layout, cr, (guint)page);
}

gboolean
madang_printing_run (GtkWindow *parent, MadangDocument *document, const char *job, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (MadangDocumentLayout) layout = madang_document_layout_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  g_return_val_if_fail (GTK_IS_WINDOW (parent), FALSE);

  madang_document_layout_set_document (layout, document);
  gtk_page_setup_set_paper_size_and_default_margins (setup, paper);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_n_pages (operation, (int)madang_document_layout_get_n_pages (layout));
  gtk_print_operation_set_job_name (operation, job);
  /* The layout's pages carry their own margins and are measured in points. */
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, FALSE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), g_object_ref (layout),
                         (GClosureNotify)g_object_unref, 0);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, error)
         != GTK_PRINT_OPERATION_RESULT_ERROR;
}
