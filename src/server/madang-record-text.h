/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-storage.h"

G_BEGIN_DECLS

/* Records from the groups of key files, the form in which reference and demo data are kept. */

/* The value that a text stands for: numbers in digits, "true", choices by name, sets with
 * semicolons, times in ISO 8601, references by the name of the agency. (transfer full) */
GVariant *madang_record_text_read (MadangStorage *storage,
                                   const MadangField *field,
                                   const char *text,
                                   GError **error);
/* Sets every field of the kind that the group has. */
gboolean madang_record_text_fill (MadangStorage *storage,
                                  MadangRecord *record,
                                  GKeyFile *file,
                                  const char *group,
                                  GError **error);
/* A key file, or the bytes of any file, that is compiled into the server. */
GKeyFile *madang_record_text_load (const char *path, GError **error);
GBytes *madang_record_text_load_bytes (const char *path, GError **error);
/* Milliseconds, or -1 with MADANG_ERROR_INVALID. */
gint64 madang_record_text_read_time (const char *text, GError **error);

G_END_DECLS
