/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-entry.h"

#include "madang-error.h"
#include "madang-event.h"

gboolean
madang_entry_set (MadangRecord *record, const char *field, GVariant *value, GError **error)
{
  g_autoptr (GVariant) taken = g_variant_ref_sink (value);
  const MadangKind *kind = madang_record_get_kind (record);
  g_autoptr (MadangVerdict) verdict
      = madang_field_check (madang_kind_find_field (kind, field), taken);

  if (madang_verdict_is_yes (verdict))
    return madang_record_set (record, field, taken, error);
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "%s.%s: %s", kind->name, field,
               madang_verdict_get_code (verdict));
  return FALSE;
}

gboolean
madang_entry_set_text (MadangRecord *record, const char *field, const char *text, GError **error)
{
  if (text == NULL || text[0] == '\0')
    return TRUE;
  return madang_entry_set (record, field, g_variant_new_string (text), error);
}

static MadangVerdict *
check_required (MadangRecord *record)
{
  g_autoptr (GPtrArray) missing = madang_record_find_missing (record, NULL);
  const MadangField *first;

  if (missing->len == 0)
    return madang_verdict_new_yes ();
  first = g_ptr_array_index (missing, 0);
  return madang_verdict_new_no ("field.missing", first->name, NULL);
}

static MadangVerdict *
check_rule (const MadangSave *save, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  g_autoptr (MadangActor) server = madang_actor_new (MADANG_SAVE_SYSTEM);
  MadangEventContext context = {
    .record = record,
    .actor = server,
    .lookup = MADANG_LOOKUP (madang_storage_get_records (save->write->storage)),
    .now = save->now,
  };

  return kind->check != NULL ? kind->check (&context) : madang_verdict_new_yes ();
}

/* Takes verdict. */
static gboolean
heed (MadangRecord *record, MadangVerdict *verdict, GError **error)
{
  g_autoptr (MadangVerdict) taken = verdict;
  g_autofree char *arguments = NULL;

  if (madang_verdict_is_yes (taken))
    return TRUE;
  arguments = g_strjoinv (", ", (char **)madang_verdict_get_arguments (taken));
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "%s: %s (%s)",
               madang_record_get_kind (record)->name, madang_verdict_get_code (taken), arguments);
  return FALSE;
}

gboolean
madang_entry_create (const MadangSave *save, MadangRecord *record, GError **error)
{
  MadangSave creating = *save;
  g_autofree char *home = madang_record_get_kind (record)->home_scope (record);

  creating.event = "create";
  madang_record_set_scope (record, home);
  return heed (record, check_required (record), error)
         && heed (record, check_rule (save, record), error)
         && madang_save_record (&creating, NULL, record, error);
}
