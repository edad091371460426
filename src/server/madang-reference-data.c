/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-reference-data.h"

#include "madang-account-book.h"
#include "madang-agencies.h"
#include "madang-csv.h"
#include "madang-entry.h"
#include "madang-error.h"
#include "madang-id.h"
#include "madang-programme.h"
#include "madang-record-text.h"

static const struct
{
  const char *name;
  const char *korean;
} regions[] = {
  { "central", "도심권" },   { "northeast", "동북권" }, { "northwest", "서북권" },
  { "southwest", "서남권" }, { "southeast", "동남권" },
};

static const char *
find_region (const char *korean)
{
  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      if (g_strcmp0 (regions[i].korean, korean) == 0)
        return regions[i].name;
    }
  return NULL;
}

/* --- Agencies ------------------------------------------------------------------------------ */

static gboolean
fill_district (MadangRecord *agency, const MadangCsv *table, guint row, GError **error)
{
  return madang_entry_set_text (agency, "name_ko", madang_csv_get (table, row, "district_ko"),
                                error)
         && madang_entry_set_text (agency, "name_en", madang_csv_get (table, row, "district_en"),
                                   error)
         && madang_entry_set_text (agency, "kind", "district", error)
         && madang_entry_set_text (agency, "code", madang_csv_get (table, row, "code"), error)
         && madang_entry_set_text (agency, "region",
                                   find_region (madang_csv_get (table, row, "region_ko")), error)
         && madang_entry_set_text (agency, "head_title", "구청장", error)
         && madang_entry_set (agency, "statutory_proposal_rules", g_variant_new_boolean (TRUE),
                              error)
         && madang_entry_set (agency, "active", g_variant_new_boolean (TRUE), error);
}

static gboolean
fill_institution (MadangRecord *agency, const MadangCsv *table, guint row, GError **error)
{
  return madang_entry_set_text (agency, "name_ko", madang_csv_get (table, row, "name_ko"), error)
         && madang_entry_set_text (agency, "name_en", madang_csv_get (table, row, "name_en"), error)
         && madang_entry_set_text (agency, "kind", madang_csv_get (table, row, "kind"), error)
         && madang_entry_set_text (agency, "head_title",
                                   madang_csv_get (table, row, "head_title_ko"), error)
         && madang_entry_set (agency, "statutory_proposal_rules", g_variant_new_boolean (FALSE),
                              error)
         && madang_entry_set (agency, "active", g_variant_new_boolean (TRUE), error);
}

/* *known: an agency of that name is there already. */
static gboolean
find_known (const MadangSave *save, const char *name, gboolean *known, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *id = madang_account_book_find_agency (save->write->storage, name, &local_error);

  *known = id != NULL;
  if (local_error == NULL || g_error_matches (local_error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
add_agency (const MadangSave *save, MadangRecord *agency, GError **error)
{
  gboolean known;

  if (!find_known (save, madang_record_get_text (agency, "name_ko"), &known, error))
    return FALSE;
  return known || madang_entry_create (save, agency, error);
}

typedef gboolean (*MadangFillFunc) (MadangRecord *agency,
                                    const MadangCsv *table,
                                    guint row,
                                    GError **error);

static gboolean
add_table (const MadangSave *save, const char *path, MadangFillFunc fill, GError **error)
{
  g_autoptr (GBytes) bytes = madang_record_text_load_bytes (path, error);
  g_autoptr (MadangCsv) table = NULL;

  if (bytes == NULL)
    return FALSE;
  table
      = madang_csv_new_from_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  for (guint row = 0; table != NULL && row < madang_csv_get_n_rows (table); row++)
    {
      g_autofree char *id = madang_id_new ();
      g_autoptr (MadangRecord) agency = madang_record_new (&madang_agency_kind, id);

      if (!fill (agency, table, row, error) || !add_agency (save, agency, error))
        return FALSE;
    }
  return table != NULL;
}

gboolean
madang_reference_data_add_agencies (const MadangSave *save, GError **error)
{
  return add_table (save, "reference/districts_proposal_systems.csv", fill_district, error)
         && add_table (save, "reference/invested_institutions.csv", fill_institution, error);
}

/* --- The programme ------------------------------------------------------------------------- */

static gboolean
add_milestone (const MadangSave *save,
               GKeyFile *file,
               const char *group,
               const char *programme,
               GError **error)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangRecord) milestone = madang_record_new (&madang_milestone_kind, id);

  return madang_entry_set_text (milestone, "programme", programme, error)
         && madang_record_text_fill (save->write->storage, milestone, file, group, error)
         && madang_entry_create (save, milestone, error);
}

static gboolean
add_milestones (const MadangSave *save, GKeyFile *file, const char *programme, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (g_str_has_prefix (groups[i], "milestone-")
          && !add_milestone (save, file, groups[i], programme, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
madang_reference_data_add_programme (const MadangSave *save, char **id, GError **error)
{
  g_autoptr (GKeyFile) file = madang_record_text_load ("reference/programme-2020.ini", error);
  g_autofree char *programme_id = madang_id_new ();
  g_autoptr (MadangRecord) programme = madang_record_new (&madang_programme_kind, programme_id);

  if (file == NULL
      || !madang_record_text_fill (save->write->storage, programme, file, "programme", error))
    return FALSE;
  madang_record_set_state (programme, "call_open");
  if (!madang_entry_create (save, programme, error)
      || !add_milestones (save, file, programme_id, error))
    return FALSE;
  *id = g_steal_pointer (&programme_id);
  return TRUE;
}
