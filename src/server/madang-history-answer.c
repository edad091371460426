/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-history-answer.h"

#include "madang-accounts.h"
#include "madang-history.h"
#include "madang-id.h"
#include "madang-rights.h"
#include "madang-service.h"
#include "madang-wire-limits.h"
#include "madang-wire-messages.h"
#include "madang-wire-record.h"

#include <string.h>

/* A page that passes this ends early: changes of long texts add up. */
#define MOST_BYTES (1024 * 1024)

/* Reading goes backwards from what the record is now. Before a change is told, everything later has
 * been taken back from a copy of the record, so that the kind's own audience says who might read it
 * at that moment. Whatever cannot be taken back ends the reading: nothing is told on a guess. */
typedef struct
{
  MadangExchange *exchange;
  MadangStorage *reader;
  const MadangHistoryRequest *request;
  MadangHistoryReply *reply; /* (owned) */
  GHashTable *names;         /* (owned): account -> displayed name, "" for none */

  MadangRecord *then;   /* (owned): as it was after the moment that is being collected */
  guint readable_now;   /* bits 1 << MadangPart */
  guint readable_after; /* the same, of then */
  GPtrArray *moment;    /* (owned): MadangChange of one mutation, newest first */
  gsize bytes;
  gboolean full;   /* the page has all it may hold, and there is more */
  gboolean lost;   /* what was before cannot be known */
  gboolean unborn; /* there was nothing before */
  GError *error;   /* (owned) (nullable) */
} MadangBacktrack;

static void
clear_backtrack (MadangBacktrack *self)
{
  g_clear_pointer (&self->reply, madang_history_reply_free);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->moment, g_ptr_array_unref);
  g_clear_object (&self->then);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadangBacktrack, clear_backtrack)

static MadangChange *
copy_change (const MadangChange *change)
{
  MadangChange *copy = g_memdup2 (change, sizeof *change);

  copy->record = g_strdup (change->record);
  copy->account = g_strdup (change->account);
  copy->mid = g_strdup (change->mid);
  copy->event = g_strdup (change->event);
  copy->path = g_strdup (change->path);
  copy->before = g_strdup (change->before);
  copy->after = g_strdup (change->after);
  return copy;
}

/* Of one save, so that nobody can have read what lies between. */
static gboolean
is_same_moment (const MadangChange *a, const MadangChange *b)
{
  return a->at == b->at && g_strcmp0 (a->mid, b->mid) == 0 && g_strcmp0 (a->event, b->event) == 0
         && g_strcmp0 (a->account, b->account) == 0;
}

static guint
find_readable (MadangBacktrack *self)
{
  guint readable = 0;

  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    {
      if (madang_rights_may_read (self->exchange->actor, self->then, part))
        readable |= 1u << part;
    }
  /* A part never says more than the record that it belongs to. */
  return (readable & (1u << MADANG_PART_MAIN)) != 0 ? readable : 0;
}

/* --- Taking back --------------------------------------------------------------------------- */

static char *
decode_text (const char *json)
{
  static const MadangField text = { .name = "text", .type = MADANG_FIELD_TEXT };
  g_autoptr (GVariant) value = json != NULL ? madang_wire_decode_value (&text, json, NULL) : NULL;

  return value != NULL ? g_variant_dup_string (value, NULL) : NULL;
}

/* A whole row stands in a change as a list of one. */
static GVariant *
unwrap_row (GVariant *list)
{
  g_autoptr (GVariant) entry = NULL;

  if (g_variant_n_children (list) != 1)
    return NULL;
  entry = g_variant_get_child_value (list, 0);
  return g_variant_get_child_value (entry, 1);
}

static gboolean
restore_value (MadangRecord *record, const char *path, const char *json)
{
  const MadangField *top = NULL;
  const MadangField *field = madang_kind_find_path (madang_record_get_kind (record), path, &top);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) row = NULL;
  g_autoptr (GError) error = NULL;

  if (field == NULL)
    return FALSE;
  if (json != NULL)
    {
      value = madang_wire_decode_value (field, json, &error);
      if (value == NULL)
        return FALSE;
    }
  if (value == NULL || field != top || strchr (path, '/') == NULL)
    return madang_record_set (record, path, value, NULL);
  row = unwrap_row (value);
  return row != NULL && madang_record_set (record, path, row, NULL);
}

static void
take_back (MadangBacktrack *self, const MadangChange *change)
{
  g_autofree char *text = NULL;

  if (g_strcmp0 (change->path, MADANG_HISTORY_REASON) == 0)
    return;
  if (change->path != NULL && *change->path != '@')
    {
      self->lost = !restore_value (self->then, change->path, change->before) || self->lost;
      return;
    }
  text = decode_text (change->before);
  if (change->path == NULL && text == NULL)
    self->unborn = TRUE;
  else if (change->path == NULL)
    madang_record_set_state (self->then, text);
  else if (g_str_equal (change->path, MADANG_HISTORY_HOME))
    madang_record_set_scope (self->then, text);
  else
    self->lost = TRUE;
}

/* --- Telling ------------------------------------------------------------------------------- */

static const char *
find_name (MadangBacktrack *self, const char *account)
{
  const char *known = g_hash_table_lookup (self->names, account);
  g_autoptr (MadangRecord) record = NULL;
  const char *name = "";

  if (known != NULL)
    return known;
  if (madang_id_is_valid (account))
    record = madang_record_store_get (madang_storage_get_records (self->reader), account,
                                      &self->error);
  if (record != NULL && madang_record_get_kind (record) == &madang_account_kind)
    name = madang_record_get_text (record, "name");
  g_hash_table_insert (self->names, g_strdup (account), g_strdup (name));
  return g_hash_table_lookup (self->names, account);
}

static void
tell_change (MadangBacktrack *self, const MadangChange *change, gint64 moment, guint before)
{
  MadangHistoryChange *told = madang_history_change_new ();
  const char *name = find_name (self, change->account);

  told->number = change->number;
  told->moment = moment;
  told->at = change->at;
  told->who = *name != '\0' ? g_strdup (name) : NULL;
  told->own = g_strcmp0 (change->account, madang_actor_get_account (self->exchange->actor)) == 0;
  told->event = g_strdup (change->event);
  told->path = g_strdup (change->path);
  told->part = change->part;
  told->after = g_strdup (change->after);
  /* A reason is given once: nothing stands before it. */
  told->hidden = !self->unborn && g_strcmp0 (change->path, MADANG_HISTORY_REASON) != 0
                 && (before & (1u << change->part)) == 0;
  if (!told->hidden)
    told->before = g_strdup (change->before);
  self->bytes += (told->before != NULL ? strlen (told->before) : 0)
                 + (told->after != NULL ? strlen (told->after) : 0);
  g_ptr_array_add (self->reply->changes, told);
}

static gboolean
is_for_caller (MadangBacktrack *self, const MadangChange *change)
{
  const guint part = 1u << change->part;

  return (self->readable_now & self->readable_after & part) != 0
         && g_strcmp0 (change->path, MADANG_HISTORY_HOME) != 0;
}

static void
tell_moment (MadangBacktrack *self, guint before)
{
  const MadangChange *newest = g_ptr_array_index (self->moment, 0);

  for (guint i = 0; i < self->moment->len && !self->full; i++)
    {
      const MadangChange *change = g_ptr_array_index (self->moment, i);

      if (!is_for_caller (self, change)
          || (self->request->before > 0 && change->number >= self->request->before))
        continue;
      if (self->reply->changes->len >= self->request->page || self->bytes > MOST_BYTES)
        self->full = TRUE;
      else
        tell_change (self, change, newest->number, before);
    }
}

/* All of it has been collected. */
static void
close_moment (MadangBacktrack *self)
{
  guint before = 0;

  if (self->moment->len == 0)
    return;
  for (guint i = 0; i < self->moment->len; i++)
    take_back (self, g_ptr_array_index (self->moment, i));
  if (!self->lost && !self->unborn)
    before = find_readable (self);
  tell_moment (self, before);
  self->readable_after = before;
  g_ptr_array_set_size (self->moment, 0);
}

static gboolean
change_read_cb (const MadangChange *change, gpointer user_data)
{
  MadangBacktrack *self = user_data;

  if (self->moment->len > 0 && !is_same_moment (g_ptr_array_index (self->moment, 0), change))
    close_moment (self);
  if (self->full || self->lost || self->unborn || self->error != NULL)
    return FALSE;
  g_ptr_array_add (self->moment, copy_change (change));
  return TRUE;
}

static gboolean
read_back (MadangBacktrack *self, GError **error)
{
  if (!madang_storage_read_changes (self->reader, self->request->record, change_read_cb, self,
                                    error))
    return FALSE;
  close_moment (self);
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

static void
set_next (MadangBacktrack *self)
{
  GPtrArray *changes = self->reply->changes;

  if (self->full && changes->len > 0)
    self->reply->next
        = ((const MadangHistoryChange *)g_ptr_array_index (changes, changes->len - 1))->number;
}

/* What is not there, cannot be read or is not the caller's to answer for looks the same. */
static gboolean
find_record (MadangBacktrack *self, GError **error)
{
  self->then = madang_record_store_get (madang_storage_get_records (self->reader),
                                        self->request->record, error);
  if (self->then == NULL)
    return FALSE;
  self->readable_now = self->readable_after = find_readable (self);
  return self->readable_now != 0 && madang_history_may_read (self->exchange->actor, self->then);
}

MadangReply *
madang_history_answer (MadangExchange *exchange, MadangStorage *reader, GError **error)
{
  g_autoptr (MadangHistoryRequest) request
      = madang_history_request_from_bytes (exchange->body, error);
  g_auto (MadangBacktrack) backtrack = { .exchange = exchange, .reader = reader };
  g_autoptr (GError) local_error = NULL;

  if (request == NULL)
    return NULL;
  backtrack.request = request;
  backtrack.reply = madang_history_reply_new ();
  backtrack.reply->record = g_strdup (request->record);
  backtrack.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  backtrack.moment = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_change_free);
  if (!find_record (&backtrack, &local_error))
    {
      if (local_error == NULL)
        return madang_reply_new_not_found ();
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!read_back (&backtrack, error))
    return NULL;
  set_next (&backtrack);
  return madang_reply_new (200, "application/json",
                           madang_history_reply_to_bytes (backtrack.reply));
}
