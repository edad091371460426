/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-error.h"
#include "madang-rights.h"
#include "madang-sqlite-storage.h"
#include "madang-wire-record.h"

/* Records and what becomes of them in the feeds. */

typedef enum
{
  STANDING_LIVE,
  STANDING_DELETED,
  STANDING_LEFT,
} Standing;

static const char *const standing_names[] = { "live", "deleted", "left" };

/* What is stored of a record before it is written. */
typedef struct
{
  gboolean exists;
  gint64 row;
  gint64 versions[MADANG_N_PARTS];
  char *state; /* (owned) */
  char *scope; /* (owned) (nullable) */
  gboolean deleted;
} Former;

/* A part that comes into a scope, changes in it, or goes out of it. */
typedef struct
{
  char *scope; /* (owned) */
  MadangPart part;
  gboolean was_live;
  Standing standing;
} Move;

typedef struct
{
  gint64 number;
  gint64 head;
  gint64 count;
  guint64 sum;
} Scope;

static void
clear_former (Former *former)
{
  g_free (former->state);
  g_free (former->scope);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Former, clear_former)

static void
free_move (Move *move)
{
  g_free (move->scope);
  g_free (move);
}

/* --- versions ----------------------------------------------------------------------------- */

static gboolean
read_former (MadangStorage *storage, const char *id, Former *former, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage, "SELECT rowid, v, pv, state, scope, deleted FROM record WHERE id = ?1", error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, id);
  if (madang_statement_step (statement, &local_error))
    {
      former->exists = TRUE;
      former->row = madang_statement_get_number (statement, 0);
      former->versions[MADANG_PART_MAIN] = madang_statement_get_number (statement, 1);
      former->versions[MADANG_PART_PERSONAL] = madang_statement_get_number (statement, 2);
      former->state = g_strdup (madang_statement_get_text (statement, 3));
      former->scope = g_strdup (madang_statement_get_text (statement, 4));
      former->deleted = madang_statement_get_number (statement, 5) != 0;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_versions (MadangRecord *record, const Former *former, GError **error)
{
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    if (madang_record_get_version (record, part) != former->versions[part])
      {
        g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_CONFLICT,
                             "the record was read before another change of it");
        return FALSE;
      }
  return TRUE;
}

/* State and home scope travel with the main part. */
static guint
complete_changed (MadangRecord *record, const Former *former, guint changed)
{
  gboolean deleted = madang_record_get_deleted (record);

  if (!former->exists || deleted != former->deleted
      || g_strcmp0 (former->state, madang_record_get_state (record)) != 0
      || g_strcmp0 (former->scope, madang_record_get_scope (record)) != 0)
    changed |= 1 << MADANG_PART_MAIN;
  if (madang_record_has_part (record, MADANG_PART_PERSONAL)
      && (former->versions[MADANG_PART_PERSONAL] == 0 || deleted != former->deleted))
    changed |= 1 << MADANG_PART_PERSONAL;
  if (deleted && !former->deleted && former->versions[MADANG_PART_PERSONAL] > 0)
    changed |= 1 << MADANG_PART_PERSONAL;
  return changed;
}

static void
set_versions (MadangRecord *record, const Former *former, guint changed)
{
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    madang_record_set_version (record, part,
                               former->versions[part] + ((changed & (1 << part)) != 0 ? 1 : 0));
}

/* --- moves -------------------------------------------------------------------------------- */

static GHashTable *
read_live_scopes (MadangStorage *storage, gint64 row, MadangPart part, GError **error)
{
  g_autoptr (GHashTable) scopes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage,
      "SELECT s.name FROM feed f JOIN scope s ON s.number = f.scope"
      " WHERE f.record = ?1 AND f.part = ?2 AND f.state = 'live'",
      error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  madang_statement_bind_number (statement, 1, row);
  madang_statement_bind_number (statement, 2, part);
  while (madang_statement_step (statement, &local_error))
    g_hash_table_add (scopes, g_strdup (madang_statement_get_text (statement, 0)));
  if (local_error == NULL)
    return g_steal_pointer (&scopes);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static void
add_move (
    GPtrArray *moves, const char *scope, MadangPart part, gboolean was_live, Standing standing)
{
  Move *move = g_new0 (Move, 1);

  move->scope = g_strdup (scope);
  move->part = part;
  move->was_live = was_live;
  move->standing = standing;
  g_ptr_array_add (moves, move);
}

static gboolean
collect_moves (MadangStorage *storage,
               MadangRecord *record,
               gint64 row,
               MadangPart part,
               gboolean changed,
               GPtrArray *moves,
               GError **error)
{
  g_autoptr (GHashTable) live = read_live_scopes (storage, row, part, error);
  g_auto (GStrv) audience = NULL;
  GHashTableIter iter;
  gpointer scope = NULL;

  if (live == NULL)
    return FALSE;
  if (madang_record_has_part (record, part))
    audience = madang_rights_dup_audience (record, part);
  for (guint i = 0; audience != NULL && audience[i] != NULL; i++)
    {
      gboolean was_live = g_hash_table_remove (live, audience[i]);
      if (changed || !was_live)
        add_move (moves, audience[i], part, was_live, STANDING_LIVE);
    }
  g_hash_table_iter_init (&iter, live);
  while (g_hash_table_iter_next (&iter, &scope, NULL))
    add_move (moves, scope, part, TRUE,
              madang_record_get_deleted (record) ? STANDING_DELETED : STANDING_LEFT);
  return TRUE;
}

/* A database that locks scopes one by one must do so in one order; the order here is the same. */
static int
compare_moves (gconstpointer a, gconstpointer b)
{
  const Move *first = *(const Move *const *)a;
  const Move *second = *(const Move *const *)b;
  int by_scope = strcmp (first->scope, second->scope);

  return by_scope != 0 ? by_scope : (int)first->part - (int)second->part;
}

/* --- scopes ------------------------------------------------------------------------------- */

/* A scope that is not there is one without changes. */
static gboolean
read_scope (MadangStorage *storage, const char *name, Scope *scope, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage, "SELECT number, head, count, sum FROM scope WHERE name = ?1", error);
  g_autoptr (GError) local_error = NULL;

  *scope = (Scope){ 0 };
  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, name);
  if (madang_statement_step (statement, &local_error))
    {
      scope->number = madang_statement_get_number (statement, 0);
      scope->head = madang_statement_get_number (statement, 1);
      scope->count = madang_statement_get_number (statement, 2);
      scope->sum = (guint64)madang_statement_get_number (statement, 3);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
write_scope (MadangStorage *storage, const char *name, Scope *scope, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage,
      "INSERT INTO scope (name, head, count, sum) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (name) DO UPDATE SET head = excluded.head, count = excluded.count,"
      " sum = excluded.sum RETURNING number",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, name);
  madang_statement_bind_number (statement, 2, scope->head);
  madang_statement_bind_number (statement, 3, scope->count);
  madang_statement_bind_number (statement, 4, (gint64)scope->sum);
  if (!madang_statement_step (statement, error))
    return FALSE;
  scope->number = madang_statement_get_number (statement, 0);
  return madang_statement_run (statement, error);
}

static gboolean
write_feed_row (
    MadangStorage *storage, gint64 row, const Move *move, const Scope *scope, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage,
      "INSERT INTO feed (record, part, scope, seq, state) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (record, part, scope) DO UPDATE SET seq = excluded.seq,"
      " state = excluded.state",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, row);
  madang_statement_bind_number (statement, 2, move->part);
  madang_statement_bind_number (statement, 3, scope->number);
  madang_statement_bind_number (statement, 4, scope->head);
  madang_statement_bind_text (statement, 5, standing_names[move->standing]);
  return madang_statement_run (statement, error);
}

static gboolean
make_move (MadangStorage *storage,
           MadangRecord *record,
           const Former *former,
           const Move *move,
           GError **error)
{
  const char *id = madang_record_get_id (record);
  Scope scope;

  if (!read_scope (storage, move->scope, &scope, error))
    return FALSE;
  scope.head++;
  if (move->was_live)
    {
      scope.count--;
      scope.sum -= madang_wire_digest_term (id, move->part, former->versions[move->part]);
    }
  if (move->standing == STANDING_LIVE)
    {
      scope.count++;
      scope.sum += madang_wire_digest_term (id, move->part,
                                            madang_record_get_version (record, move->part));
    }
  return write_scope (storage, move->scope, &scope, error)
         && write_feed_row (storage, former->row, move, &scope, error);
}

static gboolean
make_moves (MadangStorage *storage,
            MadangRecord *record,
            const Former *former,
            guint changed,
            GError **error)
{
  g_autoptr (GPtrArray) moves = g_ptr_array_new_with_free_func ((GDestroyNotify)free_move);

  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    if (!collect_moves (storage, record, former->row, part, (changed & (1 << part)) != 0, moves,
                        error))
      return FALSE;
  g_ptr_array_sort (moves, compare_moves);
  for (guint i = 0; i < moves->len; i++)
    if (!make_move (storage, record, former, g_ptr_array_index (moves, i), error))
      return FALSE;
  return TRUE;
}

/* --- MadangStorage ------------------------------------------------------------------------ */

static gboolean
madang_sqlite_feed_write_record (MadangStorage *storage,
                                 MadangRecord *record,
                                 guint changed,
                                 GError **error)
{
  MadangDatabase *database = madang_sqlite_storage_get_database (storage);
  g_auto (Former) former = { 0 };

  g_return_val_if_fail (madang_database_in_transaction (database), FALSE);

  if (!read_former (storage, madang_record_get_id (record), &former, error)
      || !check_versions (record, &former, error))
    return FALSE;
  changed = complete_changed (record, &former, changed);
  set_versions (record, &former, changed);
  if (!madang_record_store_put (madang_storage_get_records (storage), record, error))
    {
      set_versions (record, &former, 0);
      return FALSE;
    }
  if (!former.exists)
    former.row = madang_database_get_last_row (database);
  return make_moves (storage, record, &former, changed, error);
}

static gint64
madang_sqlite_feed_get_head (MadangStorage *storage, const char *scope)
{
  g_autoptr (GError) error = NULL;
  Scope found;

  if (!read_scope (storage, scope, &found, &error))
    g_debug ("the head of a scope cannot be read: %s", error->message);
  return found.head;
}

static gboolean
madang_sqlite_feed_read_digest (MadangStorage *storage,
                                const char *scope,
                                gint64 *count,
                                guint64 *sum)
{
  g_autoptr (GError) error = NULL;
  Scope found;

  if (!read_scope (storage, scope, &found, &error))
    {
      g_debug ("the digest of a scope cannot be read: %s", error->message);
      return FALSE;
    }
  *count = found.count;
  *sum = found.sum;
  return TRUE;
}

/* The texts of the line belong to the row. */
static void
read_line (MadangStatement *row, MadangPullLine *line)
{
  const char *standing = madang_statement_get_text (row, 1);

  line->seq = madang_statement_get_number (row, 0);
  line->part = madang_statement_get_number (row, 2);
  line->kind = (char *)madang_statement_get_text (row, 4);
  if (g_str_equal (standing, standing_names[STANDING_LEFT]))
    {
      line->type = MADANG_PULL_LEFT;
      return;
    }

  line->version = madang_statement_get_number (row, 7);
  if (g_str_equal (standing, standing_names[STANDING_DELETED]))
    {
      line->type = MADANG_PULL_DELETE;
      return;
    }

  line->type = MADANG_PULL_PUT;
  line->state = (char *)madang_statement_get_text (row, 5);
  line->home = (char *)madang_statement_get_text (row, 6);
  line->doc = (char *)madang_statement_get_text (row, 8);
}

static gboolean
madang_sqlite_feed_read_feed (MadangStorage *storage,
                              const char *scope,
                              gint64 after,
                              guint limit,
                              MadangFeedFunc func,
                              gpointer user_data,
                              GError **error)
{
  g_autoptr (MadangStatement) rows = madang_sqlite_storage_prepare (
      storage,
      "SELECT f.seq, f.state, f.part, r.id, r.kind, r.state, r.scope,"
      " CASE f.part WHEN 0 THEN r.v ELSE r.pv END,"
      " CASE WHEN f.state <> 'live' THEN NULL WHEN f.part = 0 THEN r.main ELSE r.personal END"
      " FROM scope s JOIN feed f ON f.scope = s.number JOIN record r ON r.rowid = f.record"
      " WHERE s.name = ?1 AND f.seq > ?2 ORDER BY f.seq LIMIT ?3",
      error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  madang_statement_bind_text (rows, 1, scope);
  madang_statement_bind_number (rows, 2, after);
  madang_statement_bind_number (rows, 3, limit);
  while (madang_statement_step (rows, &local_error))
    {
      g_autofree char *id = madang_statement_dup_id (rows, 3);
      MadangPullLine line = { .scope = (char *)scope, .id = id };
      read_line (rows, &line);
      if (!func (&line, user_data))
        return TRUE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

void
madang_sqlite_feed_init (MadangStorageInterface *iface)
{
  iface->write_record = madang_sqlite_feed_write_record;
  iface->get_head = madang_sqlite_feed_get_head;
  iface->read_feed = madang_sqlite_feed_read_feed;
  iface->read_digest = madang_sqlite_feed_read_digest;
}
