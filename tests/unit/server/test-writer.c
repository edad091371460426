/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-error.h"
#include "madang-writer.h"

#include "temporary-folder.h"

/* A job of the writer, and what became of it. */
typedef struct
{
  const char *name; /* of the setting that it writes */
  gboolean fails;
  guint runs;
  GError *error; /* (owned) (nullable) */
  GAsyncQueue *written;
} Job;

/* A job that keeps the writer busy while others queue up behind it. */
typedef struct
{
  GMutex lock;
  GCond moved;
  gboolean started;
  gboolean may_end;
} Gate;

typedef struct
{
  char *directory;
  char *path;
  MadangWriter *writer;
  GAsyncQueue *written;
  gint commits; /* atomic */
} Fixture;

static void
moved_cb (GHashTable *scopes, guint64 generation, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_atomic_int_inc (&fixture->commits);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = temporary_folder_new ();
  fixture->path = g_build_filename (fixture->directory, "central.db", NULL);
  fixture->written = g_async_queue_new ();
  fixture->writer = madang_writer_new (fixture->path, moved_cb, fixture, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->writer, madang_writer_free);
  temporary_folder_remove (fixture->directory);
  g_async_queue_unref (fixture->written);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static gboolean
run_job (MadangWrite *write, gpointer data, GError **error)
{
  Job *job = data;

  job->runs++;
  if (!madang_storage_set_setting (write->storage, job->name, "written", error))
    return FALSE;
  if (job->fails)
    g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "it fails after it wrote");
  return !job->fails;
}

static void
job_written (gpointer data, const GError *error)
{
  Job *job = data;

  job->error = error != NULL ? g_error_copy (error) : NULL;
  g_async_queue_push (job->written, job);
}

static gboolean
wait_at_gate (MadangWrite *write, gpointer data, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->lock);
  gate->started = TRUE;
  g_cond_broadcast (&gate->moved);
  while (!gate->may_end)
    g_cond_wait (&gate->moved, &gate->lock);
  g_mutex_unlock (&gate->lock);
  return TRUE;
}

static void
ignore_written (gpointer data, const GError *error)
{
  g_assert_no_error (error);
}

/* From now on nothing is taken from the queue. */
static void
close_gate (Fixture *fixture, Gate *gate)
{
  g_mutex_init (&gate->lock);
  g_cond_init (&gate->moved);
  madang_writer_push (fixture->writer, wait_at_gate, ignore_written, gate);
  g_mutex_lock (&gate->lock);
  while (!gate->started)
    g_cond_wait (&gate->moved, &gate->lock);
  g_mutex_unlock (&gate->lock);
}

static void
open_gate (Gate *gate)
{
  g_mutex_lock (&gate->lock);
  gate->may_end = TRUE;
  g_cond_broadcast (&gate->moved);
  g_mutex_unlock (&gate->lock);
}

/* After a job that stood behind it was written. */
static void
clear_gate (Gate *gate)
{
  g_mutex_clear (&gate->lock);
  g_cond_clear (&gate->moved);
}

/* All of them are in the queue before the writer looks for its next group. */
static void
run_as_group (Fixture *fixture, Job *jobs, guint n_jobs)
{
  Gate gate = { .started = FALSE };

  close_gate (fixture, &gate);
  for (guint i = 0; i < n_jobs; i++)
    {
      jobs[i].written = fixture->written;
      madang_writer_push (fixture->writer, run_job, job_written, &jobs[i]);
    }
  open_gate (&gate);
  for (guint i = 0; i < n_jobs; i++)
    g_async_queue_pop (fixture->written);
  clear_gate (&gate);
}

static void
assert_setting (Fixture *fixture, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStorage) reader
      = madang_sqlite_storage_open (fixture->path, MADANG_DATABASE_READ, &error);
  g_autofree char *value = NULL;

  g_assert_no_error (error);
  value = madang_storage_dup_setting (reader, name);
  g_assert_cmpstr (value, ==, expected);
}

static void
test_group_commits_once (Fixture *fixture, gconstpointer data)
{
  Job jobs[] = { { .name = "one" }, { .name = "two" }, { .name = "three" } };
  guint64 before = madang_writer_get_generation (fixture->writer);

  run_as_group (fixture, jobs, G_N_ELEMENTS (jobs));
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_assert_no_error (jobs[i].error);
      g_assert_cmpuint (jobs[i].runs, ==, 1);
      assert_setting (fixture, jobs[i].name, "written");
    }
  g_assert_cmpuint (madang_writer_get_generation (fixture->writer), ==, before + 2);
  g_assert_cmpint (g_atomic_int_get (&fixture->commits), ==, 2);
}

/* A job that fails undoes nothing of its neighbours, before it and behind it. */
static void
test_failure_stays_alone (Fixture *fixture, gconstpointer data)
{
  Job jobs[] = { { .name = "one" }, { .name = "two", .fails = TRUE }, { .name = "three" } };

  run_as_group (fixture, jobs, G_N_ELEMENTS (jobs));
  g_assert_no_error (jobs[0].error);
  g_assert_error (jobs[1].error, MADANG_ERROR, MADANG_ERROR_INVALID);
  g_assert_no_error (jobs[2].error);
  assert_setting (fixture, "one", "written");
  assert_setting (fixture, "two", NULL);
  assert_setting (fixture, "three", "written");
  g_assert_cmpuint (jobs[0].runs, ==, 2);
  g_assert_cmpuint (jobs[2].runs, ==, 1);
  g_clear_error (&jobs[1].error);
}

/* What is offered beyond the bound is refused, what was taken is done, and then there is room. */
static void
test_offers_are_bounded (Fixture *fixture, gconstpointer data)
{
  Gate gate = { .started = FALSE };
  Job job = { .name = "one", .written = fixture->written };

  close_gate (fixture, &gate);
  for (guint i = 0; i < MADANG_WRITER_MOST; i++)
    g_assert_true (madang_writer_offer (fixture->writer, run_job, job_written, &job));
  g_assert_false (madang_writer_offer (fixture->writer, run_job, job_written, &job));
  /* The server's own work is never turned away. */
  madang_writer_push (fixture->writer, run_job, job_written, &job);
  open_gate (&gate);
  for (guint i = 0; i < MADANG_WRITER_MOST + 1; i++)
    g_async_queue_pop (fixture->written);
  clear_gate (&gate);
  g_assert_no_error (job.error);
  g_assert_cmpuint (job.runs, ==, MADANG_WRITER_MOST + 1);
  g_assert_true (madang_writer_offer (fixture->writer, run_job, job_written, &job));
  g_async_queue_pop (fixture->written);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/writer/group", test_group_commits_once);
  ADD ("/writer/failure", test_failure_stays_alone);
  ADD ("/writer/bound", test_offers_are_bounded);
  return g_test_run ();
}
