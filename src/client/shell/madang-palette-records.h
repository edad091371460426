/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync.h"

G_BEGIN_DECLS

/* A record that was found, and what it is called. */
typedef struct
{
  MadangRecord *record; /* (owned) */
  char *title;          /* (owned) */
} MadangPaletteHit;

/* Each of the newest records that the text finds, once, of the kinds that an area opens for
 * somebody with these roles: by their texts, or by the name of what they are called after. The name
 * of the kind may stand among the words. Nothing typed finds nothing. On the reader's thread: it may
 * take longer than a frame. */
void madang_palette_records_find_async (MadangSync *sync,
                                        const char *typed,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* (transfer full) (element-type MadangPaletteHit) (nullable): with the error */
GPtrArray *
madang_palette_records_find_finish (MadangSync *sync, GAsyncResult *result, GError **error);
/* What a record is called: its kind's title field, for a reference the title of that record; with
 * the year, where there are programmes of several. */
char *madang_palette_dup_record_title (MadangRecordStore *records, MadangRecord *record);

G_END_DECLS
