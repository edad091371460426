/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MadangLineReader:
 *
 * Takes a stream apart into lines without ever holding more than one line and one chunk. What
 * stands after the last line break is no line. Confined to its thread.
 */
typedef struct _MadangLineReader MadangLineReader;

MadangLineReader *madang_line_reader_new (GInputStream *stream, gsize limit);
void madang_line_reader_free (MadangLineReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangLineReader, madang_line_reader_free)

/* (transfer full) (nullable): the next line that was already read, without its line break; NULL
 * without error when more has to be read. MADANG_ERROR_TOO_LARGE: longer than the limit. */
GBytes *madang_line_reader_take (MadangLineReader *self, GError **error);
/* Reads more; self must live until the callback came. The result is of the stream. */
void madang_line_reader_fill_async (MadangLineReader *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* FALSE without error: the stream has ended. */
gboolean
madang_line_reader_fill_finish (MadangLineReader *self, GAsyncResult *result, GError **error);

G_END_DECLS
