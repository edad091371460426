/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sim-network.h"

#include "sim-world.h"

#include "madang-error.h"

typedef enum
{
  PLACE_REQUEST,  /* on its way to the server */
  PLACE_HOLDABLE, /* answered with nothing new; the server is about to hold it */
  PLACE_HELD,
  PLACE_REPLY, /* on its way back */
  PLACE_OVER,
} Place;

struct _SimNetwork
{
  SimServer *server;
  SimPushFunc pushed;
  gpointer user_data;
  GList *packets; /* of Packet (owned), oldest first */
};

struct _SimLine
{
  GObject parent_instance;

  SimNetwork *network; /* (unowned) */
  char *name;          /* (owned) */
  gboolean down;
};

typedef struct
{
  SimNetwork *network;
  SimLine *line; /* (owned) */
  GTask *task;   /* (owned) (nullable): nobody waits for the answer any more */
  GCancellable *cancellable;
  gulong handler;
  Place place;

  char *method;
  char *path;
  char *token;
  char *device;
  GBytes *body;
  gboolean whole;
  gint64 until; /* monotonic, of a poll */
  guint wait;

  MadangReply *reply;
  char *epoch;
  guint64 generation;
} Packet;

static void transport_iface_init (MadangTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SimLine,
                               sim_line,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MADANG_TYPE_TRANSPORT, transport_iface_init))

/* --- packets ------------------------------------------------------------------------------- */

static void
packet_free (Packet *packet)
{
  if (packet->cancellable != NULL)
    g_cancellable_disconnect (packet->cancellable, packet->handler);
  g_clear_object (&packet->cancellable);
  g_assert_null (packet->task);
  g_object_unref (packet->line);
  g_clear_pointer (&packet->reply, madang_reply_free);
  g_bytes_unref (packet->body);
  g_free (packet->method);
  g_free (packet->path);
  g_free (packet->token);
  g_free (packet->device);
  g_free (packet->epoch);
  g_free (packet);
}

static void
sweep (SimNetwork *self)
{
  for (GList *item = self->packets; item != NULL;)
    {
      GList *next = item->next;
      Packet *packet = item->data;

      if (packet->place == PLACE_OVER)
        {
          self->packets = g_list_delete_link (self->packets, item);
          packet_free (packet);
        }
      item = next;
    }
}

static void
fail_task (Packet *packet, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&packet->task);

  if (task != NULL)
    g_task_return_error (task, error);
  else
    g_error_free (error);
}

static void
lose (Packet *packet)
{
  fail_task (packet, g_error_new_literal (MADANG_ERROR, MADANG_ERROR_OFFLINE, "lost"));
  if (packet->place != PLACE_HELD)
    packet->place = PLACE_OVER;
}

/* What was not heard of may still arrive. */
static void
forsake (Packet *packet, GError *error)
{
  fail_task (packet, error);
  if (packet->place != PLACE_HELD && (packet->place != PLACE_REQUEST || sim_chance (50)))
    packet->place = PLACE_OVER;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Packet *packet = user_data;

  if (packet->task != NULL)
    forsake (packet, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
}

static Packet *
packet_new (SimLine *line, const MadangTransportRequest *request)
{
  Packet *packet = g_new0 (Packet, 1);

  packet->network = line->network;
  packet->line = g_object_ref (line);
  packet->method = g_strdup (request->method);
  packet->path = g_strdup (request->path);
  packet->token = g_strdup (request->token);
  packet->device = g_strdup (request->device);
  packet->body = request->body != NULL ? g_bytes_ref (request->body) : g_bytes_new (NULL, 0);
  packet->whole = request->body_limit > 0;
  packet->wait = request->wait;
  packet->until = g_get_monotonic_time () + request->wait * G_USEC_PER_SEC;
  line->network->packets = g_list_append (line->network->packets, packet);
  return packet;
}

static void
add_ghost (Packet *packet)
{
  MadangTransportRequest request = {
    .method = packet->method,
    .path = packet->path,
    .token = packet->token,
    .device = packet->device,
    .body = packet->body,
    .body_limit = packet->whole,
  };

  packet_new (packet->line, &request);
}

/* --- at the server ------------------------------------------------------------------------- */

static void
process (Packet *packet)
{
  SimNetwork *self = packet->network;
  g_autoptr (MadangExchange) exchange = madang_exchange_new (&self->server->service);
  MadangReply *refusal = NULL;

  exchange->endpoint = madang_router_find (packet->method, packet->path, &refusal);
  g_assert_null (refusal);
  exchange->body = g_bytes_ref (packet->body);
  exchange->token = g_strdup (packet->token);
  exchange->device = g_strdup (packet->device);
  exchange->source = g_strdup (packet->line->name);
  g_clear_pointer (&packet->reply, madang_reply_free);
  packet->reply = sim_server_ask (self->server, exchange);
  packet->generation = exchange->generation;
  g_free (packet->epoch);
  packet->epoch = g_strdup (self->server->service.epoch);
  if (g_str_equal (packet->path, "/sync/v1/push"))
    self->pushed (packet->body, packet->reply, self->user_data);
  sim_trace ("%s %s -> %u", packet->line->name, packet->path, packet->reply->status);
  if (packet->task == NULL)
    packet->place = PLACE_OVER;
  else if (packet->reply->held_for != NULL && g_get_monotonic_time () < packet->until)
    packet->place = PLACE_HOLDABLE;
  else
    packet->place = PLACE_REPLY;
}

static void
hold_ended_cb (MadangHoldEnd end, gpointer data)
{
  Packet *packet = data;

  if (packet->task == NULL)
    packet->place = PLACE_OVER;
  else
    packet->place = end == MADANG_HOLD_MOVED ? PLACE_REQUEST : PLACE_REPLY;
}

static void
hold (Packet *packet)
{
  packet->place = PLACE_HELD;
  madang_held_polls_add (packet->network->server->held,
                         (const char *const *)packet->reply->held_for, packet->generation,
                         packet->until, NULL, hold_ended_cb, packet);
}

/* --- back at the client -------------------------------------------------------------------- */

static GBytes *
cut_body (GBytes *body)
{
  return g_bytes_new_from_bytes (body, 0, sim_pick ((guint)g_bytes_get_size (body)));
}

static void
answer (Packet *packet, gboolean cut)
{
  const MadangReply *reply = packet->reply;
  MadangTransportReply *told = madang_transport_reply_new (reply->status, TRUE);
  g_autoptr (GBytes) body = reply->body != NULL ? g_bytes_ref (reply->body) : NULL;
  g_autoptr (GTask) task = g_steal_pointer (&packet->task);

  told->epoch = g_strdup (packet->epoch);
  told->retry_after = reply->retry_after;
  if (body != NULL && (reply->status != 200 || packet->whole))
    {
      told->body = g_steal_pointer (&body);
    }
  else if (body != NULL)
    {
      g_autoptr (GBytes) heard = cut ? cut_body (body) : g_bytes_ref (body);

      sim_trace_bytes (packet->line->name, heard);
      told->lines = g_memory_input_stream_new_from_bytes (heard);
    }
  packet->place = PLACE_OVER;
  g_task_return_pointer (task, told, (GDestroyNotify)madang_transport_reply_free);
}

static void
answer_instead (Packet *packet, guint status, gboolean ours)
{
  g_autoptr (GTask) task = g_steal_pointer (&packet->task);

  packet->place = PLACE_OVER;
  if (task != NULL)
    g_task_return_pointer (task, madang_transport_reply_new (status, ours),
                           (GDestroyNotify)madang_transport_reply_free);
}

/* --- steps --------------------------------------------------------------------------------- */

static void
step_request (Packet *packet, gboolean faulty)
{
  guint fate = faulty ? sim_pick (100) : 100;

  if (fate < 8)
    lose (packet);
  else if (fate < 10)
    answer_instead (packet, 200, FALSE);
  else if (fate < 13)
    answer_instead (packet, fate < 12 ? 503 : 500, TRUE);
  else
    {
      if (fate < 20)
        add_ghost (packet);
      process (packet);
    }
}

static void
step_reply (Packet *packet, gboolean faulty)
{
  guint fate = faulty ? sim_pick (100) : 100;

  if (packet->task == NULL || fate < 12)
    lose (packet);
  else if (fate < 14)
    answer_instead (packet, 500, TRUE);
  else
    answer (packet, fate < 30);
}

static gboolean
can_step (const Packet *packet)
{
  return packet->place == PLACE_REQUEST || packet->place == PLACE_HOLDABLE
         || packet->place == PLACE_REPLY;
}

guint
sim_network_count (SimNetwork *self)
{
  guint count = 0;

  sweep (self);
  for (GList *item = self->packets; item != NULL; item = item->next)
    count += can_step (item->data);
  return count;
}

static Packet *
find_packet (SimNetwork *self, guint which)
{
  for (GList *item = self->packets; item != NULL; item = item->next)
    if (can_step (item->data) && which-- == 0)
      return item->data;
  g_assert_not_reached ();
}

void
sim_network_step (SimNetwork *self, guint which, gboolean faulty)
{
  Packet *packet = find_packet (self, which);

  switch (packet->place)
    {
    case PLACE_REQUEST:
      step_request (packet, faulty);
      break;
    case PLACE_HOLDABLE:
      hold (packet);
      break;
    case PLACE_REPLY:
      step_reply (packet, faulty);
      break;
    case PLACE_HELD:
    case PLACE_OVER:
    default:
      g_assert_not_reached ();
    }
}

void
sim_network_lose_server (SimNetwork *self)
{
  for (GList *item = self->packets; item != NULL; item = item->next)
    {
      Packet *packet = item->data;

      if (packet->place == PLACE_REQUEST || packet->place == PLACE_OVER)
        continue;
      packet->place = PLACE_REPLY;
      lose (packet);
    }
  sweep (self);
}

SimNetwork *
sim_network_new (SimServer *server, SimPushFunc pushed, gpointer user_data)
{
  SimNetwork *self = g_new0 (SimNetwork, 1);

  self->server = server;
  self->pushed = pushed;
  self->user_data = user_data;
  return self;
}

void
sim_network_free (SimNetwork *self)
{
  g_list_free_full (self->packets, (GDestroyNotify)packet_free);
  g_free (self);
}

/* --- lines --------------------------------------------------------------------------------- */

static void
sim_line_send_async (MadangTransport *transport,
                     const MadangTransportRequest *request,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  SimLine *self = SIM_LINE (transport);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Packet *packet;

  if (self->down)
    {
      g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_OFFLINE, "down");
      return;
    }
  packet = packet_new (self, request);
  packet->task = g_steal_pointer (&task);
  packet->cancellable = g_object_ref (cancellable);
  packet->handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), packet, NULL);
}

static MadangTransportReply *
sim_line_send_finish (MadangTransport *transport, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
transport_iface_init (MadangTransportInterface *iface)
{
  iface->send_async = sim_line_send_async;
  iface->send_finish = sim_line_send_finish;
}

static void
sim_line_finalize (GObject *object)
{
  g_free (SIM_LINE (object)->name);

  G_OBJECT_CLASS (sim_line_parent_class)->finalize (object);
}

static void
sim_line_class_init (SimLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sim_line_finalize;
}

static void
sim_line_init (SimLine *self)
{
}

SimLine *
sim_line_new (SimNetwork *network, const char *name)
{
  SimLine *self = g_object_new (SIM_TYPE_LINE, NULL);

  self->network = network;
  self->name = g_strdup (name);
  return self;
}

void
sim_line_set_down (SimLine *self, gboolean down)
{
  self->down = down;
  for (GList *item = self->network->packets; down && item != NULL; item = item->next)
    {
      Packet *packet = item->data;

      if (packet->line == self && packet->task != NULL)
        forsake (packet, g_error_new_literal (MADANG_ERROR, MADANG_ERROR_OFFLINE, "down"));
    }
}

gboolean
sim_line_is_down (SimLine *self)
{
  return self->down;
}
