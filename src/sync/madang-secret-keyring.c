/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-sync"
#include "config.h"

#include "madang-secret-keyring.h"

#include <libsecret/secret.h>

#define DEADLINE 5 /* seconds */

struct _MadangSecretKeyring
{
  GObject parent_instance;

  char *server;    /* (owned) */
  gboolean broken; /* the service failed once */
  gboolean saving;
  char *next_login; /* (owned) (nullable): waits until the save before it is done */
  char *next_text;  /* (owned) (nullable) */
};

static void keyring_iface_init (MadangKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MadangSecretKeyring,
                               madang_secret_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MADANG_TYPE_KEYRING, keyring_iface_init))

static const SecretSchema schema = {
  "kr.madang.Madang.Device",
  SECRET_SCHEMA_NONE,
  {
      { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "login", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

/* --- deadlines ----------------------------------------------------------------------------- */

static gboolean
deadline_passed_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* The source keeps the cancellable alive; it is destroyed when the call is over. */
static GSource *
start_deadline (GCancellable *cancellable)
{
  GSource *source = g_timeout_source_new_seconds (DEADLINE);

  g_source_set_callback (source, deadline_passed_cb, g_object_ref (cancellable), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
stop_deadline (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
note_failure (MadangSecretKeyring *self, const GError *error)
{
  g_debug ("The Secret Service is not used: %s", error->message);
  self->broken = TRUE;
}

/* --- loading ------------------------------------------------------------------------------- */

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MadangSecretKeyring *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char *text = secret_password_lookup_nonpageable_finish (result, &error);

  stop_deadline (g_task_get_task_data (task));
  if (error != NULL)
    note_failure (self, error);
  g_task_return_pointer (task, text != NULL ? madang_device_pass_new_from_text (text) : NULL,
                         (GDestroyNotify)madang_device_pass_free);
  secret_password_free (text);
}

static void
secret_keyring_load_async (MadangKeyring *keyring,
                           const char *login,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  MadangSecretKeyring *self = MADANG_SECRET_KEYRING (keyring);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GTask *task;

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, secret_keyring_load_async);
  if (self->broken)
    {
      g_task_return_pointer (task, NULL, NULL);
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, start_deadline (cancellable), NULL);
  secret_password_lookup (&schema, cancellable, looked_up_cb, task, "server", self->server, "login",
                          login, NULL);
}

static MadangDevicePass *
secret_keyring_load_finish (MadangKeyring *keyring, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* --- saving -------------------------------------------------------------------------------- */

static void save_text (MadangSecretKeyring *self, const char *login, char *text);

typedef struct
{
  MadangSecretKeyring *keyring; /* (owned) */
  GSource *deadline;            /* (owned) */
} Save;

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Save *save = user_data;
  MadangSecretKeyring *self = save->keyring;
  g_autoptr (GError) error = NULL;
  g_autofree char *login = g_steal_pointer (&self->next_login);

  if (!secret_password_store_finish (result, &error))
    note_failure (self, error);
  stop_deadline (save->deadline);
  self->saving = FALSE;
  if (login != NULL)
    save_text (self, login, g_steal_pointer (&self->next_text));
  g_object_unref (self);
  g_free (save);
}

static void
save_text (MadangSecretKeyring *self, const char *login, char *text)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Save *save;

  if (!self->broken)
    {
      save = g_new0 (Save, 1);
      save->keyring = g_object_ref (self);
      save->deadline = start_deadline (cancellable);
      self->saving = TRUE;
      secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, "Madang", text, cancellable,
                             stored_cb, save, "server", self->server, "login", login, NULL);
    }
  madang_secret_free (text);
}

static void
secret_keyring_save (MadangKeyring *keyring, const char *login, const MadangDevicePass *pass)
{
  MadangSecretKeyring *self = MADANG_SECRET_KEYRING (keyring);

  if (!self->saving)
    {
      save_text (self, login, madang_device_pass_to_text (pass));
      return;
    }
  g_clear_pointer (&self->next_text, madang_secret_free);
  g_free (self->next_login);
  self->next_login = g_strdup (login);
  self->next_text = madang_device_pass_to_text (pass);
}

static gboolean
secret_keyring_is_saving (MadangKeyring *keyring)
{
  return MADANG_SECRET_KEYRING (keyring)->saving;
}

static void
keyring_iface_init (MadangKeyringInterface *iface)
{
  iface->load_async = secret_keyring_load_async;
  iface->load_finish = secret_keyring_load_finish;
  iface->save = secret_keyring_save;
  iface->is_saving = secret_keyring_is_saving;
}

static void
madang_secret_keyring_finalize (GObject *object)
{
  MadangSecretKeyring *self = MADANG_SECRET_KEYRING (object);

  g_free (self->server);
  g_free (self->next_login);
  g_clear_pointer (&self->next_text, madang_secret_free);

  G_OBJECT_CLASS (madang_secret_keyring_parent_class)->finalize (object);
}

static void
madang_secret_keyring_class_init (MadangSecretKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_secret_keyring_finalize;
}

static void
madang_secret_keyring_init (MadangSecretKeyring *self)
{
}

MadangKeyring *
madang_secret_keyring_new (const char *server)
{
  MadangSecretKeyring *self;

  g_return_val_if_fail (server != NULL, NULL);

  self = g_object_new (MADANG_TYPE_SECRET_KEYRING, NULL);
  self->server = g_strdup (server);
  return MADANG_KEYRING (self);
}
