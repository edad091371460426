/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-server"
#include "config.h"

#include "madang-writer.h"

/* A group grows while jobs wait, up to this many: the first one waits for the last. */
#define GROUP 64

typedef struct
{
  MadangWriteFunc func; /* NULL: the thread ends */
  MadangWrittenFunc written;
  gpointer data;
} MadangJob;

struct _MadangWriter
{
  GThread *thread;    /* (owned) */
  GAsyncQueue *queue; /* (owned): MadangJob */
  char *path;         /* (owned) */
  MadangMovedFunc moved;
  gpointer user_data;
  GMutex lock; /* guards generation */
  guint64 generation;

  /* The writer's thread alone. */
  MadangStorage *storage; /* (owned) */
};

/* A job that someone waits for. */
typedef struct
{
  MadangWriteFunc func;
  gpointer data;
  GMutex lock;
  GCond written;
  gboolean ended;
  GError *error; /* (owned) (nullable) */
} MadangCall;

/* What madang_writer_new() waits for. */
typedef struct
{
  MadangWriter *writer;
  GMutex lock;
  GCond opened;
  gboolean ended;
  GError *error; /* (owned) (nullable) */
} MadangOpening;

static MadangJob *
new_job (MadangWriteFunc func, MadangWrittenFunc written, gpointer data)
{
  MadangJob *job = g_new0 (MadangJob, 1);

  job->func = func;
  job->written = written;
  job->data = data;
  return job;
}

static guint64
raise_generation (MadangWriter *self)
{
  guint64 generation;

  g_mutex_lock (&self->lock);
  generation = ++self->generation;
  g_mutex_unlock (&self->lock);
  return generation;
}

/* Runs the jobs in one transaction. FALSE: nothing of them is in the database. */
static gboolean
write_jobs (MadangWriter *self, GPtrArray *jobs, GError **error)
{
  g_autoptr (GHashTable) moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  MadangWrite write = { self->storage, moved };

  if (!madang_storage_begin (self->storage, error))
    return FALSE;
  for (guint i = 0; i < jobs->len; i++)
    {
      MadangJob *job = g_ptr_array_index (jobs, i);

      if (!job->func (&write, job->data, error))
        {
          madang_storage_rollback (self->storage);
          return FALSE;
        }
    }
  if (!madang_storage_commit (self->storage, error))
    {
      madang_storage_rollback (self->storage);
      return FALSE;
    }
  self->moved (moved, raise_generation (self), self->user_data);
  return TRUE;
}

static void
end_jobs (GPtrArray *jobs, const GError *error)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      MadangJob *job = g_ptr_array_index (jobs, i);

      job->written (job->data, error);
    }
}

/* One bad job must not undo its neighbours: when the group fails, each tries alone. */
static void
write_group (MadangWriter *self, GPtrArray *jobs)
{
  g_autoptr (GError) error = NULL;

  if (write_jobs (self, jobs, &error))
    {
      end_jobs (jobs, NULL);
      return;
    }
  if (jobs->len == 1)
    {
      end_jobs (jobs, error);
      return;
    }
  for (guint i = 0; i < jobs->len; i++)
    {
      g_autoptr (GPtrArray) single = g_ptr_array_new ();

      g_ptr_array_add (single, g_ptr_array_index (jobs, i));
      write_group (self, single);
    }
}

/* TRUE when the thread has to end after this group. */
static gboolean
take_group (MadangWriter *self, GPtrArray *jobs)
{
  MadangJob *job = g_async_queue_pop (self->queue);

  for (;;)
    {
      if (job == NULL)
        return FALSE;
      if (job->func == NULL)
        {
          g_free (job);
          return TRUE;
        }
      g_ptr_array_add (jobs, job);
      if (jobs->len == GROUP)
        return FALSE;
      job = g_async_queue_try_pop (self->queue);
    }
}

static void
tell_opened (MadangOpening *opening, GError *error)
{
  g_mutex_lock (&opening->lock);
  opening->ended = TRUE;
  opening->error = error;
  g_cond_signal (&opening->opened);
  g_mutex_unlock (&opening->lock);
}

/* The database is opened, used and closed on this one thread. */
static gpointer
run_writer (gpointer data)
{
  MadangOpening *opening = data;
  MadangWriter *self = opening->writer;
  GError *error = NULL;
  gboolean ends = FALSE;

  self->storage = madang_sqlite_storage_open (self->path, MADANG_DATABASE_WRITE, &error);
  tell_opened (opening, error);
  if (self->storage == NULL)
    return NULL;
  while (!ends)
    {
      g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_free);

      ends = take_group (self, jobs);
      if (jobs->len > 0)
        write_group (self, jobs);
    }
  g_clear_object (&self->storage);
  return NULL;
}

static gboolean
call_write (MadangWrite *write, gpointer data, GError **error)
{
  MadangCall *call = data;

  return call->func (write, call->data, error);
}

static void
call_written (gpointer data, const GError *error)
{
  MadangCall *call = data;

  g_mutex_lock (&call->lock);
  call->ended = TRUE;
  call->error = error != NULL ? g_error_copy (error) : NULL;
  g_cond_signal (&call->written);
  g_mutex_unlock (&call->lock);
}

MadangWriter *
madang_writer_new (const char *path, MadangMovedFunc moved, gpointer user_data, GError **error)
{
  g_autoptr (MadangWriter) self = g_new0 (MadangWriter, 1);
  MadangOpening opening = { .writer = self };

  self->queue = g_async_queue_new ();
  self->path = g_strdup (path);
  self->moved = moved;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_mutex_init (&opening.lock);
  g_cond_init (&opening.opened);
  self->thread = g_thread_new ("madang-writer", run_writer, &opening);

  g_mutex_lock (&opening.lock);
  while (!opening.ended)
    g_cond_wait (&opening.opened, &opening.lock);
  g_mutex_unlock (&opening.lock);
  g_mutex_clear (&opening.lock);
  g_cond_clear (&opening.opened);
  if (opening.error != NULL)
    {
      g_propagate_error (error, opening.error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
madang_writer_free (MadangWriter *self)
{
  g_async_queue_push (self->queue, new_job (NULL, NULL, NULL));
  g_thread_join (self->thread);
  /* The last job of all is there still when the database could not be opened. */
  for (MadangJob *job; (job = g_async_queue_try_pop (self->queue)) != NULL;)
    g_free (job);
  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self);
}

void
madang_writer_push (MadangWriter *self,
                    MadangWriteFunc func,
                    MadangWrittenFunc written,
                    gpointer data)
{
  g_return_if_fail (func != NULL);
  g_return_if_fail (written != NULL);

  g_async_queue_push (self->queue, new_job (func, written, data));
}

gboolean
madang_writer_offer (MadangWriter *self,
                     MadangWriteFunc func,
                     MadangWrittenFunc written,
                     gpointer data)
{
  gboolean has_room;

  g_return_val_if_fail (func != NULL, FALSE);
  g_return_val_if_fail (written != NULL, FALSE);

  g_async_queue_lock (self->queue);
  has_room = g_async_queue_length_unlocked (self->queue) < MADANG_WRITER_MOST;
  if (has_room)
    g_async_queue_push_unlocked (self->queue, new_job (func, written, data));
  g_async_queue_unlock (self->queue);
  return has_room;
}

gboolean
madang_writer_call (MadangWriter *self, MadangWriteFunc func, gpointer data, GError **error)
{
  MadangCall call = { .func = func, .data = data };

  g_mutex_init (&call.lock);
  g_cond_init (&call.written);
  madang_writer_push (self, call_write, call_written, &call);

  g_mutex_lock (&call.lock);
  while (!call.ended)
    g_cond_wait (&call.written, &call.lock);
  g_mutex_unlock (&call.lock);
  g_mutex_clear (&call.lock);
  g_cond_clear (&call.written);
  if (call.error == NULL)
    return TRUE;
  g_propagate_error (error, call.error);
  return FALSE;
}

guint64
madang_writer_get_generation (MadangWriter *self)
{
  guint64 generation;

  g_mutex_lock (&self->lock);
  generation = self->generation;
  g_mutex_unlock (&self->lock);
  return generation;
}

gboolean
madang_write_once (const char *path, MadangWriteFunc func, gpointer data, GError **error)
{
  g_autoptr (GHashTable) moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MadangStorage) storage
      = madang_sqlite_storage_open (path, MADANG_DATABASE_WRITE, error);
  MadangWrite write = { storage, moved };

  if (storage == NULL || !madang_storage_begin (storage, error))
    return FALSE;
  if (func (&write, data, error) && madang_storage_commit (storage, error))
    return TRUE;
  madang_storage_rollback (storage);
  return FALSE;
}
