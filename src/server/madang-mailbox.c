/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-mailbox.h"

struct _MadangMailbox
{
  GAsyncQueue *queue; /* (owned) */
  GSource *source;    /* (owned) */
  MadangMailFunc func;
  gpointer user_data;
};

static void
deliver (MadangMailbox *self)
{
  gpointer item;

  while ((item = g_async_queue_try_pop (self->queue)) != NULL)
    self->func (item, self->user_data);
}

static gboolean
sent_cb (gpointer data)
{
  MadangMailbox *self = data;

  /* Before the items are taken: what is sent meanwhile wakes the source again. */
  g_source_set_ready_time (self->source, -1);
  deliver (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_source (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch_source };

MadangMailbox *
madang_mailbox_new (MadangMailFunc func, gpointer user_data)
{
  MadangMailbox *self = g_new0 (MadangMailbox, 1);

  self->queue = g_async_queue_new ();
  self->func = func;
  self->user_data = user_data;
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "madang-mailbox");
  g_source_set_callback (self->source, sent_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

void
madang_mailbox_free (MadangMailbox *self)
{
  g_source_destroy (self->source);
  deliver (self);
  g_source_unref (self->source);
  g_async_queue_unref (self->queue);
  g_free (self);
}

void
madang_mailbox_send (MadangMailbox *self, gpointer item)
{
  g_async_queue_push (self->queue, item);
  g_source_set_ready_time (self->source, 0);
}
