/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-cache-history.h"

#include "madang-cache-private.h"
#include "madang-history.h"
#include "madang-wire-record.h"

#include <string.h>

/* --- keeping ------------------------------------------------------------------------------- */

/* Both with the record and one more parameter, a number. */
static MadangStatement *
prepare_with (MadangCache *self, const char *sql, const char *record, gint64 number, GError **error)
{
  MadangStatement *statement = madang_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return NULL;
  madang_statement_bind_id (statement, 1, record);
  madang_statement_bind_number (statement, 2, number);
  return statement;
}

static gboolean
run_with (MadangCache *self, const char *sql, const char *record, gint64 number, GError **error)
{
  g_autoptr (MadangStatement) statement = prepare_with (self, sql, record, number, error);

  return statement != NULL && madang_statement_run (statement, error);
}

/* *next: -1 when nothing of this epoch is kept. */
static gboolean
find_reach (MadangCache *self, const char *record, gint64 *next, gint64 *fetched, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "SELECT next, fetched FROM history_reach WHERE record = ?1"
                                 " AND epoch = (SELECT value FROM setting WHERE name = 'epoch')",
                                 error);
  g_autoptr (GError) local_error = NULL;

  *next = -1;
  *fetched = 0;
  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, record);
  if (madang_statement_step (statement, &local_error))
    {
      *next = madang_statement_get_number (statement, 0);
      *fetched = madang_statement_get_number (statement, 1);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
save_reach (MadangCache *self, const char *record, gint64 next, gint64 at, GError **error)
{
  g_autoptr (MadangStatement) statement
      = prepare_with (self,
                      "INSERT OR REPLACE INTO history_reach (record, next, fetched, epoch)"
                      " SELECT ?1, ?2, ?3, value FROM setting WHERE name = 'epoch'",
                      record, next, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 3, at);
  return madang_statement_run (statement, error);
}

/* A part that left while the answer was on its way leaves nothing behind. */
static gboolean
save_change (MadangCache *self,
             const char *record,
             const MadangHistoryChange *change,
             GError **error)
{
  g_autoptr (GBytes) body = madang_history_change_to_bytes (change);
  g_autoptr (MadangStatement) statement = prepare_with (
      self,
      "INSERT OR REPLACE INTO history (record, number, part, body) SELECT ?1, ?2, ?3, ?4"
      " WHERE EXISTS (SELECT 1 FROM record WHERE id = ?1"
      " AND CASE ?3 WHEN 0 THEN main ELSE personal END IS NOT NULL)",
      record, change->number, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 3, change->part);
  madang_statement_bind_bytes (statement, 4, body);
  return madang_statement_run (statement, error);
}

/* Whether something that is kept reaches up to the newest page, so that nothing is missing. */
static gboolean
reaches_up_to (
    MadangCache *self, const char *record, gint64 number, gboolean *reaches, GError **error)
{
  g_autoptr (MadangStatement) statement
      = prepare_with (self,
                      "SELECT EXISTS (SELECT 1 FROM history WHERE record = ?1 AND number >= ?2)",
                      record, number, error);

  if (statement == NULL || !madang_statement_step (statement, error))
    return FALSE;
  *reaches = madang_statement_get_number (statement, 0) != 0;
  return TRUE;
}

/* What the page says anew goes first; *next becomes where the whole goes on. */
static gboolean
make_room (
    MadangCache *self, const MadangHistoryReply *page, gint64 kept, gint64 *next, GError **error)
{
  gboolean joined = FALSE;

  *next = page->next;
  if (page->next == 0 || kept < 0)
    return madang_cache_forget_history (self, page->record, error);
  if (!reaches_up_to (self, page->record, page->next, &joined, error))
    return FALSE;
  if (!joined)
    return madang_cache_forget_history (self, page->record, error);
  *next = kept;
  return run_with (self, "DELETE FROM history WHERE record = ?1 AND number >= ?2", page->record,
                   page->next, error);
}

static gboolean
save_page (
    MadangCache *self, const MadangHistoryReply *page, gint64 before, gint64 at, GError **error)
{
  gint64 kept;
  gint64 fetched;
  gint64 next = page->next;

  if (!find_reach (self, page->record, &kept, &fetched, error))
    return FALSE;
  if (before > 0 && kept != before)
    return TRUE;
  if (before == 0 ? !make_room (self, page, kept, &next, error)
                  : !run_with (self, "DELETE FROM history WHERE record = ?1 AND number < ?2",
                               page->record, before, error))
    return FALSE;
  for (guint i = 0; i < page->changes->len; i++)
    {
      if (!save_change (self, page->record, g_ptr_array_index (page->changes, i), error))
        return FALSE;
    }
  return save_reach (self, page->record, next, at, error);
}

gboolean
madang_cache_save_history (
    MadangCache *self, const MadangHistoryReply *page, gint64 before, gint64 at, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);
  g_return_val_if_fail (page != NULL && before >= 0, FALSE);

  if (!madang_database_begin (self->database, error))
    return FALSE;
  if (save_page (self, page, before, at, error) && madang_database_commit (self->database, error))
    return TRUE;
  madang_database_rollback (self->database);
  return FALSE;
}

gboolean
madang_cache_forget_history (MadangCache *self, const char *record, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  return madang_cache_run_with_id (self, "DELETE FROM history WHERE record = ?1", record, error)
         && madang_cache_run_with_id (self, "DELETE FROM history_reach WHERE record = ?1", record,
                                      error);
}

/* --- listing ------------------------------------------------------------------------------- */

/* What stands at the path by the declaration; FALSE: this build does not know it. */
static gboolean
find_field (MadangHistoryLine *line, const MadangKind *kind)
{
  const MadangField *top = NULL;

  if (line->path == NULL || *line->path == '@')
    return TRUE;
  line->field = madang_kind_find_path (kind, line->path, &top);
  line->is_row = line->field != NULL && line->field == top && strchr (line->path, '/') != NULL;
  return line->field != NULL;
}

static gboolean
read_value (const MadangHistoryLine *line, const char *json, GVariant **value)
{
  static const MadangField text = { .name = "text", .type = MADANG_FIELD_TEXT };

  *value = json != NULL
               ? madang_wire_decode_value (line->field != NULL ? line->field : &text, json, NULL)
               : NULL;
  return json == NULL || *value != NULL;
}

/* A change that a newer program made is passed over, as its field is everywhere here. */
static void
add_change (MadangHistory *history, const MadangKind *kind, const MadangHistoryChange *change)
{
  g_autoptr (MadangHistoryLine) line = madang_history_line_new ();

  line->moment = change->moment;
  line->at = change->at;
  line->who = g_strdup (change->who);
  line->own = change->own;
  line->event = g_strdup (change->event);
  line->path = g_strdup (change->path);
  line->hidden = change->hidden;
  if (find_field (line, kind) && read_value (line, change->before, &line->before)
      && read_value (line, change->after, &line->after))
    g_ptr_array_add (history->lines, g_steal_pointer (&line));
}

static gboolean
add_cached (MadangCache *self,
            MadangHistory *history,
            const MadangKind *kind,
            const char *record,
            GError **error)
{
  g_autoptr (MadangStatement) rows = madang_database_prepare (
      self->database, "SELECT body FROM history WHERE record = ?1 ORDER BY number DESC", error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  madang_statement_bind_id (rows, 1, record);
  while (madang_statement_step (rows, &local_error))
    {
      g_autoptr (GBytes) body = madang_statement_dup_bytes (rows, 0);
      g_autoptr (MadangHistoryChange) change = madang_history_change_from_bytes (body, NULL);

      if (change != NULL)
        add_change (history, kind, change);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static MadangHistoryLine *
new_waiting_line (const MadangOutboxRow *row, const MadangMutation *mutation)
{
  MadangHistoryLine *line = madang_history_line_new ();

  line->moment = -row->place;
  line->at = mutation->at;
  line->own = TRUE;
  line->waiting = TRUE;
  line->event = mutation->operation == MADANG_OPERATION_CREATE ? g_strdup ("create")
                                                               : g_strdup (mutation->event);
  return line;
}

/* A row stands in a history as a list of it. */
static GVariant *
dup_value (const MadangHistoryLine *line, GVariant *value)
{
  GVariantBuilder rows;

  if (value == NULL)
    return NULL;
  if (!line->is_row)
    return g_variant_ref (value);
  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a{sa{sv}}"));
  g_variant_builder_add (&rows, "{s@a{sv}}", strchr (line->path, '/') + 1, value);
  return g_variant_ref_sink (g_variant_builder_end (&rows));
}

/* Moves the record on, so that the next change finds what stood before it. */
static void
add_edit (GPtrArray *lines,
          MadangRecord *record,
          const MadangOutboxRow *row,
          const MadangMutation *mutation,
          const MadangEdit *edit)
{
  g_autoptr (MadangHistoryLine) line = new_waiting_line (row, mutation);

  line->path = g_strdup (edit->path);
  if (!find_field (line, madang_record_get_kind (record)))
    return;
  line->before = dup_value (line, madang_record_get (record, edit->path));
  line->after = dup_value (line, edit->to);
  madang_record_set (record, edit->path, edit->to, NULL);
  g_ptr_array_add (lines, g_steal_pointer (&line));
}

static void
add_step (GPtrArray *lines,
          MadangRecord *record,
          const MadangOutboxRow *row,
          const MadangMutation *mutation)
{
  const MadangEvent *event
      = mutation->event != NULL
            ? madang_kind_find_event (madang_record_get_kind (record), mutation->event)
            : NULL;
  MadangHistoryLine *line;

  if (mutation->operation != MADANG_OPERATION_CREATE && event == NULL)
    return;
  line = new_waiting_line (row, mutation);
  if (event != NULL)
    line->before = g_variant_ref_sink (g_variant_new_string (madang_record_get_state (record)));
  if (event != NULL && event->to != NULL)
    madang_record_set_state (record, event->to);
  line->after = g_variant_ref_sink (g_variant_new_string (madang_record_get_state (record)));
  g_ptr_array_add (lines, line);
}

static void
add_waiting_row (GPtrArray *lines, MadangRecord *record, const MadangOutboxRow *row)
{
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (row->body, NULL);

  if (mutation == NULL || row->refused || row->held || !row->shown)
    return;
  add_step (lines, record, row, mutation);
  for (guint i = 0; i < mutation->edits->len; i++)
    add_edit (lines, record, row, mutation, g_ptr_array_index (mutation->edits, i));
}

GPtrArray *
madang_cache_list_written (const MadangOutboxRow *row, const MadangMutation *mutation)
{
  const MadangKind *kind = madang_kind_find (mutation->kind);
  g_autoptr (MadangRecord) record = NULL;
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_history_line_free);

  if (kind == NULL)
    return lines;
  record = madang_record_new (kind, mutation->id);
  for (guint i = 0; i < mutation->edits->len; i++)
    add_edit (lines, record, row, mutation, g_ptr_array_index (mutation->edits, i));
  return lines;
}

/* From what the server confirmed, onwards; then turned round. */
static gboolean
add_waiting (MadangCache *self, MadangHistory *history, MadangRecord *shown, GError **error)
{
  const char *id = madang_record_get_id (shown);
  g_autoptr (GPtrArray) rows = madang_cache_list_outbox_of (self, id, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    record = madang_cache_load_confirmed (self, id, TRUE, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL)
    record = madang_record_new (madang_record_get_kind (shown), id);
  for (guint i = 0; i < rows->len; i++)
    add_waiting_row (lines, record, g_ptr_array_index (rows, i));
  for (guint i = lines->len; i > 0; i--)
    g_ptr_array_add (history->lines, g_ptr_array_index (lines, i - 1));
  return TRUE;
}

MadangHistory *
madang_cache_list_history (MadangCache *self, const char *record, GError **error)
{
  g_autoptr (MadangHistory) history = madang_history_new ();
  g_autoptr (MadangRecord) shown = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (MADANG_IS_CACHE (self), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  shown = madang_record_store_get (self->records, record, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (shown == NULL)
    return g_steal_pointer (&history);
  if (!find_reach (self, record, &history->next, &history->fetched, error)
      || !add_waiting (self, history, shown, error))
    return NULL;
  if (history->next >= 0
      && !add_cached (self, history, madang_record_get_kind (shown), record, error))
    return NULL;
  history->next = MAX (history->next, 0);
  return g_steal_pointer (&history);
}
