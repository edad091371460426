/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-current-programme.h"

#include "madang-programme.h"

MadangRecord *
madang_current_programme_find (MadangSync *sync)
{
  g_autoptr (MadangQuery) query = madang_query_new (madang_programme_kind.name);
  g_autoptr (GPtrArray) found = NULL;
  MadangRecordStore *records;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);

  records = madang_sync_get_records (sync);
  if (records == NULL)
    return NULL;
  madang_query_set_order (query, "year", MADANG_QUERY_DESCENDING);
  madang_query_set_limit (query, 1);
  found = madang_record_store_find (records, query, NULL);
  return found != NULL && found->len > 0 ? g_object_ref (found->pdata[0]) : NULL;
}

void
madang_current_programme_describe (MadangSync *sync, char **year, char **title)
{
  g_autoptr (MadangRecord) programme = NULL;

  g_return_if_fail (MADANG_IS_SYNC (sync) && year != NULL && title != NULL);

  programme = madang_current_programme_find (sync);
  *year = programme != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT,
                                               madang_record_get_number (programme, "year", 0))
                            : g_strdup ("");
  *title = g_strdup (programme != NULL ? madang_record_get_text (programme, "title") : "");
}
