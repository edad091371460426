/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks where to save, and what to open. The only user of GtkFileChooserNative; the shape is that of GtkFileDialog,
 * which takes over when the floor is GTK 4.10. */
void madang_file_picker_save_async (GtkWindow *parent,
                                    const char *title,
                                    const char *file_name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* (transfer full) (nullable): NULL with G_IO_ERROR_CANCELLED when the person changed their mind. */
GFile *madang_file_picker_save_finish (GAsyncResult *result, GError **error);
/* Asks for a file with that suffix, such as "csv" or "CSV". */
void madang_file_picker_open_async (GtkWindow *parent,
                                    const char *title,
                                    const char *suffix,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GFile *madang_file_picker_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
