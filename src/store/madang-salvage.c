/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-salvage.h"

#include "madang-crypto.h"
#include "madang-error.h"
#include "madang-id.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MODE 0600
#define CHECK_LENGTH 16 /* hexadecimal digits of the SHA-256 of the line before it */

struct _MadangSalvage
{
  char *path; /* (owned) */
  int descriptor;
  gint64 size;
  gboolean torn; /* the last line has no end */
};

MadangSalvageEntry *
madang_salvage_entry_new (const char *mid, GBytes *body, const char *signature)
{
  MadangSalvageEntry *self = g_new0 (MadangSalvageEntry, 1);

  self->mid = g_strdup (mid);
  self->body = g_bytes_ref (body);
  self->signature = g_strdup (signature);
  return self;
}

void
madang_salvage_entry_free (MadangSalvageEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->mid);
  g_bytes_unref (self->body);
  g_free (self->signature);
  g_free (self);
}

static gboolean
fail (const char *what, int system_errno, GError **error)
{
  gboolean full = system_errno == ENOSPC || system_errno == EDQUOT;

  g_set_error (error, MADANG_ERROR, full ? MADANG_ERROR_NO_SPACE : MADANG_ERROR_FAILED,
               "cannot %s the log of unsent changes: %s", what, g_strerror (system_errno));
  return FALSE;
}

/* --- lines -------------------------------------------------------------------------------- */

static void
finish_line (GString *lines, gsize start)
{
  g_autofree char *check = madang_digest (lines->str + start, lines->len - start);

  g_string_append_printf (lines, " %.*s\n", CHECK_LENGTH, check);
}

static void
append_put (GString *lines, const MadangSalvageEntry *entry)
{
  gsize start = lines->len;
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (entry->body, &length);
  g_autofree char *text = g_base64_encode (data, length);

  g_string_append_printf (lines, "put %s %s %s", entry->mid, text, entry->signature);
  finish_line (lines, start);
}

static gboolean
passes_check (const char *line)
{
  const char *check = strrchr (line, ' ');

  if (check == NULL || strlen (check + 1) != CHECK_LENGTH)
    return FALSE;
  g_autofree char *digest = madang_digest (line, check - line);
  return strncmp (digest, check + 1, CHECK_LENGTH) == 0;
}

/* What was read so far: a mutation that is gone leaves NULL behind. */
typedef struct
{
  GPtrArray *entries;  /* (element-type MadangSalvageEntry) (nullable elements) */
  GHashTable *indexes; /* mid, owned by its entry -> index */
} Reading;

/* A mutation that changed before it was sent has several lines; the last one counts, at the place
 * of the first. */
static void
take_put (Reading *reading, char **words)
{
  gsize length = 0;
  g_autofree guchar *data = g_base64_decode (words[2], &length);
  g_autoptr (GBytes) body = g_bytes_new (data, length);
  MadangSalvageEntry *entry = madang_salvage_entry_new (words[1], body, words[3]);
  gpointer known = NULL;
  guint index = reading->entries->len;

  if (!g_hash_table_lookup_extended (reading->indexes, entry->mid, NULL, &known))
    g_ptr_array_add (reading->entries, NULL);
  else
    index = GPOINTER_TO_UINT (known);
  g_hash_table_replace (reading->indexes, entry->mid, GUINT_TO_POINTER (index));
  madang_salvage_entry_free (g_ptr_array_index (reading->entries, index));
  g_ptr_array_index (reading->entries, index) = entry;
}

static void
take_gone (Reading *reading, const char *mid)
{
  gpointer known = NULL;

  if (!g_hash_table_lookup_extended (reading->indexes, mid, NULL, &known))
    return;
  g_hash_table_remove (reading->indexes, mid);
  madang_salvage_entry_free (g_ptr_array_index (reading->entries, GPOINTER_TO_UINT (known)));
  g_ptr_array_index (reading->entries, GPOINTER_TO_UINT (known)) = NULL;
}

static gboolean
take_line (Reading *reading, const char *line)
{
  if (!g_utf8_validate (line, -1, NULL) || !passes_check (line))
    return FALSE;

  g_auto (GStrv) words = g_strsplit (line, " ", 5);
  guint n_words = g_strv_length (words);
  if (n_words < 3 || !madang_id_is_valid (words[1]))
    return FALSE;
  if (n_words == 5 && g_str_equal (words[0], "put"))
    take_put (reading, words);
  else if (n_words == 3 && g_str_equal (words[0], "gone"))
    take_gone (reading, words[1]);
  else
    return FALSE;
  return TRUE;
}

/* content is cut into lines in place. FALSE: some were skipped. */
static gboolean
take_lines (Reading *reading, char *content, gsize length)
{
  gboolean sound = TRUE;

  for (char *line = content; line < content + length;)
    {
      char *end = memchr (line, '\n', content + length - line);
      gsize line_length = (end != NULL ? end : content + length) - line;
      line[line_length] = '\0';
      if (strlen (line) != line_length || (line_length > 0 && !take_line (reading, line)))
        sound = FALSE;
      line += line_length + 1;
    }
  return sound;
}

/* --- the file ----------------------------------------------------------------------------- */

static void
close_file (MadangSalvage *self)
{
  if (self->descriptor >= 0)
    g_close (self->descriptor, NULL);
  self->descriptor = -1;
}

static gboolean
ends_torn (int descriptor, gint64 size)
{
  char last = '\n';

  return size > 0 && (pread (descriptor, &last, 1, size - 1) != 1 || last != '\n');
}

static gboolean
open_file (MadangSalvage *self, GError **error)
{
  struct stat status;

  close_file (self);
  self->descriptor
      = g_open (self->path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  if (self->descriptor < 0)
    return fail ("open", errno, error);
  if (fstat (self->descriptor, &status) != 0)
    return fail ("read", errno, error);
  self->size = status.st_size;
  self->torn = ends_torn (self->descriptor, self->size);
  return TRUE;
}

/* A new name is on the disk only when its folder is. */
static void
sync_directory (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int descriptor = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (descriptor < 0)
    return;
  if (fsync (descriptor) != 0)
    g_debug ("cannot sync a folder: %s", g_strerror (errno));
  g_close (descriptor, NULL);
}

static gboolean
write_all (int descriptor, const char *text, gsize length)
{
  while (length > 0)
    {
      ssize_t written = write (descriptor, text, length);
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      text += written;
      length -= written;
    }
  return TRUE;
}

static gboolean
append (MadangSalvage *self, GString *lines, gboolean durable, GError **error)
{
  gint64 before = self->size;

  if (self->descriptor < 0 && !open_file (self, error))
    return FALSE;
  if (self->torn)
    g_string_prepend_c (lines, '\n');
  if (!write_all (self->descriptor, lines->str, lines->len)
      || (durable && fdatasync (self->descriptor) != 0))
    {
      int saved_errno = errno;
      madang_salvage_cut (self, before);
      return fail ("write", saved_errno, error);
    }
  self->size += lines->len;
  self->torn = FALSE;
  return TRUE;
}

/* --- public ------------------------------------------------------------------------------- */

MadangSalvage *
madang_salvage_open (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (MadangSalvage) self = g_new0 (MadangSalvage, 1);
  self->path = g_strdup (path);
  self->descriptor = -1;
  if (!open_file (self, error))
    return NULL;
  sync_directory (path);
  return g_steal_pointer (&self);
}

void
madang_salvage_free (MadangSalvage *self)
{
  if (self == NULL)
    return;

  close_file (self);
  g_free (self->path);
  g_free (self);
}

GPtrArray *
madang_salvage_read (MadangSalvage *self, gboolean *sound, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autofree char *content = NULL;
  gsize length = 0;
  g_autoptr (GError) local_error = NULL;
  if (!g_file_get_contents (self->path, &content, &length, &local_error))
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_FAILED, "%s", local_error->message);
      return NULL;
    }

  Reading reading = {
    g_ptr_array_new_with_free_func ((GDestroyNotify)madang_salvage_entry_free),
    g_hash_table_new (g_str_hash, g_str_equal),
  };
  gboolean all_sound = take_lines (&reading, content, length);
  g_hash_table_unref (reading.indexes);
  while (g_ptr_array_remove (reading.entries, NULL))
    {
      /* The gone ones; few are left between two rewrites. */
    }
  if (sound != NULL)
    *sound = all_sound;
  return reading.entries;
}

gint64
madang_salvage_get_size (MadangSalvage *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

gboolean
madang_salvage_put (MadangSalvage *self, const MadangSalvageEntry *entry, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (entry != NULL, FALSE);

  g_autoptr (GString) lines = g_string_new (NULL);
  append_put (lines, entry);
  return append (self, lines, TRUE, error);
}

gboolean
madang_salvage_put_gone (MadangSalvage *self,
                         const char *const *mids,
                         gboolean durable,
                         GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (mids != NULL, FALSE);

  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; mids[i] != NULL; i++)
    {
      gsize start = lines->len;
      g_string_append_printf (lines, "gone %s", mids[i]);
      finish_line (lines, start);
    }
  return lines->len == 0 || append (self, lines, durable, error);
}

void
madang_salvage_cut (MadangSalvage *self, gint64 size)
{
  g_return_if_fail (self != NULL);

  /* A line too many is harmless: the server knows each mutation by its id. */
  if (self->descriptor >= 0 && ftruncate (self->descriptor, size) != 0)
    g_debug ("cannot shorten the log of unsent changes: %s", g_strerror (errno));
  if (!open_file (self, NULL))
    g_debug ("cannot open the log of unsent changes again");
}

gboolean
madang_salvage_rewrite (MadangSalvage *self, GPtrArray *entries, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (entries != NULL, FALSE);

  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  for (guint i = 0; i < entries->len; i++)
    append_put (lines, g_ptr_array_index (entries, i));
  if (!g_file_set_contents_full (self->path, lines->str, lines->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 FILE_MODE, &local_error))
    {
      gboolean full = g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
      g_set_error (error, MADANG_ERROR, full ? MADANG_ERROR_NO_SPACE : MADANG_ERROR_FAILED, "%s",
                   local_error->message);
      return FALSE;
    }
  return open_file (self, error);
}

gboolean
madang_salvage_set_aside (MadangSalvage *self, const char *path, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_rename (self->path, path) != 0)
    return fail ("rename", errno, error);
  return open_file (self, error);
}
