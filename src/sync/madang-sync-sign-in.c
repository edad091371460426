/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sync-private.h"

#include "madang-cache.h"

typedef struct
{
  char *login;
  char *password;            /* (nullable): a resume */
  GCancellable *cancellable; /* (owned) (nullable) */
} Opening;

static void
opening_free (Opening *opening)
{
  g_free (opening->login);
  madang_secret_free (opening->password);
  g_clear_object (&opening->cancellable);
  g_free (opening);
}

/* What is open after a call; the call may have failed and closed what was open before. */
typedef struct
{
  char *database; /* (nullable) */
  gboolean rebuilt;
} Opened;

static void
opened_free (Opened *opened)
{
  g_free (opened->database);
  g_free (opened);
}

static void
return_opened (MadangDriver *driver, MadangCall *call)
{
  Opened *opened = g_new0 (Opened, 1);

  opened->database = g_strdup (madang_driver_get_database (driver));
  opened->rebuilt = madang_driver_get_rebuilt (driver);
  call->result = opened;
  call->result_free = (GDestroyNotify)opened_free;
  madang_call_return (call);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MadangCall *call = user_data;

  madang_driver_sign_in_finish (MADANG_DRIVER (source), result, &call->error);
  return_opened (MADANG_DRIVER (source), call);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MadangCall *call = user_data;

  madang_driver_resume_finish (MADANG_DRIVER (source), result, &call->error);
  return_opened (MADANG_DRIVER (source), call);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MadangCall *call = user_data;

  madang_driver_sign_out_finish (MADANG_DRIVER (source), result, &call->error);
  return_opened (MADANG_DRIVER (source), call);
}

static void
work_sign_in (MadangDriver *driver, MadangCall *call)
{
  const Opening *opening = call->argument;

  madang_driver_sign_in_async (driver, opening->login, opening->password, opening->cancellable,
                               signed_in_cb, call);
}

static void
work_resume (MadangDriver *driver, MadangCall *call)
{
  const Opening *opening = call->argument;

  madang_driver_resume_async (driver, opening->login, resumed_cb, call);
}

static void
work_sign_out (MadangDriver *driver, MadangCall *call)
{
  madang_driver_sign_out_async (driver, signed_out_cb, call);
}

/* The reading connection follows the profile that is open. */
static gboolean
follow_database (MadangSync *self, const char *database, GError **error)
{
  if (g_strcmp0 (self->database, database) == 0)
    return TRUE;
  g_clear_pointer (&self->reader, madang_reader_free);
  g_clear_object (&self->records);
  g_clear_pointer (&self->database, g_free);
  if (database != NULL)
    {
      self->records = madang_cache_open_reader (database, error);
      if (self->records != NULL)
        {
          self->database = g_strdup (database);
          self->reader = madang_reader_new (database);
        }
    }
  g_object_notify (G_OBJECT (self), "signed-in");
  return database == NULL || self->records != NULL;
}

static void
answer_opened (MadangSync *self, MadangCall *call)
{
  const Opened *opened = call->result;
  g_autoptr (GError) error = NULL;

  self->rebuilt = opened->rebuilt;
  if (!follow_database (self, opened->database, &error) && call->error == NULL)
    call->error = g_steal_pointer (&error);
  madang_call_answer_boolean (self, call);
}

static void
open_profile (MadangSync *self,
              GTask *task,
              const char *login,
              const char *password,
              GCancellable *cancellable)
{
  Opening *opening = g_new0 (Opening, 1);

  /* Once it worked it worked, also when it was cancelled too late. */
  g_task_set_check_cancellable (task, FALSE);
  opening->login = g_strdup (login);
  opening->password = g_strdup (password);
  g_set_object (&opening->cancellable, cancellable);
  madang_sync_call (self, task, password != NULL ? work_sign_in : work_resume, answer_opened,
                    opening, (GDestroyNotify)opening_free);
}

void
madang_sync_sign_in_async (MadangSync *self,
                           const char *login,
                           const char *password,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;

  g_return_if_fail (MADANG_IS_SYNC (self));
  g_return_if_fail (login != NULL && password != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, madang_sync_sign_in_async);
  open_profile (self, task, login, password, cancellable);
}

gboolean
madang_sync_sign_in_finish (MadangSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
madang_sync_resume_async (MadangSync *self,
                          const char *login,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (MADANG_IS_SYNC (self));
  g_return_if_fail (login != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, madang_sync_resume_async);
  open_profile (self, task, login, NULL, NULL);
}

gboolean
madang_sync_resume_finish (MadangSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
madang_sync_sign_out_async (MadangSync *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (MADANG_IS_SYNC (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, madang_sync_sign_out_async);
  madang_sync_call (self, task, work_sign_out, answer_opened, NULL, NULL);
}

gboolean
madang_sync_sign_out_finish (MadangSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
