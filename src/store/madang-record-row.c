/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-record-row.h"

#include "madang-error.h"
#include "madang-wire-record.h"

enum
{
  COLUMN_ID,
  COLUMN_KIND,
  COLUMN_SCOPE,
  COLUMN_STATE,
  COLUMN_VERSION,
  COLUMN_PERSONAL_VERSION,
  COLUMN_MAIN,
  COLUMN_PERSONAL,
  COLUMN_DELETED,
  COLUMN_WAITING,
  COLUMN_TROUBLED
};

G_STATIC_ASSERT (COLUMN_TROUBLED + 1 == MADANG_RECORD_ROW_NUMBER);

static gboolean
read_part (MadangRecord *record, MadangStatement *row, MadangPart part, GError **error)
{
  int column = part == MADANG_PART_MAIN ? COLUMN_MAIN : COLUMN_PERSONAL;
  const char *json = madang_statement_get_text (row, column);

  madang_record_set_has_part (record, part, json != NULL);
  return json == NULL || madang_wire_decode_part (record, part, json, error);
}

MadangRecord *
madang_record_row_read (MadangStatement *row, GError **error)
{
  const MadangKind *kind = madang_kind_find (madang_statement_get_text (row, COLUMN_KIND));
  g_autofree char *id = madang_statement_dup_id (row, COLUMN_ID);

  if (kind == NULL)
    return NULL;
  if (id == NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_DAMAGED, "a record without an id");
      return NULL;
    }

  g_autoptr (MadangRecord) record = madang_record_new (kind, id);
  madang_record_set_scope (record, madang_statement_get_text (row, COLUMN_SCOPE));
  madang_record_set_state (record, madang_statement_get_text (row, COLUMN_STATE));
  madang_record_set_version (record, MADANG_PART_MAIN,
                             madang_statement_get_number (row, COLUMN_VERSION));
  madang_record_set_version (record, MADANG_PART_PERSONAL,
                             madang_statement_get_number (row, COLUMN_PERSONAL_VERSION));
  if (!read_part (record, row, MADANG_PART_MAIN, error)
      || !read_part (record, row, MADANG_PART_PERSONAL, error))
    return NULL;
  madang_record_set_deleted (record, madang_statement_get_number (row, COLUMN_DELETED) != 0);
  madang_record_set_waiting (record, madang_statement_get_number (row, COLUMN_WAITING));
  madang_record_set_troubled (record, madang_statement_get_number (row, COLUMN_TROUBLED) != 0);
  return g_steal_pointer (&record);
}

MadangRecord *
madang_record_row_read_next (MadangStatement *statement, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (madang_statement_step (statement, &local_error))
    return madang_record_row_read (statement, error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
