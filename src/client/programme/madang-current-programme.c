/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-current-programme.h"

#include <glib/gi18n.h>

#include "madang-programme.h"

#define CHOICE "madang-current-programme" /* id, kept with the sync that it was made for */

GPtrArray *
madang_current_programme_list (MadangSync *sync)
{
  g_autoptr (MadangQuery) query = madang_query_new (madang_programme_kind.name);
  g_autoptr (GPtrArray) found = NULL;
  MadangRecordStore *records;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);

  records = madang_sync_get_records (sync);
  madang_query_set_order (query, "year", MADANG_QUERY_DESCENDING);
  if (records != NULL)
    found = madang_record_store_find (records, query, NULL);
  return found != NULL ? g_steal_pointer (&found) : g_ptr_array_new_with_free_func (g_object_unref);
}

MadangRecord *
madang_current_programme_find (MadangSync *sync)
{
  g_autoptr (GPtrArray) found = NULL;
  const char *choice;
  MadangRecord *opened = NULL;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);

  found = madang_current_programme_list (sync);
  choice = g_object_get_data (G_OBJECT (sync), CHOICE);
  for (guint i = 0; i < found->len; i++)
    {
      MadangRecord *programme = found->pdata[i];

      if (g_strcmp0 (madang_record_get_id (programme), choice) == 0)
        return g_object_ref (programme);
      /* Next year's is prepared while this year's goes on. */
      if (opened == NULL && !g_str_equal (madang_record_get_state (programme), "draft"))
        opened = programme;
    }
  if (opened == NULL && found->len > 0)
    opened = found->pdata[0];
  return opened != NULL ? g_object_ref (opened) : NULL;
}

char *
madang_current_programme_dup_choice (MadangRecord *programme)
{
  g_return_val_if_fail (MADANG_IS_RECORD (programme), NULL);
  /* Translators: a year and the state of its programme */
  return g_strdup_printf (_ ("%d · %s"), (int)madang_record_get_number (programme, "year", 0),
                          madang_kind_get_state_label (madang_record_get_kind (programme),
                                                       madang_record_get_state (programme)));
}

void
madang_current_programme_choose (MadangSync *sync, const char *programme)
{
  const char *const ids[] = { programme, NULL };

  g_return_if_fail (MADANG_IS_SYNC (sync));
  g_return_if_fail (programme != NULL);

  g_object_set_data_full (G_OBJECT (sync), CHOICE, g_strdup (programme), g_free);
  g_signal_emit_by_name (sync, "changed", ids);
}
