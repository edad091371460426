/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-driver-private.h"

/* Signing out is not worth waiting for a server that does not answer. */
#define DEADLINE 5 /* seconds */

typedef struct
{
  GCancellable *cancellable; /* (owned) */
  GSource *deadline;         /* (owned) */
} SignOut;

static void
sign_out_free (SignOut *self)
{
  g_source_destroy (self->deadline);
  g_source_unref (self->deadline);
  g_object_unref (self->cancellable);
  g_free (self);
}

static gboolean
deadline_passed_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* Whatever the server said: the token is gone from here, and ends by itself there. */
static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangTransportReply) reply
      = madang_transport_send_finish (MADANG_TRANSPORT (source), result, NULL);

  madang_driver_finish_task (user_data, NULL);
}

static void
send_sign_out (GTask *task, const char *token, const char *device)
{
  MadangDriver *self = g_task_get_source_object (task);
  SignOut *sign_out = g_new0 (SignOut, 1);
  MadangTransportRequest request = {
    .method = "DELETE",
    .path = "/sync/v1/sessions/current",
    .token = token,
    .device = device,
    .body_limit = MADANG_TRANSPORT_BODY_LIMIT,
  };

  sign_out->cancellable = g_cancellable_new ();
  sign_out->deadline = g_timeout_source_new_seconds (DEADLINE);
  g_source_set_callback (sign_out->deadline, deadline_passed_cb, sign_out->cancellable, NULL);
  g_source_attach (sign_out->deadline, g_main_context_get_thread_default ());
  g_task_set_task_data (task, sign_out, (GDestroyNotify)sign_out_free);
  madang_transport_send_async (self->transport, &request, sign_out->cancellable, signed_out_cb,
                               task);
}

void
madang_driver_sign_out_async (MadangDriver *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *device = NULL;
  MadangDevicePass *pass;
  GTask *task;
  char *token;

  g_return_if_fail (MADANG_IS_DRIVER (self));

  task = madang_driver_start_task (self, madang_driver_sign_out_async, callback, user_data);
  if (task == NULL)
    return;
  if (self->profile == NULL)
    {
      madang_driver_finish_task (task, NULL);
      return;
    }
  pass = self->profile->pass;
  device = g_strdup (pass->device);
  token = g_strdup (pass->token);
  madang_device_pass_take_token (pass, NULL);
  madang_keyring_save (self->keyring, self->profile->login, pass);
  madang_driver_set_profile (self, NULL);
  if (token != NULL)
    send_sign_out (task, token, device);
  else
    madang_driver_finish_task (task, NULL);
  madang_secret_free (token);
}

gboolean
madang_driver_sign_out_finish (MadangDriver *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
