/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-cache-private.h"

#include "madang-wire-limits.h"
#include "madang-wire-record.h"

/* --- scopes ------------------------------------------------------------------------------- */

void
madang_cache_scope_free (MadangCacheScope *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->cursor);
  g_free (self);
}

static MadangCacheScope *
read_scope (MadangStatement *statement)
{
  MadangCacheScope *scope = g_new0 (MadangCacheScope, 1);

  scope->number = madang_statement_get_number (statement, 0);
  scope->name = g_strdup (madang_statement_get_text (statement, 1));
  scope->cursor = g_strdup (madang_statement_get_text (statement, 2));
  scope->generation = madang_statement_get_number (statement, 3);
  scope->count = madang_statement_get_number (statement, 4);
  scope->sum = (guint64)madang_statement_get_number (statement, 5);
  scope->complete = madang_statement_get_number (statement, 6) != 0;
  scope->doubted = madang_statement_get_number (statement, 7) != 0;
  scope->sweeping = madang_statement_get_number (statement, 8);
  scope->renewing = madang_statement_get_number (statement, 9) != 0;
  return scope;
}

GHashTable *
madang_cache_load_scopes (MadangCache *self, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "SELECT number, name, cursor, generation, count, sum, complete, doubted, sweeping, renewing"
      " FROM scope WHERE NOT purging",
      error);
  g_autoptr (GHashTable) scopes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                         (GDestroyNotify)madang_cache_scope_free);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  while (madang_statement_step (statement, &local_error))
    {
      MadangCacheScope *scope = read_scope (statement);
      g_hash_table_insert (scopes, scope->name, scope);
    }
  if (local_error == NULL)
    return g_steal_pointer (&scopes);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
madang_cache_save_scope (MadangCache *self, const MadangCacheScope *scope, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "UPDATE scope SET cursor = ?2, generation = ?3, count = ?4, sum = ?5, complete = ?6,"
      " doubted = ?7, sweeping = ?8, renewing = ?9 WHERE number = ?1",
      error);
  if (statement == NULL)
    return FALSE;

  madang_statement_bind_number (statement, 1, scope->number);
  madang_statement_bind_text (statement, 2, scope->cursor);
  madang_statement_bind_number (statement, 3, scope->generation);
  madang_statement_bind_number (statement, 4, scope->count);
  madang_statement_bind_number (statement, 5, (gint64)scope->sum);
  madang_statement_bind_number (statement, 6, scope->complete);
  madang_statement_bind_number (statement, 7, scope->doubted);
  madang_statement_bind_number (statement, 8, scope->sweeping);
  madang_statement_bind_number (statement, 9, scope->renewing);
  return madang_statement_run (statement, error);
}

void
madang_cache_scope_start_over (MadangCacheScope *self)
{
  g_free (self->cursor);
  self->cursor = g_strdup ("");
  self->generation++;
  self->count = 0;
  self->sum = 0;
  self->sweeping = MADANG_SWEEP_COLLECTING;
}

/* --- members ------------------------------------------------------------------------------ */

/* Takes the part out of the scope's digest, when it was counted in this generation. */
static gboolean
forget_member (
    MadangCache *self, MadangCacheScope *scope, const char *id, MadangPart part, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "SELECT generation, version FROM member WHERE record = ?1 AND part = ?2 AND scope = ?3",
      error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, id);
  madang_statement_bind_number (statement, 2, part);
  madang_statement_bind_number (statement, 3, scope->number);
  if (madang_statement_step (statement, &local_error)
      && madang_statement_get_number (statement, 0) == scope->generation)
    {
      gint64 version = madang_statement_get_number (statement, 1);
      scope->count--;
      scope->sum -= madang_wire_digest_term (id, part, version);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
put_member (MadangCache *self,
            const MadangCacheScope *scope,
            const char *id,
            MadangPart part,
            gint64 version,
            GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "INSERT OR REPLACE INTO member (record, part, scope, generation, version)"
      " VALUES (?1, ?2, ?3, ?4, ?5)",
      error);
  if (statement == NULL)
    return FALSE;

  madang_statement_bind_id (statement, 1, id);
  madang_statement_bind_number (statement, 2, part);
  madang_statement_bind_number (statement, 3, scope->number);
  madang_statement_bind_number (statement, 4, scope->generation);
  madang_statement_bind_number (statement, 5, version);
  return madang_statement_run (statement, error);
}

gboolean
madang_cache_remove_member (
    MadangCache *self, gint64 scope, const char *id, MadangPart part, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database, "DELETE FROM member WHERE record = ?1 AND part = ?2 AND scope = ?3", error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, id);
  madang_statement_bind_number (statement, 2, part);
  madang_statement_bind_number (statement, 3, scope);
  return madang_statement_run (statement, error);
}

/* The feed knows better than the answer to a push where a part stands. */
static gboolean
forget_answer (MadangCache *self, const char *id, MadangPart part, GError **error)
{
  gint64 has_answers = 0;

  if (self->has_answers < 0)
    {
      if (!madang_cache_query_number (self, "SELECT EXISTS (SELECT 1 FROM member WHERE scope = 0)",
                                      0, &has_answers, error))
        return FALSE;
      self->has_answers = has_answers != 0;
    }
  return !self->has_answers
         || madang_cache_remove_member (self, MADANG_SCOPE_OF_ANSWERS, id, part, error);
}

gboolean
madang_cache_join_scope (MadangCache *self,
                         MadangCacheScope *scope,
                         const char *id,
                         MadangPart part,
                         gint64 version,
                         GError **error)
{
  if (!forget_member (self, scope, id, part, error)
      || !put_member (self, scope, id, part, version, error))
    return FALSE;
  scope->count++;
  scope->sum += madang_wire_digest_term (id, part, version);
  return forget_answer (self, id, part, error);
}

gboolean
madang_cache_leave_scope (
    MadangCache *self, MadangCacheScope *scope, const char *id, MadangPart part, GError **error)
{
  return forget_member (self, scope, id, part, error)
         && madang_cache_remove_member (self, scope->number, id, part, error)
         && forget_answer (self, id, part, error);
}

gboolean
madang_cache_join_answers (MadangCache *self, const char *id, MadangPart part, GError **error)
{
  const MadangCacheScope answers = { .number = MADANG_SCOPE_OF_ANSWERS, .generation = self->pulls };
  gboolean held = FALSE;

  if (!madang_cache_is_held (self, id, part, &held, error))
    return FALSE;
  self->has_answers = TRUE;
  return held || put_member (self, &answers, id, part, 0, error);
}

gboolean
madang_cache_is_held (
    MadangCache *self, const char *id, MadangPart part, gboolean *held, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database, "SELECT EXISTS (SELECT 1 FROM member WHERE record = ?1 AND part = ?2)",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, id);
  madang_statement_bind_number (statement, 2, part);
  if (!madang_statement_step (statement, error))
    return FALSE;
  *held = madang_statement_get_number (statement, 0) != 0;
  return TRUE;
}

/* --- public ------------------------------------------------------------------------------- */

static gboolean
change_scopes (MadangCache *self, const char *const *scopes, GError **error)
{
  g_autoptr (GHashTable) followed = madang_cache_load_scopes (self, error);
  GHashTableIter iter;
  gpointer name;

  if (followed == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, followed);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (scopes, name)
        && !madang_cache_run_with_text (self, "UPDATE scope SET purging = 1 WHERE name = ?1", name,
                                        error))
      return FALSE;
  for (guint i = 0; scopes[i] != NULL; i++)
    if (!madang_cache_run_with_text (
            self, "INSERT INTO scope (name) VALUES (?1) ON CONFLICT DO NOTHING", scopes[i], error))
      return FALSE;
  return TRUE;
}

gboolean
madang_cache_set_scopes (MadangCache *self,
                         const char *const *scopes,
                         GPtrArray *changed,
                         GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);
  g_return_val_if_fail (scopes != NULL, FALSE);

  /* One that a crash left half purged may be followed again. */
  if (!madang_cache_clear_scopes (self, changed, error) || !madang_cache_begin (self, error))
    return FALSE;
  GError *failure = NULL;
  gboolean worked = change_scopes (self, scopes, &failure);
  return madang_cache_end (self, worked, failure, error)
         && madang_cache_clear_scopes (self, changed, error);
}

MadangPullRequest *
madang_cache_build_pull (MadangCache *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), NULL);

  g_autoptr (GHashTable) scopes = madang_cache_load_scopes (self, error);
  GHashTableIter iter;
  gpointer value;
  if (scopes == NULL)
    return NULL;

  self->pulls++;
  MadangPullRequest *request = madang_pull_request_new ();
  request->page = MADANG_WIRE_PAGE;
  g_hash_table_iter_init (&iter, scopes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const MadangCacheScope *scope = value;
      g_hash_table_insert (request->cursors, g_strdup (scope->name), g_strdup (scope->cursor));
    }
  return request;
}

gboolean
madang_cache_reset_cursors (MadangCache *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);

  if (!madang_cache_begin (self, error))
    return FALSE;
  GError *failure = NULL;
  gboolean worked
      = madang_database_run (self->database,
                             "UPDATE scope SET cursor = '', generation = generation + 1,"
                             " count = 0, sum = 0, sweeping = 1, renewing = 1;"
                             "DELETE FROM renewed;",
                             &failure);
  return madang_cache_end (self, worked, failure, error);
}
