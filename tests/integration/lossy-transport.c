/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lossy-transport.h"

#include "madang-error.h"

struct _LossyTransport
{
  GObject parent_instance;

  MadangTransport *inner; /* (owned) */
  GMutex lock;            /* guards all below */
  gboolean cut;
  GCancellable *line; /* (owned): what is on its way hangs on it */
  char *losing;       /* (owned) (nullable): path */
  guint lost;
};

static void transport_iface_init (MadangTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LossyTransport,
                               lossy_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MADANG_TYPE_TRANSPORT, transport_iface_init))

typedef struct
{
  gboolean lose;
  GCancellable *line;   /* (owned) */
  GCancellable *either; /* (owned): ends with the line and with the caller */
  GCancellable *caller; /* (owned) (nullable) */
  gulong line_handler;
  gulong caller_handler;
} Passage;

static void
passage_free (Passage *passage)
{
  g_cancellable_disconnect (passage->line, passage->line_handler);
  if (passage->caller != NULL)
    g_cancellable_disconnect (passage->caller, passage->caller_handler);
  g_clear_object (&passage->caller);
  g_object_unref (passage->line);
  g_object_unref (passage->either);
  g_free (passage);
}

static void
end_either_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static Passage *
new_passage (LossyTransport *self, const char *path, GCancellable *caller)
{
  Passage *passage = g_new0 (Passage, 1);

  g_mutex_lock (&self->lock);
  passage->line = g_object_ref (self->line);
  passage->lose = g_strcmp0 (self->losing, path) == 0;
  if (passage->lose)
    {
      g_clear_pointer (&self->losing, g_free);
      self->lost++;
    }
  g_mutex_unlock (&self->lock);
  passage->either = g_cancellable_new ();
  passage->line_handler = g_cancellable_connect (passage->line, G_CALLBACK (end_either_cb),
                                                 g_object_ref (passage->either), g_object_unref);
  if (caller != NULL)
    {
      passage->caller = g_object_ref (caller);
      passage->caller_handler
          = g_cancellable_connect (caller, G_CALLBACK (end_either_cb),
                                   g_object_ref (passage->either), g_object_unref);
    }
  return passage;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Passage *passage = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply
      = madang_transport_send_finish (MADANG_TRANSPORT (source), result, &error);

  if (passage->lose || g_cancellable_is_cancelled (passage->line))
    g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_OFFLINE, "lost");
  else if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&reply),
                           (GDestroyNotify)madang_transport_reply_free);
}

static void
lossy_transport_send_async (MadangTransport *transport,
                            const MadangTransportRequest *request,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  LossyTransport *self = LOSSY_TRANSPORT (transport);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Passage *passage = new_passage (self, request->path, cancellable);

  g_task_set_task_data (task, passage, (GDestroyNotify)passage_free);
  madang_transport_send_async (self->inner, request, passage->either, sent_cb, task);
}

static MadangTransportReply *
lossy_transport_send_finish (MadangTransport *transport, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
transport_iface_init (MadangTransportInterface *iface)
{
  iface->send_async = lossy_transport_send_async;
  iface->send_finish = lossy_transport_send_finish;
}

static void
lossy_transport_finalize (GObject *object)
{
  LossyTransport *self = LOSSY_TRANSPORT (object);

  g_object_unref (self->inner);
  g_object_unref (self->line);
  g_free (self->losing);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (lossy_transport_parent_class)->finalize (object);
}

static void
lossy_transport_class_init (LossyTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lossy_transport_finalize;
}

static void
lossy_transport_init (LossyTransport *self)
{
  g_mutex_init (&self->lock);
  self->line = g_cancellable_new ();
}

LossyTransport *
lossy_transport_new (MadangTransport *inner)
{
  LossyTransport *self = g_object_new (LOSSY_TYPE_TRANSPORT, NULL);

  self->inner = g_object_ref (inner);
  return self;
}

void
lossy_transport_cut (LossyTransport *self, gboolean cut)
{
  g_autoptr (GCancellable) old = NULL;

  g_mutex_lock (&self->lock);
  if (cut != self->cut)
    {
      self->cut = cut;
      if (cut)
        {
          old = g_object_ref (self->line);
        }
      else
        {
          g_object_unref (self->line);
          self->line = g_cancellable_new ();
        }
    }
  g_mutex_unlock (&self->lock);
  if (old != NULL)
    g_cancellable_cancel (old);
}

void
lossy_transport_lose_reply (LossyTransport *self, const char *path)
{
  g_mutex_lock (&self->lock);
  g_free (self->losing);
  self->losing = g_strdup (path);
  g_mutex_unlock (&self->lock);
}

guint
lossy_transport_count_lost (LossyTransport *self)
{
  guint lost;

  g_mutex_lock (&self->lock);
  lost = self->lost;
  g_mutex_unlock (&self->lock);
  return lost;
}
