/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

#include "leaflet.h"
#include "madang-error.h"

/* What is asked of the reader, and what it saw. */
typedef struct
{
  char *id;
  gint *gate; /* (nullable): waits until it is open */
  guint *n_read;
  GThread *thread;
} Question;

static Question *
new_question (const char *id, gint *gate, guint *n_read)
{
  Question *question = g_new0 (Question, 1);

  question->id = g_strdup (id);
  question->gate = gate;
  question->n_read = n_read;
  question->thread = g_thread_self ();
  return question;
}

static void
free_question (Question *question)
{
  g_assert_true (question->thread == g_thread_self ());
  g_free (question->id);
  g_free (question);
}

static gpointer
read_title (MadangRecordStore *records, gpointer argument, GError **error)
{
  const Question *question = argument;
  g_autoptr (MadangRecord) record = NULL;

  g_assert_true (question->thread != g_thread_self ());
  while (question->gate != NULL && !g_atomic_int_get (question->gate))
    g_usleep (1000);
  g_atomic_int_inc (question->n_read);
  record = madang_record_store_get (records, question->id, error);
  return record != NULL ? g_strdup (madang_record_get_text (record, "title")) : NULL;
}

static void
ask (SyncFixture *fixture, Question *question, GCancellable *cancellable, GAsyncResult **result)
{
  const MadangReading reading = {
    .read = read_title,
    .argument = question,
    .argument_free = (GDestroyNotify)free_question,
    .result_free = g_free,
    .cancellable = cancellable,
  };

  madang_sync_read_async (fixture->sync, &reading, take_result_cb, result);
}

/* On another thread, from what was committed before it was asked. */
static void
test_read (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  guint n_read = 0;

  sync_sign_in (fixture);
  record = sync_create (fixture, "one");
  ask (fixture, new_question (madang_record_get_id (record), NULL, &n_read), NULL, &result);
  run_until (result != NULL);
  title = madang_sync_read_finish (fixture->sync, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (title, ==, "one");
  g_assert_cmpuint (n_read, ==, 1);
}

/* Nobody waits for what was cancelled before its turn. */
static void
test_cancelled (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  gint gate = FALSE;
  guint n_read = 0;

  sync_sign_in (fixture);
  ask (fixture, new_question (FAKE_ACCOUNT, &gate, &n_read), NULL, &first);
  ask (fixture, new_question (FAKE_ACCOUNT, NULL, &n_read), cancellable, &second);
  g_cancellable_cancel (cancellable);
  g_atomic_int_set (&gate, TRUE);
  run_until (first != NULL && second != NULL);
  g_assert_null (madang_sync_read_finish (fixture->sync, first, &error));
  g_assert_no_error (error);
  g_assert_null (madang_sync_read_finish (fixture->sync, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n_read, ==, 1);
}

static void
test_signed_out (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_read = 0;

  sync_sign_in (fixture);
  sync_sign_out (fixture);
  ask (fixture, new_question (FAKE_ACCOUNT, NULL, &n_read), NULL, &result);
  run_until (result != NULL);
  g_assert_null (madang_sync_read_finish (fixture->sync, result, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  g_assert_cmpuint (n_read, ==, 0);
}

static gpointer
open_gate (gpointer gate)
{
  g_usleep (50000);
  g_atomic_int_set ((gint *)gate, TRUE);
  return NULL;
}

/* What is being read ends, what was not begun does not begin, and both are answered. */
static void
test_closing (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;
  gint gate = FALSE;
  guint n_read = 0;

  sync_sign_in (fixture);
  ask (fixture, new_question (FAKE_ACCOUNT, &gate, &n_read), NULL, &first);
  ask (fixture, new_question (FAKE_ACCOUNT, NULL, &n_read), NULL, &second);
  /* By then the first one is being read. */
  g_usleep (20000);
  thread = g_thread_new ("gate", open_gate, &gate);
  madang_sync_close (fixture->sync);
  g_thread_join (thread);
  run_until (first != NULL && second != NULL);
  g_assert_null (madang_sync_read_finish (fixture->sync, second, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  g_assert_cmpuint (n_read, <=, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  leaflet_register ();
#define SYNC_TEST(path, func)                                                                      \
  g_test_add (path, SyncFixture, NULL, sync_set_up, func, sync_tear_down)
  SYNC_TEST ("/sync-reads/read", test_read);
  SYNC_TEST ("/sync-reads/cancelled", test_cancelled);
  SYNC_TEST ("/sync-reads/signed-out", test_signed_out);
  SYNC_TEST ("/sync-reads/closing", test_closing);
  return g_test_run ();
}
