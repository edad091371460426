/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-keyring.h"

#include "madang-id.h"

G_DEFINE_INTERFACE (MadangKeyring, madang_keyring, G_TYPE_OBJECT)

static void
madang_keyring_default_init (MadangKeyringInterface *iface)
{
}

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
char *
madang_device_pass_to_text (const MadangDevicePass *self)
{
  char *key = madang_signing_key_to_text (self->key);
  char *text = g_strjoin ("\n", self->device, key, self->token != NULL ? self->token : "", NULL);

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

MadangDevicePass *
madang_device_pass_new_from_text (const char *text)
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

/* --- the interface -------------------------------------------------------------------------- */

void
madang_keyring_load_async (MadangKeyring *self,
                           const char *login,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MADANG_IS_KEYRING (self));
  g_return_if_fail (login != NULL);

  MADANG_KEYRING_GET_IFACE (self)->load_async (self, login, callback, user_data);
}

MadangDevicePass *
madang_keyring_load_finish (MadangKeyring *self, GAsyncResult *result)
{
  g_return_val_if_fail (MADANG_IS_KEYRING (self), NULL);

  return MADANG_KEYRING_GET_IFACE (self)->load_finish (self, result);
}

void
madang_keyring_save (MadangKeyring *self, const char *login, const MadangDevicePass *pass)
{
  g_return_if_fail (MADANG_IS_KEYRING (self));
  g_return_if_fail (login != NULL);
  g_return_if_fail (pass != NULL);

  MADANG_KEYRING_GET_IFACE (self)->save (self, login, pass);
}

gboolean
madang_keyring_is_saving (MadangKeyring *self)
{
  g_return_val_if_fail (MADANG_IS_KEYRING (self), FALSE);

  return MADANG_KEYRING_GET_IFACE (self)->is_saving (self);
}
