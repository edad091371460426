/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sync-private.h"

#include "madang-error.h"
#include "madang-http-transport.h"
#include "madang-secret-keyring.h"

typedef enum
{
  PROP_STATE = 1,
  PROP_WAITING,
  PROP_TROUBLED,
  PROP_REFUSED,
  PROP_LAST_CONTACT,
  PROP_INDEXING,
  PROP_SIGNED_IN,
  PROP_IDENTITY,
} MadangSyncProperty;

static GParamSpec *properties[PROP_IDENTITY + 1];

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MadangSync, madang_sync, G_TYPE_OBJECT)

G_DEFINE_BOXED_TYPE (MadangIdentity, madang_identity, madang_identity_copy, madang_identity_free)

GType
madang_sync_state_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { MADANG_SYNC_OFF, "MADANG_SYNC_OFF", "off" },
    { MADANG_SYNC_CONNECTING, "MADANG_SYNC_CONNECTING", "connecting" },
    { MADANG_SYNC_WORKING, "MADANG_SYNC_WORKING", "working" },
    { MADANG_SYNC_CONNECTED, "MADANG_SYNC_CONNECTED", "connected" },
    { MADANG_SYNC_OFFLINE, "MADANG_SYNC_OFFLINE", "offline" },
    { MADANG_SYNC_PORTAL, "MADANG_SYNC_PORTAL", "portal" },
    { MADANG_SYNC_SIGN_IN, "MADANG_SYNC_SIGN_IN", "sign-in" },
    { MADANG_SYNC_UPGRADE, "MADANG_SYNC_UPGRADE", "upgrade" },
    { MADANG_SYNC_FAILED, "MADANG_SYNC_FAILED", "failed" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("MadangSyncState", values));
  return type;
}

/* --- calls ---------------------------------------------------------------------------------- */

static void
free_call (MadangCall *call)
{
  g_clear_object (&call->task);
  if (call->argument != NULL)
    call->argument_free (call->argument);
  if (call->result != NULL)
    call->result_free (call->result);
  g_clear_error (&call->error);
  g_free (call);
}

static gboolean
answer_cb (gpointer data)
{
  MadangCall *call = data;
  g_autoptr (MadangSync) self = g_object_ref (g_task_get_source_object (call->task));

  call->answer (self, call);
  return G_SOURCE_REMOVE;
}

void
madang_call_return (MadangCall *call)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answer_cb, call, (GDestroyNotify)free_call);
  g_source_attach (source, call->sync->main);
}

static gboolean
work_cb (gpointer data)
{
  MadangCall *call = data;

  call->work (call->sync->driver, call);
  return G_SOURCE_REMOVE;
}

/* A person's change goes before the lines of a pull and before timers. */
static void
attach_to_engine (MadangSync *self, GSourceFunc func, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, self->context);
}

void
madang_sync_call (MadangSync *self,
                  GTask *task,
                  MadangCallWork work,
                  MadangCallAnswer answer,
                  gpointer argument,
                  GDestroyNotify argument_free)
{
  MadangCall *call = g_new0 (MadangCall, 1);

  call->sync = self;
  call->task = task;
  call->work = work;
  call->answer = answer;
  call->argument = argument;
  call->argument_free = argument_free;
  if (self->thread != NULL)
    {
      attach_to_engine (self, work_cb, call);
      return;
    }
  g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_FAILED, "closed");
  free_call (call);
}

void
madang_call_answer_boolean (MadangSync *self, MadangCall *call)
{
  if (call->error != NULL)
    g_task_return_error (call->task, g_steal_pointer (&call->error));
  else
    g_task_return_boolean (call->task, TRUE);
}

void
madang_call_answer_pointer (MadangSync *self, MadangCall *call)
{
  if (call->error != NULL)
    g_task_return_error (call->task, g_steal_pointer (&call->error));
  else
    g_task_return_pointer (call->task, g_steal_pointer (&call->result), call->result_free);
}

/* --- news ----------------------------------------------------------------------------------- */

static void
notify (MadangSync *self, MadangSyncProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
take_numbers (MadangSync *self, const MadangBulletin *bulletin)
{
  if (self->state != bulletin->state)
    {
      self->state = bulletin->state;
      notify (self, PROP_STATE);
    }
  if (self->waiting != bulletin->waiting)
    {
      self->waiting = bulletin->waiting;
      notify (self, PROP_WAITING);
    }
  if (self->troubled != bulletin->troubled)
    {
      self->troubled = bulletin->troubled;
      notify (self, PROP_TROUBLED);
    }
  if (self->refused != bulletin->refused)
    {
      self->refused = bulletin->refused;
      notify (self, PROP_REFUSED);
    }
  if (self->last_contact != bulletin->last_contact)
    {
      self->last_contact = bulletin->last_contact;
      notify (self, PROP_LAST_CONTACT);
    }
  if (self->indexing != bulletin->indexing)
    {
      self->indexing = bulletin->indexing;
      notify (self, PROP_INDEXING);
    }
}

static void
take_identity (MadangSync *self, const MadangBulletin *bulletin)
{
  g_clear_pointer (&self->identity, madang_identity_free);
  g_clear_pointer (&self->actor, madang_actor_unref);
  if (bulletin->identity != NULL)
    {
      self->identity = madang_identity_copy (bulletin->identity);
      self->actor = madang_actor_ref (bulletin->actor);
    }
  notify (self, PROP_IDENTITY);
}

static void
emit_refusals (MadangSync *self, GPtrArray *refusals)
{
  for (guint i = 0; i < refusals->len; i++)
    {
      const MadangRefusal *refusal = g_ptr_array_index (refusals, i);

      g_signal_emit (self, signals[SIGNAL_REFUSED], 0, refusal->id, refusal->code,
                     refusal->arguments);
    }
}

static void
news_came (const MadangBulletin *bulletin, gpointer user_data)
{
  g_autoptr (MadangSync) self = g_object_ref (user_data);

  g_object_freeze_notify (G_OBJECT (self));
  take_numbers (self, bulletin);
  if (bulletin->has_identity)
    take_identity (self, bulletin);
  g_object_thaw_notify (G_OBJECT (self));
  if (bulletin->changed->len > 0)
    {
      g_auto (GStrv) ids = g_new0 (char *, bulletin->changed->len + 1);

      for (guint i = 0; i < bulletin->changed->len; i++)
        ids[i] = g_strdup (g_ptr_array_index (bulletin->changed, i));
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0, ids);
    }
  emit_refusals (self, bulletin->refusals);
}

/* --- the engine's thread --------------------------------------------------------------------- */

static gpointer
run_engine (gpointer data)
{
  MadangSync *self = data;

  g_main_context_push_thread_default (self->context);
  self->driver = madang_driver_new (self->server, self->data_directory, self->clock,
                                    self->transport, self->keyring, self->news);
  g_main_loop_run (self->loop);
  madang_driver_close (self->driver);
  g_clear_object (&self->driver);
  /* What belongs to this thread's context ends in it. */
  g_clear_object (&self->transport);
  g_clear_object (&self->keyring);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* --- object --------------------------------------------------------------------------------- */

static void
madang_sync_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  MadangSync *self = MADANG_SYNC (object);

  switch ((MadangSyncProperty)property)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_WAITING:
      g_value_set_uint (value, self->waiting);
      break;
    case PROP_TROUBLED:
      g_value_set_uint (value, self->troubled);
      break;
    case PROP_REFUSED:
      g_value_set_uint (value, self->refused);
      break;
    case PROP_LAST_CONTACT:
      g_value_set_int64 (value, self->last_contact);
      break;
    case PROP_INDEXING:
      g_value_set_boolean (value, self->indexing);
      break;
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->records != NULL);
      break;
    case PROP_IDENTITY:
      g_value_set_boxed (value, self->identity);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
madang_sync_dispose (GObject *object)
{
  madang_sync_close (MADANG_SYNC (object));

  G_OBJECT_CLASS (madang_sync_parent_class)->dispose (object);
}

static void
madang_sync_finalize (GObject *object)
{
  MadangSync *self = MADANG_SYNC (object);

  g_clear_object (&self->records);
  g_clear_pointer (&self->identity, madang_identity_free);
  g_clear_pointer (&self->actor, madang_actor_unref);
  g_clear_pointer (&self->news, madang_news_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->main, g_main_context_unref);
  g_clear_object (&self->clock);
  g_free (self->database);
  g_free (self->data_directory);
  g_free (self->server);

  G_OBJECT_CLASS (madang_sync_parent_class)->finalize (object);
}

static void
madang_sync_class_init (MadangSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = madang_sync_get_property;
  object_class->dispose = madang_sync_dispose;
  object_class->finalize = madang_sync_finalize;

  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, MADANG_TYPE_SYNC_STATE, MADANG_SYNC_OFF, flags);
  properties[PROP_WAITING] = g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TROUBLED] = g_param_spec_uint ("troubled", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_REFUSED] = g_param_spec_uint ("refused", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LAST_CONTACT]
      = g_param_spec_int64 ("last-contact", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_INDEXING] = g_param_spec_boolean ("indexing", NULL, NULL, FALSE, flags);
  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);
  properties[PROP_IDENTITY]
      = g_param_spec_boxed ("identity", NULL, NULL, MADANG_TYPE_IDENTITY, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MADANG_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[SIGNAL_REFUSED]
      = g_signal_new ("refused", MADANG_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRV);
}

static void
madang_sync_init (MadangSync *self)
{
  self->main = g_main_context_ref_thread_default ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
}

MadangSync *
madang_sync_new_with (const char *server,
                      const char *data_directory,
                      MadangClock *clock,
                      MadangTransport *transport,
                      MadangKeyring *keyring)
{
  MadangSync *self = g_object_new (MADANG_TYPE_SYNC, NULL);

  self->server = g_strdup (server);
  self->data_directory = g_strdup (data_directory);
  self->clock = g_object_ref (clock);
  self->transport = g_object_ref (transport);
  self->keyring = g_object_ref (keyring);
  self->news = madang_news_new (news_came, self);
  self->thread = g_thread_new ("madang-sync", run_engine, self);
  return self;
}

static void
network_changed_cb (MadangSync *self, gboolean available)
{
  if (available)
    madang_sync_hint (self);
}

MadangSync *
madang_sync_new (const char *server, const char *data_directory, MadangClock *clock)
{
  g_autoptr (MadangTransport) transport = NULL;
  g_autoptr (MadangKeyring) keyring = NULL;
  MadangSync *self;

  g_return_val_if_fail (madang_http_transport_accepts (server, NULL), NULL);
  g_return_val_if_fail (data_directory != NULL, NULL);
  g_return_val_if_fail (MADANG_IS_CLOCK (clock), NULL);

  madang_http_transport_harden_tls ();
  transport = madang_http_transport_new (server);
  keyring = madang_secret_keyring_new (server);
  self = madang_sync_new_with (server, data_directory, clock, transport, keyring);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
madang_sync_accepts_server (const char *server, GError **error)
{
  g_return_val_if_fail (server != NULL, FALSE);

  return madang_http_transport_accepts (server, error);
}

const char *
madang_sync_get_server (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), NULL);

  return self->server;
}

MadangClock *
madang_sync_get_clock (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), NULL);

  return self->clock;
}

void
madang_sync_close (MadangSync *self)
{
  g_return_if_fail (MADANG_IS_SYNC (self));

  if (self->thread == NULL)
    return;
  g_clear_pointer (&self->reader, madang_reader_free);
  madang_news_close (self->news);
  /* After what is queued already: sources of one priority run in their order. */
  attach_to_engine (self, quit_cb, self->loop);
  g_thread_join (g_steal_pointer (&self->thread));
}

MadangSyncState
madang_sync_get_state (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), MADANG_SYNC_OFF);

  return self->state;
}

guint
madang_sync_get_waiting (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), 0);

  return self->waiting;
}

guint
madang_sync_get_troubled (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), 0);

  return self->troubled;
}

guint
madang_sync_get_refused (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), 0);

  return self->refused;
}

gint64
madang_sync_get_last_contact (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), 0);

  return self->last_contact;
}

const MadangIdentity *
madang_sync_get_identity (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), NULL);

  return self->identity;
}

gboolean
madang_sync_get_indexing (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), FALSE);

  return self->indexing;
}

MadangActor *
madang_sync_get_actor (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), NULL);

  return self->actor;
}

MadangRecordStore *
madang_sync_get_records (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), NULL);

  return self->records;
}

gboolean
madang_sync_get_rebuilt (MadangSync *self)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), FALSE);

  return self->rebuilt;
}

static gboolean
hint_cb (gpointer data)
{
  MadangSync *self = data;

  madang_driver_hint (self->driver);
  return G_SOURCE_REMOVE;
}

void
madang_sync_hint (MadangSync *self)
{
  g_return_if_fail (MADANG_IS_SYNC (self));

  if (self->thread != NULL)
    attach_to_engine (self, hint_cb, self);
}
