/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-keyring.h"

struct _FakeKeyring
{
  GObject parent_instance;

  gint broken;       /* atomic */
  GHashTable *texts; /* login -> text; the engine's thread */
};

static void keyring_iface_init (MadangKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeKeyring,
                               fake_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MADANG_TYPE_KEYRING, keyring_iface_init))

static void
fake_keyring_load_async (MadangKeyring *keyring,
                         const char *login,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  FakeKeyring *self = FAKE_KEYRING (keyring);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  const char *text
      = g_atomic_int_get (&self->broken) ? NULL : g_hash_table_lookup (self->texts, login);

  g_task_return_pointer (task, text != NULL ? madang_device_pass_new_from_text (text) : NULL,
                         (GDestroyNotify)madang_device_pass_free);
}

static MadangDevicePass *
fake_keyring_load_finish (MadangKeyring *keyring, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
fake_keyring_save (MadangKeyring *keyring, const char *login, const MadangDevicePass *pass)
{
  FakeKeyring *self = FAKE_KEYRING (keyring);

  if (!g_atomic_int_get (&self->broken))
    g_hash_table_replace (self->texts, g_strdup (login), madang_device_pass_to_text (pass));
}

static gboolean
fake_keyring_is_saving (MadangKeyring *keyring)
{
  return FALSE;
}

static void
keyring_iface_init (MadangKeyringInterface *iface)
{
  iface->load_async = fake_keyring_load_async;
  iface->load_finish = fake_keyring_load_finish;
  iface->save = fake_keyring_save;
  iface->is_saving = fake_keyring_is_saving;
}

static void
fake_keyring_finalize (GObject *object)
{
  g_hash_table_unref (FAKE_KEYRING (object)->texts);

  G_OBJECT_CLASS (fake_keyring_parent_class)->finalize (object);
}

static void
fake_keyring_class_init (FakeKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_keyring_finalize;
}

static void
fake_keyring_init (FakeKeyring *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

FakeKeyring *
fake_keyring_new (void)
{
  return g_object_new (FAKE_TYPE_KEYRING, NULL);
}

void
fake_keyring_set_broken (FakeKeyring *self, gboolean broken)
{
  g_atomic_int_set (&self->broken, broken);
}
