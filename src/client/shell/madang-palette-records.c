/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-palette-records.h"

#include "madang-areas.h"

#define MOST_LOOKED_AT 100 /* of a kind: what a frame has time for */

char *
madang_palette_dup_record_title (MadangRecordStore *records, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  const MadangField *field = NULL;
  g_autoptr (MadangRecord) other = NULL;

  if (kind->title_field != NULL)
    field = madang_kind_find_field (kind, kind->title_field);
  if (field == NULL || !madang_record_is_set (record, field->name))
    return g_strdup (madang_kind_get_label (kind));
  if (field->type != MADANG_FIELD_REFERENCE)
    return madang_record_dup_display (record, field->name);
  other = madang_record_store_get (records, madang_record_get_text (record, field->name), NULL);
  /* What a reference leads to is called by a name of its own, never by another reference. */
  if (other == NULL || madang_record_get_kind (other)->title_field == NULL)
    return g_strdup (madang_kind_get_label (kind));
  return madang_record_dup_display (other, madang_record_get_kind (other)->title_field);
}

static void
each_of_kind (MadangRecordStore *records,
              const char *kind,
              MadangPaletteRecordFunc func,
              gpointer user_data)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind);
  g_autoptr (GPtrArray) found = NULL;

  madang_query_set_order (query, NULL, MADANG_QUERY_DESCENDING);
  madang_query_set_limit (query, MOST_LOOKED_AT);
  found = madang_record_store_find (records, query, NULL);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      g_autofree char *title = madang_palette_dup_record_title (records, found->pdata[i]);

      func (found->pdata[i], title, user_data);
    }
}

void
madang_palette_records_each (MadangRecordStore *records,
                             guint roles,
                             const char *typed,
                             MadangPaletteRecordFunc func,
                             gpointer user_data)
{
  if (records == NULL || *typed == '\0')
    return;
  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    if (madang_area_find_for_kind ((*kind)->name, roles) != NULL)
      each_of_kind (records, (*kind)->name, func, user_data);
}
