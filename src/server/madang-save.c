/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-save.h"

#include "madang-accounts.h"
#include "madang-held-polls.h"
#include "madang-history.h"
#include "madang-merge.h"
#include "madang-rights.h"
#include "madang-wire-record.h"

/* The comparison of two states of a record. */
typedef struct
{
  const MadangSave *save;
  MadangRecord *before; /* (nullable) */
  MadangRecord *after;
  GPtrArray *changes; /* (owned): MadangChange */
  guint changed;      /* bits 1 << MadangPart */
} MadangDifference;

static void
clear_difference (MadangDifference *difference)
{
  g_clear_pointer (&difference->changes, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadangDifference, clear_difference)

static MadangChange *
new_change (const MadangSave *save, MadangRecord *record, MadangPart part, const char *path)
{
  MadangChange *change = g_new0 (MadangChange, 1);

  change->record = g_strdup (madang_record_get_id (record));
  change->account = g_strdup (save->account != NULL ? save->account : MADANG_SAVE_SYSTEM);
  change->mid = g_strdup (save->mid);
  change->event = g_strdup (save->event);
  change->path = g_strdup (path);
  change->part = part;
  change->at = save->now;
  return change;
}

/* Takes both texts. */
static void
add_change (
    MadangDifference *difference, MadangPart part, const char *path, char *before, char *after)
{
  MadangChange *change = new_change (difference->save, difference->after, part, path);

  change->before = before;
  change->after = after;
  difference->changed |= 1u << part;
  g_ptr_array_add (difference->changes, change);
}

char *
madang_save_encode (const MadangKind *kind, const char *path, GVariant *value)
{
  const MadangField *top = NULL;
  const MadangField *field = madang_kind_find_path (kind, path, &top);
  GVariantBuilder rows;
  g_autoptr (GVariant) list = NULL;
  const char *slash = strchr (path, '/');

  if (value == NULL || field == NULL)
    return NULL;
  if (slash == NULL || field != top)
    return madang_wire_encode_value (field, value);
  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a{sa{sv}}"));
  g_variant_builder_add (&rows, "{s@a{sv}}", slash + 1, value);
  list = g_variant_ref_sink (g_variant_builder_end (&rows));
  return madang_wire_encode_value (field, list);
}

static void
compare_path (MadangDifference *difference, MadangPart part, const char *path)
{
  const MadangKind *kind = madang_record_get_kind (difference->after);
  GVariant *before
      = difference->before != NULL ? madang_record_get (difference->before, path) : NULL;
  GVariant *after = madang_record_get (difference->after, path);

  if (!madang_value_equal (before, after))
    add_change (difference, part, path, madang_save_encode (kind, path, before),
                madang_save_encode (kind, path, after));
}

static gboolean
has_row (MadangRecord *record, const char *path)
{
  return record != NULL && madang_record_get (record, path) != NULL;
}

/* A row that both have is compared member by member, any other as a whole. */
static void
compare_row (MadangDifference *difference, const MadangField *field, const char *row)
{
  g_autofree char *path = g_strconcat (field->name, "/", row, NULL);
  MadangPart part = madang_field_get_part (field);

  if (!has_row (difference->before, path) || !has_row (difference->after, path))
    {
      compare_path (difference, part, path);
      return;
    }
  for (const MadangField *member = field->members; member->name != NULL; member++)
    {
      g_autofree char *inner = g_strconcat (path, "/", member->name, NULL);

      compare_path (difference, part, inner);
    }
}

static void
compare_rows (MadangDifference *difference, const MadangField *field)
{
  g_auto (GStrv) after = madang_record_dup_rows (difference->after, field->name);
  g_auto (GStrv) before = NULL;

  for (guint i = 0; after[i] != NULL; i++)
    compare_row (difference, field, after[i]);
  if (difference->before == NULL)
    return;
  before = madang_record_dup_rows (difference->before, field->name);
  for (guint i = 0; before[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char *const *)after, before[i]))
        compare_row (difference, field, before[i]);
    }
}

static void
compare_fields (MadangDifference *difference)
{
  const MadangField *field = madang_record_get_kind (difference->after)->fields;

  for (; field->name != NULL; field++)
    {
      if (field->type == MADANG_FIELD_ROWS)
        compare_rows (difference, field);
      else
        compare_path (difference, madang_field_get_part (field), field->name);
    }
}

static char *
quote_state (MadangRecord *record)
{
  return record != NULL ? g_strdup_printf ("\"%s\"", madang_record_get_state (record)) : NULL;
}

static char *
quote_home (MadangRecord *record)
{
  const char *home = madang_record_get_scope (record);

  return home != NULL ? g_strdup_printf ("\"%s\"", home) : NULL;
}

/* A record that moves may be read by others from then on: the history has to know when. */
static void
compare_home (MadangDifference *difference)
{
  if (difference->before != NULL
      && g_strcmp0 (madang_record_get_scope (difference->before),
                    madang_record_get_scope (difference->after))
             != 0)
    add_change (difference, MADANG_PART_MAIN, MADANG_HISTORY_HOME, quote_home (difference->before),
                quote_home (difference->after));
}

static void
compare (MadangDifference *difference)
{
  if (difference->save->event != NULL)
    add_change (difference, MADANG_PART_MAIN, NULL, quote_state (difference->before),
                quote_state (difference->after));
  compare_home (difference);
  compare_fields (difference);
}

static void
note_scopes_of (MadangWrite *write, MadangRecord *record)
{
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    {
      g_auto (GStrv) scopes = madang_rights_dup_audience (record, part);

      for (guint i = 0; scopes[i] != NULL; i++)
        g_hash_table_add (write->moved, g_strdup (scopes[i]));
    }
}

static gboolean
moves_account (MadangRecord *before, MadangRecord *after)
{
  return madang_record_get_kind (after) == &madang_account_kind && before != NULL
         && g_strcmp0 (madang_record_get_state (before), madang_record_get_state (after)) != 0;
}

/* Whether someone may do more or less than before. */
static gboolean
touches_rights (MadangRecord *before, MadangRecord *after)
{
  return moves_account (before, after) || madang_record_get_kind (after) == &madang_role_grant_kind;
}

/* Who is let in again signs in again: a lock is meant for whoever has the tokens too. */
static gboolean
end_sessions (MadangStorage *storage, MadangRecord *before, MadangRecord *after, GError **error)
{
  return !moves_account (before, after)
         || madang_storage_end_sessions_of (storage, madang_record_get_id (after), error);
}

static void
note_moved (MadangWrite *write, MadangRecord *before, MadangRecord *after)
{
  if (before != NULL)
    note_scopes_of (write, before);
  note_scopes_of (write, after);
  if (touches_rights (before, after))
    g_hash_table_add (write->moved, g_strdup (MADANG_MOVED_EVERYTHING));
}

gboolean
madang_save_record (const MadangSave *save,
                    MadangRecord *before,
                    MadangRecord *after,
                    GError **error)
{
  g_auto (MadangDifference) difference = { .save = save, .before = before, .after = after };
  MadangStorage *storage = save->write->storage;

  difference.changes = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_change_free);
  compare (&difference);
  if (before != NULL && difference.changes->len == 0)
    return TRUE;
  if (!madang_storage_write_record (storage, after, difference.changed, error)
      || !end_sessions (storage, before, after, error))
    return FALSE;
  for (guint i = 0; i < difference.changes->len; i++)
    {
      if (!madang_storage_add_change (storage, g_ptr_array_index (difference.changes, i), error))
        return FALSE;
    }
  note_moved (save->write, before, after);
  return TRUE;
}

gboolean
madang_save_note (const MadangSave *save,
                  MadangRecord *record,
                  const char *path,
                  const char *text,
                  GError **error)
{
  static const MadangField line = { .name = "text", .type = MADANG_FIELD_TEXT };
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (text));
  g_autoptr (MadangChange) change = new_change (save, record, MADANG_PART_MAIN, path);

  change->after = madang_wire_encode_value (&line, value);
  return madang_storage_add_change (save->write->storage, change, error);
}
