/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-history-restore.h"

#include <glib/gi18n.h>

#include "madang-rights.h"

gboolean
madang_history_restore_is_offered (const MadangHistoryLine *line)
{
  g_return_val_if_fail (line != NULL, FALSE);

  /* A step that filled a field first has no earlier value to put back. */
  return line->field != NULL && !line->hidden && (line->before != NULL || line->event == NULL);
}

/* A whole row stands in a history as a list of it. (transfer full) (nullable) */
static GVariant *
dup_wanted (const MadangHistoryLine *line)
{
  g_autoptr (GVariant) entry = NULL;

  if (line->before == NULL || !line->is_row)
    return line->before != NULL ? g_variant_ref (line->before) : NULL;
  if (g_variant_n_children (line->before) != 1)
    return NULL;
  entry = g_variant_get_child_value (line->before, 0);
  return g_variant_get_child_value (entry, 1);
}

static MadangVerdict *
check_value (const MadangHistoryLine *line, GVariant *wanted)
{
  if (wanted == NULL && line->field->required && !line->is_row)
    return madang_verdict_new_no ("field.missing", line->field->name, NULL);
  if (wanted == NULL || line->is_row)
    return madang_verdict_new_yes ();
  return madang_field_check (line->field, wanted);
}

static char *
dup_text_of_no (const MadangVerdict *verdict, MadangRecord *record)
{
  return madang_verdict_is_no (verdict)
             ? madang_verdict_dup_text (verdict, madang_record_get_kind (record)->name)
             : NULL;
}

char *
madang_history_restore_dup_obstacle (MadangRecord *record,
                                     const MadangActor *actor,
                                     const MadangHistoryLine *line)
{
  const MadangField *top = NULL;
  g_autoptr (MadangVerdict) right = NULL;
  g_autoptr (MadangVerdict) fits = NULL;
  g_autoptr (GVariant) wanted = NULL;
  g_autoptr (MadangRecord) tried = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD (record) && actor != NULL, NULL);
  g_return_val_if_fail (madang_history_restore_is_offered (line), NULL);

  madang_kind_find_path (madang_record_get_kind (record), line->path, &top);
  right = madang_rights_check_update (actor, record, top);
  if (madang_verdict_is_no (right))
    return dup_text_of_no (right, record);
  wanted = dup_wanted (line);
  if (madang_value_equal (madang_record_get (record, line->path), wanted))
    return g_strdup (_ ("It has this value now."));
  fits = check_value (line, wanted);
  if (madang_verdict_is_no (fits))
    return dup_text_of_no (fits, record);
  tried = madang_record_dup (record);
  if (!madang_record_set (tried, line->path, wanted, NULL))
    return g_strdup (_ ("The row in which it stood is gone. Restore the row first."));
  return NULL;
}

MadangEdit *
madang_history_restore_new_edit (MadangRecord *record, const MadangHistoryLine *line)
{
  g_autoptr (GVariant) wanted = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD (record), NULL);
  g_return_val_if_fail (madang_history_restore_is_offered (line), NULL);

  wanted = dup_wanted (line);
  return madang_edit_new (line->path, madang_record_get (record, line->path), wanted);
}
