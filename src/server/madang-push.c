/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-push.h"

#include "madang-crypto.h"
#include "madang-error.h"
#include "madang-rights.h"
#include "madang-service.h"
#include "madang-turn.h"
#include "madang-wire-limits.h"
#include "madang-wire-record.h"

/* A mutation as it was read on the worker. */
typedef struct
{
  gint64 number;
  char *mid;                /* (owned) */
  char *fingerprint;        /* (owned) */
  MadangMutation *mutation; /* (owned) (nullable): written by a newer program */
  MadangDone *done;         /* (owned) (nullable): in the transaction, when it was pushed before */
} MadangPushed;

typedef struct
{
  char *device; /* (owned) */
  gint64 seen;
  GPtrArray *pushed; /* (owned): MadangPushed */
} MadangPush;

/* The push in the writer's transaction. */
typedef struct
{
  MadangExchange *exchange;
  MadangWrite *write;
  MadangPush *push;
  MadangDevice *device;   /* (owned) */
  MadangPushReply *reply; /* (owned) */
} MadangPushing;

static void
free_pushed (MadangPushed *pushed)
{
  g_free (pushed->mid);
  g_free (pushed->fingerprint);
  g_clear_pointer (&pushed->mutation, madang_mutation_free);
  g_clear_pointer (&pushed->done, madang_done_free);
  g_free (pushed);
}

static void
free_push (MadangPush *push)
{
  g_free (push->device);
  g_ptr_array_unref (push->pushed);
  g_free (push);
}

static void
clear_pushing (MadangPushing *pushing)
{
  g_clear_pointer (&pushing->device, madang_device_free);
  g_clear_pointer (&pushing->reply, madang_push_reply_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadangPushing, clear_pushing)

/* --- On the worker ------------------------------------------------------------------------- */

static MadangReply *
read_item (MadangPush *push, const MadangPushItem *item, const char *public_key, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  MadangPushed *pushed = g_new0 (MadangPushed, 1);
  gsize length;
  gconstpointer data = g_bytes_get_data (item->body, &length);

  g_ptr_array_add (push->pushed, pushed);
  if (!madang_signature_verify (public_key, item->signature, data, length))
    return madang_reply_new_problem (400, "signature");
  pushed->number = item->number;
  pushed->fingerprint = madang_mutation_fingerprint (item->body);
  pushed->mutation = madang_mutation_from_bytes (item->body, &local_error);
  if (pushed->mutation != NULL)
    pushed->mid = g_strdup (pushed->mutation->mid);
  else if (g_error_matches (local_error, MADANG_ERROR, MADANG_ERROR_NEWER_SCHEMA))
    pushed->mid = madang_mutation_read_mid (item->body, error);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static MadangReply *
read_items (MadangPush *push,
            const MadangPushRequest *request,
            const char *public_key,
            GError **error)
{
  g_autoptr (GHashTable) mids = g_hash_table_new (g_str_hash, g_str_equal);

  if (request->items->len > MADANG_WIRE_MAX_MUTATIONS)
    return madang_reply_new_problem (413, "too-large");
  for (guint i = 0; i < request->items->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (MadangReply) refusal
          = read_item (push, g_ptr_array_index (request->items, i), public_key, &local_error);
      MadangPushed *pushed = g_ptr_array_index (push->pushed, i);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (refusal != NULL)
        return g_steal_pointer (&refusal);
      if (!g_hash_table_add (mids, pushed->mid))
        return madang_reply_new_problem (400, "mid-twice");
    }
  return NULL;
}

static MadangReply *
prepare_push (MadangExchange *exchange, MadangStorage *reader, MadangPush *push, GError **error)
{
  g_autoptr (MadangPushRequest) request = madang_push_request_from_bytes (exchange->body, error);
  g_autoptr (MadangDevice) device = NULL;
  g_autoptr (GError) local_error = NULL;

  if (request == NULL)
    return NULL;
  /* A token serves the device that it was given to. */
  if (g_strcmp0 (request->device, exchange->session->device) != 0)
    return madang_reply_new_problem (401, "token");
  device = madang_storage_find_device (reader, request->device, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (device == NULL)
    return madang_reply_new_problem (401, "token");
  push->device = g_strdup (request->device);
  push->seen = request->seen;
  return read_items (push, request, device->public_key, error);
}

MadangReply *
madang_push_answer (MadangExchange *exchange, MadangStorage *reader, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  MadangPush *push = g_new0 (MadangPush, 1);
  MadangReply *refusal;

  push->pushed = g_ptr_array_new_with_free_func ((GDestroyNotify)free_pushed);
  exchange->prepared = push;
  exchange->prepared_free = (GDestroyNotify)free_push;
  refusal = prepare_push (exchange, reader, push, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return refusal;
}

/* --- In the transaction: what was pushed before -------------------------------------------- */

static gboolean
check_caller (MadangPushing *pushing, const MadangDone *done, gboolean *is_own, GError **error)
{
  g_autoptr (MadangDevice) device = NULL;
  g_autoptr (GError) local_error = NULL;

  *is_own = g_strcmp0 (done->device, pushing->device->id) == 0;
  if (*is_own)
    return TRUE;
  device = madang_storage_find_device (pushing->write->storage, done->device, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *is_own = device != NULL && g_strcmp0 (device->account, pushing->device->account) == 0;
  return TRUE;
}

/* Fills in done; a transaction that failed may have left another. *refusal: its id stands for
 * something else. */
static gboolean
find_earlier (MadangPushing *pushing, MadangPushed *pushed, MadangReply **refusal, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_own;

  g_clear_pointer (&pushed->done, madang_done_free);
  pushed->done = madang_storage_find_done (pushing->write->storage, pushed->mid, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (pushed->done == NULL)
    return TRUE;
  if (!check_caller (pushing, pushed->done, &is_own, error))
    return FALSE;
  if (!is_own || g_strcmp0 (pushed->done->fingerprint, pushed->fingerprint) != 0)
    *refusal = madang_reply_new_problem (422, "mid-reused");
  return TRUE;
}

/* Before anything is changed: every mutation is known with this content, or has the next number.
 * *refusal: the whole push is refused. */
static gboolean
check_order (MadangPushing *pushing, MadangReply **refusal, GError **error)
{
  gint64 last = pushing->device->last_number;

  for (guint i = 0; i < pushing->push->pushed->len; i++)
    {
      MadangPushed *pushed = g_ptr_array_index (pushing->push->pushed, i);

      if (!find_earlier (pushing, pushed, refusal, error))
        return FALSE;
      if (*refusal != NULL)
        return TRUE;
      if (pushed->done != NULL && pushed->number <= last)
        continue;
      if (pushed->number != last + 1)
        {
          *refusal = madang_reply_new_sequence (last + 1);
          return TRUE;
        }
      last++;
    }
  return TRUE;
}

/* --- In the transaction: what it comes to -------------------------------------------------- */

static void
show_part (MadangPushResult *result, MadangRecord *record, MadangPart part)
{
  result->versions[part] = madang_record_get_version (record, part);
  if (!madang_record_get_deleted (record))
    result->docs[part] = madang_wire_encode_part (record, part);
}

/* The record, as far as the caller may read it. */
static void
show_record (MadangPushing *pushing, MadangPushResult *result, MadangRecord *record)
{
  MadangActor *actor = pushing->exchange->actor;
  const char *home;

  if (g_strcmp0 (madang_record_get_kind (record)->name, result->kind) != 0)
    return;
  home = madang_record_get_scope (record);
  if (madang_record_get_deleted (record)
          ? home == NULL || !madang_actor_may_follow (actor, home)
          : !madang_rights_may_read (actor, record, MADANG_PART_MAIN))
    return;
  result->home = g_strdup (home);
  result->state = g_strdup (madang_record_get_state (record));
  result->deleted = madang_record_get_deleted (record);
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    {
      if (madang_record_get_deleted (record) || madang_rights_may_read (actor, record, part))
        show_part (result, record, part);
    }
}

/* The same of the record as it stands in the storage now. */
static gboolean
show_stored (MadangPushing *pushing, MadangPushResult *result, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) record
      = madang_record_store_get_any (madang_storage_get_records (pushing->write->storage),
                                     result->id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record != NULL)
    show_record (pushing, result, record);
  return TRUE;
}

static gboolean
play_turn (MadangPushing *pushing,
           const MadangPushed *pushed,
           MadangPushResult *result,
           GError **error)
{
  MadangExchange *exchange = pushing->exchange;
  g_auto (MadangTurn) turn = {
    .save = { .write = pushing->write,
              .account = madang_actor_get_account (exchange->actor),
              .mid = pushed->mid,
              .now = madang_clock_get_programme_now (exchange->service->clock) },
    .actor = exchange->actor,
    .records = madang_storage_get_records (pushing->write->storage),
    .device = pushing->device->id,
    .mutation = pushed->mutation,
  };

  if (pushed->mutation == NULL)
    {
      result->outcome = MADANG_OUTCOME_REJECTED;
      result->code = g_strdup ("schema.newer");
      return TRUE;
    }
  if (!madang_turn_play (&turn, error))
    return FALSE;
  result->outcome = turn.outcome;
  result->code = g_steal_pointer (&turn.code);
  result->arguments = g_steal_pointer (&turn.arguments);
  result->kind = g_strdup (pushed->mutation->kind);
  result->id = g_strdup (pushed->mutation->id);
  if (turn.saved == NULL)
    return show_stored (pushing, result, error);
  show_record (pushing, result, turn.saved);
  return TRUE;
}

static gboolean
note_done (MadangPushing *pushing,
           const MadangPushed *pushed,
           const MadangPushResult *result,
           GError **error)
{
  g_autoptr (GBytes) bytes = madang_push_result_to_bytes (result);
  MadangStorage *storage = pushing->write->storage;
  MadangDone done = {
    .mid = pushed->mid,
    .device = pushing->device->id,
    .number = pushed->number,
    .fingerprint = pushed->fingerprint,
    .result = bytes,
  };
  MadangAudit audit = {
    .at = madang_clock_get_real_now (pushing->exchange->service->clock),
    .account = pushing->device->account,
    .device = pushing->device->id,
    .action = (char *)"push",
    .target = result->id,
    .detail
    = (char *)(result->code != NULL ? result->code : madang_outcome_get_name (result->outcome)),
  };

  return madang_storage_add_done (storage, &done, error)
         && madang_storage_add_audit (storage, &audit, error);
}

/* A stored answer shows the record as the caller could read it then; what this caller may not read
 * any more is taken out. */
static gboolean
hide_lost (MadangPushing *pushing, MadangPushResult *result, GError **error)
{
  g_autoptr (MadangPushResult) now = madang_push_result_new ();

  if (result->id == NULL)
    return TRUE;
  now->kind = g_strdup (result->kind);
  now->id = g_strdup (result->id);
  if (!show_stored (pushing, now, error))
    return FALSE;
  if (now->state == NULL)
    {
      g_clear_pointer (&result->state, g_free);
      g_clear_pointer (&result->home, g_free);
    }
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    {
      if (now->docs[part] == NULL)
        g_clear_pointer (&result->docs[part], g_free);
      if (now->versions[part] == 0)
        result->versions[part] = 0;
    }
  return TRUE;
}

/* The answer to an earlier push. When the device has told that it knows the answer, that is
 * forgotten, and asking again shows where the record stands now. */
static MadangPushResult *
recall_result (MadangPushing *pushing,
               const MadangPushed *pushed,
               const MadangDone *done,
               GError **error)
{
  g_autoptr (MadangPushResult) result = NULL;

  if (done->result != NULL)
    {
      result = madang_push_result_from_bytes (done->result, error);
      if (result == NULL || !hide_lost (pushing, result, error))
        return NULL;
    }
  else
    {
      result = madang_push_result_new ();
      result->mid = g_strdup (pushed->mid);
      result->outcome = MADANG_OUTCOME_APPLIED;
      if (pushed->mutation != NULL)
        {
          result->kind = g_strdup (pushed->mutation->kind);
          result->id = g_strdup (pushed->mutation->id);
          if (!show_stored (pushing, result, error))
            return NULL;
        }
    }
  result->number = pushed->number;
  result->duplicate = TRUE;
  return g_steal_pointer (&result);
}

static MadangPushResult *
make_result (MadangPushing *pushing, const MadangPushed *pushed, GError **error)
{
  MadangPushResult *result;

  if (pushed->done != NULL)
    return recall_result (pushing, pushed, pushed->done, error);
  result = madang_push_result_new ();
  result->number = pushed->number;
  result->mid = g_strdup (pushed->mid);
  if (!play_turn (pushing, pushed, result, error) || !note_done (pushing, pushed, result, error))
    g_clear_pointer (&result, madang_push_result_free);
  return result;
}

static gboolean
push_all (MadangPushing *pushing, GError **error)
{
  for (guint i = 0; i < pushing->push->pushed->len; i++)
    {
      const MadangPushed *pushed = g_ptr_array_index (pushing->push->pushed, i);
      MadangPushResult *result = make_result (pushing, pushed, error);

      if (result == NULL)
        return FALSE;
      g_ptr_array_add (pushing->reply->results, result);
      pushing->device->last_number = MAX (pushing->device->last_number, pushed->number);
    }
  pushing->reply->acknowledged = pushing->device->last_number;
  return madang_storage_put_device (pushing->write->storage, pushing->device, error)
         && madang_storage_forget_answers (pushing->write->storage, pushing->device->id,
                                           pushing->push->seen, error);
}

MadangReply *
madang_push_commit (MadangExchange *exchange, MadangWrite *write, GError **error)
{
  g_auto (MadangPushing) pushing
      = { .exchange = exchange, .write = write, .push = exchange->prepared };
  g_autoptr (GError) local_error = NULL;
  MadangReply *refusal = NULL;

  pushing.device = madang_storage_find_device (write->storage, pushing.push->device, &local_error);
  if (pushing.device != NULL && check_order (&pushing, &refusal, &local_error) && refusal == NULL)
    {
      pushing.reply = madang_push_reply_new ();
      push_all (&pushing, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      g_clear_pointer (&refusal, madang_reply_free);
      return NULL;
    }
  if (refusal != NULL)
    return refusal;
  if (pushing.reply == NULL)
    return madang_reply_new_problem (401, "token");
  return madang_reply_new (200, "application/json", madang_push_reply_to_bytes (pushing.reply));
}
