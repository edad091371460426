/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-reader.h"

#include "madang-cache.h"
#include "madang-error.h"

struct _MadangReader
{
  char *path;         /* (owned) */
  GAsyncQueue *asked; /* (owned) (element-type Job); one without a task is the last */
  GThread *thread;    /* (owned) */
  gint closing;       /* atomic: nothing is begun any more */
};

/* One question. Its task is touched on the asking thread only, so that nothing of an interface is
 * freed on the other one. */
typedef struct
{
  GTask *task;           /* (owned) (nullable) */
  GMainContext *context; /* (owned) (nullable): of the task */
  MadangReading reading;
  gpointer result; /* (owned) (nullable) */
  GError *error;   /* (owned) (nullable) */
} Job;

static void
free_job (Job *job)
{
  if (job->reading.argument != NULL && job->reading.argument_free != NULL)
    job->reading.argument_free (job->reading.argument);
  if (job->result != NULL && job->reading.result_free != NULL)
    job->reading.result_free (job->result);
  g_clear_object (&job->reading.cancellable);
  g_clear_object (&job->task);
  g_clear_pointer (&job->context, g_main_context_unref);
  g_clear_error (&job->error);
  g_free (job);
}

static gboolean
answer_cb (gpointer data)
{
  Job *job = data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->reading.result_free);
  return G_SOURCE_REMOVE;
}

/* --- the reader's thread ---------------------------------------------------------------------- */

static void
answer (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  g_autoptr (GMainContext) context = g_main_context_ref (job->context);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answer_cb, job, (GDestroyNotify)free_job);
  g_source_attach (source, context);
}

/* Opened with the first question; one that could not be opened is tried again with the next. */
static void
work (MadangReader *self, MadangRecordStore **records, Job *job)
{
  if (g_atomic_int_get (&self->closing))
    {
      g_set_error_literal (&job->error, MADANG_ERROR, MADANG_ERROR_FAILED, "closed");
      return;
    }
  if (g_cancellable_set_error_if_cancelled (job->reading.cancellable, &job->error))
    return;
  if (*records == NULL)
    *records = madang_cache_open_reader (self->path, &job->error);
  if (*records != NULL)
    job->result = job->reading.read (*records, job->reading.argument, &job->error);
}

static gpointer
run_reader (gpointer data)
{
  MadangReader *self = data;
  g_autoptr (MadangRecordStore) records = NULL;

  for (Job *job = g_async_queue_pop (self->asked); job->task != NULL;
       job = g_async_queue_pop (self->asked))
    {
      work (self, &records, job);
      answer (job);
    }
  return NULL;
}

/* --- public ------------------------------------------------------------------------------- */

MadangReader *
madang_reader_new (const char *database_path)
{
  MadangReader *self;

  g_return_val_if_fail (database_path != NULL, NULL);

  self = g_new0 (MadangReader, 1);
  self->path = g_strdup (database_path);
  self->asked = g_async_queue_new ();
  self->thread = g_thread_new ("madang-reader", run_reader, self);
  return self;
}

void
madang_reader_free (MadangReader *self)
{
  Job last = { 0 };

  if (self == NULL)
    return;
  g_atomic_int_set (&self->closing, TRUE);
  g_async_queue_push (self->asked, &last);
  g_thread_join (self->thread);
  g_async_queue_unref (self->asked);
  g_free (self->path);
  g_free (self);
}

void
madang_reader_read_async (MadangReader *self,
                          gpointer source,
                          const MadangReading *reading,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Job *job;

  g_return_if_fail (self != NULL);
  g_return_if_fail (reading != NULL && reading->read != NULL);

  job = g_new0 (Job, 1);
  job->reading = *reading;
  if (reading->cancellable != NULL)
    g_object_ref (reading->cancellable);
  job->task = g_task_new (source, reading->cancellable, callback, user_data);
  g_task_set_source_tag (job->task, madang_reader_read_async);
  job->context = g_main_context_ref (g_task_get_context (job->task));
  g_async_queue_push (self->asked, job);
}

gpointer
madang_reader_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, madang_reader_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
