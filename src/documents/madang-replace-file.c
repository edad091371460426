/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-replace-file.h"

#include "madang-error.h"

#define FILE_MODE 0666 /* less the user's mask: the office shares its papers as it sees fit */

static MadangErrorCode
translate_code (const GError *error)
{
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return MADANG_ERROR_NO_SPACE;
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PERM)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ROFS)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return MADANG_ERROR_FORBIDDEN;
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return MADANG_ERROR_NOT_FOUND;
  return MADANG_ERROR_FAILED;
}

gboolean
madang_replace_file (GFile *file, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const char *path;
  const char *data;
  gboolean written;
  gsize length;

  g_return_val_if_fail (G_IS_FILE (file) && bytes != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  path = g_file_peek_path (file);
  data = g_bytes_get_data (bytes, &length);
  /* Never opened for writing itself: GIO would do that where it may not keep the owner. */
  if (path != NULL)
    written
        = g_file_set_contents_full (path, data, length,
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                    FILE_MODE, &local_error);
  else
    written = g_file_replace_contents (file, data, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       cancellable, &local_error);
  if (written)
    return TRUE;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, MADANG_ERROR, translate_code (local_error), local_error->message);
  return FALSE;
}
