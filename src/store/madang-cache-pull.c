/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-cache-private.h"

#include "madang-error.h"
#include "madang-wire-limits.h"

#include <string.h>

/* A server marks every page; one that does not must not fill the memory. */
#define MAX_LINES (4 * MADANG_WIRE_PAGE)
#define MAX_LINE_BYTES (64 * 1024 * 1024)

/* One commit of a pull. */
typedef struct
{
  MadangCache *cache;
  GHashTable *scopes;    /* (owned): name -> MadangCacheScope */
  GPtrArray *touched;    /* (owned): record ids */
  gboolean has_outbox;   /* some record has changes that wait */
  gboolean has_conflict; /* some record may be in conflict */
} Batch;

static void
drop_lines (MadangCache *self)
{
  g_ptr_array_set_size (self->lines, 0);
  self->line_bytes = 0;
}

static MadangPullLine *
copy_line (const MadangPullLine *line)
{
  MadangPullLine *copy = madang_pull_line_new ();

  copy->type = line->type;
  copy->scope = g_strdup (line->scope);
  copy->kind = g_strdup (line->kind);
  copy->id = g_strdup (line->id);
  copy->part = line->part;
  copy->version = line->version;
  copy->seq = line->seq;
  copy->state = g_strdup (line->state);
  copy->home = g_strdup (line->home);
  copy->doc = g_strdup (line->doc);
  return copy;
}

static gboolean
is_waiting (Batch *batch, const char *id, gboolean *waiting, GError **error)
{
  *waiting = FALSE;
  return !batch->has_outbox || madang_cache_has_outbox (batch->cache, id, TRUE, waiting, error);
}

/* --- rows --------------------------------------------------------------------------------- */

static gboolean
take_row (Batch *batch, const MadangCacheScope *scope, const MadangPullLine *line, GError **error)
{
  const MadangConfirmedPart told = {
    .kind = line->kind,
    .id = line->id,
    .state = line->state,
    .home = line->home,
    .part = line->part,
    .version = line->version,
    .doc = line->type == MADANG_PULL_PUT ? line->doc : NULL,
    .again = scope->sweeping == MADANG_SWEEP_COLLECTING,
  };
  gboolean waiting = FALSE;
  gboolean taken = FALSE;

  if (!is_waiting (batch, line->id, &waiting, error)
      || !madang_cache_take_part (batch->cache, &told, waiting, &taken, error))
    return FALSE;
  if (!taken)
    return TRUE;

  g_ptr_array_add (batch->touched, g_strdup (line->id));
  batch->has_conflict |= g_str_equal (line->kind, "conflict");
  /* The conflict record may have come before the record that it is about. */
  return !batch->has_conflict || waiting
         || madang_cache_refresh_trouble (batch->cache, line->id, error);
}

static gboolean
take_line (Batch *batch, const MadangPullLine *line, GError **error)
{
  MadangCacheScope *scope = g_hash_table_lookup (batch->scopes, line->scope);

  if (scope == NULL)
    return TRUE;
  switch (line->type)
    {
    case MADANG_PULL_PUT:
      return madang_cache_join_scope (batch->cache, scope, line->id, line->part, line->version,
                                      error)
             && take_row (batch, scope, line, error);
    case MADANG_PULL_DELETE:
      return madang_cache_leave_scope (batch->cache, scope, line->id, line->part, error)
             && take_row (batch, scope, line, error);
    case MADANG_PULL_LEFT:
      g_ptr_array_add (batch->touched, g_strdup (line->id));
      return madang_cache_leave_scope (batch->cache, scope, line->id, line->part, error)
             && madang_cache_drop_part (batch->cache, line->id, line->part, error);
    case MADANG_PULL_RESET:
      madang_cache_scope_start_over (scope);
      return TRUE;
    case MADANG_PULL_OPEN:
    case MADANG_PULL_MARK:
    case MADANG_PULL_DONE:
    case MADANG_PULL_REVOKE:
    case MADANG_PULL_END:
    default:
      g_assert_not_reached ();
    }
}

/* --- marks -------------------------------------------------------------------------------- */

/* The digest says whether both sides mean the same. When they do not, the scope comes anew; when
 * even a new snapshot differs, it is taken as it is, so that a server that counts wrongly does
 * not make this go on for ever. */
static void
check_digest (MadangCacheScope *scope, const MadangPullLine *line)
{
  gboolean equal = scope->count == line->count && scope->sum == line->sum;

  if (equal || scope->doubted)
    {
      scope->doubted = FALSE;
      return;
    }
  g_debug ("the digest of a scope differs: it is fetched anew");
  madang_cache_scope_start_over (scope);
  scope->doubted = TRUE;
}

/* Also when the last scope that was to come was taken away meanwhile. */
static gboolean
finish_renewing (Batch *batch, gboolean was_renewing, GError **error)
{
  gint64 has_renewed = 0;

  if (!was_renewing
      && !madang_cache_query_number (batch->cache, "SELECT EXISTS (SELECT 1 FROM renewed)", 0,
                                     &has_renewed, error))
    return FALSE;
  return (!was_renewing && has_renewed == 0)
         || madang_cache_finish_renewing (batch->cache, batch->touched, error);
}

/* The snapshot of a scope is complete, so a conflict record that was to come would be here. */
static gboolean
forget_expected_conflicts (Batch *batch, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (batch->cache->database,
                                 "DELETE FROM expected_conflict RETURNING record", error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  while (madang_statement_step (statement, &local_error))
    g_ptr_array_add (ids, madang_statement_dup_id (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  for (guint i = 0; i < ids->len; i++)
    {
      if (!madang_cache_refresh_trouble (batch->cache, g_ptr_array_index (ids, i), error))
        return FALSE;
      g_ptr_array_add (batch->touched, g_strdup (g_ptr_array_index (ids, i)));
    }
  return TRUE;
}

static gboolean
finish_scope (Batch *batch, MadangCacheScope *scope, const MadangPullLine *line, GError **error)
{
  gboolean was_renewing = scope->renewing;

  check_digest (scope, line);
  if (scope->cursor[0] == '\0')
    return madang_cache_save_scope (batch->cache, scope, error);

  scope->complete = TRUE;
  scope->renewing = FALSE;
  if (scope->sweeping == MADANG_SWEEP_COLLECTING)
    scope->sweeping = MADANG_SWEEP_DUE;
  return madang_cache_save_scope (batch->cache, scope, error)
         && finish_renewing (batch, was_renewing, error)
         && forget_expected_conflicts (batch, error);
}

static gboolean
set_cursor (Batch *batch, const MadangPullLine *line, GError **error)
{
  MadangCacheScope *scope = g_hash_table_lookup (batch->scopes, line->scope);

  if (scope == NULL)
    return TRUE;
  g_free (scope->cursor);
  scope->cursor = g_strdup (line->cursor);
  return line->type != MADANG_PULL_DONE || finish_scope (batch, scope, line, error);
}

static gboolean
save_scopes (Batch *batch, GError **error)
{
  GHashTableIter iter;
  gpointer scope;

  g_hash_table_iter_init (&iter, batch->scopes);
  while (g_hash_table_iter_next (&iter, NULL, &scope))
    if (!madang_cache_save_scope (batch->cache, scope, error))
      return FALSE;
  return TRUE;
}

static gboolean
look_around (Batch *batch, GError **error)
{
  gint64 has_outbox = 0;
  gint64 has_conflict = 0;

  if (!madang_cache_query_number (batch->cache, "SELECT EXISTS (SELECT 1 FROM outbox)", 0,
                                  &has_outbox, error)
      || !madang_cache_query_number (
          batch->cache,
          "SELECT EXISTS (SELECT 1 FROM record WHERE kind = 'conflict' AND state = 'open')", 0,
          &has_conflict, error))
    return FALSE;
  batch->has_outbox = has_outbox != 0;
  batch->has_conflict = has_conflict != 0;
  return TRUE;
}

static gboolean
apply (Batch *batch, const MadangPullLine *mark, GError **error)
{
  GPtrArray *lines = batch->cache->lines;

  batch->scopes = madang_cache_load_scopes (batch->cache, error);
  if (batch->scopes == NULL || !look_around (batch, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!take_line (batch, g_ptr_array_index (lines, i), error))
      return FALSE;
  return set_cursor (batch, mark, error) && save_scopes (batch, error);
}

static gboolean
commit_lines (MadangCache *self, const MadangPullLine *mark, GPtrArray *changed, GError **error)
{
  Batch batch = { .cache = self, .touched = g_ptr_array_new_with_free_func (g_free) };
  GError *failure = NULL;
  gboolean worked = madang_cache_begin (self, error);

  if (worked)
    {
      gboolean applied = apply (&batch, mark, &failure);
      worked = madang_cache_end (self, applied, failure, error);
    }
  drop_lines (self);
  if (worked && changed != NULL)
    g_ptr_array_extend_and_steal (changed, g_steal_pointer (&batch.touched));
  g_clear_pointer (&batch.touched, g_ptr_array_unref);
  g_clear_pointer (&batch.scopes, g_hash_table_unref);
  return worked
         && (mark->type != MADANG_PULL_DONE || madang_cache_clear_scopes (self, changed, error));
}

/* --- public ------------------------------------------------------------------------------- */

static gboolean
check_epoch (MadangCache *self, const MadangPullLine *line, GError **error)
{
  g_autofree char *epoch = madang_cache_dup_setting (self, "epoch");

  if (epoch == NULL || g_strcmp0 (epoch, line->epoch) == 0)
    return TRUE;
  g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_CONFLICT, "the server's epoch changed");
  return FALSE;
}

static gboolean
keep_line (MadangCache *self, const MadangPullLine *line, GError **error)
{
  if (line->doc != NULL)
    self->line_bytes += strlen (line->doc);
  if (self->lines->len >= MAX_LINES || self->line_bytes > MAX_LINE_BYTES)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE, "a page without an end");
      return FALSE;
    }
  g_ptr_array_add (self->lines, copy_line (line));
  return TRUE;
}

static gboolean
handle_line (MadangCache *self, const MadangPullLine *line, GPtrArray *changed, GError **error)
{
  switch (line->type)
    {
    case MADANG_PULL_OPEN:
      return check_epoch (self, line, error);
    case MADANG_PULL_RESET:
    case MADANG_PULL_PUT:
    case MADANG_PULL_DELETE:
    case MADANG_PULL_LEFT:
      return keep_line (self, line, error);
    case MADANG_PULL_MARK:
    case MADANG_PULL_DONE:
      return commit_lines (self, line, changed, error);
    case MADANG_PULL_REVOKE:
      return madang_cache_purge_scope (self, line->scope, changed, error);
    case MADANG_PULL_END:
      return line->more || madang_cache_clear_answers (self, changed, error);
    default:
      return TRUE;
    }
}

gboolean
madang_cache_pull_line (MadangCache *self,
                        const MadangPullLine *line,
                        GPtrArray *changed,
                        GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);
  g_return_val_if_fail (line != NULL, FALSE);

  if (self->broken)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_FAILED, "this pull was broken off");
      return FALSE;
    }
  self->broken = !handle_line (self, line, changed, error);
  return !self->broken;
}

void
madang_cache_pull_finish (MadangCache *self)
{
  g_return_if_fail (MADANG_IS_CACHE (self));

  drop_lines (self);
  self->broken = FALSE;
}
