/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-cache-private.h"

#include "madang-record-row.h"
#include "madang-wire-record.h"

#define CONFLICT_KIND "conflict"
#define CONFLICT_TARGET "record"
#define CONFLICT_OPEN "open"

/* --- the shadow --------------------------------------------------------------------------- */

static MadangRecord *
load_shadow (MadangCache *self, const char *id, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "SELECT r.id, r.kind, r.scope, r.state, r.v, r.pv, r.main, r.personal, r.deleted, 0, 0"
      " FROM shadow AS r WHERE r.id = ?1",
      error);

  if (statement == NULL)
    return NULL;
  madang_statement_bind_id (statement, 1, id);
  return madang_record_row_read_next (statement, error);
}

static void
bind_part (MadangStatement *statement, int parameter, MadangRecord *record, MadangPart part)
{
  g_autofree char *doc = NULL;

  if (madang_record_has_part (record, part))
    doc = madang_wire_encode_part (record, part);
  madang_statement_bind_text (statement, parameter, doc);
}

gboolean
madang_cache_save_shadow (MadangCache *self, MadangRecord *record, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "INSERT OR REPLACE INTO shadow (id, kind, scope, state, v, pv, main, personal, deleted)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      error);
  if (statement == NULL)
    return FALSE;

  madang_statement_bind_id (statement, 1, madang_record_get_id (record));
  madang_statement_bind_text (statement, 2, madang_record_get_kind (record)->name);
  madang_statement_bind_text (statement, 3, madang_record_get_scope (record));
  madang_statement_bind_text (statement, 4, madang_record_get_state (record));
  madang_statement_bind_number (statement, 5, madang_record_get_version (record, MADANG_PART_MAIN));
  madang_statement_bind_number (statement, 6,
                                madang_record_get_version (record, MADANG_PART_PERSONAL));
  bind_part (statement, 7, record, MADANG_PART_MAIN);
  bind_part (statement, 8, record, MADANG_PART_PERSONAL);
  madang_statement_bind_number (statement, 9, madang_record_get_deleted (record));
  return madang_statement_run (statement, error);
}

static gboolean
remove_shadow (MadangCache *self, const char *id, GError **error)
{
  return madang_cache_run_with_id (self, "DELETE FROM shadow WHERE id = ?1", id, error);
}

static gboolean
is_on_server (MadangRecord *record)
{
  return madang_record_get_version (record, MADANG_PART_MAIN) > 0
         || madang_record_get_version (record, MADANG_PART_PERSONAL) > 0;
}

MadangRecord *
madang_cache_load_confirmed (MadangCache *self, const char *id, gboolean waiting, GError **error)
{
  return waiting ? load_shadow (self, id, error)
                 : madang_record_store_get_any (self->records, id, error);
}

gboolean
madang_cache_save_confirmed (MadangCache *self,
                             MadangRecord *record,
                             gboolean waiting,
                             GError **error)
{
  if (!waiting)
    return madang_record_store_put (self->records, record, error);
  return madang_cache_save_shadow (self, record, error)
         && madang_cache_refresh (self, madang_record_get_id (record), error);
}

gboolean
madang_cache_remove_confirmed (MadangCache *self, const char *id, gboolean waiting, GError **error)
{
  if (!waiting)
    return madang_record_store_remove (self->records, id, error);
  return remove_shadow (self, id, error) && madang_cache_refresh (self, id, error);
}

gboolean
madang_cache_make_shadow (MadangCache *self, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) record = madang_record_store_get_any (self->records, id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return record == NULL || !is_on_server (record) || madang_cache_save_shadow (self, record, error);
}

/* --- conflicts ---------------------------------------------------------------------------- */

const char *
madang_cache_get_conflict_target (MadangRecord *record)
{
  if (!g_str_equal (madang_record_get_kind (record)->name, CONFLICT_KIND))
    return NULL;

  const char *target = madang_record_get_text (record, CONFLICT_TARGET);
  return *target != '\0' ? target : NULL;
}

gboolean
madang_cache_has_open_conflict (MadangCache *self, const char *id, gboolean *has, GError **error)
{
  static const char *const open_states[] = { CONFLICT_OPEN, NULL };
  g_autoptr (MadangQuery) query = NULL;

  *has = FALSE;
  if (madang_kind_find (CONFLICT_KIND) == NULL)
    return TRUE;
  query = madang_query_new (CONFLICT_KIND);
  madang_query_add_equal (query, CONFLICT_TARGET, g_variant_new_string (id));
  madang_query_add_states (query, open_states);
  madang_query_set_limit (query, 1);

  gint64 count = madang_record_store_count (self->records, query, error);
  *has = count > 0;
  return count >= 0;
}

static gboolean
expects_conflict (MadangCache *self, const char *id, gboolean *expects, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database, "SELECT EXISTS (SELECT 1 FROM expected_conflict WHERE record = ?1)", error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, id);
  if (!madang_statement_step (statement, error))
    return FALSE;
  *expects = madang_statement_get_number (statement, 0) != 0;
  return TRUE;
}

/* rows (nullable): of the outbox. */
static gboolean
find_trouble (
    MadangCache *self, const char *id, GPtrArray *rows, gboolean *troubled, GError **error)
{
  *troubled = FALSE;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const MadangOutboxRow *row = g_ptr_array_index (rows, i);
      *troubled |= row->refused;
    }
  if (*troubled)
    return TRUE;
  if (!expects_conflict (self, id, troubled, error))
    return FALSE;
  return *troubled || madang_cache_has_open_conflict (self, id, troubled, error);
}

/* --- what the person sees ----------------------------------------------------------------- */

/* The server decides about a value that someone else changed meanwhile; until it has, the person
 * keeps seeing what was typed. */
void
madang_cache_show_edits (MadangRecord *record, const MadangMutation *mutation)
{
  g_autofree MadangMergeOutcome *outcomes = g_new0 (MadangMergeOutcome, mutation->edits->len + 1);

  madang_merge_edits (record, mutation->edits, mutation->base, outcomes);
  for (guint i = 0; i < mutation->edits->len; i++)
    {
      const MadangEdit *edit = g_ptr_array_index (mutation->edits, i);
      if (outcomes[i] == MADANG_MERGE_CONFLICT
          && !madang_record_set (record, edit->path, edit->to, NULL))
        g_debug ("a waiting value has no place any more");
    }
}

static MadangRecord *
show_creation (const MadangMutation *mutation)
{
  const MadangKind *kind = madang_kind_find (mutation->kind);
  if (kind == NULL)
    return NULL;

  MadangRecord *record = madang_record_new (kind, mutation->id);
  madang_cache_show_edits (record, mutation);
  if (mutation->scope != NULL || kind->home_scope == NULL)
    {
      madang_record_set_scope (record, mutation->scope);
      return record;
    }
  g_autofree char *scope = kind->home_scope (record);
  madang_record_set_scope (record, scope);
  return record;
}

/* Only the state: the effects are the server's. */
static void
show_event (MadangRecord *record, const char *name)
{
  const MadangEvent *event = madang_kind_find_event (madang_record_get_kind (record), name);

  if (event == NULL || event->to == NULL)
    return;
  if (event->from == NULL || g_strv_contains (event->from, madang_record_get_state (record)))
    madang_record_set_state (record, event->to);
}

/* A tombstone hides what the person typed; until the server has decided, the record stays. */
static void
show_mutation (MadangRecord **record, const MadangOutboxRow *row, const MadangMutation *mutation)
{
  if (mutation->operation == MADANG_OPERATION_CREATE && *record == NULL)
    *record = show_creation (mutation);
  if (*record == NULL)
    return;

  switch (mutation->operation)
    {
    case MADANG_OPERATION_PATCH:
    case MADANG_OPERATION_RESOLVE:
      madang_record_set_deleted (*record, FALSE);
      madang_cache_show_edits (*record, mutation);
      break;
    case MADANG_OPERATION_EVENT:
      if (!row->refused && !row->held)
        show_event (*record, mutation->event);
      break;
    case MADANG_OPERATION_DELETE:
      if (!row->refused)
        madang_record_set_deleted (*record, TRUE);
      break;
    case MADANG_OPERATION_CREATE:
    case MADANG_OPERATION_VOID:
    default:
      break;
    }
}

/* Returns: (transfer full) (nullable): NULL when there is nothing to show. */
static MadangRecord *
replay (MadangRecord *confirmed, GPtrArray *rows)
{
  MadangRecord *record = confirmed != NULL ? madang_record_dup (confirmed) : NULL;
  guint waiting = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const MadangOutboxRow *row = g_ptr_array_index (rows, i);
      g_autoptr (MadangMutation) mutation = NULL;

      if (!row->refused && !madang_outbox_row_is (row, MADANG_OPERATION_VOID))
        waiting++;
      if (!row->shown)
        continue;
      /* One of a newer build: the server will understand it. */
      mutation = madang_mutation_from_bytes (row->body, NULL);
      if (mutation != NULL)
        show_mutation (&record, row, mutation);
    }
  if (record != NULL)
    madang_record_set_waiting (record, waiting);
  return record;
}

/* Nothing waits any more: the confirmed state is what the person sees. */
static gboolean
settle (MadangCache *self, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) shadow = load_shadow (self, id, &local_error);
  g_autoptr (MadangRecord) record
      = shadow != NULL || local_error != NULL
            ? g_steal_pointer (&shadow)
            : madang_record_store_get_any (self->records, id, &local_error);
  gboolean troubled = FALSE;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!remove_shadow (self, id, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  if (!is_on_server (record))
    return madang_record_store_remove (self->records, id, error);

  for (MadangPart part = 0; madang_record_get_deleted (record) && part < MADANG_N_PARTS; part++)
    madang_record_set_has_part (record, part, FALSE);
  if (!find_trouble (self, id, NULL, &troubled, error))
    return FALSE;
  madang_record_set_waiting (record, 0);
  madang_record_set_troubled (record, troubled);
  return madang_record_store_put (self->records, record, error)
         && madang_cache_drop_unheld (self, id, error);
}

gboolean
madang_cache_refresh (MadangCache *self, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) rows = madang_cache_list_outbox_of (self, id, error);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return settle (self, id, error);

  g_autoptr (MadangRecord) confirmed = load_shadow (self, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_autoptr (MadangRecord) effective = replay (confirmed, rows);
  gboolean troubled = FALSE;
  if (effective == NULL)
    return madang_record_store_remove (self->records, id, error);
  if (!find_trouble (self, id, rows, &troubled, error))
    return FALSE;
  troubled |= confirmed != NULL && madang_record_get_deleted (confirmed);
  madang_record_set_troubled (effective, troubled);
  return madang_record_store_put (self->records, effective, error);
}

gboolean
madang_cache_refresh_trouble (MadangCache *self, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) record = madang_record_store_get_any (self->records, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;

  g_autoptr (GPtrArray) rows = madang_cache_list_outbox_of (self, id, error);
  gboolean troubled = FALSE;
  if (rows == NULL || !find_trouble (self, id, rows, &troubled, error))
    return FALSE;
  if (troubled == madang_record_get_troubled (record))
    return TRUE;
  madang_record_set_troubled (record, troubled);
  return madang_record_store_put (self->records, record, error);
}
