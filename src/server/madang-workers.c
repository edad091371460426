/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-workers.h"

/* What waits behind each thread at most; beyond, clients are asked to come again. */
#define WAITING_PER_THREAD 256

typedef struct
{
  MadangWorkFunc func; /* NULL: one thread ends */
  gpointer data;
} MadangWork;

struct _MadangWorkers
{
  GAsyncQueue *queue; /* (owned): MadangWork */
  GPtrArray *threads; /* (owned): GThread */
};

typedef struct
{
  MadangWorkers *workers;
  MadangStorage *reader; /* (owned) */
} MadangWorker;

static gpointer
run_worker (gpointer data)
{
  MadangWorker *worker = data;
  gboolean ends = FALSE;

  while (!ends)
    {
      g_autofree MadangWork *work = g_async_queue_pop (worker->workers->queue);

      if (work->func == NULL)
        ends = TRUE;
      else
        work->func (worker->reader, work->data);
    }
  g_object_unref (worker->reader);
  g_free (worker);
  return NULL;
}

static void
push_work (MadangWorkers *self, MadangWorkFunc func, gpointer data)
{
  MadangWork *work = g_new0 (MadangWork, 1);

  work->func = func;
  work->data = data;
  g_async_queue_push (self->queue, work);
}

MadangWorkers *
madang_workers_new (const char *path, guint n_threads, GError **error)
{
  g_autoptr (MadangWorkers) self = g_new0 (MadangWorkers, 1);

  self->queue = g_async_queue_new ();
  self->threads = g_ptr_array_new ();
  for (guint i = 0; i < n_threads; i++)
    {
      MadangStorage *reader = madang_sqlite_storage_open (path, MADANG_DATABASE_READ, error);
      MadangWorker *worker;

      if (reader == NULL)
        return NULL;
      worker = g_new0 (MadangWorker, 1);
      worker->workers = self;
      worker->reader = reader;
      g_ptr_array_add (self->threads, g_thread_new ("madang-worker", run_worker, worker));
    }
  return g_steal_pointer (&self);
}

void
madang_workers_free (MadangWorkers *self)
{
  for (guint i = 0; i < self->threads->len; i++)
    push_work (self, NULL, NULL);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  g_async_queue_unref (self->queue);
  g_free (self);
}

gboolean
madang_workers_push (MadangWorkers *self, MadangWorkFunc func, gpointer data)
{
  if (g_async_queue_length (self->queue) >= (int)self->threads->len * WAITING_PER_THREAD)
    return FALSE;
  push_work (self, func, data);
  return TRUE;
}
