/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-sync"
#include "config.h"

#include "madang-driver-private.h"

#include "madang-error.h"

/* A sign-in or a resume on its way. */
typedef struct
{
  char *login;          /* (owned) */
  char *directory;      /* (owned) */
  char *password;       /* (owned) (nullable): resumes have none */
  GCancellable *caller; /* (owned) (nullable) */
  gulong caller_handler;
  GCancellable *cancellable; /* (owned): ends with the caller's and with the driver */
  MadangProfile *profile;    /* (owned) (nullable): until it is the driver's */
  MadangDevicePass *pass;    /* (owned) (nullable): until it is the profile's */
} Opening;

static void
opening_free (Opening *opening)
{
  g_free (opening->login);
  g_free (opening->directory);
  madang_secret_free (opening->password);
  if (opening->caller != NULL)
    g_cancellable_disconnect (opening->caller, opening->caller_handler);
  g_clear_object (&opening->caller);
  g_clear_object (&opening->cancellable);
  g_clear_pointer (&opening->profile, madang_profile_free);
  g_clear_pointer (&opening->pass, madang_device_pass_free);
  g_free (opening);
}

GTask *
madang_driver_start_task (MadangDriver *self,
                          gpointer tag,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (self->busy)
    {
      g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_TRY_LATER,
                               "signing in or out already");
      g_object_unref (task);
      return NULL;
    }
  self->busy = TRUE;
  self->outstanding++;
  return task;
}

void
madang_driver_finish_task (GTask *task, GError *error)
{
  MadangDriver *self = g_task_get_source_object (task);

  self->busy = FALSE;
  self->outstanding--;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
set_caller (Opening *opening, GCancellable *caller)
{
  if (caller == NULL)
    return;
  opening->caller = g_object_ref (caller);
  opening->caller_handler
      = g_cancellable_connect (caller, G_CALLBACK (caller_cancelled_cb),
                               g_object_ref (opening->cancellable), g_object_unref);
}

static Opening *
set_opening (GTask *task, MadangDriver *self, const char *login)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->login = g_strdup (login);
  opening->directory = madang_profile_build_directory (self->data_directory, self->server, login);
  opening->cancellable = g_cancellable_new ();
  g_set_object (&self->opening, opening->cancellable);
  g_task_set_task_data (task, opening, (GDestroyNotify)opening_free);
  return opening;
}

static gboolean
is_open (MadangDriver *self, const char *login)
{
  return self->profile != NULL && g_str_equal (self->profile->login, login);
}

/* The profile of an earlier sign-in, when there is one. */
static gboolean
open_existing (Opening *opening, GError **error)
{
  if (!g_file_test (opening->directory, G_FILE_TEST_IS_DIR))
    return TRUE;
  opening->profile = madang_profile_open (opening->directory, opening->login, error);
  return opening->profile != NULL;
}

/* A pass that the profile's changes were not made with may have numbers behind it that only the
 * server knows, so a new device starts. */
static void
choose_pass (Opening *opening, MadangDevicePass *kept)
{
  if (kept != NULL && opening->profile != NULL && !opening->profile->rebuilt
      && madang_profile_matches (opening->profile, kept))
    {
      opening->pass = kept;
      return;
    }
  g_clear_pointer (&kept, madang_device_pass_free);
  opening->pass = madang_device_pass_new ();
}

/* From here on the profile is the driver's and may be written to. */
static gboolean
install (MadangDriver *self, Opening *opening, GError **error)
{
  if (!madang_profile_adopt (opening->profile, g_steal_pointer (&opening->pass), error))
    return FALSE;
  madang_driver_set_profile (self, g_steal_pointer (&opening->profile));
  return TRUE;
}

/* --- signing in ----------------------------------------------------------------------------- */

static GError *
build_refusal (const MadangTransportReply *reply)
{
  switch (reply->status)
    {
    case 401:
    case 403:
      return g_error_new_literal (MADANG_ERROR, MADANG_ERROR_FORBIDDEN, "name or password");
    case 426:
      return g_error_new_literal (MADANG_ERROR, MADANG_ERROR_UPGRADE_REQUIRED, "too old");
    case 429:
    case 503:
      return g_error_new (MADANG_ERROR, MADANG_ERROR_TRY_LATER, "try in %u seconds",
                          reply->retry_after);
    default:
      return g_error_new (MADANG_ERROR, MADANG_ERROR_SERVER, "status %u", reply->status);
    }
}

/* NULL with error: no good answer. */
static MadangTransportReply *
receive (GObject *source, GAsyncResult *result, guint good, GError **error)
{
  g_autoptr (MadangTransportReply) reply
      = madang_transport_send_finish (MADANG_TRANSPORT (source), result, error);

  if (reply == NULL)
    return NULL;
  if (!reply->ours)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_NOT_OUR_SERVER,
                           "it does not speak our protocol");
      return NULL;
    }
  if (reply->status == good)
    return g_steal_pointer (&reply);
  g_propagate_error (error, build_refusal (reply));
  return NULL;
}

static void
start_engine (MadangDriver *self, gboolean greeted, gboolean new_epoch)
{
  madang_driver_feed (self, &(MadangSyncEvent){ .type = MADANG_SYNC_EVENT_START,
                                                .greeted = greeted,
                                                .new_epoch = new_epoch });
}

/* The program may end while an answer is on its way. */
static gboolean
was_closed (MadangDriver *self, GError **error)
{
  if (self->profile != NULL)
    return FALSE;
  g_clear_error (error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the program ends");
  return TRUE;
}

/* Without an answer the engine says hello again; the person can work. */
static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  MadangDriver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = receive (source, result, 200, &error);
  MadangHello *hello;
  gboolean new_epoch = FALSE;

  if (was_closed (self, &error))
    {
      madang_driver_finish_task (task, g_steal_pointer (&error));
      return;
    }
  hello = reply != NULL ? madang_hello_from_bytes (reply->body, &error) : NULL;
  if (hello == NULL)
    {
      start_engine (self, FALSE, FALSE);
      madang_driver_finish_task (task, NULL);
      return;
    }
  madang_driver_note_contact (self);
  if (madang_driver_take_hello (self, hello, &new_epoch, &error))
    start_engine (self, TRUE, new_epoch);
  madang_driver_finish_task (task, g_steal_pointer (&error));
}

static void
send_first_hello (GTask *task)
{
  MadangDriver *self = g_task_get_source_object (task);
  const Opening *opening = g_task_get_task_data (task);
  MadangTransportRequest request = {
    .method = "GET",
    .path = "/sync/v1/hello",
    .token = self->profile->pass->token,
    .device = self->profile->pass->device,
    .body_limit = MADANG_TRANSPORT_BODY_LIMIT,
  };

  madang_transport_send_async (self->transport, &request, opening->cancellable, greeted_cb, task);
}

/* The pass is the open profile's when the person signs in again, else still the opening's. */
static gboolean
take_sign_in (MadangDriver *self, Opening *opening, MadangSignInReply *reply, GError **error)
{
  gboolean again = opening->pass == NULL;
  MadangDevicePass *pass;

  if (again && was_closed (self, error))
    return FALSE;
  pass = again ? self->profile->pass : opening->pass;
  madang_device_pass_take_token (pass, g_steal_pointer (&reply->token));
  if (!again && opening->profile == NULL)
    opening->profile = madang_profile_open (opening->directory, opening->login, error);
  if (!again && (opening->profile == NULL || !install (self, opening, error)))
    return FALSE;
  madang_keyring_save (self->keyring, opening->login, self->profile->pass);
  if (!madang_profile_note_sign_in (self->profile, reply, error))
    return FALSE;
  madang_driver_publish_identity (self);
  return TRUE;
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  MadangDriver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) answer = receive (source, result, 201, &error);
  g_autoptr (MadangSignInReply) reply = NULL;

  if (answer != NULL)
    reply = madang_sign_in_reply_from_bytes (answer->body, &error);
  if (reply == NULL || !take_sign_in (self, g_task_get_task_data (task), reply, &error))
    {
      madang_driver_finish_task (task, g_steal_pointer (&error));
      return;
    }
  send_first_hello (task);
}

static GBytes *
build_sign_in (const Opening *opening, const MadangDevicePass *pass)
{
  g_autoptr (MadangSignInRequest) request = madang_sign_in_request_new ();

  request->login = g_strdup (opening->login);
  request->password = g_strdup (opening->password);
  request->device = g_strdup (pass->device);
  request->public_key = madang_signing_key_dup_public (pass->key);
  return madang_sign_in_request_to_bytes (request);
}

static void
send_sign_in (GTask *task)
{
  MadangDriver *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  const MadangDevicePass *pass = opening->pass != NULL ? opening->pass : self->profile->pass;
  g_autoptr (GBytes) body = build_sign_in (opening, pass);
  MadangTransportRequest request = {
    .method = "POST",
    .path = "/sync/v1/sessions",
    .device = pass->device,
    .content_type = "application/json",
    .body = body,
    .body_limit = MADANG_TRANSPORT_BODY_LIMIT,
  };

  madang_transport_send_async (self->transport, &request, opening->cancellable, signed_in_cb, task);
}

static void
pass_for_sign_in_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  if (!open_existing (opening, &error))
    {
      madang_device_pass_free (madang_keyring_load_finish (MADANG_KEYRING (source), result));
      madang_driver_finish_task (task, error);
      return;
    }
  choose_pass (opening, madang_keyring_load_finish (MADANG_KEYRING (source), result));
  send_sign_in (task);
}

void
madang_driver_sign_in_async (MadangDriver *self,
                             const char *login,
                             const char *password,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;
  Opening *opening;

  g_return_if_fail (MADANG_IS_DRIVER (self));
  g_return_if_fail (login != NULL && password != NULL);

  task = madang_driver_start_task (self, madang_driver_sign_in_async, callback, user_data);
  if (task == NULL)
    return;
  opening = set_opening (task, self, login);
  opening->password = g_strdup (password);
  set_caller (opening, cancellable);
  if (is_open (self, login))
    {
      send_sign_in (task);
      return;
    }
  madang_driver_set_profile (self, NULL);
  madang_keyring_load_async (self->keyring, login, pass_for_sign_in_loaded_cb, task);
}

gboolean
madang_driver_sign_in_finish (MadangDriver *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- resuming ------------------------------------------------------------------------------- */

static void
pass_for_resume_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  MadangDriver *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  MadangDevicePass *kept = madang_keyring_load_finish (MADANG_KEYRING (source), result);
  GError *error = NULL;

  if (!open_existing (opening, &error))
    {
      g_clear_pointer (&kept, madang_device_pass_free);
      madang_driver_finish_task (task, error);
      return;
    }
  choose_pass (opening, kept);
  if (!install (self, opening, &error))
    {
      madang_driver_finish_task (task, error);
      return;
    }
  if (self->profile->pass->token != NULL)
    start_engine (self, FALSE, FALSE);
  else
    madang_driver_feed_type (self, MADANG_SYNC_EVENT_LOCK);
  madang_driver_finish_task (task, NULL);
}

void
madang_driver_resume_async (MadangDriver *self,
                            const char *login,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;
  Opening *opening;

  g_return_if_fail (MADANG_IS_DRIVER (self));
  g_return_if_fail (login != NULL);

  task = madang_driver_start_task (self, madang_driver_resume_async, callback, user_data);
  if (task == NULL)
    return;
  opening = set_opening (task, self, login);
  if (is_open (self, login))
    {
      madang_driver_finish_task (task, NULL);
      return;
    }
  if (!g_file_test (opening->directory, G_FILE_TEST_IS_DIR))
    {
      madang_driver_finish_task (task, g_error_new_literal (MADANG_ERROR, MADANG_ERROR_NOT_FOUND,
                                                            "never signed in here"));
      return;
    }
  madang_driver_set_profile (self, NULL);
  madang_keyring_load_async (self->keyring, login, pass_for_resume_loaded_cb, task);
}

gboolean
madang_driver_resume_finish (MadangDriver *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
