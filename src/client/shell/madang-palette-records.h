/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-store.h"

G_BEGIN_DECLS

typedef void (*MadangPaletteRecordFunc) (MadangRecord *record,
                                         const char *title,
                                         gpointer user_data);

/* Calls func once for each of the newest records that the text finds, of the kinds that an area
 * opens for somebody with these roles: by their texts, or by the name of what they are called
 * after. The name of the kind may stand among the words. Nothing typed finds nothing. records
 * (nullable): the cache is closed. */
void madang_palette_records_each (MadangRecordStore *records,
                                  guint roles,
                                  const char *typed,
                                  MadangPaletteRecordFunc func,
                                  gpointer user_data);
/* What a record is called: its kind's title field, for a reference the title of that record; with
 * the year, where there are programmes of several. */
char *madang_palette_dup_record_title (MadangRecordStore *records, MadangRecord *record);

G_END_DECLS
