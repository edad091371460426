/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/* Who writes, and why: what stands in the history of every record that is saved. */
typedef struct
{
  MadangWrite *write;
  const char *account; /* (nullable): the server itself */
  const char *mid;     /* (nullable) */
  const char *event;   /* (nullable): "create", "delete" or the event of the kind */
  gint64 now;          /* programme clock */
} MadangSave;

/* The account that stands in the history for what the server does by itself. */
#define MADANG_SAVE_SYSTEM "system"

/* Writes the record, the lines of its history and its feed rows. before: the record as it was,
 * NULL when it is new. Does nothing when the two are equal and there is no event. */
gboolean madang_save_record (const MadangSave *save,
                             MadangRecord *before,
                             MadangRecord *after,
                             GError **error);
/* A line of history that no difference tells: the reason of an event. */
gboolean madang_save_note (const MadangSave *save,
                           MadangRecord *record,
                           const char *path,
                           const char *text,
                           GError **error);
/* The value at a path as JSON; a row as a list of one row. NULL for NULL. */
char *madang_save_encode (const MadangKind *kind, const char *path, GVariant *value);

G_END_DECLS
