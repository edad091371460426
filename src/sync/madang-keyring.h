/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-crypto.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MadangDevicePass:
 *
 * What makes this installation known to the server: its device id, the key that signs its
 * changes, and the token of the sign-in while there is one. Secret; never on disk in the clear.
 */
typedef struct
{
  char *device;
  MadangSigningKey *key;
  char *token; /* (nullable) */
} MadangDevicePass;

/* A new device without a token. */
MadangDevicePass *madang_device_pass_new (void);
void madang_device_pass_free (MadangDevicePass *self);
/* token is taken over (nullable); the old one is wiped. */
void madang_device_pass_take_token (MadangDevicePass *self, char *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangDevicePass, madang_device_pass_free)

/**
 * MadangKeyring:
 *
 * Keeps a pass in the Secret Service. Nothing of it waits for more than five seconds, so that a
 * service without an unlocked collection costs no more than a new sign-in; after one failure it
 * is left alone until the program starts again. Confined to its thread.
 */
#define MADANG_TYPE_KEYRING (madang_keyring_get_type ())
G_DECLARE_FINAL_TYPE (MadangKeyring, madang_keyring, MADANG, KEYRING, GObject)

MadangKeyring *madang_keyring_new (const char *server);

void madang_keyring_load_async (MadangKeyring *self,
                                const char *login,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* (transfer full) (nullable): NULL when there is none or the service does not answer. */
MadangDevicePass *madang_keyring_load_finish (MadangKeyring *self, GAsyncResult *result);
/* Goes on by itself; of several that wait only the last is done. */
void madang_keyring_save (MadangKeyring *self, const char *login, const MadangDevicePass *pass);
gboolean madang_keyring_is_saving (MadangKeyring *self);

G_END_DECLS
