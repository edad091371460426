/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-keyring.h"

G_BEGIN_DECLS

/**
 * MadangSecretKeyring:
 *
 * Keeps passes in the Secret Service. Nothing of it waits for more than five seconds, so that a
 * service without an unlocked collection costs no more than a new sign-in; after one failure it
 * is left alone until the program starts again.
 */
#define MADANG_TYPE_SECRET_KEYRING (madang_secret_keyring_get_type ())
G_DECLARE_FINAL_TYPE (MadangSecretKeyring, madang_secret_keyring, MADANG, SECRET_KEYRING, GObject)

MadangKeyring *madang_secret_keyring_new (const char *server);

G_END_DECLS
