/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sim-ledger.h"

#include "sim-leaflet.h"
#include "sim-world.h"

#include "madang-id.h"
#include "madang-save.h"
#include "madang-system.h"
#include "madang-wire-record.h"

struct _SimLedger
{
  SimServer *server;
  guint last_token;
  GPtrArray *typed;    /* of Typed (owned) */
  GHashTable *seen;    /* mid of an event -> MadangRecord */
  GHashTable *pushed;  /* mid -> MadangMutation */
  GHashTable *results; /* mid -> MadangPushResult: the first, of this history of the server */
  guint restored;      /* what results belong to */
};

/* One token that was acknowledged. */
typedef struct
{
  char *client;
  char *record;
  char *token;
  gboolean replaced; /* by the same person, who saw it */
} Typed;

static void
typed_free (gpointer data)
{
  Typed *typed = data;

  g_free (typed->client);
  g_free (typed->record);
  g_free (typed->token);
  g_free (typed);
}

SimLedger *
sim_ledger_new (SimServer *server)
{
  SimLedger *self = g_new0 (SimLedger, 1);

  self->server = server;
  self->typed = g_ptr_array_new_with_free_func (typed_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->pushed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)madang_mutation_free);
  self->results = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify)madang_push_result_free);
  return self;
}

void
sim_ledger_free (SimLedger *self)
{
  g_ptr_array_unref (self->typed);
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->pushed);
  g_hash_table_unref (self->results);
  g_free (self);
}

/* --- what people do ------------------------------------------------------------------------ */

char *
sim_ledger_new_text (SimLedger *self, const char *person)
{
  return g_strdup_printf ("{%s.%u}", person, ++self->last_token);
}

/* The tokens in the printed form of a value: "{…}", which no other text has. */
static GStrv
find_tokens (GVariant *value)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{[a-z0-9]+\\.[0-9]+\\}", 0, 0, NULL);
  g_autofree char *text = value != NULL ? g_variant_print (value, FALSE) : g_strdup ("");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *token = g_match_info_fetch (match, 0);

      g_strv_builder_add (builder, token);
    }
  return g_strv_builder_end (builder);
}

static void
note_replaced (SimLedger *self, const char *client, const char *token)
{
  for (guint i = 0; i < self->typed->len; i++)
    {
      Typed *typed = g_ptr_array_index (self->typed, i);

      if (g_str_equal (typed->client, client) && g_str_equal (typed->token, token))
        typed->replaced = TRUE;
    }
}

static void
note_typed (SimLedger *self, const char *client, const char *record, const char *token)
{
  Typed *typed = g_new0 (Typed, 1);

  typed->client = g_strdup (client);
  typed->record = g_strdup (record);
  typed->token = g_strdup (token);
  g_ptr_array_add (self->typed, typed);
}

void
sim_ledger_note_write (SimLedger *self,
                       const char *client,
                       const MadangMutation *mutation,
                       MadangRecord *seen)
{
  for (guint i = 0; i < mutation->edits->len; i++)
    {
      const MadangEdit *edit = g_ptr_array_index (mutation->edits, i);
      g_auto (GStrv) old = find_tokens (edit->from);
      g_auto (GStrv) typed = find_tokens (edit->to);

      for (guint j = 0; old[j] != NULL; j++)
        note_replaced (self, client, old[j]);
      for (guint j = 0; typed[j] != NULL; j++)
        note_typed (self, client, mutation->id, typed[j]);
    }
  if (mutation->operation == MADANG_OPERATION_EVENT && mutation->seen != NULL)
    g_hash_table_insert (self->seen, g_strdup (mutation->mid), madang_record_dup (seen));
}

void
sim_ledger_note_discard (SimLedger *self, const char *client, const char *record)
{
  for (guint i = 0; i < self->typed->len; i++)
    {
      Typed *typed = g_ptr_array_index (self->typed, i);

      if (g_str_equal (typed->client, client) && g_str_equal (typed->record, record))
        typed->replaced = TRUE;
    }
}

/* --- what the server says ------------------------------------------------------------------ */

static void
note_mutation (SimLedger *self, const MadangPushItem *item)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (item->body, &error);

  g_assert_no_error (error);
  if (!g_hash_table_contains (self->pushed, mutation->mid))
    {
      char *mid = g_strdup (mutation->mid);

      sim_trace_bytes ("pushed", item->body);
      g_hash_table_insert (self->pushed, mid, g_steal_pointer (&mutation));
    }
}

/* An answer that was forgotten may say "applied" of what was merged or is in a conflict; that a
 * change was refused must never be forgotten while a client may ask. */
static void
note_result (SimLedger *self, MadangPushResult *result)
{
  const MadangPushResult *known = g_hash_table_lookup (self->results, result->mid);

  if (known == NULL)
    {
      sim_trace ("result %s %s %s", result->mid, madang_outcome_get_name (result->outcome),
                 result->code != NULL ? result->code : "");
      g_hash_table_insert (self->results, g_strdup (result->mid), result);
      return;
    }
  g_assert_true (result->duplicate);
  if (known->outcome == MADANG_OUTCOME_REJECTED || result->outcome == MADANG_OUTCOME_REJECTED)
    g_assert_cmpstr (madang_outcome_get_name (known->outcome), ==,
                     madang_outcome_get_name (result->outcome));
  madang_push_result_free (result);
}

void
sim_ledger_note_push (GBytes *request, const MadangReply *reply, gpointer user_data)
{
  SimLedger *self = user_data;
  g_autoptr (MadangPushRequest) push = madang_push_request_from_bytes (request, NULL);
  g_autoptr (MadangPushReply) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (push);
  g_assert_cmpuint (reply->status, !=, 400);
  if (self->restored != self->server->restored)
    g_hash_table_remove_all (self->results);
  self->restored = self->server->restored;
  for (guint i = 0; i < push->items->len; i++)
    note_mutation (self, g_ptr_array_index (push->items, i));
  if (reply->status != 200)
    return;
  answer = madang_push_reply_from_bytes (reply->body, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->results->len, ==, push->items->len);
  while (answer->results->len > 0)
    note_result (self, g_ptr_array_steal_index (answer->results, 0));
}

/* --- nothing is lost ----------------------------------------------------------------------- */

static GPtrArray *
list_changes (SimLedger *self, const char *record)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = madang_storage_list_changes (self->server->reader, record, &error);

  g_assert_no_error (error);
  return changes;
}

static gboolean
was_applied (SimLedger *self, const Typed *typed)
{
  g_autoptr (GPtrArray) changes = list_changes (self, typed->record);

  for (guint i = 0; i < changes->len; i++)
    {
      const MadangChange *change = g_ptr_array_index (changes, i);

      if (change->after != NULL && strstr (change->after, typed->token) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_in_conflict (SimLedger *self, const Typed *typed)
{
  g_autoptr (MadangQuery) query = madang_query_new (madang_conflict_kind.name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  madang_query_add_equal (query, "record", g_variant_new_string (typed->record));
  conflicts = madang_record_store_find (sim_server_get_records (self->server), query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < conflicts->len; i++)
    {
      MadangRecord *conflict = g_ptr_array_index (conflicts, i);

      if (strstr (madang_record_get_text (conflict, "mine"), typed->token) != NULL)
        return TRUE;
    }
  return FALSE;
}

void
sim_ledger_check_kept (SimLedger *self, SimFindFunc find, gpointer user_data)
{
  for (guint i = 0; i < self->typed->len; i++)
    {
      const Typed *typed = g_ptr_array_index (self->typed, i);

      if (!typed->replaced && !was_applied (self, typed) && !is_in_conflict (self, typed)
          && !find (typed->client, typed->record, typed->token, user_data))
        g_error ("%s typed %s in %s, and it is lost", typed->client, typed->token, typed->record);
    }
}

/* --- one effect each, on what was seen ----------------------------------------------------- */

/* Of a change that a patch made: it compared with the value that it replaced. */
static void
check_compared (SimLedger *self, MadangRecord *record, const MadangChange *change)
{
  const MadangKind *kind = madang_record_get_kind (record);
  const MadangMutation *mutation = g_hash_table_lookup (self->pushed, change->mid);
  const MadangField *top = NULL;

  g_assert_nonnull (mutation);
  madang_kind_find_path (kind, change->path, &top);
  if (top == NULL || top->merge == MADANG_MERGE_SET || top->merge == MADANG_MERGE_MAX)
    return;
  for (guint i = 0; i < mutation->edits->len; i++)
    {
      const MadangEdit *edit = g_ptr_array_index (mutation->edits, i);
      g_autofree char *from = NULL;

      /* An edit of a member comes before one of its row, whose value has it already. */
      if (strchr (change->path, '/') != NULL && edit->to == NULL)
        return;
      if (!g_str_equal (edit->path, change->path) || edit->from_digest != NULL)
        continue;
      from = madang_save_encode (kind, edit->path, edit->from);
      g_assert_cmpstr (from, ==, change->before);
    }
}

static void
check_once (GHashTable *effects, const MadangChange *change)
{
  char *effect = g_strdup_printf ("%s %s", change->mid, change->path != NULL ? change->path : "");

  if (!g_hash_table_add (effects, effect))
    g_error ("two effects of %s", effect);
}

/* The values just before an event, from the history alone, against what the person saw. */
static void
check_seen (SimLedger *self, GPtrArray *changes, guint at)
{
  const MadangChange *event = g_ptr_array_index (changes, at);
  MadangRecord *seen = g_hash_table_lookup (self->seen, event->mid);
  const MadangField *field = seen != NULL ? madang_record_get_kind (seen)->fields : NULL;

  for (; field != NULL && field->name != NULL; field++)
    {
      g_autofree char *shown = NULL;
      const char *value = NULL;

      if (field->type == MADANG_FIELD_ROWS)
        continue;
      for (guint i = 0; i < at; i++)
        {
          const MadangChange *change = g_ptr_array_index (changes, i);

          if (g_strcmp0 (change->path, field->name) == 0)
            value = change->after;
        }
      shown = madang_save_encode (madang_record_get_kind (seen), field->name,
                                  madang_record_get (seen, field->name));
      g_assert_cmpstr (shown, ==, value);
    }
}

static void
check_record (SimLedger *self, MadangRecord *record)
{
  g_autoptr (GPtrArray) changes = list_changes (self, madang_record_get_id (record));
  g_autoptr (GHashTable) effects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) mids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < changes->len; i++)
    {
      const MadangChange *change = g_ptr_array_index (changes, i);

      if (change->mid == NULL)
        return;
      check_once (effects, change);
      if (change->part == MADANG_PART_MAIN)
        g_hash_table_add (mids, change->mid);
      if (change->event == NULL && change->path != NULL)
        check_compared (self, record, change);
      if (change->event != NULL && change->path == NULL)
        check_seen (self, changes, i);
    }
  g_assert_cmpint (madang_record_get_version (record, MADANG_PART_MAIN), ==,
                   g_hash_table_size (mids));
}

void
sim_ledger_check_history (SimLedger *self)
{
  g_autoptr (MadangQuery) query = madang_query_new (sim_leaflet_kind.name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records
      = madang_record_store_find (sim_server_get_records (self->server), query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    check_record (self, g_ptr_array_index (records, i));
}
