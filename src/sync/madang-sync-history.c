/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sync-private.h"

typedef struct
{
  char *record;
  gint64 before;
} Wanted;

static void
wanted_free (Wanted *wanted)
{
  g_free (wanted->record);
  g_free (wanted);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MadangCall *call = user_data;

  call->result = madang_driver_fetch_history_finish (MADANG_DRIVER (source), result, &call->error);
  call->result_free = (GDestroyNotify)madang_history_free;
  madang_call_return (call);
}

static void
work_fetch (MadangDriver *driver, MadangCall *call)
{
  const Wanted *wanted = call->argument;

  madang_driver_fetch_history_async (driver, wanted->record, wanted->before, fetched_cb, call);
}

void
madang_sync_fetch_history_async (MadangSync *self,
                                 const char *record,
                                 gint64 before,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Wanted *wanted;
  GTask *task;

  g_return_if_fail (MADANG_IS_SYNC (self));
  g_return_if_fail (record != NULL && before >= 0);

  wanted = g_new0 (Wanted, 1);
  wanted->record = g_strdup (record);
  wanted->before = before;
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, madang_sync_fetch_history_async);
  madang_sync_call (self, task, work_fetch, madang_call_answer_pointer, wanted,
                    (GDestroyNotify)wanted_free);
}

MadangHistory *
madang_sync_fetch_history_finish (MadangSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
