/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-transport.h"

#include "madang-error.h"
#include "madang-wire-messages.h"
#include "madang-wire-record.h"

#include <string.h>

#define PATH_SESSIONS "/sync/v1/sessions"
#define PATH_HELLO "/sync/v1/hello"
#define PATH_PULL "/sync/v1/pull"
#define PATH_PUSH "/sync/v1/push"

typedef struct
{
  char *path;
  guint status;
  GBytes *body; /* (nullable) */
  gboolean stranger;
  gboolean lost;
} Script;

struct _FakeTransport
{
  GObject parent_instance;

  GMutex lock;
  GPtrArray *scripts;  /* of Script, first come first served */
  GPtrArray *requests; /* of FakeRequest */
  GTask *held;         /* (nullable) */
  GHashTable *records; /* id -> MadangRecord */
  GHashTable *done;    /* mid -> GBytes of the result */
  char *epoch;
  gboolean offline;
  guint tokens;
  guint effects;
};

static void transport_iface_init (MadangTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeTransport,
                               fake_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MADANG_TYPE_TRANSPORT, transport_iface_init))

static void
free_script (gpointer data)
{
  Script *script = data;

  g_free (script->path);
  g_clear_pointer (&script->body, g_bytes_unref);
  g_free (script);
}

static void
free_request (gpointer data)
{
  FakeRequest *request = data;

  g_free (request->path);
  g_free (request->token);
  g_free (request->device);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

/* --- the server's mind ----------------------------------------------------------------------- */

static GBytes *
build_session (FakeTransport *self, GBytes *body)
{
  g_autoptr (MadangSignInRequest) request = madang_sign_in_request_from_bytes (body, NULL);
  g_autoptr (MadangSignInReply) reply = madang_sign_in_reply_new ();

  g_assert_nonnull (request);
  reply->token = g_strdup_printf ("token-%u-secret", ++self->tokens);
  reply->account = g_strdup (FAKE_ACCOUNT);
  reply->login = g_strdup (request->login);
  reply->name = g_strdup ("견본 김담당");
  reply->expires = G_MAXINT64 / 2;
  return madang_sign_in_reply_to_bytes (reply);
}

static GBytes *
build_hello (FakeTransport *self)
{
  g_autofree char *text = g_strdup_printf (
      "{\"epoch\":\"%s\",\"now\":%" G_GINT64_FORMAT ",\"schema\":1,\"account\":\"%s\","
      "\"login\":\"officer\",\"name\":\"견본 김담당\",\"last_number\":0,\"lease\":604800,"
      "\"demo\":true,\"grants\":[{\"role\":\"agency_officer\",\"scope\":\"agency:a\","
      "\"agency\":\"%s\",\"agency_name\":\"견본구\"}],\"scopes\":[\"agency:a\"]}",
      self->epoch, FAKE_NOW, FAKE_ACCOUNT, FAKE_ACCOUNT);

  return g_bytes_new (text, strlen (text));
}

static void
apply (FakeTransport *self, const MadangMutation *mutation, MadangRecord *record)
{
  g_autofree MadangMergeOutcome *outcomes = g_new0 (MadangMergeOutcome, mutation->edits->len + 1);

  madang_merge_edits (record, mutation->edits, mutation->base, outcomes);
  if (g_strcmp0 (mutation->event, "submit") == 0)
    madang_record_set_state (record, "submitted");
  madang_record_set_version (record, MADANG_PART_MAIN,
                             madang_record_get_version (record, MADANG_PART_MAIN) + 1);
  self->effects++;
}

static MadangRecord *
find_record (FakeTransport *self, const MadangMutation *mutation)
{
  MadangRecord *record = g_hash_table_lookup (self->records, mutation->id);

  if (record != NULL)
    return record;
  record = madang_record_new (madang_kind_find (mutation->kind), mutation->id);
  madang_record_set_scope (record, mutation->scope);
  g_hash_table_insert (self->records, g_strdup (mutation->id), record);
  return record;
}

static MadangPushResult *
take_item (FakeTransport *self, const MadangPushItem *item)
{
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (item->body, NULL);
  MadangPushResult *result;
  MadangRecord *record;
  GBytes *known;

  g_assert_nonnull (mutation);
  known = g_hash_table_lookup (self->done, mutation->mid);
  if (known != NULL)
    {
      result = madang_push_result_from_bytes (known, NULL);
      result->duplicate = TRUE;
      return result;
    }
  record = find_record (self, mutation);
  apply (self, mutation, record);
  result = madang_push_result_new ();
  result->number = item->number;
  result->mid = g_strdup (mutation->mid);
  result->outcome = MADANG_OUTCOME_APPLIED;
  result->kind = g_strdup (mutation->kind);
  result->id = g_strdup (mutation->id);
  result->home = g_strdup (madang_record_get_scope (record));
  result->state = g_strdup (madang_record_get_state (record));
  result->versions[MADANG_PART_MAIN] = madang_record_get_version (record, MADANG_PART_MAIN);
  result->docs[MADANG_PART_MAIN] = madang_wire_encode_part (record, MADANG_PART_MAIN);
  g_hash_table_insert (self->done, g_strdup (mutation->mid), madang_push_result_to_bytes (result));
  return result;
}

static GBytes *
take_push (FakeTransport *self, GBytes *body)
{
  g_autoptr (MadangPushRequest) request = madang_push_request_from_bytes (body, NULL);
  g_autoptr (MadangPushReply) reply = madang_push_reply_new ();

  g_assert_nonnull (request);
  for (guint i = 0; i < request->items->len; i++)
    {
      const MadangPushItem *item = g_ptr_array_index (request->items, i);

      g_ptr_array_add (reply->results, take_item (self, item));
      reply->acknowledged = item->number;
    }
  return madang_push_reply_to_bytes (reply);
}

static GBytes *
build_empty_pull (FakeTransport *self)
{
  g_autofree char *text
      = g_strdup_printf ("{\"t\":\"open\",\"epoch\":\"%s\",\"schema\":1}\n"
                         "{\"t\":\"done\",\"scope\":\"agency:a\",\"cursor\":\"%s.1\",\"n\":0,"
                         "\"sum\":\"0000000000000000\"}\n"
                         "{\"t\":\"end\",\"more\":false}\n",
                         self->epoch, self->epoch);

  return g_bytes_new (text, strlen (text));
}

static GBytes *
think (FakeTransport *self, const FakeRequest *request, guint *status)
{
  *status = 200;
  if (g_str_equal (request->path, PATH_HELLO))
    return build_hello (self);
  if (g_str_equal (request->path, PATH_PUSH))
    return take_push (self, request->body);
  if (g_str_equal (request->path, PATH_PULL))
    return build_empty_pull (self);
  *status = g_str_equal (request->path, PATH_SESSIONS) ? 201 : 204;
  return *status == 201 ? build_session (self, request->body) : NULL;
}

/* --- answering ------------------------------------------------------------------------------- */

static MadangTransportReply *
build_reply (FakeTransport *self, const char *path, guint status, GBytes *body)
{
  MadangTransportReply *reply = madang_transport_reply_new (status, TRUE);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  reply->epoch = g_strdup (self->epoch);
  if (g_str_equal (path, PATH_PULL) && status == 200)
    reply->lines = g_memory_input_stream_new_from_bytes (body != NULL ? body : empty);
  else
    reply->body = g_bytes_ref (body != NULL ? body : empty);
  return reply;
}

static void
return_reply (GTask *task, MadangTransportReply *reply)
{
  g_task_return_pointer (task, reply, (GDestroyNotify)madang_transport_reply_free);
  g_object_unref (task);
}

static void
return_silence (GTask *task)
{
  g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_OFFLINE, "no answer");
  g_object_unref (task);
}

static Script *
take_script (FakeTransport *self, const char *path)
{
  for (guint i = 0; i < self->scripts->len; i++)
    {
      const Script *script = g_ptr_array_index (self->scripts, i);

      if (g_str_equal (script->path, path))
        return g_ptr_array_steal_index (self->scripts, i);
    }
  return NULL;
}

static void
answer (FakeTransport *self, GTask *task, const FakeRequest *request)
{
  Script *script = self->offline ? NULL : take_script (self, request->path);
  g_autoptr (GBytes) body = NULL;
  guint status = 0;

  if (self->offline)
    {
      return_silence (task);
      return;
    }
  if (script != NULL && !script->lost)
    {
      status = script->status;
      body = script->body != NULL ? g_bytes_ref (script->body) : NULL;
    }
  else
    {
      body = think (self, request, &status);
    }
  if ((script != NULL && script->lost) || status == FAKE_SILENCE)
    {
      return_silence (task);
    }
  else
    {
      MadangTransportReply *reply = build_reply (self, request->path, status, body);

      reply->ours = script == NULL || !script->stranger;
      return_reply (task, reply);
    }
  g_clear_pointer (&script, free_script);
}

static gboolean
held_cancelled_cb (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;
  FakeTransport *self = g_task_get_source_object (task);
  gboolean is_held;

  g_mutex_lock (&self->lock);
  is_held = self->held == task;
  if (is_held)
    self->held = NULL;
  g_mutex_unlock (&self->lock);
  if (is_held)
    {
      g_task_return_error_if_cancelled (task);
      g_object_unref (task);
    }
  return G_SOURCE_REMOVE;
}

static void
hold (FakeTransport *self, GTask *task, GCancellable *cancellable)
{
  g_autoptr (GSource) source = g_cancellable_source_new (cancellable);

  g_assert_null (self->held);
  self->held = task;
  g_source_set_callback (source, G_SOURCE_FUNC (held_cancelled_cb), g_object_ref (task),
                         g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
fake_transport_send_async (MadangTransport *transport,
                           const MadangTransportRequest *request,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  FakeTransport *self = FAKE_TRANSPORT (transport);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  FakeRequest *copy = g_new0 (FakeRequest, 1);

  copy->path = g_strdup (request->path);
  copy->token = g_strdup (request->token);
  copy->device = g_strdup (request->device);
  copy->wait = request->wait;
  copy->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->requests, copy);
  if (copy->wait > 0 && !self->offline)
    hold (self, task, cancellable);
  else
    answer (self, task, copy);
  g_mutex_unlock (&self->lock);
}

static MadangTransportReply *
fake_transport_send_finish (MadangTransport *transport, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
transport_iface_init (MadangTransportInterface *iface)
{
  iface->send_async = fake_transport_send_async;
  iface->send_finish = fake_transport_send_finish;
}

static void
fake_transport_finalize (GObject *object)
{
  FakeTransport *self = FAKE_TRANSPORT (object);

  g_assert_null (self->held);
  g_ptr_array_unref (self->scripts);
  g_ptr_array_unref (self->requests);
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->done);
  g_free (self->epoch);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (fake_transport_parent_class)->finalize (object);
}

static void
fake_transport_class_init (FakeTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_transport_finalize;
}

static void
fake_transport_init (FakeTransport *self)
{
  g_mutex_init (&self->lock);
  self->scripts = g_ptr_array_new_with_free_func (free_script);
  self->requests = g_ptr_array_new_with_free_func (free_request);
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->done
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  self->epoch = g_strdup ("first");
}

FakeTransport *
fake_transport_new (void)
{
  return g_object_new (FAKE_TYPE_TRANSPORT, NULL);
}

static void
add_script (FakeTransport *self, Script *script)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->scripts, script);
  g_mutex_unlock (&self->lock);
}

static Script *
new_script (const char *path, guint status, GBytes *body)
{
  Script *script = g_new0 (Script, 1);

  script->path = g_strdup (path);
  script->status = status;
  script->body = body;
  return script;
}

void
fake_transport_answer (FakeTransport *self, const char *path, guint status, GBytes *body)
{
  add_script (self, new_script (path, status, body));
}

void
fake_transport_answer_text (FakeTransport *self, const char *path, guint status, const char *text)
{
  fake_transport_answer (self, path, status, g_bytes_new (text, strlen (text)));
}

void
fake_transport_lose_reply (FakeTransport *self, const char *path)
{
  Script *script = new_script (path, 200, NULL);

  script->lost = TRUE;
  add_script (self, script);
}

void
fake_transport_answer_stranger (FakeTransport *self, const char *path)
{
  Script *script = new_script (path, 200, g_bytes_new_static ("<html>", 6));

  script->stranger = TRUE;
  add_script (self, script);
}

static GTask *
take_held (FakeTransport *self)
{
  return g_steal_pointer (&self->held);
}

void
fake_transport_set_offline (FakeTransport *self, gboolean offline)
{
  GTask *held;

  g_mutex_lock (&self->lock);
  self->offline = offline;
  held = take_held (self);
  g_mutex_unlock (&self->lock);
  if (held != NULL)
    return_silence (held);
}

void
fake_transport_set_epoch (FakeTransport *self, const char *epoch)
{
  g_mutex_lock (&self->lock);
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  g_mutex_unlock (&self->lock);
}

void
fake_transport_end_poll (FakeTransport *self, const char *lines)
{
  g_autoptr (GBytes) body = lines != NULL ? g_bytes_new (lines, strlen (lines)) : NULL;
  MadangTransportReply *reply;
  GTask *held;

  g_mutex_lock (&self->lock);
  held = take_held (self);
  reply = build_reply (self, PATH_PULL, lines != NULL ? 200 : 204, body);
  g_mutex_unlock (&self->lock);
  g_assert_nonnull (held);
  return_reply (held, reply);
}

guint
fake_transport_count (FakeTransport *self, const char *path)
{
  guint n = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->requests->len; i++)
    n += g_str_equal (((FakeRequest *)g_ptr_array_index (self->requests, i))->path, path);
  g_mutex_unlock (&self->lock);
  return n;
}

gboolean
fake_transport_is_polling (FakeTransport *self)
{
  gboolean polling;

  g_mutex_lock (&self->lock);
  polling = self->held != NULL;
  g_mutex_unlock (&self->lock);
  return polling;
}

const FakeRequest *
fake_transport_get (FakeTransport *self, const char *path, guint index)
{
  const FakeRequest *found = NULL;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->requests->len && found == NULL; i++)
    {
      const FakeRequest *request = g_ptr_array_index (self->requests, i);

      if (g_str_equal (request->path, path) && index-- == 0)
        found = request;
    }
  g_mutex_unlock (&self->lock);
  g_assert_nonnull (found);
  return found;
}

guint
fake_transport_get_effects (FakeTransport *self)
{
  guint effects;

  g_mutex_lock (&self->lock);
  effects = self->effects;
  g_mutex_unlock (&self->lock);
  return effects;
}
