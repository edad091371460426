/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-check.h"

#include "madang-error.h"
#include "madang-rights.h"
#include "madang-wire-record.h"

#define ROWS_AT_ONCE 128

/* What a scope has to hold. */
typedef struct
{
  gint64 count;
  guint64 sum;
} MadangHolding;

typedef struct
{
  MadangStorage *storage;
  MadangCheckFunc func;
  gpointer user_data;
  guint n_faults;
  GHashTable *holdings; /* (owned): scope -> MadangHolding */
} MadangCheck;

static void tell (MadangCheck *check, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
tell (MadangCheck *check, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  check->n_faults++;
  check->func (what, check->user_data);
}

static void
add_part (MadangCheck *check, MadangRecord *record, MadangPart part)
{
  g_auto (GStrv) scopes = NULL;

  if (!madang_record_has_part (record, part))
    return;
  scopes = madang_rights_dup_audience (record, part);
  for (guint i = 0; scopes[i] != NULL; i++)
    {
      MadangHolding *holding = g_hash_table_lookup (check->holdings, scopes[i]);

      if (holding == NULL)
        {
          holding = g_new0 (MadangHolding, 1);
          g_hash_table_insert (check->holdings, g_strdup (scopes[i]), holding);
        }
      holding->count++;
      holding->sum += madang_wire_digest_term (madang_record_get_id (record), part,
                                               madang_record_get_version (record, part));
    }
}

static gboolean
count_rows (MadangCheck *check, const gint64 *rows, guint n_rows, GError **error)
{
  g_autoptr (GPtrArray) records
      = madang_record_store_get_rows (madang_storage_get_records (check->storage), rows, n_rows,
                                      error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
        add_part (check, g_ptr_array_index (records, i), part);
    }
  return TRUE;
}

static gboolean
count_kind (MadangCheck *check, const MadangKind *kind, GError **error)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind->name);
  g_autoptr (GArray) rows
      = madang_record_store_find_rows (madang_storage_get_records (check->storage), query, error);

  for (guint i = 0; rows != NULL && i < rows->len; i += ROWS_AT_ONCE)
    {
      if (!count_rows (check, &g_array_index (rows, gint64, i), MIN (ROWS_AT_ONCE, rows->len - i),
                       error))
        return FALSE;
    }
  return rows != NULL;
}

static gboolean
compare_scopes (MadangCheck *check, GError **error)
{
  GHashTableIter iter;
  gpointer scope;
  gpointer value;

  g_hash_table_iter_init (&iter, check->holdings);
  while (g_hash_table_iter_next (&iter, &scope, &value))
    {
      const MadangHolding *holding = value;
      gint64 count = 0;
      guint64 sum = 0;

      if (!madang_storage_read_digest (check->storage, scope, &count, &sum))
        {
          g_set_error (error, MADANG_ERROR, MADANG_ERROR_FAILED, "no digest of %s",
                       (const char *)scope);
          return FALSE;
        }
      if (count != holding->count)
        tell (check, "scope %s: %" G_GINT64_FORMAT " parts instead of %" G_GINT64_FORMAT,
              (const char *)scope, count, holding->count);
      else if (sum != holding->sum)
        tell (check, "scope %s: digest differs", (const char *)scope);
    }
  return TRUE;
}

static gboolean
check_in_snapshot (MadangCheck *check, GError **error)
{
  const MadangKind *const *kinds = madang_kind_list ();
  g_autoptr (GError) damage = NULL;

  if (!madang_database_check (
          madang_record_store_get_database (madang_storage_get_records (check->storage)), &damage))
    tell (check, "file: %s", damage->message);
  for (guint i = 0; kinds[i] != NULL; i++)
    {
      if (!count_kind (check, kinds[i], error))
        return FALSE;
    }
  return compare_scopes (check, error);
}

gboolean
madang_check_database (MadangStorage *storage,
                       MadangCheckFunc func,
                       gpointer user_data,
                       guint *n_faults,
                       GError **error)
{
  MadangCheck check = { .storage = storage, .func = func, .user_data = user_data };
  gboolean done;

  if (!madang_storage_begin (storage, error))
    return FALSE;
  check.holdings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  done = check_in_snapshot (&check, error);
  madang_storage_rollback (storage);
  g_hash_table_unref (check.holdings);
  *n_faults = check.n_faults;
  return done;
}
