/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-server"
#include "config.h"

#include "madang-server.h"

#include "madang-crypto.h"
#include "madang-dispatcher.h"
#include "madang-error.h"
#include "madang-http-server.h"
#include "madang-id.h"
#include "madang-mailbox.h"
#include "madang-service.h"
#include "madang-settings.h"
#include "madang-timers.h"

#define IDLE 15
#define REQUEST 60
#define ANSWER 120
#define CONNECTIONS 2000
#define TIMER 30

struct _MadangServer
{
  char *database; /* (owned) */
  char *listen;   /* (owned) */
  MadangConnectionLimits limits;
  MadangService service;
  guint timer_seconds;
  MadangTimers *timers;         /* (owned) (nullable) */
  MadangMailbox *moves;         /* (owned) (nullable): MadangMove */
  MadangDispatcher *dispatcher; /* (owned) (nullable) */
  MadangHttpServer *http;       /* (owned) (nullable) */
};

/* News from the writer. */
typedef struct
{
  GHashTable *scopes; /* (owned) */
  guint64 generation;
} MadangMove;

static void
move_arrived_cb (gpointer item, gpointer user_data)
{
  MadangServer *self = user_data;
  MadangMove *move = item;

  if (self->http != NULL)
    madang_http_server_move (self->http, move->scopes, move->generation);
  g_hash_table_unref (move->scopes);
  g_free (move);
}

static void
scopes_moved (GHashTable *scopes, guint64 generation, gpointer user_data)
{
  MadangServer *self = user_data;
  MadangMove *move;

  if (g_hash_table_size (scopes) == 0)
    return;
  move = g_new0 (MadangMove, 1);
  move->scopes = g_hash_table_ref (scopes);
  move->generation = generation;
  madang_mailbox_send (self->moves, move);
}

MadangServer *
madang_server_new (const MadangServerOptions *options)
{
  MadangServer *self;

  g_return_val_if_fail (options != NULL && options->database != NULL, NULL);

  self = g_new0 (MadangServer, 1);
  self->database = g_strdup (options->database);
  self->listen = g_strdup (options->listen != NULL ? options->listen : "127.0.0.1:0");
  self->service.behind_proxy = options->behind_proxy;
  self->service.clock
      = options->clock != NULL ? g_object_ref (options->clock) : madang_clock_new ();
  self->service.rates = madang_rates_new ();
  self->timer_seconds = options->timer_seconds > 0 ? options->timer_seconds : TIMER;
  self->limits.idle = options->idle_seconds > 0 ? options->idle_seconds : IDLE;
  self->limits.request = options->request_seconds > 0 ? options->request_seconds : REQUEST;
  self->limits.answer = ANSWER;
  self->limits.most = options->connections > 0 ? options->connections : CONNECTIONS;
  return self;
}

/* The database's own settings, made when they are not there. */
static gboolean
read_settings (MadangWrite *write, gpointer data, GError **error)
{
  MadangServer *self = data;

  if (!madang_settings_ensure (write->storage, error))
    return FALSE;
  g_free (self->service.epoch);
  self->service.epoch = madang_settings_dup_epoch (write->storage);
  self->service.demo = madang_settings_is_demo (write->storage);
  if (self->service.demo)
    madang_settings_apply_clock (write->storage, self->service.clock);
  return TRUE;
}

/* Nobody knows its password, not even we. */
static gboolean
make_nobody (MadangServer *self, GError **error)
{
  g_autofree char *password = madang_token_new ();

  self->service.nobody = madang_password_hash (password, error);
  return self->service.nobody != NULL;
}

gboolean
madang_server_start (MadangServer *self, GError **error)
{
  g_return_val_if_fail (self->http == NULL, FALSE);

  if (!madang_crypto_init (error) || !make_nobody (self, error))
    return FALSE;
  self->moves = madang_mailbox_new (move_arrived_cb, self);
  self->service.writer = madang_writer_new (self->database, scopes_moved, self, error);
  if (self->service.writer == NULL
      || !madang_writer_call (self->service.writer, read_settings, self, error))
    return FALSE;
  self->dispatcher = madang_dispatcher_new (&self->service, self->database, error);
  if (self->dispatcher == NULL)
    return FALSE;
  self->http = madang_http_server_new (&self->service, self->dispatcher, self->listen,
                                       &self->limits, error);
  if (self->http == NULL)
    return FALSE;
  self->timers = madang_timers_new (&self->service, self->timer_seconds);
  return TRUE;
}

guint16
madang_server_get_port (MadangServer *self)
{
  g_return_val_if_fail (self->http != NULL, 0);

  return madang_http_server_get_port (self->http);
}

guint
madang_server_get_n_connections (MadangServer *self)
{
  g_return_val_if_fail (self->http != NULL, 0);

  return madang_http_server_get_n_connections (self->http);
}

/* Lets the answers that are ready go out; what does not go at once is not waited for. */
static void
flush_answers (void)
{
  GMainContext *context = g_main_context_get_thread_default ();

  for (guint i = 0; i < 64 && g_main_context_iteration (context, FALSE); i++)
    continue;
}

/* In the order in which work flows: no new requests, then the workers, then the writer, which may
 * have what the workers gave it, then the answers. */
void
madang_server_stop (MadangServer *self)
{
  if (self->http != NULL)
    madang_http_server_close (self->http);
  if (self->timers != NULL)
    madang_timers_stop (self->timers);
  if (self->dispatcher != NULL)
    madang_dispatcher_stop (self->dispatcher);
  g_clear_pointer (&self->service.writer, madang_writer_free);
  g_clear_pointer (&self->timers, madang_timers_free);
  g_clear_pointer (&self->dispatcher, madang_dispatcher_free);
  if (self->http != NULL)
    flush_answers ();
  g_clear_pointer (&self->http, madang_http_server_free);
  g_clear_pointer (&self->moves, madang_mailbox_free);
}

void
madang_server_free (MadangServer *self)
{
  madang_server_stop (self);
  g_clear_object (&self->service.clock);
  g_clear_pointer (&self->service.rates, madang_rates_free);
  g_free (self->service.epoch);
  g_free (self->service.nobody);
  g_free (self->database);
  g_free (self->listen);
  g_free (self);
}
