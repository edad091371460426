/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-cache-private.h"

/* The end of an epoch's renewal: every followed scope is complete again. What the new epoch did
 * not tell of is not on its server, and the versions that it had must not stand against those
 * that it gets there when a change that was sent again brings it back. */

/* The ids that a statement selects. */
static GPtrArray *
list_ids (MadangCache *self, const char *sql, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  while (madang_statement_step (statement, &local_error))
    g_ptr_array_add (ids, madang_statement_dup_id (statement, 0));
  if (local_error == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Parts that only the answer to a push told, in the epoch before. */
static gboolean
drop_answers (MadangCache *self, MadangPart part, GPtrArray *touched, GError **error)
{
  const char *sql
      = part == MADANG_PART_MAIN
            ? "SELECT record FROM member AS m WHERE scope = 0 AND part = 0 AND NOT EXISTS"
              " (SELECT 1 FROM renewed AS n WHERE n.record = m.record AND n.part = 0)"
            : "SELECT record FROM member AS m WHERE scope = 0 AND part = 1 AND NOT EXISTS"
              " (SELECT 1 FROM renewed AS n WHERE n.record = m.record AND n.part = 1)";
  g_autoptr (GPtrArray) ids = list_ids (self, sql, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      if (!madang_cache_remove_member (self, MADANG_SCOPE_OF_ANSWERS, id, part, error)
          || !madang_cache_drop_part (self, id, part, error))
        return FALSE;
      g_ptr_array_add (touched, g_strdup (id));
    }
  return TRUE;
}

/* Of records with rows in the outbox the values stay, until the server has decided. */
static gboolean
forget_shadow_versions (MadangCache *self, GError **error)
{
  return madang_database_run (
      self->database,
      "UPDATE shadow SET v = 0 WHERE NOT EXISTS"
      " (SELECT 1 FROM renewed AS n WHERE n.record = shadow.id AND n.part = 0);"
      "UPDATE shadow SET pv = 0 WHERE NOT EXISTS"
      " (SELECT 1 FROM renewed AS n WHERE n.record = shadow.id AND n.part = 1);",
      error);
}

static gboolean
drop_tombstones (MadangCache *self, GError **error)
{
  g_autoptr (GPtrArray) ids
      = list_ids (self,
                  "SELECT id FROM record AS r WHERE deleted"
                  " AND NOT EXISTS (SELECT 1 FROM renewed AS n WHERE n.record = r.id)"
                  " AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.record = r.id)",
                  error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!madang_record_store_remove (self->records, g_ptr_array_index (ids, i), error))
      return FALSE;
  return TRUE;
}

gboolean
madang_cache_finish_renewing (MadangCache *self, GPtrArray *touched, GError **error)
{
  gboolean renewing = FALSE;

  if (!madang_cache_is_renewing (self, &renewing, error))
    return FALSE;
  if (renewing)
    return TRUE;
  return drop_answers (self, MADANG_PART_PERSONAL, touched, error)
         && drop_answers (self, MADANG_PART_MAIN, touched, error)
         && forget_shadow_versions (self, error) && drop_tombstones (self, error)
         && madang_database_run (self->database, "DELETE FROM renewed", error);
}
