/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-record-store-private.h"
#include "madang-statement.h"

/* How rules see the store: its side of MadangLookup. */

/* The server holds every scope; a client says which ones it holds completely. */
static gboolean
holds_scope (MadangRecordStore *self, const char *scope)
{
  MadangDatabase *database = madang_record_store_get_database (self);

  if (scope == NULL || madang_database_get_side (database) == MADANG_DATABASE_SERVER)
    return TRUE;

  g_autoptr (MadangStatement) statement
      = madang_database_prepare (database, "SELECT 1 FROM scope WHERE name = ?1 AND complete = 1",
                                 NULL);
  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, scope);
  return madang_statement_step (statement, NULL);
}

static MadangRecord *
madang_record_store_lookup_get (MadangLookup *lookup, const char *kind, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangRecord) record
      = madang_record_store_get (MADANG_RECORD_STORE (lookup), id, &error);

  if (error != NULL)
    g_debug ("a lookup failed: %s", error->message);
  if (record == NULL || !g_str_equal (madang_record_get_kind (record)->name, kind))
    return NULL;
  return g_steal_pointer (&record);
}

static gboolean
madang_record_store_lookup_each (MadangLookup *lookup,
                                 const char *kind,
                                 const char *field,
                                 GVariant *value,
                                 const char *within,
                                 MadangLookupFunc func,
                                 gpointer user_data)
{
  MadangRecordStore *self = MADANG_RECORD_STORE (lookup);
  g_autoptr (MadangQuery) query = madang_query_new (kind);
  g_autoptr (GError) error = NULL;

  if (!holds_scope (self, within))
    return FALSE;
  if (field != NULL)
    madang_query_add_equal (query, field, value);
  madang_record_store_each (self, query, func, user_data, &error);
  if (error != NULL)
    g_debug ("a lookup failed: %s", error->message);
  return error == NULL;
}

typedef struct
{
  const char *field;
  gint64 sum;
  gboolean overflow;
} Summing;

static gboolean
add_to_sum (MadangRecord *record, gpointer user_data)
{
  Summing *summing = user_data;
  gint64 number = madang_record_get_number (record, summing->field, 0);

  summing->overflow = __builtin_add_overflow (summing->sum, number, &summing->sum);
  return !summing->overflow;
}

static gboolean
madang_record_store_lookup_sum (MadangLookup *lookup,
                                const char *kind,
                                const char *field,
                                GVariant *value,
                                const char *within,
                                const char *sum_field,
                                gint64 *sum)
{
  Summing summing = { .field = sum_field };

  if (!madang_record_store_lookup_each (lookup, kind, field, value, within, add_to_sum, &summing)
      || summing.overflow)
    return FALSE;
  *sum = summing.sum;
  return TRUE;
}

void
madang_record_store_lookup_init (MadangLookupInterface *iface)
{
  iface->get = madang_record_store_lookup_get;
  iface->each = madang_record_store_lookup_each;
  iface->sum = madang_record_store_lookup_sum;
}
