/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-dispatcher.h"

#include "madang-mailbox.h"
#include "madang-router.h"
#include "madang-service.h"
#include "madang-workers.h"

#define SLOW_THREADS 4

struct _MadangDispatcher
{
  MadangService *service; /* (unowned) */
  MadangMailbox *home;    /* (owned): MadangTrip */
  MadangWorkers *quick;   /* (owned) (nullable) */
  MadangWorkers *slow;    /* (owned) (nullable) */
};

typedef struct
{
  MadangDispatcher *dispatcher;
  MadangExchange *exchange; /* (owned) (nullable) */
  MadangDispatchedFunc func;
  gpointer data;
} MadangTrip;

static void
trip_arrived_cb (gpointer item, gpointer user_data)
{
  g_autofree MadangTrip *trip = item;

  trip->func (g_steal_pointer (&trip->exchange), trip->data);
}

static void
send_home (MadangTrip *trip)
{
  madang_mailbox_send (trip->dispatcher->home, trip);
}

static gboolean
commit_trip (MadangWrite *write, gpointer data, GError **error)
{
  MadangTrip *trip = data;
  MadangReply *reply = madang_router_commit (trip->exchange, write, error);

  if (reply == NULL)
    return FALSE;
  madang_exchange_take_reply (trip->exchange, reply);
  return TRUE;
}

static void
trip_written (gpointer data, const GError *error)
{
  MadangTrip *trip = data;

  if (error != NULL)
    madang_exchange_take_reply (trip->exchange, madang_reply_new_error (error));
  send_home (trip);
}

static void
answer_trip (MadangStorage *reader, gpointer data)
{
  MadangTrip *trip = data;
  MadangExchange *exchange = trip->exchange;
  g_autoptr (GError) error = NULL;
  MadangReply *reply;

  exchange->generation = madang_writer_get_generation (exchange->service->writer);
  reply = madang_router_answer (exchange, reader, &error);
  if (error != NULL)
    reply = madang_reply_new_error (error);
  if (reply == NULL)
    {
      if (madang_writer_offer (exchange->service->writer, commit_trip, trip_written, trip))
        return;
      reply = madang_reply_new_busy (503);
    }
  if (exchange->packs)
    madang_reply_pack (reply);
  if (exchange->actor != NULL)
    reply->rights = madang_actor_dup_digest (exchange->actor);
  madang_exchange_take_reply (exchange, reply);
  send_home (trip);
}

MadangDispatcher *
madang_dispatcher_new (MadangService *service, const char *path, GError **error)
{
  g_autoptr (MadangDispatcher) self = g_new0 (MadangDispatcher, 1);

  self->service = service;
  self->home = madang_mailbox_new (trip_arrived_cb, self);
  self->quick = madang_workers_new (path, MAX (g_get_num_processors (), 2), error);
  if (self->quick == NULL)
    return NULL;
  self->slow = madang_workers_new (path, SLOW_THREADS, error);
  if (self->slow == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
madang_dispatcher_stop (MadangDispatcher *self)
{
  g_clear_pointer (&self->quick, madang_workers_free);
  g_clear_pointer (&self->slow, madang_workers_free);
}

void
madang_dispatcher_free (MadangDispatcher *self)
{
  madang_dispatcher_stop (self);
  madang_mailbox_free (self->home);
  g_free (self);
}

void
madang_dispatcher_push (MadangDispatcher *self,
                        MadangExchange *exchange,
                        MadangDispatchedFunc func,
                        gpointer data)
{
  gboolean is_slow = exchange->endpoint->lane == MADANG_LANE_SLOW;
  MadangTrip *trip = g_new0 (MadangTrip, 1);

  trip->dispatcher = self;
  trip->exchange = exchange;
  trip->func = func;
  trip->data = data;
  g_clear_pointer (&exchange->reply, madang_reply_free);
  if (!madang_workers_push (is_slow ? self->slow : self->quick, answer_trip, trip))
    {
      madang_exchange_take_reply (exchange, madang_reply_new_busy (503));
      send_home (trip);
    }
}
