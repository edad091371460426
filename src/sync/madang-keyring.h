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

/* As text, for a keyring and nothing else; free it with madang_secret_free(). */
char *madang_device_pass_to_text (const MadangDevicePass *self);
/* NULL: it is none. */
MadangDevicePass *madang_device_pass_new_from_text (const char *text);

/**
 * MadangKeyring:
 *
 * Keeps the pass of each login; tests have one in memory. Confined to the thread that uses it, in
 * its thread-default context.
 */
#define MADANG_TYPE_KEYRING (madang_keyring_get_type ())
G_DECLARE_INTERFACE (MadangKeyring, madang_keyring, MADANG, KEYRING, GObject)

struct _MadangKeyringInterface
{
  GTypeInterface parent;
  void (*load_async) (MadangKeyring *self,
                      const char *login,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  MadangDevicePass *(*load_finish) (MadangKeyring *self, GAsyncResult *result);
  void (*save) (MadangKeyring *self, const char *login, const MadangDevicePass *pass);
  gboolean (*is_saving) (MadangKeyring *self);
};

void madang_keyring_load_async (MadangKeyring *self,
                                const char *login,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* (transfer full) (nullable): NULL when there is none, or none can be had. */
MadangDevicePass *madang_keyring_load_finish (MadangKeyring *self, GAsyncResult *result);
/* Goes on by itself; of several that wait only the last is done. */
void madang_keyring_save (MadangKeyring *self, const char *login, const MadangDevicePass *pass);
gboolean madang_keyring_is_saving (MadangKeyring *self);

G_END_DECLS
