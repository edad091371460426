/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-line-reader.h"

#include "madang-error.h"

#include <string.h>

#define CHUNK (32 * 1024)

struct _MadangLineReader
{
  GInputStream *stream; /* (owned) */
  gsize limit;
  GByteArray *buffer; /* (owned) */
  gsize taken;        /* bytes at its start that were given out */
  gsize searched;     /* bytes that hold no line break but those given out */
};

MadangLineReader *
madang_line_reader_new (GInputStream *stream, gsize limit)
{
  MadangLineReader *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (limit > 0, NULL);

  self = g_new0 (MadangLineReader, 1);
  self->stream = g_object_ref (stream);
  self->limit = limit;
  self->buffer = g_byte_array_new ();
  return self;
}

void
madang_line_reader_free (MadangLineReader *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_byte_array_unref (self->buffer);
  g_free (self);
}

static void
drop_taken (MadangLineReader *self)
{
  if (self->taken == 0)
    return;
  g_byte_array_remove_range (self->buffer, 0, self->taken);
  self->searched -= self->taken;
  self->taken = 0;
}

GBytes *
madang_line_reader_take (MadangLineReader *self, GError **error)
{
  const guint8 *line, *end;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->buffer->len == 0)
    return NULL;
  line = self->buffer->data + self->taken;
  end = memchr (self->buffer->data + self->searched, '\n', self->buffer->len - self->searched);
  length = end != NULL ? (gsize)(end - line) : self->buffer->len - self->taken;
  if (length > self->limit)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE,
                   "line of more than %" G_GSIZE_FORMAT " bytes", self->limit);
      return NULL;
    }
  if (end == NULL)
    {
      self->searched = self->buffer->len;
      drop_taken (self);
      return NULL;
    }
  self->taken += length + 1;
  self->searched = self->taken;
  return g_bytes_new (line, length);
}

void
madang_line_reader_fill_async (MadangLineReader *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (self != NULL);

  g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT, cancellable, callback,
                                   user_data);
}

gboolean
madang_line_reader_fill_finish (MadangLineReader *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) chunk = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  chunk = g_input_stream_read_bytes_finish (self->stream, result, error);
  if (chunk == NULL || g_bytes_get_size (chunk) == 0)
    return FALSE;
  g_byte_array_append (self->buffer, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
  return TRUE;
}
