/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sync-private.h"

#include "madang-error.h"

static void
refuse (MadangSync *self,
        const MadangReading *reading,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, madang_reader_read_async);
  if (reading->argument != NULL && reading->argument_free != NULL)
    reading->argument_free (reading->argument);
  g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_FAILED, "nobody is signed in");
}

void
madang_sync_read_async (MadangSync *self,
                        const MadangReading *reading,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (MADANG_IS_SYNC (self));
  g_return_if_fail (reading != NULL && reading->read != NULL);

  if (self->reader == NULL)
    refuse (self, reading, callback, user_data);
  else
    madang_reader_read_async (self->reader, self, reading, callback, user_data);
}

gpointer
madang_sync_read_finish (MadangSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (MADANG_IS_SYNC (self), NULL);

  return madang_reader_read_finish (result, error);
}
