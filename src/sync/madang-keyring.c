/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-sync"
#include "config.h"

#include "madang-keyring.h"

#include "madang-id.h"

#include <libsecret/secret.h>
#include <string.h>

#define DEADLINE 5 /* seconds */

struct _MadangKeyring
{
  GObject parent_instance;

  char *server;    /* (owned) */
  gboolean broken; /* the service failed once */
  gboolean saving;
  char *next_login; /* (owned) (nullable): waits until the save before it is done */
  char *next_text;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MadangKeyring, madang_keyring, G_TYPE_OBJECT)

static const SecretSchema schema = {
  "kr.madang.Madang.Device",
  SECRET_SCHEMA_NONE,
  {
      { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "login", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

/* --- the pass ------------------------------------------------------------------------------ */

MadangDevicePass *
madang_device_pass_new (void)
{
  MadangDevicePass *self = g_new0 (MadangDevicePass, 1);

  self->device = madang_id_new ();
  self->key = madang_signing_key_new ();
  return self;
}

void
madang_device_pass_free (MadangDevicePass *self)
{
  if (self == NULL)
    return;
  g_free (self->device);
  madang_signing_key_free (self->key);
  madang_secret_free (self->token);
  g_free (self);
}

void
madang_device_pass_take_token (MadangDevicePass *self, char *token)
{
  g_return_if_fail (self != NULL);

  madang_secret_free (self->token);
  self->token = token;
}

/* Three lines: device, key, token. */
static char *
write_pass (const MadangDevicePass *pass)
{
  char *key = madang_signing_key_to_text (pass->key);
  char *text = g_strjoin ("\n", pass->device, key, pass->token != NULL ? pass->token : "", NULL);

  madang_secret_free (key);
  return text;
}

static void
wipe_strv (GStrv lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    madang_secret_free (lines[i]);
  g_free (lines);
}

static MadangDevicePass *
read_pass (const char *text)
{
  g_autoptr (MadangDevicePass) pass = g_new0 (MadangDevicePass, 1);
  GStrv lines = g_strsplit (text, "\n", 0);

  if (g_strv_length (lines) == 3 && madang_id_is_valid (lines[0]))
    {
      pass->device = g_strdup (lines[0]);
      pass->key = madang_signing_key_new_from_text (lines[1], NULL);
      if (*lines[2] != '\0')
        pass->token = g_strdup (lines[2]);
    }
  wipe_strv (lines);
  return pass->key != NULL ? g_steal_pointer (&pass) : NULL;
}

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
note_failure (MadangKeyring *self, const GError *error)
{
  g_debug ("The Secret Service is not used: %s", error->message);
  self->broken = TRUE;
}

/* --- loading ------------------------------------------------------------------------------- */

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MadangKeyring *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char *text = secret_password_lookup_nonpageable_finish (result, &error);

  stop_deadline (g_task_get_task_data (task));
  if (error != NULL)
    note_failure (self, error);
  g_task_return_pointer (task, text != NULL ? read_pass (text) : NULL,
                         (GDestroyNotify)madang_device_pass_free);
  secret_password_free (text);
}

void
madang_keyring_load_async (MadangKeyring *self,
                           const char *login,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GTask *task;

  g_return_if_fail (MADANG_IS_KEYRING (self));
  g_return_if_fail (login != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, madang_keyring_load_async);
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

MadangDevicePass *
madang_keyring_load_finish (MadangKeyring *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* --- saving -------------------------------------------------------------------------------- */

static void save_text (MadangKeyring *self, const char *login, char *text);

typedef struct
{
  MadangKeyring *keyring; /* (owned) */
  GSource *deadline;      /* (owned) */
} Save;

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Save *save = user_data;
  MadangKeyring *self = save->keyring;
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
save_text (MadangKeyring *self, const char *login, char *text)
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

void
madang_keyring_save (MadangKeyring *self, const char *login, const MadangDevicePass *pass)
{
  g_return_if_fail (MADANG_IS_KEYRING (self));
  g_return_if_fail (login != NULL);
  g_return_if_fail (pass != NULL);

  if (!self->saving)
    {
      save_text (self, login, write_pass (pass));
      return;
    }
  g_clear_pointer (&self->next_text, madang_secret_free);
  g_free (self->next_login);
  self->next_login = g_strdup (login);
  self->next_text = write_pass (pass);
}

gboolean
madang_keyring_is_saving (MadangKeyring *self)
{
  g_return_val_if_fail (MADANG_IS_KEYRING (self), FALSE);

  return self->saving;
}

static void
madang_keyring_finalize (GObject *object)
{
  MadangKeyring *self = MADANG_KEYRING (object);

  g_free (self->server);
  g_free (self->next_login);
  g_clear_pointer (&self->next_text, madang_secret_free);

  G_OBJECT_CLASS (madang_keyring_parent_class)->finalize (object);
}

static void
madang_keyring_class_init (MadangKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_keyring_finalize;
}

static void
madang_keyring_init (MadangKeyring *self)
{
}

MadangKeyring *
madang_keyring_new (const char *server)
{
  MadangKeyring *self;

  g_return_val_if_fail (server != NULL, NULL);

  self = g_object_new (MADANG_TYPE_KEYRING, NULL);
  self->server = g_strdup (server);
  return self;
}
