/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-cache-private.h"

#define SWEEP_SIZE 200 /* parts a transaction */

typedef struct
{
  char *id;
  MadangPart part;
} Member;

static void
clear_member (gpointer data)
{
  g_free (((Member *)data)->id);
}

/* Members of a scope from generations before one, SWEEP_SIZE at most. */
static GArray *
list_old_members (MadangCache *self, gint64 scope, gint64 before, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "SELECT record, part FROM member WHERE scope = ?1 AND generation < ?2 LIMIT ?3", error);
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr (GError) local_error = NULL;

  g_array_set_clear_func (members, clear_member);
  if (statement == NULL)
    return NULL;
  madang_statement_bind_number (statement, 1, scope);
  madang_statement_bind_number (statement, 2, before);
  madang_statement_bind_number (statement, 3, SWEEP_SIZE);
  while (madang_statement_step (statement, &local_error))
    {
      Member member
          = { madang_statement_dup_id (statement, 0), madang_statement_get_number (statement, 1) };
      g_array_append_val (members, member);
    }
  if (local_error == NULL)
    return g_steal_pointer (&members);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* What a revoked scope brought must not stay in the journal either; a person's unsent change
 * does. */
static gboolean
forget_sent (MadangCache *self, const char *id, GError **error)
{
  return madang_cache_run_with_id (
      self,
      "DELETE FROM sent WHERE record = ?1 AND NOT EXISTS (SELECT 1 FROM record WHERE id = ?1)", id,
      error);
}

static gboolean
remove_members (MadangCache *self, gint64 scope, GArray *members, gboolean purging, GError **error)
{
  for (guint i = 0; i < members->len; i++)
    {
      const Member *member = &g_array_index (members, Member, i);
      if (!madang_cache_remove_member (self, scope, member->id, member->part, error)
          || !madang_cache_drop_part (self, member->id, member->part, error)
          || (purging && !forget_sent (self, member->id, error)))
        return FALSE;
    }
  return TRUE;
}

static void
note_members (GPtrArray *changed, GArray *members)
{
  for (guint i = 0; changed != NULL && i < members->len; i++)
    g_ptr_array_add (changed, g_strdup (g_array_index (members, Member, i).id));
}

/* In transactions of a bounded size; when it breaks off, the next call goes on. */
static gboolean
remove_old_members (MadangCache *self,
                    gint64 scope,
                    gint64 before,
                    gboolean purging,
                    GPtrArray *changed,
                    GError **error)
{
  for (;;)
    {
      g_autoptr (GArray) members = list_old_members (self, scope, before, error);
      if (members == NULL)
        return FALSE;
      if (members->len == 0)
        return TRUE;
      if (!madang_cache_begin (self, error))
        return FALSE;
      GError *failure = NULL;
      gboolean worked = remove_members (self, scope, members, purging, &failure);
      if (!madang_cache_end (self, worked, failure, error))
        return FALSE;
      note_members (changed, members);
    }
}

static gboolean
sweep_scopes (MadangCache *self, GPtrArray *changed, GError **error)
{
  g_autoptr (GHashTable) scopes = madang_cache_load_scopes (self, error);
  GHashTableIter iter;
  gpointer value;

  if (scopes == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, scopes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      MadangCacheScope *scope = value;
      if (scope->sweeping != MADANG_SWEEP_DUE)
        continue;
      scope->sweeping = MADANG_SWEEP_NONE;
      if (!remove_old_members (self, scope->number, scope->generation, FALSE, changed, error)
          || !madang_cache_save_scope (self, scope, error))
        return FALSE;
    }
  return TRUE;
}

/* The number of a scope that is being purged; 0: none. */
static gboolean
find_purging (MadangCache *self, gint64 *number, GError **error)
{
  return madang_cache_query_number (self, "SELECT number FROM scope WHERE purging LIMIT 1", 0,
                                    number, error);
}

/* Deleted content stays in the database's log until that is cut. */
static gboolean
wipe_logs (MadangCache *self, GError **error)
{
  return madang_database_run (self->database, "PRAGMA wal_checkpoint (TRUNCATE)", error)
         && madang_cache_compact_salvage (self, TRUE, error);
}

static gboolean
purge_scopes (MadangCache *self, GPtrArray *changed, GError **error)
{
  gint64 number = 0;

  if (!find_purging (self, &number, error) || number == 0)
    return number == 0;
  while (number != 0)
    {
      if (!remove_old_members (self, number, G_MAXINT64, TRUE, changed, error)
          || !remove_old_members (self, MADANG_SCOPE_OF_ANSWERS, G_MAXINT64, TRUE, changed, error)
          || !madang_record_store_forget_removed (self->records, error)
          || !madang_cache_run_with_number (self, "DELETE FROM scope WHERE number = ?1", number,
                                            error)
          || !find_purging (self, &number, error))
        return FALSE;
    }
  return wipe_logs (self, error);
}

gboolean
madang_cache_clear_scopes (MadangCache *self, GPtrArray *changed, GError **error)
{
  return sweep_scopes (self, changed, error) && purge_scopes (self, changed, error);
}

gboolean
madang_cache_clear_answers (MadangCache *self, GPtrArray *changed, GError **error)
{
  return remove_old_members (self, MADANG_SCOPE_OF_ANSWERS, self->pulls, FALSE, changed, error);
}

gboolean
madang_cache_purge_scope (MadangCache *self, const char *name, GPtrArray *changed, GError **error)
{
  return madang_cache_run_with_text (self, "UPDATE scope SET purging = 1 WHERE name = ?1", name,
                                     error)
         && madang_cache_clear_scopes (self, changed, error);
}
