/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-cache-private.h"

#include "madang-error.h"

static char *
print_arguments (GStrv arguments)
{
  if (arguments == NULL)
    return NULL;

  g_autoptr (GVariant) array
      = g_variant_ref_sink (g_variant_new_strv ((const char *const *)arguments, -1));
  return g_variant_print (array, FALSE);
}

static GStrv
parse_arguments (const char *text)
{
  if (text == NULL)
    return NULL;

  g_autoptr (GVariant) array
      = g_variant_parse (G_VARIANT_TYPE_STRING_ARRAY, text, NULL, NULL, NULL);
  return array != NULL ? g_variant_dup_strv (array, NULL) : NULL;
}

/* --- outcomes ----------------------------------------------------------------------------- */

static gboolean
refuse_row (MadangCache *self,
            const MadangOutboxRow *row,
            const MadangPushResult *result,
            GError **error)
{
  g_autofree char *arguments = print_arguments (result->arguments);
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "UPDATE outbox SET refused = 1, held = 0, shown = 1, code = ?2, arguments = ?3"
      " WHERE mid = ?1",
      error);
  if (statement == NULL)
    return FALSE;

  madang_statement_bind_id (statement, 1, row->mid);
  madang_statement_bind_text (statement, 2, result->code);
  madang_statement_bind_text (statement, 3, arguments);
  return madang_statement_run (statement, error) && madang_cache_hold_dependents (self, row, error);
}

static gboolean
expect_conflict (MadangCache *self, const char *id, GError **error)
{
  gboolean is_here = FALSE;

  return madang_cache_has_open_conflict (self, id, &is_here, error)
         && (is_here
             || madang_cache_run_with_id (
                 self, "INSERT INTO expected_conflict (record) VALUES (?1) ON CONFLICT DO NOTHING",
                 id, error));
}

static gboolean
settle_row (MadangCache *self,
            const MadangOutboxRow *row,
            const MadangPushResult *result,
            gint64 at,
            GError **error)
{
  if (madang_outbox_row_is (row, MADANG_OPERATION_VOID))
    return madang_cache_move_to_sent (self, row, "void", at, error);
  if (result->outcome == MADANG_OUTCOME_REJECTED)
    return row->refused || refuse_row (self, row, result, error);
  if (result->outcome == MADANG_OUTCOME_CONFLICT && !expect_conflict (self, row->record, error))
    return FALSE;
  return madang_cache_move_to_sent (self, row, madang_outcome_get_name (result->outcome), at, error)
         && madang_cache_release_held (self, row->record, error);
}

/* --- the record after the mutation ---------------------------------------------------------- */

/* row (nullable): the one in the outbox, whose record is shown anew when it is settled. */
static gboolean
take_result_part (MadangCache *self,
                  const MadangPushResult *result,
                  MadangPart part,
                  const MadangOutboxRow *row,
                  gboolean waiting,
                  GError **error)
{
  const MadangConfirmedPart told = {
    .kind = result->kind,
    .id = result->id,
    .state = result->state,
    .home = result->home,
    .part = part,
    .version = result->versions[part],
    .doc = result->deleted ? NULL : result->docs[part],
    .quiet = row != NULL && g_str_equal (row->record, result->id),
  };
  gboolean taken = FALSE;

  /* A part without text is one that the caller may not read. */
  if (told.version == 0 || (told.doc == NULL && !result->deleted))
    return TRUE;
  if (!madang_cache_take_part (self, &told, waiting, &taken, error))
    return FALSE;
  return !taken || result->deleted || madang_cache_join_answers (self, result->id, part, error);
}

static gboolean
take_result_record (MadangCache *self,
                    const MadangPushResult *result,
                    const MadangOutboxRow *row,
                    gboolean waiting,
                    GError **error)
{
  if (result->kind == NULL || result->id == NULL)
    return TRUE;
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    if (!take_result_part (self, result, part, row, waiting, error))
      return FALSE;
  return TRUE;
}

/* The outcome of a mutation that is not here any more was told before: only what it says about
 * the record may be news. The outbox row goes last, because its shadow takes what is told. */
static gboolean
apply_result (MadangCache *self,
              const MadangPushResult *result,
              gint64 at,
              GPtrArray *settled,
              GPtrArray *touched,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangOutboxRow) row = madang_cache_find_outbox (self, result->mid, &local_error);
  gboolean waiting = row != NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (row == NULL && result->id != NULL
      && !madang_cache_has_outbox (self, result->id, TRUE, &waiting, error))
    return FALSE;
  if (!take_result_record (self, result, row, waiting, error))
    return FALSE;
  if (result->id != NULL)
    g_ptr_array_add (touched, g_strdup (result->id));
  if (row == NULL)
    return TRUE;

  if (!settle_row (self, row, result, at, error) || !madang_cache_refresh (self, row->record, error)
      || !madang_cache_drop_unheld (self, row->record, error))
    return FALSE;
  if (result->outcome != MADANG_OUTCOME_REJECTED)
    g_ptr_array_add (settled, g_strdup (row->mid));
  if (g_strcmp0 (row->record, result->id) != 0)
    g_ptr_array_add (touched, g_strdup (row->record));
  return TRUE;
}

static gboolean
apply_results (MadangCache *self,
               const MadangPushReply *reply,
               gint64 at,
               GPtrArray *settled,
               GPtrArray *touched,
               GError **error)
{
  for (guint i = 0; i < reply->results->len; i++)
    if (!apply_result (self, g_ptr_array_index (reply->results, i), at, settled, touched, error))
      return FALSE;
  return madang_cache_prune_sent (self, at, error);
}

/* Left in the log, they would only be sent once more. */
static void
note_settled (MadangCache *self, GPtrArray *settled)
{
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (settled, NULL);
  if (!madang_salvage_put_gone (self->salvage, (const char *const *)settled->pdata, FALSE, &error)
      || !madang_cache_compact_salvage (self, FALSE, &error))
    g_debug ("the log of unsent changes stays long: %s", error->message);
}

gboolean
madang_cache_apply_results (
    MadangCache *self, const MadangPushReply *reply, gint64 at, GPtrArray *changed, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);
  g_return_val_if_fail (reply != NULL, FALSE);

  g_autoptr (GPtrArray) settled = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) touched = g_ptr_array_new_with_free_func (g_free);
  if (!madang_cache_begin (self, error))
    return FALSE;
  GError *failure = NULL;
  gboolean worked = apply_results (self, reply, at, settled, touched, &failure);
  if (!madang_cache_end (self, worked, failure, error))
    return FALSE;

  note_settled (self, settled);
  if (changed != NULL)
    g_ptr_array_extend_and_steal (changed, g_steal_pointer (&touched));
  return TRUE;
}

/* --- what waits ---------------------------------------------------------------------------- */

static guint
count (MadangCache *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = 0;

  if (!madang_cache_query_number (self, sql, 0, &number, &error))
    g_debug ("cannot count: %s", error->message);
  return number;
}

guint
madang_cache_count_waiting (MadangCache *self)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), 0);

  return count (self, "SELECT count (*) FROM outbox WHERE NOT refused AND operation <> 'void'");
}

/* Records, not changes: a person deals with one record at a time. */
guint
madang_cache_count_troubled (MadangCache *self)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), 0);

  return count (self, "SELECT count (*) FROM (SELECT id FROM record WHERE troubled = 1"
                      " UNION SELECT record FROM outbox WHERE refused)");
}

guint
madang_cache_count_refused (MadangCache *self)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), 0);

  return count (self, "SELECT count (DISTINCT record) FROM outbox WHERE refused");
}

/* What was sealed may have reached the server, whatever answer came; what came after it was meant
 * for the record as the event makes it. */
static gboolean
is_recallable (GPtrArray *rows, const MadangOutboxRow *row)
{
  if (!madang_outbox_row_is (row, MADANG_OPERATION_EVENT) || !madang_outbox_row_is_unsealed (row)
      || row->refused)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const MadangOutboxRow *other = g_ptr_array_index (rows, i);
      if (other->place > row->place && g_str_equal (other->record, row->record))
        return FALSE;
    }
  return TRUE;
}

/* A newer program may have written what this one cannot read; then the reason alone is told. It
 * is made from the change alone: the person reads their own words also where their right to read
 * the record has ended. */
static void
describe_content (MadangWaiting *waiting, const MadangOutboxRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (row->body, &error);

  if (mutation == NULL)
    {
      g_debug ("a refused change cannot be read: %s", error->message);
      return;
    }
  waiting->written = madang_cache_list_written (row, mutation);
  waiting->said = mutation->arguments != NULL ? g_variant_ref (mutation->arguments) : NULL;
}

static MadangWaiting *
describe (GPtrArray *rows, const MadangOutboxRow *row)
{
  MadangWaiting *waiting = g_new0 (MadangWaiting, 1);

  waiting->mid = g_strdup (row->mid);
  waiting->kind = g_strdup (row->kind);
  waiting->id = g_strdup (row->record);
  waiting->operation = g_strdup (row->operation);
  waiting->event = g_strdup (row->event);
  waiting->at = row->at;
  waiting->refused = row->refused;
  waiting->held = row->held;
  waiting->recallable = is_recallable (rows, row);
  waiting->code = g_strdup (row->code);
  waiting->arguments = parse_arguments (row->arguments);
  if (row->refused)
    describe_content (waiting, row);
  return waiting;
}

GPtrArray *
madang_cache_list_waiting (MadangCache *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), NULL);

  g_autoptr (GPtrArray) rows = madang_cache_list_outbox (self, error);
  if (rows == NULL)
    return NULL;

  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_waiting_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const MadangOutboxRow *row = g_ptr_array_index (rows, i);
      if (!madang_outbox_row_is (row, MADANG_OPERATION_VOID))
        g_ptr_array_add (list, describe (rows, row));
    }
  return list;
}

/* --- giving up ----------------------------------------------------------------------------- */

/* What goes with it: of a record that was never created, everything that is not on its way. */
static void
collect_discarded (GPtrArray *rows, const MadangOutboxRow *row, GPtrArray *discarded)
{
  gboolean whole = row->refused && madang_outbox_row_is (row, MADANG_OPERATION_CREATE);

  for (guint i = 0; i < rows->len; i++)
    {
      MadangOutboxRow *other = g_ptr_array_index (rows, i);
      gboolean idle = other->refused || other->held || other->number == 0;
      if (g_str_equal (other->mid, row->mid) || (whole && idle))
        g_ptr_array_add (discarded, other);
    }
}

static gboolean
may_discard (GPtrArray *rows, const MadangOutboxRow *row, GError **error)
{
  if (row->refused || row->held || is_recallable (rows, row))
    return TRUE;
  g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND,
                       "the change was neither refused nor held, and cannot be taken back");
  return FALSE;
}

static gboolean
discard (MadangCache *self, const char *mid, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangOutboxRow) row = madang_cache_find_outbox (self, mid, &local_error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) discarded = g_ptr_array_new ();
  g_autoptr (GPtrArray) mids = g_ptr_array_new ();

  if (row == NULL && local_error == NULL)
    local_error = g_error_new_literal (MADANG_ERROR, MADANG_ERROR_NOT_FOUND, "no such change");
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  rows = madang_cache_list_outbox_of (self, row->record, error);
  if (rows == NULL || !may_discard (rows, row, error))
    return FALSE;
  collect_discarded (rows, row, discarded);
  for (guint i = 0; i < discarded->len; i++)
    {
      const MadangOutboxRow *other = g_ptr_array_index (discarded, i);
      g_ptr_array_add (mids, other->mid);
      if (!madang_cache_move_to_sent (self, other, "discarded", other->at, error))
        return FALSE;
    }
  g_ptr_array_add (mids, NULL);
  return madang_cache_release_held (self, row->record, error)
         && madang_cache_refresh (self, row->record, error)
         && madang_salvage_put_gone (self->salvage, (const char *const *)mids->pdata, TRUE, error);
}

gboolean
madang_cache_discard (MadangCache *self, const char *mid, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);
  g_return_val_if_fail (mid != NULL, FALSE);

  gint64 salvaged = madang_salvage_get_size (self->salvage);
  if (!madang_cache_begin (self, error))
    return FALSE;
  GError *failure = NULL;
  gboolean worked = discard (self, mid, &failure);
  if (madang_cache_end (self, worked, failure, error))
    return TRUE;
  if (madang_salvage_get_size (self->salvage) != salvaged)
    madang_salvage_cut (self->salvage, salvaged);
  return FALSE;
}
