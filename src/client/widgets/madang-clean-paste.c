/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-clean-paste.h"

/* Cleaning trims; inside a sentence the space at either end of the piece must stay. */
static char *
clean_piece (const char *text, MadangTextShape shape)
{
  g_autofree char *clean = madang_text_clean (text, -1, shape);
  const gsize length = strlen (text);

  if (*clean == '\0')
    return g_steal_pointer (&clean);
  return g_strconcat (g_ascii_isspace (*text) ? " " : "", clean,
                      g_ascii_isspace (text[length - 1]) ? " " : "", NULL);
}

static void
insert_into_text (GtkEditable *editable, const char *piece)
{
  int start, end, position;

  if (gtk_editable_get_selection_bounds (editable, &start, &end))
    gtk_editable_delete_text (editable, start, end);
  position = gtk_editable_get_position (editable);
  gtk_editable_insert_text (editable, piece, -1, &position);
  gtk_editable_set_position (editable, position);
}

static void
insert_into_view (GtkTextView *view, const char *piece)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, gtk_text_view_get_editable (view));
  gtk_text_buffer_insert_interactive_at_cursor (buffer, piece, -1,
                                                gtk_text_view_get_editable (view));
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
}

static void
clipboard_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autofree char *piece = NULL;
  MadangTextShape shape;

  /* A clipboard without text is no error: there is nothing to insert. */
  if (text == NULL || *text == '\0')
    return;
  shape = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (widget), "madang-text-shape"));
  piece = clean_piece (text, shape);
  if (GTK_IS_TEXT_VIEW (widget))
    insert_into_view (GTK_TEXT_VIEW (widget), piece);
  else if (gtk_editable_get_editable (GTK_EDITABLE (widget)))
    insert_into_text (GTK_EDITABLE (widget), piece);
}

static void
paste_cb (GtkWidget *widget)
{
  g_signal_stop_emission_by_name (widget, "paste-clipboard");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, clipboard_read_cb,
                                 g_object_ref (widget));
}

void
madang_clean_paste_install (GtkWidget *widget, MadangTextShape shape)
{
  g_return_if_fail (GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget));

  g_object_set_data (G_OBJECT (widget), "madang-text-shape", GINT_TO_POINTER (shape));
  g_signal_connect (widget, "paste-clipboard", G_CALLBACK (paste_cb), NULL);
}
