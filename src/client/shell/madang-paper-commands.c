/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-paper-commands.h"

#include <glib/gi18n.h>

#include "madang-document-pdf.h"
#include "madang-error-text.h"
#include "madang-file-picker.h"
#include "madang-printing.h"
#include "madang-uri-launcher.h"

typedef struct
{
  MadangPage *page;      /* owns this */
  MadangPaperView *view; /* inside page */
  MadangFileNameFunc file_name;
} Commands;

/* An export from the question where to the written file. */
typedef struct
{
  MadangPage *page;         /* (owned) */
  MadangDocument *document; /* (owned): as it was when asked for */
  GFile *file;              /* (owned) (nullable) */
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->page);
  g_object_unref (export->document);
  g_clear_object (&export->file);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static GtkWindow *
get_window (MadangPage *page)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
}

static void
open_clicked_cb (AdwToast *toast, MadangPage *page)
{
  madang_uri_launcher_launch (get_window (page), g_object_get_data (G_OBJECT (toast), "uri"));
}

static void
show_written (Export *export)
{
  g_autofree char *name = g_file_get_basename (export->file);
  /* Translators: %s is the name of a file */
  g_autofree char *title = g_strdup_printf (_ ("Saved “%s”"), name);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, _ ("Open"));
  g_object_set_data_full (G_OBJECT (toast), "uri", g_file_get_uri (export->file), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (open_clicked_cb), export->page, 0);
  madang_page_add_toast (export->page, toast);
}

static void
show_error (MadangPage *page, const GError *error)
{
  g_autofree char *text = madang_error_dup_text (error);

  madang_page_toast (page, text);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Export *export = task_data;
  GError *error = NULL;

  if (madang_document_write_pdf (export->document, export->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    show_written (g_task_get_task_data (G_TASK (result)));
  else
    show_error (MADANG_PAGE (source), error);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  export->file = madang_file_picker_save_finish (result, &error);
  if (export->file == NULL)
    return;
  task = g_task_new (export->page, NULL, written_cb, NULL);
  g_task_set_source_tag (task, file_chosen_cb);
  g_task_set_task_data (task, g_steal_pointer (&export), (GDestroyNotify)export_free);
  g_task_run_in_thread (task, write_in_thread);
}

static void
export_cb (Commands *self)
{
  MadangDocument *document = madang_paper_view_get_document (self->view);
  g_autofree char *name = NULL;
  Export *export;

  if (document == NULL)
    return;
  name = self->file_name (self->page);
  export = g_new0 (Export, 1);
  export->page = g_object_ref (self->page);
  export->document = g_object_ref (document);
  madang_file_picker_save_async (get_window (self->page), _ ("Save as PDF"), name, NULL,
                                 file_chosen_cb, export);
}

static void
print_cb (Commands *self)
{
  MadangDocument *document = madang_paper_view_get_document (self->view);
  g_autoptr (GError) error = NULL;

  if (document != NULL
      && !madang_printing_run (get_window (self->page), document,
                               madang_document_get_title (document), &error))
    show_error (self->page, error);
}

static void
add_action (Commands *self, const char *name, GCallback callback)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_signal_connect_swapped (action, "activate", callback, self);
  g_action_map_add_action (G_ACTION_MAP (madang_page_get_actions (self->page)), G_ACTION (action));
}

void
madang_paper_commands_add (MadangPage *page, MadangPaperView *view, MadangFileNameFunc file_name)
{
  Commands *self;

  g_return_if_fail (MADANG_IS_PAGE (page));
  g_return_if_fail (MADANG_IS_PAPER_VIEW (view));

  self = g_new0 (Commands, 1);
  self->page = page;
  self->view = view;
  self->file_name = file_name;
  g_object_set_data_full (G_OBJECT (page), "madang-paper-commands", self, g_free);
  add_action (self, "print", G_CALLBACK (print_cb));
  add_action (self, "export-pdf", G_CALLBACK (export_cb));
}
