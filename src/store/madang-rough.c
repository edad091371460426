/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-rough.h"

#include "madang-cache-private.h"

#include <string.h>

#define PUT_SQL                                                                                    \
  "INSERT OR REPLACE INTO rough (record, field, body)"                                             \
  " SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM record WHERE id = ?1)"
#define REMOVE_SQL "DELETE FROM rough WHERE record = ?1 AND field = ?2"

/* Cut between characters. */
static char *
dup_bounded (const char *text)
{
  gsize length = strlen (text);

  if (length > MADANG_ROUGH_MOST)
    length = g_utf8_find_prev_char (text, text + MADANG_ROUGH_MOST + 1) - text;
  return g_strndup (text, length);
}

static gboolean
keep_text (
    MadangCache *cache, const char *record, const char *field, const char *text, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (cache->database, text != NULL ? PUT_SQL : REMOVE_SQL, error);
  g_autofree char *bounded = text != NULL ? dup_bounded (text) : NULL;

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, record);
  madang_statement_bind_text (statement, 2, field);
  if (bounded != NULL)
    madang_statement_bind_text (statement, 3, bounded);
  return madang_statement_run (statement, error);
}

static gboolean
keep_texts (MadangCache *cache, const char *record, GVariant *texts, GError **error)
{
  GVariantIter iter;
  const char *field;
  const char *text;

  g_variant_iter_init (&iter, texts);
  while (g_variant_iter_next (&iter, "{&sm&s}", &field, &text))
    if (!keep_text (cache, record, field, text, error))
      return FALSE;
  return TRUE;
}

gboolean
madang_rough_keep (MadangCache *cache, const char *record, GVariant *texts, GError **error)
{
  GError *failure = NULL;
  gboolean worked;

  g_return_val_if_fail (MADANG_IS_CACHE (cache), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);
  g_return_val_if_fail (g_variant_is_of_type (texts, G_VARIANT_TYPE ("a{sms}")), FALSE);

  if (!madang_cache_begin (cache, error))
    return FALSE;
  worked = keep_texts (cache, record, texts, &failure);
  return madang_cache_end (cache, worked, failure, error);
}

GHashTable *
madang_rough_load (MadangRecordStore *records, const char *record, GError **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (MadangStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (records), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  statement = madang_database_prepare (madang_record_store_get_database (records),
                                       "SELECT field, body FROM rough WHERE record = ?1", error);
  if (statement == NULL)
    return NULL;
  madang_statement_bind_id (statement, 1, record);
  while (madang_statement_step (statement, &local_error))
    g_hash_table_replace (texts, g_strdup (madang_statement_get_text (statement, 0)),
                          g_strdup (madang_statement_get_text (statement, 1)));
  if (local_error == NULL)
    return g_steal_pointer (&texts);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
